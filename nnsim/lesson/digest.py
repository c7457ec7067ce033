"""What is written of a phase: of each layer what it computes, and of layers that work alike the rule once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nnsim.lesson.focus import Focus
from nnsim.lesson.formulas import formulas
from nnsim.lesson.part import Part
from nnsim.lesson.writer import Line, Writer

_RULE_ALONE = frozenset({("affine", 0), ("source_gradient", 0), ("weight_gradient", 1)})
"""Lines whose numbers stand again in another formula: as what that reads, or as the sum of what it wrote."""
_FUSED = frozenset({"bce_logits", "cross_entropy_logits"})
"""Losses that, after the plain error, tell the factors that cancel to it."""

_MATRIX = "pmatrix"


def digest(writer: Writer, parts: Iterable[tuple[Part, Focus | None]]) -> tuple[Line, ...]:
    """The formulas of several parts, on as little room as they need.

    What a focus turns into a formula of its own is written as it is.

    Parameters
    ----------
    writer : Writer
    parts : iterable of (Part, Focus or None)
        Each with the focus that it has.
    """
    out: list[Line] = []
    shares: list[Line] = []
    told: set[tuple[object, ...]] = set()
    for part, focus in parts:
        to = shares if part.action == "weight_gradient" else out
        lines = formulas(writer, part, None)
        focused = lines if focus is None else formulas(writer, part, focus)
        if focused != lines:
            to += focused
            continue
        alone = writer.trace.network.units(part.layer) == 1
        for place, line in enumerate(
            lines[:1] if part.kind in _FUSED and part.phase == "backward" else lines
        ):
            key = part.action, part.kind, alone, place
            to += _shortened(line, key in told, (part.action, place) in _RULE_ALONE)
            told.add(key)
    # The signal on its whole way back, then side by side what each layer's weights have of it.
    return (*out, *shares)


def abridged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same without the numbers of matrices and without what is told a second time.

    Those numbers can be read on the edges of the graph.
    """
    told: set[str] = set()
    out: list[Line] = []
    for line in lines:
        is_told = line.symbols.latex in told
        told.add(line.symbols.latex)
        has_matrix = line.numbers is not None and _MATRIX in line.numbers.latex
        if not is_told and not (has_matrix and line.numbers_suffice):
            out.append(replace(line, numbers=None) if has_matrix else line)
    return tuple(out)


def in_numbers(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same without symbols wherever there are numbers."""
    return tuple(replace(line, numbers_suffice=True) for line in lines)


def _shortened(line: Line, is_told: bool, rule_alone: bool) -> list[Line]:
    """A line without its symbols where the like has been told, and without numbers that follow anyway."""
    numbers = None if rule_alone else line.numbers
    if is_told and numbers is None:
        return []
    return [Line(line.symbols, numbers, is_told or line.numbers_suffice)]
