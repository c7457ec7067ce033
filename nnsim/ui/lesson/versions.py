"""What is written of a step, and ever less of it for where there is little room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import QCoreApplication, QLocale

from nnsim.lesson.digest import abridged, in_numbers
from nnsim.lesson.focus import Focus
from nnsim.lesson.notation import Style
from nnsim.lesson.steps import Step
from nnsim.lesson.writer import Line
from nnsim.model.sentence import CONTEXT

_FEW_ENTRIES = 2
"""Of a vector, and terms of a sum, that are written where there is little room."""


class Versions:
    """The formulas of a step, each version written when it is first asked for.

    In order: all of it; few entries and terms; less without the numbers of matrices; numbers alone.

    Parameters
    ----------
    step : Step
    focus : Focus or None
    style : Style
    """

    def __init__(self, step: Step, focus: Focus | None, style: Style) -> None:
        self._step, self._focus, self._style = step, focus, style

    def __iter__(self) -> Iterator[tuple[Line, ...]]:
        yield self.whole
        yield self._few
        yield self._less
        yield in_numbers(self._less)

    @cached_property
    def whole(self) -> tuple[Line, ...]:
        """All of it."""
        return self._step.digest(self._focus, 0, self._style)

    @cached_property
    def _few(self) -> tuple[Line, ...]:
        few = replace(self._style, whole=_FEW_ENTRIES, run=_FEW_ENTRIES, terms=_FEW_ENTRIES)
        return self._step.digest(self._focus, 0, few)

    @cached_property
    def _less(self) -> tuple[Line, ...]:
        return abridged(self._few)


class Written:
    """What has been written of the steps of a lesson with the present focus: going back is looking up."""

    def __init__(self) -> None:
        self._of: tuple[Focus | None, Style] | None = None
        self._found: dict[Step, Versions] = {}

    def clear(self) -> None:
        """Another lesson begins."""
        self._found.clear()

    def of(self, step: Step, focus: Focus | None) -> Versions:
        """What is written of a step."""
        more = QCoreApplication.translate(CONTEXT, Style().more)
        now = focus, Style(digits=3, decimal=QLocale().decimalPoint(), more=more)
        if now != self._of:
            self._of = now
            self._found.clear()
        if step not in self._found:
            self._found[step] = Versions(step, *now)
        return self._found[step]
