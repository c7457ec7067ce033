"""The parts of a pass, in order: what each operation of the tape does on the way there and back."""

from __future__ import annotations

from dataclasses import dataclass

from nnsim.engine.ops.operation import Gradient, Op
from nnsim.engine.tape import Tape
from nnsim.lesson.trace import Trace
from nnsim.model.layers import ACTIVATIONS

PHASES = ("input", "forward", "loss", "backward", "update")
FUSED = frozenset({"bce_logits", "cross_entropy_logits", "perceptron"})
"""Losses whose backward pass writes ∂L/∂z at once."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is computed.

    Attributes
    ----------
    action : str
        ``input``, ``affine``, ``activation``, ``loss``, ``penalty``, ``loss_gradient``,
        ``penalty_gradient``, ``activation_gradient``, ``weight_gradient``, ``source_gradient`` or
        ``update``.
    kind : str
        Kind of the operation on the tape, such as ``affine`` or ``tanh``; ``input``; the optimiser's kind.
    phase : str
        One of :data:`PHASES`.
    layer : int
        Whose units it computes something for; of the update the output layer.
    op : int
        Number of the operation on the tape, or -1.
    """

    action: str
    kind: str
    phase: str
    layer: int
    op: int = -1

    @property
    def by_unit(self) -> bool:
        """Whether each unit of the layer is computed from what came before, without the others."""
        divisible = ("affine", "activation", "activation_gradient", "weight_gradient", "source_gradient")
        return self.kind != "softmax" and (self.action in divisible or self.action == "loss_gradient")


def parts(trace: Trace) -> tuple[Part, ...]:
    """Every part of a pass in the order in which it runs."""
    tape, last = trace.tape, trace.last
    numbers = range(len(tape.ops))
    out = [_forward(number, tape.ops[number]) for number in numbers if tape.ops[number].kind != "penalty"]
    back = _way_back(tape, last)
    if tape.ops[-1].kind == "penalty":
        # The tape's way back begins with the penalty, whose share the others add to; told last, it is
        # what it is to a reader: something that comes on top.
        out.append(Part("penalty", "penalty", "loss", last, numbers[-1]))
        back.append(Part("penalty_gradient", "penalty", "backward", last, numbers[-1]))
    update = Part("update", trace.document.training.optimizer.kind, "update", last)
    return (Part("input", "input", "input", 0), *out, *back, update)


def _forward(number: int, op: Op) -> Part:
    if op.kind == "affine":
        return Part("affine", op.kind, "forward", op.layer, number)
    if op.kind in ACTIVATIONS:
        return Part("activation", op.kind, "forward", op.layer, number)
    return Part("loss", op.kind, "loss", op.layer, number)


def _way_back(tape: Tape, last: int) -> list[Part]:
    out: list[Part] = []
    for number in tape.backward:
        op = tape.ops[number]
        if op.kind == "affine":
            out.append(Part("weight_gradient", op.kind, "backward", op.layer, number))
            source = tape.buffers[op.source].layer
            if source > 0:
                out.append(Part("source_gradient", op.kind, "backward", source, number))
        elif op.kind in ACTIVATIONS:
            if op.source_gradient != Gradient.NONE:
                out.append(Part("activation_gradient", op.kind, "backward", op.layer, number))
        elif op.kind != "penalty":
            out.append(Part("loss_gradient", op.kind, "backward", last, number))
    return out
