"""Painting what joins pictures: ribbons, plain lines, and the arcs of residuals."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPainterPath, QPen, QPixmap

from nnsim.lesson.concern import Concern
from nnsim.model.network import Edge, Network
from nnsim.ui.graph.crowd import empty_picture
from nnsim.ui.graph.edges import Ints
from nnsim.ui.graph.frames import Frame
from nnsim.ui.graph.geometry import Item, Node
from nnsim.ui.graph.paint_edges import EdgePainter
from nnsim.ui.graph.ribbon_screen import RibbonScreen
from nnsim.ui.graph.ribbons import RibbonSet, arcs_of
from nnsim.ui.graph.scales import levels
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.sprites import Sprites
from nnsim.ui.theme import Theme

Mask = NDArray[np.bool_]
_ARC_WIDTH, _PLUS = 2.0, 8.5
_LIFT = 20.0
"""How far an arc rises above the layers that it passes over."""
REFRESH_SECONDS = 0.1
"""Between two drawings of ribbons that change all the time."""
_SET_BACK = 0.3
"""Opacity of plain lines and arcs while the picture is about something else."""


class RibbonPainter:
    """Paints ribbons, plain lines and arcs; keeps their places while nothing moves.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._edges = EdgePainter(theme)
        self._key: tuple[object, ...] = ()
        self._ribbons: RibbonScreen | None = None
        self._links: RibbonScreen | None = None
        self._look: tuple[object, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._picture: QPixmap | None = None
        self._fresh_until = 0.0

    def _place(self, scene: Scene, screen: Screen) -> tuple[RibbonScreen, RibbonScreen]:
        key = (screen.geometry, screen.view, scene.ribbons)
        if key != self._key or self._ribbons is None or self._links is None:
            self._key = key
            self._ribbons = RibbonScreen(screen.geometry, scene.ribbons, screen.view)
            self._links = RibbonScreen(screen.geometry, scene.links, screen.view)
        return self._ribbons, self._links

    def paint(
        self,
        painter: QPainter,
        sprites: Sprites,
        scene: Scene,
        screen: Screen,
        frame: Frame,
        kept: Mask | None,
        glyphs: bool,
        hurried: bool,
        opacity: float = 1.0,
    ) -> None:
        """Paint them all; ribbons that are not `kept` fade, and so do lines and arcs."""
        ribbons, _ = self._place(scene, screen)
        if painter.paintEngine().type() == QPaintEngine.Type.SVG:
            self._draw(painter, scene, screen, frame, kept, glyphs)
        else:
            painter.setOpacity(opacity)
            painter.drawPixmap(0, 0, self._kept_picture(painter, scene, screen, frame, kept, glyphs, hurried))
            painter.setOpacity(1.0)
        for pulses in frame.ribbon_pulses:
            self._edges.paint_pulses(painter, ribbons, sprites, pulses, kept)

    def _kept_picture(
        self,
        painter: QPainter,
        scene: Scene,
        screen: Screen,
        frame: Frame,
        kept: Mask | None,
        glyphs: bool,
        hurried: bool,
    ) -> QPixmap:
        """All that is drawn, kept until it changes; in a hurry, one of a moment ago will do."""
        fades = b"" if kept is None else kept.tobytes()
        styles = tuple((each.style, each.shares is None) for each in frame.ribbons)
        look = (*self._key, glyphs, fades, styles, painter.device().width(), painter.device().height())
        shown = tuple(
            (each.opacity, b"" if each.shares is None else levels(np.nan_to_num(each.shares)).tobytes())
            for each in frame.ribbons
        )
        fresh = look == self._look and (shown == self._shown or (hurried and monotonic() < self._fresh_until))
        if self._picture is None or not fresh:
            self._look, self._shown = look, shown
            self._picture = empty_picture(painter)
            with QPainter(self._picture) as inner:
                inner.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw(inner, scene, screen, frame, kept, glyphs)
            self._fresh_until = monotonic() + REFRESH_SECONDS
        return self._picture

    def _draw(
        self, painter: QPainter, scene: Scene, screen: Screen, frame: Frame, kept: Mask | None, glyphs: bool
    ) -> None:
        ribbons, links = self._place(scene, screen)
        painter.setOpacity(1.0 if kept is None else _SET_BACK)
        self._paint_links(painter, links)
        for source, layer in arcs_of(scene.network):
            self._paint_arc(painter, scene.network, screen, source, layer)
        painter.setOpacity(1.0)
        if len(scene.ribbons):
            for each in frame.ribbons:
                self._edges.paint(painter, ribbons, each, kept, glyphs)

    def thickest(self, scene: Scene, screen: Screen) -> float:
        """Width of a ribbon at full scale."""
        return self._place(scene, screen)[0].thickest

    def _paint_links(self, painter: QPainter, links: RibbonScreen) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("node_ring", 0.75), 1.1))
        for path in links.paths:
            painter.drawPath(path)

    def _paint_arc(
        self, painter: QPainter, network: Network, screen: Screen, source: int, layer: int
    ) -> None:
        """An arc over the layers between, down to the sign of what it does there."""
        start, end = (screen.rect(screen.geometry.layers[i]) for i in (source, layer))
        scale, adds = screen.view.scale, network.layers[layer].kind == "add"
        top = min(top_of(screen, i) for i in range(source, layer + 1)) - _LIFT * scale
        left, right = start.middle[0], end.middle[0]
        plus = QPointF(right, top_of(screen, layer) - (_PLUS + 5.0) * scale)
        foot = plus.y() - _PLUS * scale if adds else top_of(screen, layer) - 3.0
        path = QPainterPath(QPointF(left, top_of(screen, source)))
        path.cubicTo(left, top, left, top, (2 * left + right) / 3, top)
        path.lineTo((left + 2 * right) / 3, top)
        path.cubicTo(right, top, right, top, right, foot)
        pen = QPen(self._theme.color("muted", 0.9), _ARC_WIDTH * max(scale, 0.6))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        if adds:
            self._paint_plus(painter, plus, _PLUS * scale)
        else:
            arm = 4.0 * scale
            tip = QPointF(right, foot)
            painter.drawPolyline([tip + QPointF(-arm, -arm), tip, tip + QPointF(arm, -arm)])

    def _paint_plus(self, painter: QPainter, at: QPointF, radius: float) -> None:
        painter.setBrush(self._theme.color("node_off"))
        painter.setPen(QPen(self._theme.color("text"), 1.4))
        painter.drawEllipse(at, radius, radius)
        arm = 0.55 * radius
        painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
        painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))


def top_of(screen: Screen, layer: int) -> float:
    """The highest point of what is drawn of a layer."""
    span = screen.geometry.span(layer)
    return float(screen.centres[span, 1].min() - screen.radii[span.start])


def channel_of(network: Network, layer: int, unit: int) -> int:
    """The channel of a cell; of features the number itself."""
    return unit // network.shapes[layer].places


def kept_ribbons(
    network: Network, ribbons: RibbonSet, items: Iterable[Item], concern: Concern | None
) -> Mask | None:
    """Which ribbons do not fade beside a selection, or in a lesson; None: none fades."""
    if concern is not None:
        return _concerned(network, ribbons, concern)
    ends = {_end(network, node) for item in items for node in _nodes(item)}
    if not ends:
        return None
    kept = np.zeros(len(ribbons), np.bool_)
    for layer, channel in ends:
        kept |= (ribbons.layer == layer) & (ribbons.channel == channel)
        kept |= (ribbons.source_layer == layer) & (ribbons.source_channel == channel)
    return kept


def _nodes(item: Item) -> tuple[Node, ...]:
    if isinstance(item, Edge):
        return (Node(item.layer, item.unit),)
    return (item,)


def _end(network: Network, node: Node) -> tuple[int, int]:
    return node.layer, channel_of(network, *node)


def _concerned(network: Network, ribbons: RibbonSet, concern: Concern) -> Mask:
    kept = np.zeros(len(ribbons), np.bool_)
    for source, layer in concern.connections:
        kept |= (ribbons.source_layer == source) & (ribbons.layer == layer)
    for source, into in concern.filters:
        mine = (ribbons.source_layer == source) & (ribbons.layer == into.layer)
        kept |= mine & (ribbons.channel == into.channel)
    if concern.edges:
        wanted = {
            (e.source_layer, channel_of(network, e.source_layer, e.source_unit), e.layer,
             channel_of(network, e.layer, e.unit))
            for e in concern.edges
        }  # fmt: skip
        columns: tuple[Ints, ...] = (
            ribbons.source_layer, ribbons.source_channel, ribbons.layer, ribbons.channel,
        )  # fmt: skip
        rows = zip(*(column.tolist() for column in columns), strict=True)
        kept |= np.array([row in wanted for row in rows], np.bool_)
    return kept
