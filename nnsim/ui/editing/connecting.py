"""Drawing an edge from one neuron to another."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from nnsim.model.network import Network, Node
from nnsim.ui.editing.gesture import paint_label
from nnsim.ui.editing.structure import Structure
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.theme import Theme

translate = QCoreApplication.translate

_VEIL = 0.62
_LIT = 1.3
"""Radius about a possible end that stays lit, in its own."""


class Connecting:
    """A line follows the pointer; where it may end stays lit.

    Parameters
    ----------
    canvas : GraphCanvas
    structure : Structure
    source : Node
        Where the edge begins.
    at : QPointF
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: GraphCanvas, structure: Structure, source: Node, at: QPointF) -> None:
        self._canvas, self._structure, self._source = canvas, structure, source
        self._start = self._end = at
        self._target: Node | None = None
        self._targets = possible_targets(structure.network, source)

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer."""
        self._end = at
        item = self._canvas.item_at(at)
        self._target = item if isinstance(item, Node) else None

    def release(self) -> None:
        """Connect, or say why that cannot be."""
        if self._target is not None and self._target != self._source:
            self._structure.join(self._source, self._target)

    def cancel(self) -> None:
        """Nothing has been done yet."""

    def paint(self, painter: QPainter, theme: Theme, room: QSizeF) -> None:
        """Draw a veil over all but the possible ends, and the line."""
        screen = self._canvas.screen_places
        if screen is None:
            return
        self._paint_veil(painter, theme, room)
        fits = self._target in self._targets
        end = self._end
        if fits and self._target is not None:
            number = screen.geometry.number(self._target)
            x, y = screen.centres[number].tolist()
            reach = 1.12 * float(screen.radii[number]) + 3.0
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("text"), 2.4))
            painter.drawEllipse(QPointF(x, y), reach, reach)
            end = QPointF(x - reach, y)
        middle = (self._start.x() + end.x()) / 2
        line = QPainterPath(self._start)
        line.cubicTo(QPointF(middle, self._start.y()), QPointF(middle, end.y()), end)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.SolidLine if fits else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.color("text"), 2.0, style, Qt.PenCapStyle.RoundCap))
        painter.drawPath(line)
        paint_label(painter, theme, self._end, self._words(fits), room)

    def _paint_veil(self, painter: QPainter, theme: Theme, room: QSizeF) -> None:
        screen = self._canvas.screen_places
        assert screen is not None
        veil = QPainterPath()
        veil.setFillRule(Qt.FillRule.OddEvenFill)
        veil.addRect(0, 0, room.width(), room.height())
        for node in (self._source, *self._targets):
            if not screen.geometry.layers[node.layer].is_plane:
                number = screen.geometry.number(node)
                reach = _LIT * float(screen.radii[number])
                veil.addEllipse(QPointF(*screen.centres[number].tolist()), reach, reach)
        painter.fillPath(veil, theme.color("window", _VEIL))

    def _words(self, fits: bool) -> str:
        if fits:
            return translate("GraphEditor", "connect")
        if not self._targets:
            return translate("GraphEditor", "connected with all that can follow")
        if self._target is None or self._target == self._source:
            return translate("GraphEditor", "to a lit neuron")
        if self._target.layer <= self._source.layer:
            return translate("GraphEditor", "only forwards")
        return translate("GraphEditor", "already connected")


def possible_targets(network: Network, source: Node) -> frozenset[Node]:
    """The neurons that an edge from a node may lead to and does not yet."""
    connected = {layer for begin, layer in network.connections if begin == source.layer}
    missing = {
        Node(edge.layer, edge.unit)
        for edge in network.removed_edges
        if (edge.source_layer, edge.source_unit) == source
    }
    free = {
        Node(layer, unit)
        for layer in range(source.layer + 1, len(network.layers))
        if layer not in connected
        for unit in range(network.units(layer))
    }
    return frozenset(missing | free)
