"""How a part is written."""

from __future__ import annotations

from nnsim.lesson.explain import action_of
from nnsim.lesson.focus import Focus
from nnsim.lesson.part import Part
from nnsim.lesson.writer import Line, Writer


def formulas(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The formulas of one part, as a focus turns them."""
    return action_of(part).lines(writer, part, focus)


def stacked(latex: list[str]) -> str:
    """Several formulas one below the other as one."""
    if len(latex) <= 1:
        return "".join(latex)
    return r"\begin{array}{l}" + r" \\ ".join(latex) + r"\end{array}"
