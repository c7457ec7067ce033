"""The way there through a convolution: z = Σ K a + b."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.conv2d import Window
from nnsim.engine.ops.operation import Op
from nnsim.lesson.cells import cell_in
from nnsim.lesson.concern import source_of
from nnsim.lesson.explain.conv_symbols import (
    above,
    bias_symbol,
    filter_weight,
    index_range,
    inner_cell,
    op_of,
    outer_cell,
    some,
    sum_over,
    weights_of,
)
from nnsim.lesson.focus import Focus, ParameterFocus
from nnsim.lesson.notation import Term, factor, mark, matrix, total
from nnsim.lesson.part import Part
from nnsim.lesson.trace import Vector
from nnsim.lesson.window import Place, moved, shifted
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node


def convolution(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The sum at one place, and patch and filter side by side."""
    trace, op = writer.trace, op_of(writer, part)
    unit = cell_in(trace, part.layer, focus, trace.value("z", part.layer)[writer.sample])
    place, source = Place.of(op, unit), source_of(trace, part)
    general = not isinstance(focus, Node | Edge) or focus.layer != part.layer
    lines = [_sum(writer, op, place, unit, general=general)]
    # Of a window of one cell the sum says it all.
    alone = place.window.kernel_height == place.window.kernel_width == 1
    return lines if alone else [*lines, _patch(writer, op, place, source)]


def _sum(writer: Writer, op: Op, place: Place, unit: int, *, general: bool) -> Line:
    trace, layer = writer.trace, op.layer
    source = trace.tape.buffers[op.source].layer
    weights = weights_of(trace, op)[place.channel]
    patch = place.patch(trace.values[op.source][writer.sample])

    def term(k: int) -> str:
        c, i, j = (int(n) for n in np.unravel_index(k, weights.shape))
        weight, seen_ = _weight(writer, op, place, (c, i, j)), _seen(writer, place, source, patch, (c, i, j))
        return rf"{weight.factor} \cdot {seen_}"

    bias = None
    if op.bias >= 0:
        bias = writer.parameter(ParameterFocus(layer, "bias", (place.channel,)))
    rest = [] if bias is None else [bias.factor]
    z = writer.z(layer, unit)
    sums_up = total((weights * patch).ravel(), term, writer.style, rest)
    rule = _rule(writer, op, source) if general else _rule_at(writer, op, source, place, bias is not None)
    any_place = mark("activation", f"z{above(writer, layer)}{outer_cell(op, 'o', 'u', 'v')}")
    left = any_place if general else z.symbol
    return line(f"{left} = {rule}", f"{z.symbol} = {sums_up} = {z.number}")


def _rule(writer: Writer, op: Op, source: int) -> str:
    """The sum at any place."""
    window: Window = op.attributes
    rows = moved("u", window.stride_y, 0), window.stride_y + window.padding_y
    columns = moved("v", window.stride_x, 0), window.stride_x + window.padding_x
    cell = inner_cell(op, "c", shifted(f"{rows[0]}+i", -rows[1]), shifted(f"{columns[0]}+j", -columns[1]))
    weight = mark("weight", filter_weight(writer, op, o="o", c="c", i="i", j="j"))
    a = mark("activation", f"{writer.symbols.a(source)}{cell}")
    bias = bias_symbol(writer, op, "o") if op.bias >= 0 else ""
    return rf"{sum_over(op, 'c', 'i', 'j')} {weight} \, {a}{f' + {bias}' if bias else ''}"


def _rule_at(writer: Writer, op: Op, source: int, place: Place, has_bias: bool) -> str:
    """The sum at one place."""
    cell = inner_cell(op, "c", shifted("i", place.top), shifted("j", place.left))
    weight = mark("weight", filter_weight(writer, op, o=str(place.channel + 1), c="c", i="i", j="j"))
    a = mark("activation", f"{writer.symbols.a(source)}{cell}")
    bias = f" + {bias_symbol(writer, op, str(place.channel + 1))}" if has_bias else ""
    return rf"{sum_over(op, 'c', 'i', 'j')} {weight} \, {a}{bias}"


def _weight(writer: Writer, op: Op, place: Place, at: tuple[int, int, int]) -> Term:
    """A weight of the filter, on its edge where the window is inside the image."""
    found = writer.parameter(ParameterFocus(op.layer, "weight", (place.channel, *at)))
    unit = place.source(*at)
    if unit is None:
        return found
    source = writer.trace.tape.buffers[op.source].layer
    target = (place.channel * place.window.out_height + place.row) * place.window.out_width + place.column
    return writer.term("weight", found.symbol, found.value, Edge(source, unit, op.layer, target))


def _seen(writer: Writer, place: Place, source: int, patch: Vector, at: tuple[int, int, int]) -> str:
    """A number under the window, as it stands in a product."""
    value = float(patch[at])
    node = place.node(source, *at)
    return factor(value, mark("activation", writer.number(value), node))


def _patch(writer: Writer, op: Op, place: Place, source: int) -> Line:
    """Patch ⊙ filter = products; of several channels that in which most happens."""
    trace, window = writer.trace, place.window
    weights = weights_of(trace, op)[place.channel]
    patch = place.patch(trace.values[op.source][writer.sample])
    products = weights * patch
    c = int(np.argmax(np.abs(products).sum(axis=(1, 2))))
    rows, columns = some(window.kernel_height), some(window.kernel_width)

    def seen_at(i: int, j: int) -> str:
        value = float(patch[c, i, j])
        return mark("activation", writer.number(value), place.node(source, c, i, j))

    numbers = [
        matrix(seen_at, rows, columns),
        matrix(lambda i, j: _weight(writer, op, place, (c, i, j)).number, rows, columns),
        matrix(lambda i, j: writer.number(float(products[c, i, j])), rows, columns),
    ]
    rows_seen = index_range(place.top + 1, place.top + window.kernel_height)
    columns_seen = index_range(place.left + 1, place.left + window.kernel_width)
    cells = inner_cell(op, str(c + 1), rows_seen, columns_seen)
    a = mark("activation", writer.symbols.a(source) + cells)
    one = [n + 1 for n, size in ((place.channel, window.filters), (c, window.channels)) if size > 1]
    index = f"[{','.join(map(str, one))}]" if one else ""
    k = mark("weight", f"{writer.symbols.tensor(op.layer, 'weight')}{index}")
    return line(rf"{a} \odot {k}", rf"{a} \odot {k} = {numbers[0]} \odot {numbers[1]} = {numbers[2]}", True)
