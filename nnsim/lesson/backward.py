"""Formulas of the way back: through activations, into weights, and on to the layer before."""

from __future__ import annotations

import math

import numpy as np

from nnsim.engine.ops.operation import Matrix, Op
from nnsim.lesson.cells import Back
from nnsim.lesson.focus import Focus
from nnsim.lesson.forward import ACTIVATIONS, WRITTEN_OUT, alpha_of, indexed, source_of, unit_of
from nnsim.lesson.notation import Term, applied, enclosed, factor, mark, matrix, row, total
from nnsim.lesson.part import Part
from nnsim.lesson.paths import Factor, paths
from nnsim.lesson.symbols import slope
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node

ABSENT = r"\text{–}"
"""Stands for what is not there."""
_T = r"^{\mathsf{T}}"


# --- δ = ∂L/∂a · f′(z)


def activation_gradient(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """∂L/∂z of one unit, or of each of the layer; of a learned slope its own gradient too."""
    if part.kind == "softmax":
        return _softmax(writer, part, focus)
    layer = part.layer
    unit = unit_of(writer, layer, focus, writer.trace.passed(part.op)[writer.sample])
    op = writer.trace.tape.ops[part.op]
    lines = [_one(writer, part, unit) if unit is not None else _all(writer, part)]
    if part.kind == "prelu":
        lines.append(_alpha(writer, layer, op))
    return lines


def _one(writer: Writer, part: Part, unit: int) -> Line:
    layer, written = part.layer, ACTIVATIONS[part.kind]
    z, a = writer.z(layer, unit), writer.a(layer, unit)
    upstream, back = writer.slope_a(layer, unit), Back(writer, part, layer, unit, writer.symbols.delta)
    derivative = float(writer.trace.derivative(writer.trace.activation(layer))[writer.sample, unit])
    prime = f"{written.name}'({z.symbol})"
    rule = written.slope(z.symbol, a.symbol, alpha_of(writer, part))
    arithmetic = written.slope_number(z.factor, a.base, "")
    inner = rf"{upstream.factor} \cdot \left({arithmetic}\right) = " if arithmetic else ""
    product = rf"{upstream.symbol} \cdot {prime}"
    return line(
        rf"{back.symbols(product)}, \quad {prime} = {rule}",
        back.numbers(rf"{inner}{upstream.factor} \cdot {writer.factor(derivative)}"),
    )


def _all(writer: Writer, part: Part) -> Line:
    layer, written, symbols = part.layer, ACTIVATIONS[part.kind], writer.symbols
    sample = writer.sample
    upstream = writer.row("gradient", writer.slope("a", layer)[sample], layer)
    derivative = writer.row(
        "activation", writer.trace.derivative(writer.trace.activation(layer))[sample], layer
    )
    delta = writer.row("gradient", writer.trace.passed(part.op)[sample], layer)
    left = mark("gradient", symbols.delta(layer))
    earlier = writer.trace.earlier(part.op)
    equals, so_far = "=", ""
    if earlier is not None:
        equals, so_far = rf"\leftarrow {left} +", f"{writer.row('gradient', earlier[sample], layer)} + "
    prime = f"{written.name}'({symbols.z(layer)})"
    letter = "h" if layer < writer.trace.last else r"\hat{y}"
    rule = written.slope("z", letter, alpha_of(writer, part))
    outer = mark("gradient", slope(symbols.a(layer)))
    return line(
        rf"{left} {equals} {outer} \odot {prime}, \quad {written.name}'(z) = {rule}",
        rf"{left} {equals.split(' ')[0]} {so_far}{upstream} \odot {derivative} = {delta}",
    )


def _alpha(writer: Writer, layer: int, op: Op) -> Line:
    trace = writer.trace
    z = trace.value("z", layer)
    shares = (writer.slope("a", layer) * np.where(z > 0, 0.0, z)).ravel()
    left = mark("gradient", slope(writer.symbols.alpha(layer)))
    numbers = (
        "" if shares.size == 1 else " = " + total(shares, lambda i: writer.factor(shares[i]), writer.style)
    )
    result = writer.term("gradient", "", trace.gradient[op.weight]).number
    below, outer = writer.symbols.z(layer), slope(writer.symbols.a(layer))
    return line(rf"{left} = \sum_{{{below} \le 0}} {outer} \, {below}", rf"{left}{numbers} = {result}")


def _softmax(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    layer, symbols = part.layer, writer.symbols
    upstream, a = writer.slope("a", layer)[writer.sample], writer.trace.value("a", layer)[writer.sample]
    mean = float(upstream @ a)
    each = indexed(symbols.a(layer), "k")
    weighted = rf"\sum_k {slope(each)} \, {each}"
    unit = unit_of(writer, layer, focus)
    if unit is None:
        left = mark("gradient", symbols.delta(layer))
        own, up = symbols.a(layer), slope(symbols.a(layer))
        numbers = (
            rf"{writer.row('activation', a, layer)} \odot \left[{writer.row('gradient', upstream, layer)}"
            rf" - {writer.factor(mean)}\right] = "
            + writer.row("gradient", writer.slope("z", layer)[writer.sample], layer)
        )
        return [line(rf"{left} = {own} \odot \left({up} - {weighted}\right)", f"{left} = {numbers}")]
    delta, own_term, up_term = (
        writer.delta(layer, unit),
        writer.a(layer, unit),
        writer.slope_a(layer, unit),
    )
    return [
        line(
            rf"{delta.symbol} = {own_term.symbol} \left({up_term.symbol} - {weighted}\right)",
            rf"{delta.symbol} = {own_term.factor} \cdot ({up_term.number} - {writer.factor(mean)})"
            rf" = {delta.number}",
        )
    ]


# --- ∂L/∂W = δ aᵀ, ∂L/∂b = δ


def weight_gradient(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """∂L/∂w of one edge with every factor of the chain rule, or of a unit's or the layer's weights."""
    source, layer = source_of(writer, part), part.layer
    into = isinstance(focus, Edge) and (focus.source_layer, focus.layer) == (source, layer)
    if isinstance(focus, Edge) and into and focus not in writer.trace.network.removed_edges:
        return _edge(writer, focus)
    if isinstance(focus, Node) and focus.layer == source == 0:
        return source_gradient(writer, Part("source_gradient", "affine", "backward", 0, part.op), focus)
    unit = unit_of(writer, layer, focus)
    has_bias = writer.trace.tape.ops[part.op].bias >= 0
    lines = [_rows(writer, source, layer, unit)]
    if has_bias:
        lines.append(_bias(writer, layer, unit))
    return lines


def _edge(writer: Writer, edge: Edge) -> list[Line]:
    trace = writer.trace
    delta, a = writer.delta(edge.layer, edge.unit), writer.a(edge.source_layer, edge.source_unit)
    deltas = writer.slope("z", edge.layer)[:, edge.unit]
    inputs = trace.value("a", edge.source_layer)[:, edge.source_unit]
    left = mark("gradient", slope(writer.symbols.weight(edge)), edge)
    products = deltas * inputs

    def product(s: int) -> str:
        delta, a = (
            _number_of(writer, role, values[s])
            for role, values in (("gradient", deltas), ("activation", inputs))
        )
        return rf"{delta} \cdot {a}"

    numbers = total(products, product, writer.style)
    result = writer.term("gradient", "", float(products.sum()), edge).number
    over = rf"\sum_{{s=1}}^{{{trace.samples}}} " if trace.samples > 1 else ""
    if not over:
        numbers = rf"{delta.factor} \cdot {a.factor}"
    lines = [line(rf"{left} = {over}{delta.symbol} \, {a.symbol}", rf"{left} = {numbers} = {result}")]
    return lines + _chain(writer, edge)


def _number_of(writer: Writer, role: str, value: float) -> str:
    return factor(value, mark(role, writer.number(value)))


def _chain(writer: Writer, edge: Edge) -> list[Line]:
    """The one sample's gradient by the chain rule: all of the chain where there is only one path, else
    the part of it that lies in this layer."""
    trace, layer = writer.trace, edge.layer
    ways = paths(trace, edge)
    kind = trace.activation(layer).kind
    told = ("loss", "activation", "weight", "input")
    plain = ways.count == 1 and all(found.kind in told for found in ways.paths[0].factors)
    if plain and len(ways.paths[0].factors) > 2:
        factors = [_factor(writer, found) for found in ways.paths[0].factors]
    elif trace.slope("a", layer) is None or kind == "softmax":
        return []
    else:
        derivative = trace.derivative(trace.activation(layer))[:, edge.unit]
        factors = [
            writer.slope_a(layer, edge.unit),
            _factor(writer, Factor("activation", Node(layer, edge.unit), derivative)),
            writer.a(edge.source_layer, edge.source_unit),
        ]
    left = mark("gradient", slope(writer.symbols.weight(edge), _loss_symbol(writer)), edge)
    product = math.prod(term.value for term in factors)
    symbols = r" \cdot ".join(term.symbol for term in factors)
    numbers = r" \cdot ".join(term.factor for term in factors)
    return [line(f"{left} = {symbols}", f"{left} = {numbers} = {writer.number(product)}")]


def _factor(writer: Writer, found: Factor) -> Term:
    """A local derivative of the shown sample."""
    item, trace = found.item, writer.trace
    if isinstance(item, Edge):
        return writer.weight(item)
    if found.kind == "input":
        return writer.a(item.layer, item.unit)
    if found.kind == "loss":
        at_z = trace.slope("a", item.layer) is None
        return writer.delta(*item) if at_z else writer.slope_a(*item)
    kind = trace.activation(item.layer).kind
    z = writer.symbols.z(item.layer, item.unit)
    if kind == "softmax":
        symbol = slope(z, writer.symbols.a(item.layer, item.unit))
    else:
        symbol = f"{ACTIVATIONS[kind].name}'({z})"
    return writer.term("activation", symbol, found.values[writer.sample], item)


def _loss_symbol(writer: Writer) -> str:
    return "L" if writer.trace.samples == 1 else rf"\ell_{{{writer.sample + 1}}}"


def _rows(writer: Writer, source: int, layer: int, unit: int | None) -> Line:
    trace, symbols = writer.trace, writer.symbols
    deltas, inputs = writer.slope("z", layer), trace.value("a", source)
    name = slope(symbols.weights(source, layer))
    over = rf"\sum_{{s=1}}^{{{trace.samples}}} " if trace.samples > 1 else ""
    a = symbols.a(source)
    if unit is not None:
        delta = writer.delta(layer, unit)
        values = deltas[:, unit] @ inputs
        one = trace.network.units(layer) == 1
        name = (
            name
            if one
            else slope(
                indexed(symbols.weights(source, layer).replace("W", "w"), str(symbols.number(layer, unit)))
            )
        )
        result = _edge_row(writer, values, source, layer, unit)
        left = mark("gradient", name)
        product = ""
        if not over and _any_edge(writer, source, layer, unit):
            read = inputs[writer.sample]
            product = applied(delta.factor, read, writer.row("activation", read, source)) + " = "
        return line(rf"{left} = {over}{delta.symbol} \, {a}", f"{left} = {product}{result}")
    left = mark("gradient", name)
    result = _edge_matrix(writer, deltas.T @ inputs, source, layer)
    product = ""
    if not over:
        sent = writer.column("gradient", deltas[0], layer)
        product = applied(sent, inputs[0], writer.row("activation", inputs[0], source)) + " = "
    transposed = a if trace.network.units(source) == 1 else f"{enclosed(a)}{_T}"
    delta_symbol = mark("gradient", symbols.delta(layer))
    return line(rf"{left} = {over}{delta_symbol} \, {transposed}", f"{left} = {product}{result}")


def _any_edge(writer: Writer, source: int, layer: int, unit: int) -> bool:
    """Whether any edge from a layer into a unit is there."""
    edges = (Edge(source, i, layer, unit) for i in range(writer.trace.network.units(source)))
    return any(edge not in writer.trace.network.removed_edges for edge in edges)


def _edge_row(writer: Writer, values: Matrix, source: int, layer: int, unit: int) -> str:
    """Gradients of the edges that enter a unit, on one line."""
    return row(lambda i: _of_edge(writer, values[i], Edge(source, i, layer, unit)), writer.places(source))


def _edge_matrix(writer: Writer, values: Matrix, source: int, layer: int) -> str:
    """Gradients of the edges of a connection."""
    return matrix(
        lambda unit, i: _of_edge(writer, values[unit, i], Edge(source, i, layer, unit)),
        writer.places(layer),
        writer.places(source),
    )


def _of_edge(writer: Writer, value: float, edge: Edge) -> str:
    """An edge's gradient; one that is taken out has none."""
    gone = edge in writer.trace.network.removed_edges
    return mark("gradient", ABSENT if gone else writer.number(value), edge)


def _bias(writer: Writer, layer: int, unit: int | None) -> Line:
    trace, symbols = writer.trace, writer.symbols
    deltas = writer.slope("z", layer)
    over = rf"\sum_{{s=1}}^{{{trace.samples}}} " if trace.samples > 1 else ""
    if unit is None:
        left = mark("gradient", slope(symbols.bias(layer)))
        delta = mark("gradient", symbols.delta(layer))
        return line(
            f"{left} = {over}{delta}", f"{left} = {writer.row('gradient', deltas.sum(axis=0), layer)}"
        )
    own = deltas[:, unit]
    left = mark("gradient", slope(symbols.bias(layer, unit)), Node(layer, unit))
    if over:
        numbers = total(own, lambda s: _number_of(writer, "gradient", own[s]), writer.style)
        result = f" = {mark('gradient', writer.number(float(own.sum())), Node(layer, unit))}"
    else:
        numbers, result = writer.delta(layer, unit).number, ""
    return line(f"{left} = {over}{writer.delta(layer, unit).symbol}", f"{left} = {numbers}{result}")


# --- ∂L/∂a = Wᵀ δ


def source_gradient(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """∂L/∂a of one unit, or of each of the layer: what comes back through its edges."""
    op = writer.trace.tape.ops[part.op]
    source = part.layer
    if isinstance(focus, Edge) and (focus.source_layer, focus.layer) == (source, op.layer):
        return [_through(writer, focus), *_backwards(writer, part, focus.source_unit)]
    unit = unit_of(writer, source, focus, writer.trace.passed(part.op)[writer.sample])
    return _backwards(writer, part, unit) if unit is not None else [_all_backwards(writer, part)]


def _through(writer: Writer, edge: Edge) -> Line:
    w, delta = writer.weight(edge), writer.delta(edge.layer, edge.unit)
    product = writer.number(w.value * delta.value)
    symbols = rf"{w.symbol} \, {delta.symbol}"
    return line(symbols, rf"{symbols} = {w.factor} \cdot {delta.factor} = {product}")


def _earlier(writer: Writer, part: Part) -> Matrix | None:
    """∂L/∂a before this operation added to it, or None where it is the first."""
    found = writer.trace.earlier(part.op)
    return None if found is None else found[writer.sample]


def _backwards(writer: Writer, part: Part, unit: int) -> list[Line]:
    trace, source = writer.trace, part.layer
    layer = trace.tape.ops[part.op].layer
    weights = trace.layout.block(trace.before.theta, source, layer)[:, unit]
    deltas = writer.slope("z", layer)[writer.sample]
    role = "gradient"
    left = mark(role, slope(writer.symbols.a(source, unit)), Node(source, unit))

    def term(j: int) -> str:
        return rf"{writer.weight(Edge(source, unit, layer, j)).factor} \cdot {writer.delta(layer, j).factor}"

    def symbol(j: int) -> str:
        return rf"{writer.weight(Edge(source, unit, layer, j)).symbol} \, {writer.delta(layer, j).symbol}"

    if len(weights) <= WRITTEN_OUT:
        products = " + ".join(symbol(j) for j in range(len(weights)))
    else:
        above = writer.symbols.weights(source, layer)[1:]
        products = rf"{writer.symbols.sum('j', layer)} w_{{j,{unit + 1}}}{above} \, " + rf"\delta_j{above}"
    equals, before, so_far = _onto(writer, part, left, unit)
    result = mark(role, writer.number(trace.passed(part.op)[writer.sample, unit]), Node(source, unit))
    sums = total(weights * deltas, term, writer.style)
    return [line(f"{left} {equals} {before}{products}", f"{left} {equals} {so_far}{sums} = {result}")]


def _onto(writer: Writer, part: Part, left: str, unit: int) -> tuple[str, str, str]:
    earlier = _earlier(writer, part)
    if earlier is None:
        return "=", "", ""
    return r"\leftarrow", f"{left} + ", f"{writer.number(float(earlier[unit]))} + "


def _all_backwards(writer: Writer, part: Part) -> Line:
    trace, symbols, source = writer.trace, writer.symbols, part.layer
    layer = trace.tape.ops[part.op].layer
    left = mark("gradient", slope(symbols.a(source)))
    one = trace.network.units(layer) == 1
    deltas = writer.slope("z", layer)[writer.sample]

    def entry(i: int, j: int) -> str:
        return writer.weight(Edge(source, i, layer, j)).number

    w = symbols.weights(source, layer)
    transposed = w if one else f"{enclosed(w)}{_T}"
    delta = mark("gradient", symbols.delta(layer))
    numbers = applied(
        matrix(entry, writer.places(source), writer.places(layer)),
        deltas,
        writer.column("gradient", deltas, layer),
    )
    result = writer.column("gradient", trace.passed(part.op)[writer.sample], source)
    earlier = _earlier(writer, part)
    if earlier is None:
        return line(rf"{left} = {transposed} {delta}", f"{left} = {numbers} = {result}")
    so_far = writer.column("gradient", earlier, source)
    return line(
        rf"{left} \leftarrow {left} + {transposed} {delta}",
        rf"{left} \leftarrow {so_far} + {numbers} = {result}",
    )
