"""Convolution: a filter slides over an image; each of its weights is used at every place."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.conv2d import Window
from nnsim.engine.ops.operation import Op
from nnsim.lesson.cells import Back, cell_in, channel_in
from nnsim.lesson.concern import Concern, back_along, channel, of_parameter, one_edge, source_of, sums
from nnsim.lesson.explain.action import Action, Explanation, called, not_to_the_input, read_by
from nnsim.lesson.explain.conv_words import (
    say_filter_gradient,
    say_image_gradient,
    say_sums,
    title_of_gradient,
)
from nnsim.lesson.focus import Focus, ParameterFocus, parameter_at
from nnsim.lesson.notation import GAP, WHOLE_SIDE, Term, factor, mark, matrix, total
from nnsim.lesson.part import Part
from nnsim.lesson.sentence import translatable
from nnsim.lesson.symbols import Symbols, slope
from nnsim.lesson.tensors import Collector, gradient_name
from nnsim.lesson.trace import Trace, Vector
from nnsim.lesson.window import Place, moved, seen, shifted
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node

_SUMS = translatable("The filters of layer {layer} slide over the image")
_BACK = translatable("Back to layer {layer}")


def _op(writer: Writer, part: Part) -> Op:
    return writer.trace.tape.ops[part.op]


def weights_of(trace: Trace, op: Op) -> Vector:
    """All filters, shape (filters, channels, kernel height, kernel width)."""
    weight = trace.layout.view(trace.before.theta, op.layer, "weight")
    assert weight is not None
    return weight


def _some(count: int) -> tuple[int, ...]:
    """Rows or columns of a window that are written."""
    return tuple(range(count)) if count <= WHOLE_SIDE else (0, 1, 2, GAP)


# --- z = Σ K a + b


def convolution(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The sum at one place, and patch and filter side by side."""
    trace, op = writer.trace, _op(writer, part)
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
    left = (
        z.symbol if not general else mark("activation", f"z{_layer(writer, layer)}{_open(op, 'o', 'u', 'v')}")
    )
    return line(f"{left} = {rule}", f"{z.symbol} = {sums_up} = {z.number}")


def _layer(writer: Writer, layer: int) -> str:
    """What stands above a layer's symbols."""
    return writer.symbols.z(layer)[1:]


def _open(op: Op, first: str, row: str, column: str) -> str:
    """A cell of what a convolution writes, by running indices."""
    return f"[{f'{first},' if op.attributes.filters > 1 else ''}{row},{column}]"


def _inner(op: Op, channel_: str, row: str, column: str) -> str:
    """A cell of what it reads."""
    return f"[{f'{channel_},' if op.attributes.channels > 1 else ''}{row},{column}]"


def _filter(writer: Writer, op: Op, *, o: str, c: str, i: str, j: str) -> str:
    """A weight of the filters, by indices."""
    window: Window = op.attributes
    outer = [index for index, size in ((o, window.filters), (c, window.channels)) if size > 1]
    return f"{writer.symbols.tensor(op.layer, 'weight')}[{','.join([*outer, i, j])}]"


def _over(op: Op, *indices: str) -> str:
    """Σ over the running indices that there are."""
    kept = [i for i in indices if i != "c" or op.attributes.channels > 1]
    kept = [i for i in kept if i != "o" or op.attributes.filters > 1]
    return rf"\sum_{{{','.join(kept)}}}"


def _rule(writer: Writer, op: Op, source: int) -> str:
    """The sum at any place."""
    window: Window = op.attributes
    rows = moved("u", window.stride_y, 0), window.stride_y + window.padding_y
    columns = moved("v", window.stride_x, 0), window.stride_x + window.padding_x
    cell = _inner(op, "c", shifted(f"{rows[0]}+i", -rows[1]), shifted(f"{columns[0]}+j", -columns[1]))
    weight = mark("weight", _filter(writer, op, o="o", c="c", i="i", j="j"))
    a = mark("activation", f"{writer.symbols.a(source)}{cell}")
    bias = _bias_symbol(writer, op, "o") if op.bias >= 0 else ""
    return rf"{_over(op, 'c', 'i', 'j')} {weight} \, {a}{f' + {bias}' if bias else ''}"


def _bias_symbol(writer: Writer, op: Op, index: str) -> str:
    below = f"_{{{index}}}" if op.attributes.filters > 1 else ""
    return mark("weight", f"b{below}{_layer(writer, op.layer)}")


def _rule_at(writer: Writer, op: Op, source: int, place: Place, has_bias: bool) -> str:
    """The sum at one place."""
    cell = _inner(op, "c", shifted("i", place.top), shifted("j", place.left))
    weight = mark("weight", _filter(writer, op, o=str(place.channel + 1), c="c", i="i", j="j"))
    a = mark("activation", f"{writer.symbols.a(source)}{cell}")
    bias = f" + {_bias_symbol(writer, op, str(place.channel + 1))}" if has_bias else ""
    return rf"{_over(op, 'c', 'i', 'j')} {weight} \, {a}{bias}"


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
    rows, columns = _some(window.kernel_height), _some(window.kernel_width)

    def seen_at(i: int, j: int) -> str:
        value = float(patch[c, i, j])
        return mark("activation", writer.number(value), place.node(source, c, i, j))

    numbers = [
        matrix(seen_at, rows, columns),
        matrix(lambda i, j: _weight(writer, op, place, (c, i, j)).number, rows, columns),
        matrix(lambda i, j: writer.number(float(products[c, i, j])), rows, columns),
    ]
    (top, bottom), (left, right) = (
        (place.top + 1, place.top + window.kernel_height),
        (place.left + 1, place.left + window.kernel_width),
    )
    a = mark(
        "activation",
        writer.symbols.a(source) + _inner(op, str(c + 1), _range(top, bottom), _range(left, right)),
    )
    one = [n + 1 for n, size in ((place.channel, window.filters), (c, window.channels)) if size > 1]
    index = f"[{','.join(map(str, one))}]" if one else ""
    k = mark("weight", f"{writer.symbols.tensor(op.layer, 'weight')}{index}")
    return line(rf"{a} \odot {k}", rf"{a} \odot {k} = {numbers[0]} \odot {numbers[1]} = {numbers[2]}", True)


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}..{last}"


# --- ∂L/∂K = Σ δ a, ∂L/∂b = Σ δ


def filter_gradient(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The sum over all places for one weight, its filter's, and that of the bias."""
    if isinstance(focus, Node) and focus.layer == source_of(writer.trace, part) == 0:
        return image_gradient(writer, Part("image_gradient", part.kind, "backward", 0, part.op), focus)
    op = _op(writer, part)
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
    return mark("gradient", rf"\delta{_layer(writer, op.layer)}{_open(op, str(number + 1), 'u', 'v')}")


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
    a = mark("activation", writer.symbols.a(source) + _inner(op, str(c + 1), rows, columns))

    def product(k: int) -> str:
        delta = _marked(writer, "gradient", float(deltas.flat[k]))
        return rf"{delta} \cdot {_marked(writer, 'activation', float(inputs.flat[k]))}"

    result = writer.term("gradient", "", float(data_gradient(trace, op)[focus.at]), focus).number
    sums_up = total(products, product, writer.style)
    rule = rf"{_over(op, *_indices(writer))} {_delta(writer, op, o)} \, {a}"
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
    numbers = matrix(entry, _some(window.kernel_height), _some(window.kernel_width))
    return line(left, f"{left} = {numbers}", True)


def _bias_gradient(writer: Writer, op: Op, number: int) -> Line:
    own = _deltas(writer.trace, op, number).ravel()
    focus = ParameterFocus(op.layer, "bias", (number,))
    left = mark("gradient", slope(writer.symbols.parameter(focus)), focus)
    sums_up = total(own, lambda k: _marked(writer, "gradient", own[k]), writer.style)
    gradient = writer.trace.layout.view(writer.trace.gradient, op.layer, "bias")
    assert gradient is not None
    result = writer.term("gradient", "", float(gradient[number]), focus).number
    rule = f"{_over(op, *_indices(writer))} {_delta(writer, op, number)}"
    if len(own) == 1:
        return line(f"{left} = {rule}", f"{left} = {result}")
    return line(f"{left} = {rule}", f"{left} = {sums_up} = {result}")


# --- ∂L/∂a


def image_gradient(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """What comes back to one cell: from every place at which a window saw it."""
    trace, op, source = writer.trace, _op(writer, part), part.layer
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
    weight = mark("weight", _filter(writer, op, o="o", c=str(c + 1), i=i, j=j))
    delta = mark("gradient", rf"\delta{_layer(writer, op.layer)}{_open(op, 'o', 'u', 'v')}")
    rule = rf"{_over(op, 'o', 'u', 'v')} {weight} \, {delta}"
    sums_up = total(weights * deltas, term, writer.style)
    return line(back.symbols(rule), back.numbers(sums_up))


# --- arrays and what lights up


def _sums_arrays(collector: Collector) -> None:
    collector.a(collector.source)
    collector.tensor(collector.part.layer, "weight")
    collector.tensor(collector.part.layer, "bias")
    collector.z(collector.part.layer)


def _gradient_arrays(collector: Collector) -> None:
    trace, layer = collector.trace, collector.part.layer
    collector.slope("z", layer)
    collector.a(collector.source)
    weight = trace.layout.weight(layer)
    collector.found[f"{weight.name}.grad"] = data_gradient(trace, collector.op)
    bias = trace.layout.find(layer, "bias")
    if bias is not None:
        collector.found[f"{bias.name}.grad"] = trace.gradient[bias.span]


def _gradients(trace: Trace, part: Part) -> tuple[str, ...]:
    tensors = (trace.layout.find(part.layer, role) for role in ("weight", "bias"))
    return tuple(f"{tensor.name}.grad" for tensor in tensors if tensor is not None)


def _image_arrays(collector: Collector) -> None:
    collector.slope("z", collector.op.layer)
    collector.tensor(collector.op.layer, "weight")
    name = gradient_name(collector.trace, collector.op.source)
    collector.batch(name, collector.trace.passed(collector.part.op))


def _filters(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """As :func:`sums`; of a filter's weight, all places that use it."""
    if isinstance(focus, ParameterFocus) and focus.layer == part.layer:
        return of_parameter(trace, focus) | Concern(frozenset({source_of(trace, part)}))
    return sums(trace, part, focus)


def _filter_share(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """An edge's weight is its filter's: with it all of the map lights up."""
    if isinstance(focus, Edge) and focus.layer == part.layer:
        weight = weight_of(trace, trace.tape.ops[part.op], focus)
        return one_edge(focus) | Concern(parameters=frozenset({weight}))
    if isinstance(focus, Node) and focus.layer == part.layer:
        number = Place.of(trace.tape.ops[part.op], focus.unit).channel
        map_, source = channel(trace, part.layer, number), source_of(trace, part)
        return Concern(frozenset({source}), channels=frozenset({map_}), filters=frozenset({(source, map_)}))
    return _filters(trace, part, focus)


def _filters_chip(symbols: Symbols, trace: Trace, part: Part) -> str:
    return f"∂L/∂{symbols.plain('K', part.layer)}"


CONV2D = Explanation(
    forward=(
        Action(
            "convolution",
            "forward",
            called(_SUMS),
            lambda symbols, trace, part: symbols.plain("z", part.layer),
            convolution,
            say_sums,
            _sums_arrays,
            lambda trace, part: (f"z{part.layer}",),
            _filters,
            reach=-0.5,
            by_unit=True,
        ),
    ),
    backward=(
        Action(
            "filter_gradient",
            "backward",
            title_of_gradient,
            _filters_chip,
            filter_gradient,
            say_filter_gradient,
            _gradient_arrays,
            _gradients,
            _filter_share,
            reach=-0.5,
            by_unit=True,
        ),
        Action(
            "image_gradient",
            "backward",
            called(_BACK),
            lambda symbols, trace, part: f"∂L/∂{symbols.plain('a', part.layer)}",
            image_gradient,
            say_image_gradient,
            _image_arrays,
            lambda trace, part: (gradient_name(trace, trace.tape.ops[part.op].source),),
            back_along,
            reach=0.25,
            by_unit=True,
            layer=read_by,
            happens=not_to_the_input,
        ),
    ),
)
