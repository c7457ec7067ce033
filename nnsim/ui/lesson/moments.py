"""From a step of the lesson to the moment of the picture: nothing is shown before it is computed."""

from __future__ import annotations

from collections.abc import Callable

from nnsim.lesson.parts import Part
from nnsim.lesson.steps import Step
from nnsim.ui.graph.animation import Moment

_MIDWAY = 0.5
"""Of an edge: where light stands that is on its way."""


def _forward(layer: float) -> Moment:
    return Moment("forward", 0.5, layer)


def _backward(layer: float) -> Moment:
    return Moment("backward", 0.5, layer)


_MOMENTS: dict[str, Callable[[Part, int], Moment]] = {
    "input": lambda part, last: _forward(0.0),
    "affine": lambda part, last: _forward(part.layer - _MIDWAY),
    "activation": lambda part, last: _forward(float(part.layer)),
    "loss": lambda part, last: Moment("loss", 0.0, float(last)),
    "penalty": lambda part, last: Moment("loss", 0.0, float(last)),
    "loss_gradient": lambda part, last: _backward(float(last)),
    "penalty_gradient": lambda part, last: _backward(0.0),
    "activation_gradient": lambda part, last: _backward(float(part.layer)),
    "weight_gradient": lambda part, last: _backward(part.layer - _MIDWAY),
    "source_gradient": lambda part, last: _backward(part.layer + _MIDWAY / 2),
    "update": lambda part, last: Moment("update", 1.0, 0.0),
}


def moment_of(step: Step) -> Moment:
    """What the picture shows when a step has been made.

    Of several parts the last counts: what they all computed is there.
    """
    part = step.cut.parts[-1]
    return _MOMENTS[part.action](part, step.trace.last)
