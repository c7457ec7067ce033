"""Small locks on the edges whose weights training leaves as they are."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnsim.model.network import Network
from nnsim.ui.graph.edges import EdgeSet, Ints
from nnsim.ui.graph.screen import Screen
from nnsim.ui.theme import Theme

MOST_LOCKS = 200
"""Locks drawn at most; of more edges the headings and cards tell."""
_BODY = QRectF(-3.8, -1.0, 7.6, 5.6)
_SHACKLE = QRectF(-2.3, -4.6, 4.6, 7.2)


class LockPainter:
    """Paints them, and finds anew which edges have one only when edges or network are others.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._of: tuple[EdgeSet, Network] | None = None
        self._frozen: Ints = np.zeros(0, np.intp)

    def paint(self, painter: QPainter, screen: Screen, network: Network) -> None:
        """Put a lock on the middle of each frozen edge; a frozen layer says so in its heading."""
        if not network.frozen_edges:
            return
        edges = screen.edges
        if self._of is None or self._of[0] is not edges or self._of[1] is not network:
            self._of = edges, network
            frozen = (i for i in range(len(edges)) if edges.edge(i) in network.frozen_edges)
            self._frozen = np.fromiter(frozen, np.intp)[:MOST_LOCKS]
        lines = screen.polylines[self._frozen]
        for x, y in lines[:, lines.shape[1] // 2].tolist():
            self._paint_lock(painter, QPointF(x, y))

    def _paint_lock(self, painter: QPainter, at: QPointF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        shackle, body = _SHACKLE.translated(at), _BODY.translated(at)
        for pen in (QPen(self._theme.color("window"), 3.6), QPen(self._theme.color("text"), 1.3)):
            painter.setPen(pen)
            painter.drawArc(shackle, 0, 180 * 16)
            painter.drawRoundedRect(body, 1.2, 1.2)
        painter.fillRect(body, self._theme.color("text"))
