"""Small locks where training leaves weights as they are."""

from __future__ import annotations

from collections import Counter

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnsim.model.network import Network, Node
from nnsim.ui.graph.edges import EdgeSet, Ints
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.views.paint_sheet import map_box
from nnsim.ui.theme import Theme

MOST_LOCKS = 60
"""Locks on edges, at most; of the others their cards tell."""
_BESIDE = 0.71
"""Where the lock of a node stands on its rim: halfway between left and below."""
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
        self._nodes: list[Node] = []

    def paint_on_edges(self, painter: QPainter, screen: Screen, network: Network) -> None:
        """Put a lock on the middle of each frozen edge, but of those that enter a node with its own lock."""
        if not network.frozen_edges:
            return
        edges = screen.edges
        if self._of is None or self._of[0] is not edges or self._of[1] is not network:
            self._of = edges, network
            self._nodes = frozen_nodes(network)
            whole = set(self._nodes)
            frozen = edges.places(network.frozen_edges).tolist()
            single = [i for i in frozen if Node(int(edges.layer[i]), int(edges.unit[i])) not in whole]
            self._frozen = np.array(single[:MOST_LOCKS], np.intp)
        lines = screen.polylines[self._frozen]
        for x, y in lines[:, lines.shape[1] // 2].tolist():
            self._paint_lock(painter, QPointF(x, y))

    def paint_on_nodes(self, painter: QPainter, screen: Screen, network: Network) -> None:
        """Put a lock beside each node whose weights are all frozen; a frozen layer has it in its heading."""
        for layer, found in enumerate(network.layers):
            for number in getattr(found, "frozen_filters", ()):
                self._paint_on_map(painter, screen, layer, number)
        if not network.frozen_edges:
            return
        for node in self._nodes:
            number = screen.geometry.number(node)
            away = _BESIDE * (1.12 * float(screen.radii[number]) + 4.0)
            self._paint_lock(painter, QPointF(*screen.centres[number].tolist()) + QPointF(-away, away))

    def _paint_on_map(self, painter: QPainter, screen: Screen, layer: int, number: int) -> None:
        """Above the right end of a frozen filter's map."""
        box = map_box(screen, layer, number)
        self._paint_lock(painter, box.topRight() + QPointF(_BODY.left(), _BODY.left() - 2.0))

    def _paint_lock(self, painter: QPainter, at: QPointF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        shackle, body = _SHACKLE.translated(at), _BODY.translated(at)
        for pen in (QPen(self._theme.color("window"), 3.6), QPen(self._theme.color("text"), 1.3)):
            painter.setPen(pen)
            painter.drawArc(shackle, 0, 180 * 16)
            painter.drawRoundedRect(body, 1.2, 1.2)
        painter.fillRect(body, self._theme.color("text"))


def frozen_nodes(network: Network) -> list[Node]:
    """The neurons whose weights in are all frozen."""
    frozen = Counter(Node(edge.layer, edge.unit) for edge in network.frozen_edges)
    removed = Counter(Node(edge.layer, edge.unit) for edge in network.removed_edges)
    return sorted(n for n, count in frozen.items() if count == network.fan_in(n.layer) - removed[n])
