"""What the update does to networks of any kind of layer: one parameter in full, whole tensors at a glance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnsim.lesson import update as dense
from nnsim.lesson.focus import ChannelFocus, Focus, Item, LayerFocus, ParameterFocus, as_edge, parameter_at
from nnsim.lesson.notation import GAP, WHOLE_SIDE, mark, matrix, row, shown
from nnsim.lesson.optimizers import RULES, arithmetic
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import slope
from nnsim.lesson.trace import Trace, Vector
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node
from nnsim.model.parameters import Tensor

Places = NDArray[np.intp]
_DENSE = frozenset({"input", "dense"})


def update(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The rule and the new values: of one parameter with all its arithmetic, of a map, or of tensors.

    Of what has no parameters of its own, as of all.
    """
    trace = writer.trace
    layers = trace.network.layers
    own = _first_cell(trace, focus)
    if own is not None and not len(trace.entering(own)):
        focus = None
    if focus is None and all(layer.kind in _DENSE for layer in layers):
        return dense.update(writer, part, focus)
    if focus is not None and layers[focus.layer].kind == "dense" and not isinstance(focus, ParameterFocus):
        return dense.update(writer, part, focus)
    place = trace.place_of(focus)
    if place is not None:
        return _one(writer, place, focus if isinstance(focus, Edge) else None)
    tensors = [tensor for tensor in trace.layout.tensors if tensor.spec.trained]
    if own is not None and focus is not None:
        return _own(writer, trace.entering(own), focus.layer)
    if isinstance(focus, LayerFocus):
        tensors = [tensor for tensor in tensors if tensor.layer == focus.layer]
    return _tensors(writer, tensors)


def _first_cell(trace: Trace, focus: Focus | None) -> Node | None:
    """The cell that a focus is, or the first of the map that it is."""
    if isinstance(focus, ChannelFocus):
        return Node(focus.layer, focus.channel * trace.network.shapes[focus.layer].places)
    return focus if isinstance(focus, Node) else None


def _one(writer: Writer, place: int, item: Edge | None = None) -> list[Line]:
    focus = parameter_at(writer.trace.layout, place)
    symbol, own = _called(writer, focus)
    return arithmetic(writer, symbol, place, item or own)


def _called(writer: Writer, focus: ParameterFocus) -> tuple[str, Item]:
    """A parameter's symbol, and what stands behind it."""
    network = writer.trace.network
    if network.layers[focus.layer].kind == "dense" and focus.role == "weight":
        edge = as_edge(focus, network)
        return writer.symbols.weight(edge), edge
    return writer.symbols.parameter(focus), focus


def _own(writer: Writer, places: Places, layer: int) -> list[Line]:
    """What belongs to one map or unit: its steepest parameter in full, then its tensors."""
    tensors = [t for t in writer.trace.layout.tensors if t.layer == layer and t.spec.trained]
    steepest = _steepest(writer.trace, places)
    lines = [] if steepest is None else _example(writer, steepest)
    return lines + [_change(writer, tensor, places) for tensor in tensors if tensor.role != "slope"]


def _tensors(writer: Writer, tensors: list[Tensor]) -> list[Line]:
    """The steepest weight in full, then what becomes of each tensor."""
    if not tensors:
        return [_rule(writer)]
    weights = [tensor for tensor in tensors if tensor.spec.penalised] or tensors
    places = np.concatenate([np.arange(tensor.offset, tensor.offset + tensor.size) for tensor in weights])
    steepest = _steepest(writer.trace, places)
    lines = [_rule(writer)] if steepest is None else _example(writer, steepest)
    return lines + [_change(writer, tensor, None) for tensor in tensors[: dense.MOST_TENSORS]]


def _example(writer: Writer, place: int) -> list[Line]:
    """One parameter worked out; of an optimiser with many averages, only the rule has symbols beside it."""
    *before, rule = _one(writer, place)
    return [*(replace(each, numbers_suffice=len(before) > 1) for each in before), rule]


def _steepest(trace: Trace, places: Places) -> int | None:
    """The place with the steepest gradient among some; without any gradient, that which moves most."""
    moves = trace.updated - trace.before.theta
    for values in (np.where(trace.trainable, trace.gradient, 0.0), moves):
        sizes = np.nan_to_num(np.abs(values[places]))
        if sizes.max(initial=0.0) > 0.0:
            return int(places[int(np.argmax(sizes))])
    return None


def _rule(writer: Writer) -> Line:
    kind = writer.trace.document.training.optimizer.kind
    return line(RULES[kind].format(w=r"\theta", g=mark("gradient", slope(r"\theta"))))


def _change(writer: Writer, tensor: Tensor, places: Places | None) -> Line:
    """How a tensor changes; of filters the one that changes most, of one map what is its own."""
    trace = writer.trace
    change = (trace.updated - trace.before.theta)[tensor.span].reshape(tensor.shape)
    symbol = writer.symbols.tensor(tensor.layer, tensor.role)

    def number(value: float) -> str:
        return writer.term("update", "", value).number

    if len(tensor.shape) == 4:
        o, c = _strongest_filter(tensor, change, places)
        index = [str(i + 1) for i, size in ((o, tensor.shape[0]), (c, tensor.shape[1])) if size > 1]
        symbol += f"[{','.join(index)}]" if index else ""
        rows, columns = (_some(size) for size in tensor.shape[2:])
        written = matrix(lambda i, j: number(change[o, c, i, j]), rows, columns)
    elif places is not None:
        own = places[(places >= tensor.offset) & (places < tensor.offset + tensor.size)]
        symbol = _called(writer, parameter_at(trace.layout, int(own[0])))[0] if len(own) == 1 else symbol
        values = change.ravel()[own - tensor.offset]
        written = (
            row(lambda i: number(values[i]), shown(values, writer.style))
            if len(own) > 1
            else number(values[0])
        )
    elif len(tensor.shape) == 2:
        rows, columns = writer.places(tensor.layer), dense.columns_of(writer, tensor.layer)
        written = matrix(lambda i, j: number(change[i, j]), rows, columns)
    else:
        written = row(lambda i: number(change.ravel()[i]), shown(change.ravel(), writer.style))
    return line(rf"\Delta {symbol}", rf"\Delta {symbol} = {written}", numbers_suffice=True)


def _strongest_filter(tensor: Tensor, change: Vector, places: Places | None) -> tuple[int, int]:
    sizes = np.nan_to_num(np.abs(change)).sum(axis=(2, 3))
    if places is None:
        o, c = np.unravel_index(int(np.argmax(sizes)), sizes.shape)
        return int(o), int(c)
    own = int(places[0] - tensor.offset) // (tensor.size // tensor.shape[0])
    return own, int(np.argmax(sizes[own]))


def _some(count: int) -> tuple[int, ...]:
    return tuple(range(count)) if count <= WHOLE_SIDE else (0, 1, 2, GAP)
