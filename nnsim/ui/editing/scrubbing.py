"""Changing a number by dragging up and down, with the whole picture answering."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QLocale, QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter

from nnsim.ui.editing.gesture import paint_label
from nnsim.ui.editing.parameters import Parameters
from nnsim.ui.graph.geometry import Item
from nnsim.ui.graph.words import fixed
from nnsim.ui.theme import Theme

STEP = 0.01
"""Change for one pixel, and for one notch of the wheel."""
COARSE = 10.0
"""Factor while Shift is held."""
_NOTCH = 120
_numbers = count()


class Scrubbing:
    """All numbers that are dragged change by the same amount; one entry in the history.

    Parameters
    ----------
    parameters : Parameters
    values : dict
        The numbers as they are when the drag begins; not empty.
    at : QPointF
    """

    cursor = Qt.CursorShape.SizeVerCursor

    def __init__(self, parameters: Parameters, values: dict[Item, float], at: QPointF) -> None:
        self._parameters, self._before = parameters, values
        self._gesture = f"drag {next(_numbers)}"
        self._at, self._change = at, 0.0

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Set what the height of the pointer says; Shift changes ten times as much."""
        factor = COARSE if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0
        self._change += STEP * factor * (self._at.y() - at.y())
        self._at = at
        self._write(self._change)

    def release(self) -> None:
        """It is set already."""

    def cancel(self) -> None:
        """Back to the numbers from before."""
        self._write(0.0)

    def paint(self, painter: QPainter, theme: Theme, room: QSizeF) -> None:
        """Write the number beside the pointer."""
        item, value = next(iter(self._before.items()))
        text = f"{self._parameters.symbol(item)} = {fixed(QLocale(), value + self._change, 2)}"
        if len(self._before) > 1:
            sign = "+" if self._change >= 0 else ""
            text = f"{sign}{fixed(QLocale(), self._change, 2)}"
        paint_label(painter, theme, self._at, text, room)

    def _write(self, change: float) -> None:
        values = {item: value + change for item, value in self._before.items()}
        self._parameters.write(values, self._gesture)


class WheelSteps:
    """Fine steps with the wheel; turning on over the same number is one entry in the history.

    Parameters
    ----------
    parameters : Parameters
    """

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._values: dict[Item, float] = {}
        self._seen: object = None

    def turn(self, items: frozenset[Item], delta: int, coarse: bool, snapshot: object) -> None:
        """Change numbers by so much of the wheel.

        Parameters
        ----------
        delta : int
            In eighths of a degree, as Qt counts.
        coarse : bool
            Ten times as much.
        snapshot : object
            What is published at present: until it is another one, steps add to those made already.
        """
        if snapshot is not self._seen or self._values.keys() != items:
            self._values, self._seen = self._parameters.settable(items), snapshot
        change = STEP * (COARSE if coarse else 1.0) * delta / _NOTCH
        self._values = {item: value + change for item, value in self._values.items()}
        if self._values:
            self._parameters.write(self._values, f"wheel {sorted(items, key=tuple)}")
