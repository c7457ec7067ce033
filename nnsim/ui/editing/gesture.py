"""What a gesture of the mouse is: it begins with a press, follows the pointer, and ends or is called off."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from nnsim.ui.theme import Theme

_PADDING = 7.0
_AWAY = 16.0
_EDGE = 4.0


class Gesture(Protocol):
    """One thing that is being done with the mouse."""

    cursor: Qt.CursorShape

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer is elsewhere."""

    def release(self) -> None:
        """The button came up: do it."""

    def cancel(self) -> None:
        """Leave everything as it was."""

    def paint(self, painter: QPainter, theme: Theme, room: QSizeF) -> None:
        """Show over the network what is being done."""


def paint_label(painter: QPainter, theme: Theme, at: QPointF, text: str, room: QSizeF) -> None:
    """Write a short text beside the pointer, inside the room there is."""
    metrics = QFontMetricsF(painter.font())
    size = QSizeF(metrics.horizontalAdvance(text) + 2 * _PADDING, metrics.height() + _PADDING)
    left = min(at.x() + _AWAY, room.width() - size.width() - _EDGE)
    top = max(at.y() - _AWAY - size.height(), _EDGE)
    box = QRectF(QPointF(left, top), size)
    painter.setPen(QPen(theme.color("border"), 1.0))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(box, 6.0, 6.0)
    painter.setPen(theme.color("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
