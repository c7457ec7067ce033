"""One table from what a part does to how it is written."""

from __future__ import annotations

from collections.abc import Callable

from nnsim.lesson import backward, forward, loss_gradients, losses, update
from nnsim.lesson.focus import Focus
from nnsim.lesson.parts import Part
from nnsim.lesson.writer import Line, Writer

FORMULAS: dict[str, Callable[[Writer, Part, Focus | None], list[Line]]] = {
    "input": forward.given,
    "affine": forward.affine,
    "activation": forward.activation,
    "loss": losses.loss,
    "penalty": losses.penalty,
    "loss_gradient": loss_gradients.loss_gradient,
    "penalty_gradient": loss_gradients.penalty_gradient,
    "activation_gradient": backward.activation_gradient,
    "weight_gradient": backward.weight_gradient,
    "source_gradient": backward.source_gradient,
    "update": update.update,
}
"""By :attr:`nnsim.lesson.parts.Part.action`. Activations and losses have tables of their own, by kind."""


def stacked(latex: list[str]) -> str:
    """Several formulas one below the other as one."""
    if len(latex) <= 1:
        return "".join(latex)
    return r"\begin{array}{l}" + r" \\ ".join(latex) + r"\end{array}"
