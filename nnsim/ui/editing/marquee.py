"""Selecting all neurons in a rectangle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from nnsim.model.network import Node
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.theme import Theme


class Marquee:
    """Adds to the selection every neuron whose middle is in the rectangle.

    Parameters
    ----------
    canvas : GraphCanvas
    at : QPointF
        Where the button went down.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: GraphCanvas, at: QPointF) -> None:
        self._canvas = canvas
        self._start = self._end = at
        self._before = canvas.selection

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Select what the rectangle holds now."""
        self._end = at
        self._canvas.select_all(self._before | self._inside())

    def release(self) -> None:
        """It is selected already."""

    def cancel(self) -> None:
        """Select what was selected before."""
        self._canvas.select_all(self._before)

    def paint(self, painter: QPainter, theme: Theme, room: QSizeF) -> None:
        """Draw the rectangle."""
        painter.setPen(QPen(theme.color("text", 0.55), 1.0, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("text", 0.06))
        painter.drawRect(self._rect())

    def _rect(self) -> QRectF:
        return QRectF(self._start, self._end).normalized()

    def _inside(self) -> frozenset[Node]:
        screen, box = self._canvas.screen_places, self._rect()
        if screen is None:
            return frozenset()
        x, y = screen.centres.T
        hit = (x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())
        return frozenset(screen.geometry.node(number) for number in hit.nonzero()[0].tolist())
