"""Running statistics: after each update they follow the mean and variance of the batch."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.operation import Op
from nnsim.lesson.cells import channel_in
from nnsim.lesson.concern import of_layer
from nnsim.lesson.explain.action import Action, Explanation, called
from nnsim.lesson.explain.groups import Group, mean_symbol
from nnsim.lesson.focus import Focus, ParameterFocus, parameter_index
from nnsim.lesson.notation import mark
from nnsim.lesson.part import Part
from nnsim.lesson.tensors import Collector
from nnsim.lesson.trace import Trace
from nnsim.lesson.words.here import Here
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import Sentence, sentence, translatable

_TITLE = translatable("The running statistics of layer {layer} follow")
_RULE = translatable(
    "M and V follow the batch's mean and variance: {kept} of what they were, {share} of this batch's. No"
    " gradient moves them; the network predicts by them."
)
_UNBIASED = translatable("The variance is taken over N − 1 instead of N, as an estimate for all data.")
_ROLES = ("running_mean", "running_var")


def _number(trace: Trace, op: Op, focus: Focus | None) -> int:
    """The channel that is meant, else that whose mean moves most."""
    if isinstance(focus, Node | Edge) and focus.layer == op.layer:
        return focus.unit // trace.network.shapes[op.layer].places
    channel = channel_in(op.layer, focus)
    if channel is not None:
        return channel
    place, count = op.uses[0].place, int(op.attributes.groups)
    moves = (trace.after.theta - trace.before.theta)[place : place + count]
    return int(np.argmax(np.nan_to_num(np.abs(moves))))


def _cells(trace: Trace, op: Op) -> int:
    """Numbers that a batch's mean is over."""
    return trace.values[op.beside[0]].size // int(op.attributes.groups)


def _lines(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    number, momentum, count = _number(trace, op, focus), float(op.attributes.momentum), _cells(trace, op)
    normalised = next(each for each in trace.tape.ops if each.writes and each.target == op.beside[0])
    group = Group(trace, normalised, number, writer.sample)
    lines = []
    for role, which, name in zip(_ROLES, (1, 2), ("mean", "var"), strict=True):
        own = ParameterFocus(op.layer, role, (number,))
        old = writer.parameter(own)
        new = writer.term("update", "", float(trace.after.theta[parameter_index(trace.layout, own)]), own)
        found = float(trace.values[op.beside[which]][0, number])
        unbiased = which == 2 and count > 1
        symbol = mark("activation", mean_symbol(writer, group, name))
        share = rf"\frac{{{count}}}{{{count - 1}}}"
        share_symbol = r" \, \frac{N}{N - 1}" if unbiased else ""
        symbols = rf"(1 - m) \, {old.symbol} + m{share_symbol} \, {symbol}"
        numbers = rf"{writer.number(1.0 - momentum)} \cdot {old.factor} + {writer.number(momentum)}"
        numbers += rf" \cdot {share}" if unbiased else ""
        numbers += rf" \cdot {writer.factor(found)} = {new.number}"
        lines.append(line(rf"{old.symbol} \leftarrow {symbols}", rf"{old.symbol} \leftarrow {numbers}"))
    return lines


def _say(here: Here) -> list[Sentence]:
    op = here.trace.tape.ops[here.part.op]
    momentum = float(op.attributes.momentum)
    said = [sentence(_RULE, kept=1.0 - momentum, share=momentum)]
    return [*said, sentence(_UNBIASED)] if _cells(here.trace, op) > 1 else said


def _arrays(collector: Collector) -> None:
    trace = collector.trace
    for number in collector.op.beside[1:]:
        collector.value(number)
    for role in _ROLES:
        collector.tensor(collector.op.layer, role)
        tensor = trace.layout.find(collector.op.layer, role)
        if tensor is not None:
            collector.found[f"{tensor.name}.new"] = trace.after.theta[tensor.span]


def _written(trace: Trace, part: Part) -> tuple[str, ...]:
    tensors = (trace.layout.find(part.layer, role) for role in _ROLES)
    return tuple(f"{tensor.name}.new" for tensor in tensors if tensor is not None)


TRACK = Explanation(
    after=(
        Action(
            "track",
            "update",
            called(_TITLE),
            lambda symbols, trace, part: f"{symbols.plain('M', part.layer)}, V",
            _lines,
            _say,
            _arrays,
            _written,
            of_layer,
        ),
    ),
)
