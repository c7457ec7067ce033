"""What a step computes as pictures: of images one map before and after, of other arrays the array."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnsim.engine.ops.operation import Op
from nnsim.lesson.cells import cell_in, channel_in
from nnsim.lesson.explain import action_of
from nnsim.lesson.explain.conv_backward import data_gradient, weight_of
from nnsim.lesson.focus import Focus
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import Symbols, symbols_of
from nnsim.lesson.tensors import Collector
from nnsim.lesson.trace import Trace, Vector
from nnsim.model.network import Edge, Node

_ROLES = {"a": "a", "z": "z", "normalized": "x̂"}
_SLOPES = {"z": "δ", "normalized": "∂L/∂x̂"}


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One array with its name.

    Attributes
    ----------
    sign : str
        What stands between it and the picture before: nothing, ``∗``, ``⊙``, ``=`` or ``→``.
    name : str
        As formulas call it, in Unicode.
    values : array of one or two dimensions
    is_map : bool
        Whether it is one: its cells are pixels, and square.
    """

    sign: str
    name: str
    values: Vector
    is_map: bool = False


def pictures(trace: Trace, part: Part, focus: Focus | None, sample: int) -> tuple[Picture, ...]:
    """What a part reads and writes; empty where that is no more than numbers of a formula."""
    symbols = symbols_of(trace.document)
    if part.action == "filter_gradient":
        return _filter_gradient(trace, symbols, part, focus, sample)
    if part.op >= 0 and part.phase in ("forward", "backward") and symbols.is_map(_result_layer(trace, part)):
        found = _maps(trace, symbols, part, focus, sample)
        if found:
            return found
    return _array(trace, symbols, part)


def _array(trace: Trace, symbols: Symbols, part: Part) -> tuple[Picture, ...]:
    action, collector = action_of(part), Collector(trace, part)
    action.arrays(collector)
    values = collector.found[action.writes(trace, part)[0]]
    name = (action.caption or action.chip)(symbols, trace, part)
    if values.ndim > 2:
        values = values.reshape(len(values), -1)
    return (Picture("", name, values),)


def _result_layer(trace: Trace, part: Part) -> int:
    op = trace.tape.ops[part.op]
    if not op.reads or not op.writes:
        return part.layer
    number = op.target if part.phase == "forward" else op.source
    return trace.tape.buffers[number].layer


def _called(trace: Trace, symbols: Symbols, number: int, *, slope: bool) -> str:
    """What a buffer, or its gradient, is called."""
    buffer = trace.tape.buffers[number]
    if slope and buffer.role in _SLOPES:
        return symbols.plain(_SLOPES[buffer.role], buffer.layer)
    plain = symbols.plain(_ROLES[buffer.role], buffer.layer)
    return f"∂L/∂{plain}" if slope else plain


def _map(trace: Trace, name: str, layer: int, row: Vector, channel: int, sign: str) -> Picture:
    """One map of a layer's numbers of one sample."""
    channels, height, width = trace.network.shapes[layer].sizes
    where = f"[{channel + 1}]" if channels > 1 else ""
    return Picture(sign, name + where, row.reshape(channels, height, width)[channel], True)


def _maps(
    trace: Trace, symbols: Symbols, part: Part, focus: Focus | None, sample: int
) -> tuple[Picture, ...]:
    """The map that formulas tell of, and what it was made of."""
    op = trace.tape.ops[part.op]
    back = part.phase == "backward"
    if not op.reads or not op.writes or (back and (part.op, 0) not in trace.handed):
        return ()
    before, after = (op.target, op.source) if back else (op.source, op.target)
    result = (trace.passed(part.op) if back else trace.results[part.op])[sample]
    layer = trace.tape.buffers[after].layer
    channel = _channel(trace, layer, trace.tape.buffers[before].layer, focus, result)
    out = _map(trace, _called(trace, symbols, after, slope=back), layer, result, channel, "→")
    source = trace.tape.buffers[before].layer
    read = trace.slope_at(before) if back else trace.values[before]
    if read is None or not symbols.is_map(source):
        return (Picture("", out.name, out.values, True),)
    own = _like(trace, source, layer, channel, read[sample])
    first = _map(trace, _called(trace, symbols, before, slope=back), source, read[sample], own, "")
    mask = _mask(trace, op, sample, layer, channel)
    if mask is not None:
        return (first, mask, Picture("=", out.name, out.values, True))
    return (first, out)


def _channel(trace: Trace, layer: int, other: int, focus: Focus | None, values: Vector) -> int:
    """The map of a layer that formulas tell of: that which a focus means at either end, or the strongest."""
    shape, before = trace.network.shapes[layer], trace.network.shapes[other]
    alike = before.is_image and before.channels == shape.channels
    if focus is not None and alike and focus.layer == other:
        if isinstance(focus, Node | Edge):
            return focus.unit // before.places
        found = channel_in(other, focus)
        if found is not None:
            return found
    return cell_in(trace, layer, focus, values) // shape.places


def _like(trace: Trace, source: int, layer: int, channel: int, values: Vector) -> int:
    """The map of a layer that became another's: that of the same number, or the strongest."""
    shape = trace.network.shapes[source]
    if shape.channels == trace.network.shapes[layer].channels:
        return channel
    return int(np.argmax(np.abs(np.nan_to_num(values))) // shape.places)


def _mask(trace: Trace, op: Op, sample: int, layer: int, channel: int) -> Picture | None:
    for number in op.writes[1:]:
        if trace.tape.buffers[number].role == "mask":
            mask = _map(trace, "", layer, trace.values[number][sample], channel, "⊙")
            return Picture("⊙", "m/(1 − p)", mask.values, True)
    return None


def _filter_gradient(
    trace: Trace, symbols: Symbols, part: Part, focus: Focus | None, sample: int
) -> tuple[Picture, ...]:
    """δ of a map, what its filter looked at, and the gradient of all its weights."""
    op = trace.tape.ops[part.op]
    o, c = weight_of(trace, op, focus).at[:2]
    source, deltas = trace.tape.buffers[op.source].layer, trace.slope_at(op.target)
    if deltas is None:
        return ()
    weights = data_gradient(trace, op)
    index = [str(i + 1) for i, size in zip((o, c), weights.shape[:2], strict=True) if size > 1]
    name = f"∂L/∂{symbols.plain('K', op.layer)}" + (f"[{','.join(index)}]" if index else "")
    sign = "=" if trace.samples == 1 else "→"
    return (
        _map(trace, symbols.plain("δ", op.layer), op.layer, deltas[sample], o, ""),
        _map(trace, symbols.plain("a", source), source, trace.values[op.source][sample], c, "∗"),
        Picture(sign, name, weights[o, c], True),
    )
