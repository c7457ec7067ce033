"""Formulas of the way forwards: weighted sums and activations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnsim.engine.ops.activations import slope_below
from nnsim.lesson.cells import cell_in
from nnsim.lesson.focus import Focus
from nnsim.lesson.notation import Term, applied, enclosed, total
from nnsim.lesson.part import Part
from nnsim.lesson.writer import Line, Vector, Writer, line
from nnsim.model.network import Edge, Node

WRITTEN_OUT = 4
"""Terms of a sum in symbols; of more, Σ stands for them."""


def unit_of(writer: Writer, layer: int, focus: Focus | None, values: Vector | None = None) -> int | None:
    """The unit of a layer that a focus means: its own, that which an edge enters, or the only one.

    Images are written by one cell: where the focus means none, by the strongest, of its activations or of
    other values of shape (units,).
    """
    if isinstance(focus, Node | Edge) and focus.layer == layer:
        return focus.unit
    if writer.symbols.is_map(layer):
        strengths = writer.trace.value("a", layer)[writer.sample] if values is None else values
        return cell_in(writer.trace, layer, focus, strengths)
    return 0 if writer.trace.network.units(layer) == 1 else None


def source_of(writer: Writer, part: Part) -> int:
    """The layer that an affine operation reads."""
    trace = writer.trace
    return trace.tape.buffers[trace.tape.ops[part.op].source].layer


# --- input


def given(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The sample: x and y."""
    symbols, trace = writer.symbols, writer.trace
    x, y = trace.x[writer.sample], trace.y[writer.sample]
    unit = unit_of(writer, 0, focus)
    if unit is None:
        numbers = f"{symbols.a(0)} = {writer.row('activation', x, 0)}"
    else:
        term = writer.a(0, unit)
        numbers = f"{term.symbol} = {term.number}"
    target = writer.y(0).number if len(y) == 1 else writer.targets()
    return [line(rf"{symbols.a(0)},\quad {symbols.y()}", rf"{numbers},\quad {symbols.y()} = {target}")]


# --- z = W a + b


def affine(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The sum of one connection; of a later one into the same layer, on top of the sum so far."""
    source, unit = source_of(writer, part), unit_of(writer, part.layer, focus)
    if unit is None:
        return [_all_sums(writer, part, source)]
    lines = [_one_sum(writer, part, source, unit)]
    if isinstance(focus, Edge) and focus.source_layer == source and focus.layer == part.layer:
        lines.append(_product(writer, focus))
    return lines


def _product(writer: Writer, edge: Edge) -> Line:
    w, a = writer.weight(edge), writer.a(edge.source_layer, edge.source_unit)
    product = writer.number(w.value * a.value)
    return line(
        rf"{w.symbol} \, {a.symbol}", rf"{w.symbol} \, {a.symbol} = {w.factor} \cdot {a.factor} = {product}"
    )


def _one_sum(writer: Writer, part: Part, source: int, unit: int) -> Line:
    trace, symbols, layer = writer.trace, writer.symbols, part.layer
    op = trace.tape.ops[part.op]
    weights = trace.layout.block(trace.before.theta, source, layer)[unit]
    inputs = trace.value("a", source)[writer.sample]

    def term(i: int) -> str:
        w, a = writer.weight(Edge(source, i, layer, unit)), writer.a(source, i)
        return rf"{w.factor} \cdot {a.factor}"

    def symbol(i: int) -> str:
        return rf"{writer.weight(Edge(source, i, layer, unit)).symbol} {writer.a(source, i).symbol}"

    bias = writer.bias(layer, unit) if op.bias >= 0 else None
    rest = [] if bias is None else [bias.factor]
    z = writer.term(
        "activation",
        symbols.z(layer, unit),
        trace.results[part.op][writer.sample, unit],
        Node(layer, unit),
    )
    before, so_far = ("", "")
    if op.adds:
        earlier = trace.results[part.op - 1][writer.sample, unit]
        before, so_far = f"{z.symbol} + ", f"{writer.number(earlier)} + "
    equals = r"\leftarrow" if op.adds else "="
    if len(weights) <= WRITTEN_OUT:
        products = " + ".join(symbol(i) for i in range(len(weights)))
    else:
        w, a = symbols.weights(source, layer), symbols.a(source)
        products = rf"\sum_{{i=1}}^{{{len(weights)}}} {_row_of(w, layer, unit, writer)} {indexed(a, 'i')}"
    if bias is not None:
        products += f" + {bias.symbol}"
    sums = total(weights * inputs, term, writer.style, rest)
    return line(f"{z.symbol} {equals} {before}{products}", f"{z.symbol} {equals} {so_far}{sums} = {z.number}")


def indexed(symbol: str, index: str) -> str:
    """A layer's symbol with a running index."""
    letter, bracket, above = symbol.partition("^")
    return f"{letter}_{{{index}}}{bracket}{above}"


def _row_of(weights: str, layer: int, unit: int, writer: Writer) -> str:
    alone, place = writer.trace.network.units(layer) == 1, writer.symbols.number(layer, unit)
    comma = "," if place > 9 else ""
    return indexed(weights.replace("W", "w"), "i" if alone else f"{place}{comma}i")


def _all_sums(writer: Writer, part: Part, source: int) -> Line:
    trace, symbols, layer = writer.trace, writer.symbols, part.layer
    op = trace.tape.ops[part.op]
    w, a, z = symbols.weights(source, layer), symbols.a(source), symbols.z(layer)
    inputs = trace.value("a", source)[writer.sample]
    numbers = applied(
        writer.matrix("weight", trace.layout.block(trace.before.theta, source, layer), source, layer),
        inputs,
        writer.column("activation", inputs, source),
    )
    formula = rf"{w} {a}"
    bias = trace.layout.view(trace.before.theta, layer, "bias") if op.bias >= 0 else None
    if bias is not None:
        formula += f" + {symbols.bias(layer)}"
        numbers += f" + {writer.column('weight', bias, layer)}"
    equals = "="
    if op.adds:
        equals, formula = r"\leftarrow", f"{z} + {formula}"
        earlier = trace.results[part.op - 1][writer.sample]
        numbers = f"{writer.column('activation', earlier, layer)} + {numbers}"
    result = writer.column("activation", trace.results[part.op][writer.sample], layer)
    return line(f"{z} {equals} {formula}", f"{z} {equals} {numbers} = {result}")


# --- a = f(z)


@dataclass(frozen=True, slots=True)
class Activation:
    """How one activation is written.

    Attributes
    ----------
    name : str
        f, as LaTeX.
    rule : function
        From the LaTeX of z (and of the slope) to that of f(z).
    slope : function
        From z, a and the slope, each as LaTeX, to f′(z).
    slope_number : function
        The same for numbers: from those of z and a and the slope; empty where the rule has no arithmetic.
    """

    name: str
    rule: Callable[[str, str], str]
    slope: Callable[[str, str, str], str]
    slope_number: Callable[[str, str, str], str] = lambda z, a, alpha: ""


def _cases(value: str, positive: str, other: str, above: str = "0") -> str:
    return rf"\begin{{cases}}{positive} & {value} > {above} \\ {other} & {value} \le {above}\end{{cases}}"


ACTIVATIONS: dict[str, Activation] = {
    "identity": Activation(r"\operatorname{id}", lambda z, _: z, lambda z, a, _: "1"),
    "step": Activation(
        r"\operatorname{step}", lambda z, above: _cases(z, "1", "0", above), lambda z, a, _: "0"
    ),
    "sigmoid": Activation(
        r"\sigma",
        lambda z, _: rf"\frac{{1}}{{1 + e^{{-{z}}}}}",
        lambda z, a, _: rf"{a} (1 - {a})",
        lambda z, a, _: rf"{a} \cdot (1 - {a})",
    ),
    "tanh": Activation(
        r"\tanh",
        lambda z, _: rf"\frac{{e^{{{z}}} - e^{{-{z}}}}}{{e^{{{z}}} + e^{{-{z}}}}}",
        lambda z, a, _: f"1 - {enclosed(a)}^2",
        lambda z, a, _: f"1 - {a}^2",
    ),
    "relu": Activation(
        r"\operatorname{ReLU}",
        lambda z, _: rf"\max(0,\ {z})",
        lambda z, a, _: _cases(z, "1", "0"),
    ),
    "leaky_relu": Activation(
        r"\operatorname{LReLU}",
        lambda z, alpha: _cases(z, z, rf"{alpha} \, {z}"),
        lambda z, a, alpha: _cases(z, "1", alpha),
    ),
    "prelu": Activation(
        r"\operatorname{PReLU}",
        lambda z, alpha: _cases(z, z, rf"{alpha} \, {z}"),
        lambda z, a, alpha: _cases(z, "1", alpha),
    ),
    "elu": Activation(
        r"\operatorname{ELU}",
        lambda z, _: _cases(z, z, rf"e^{{{z}}} - 1"),
        lambda z, a, _: _cases(z, "1", rf"{a} + 1"),
    ),
}


def alpha_of(writer: Writer, part: Part) -> str:
    """LaTeX of the slope for z < 0: that which is learned, or the fixed one; of a step, its threshold."""
    if part.kind == "step":
        return fires_above(writer, part.layer)
    if part.kind == "prelu":
        return writer.alpha(part.layer).symbol
    return writer.number(slope_below(writer.trace.tape.ops[part.op]))


def alpha_number(writer: Writer, part: Part) -> Term | None:
    """The slope for z < 0 as a number; None where the activation has none."""
    if part.kind == "prelu":
        return writer.alpha(part.layer)
    if part.kind != "leaky_relu":
        return None
    slope = writer.trace.tape.ops[part.op].attributes.slope
    return Term("", writer.number(slope), slope)


def fires_above(writer: Writer, layer: int) -> str:
    """Above which sum a step fires: 0, told exactly where a sum of the sample lies in between."""
    return writer.number(writer.trace.fires_above(layer, writer.sample))


def activation(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """a = f(z) for one unit, or for each of the layer."""
    if part.kind == "softmax":
        return _softmax(writer, part, focus)
    layer, written = part.layer, ACTIVATIONS[part.kind]
    unit = unit_of(writer, layer, focus)
    alpha = alpha_of(writer, part)
    if unit is not None:
        z, a = writer.z(layer, unit), writer.a(layer, unit)
        share = alpha_number(writer, part)
        product = "" if share is None or z.value > 0 else rf" = {share.factor} \cdot {z.factor}"
        return [
            line(
                rf"{a.symbol} = {written.name}({z.symbol}) = {written.rule(z.symbol, alpha)}",
                rf"{a.symbol} = {written.name}({z.number}){product} = {a.number}",
            )
        ]
    symbols, sample = writer.symbols, writer.sample
    z_row = writer.row("activation", writer.trace.value("z", layer)[sample], layer)
    a_row = writer.row("activation", writer.trace.value("a", layer)[sample], layer)
    a_symbol, z_symbol = symbols.a(layer), symbols.z(layer)
    learned = ""
    if part.kind == "prelu":
        learned = rf", \quad {alpha} = {writer.alpha(layer).number}"
    return [
        line(
            rf"{a_symbol} = {written.name}({z_symbol}), \quad {written.name}(z) = {written.rule('z', alpha)}",
            rf"{a_symbol} = {written.name}{z_row} = {a_row}{learned}",
        )
    ]


def _softmax(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    layer, symbols = part.layer, writer.symbols
    z = writer.trace.value("z", layer)[writer.sample]
    unit = unit_of(writer, layer, focus)
    below = rf"{symbols.sum('k', layer)} e^{{{indexed(symbols.z(layer), 'k')}}}"
    if unit is None:
        formula = (
            rf"{indexed(symbols.a(layer), 'j')} = \frac{{e^{{{indexed(symbols.z(layer), 'j')}}}}}{{{below}}}"
        )
        numbers = (
            rf"{symbols.a(layer)} = \operatorname{{softmax}}{writer.row('activation', z, layer)} = "
            + writer.row("activation", writer.trace.value("a", layer)[writer.sample], layer)
        )
        return [line(formula, numbers)]
    own, a = writer.z(layer, unit), writer.a(layer, unit)
    # Only what is not negligible beside the largest is written of a long sum.
    sums = total(np.exp(z - z.max()), lambda k: f"e^{{{writer.z(layer, k).number}}}", writer.style)
    return [
        line(
            rf"{a.symbol} = \frac{{e^{{{own.symbol}}}}}{{{below}}}",
            rf"{a.symbol} = \frac{{e^{{{own.number}}}}}{{{sums}}} = {a.number}",
        )
    ]
