"""The signs of the legend."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnsim.ui.theme import Theme

_DASH = [1.3, 0.9]


def _line(painter: QPainter, theme: Theme, role: str, width: float, at: QPointF) -> None:
    painter.setPen(QPen(theme.color(role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(at, at + QPointF(17, 0))


def _dash(painter: QPainter, theme: Theme, role: str, width: float, at: QPointF) -> None:
    pen = QPen(theme.color(role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(_DASH)
    painter.setPen(pen)
    painter.drawLine(at, at + QPointF(17, 0))


def _disc(painter: QPainter, theme: Theme, role: str, width: float, at: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(role))
    painter.drawEllipse(at + QPointF(9, 0), 5.5, 5.5)


def _ring(painter: QPainter, theme: Theme, role: str, width: float, at: QPointF) -> None:
    painter.setBrush(theme.color("node_off"))
    painter.setPen(QPen(theme.color(role), 2.6))
    painter.drawEllipse(at + QPointF(9, 0), 5.0, 5.0)


def _arc(painter: QPainter, theme: Theme, role: str, width: float, at: QPointF) -> None:
    painter.setPen(QPen(theme.color(role), 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(QRectF(at.x() + 1, at.y() - 4, 16, 16), 35 * 16, 110 * 16)


def _nothing(painter: QPainter, theme: Theme, role: str, width: float, at: QPointF) -> None:
    """An entry of words only."""


GLYPHS: dict[str, Callable[[QPainter, Theme, str, float, QPointF], None]] = {
    "line": _line,
    "dash": _dash,
    "disc": _disc,
    "ring": _ring,
    "arc": _arc,
    "": _nothing,
}
"""Each paints itself at a place, in the colour of a role; lines in a width."""
