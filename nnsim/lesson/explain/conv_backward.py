"""The way back through a convolution: ∂L/∂K = Σ δ a, ∂L/∂b = Σ δ, and ∂L/∂a."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.operation import Op
from nnsim.lesson.cells import Back, cell_in, channel_in
from nnsim.lesson.concern import source_of
from nnsim.lesson.explain.conv_symbols import (
    above,
    filter_weight,
    inner_cell,
    op_of,
    outer_cell,
    some,
    sum_over,
)
from nnsim.lesson.focus import Focus, ParameterFocus, parameter_at
from nnsim.lesson.notation import factor, mark, matrix, total
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import slope
from nnsim.lesson.trace import Trace, Vector
from nnsim.lesson.window import Place, moved, seen
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node


def filter_gradient(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The sum over all places for one weight, its filter's, and that of the bias."""
    if isinstance(focus, Node) and focus.layer == source_of(writer.trace, part) == 0:
        return image_gradient(writer, Part("image_gradient", part.kind, "backward", 0, part.op), focus)
    op = op_of(writer, part)
    if isinstance(focus, ParameterFocus) and focus.layer == part.layer and focus.role == "bias":
        return [_bias_gradient(writer, op, focus.at[0])]
    chosen = weight_of(writer.trace, op, focus)
    lines = [_weight_gradient(writer, op, chosen)]
    if isinstance(focus, Edge) and focus.layer == part.layer:
        lines.append(_share(writer, op, focus, chosen))
    lines.append(_filter_gradient(writer, op, chosen))
    if op.bias >= 0:
        lines.append(_bias_gradient(writer, op, chosen.at[0]))
    return lines


def weight_of(trace: Trace, op: Op, focus: Focus | None) -> ParameterFocus:
    """The filter weight that a focus means; else that with the steepest gradient, in its filter or in all."""
    if isinstance(focus, ParameterFocus) and focus.layer == op.layer and focus.role == "weight":
        return focus
    if isinstance(focus, Edge) and focus.layer == op.layer:
        return parameter_at(trace.layout, trace.joins.parameter(focus))
    gradients = np.nan_to_num(np.abs(data_gradient(trace, op)))
    first = channel_in(op.layer, focus)
    if isinstance(focus, Node) and focus.layer == op.layer:
        first = Place.of(op, focus.unit).channel
    own = gradients if first is None else gradients[first : first + 1]
    at = [int(i) for i in np.unravel_index(int(np.argmax(own)), own.shape)]
    return ParameterFocus(op.layer, "weight", (at[0] + (first or 0), *at[1:]))


def data_gradient(trace: Trace, op: Op) -> Vector:
    """∂L/∂K, the penalty left out."""
    found = trace.layout.view(trace.gradient - trace.penalty_gradient, op.layer, "weight")
    assert found is not None
    return found


def _deltas(trace: Trace, op: Op, number: int) -> Vector:
    """∂L/∂z of one map, shape (n, places)."""
    found = trace.slope_at(op.target)
    assert found is not None
    places = op.attributes.out_height * op.attributes.out_width
    return found[:, number * places : (number + 1) * places]


def _indices(writer: Writer) -> tuple[str, ...]:
    return ("s", "u", "v") if writer.trace.samples > 1 else ("u", "v")


def _delta(writer: Writer, op: Op, number: int) -> str:
    return mark("gradient", rf"\delta{above(writer, op.layer)}{outer_cell(op, str(number + 1), 'u', 'v')}")


def _weight_gradient(writer: Writer, op: Op, focus: ParameterFocus) -> Line:
    trace, window = writer.trace, op.attributes
    o, c, i, j = focus.at
    deltas = _deltas(trace, op, o)
    inputs = seen(trace, op)[:, c, :, :, i, j].reshape(deltas.shape)
    products = (deltas * inputs).ravel()
    left = mark("gradient", slope(writer.symbols.parameter(focus)), focus)
    source = trace.tape.buffers[op.source].layer
    rows = moved("u", window.stride_y, i + 1 - window.stride_y - window.padding_y)
    columns = moved("v", window.stride_x, j + 1 - window.stride_x - window.padding_x)
    a = mark("activation", writer.symbols.a(source) + inner_cell(op, str(c + 1), rows, columns))

    def product(k: int) -> str:
        delta = _marked(writer, "gradient", float(deltas.flat[k]))
        return rf"{delta} \cdot {_marked(writer, 'activation', float(inputs.flat[k]))}"

    result = writer.term("gradient", "", float(data_gradient(trace, op)[focus.at]), focus).number
    sums_up = total(products, product, writer.style)
    rule = rf"{sum_over(op, *_indices(writer))} {_delta(writer, op, o)} \, {a}"
    return line(f"{left} = {rule}", f"{left} = {sums_up} = {result}")


def _marked(writer: Writer, role: str, value: float) -> str:
    return factor(value, mark(role, writer.number(value)))


def _share(writer: Writer, op: Op, edge: Edge, focus: ParameterFocus) -> Line:
    """What the place in focus adds."""
    delta, a = writer.delta(edge.layer, edge.unit), writer.a(edge.source_layer, edge.source_unit)
    product = writer.number(delta.value * a.value)
    symbols = rf"{delta.symbol} \, {a.symbol}"
    return line(symbols, rf"{symbols} = {delta.factor} \cdot {a.factor} = {product}")


def _filter_gradient(writer: Writer, op: Op, focus: ParameterFocus) -> Line:
    """All weights of one filter that look at one channel."""
    trace, window = writer.trace, op.attributes
    o, c = focus.at[:2]
    values = data_gradient(trace, op)[o, c]

    def entry(i: int, j: int) -> str:
        return writer.term(
            "gradient", "", values[i, j], ParameterFocus(op.layer, "weight", (o, c, i, j))
        ).number

    one = [n + 1 for n, size in ((o, window.filters), (c, window.channels)) if size > 1]
    index = f"[{','.join(map(str, one))}]" if one else ""
    left = mark("gradient", slope(f"{writer.symbols.tensor(op.layer, 'weight')}{index}"))
    numbers = matrix(entry, some(window.kernel_height), some(window.kernel_width))
    return line(left, f"{left} = {numbers}", True)


def _bias_gradient(writer: Writer, op: Op, number: int) -> Line:
    own = _deltas(writer.trace, op, number).ravel()
    focus = ParameterFocus(op.layer, "bias", (number,))
    left = mark("gradient", slope(writer.symbols.parameter(focus)), focus)
    sums_up = total(own, lambda k: _marked(writer, "gradient", own[k]), writer.style)
    gradient = writer.trace.layout.view(writer.trace.gradient, op.layer, "bias")
    assert gradient is not None
    result = writer.term("gradient", "", float(gradient[number]), focus).number
    rule = f"{sum_over(op, *_indices(writer))} {_delta(writer, op, number)}"
    if len(own) == 1:
        return line(f"{left} = {rule}", f"{left} = {result}")
    return line(f"{left} = {rule}", f"{left} = {sums_up} = {result}")


def image_gradient(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """What comes back to one cell: from every place at which a window saw it."""
    trace, op, source = writer.trace, op_of(writer, part), part.layer
    unit = cell_in(trace, source, focus, trace.passed(part.op)[writer.sample])
    lines = [_collected(writer, part, op, unit)]
    if isinstance(focus, Edge) and (focus.source_layer, focus.layer) == (source, op.layer):
        lines.insert(0, _through(writer, focus))
    return lines


def _through(writer: Writer, edge: Edge) -> Line:
    trace = writer.trace
    focus = parameter_at(trace.layout, trace.joins.parameter(edge))
    k = writer.parameter(focus)
    weight = writer.term("weight", writer.symbols.parameter(focus), k.value, edge)
    delta = writer.delta(edge.layer, edge.unit)
    symbols = rf"{weight.symbol} \, {delta.symbol}"
    return line(
        symbols, rf"{symbols} = {weight.factor} \cdot {delta.factor} = {writer.number(k.value * delta.value)}"
    )


def _collected(writer: Writer, part: Part, op: Op, unit: int) -> Line:
    trace, source, window = writer.trace, part.layer, op.attributes
    found = trace.joins.out_of(Node(source, unit))
    found = found.where(found.layers == op.layer)
    deltas = writer.slope("z", op.layer)[writer.sample][found.units]
    weights = trace.before.theta[found.parameters]

    def term(k: int) -> str:
        edge = Edge(source, unit, op.layer, int(found.units[k]))
        weight = writer.term("weight", "", weights[k], edge)
        delta = writer.delta(op.layer, int(found.units[k]))
        return rf"{weight.factor} \cdot {delta.factor}"

    back = Back(writer, part, source, unit)
    c, row, column = (int(n) for n in np.unravel_index(unit, (window.channels, window.height, window.width)))
    i = f"{row + 1 + window.stride_y + window.padding_y}-{moved('u', window.stride_y, 0)}"
    j = f"{column + 1 + window.stride_x + window.padding_x}-{moved('v', window.stride_x, 0)}"
    weight = mark("weight", filter_weight(writer, op, o="o", c=str(c + 1), i=i, j=j))
    delta = mark("gradient", rf"\delta{above(writer, op.layer)}{outer_cell(op, 'o', 'u', 'v')}")
    rule = rf"{sum_over(op, 'o', 'u', 'v')} {weight} \, {delta}"
    sums_up = total(weights * deltas, term, writer.style)
    return line(back.symbols(rule), back.numbers(sums_up))
