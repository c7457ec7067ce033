"""From a step of the lesson to the moment of the picture: nothing is shown before it is computed."""

from __future__ import annotations

from collections.abc import Callable

from nnsim.lesson.steps import Step
from nnsim.ui.graph.animation import Moment

_MOMENTS: dict[str, Callable[[float], Moment]] = {
    "input": lambda reached: Moment("forward", 0.5, reached),
    "forward": lambda reached: Moment("forward", 0.5, reached),
    "loss": lambda reached: Moment("loss", 0.0, reached),
    "backward": lambda reached: Moment("backward", 0.5, reached),
    "update": lambda reached: Moment("update", 1.0, 0.0),
}


def moment_of(step: Step) -> Moment:
    """What the picture shows when a step has been made: what all of its parts computed is there."""
    return _MOMENTS[step.cut.parts[-1].phase](step.reached)
