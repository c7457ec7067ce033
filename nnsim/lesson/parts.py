"""The parts of a pass, in order: what each operation of the tape does on the way there and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nnsim.lesson.explain import explanation_of
from nnsim.lesson.explain.action import Action
from nnsim.lesson.part import Part
from nnsim.lesson.trace import Trace

_TOGETHER = frozenset({"penalty", "max_norm"})
"""Operations of which all are told at once, whatever layer they belong to."""


def parts(trace: Trace) -> tuple[Part, ...]:
    """Every part of a pass in the order in which it runs.

    The tape's way back begins with the penalty, whose share the others add to; told last, it is what it is
    to a reader: something that comes on top.

    Raises
    ------
    NotImplementedError
        Where an operation of the tape has no explanation.
    """
    tape, training = trace.tape, trace.document.training
    there = _told(trace, "forward", tape.forward)
    back = _told(trace, "backward", tape.backward)
    last = trace.last
    return (
        Part("input", "input", "input", 0),
        *there,
        *back,
        *([Part("clip", "clip", "update", last)] if training.clip_norm > 0 else []),
        Part("update", training.optimizer.kind, "update", last),
        *_told(trace, "after", tape.after),
    )


def _told(trace: Trace, way: str, numbers: Iterable[int]) -> list[Part]:
    """The parts of some operations; those that are told together come last, as one."""
    ops = trace.tape.ops
    out: list[Part] = []
    together: dict[str, int] = {}
    for number in numbers:
        if ops[number].kind in _TOGETHER:
            together[ops[number].kind] = max(number, together.get(ops[number].kind, -1))
        else:
            out += _of_op(trace, way, number)
    for number in together.values():
        out += [
            Part(a.name, ops[number].kind, a.phase, trace.last, number) for a in _actions(trace, way, number)
        ]
    return out


def _of_op(trace: Trace, way: str, number: int) -> Iterator[Part]:
    op = trace.tape.ops[number]
    for action in _actions(trace, way, number):
        if action.happens(trace, op):
            yield Part(action.name, op.kind, action.phase, action.layer(trace, op), number)


def _actions(trace: Trace, way: str, number: int) -> tuple[Action, ...]:
    found: tuple[Action, ...] = getattr(explanation_of(trace.tape.ops[number].kind), way)
    return found
