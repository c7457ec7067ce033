"""Paints a whole frame of the stage, from back to front."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPaintEngine, QPainter, QPen, QPixmap

from nnsim.engine.snapshot import Probe
from nnsim.lesson.concern import Concern
from nnsim.lesson.plain import plain
from nnsim.model.network import Edge
from nnsim.ui.graph import card, legend
from nnsim.ui.graph.backdrop import Backdrop, legend_area
from nnsim.ui.graph.card import Card
from nnsim.ui.graph.edges import EdgeSet, Floats
from nnsim.ui.graph.faces import face_images
from nnsim.ui.graph.frames import EdgeLayer, Frame
from nnsim.ui.graph.geometry import Item, Node, is_mixed
from nnsim.ui.graph.lens import lens_of
from nnsim.ui.graph.paint_edges import EdgePainter
from nnsim.ui.graph.paint_frozen import LockPainter
from nnsim.ui.graph.paint_nodes import NodePainter
from nnsim.ui.graph.paint_ribbons import RibbonPainter, kept_ribbons
from nnsim.ui.graph.pointed import PointedEdges, pointed_layer
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.sprites import Sprites
from nnsim.ui.graph.texts import TextCache
from nnsim.ui.graph.tiles import Tiles
from nnsim.ui.graph.view import View
from nnsim.ui.graph.viewport import Viewport
from nnsim.ui.graph.views.paint_reach import paint_concern, paint_reach, reach_boxes
from nnsim.ui.graph.views.paint_sheet import map_box, map_of, paint_mark, whole_maps
from nnsim.ui.graph.weight_images import WeightImages
from nnsim.ui.graph.words import significant
from nnsim.ui.theme import Theme

TEXT_SIZE = 13
SET_BACK = 0.4
"""Opacity of ribbons while a cell is pointed at."""
DIMMED = 0.2
"""Opacity of the other edges while a node of a large network is pointed at."""
_MOST_LEGENDS = 50
BAND = 0.9
"""Share of the headings' room that stays theirs when the picture is zoomed."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Marks:
    """What the user points at.

    Attributes
    ----------
    hovered, selected : Item or None
    all_selected, warned : frozenset of Item
        All that is selected; what something is wrong with.
    card : Card or None
    card_at : QPointF
    concern : Concern or None
        What a lesson is about; the rest fades, unless something is selected.
    window : Node or None
        The cell that a sliding window makes.
    anchor : Node or None
        The node whose edges are walked, or stand open.
    """

    hovered: Item | None = None
    selected: Item | None = None
    all_selected: frozenset[Item] = frozenset()
    warned: frozenset[Item] = frozenset()
    card: Card | None = None
    card_at: QPointF = field(default_factory=QPointF)
    concern: Concern | None = None
    window: Node | None = None
    anchor: Node | None = None


class StagePainter:
    """Everything that is kept between frames: sprites, pens, texts, the background.

    Parameters
    ----------
    theme : Theme
    font : QFont
    ratio : float
        Device pixels for one logical pixel.
    later : callable, optional
        Has :meth:`draw_on` called in another turn of the event loop; without it, everything is drawn at once.
    """

    def __init__(
        self, theme: Theme, font: QFont, ratio: float, later: Callable[[], None] | None = None
    ) -> None:
        self._theme = theme
        self._ratio = ratio
        self._family = font.family()
        self._font = QFont(font)
        self._font.setPixelSize(TEXT_SIZE)
        self._backdrop = Backdrop()
        self._sprites = Sprites(theme, ratio)
        # One for each drawing that lies over another: each keeps a picture.
        self._edges = EdgePainter(theme, later)
        self._edges_above = EdgePainter(theme, later)
        self._own_edges = EdgePainter(theme)
        self._ribbons = RibbonPainter(theme)
        self._locks = LockPainter(theme)
        self._nodes = NodePainter(theme, TextCache(font.family()))
        self._maps: list[list[QImage] | None] | None = None
        self._weights = WeightImages(theme)
        self._tiles: dict[int, Tiles] = {}
        self._pointed = PointedEdges()
        self._legend_lines: dict[tuple[tuple[legend.Entry, ...], Viewport], int] = {}
        self._concern: tuple[EdgeSet, Concern, tuple[Mask, Mask]] | None = None

    def suits(self, theme: Theme, font: QFont, ratio: float) -> bool:
        """Whether it paints in these colours, letters and pixels."""
        return self._theme is theme and self._ratio == ratio and self._family == font.family()

    def draw_on(self) -> bool:
        """Draw on at what is drawn in portions; whether all of it is whole."""
        return all(edges.draw_on() for edges in (self._edges, self._edges_above))

    def legend_lines(self, shown: tuple[legend.Entry, ...], viewport: Viewport) -> int:
        """How many lines a legend takes."""
        key = shown, viewport
        if key not in self._legend_lines:
            if len(self._legend_lines) > _MOST_LEGENDS:
                self._legend_lines.clear()
            room = legend_area(viewport).width / viewport.text_scale
            self._legend_lines[key] = legend.lines(shown, self._font, room)
        return self._legend_lines[key]

    def legend_text_at(self, shown: tuple[legend.Entry, ...], viewport: Viewport, at: QPointF) -> str | None:
        """The words of the legend at a point of the widget."""
        area = legend_area(viewport)
        return legend.text_at(shown, self._font, area, viewport.text_scale, at.x(), at.y())

    def ribbon_width(self, scene: Scene, screen: Screen) -> float:
        """Width of a ribbon at full scale."""
        return self._ribbons.thickest(scene, screen)

    @property
    def has_maps(self) -> bool:
        """Whether nodes show heat maps."""
        return self._maps is not None

    def set_maps(self, scene: Scene | None, maps: Sequence[Floats | None] | None) -> None:
        """Make the nodes' heat maps; None: off."""
        self._maps = None
        if scene is not None and maps is not None:
            self._maps = face_images(self._theme, scene.network, maps)

    def _faces(self, scene: Scene, screen: Screen, frame: Frame, hurried: bool) -> list[Tiles | None]:
        """What nodes show inside them, by layer: heat maps, or the weights of units that read an image."""
        images = self._maps
        if images is None:
            images = self._weights.images(scene.layout, frame.parameters, hurried)
        layers = screen.geometry.layers
        if images is None:
            return [None] * len(layers)
        return [self._cut(i, each, screen.radii[screen.geometry.offsets[i]]) for i, each in enumerate(images)]

    def _cut(self, layer: int, images: list[QImage] | None, radius: float) -> Tiles | None:
        if images is None:
            return None
        radius = round(2 * float(radius)) / 2
        kept = self._tiles.get(layer)
        if kept is None or kept.images is not images or kept.radius != radius:
            kept = self._tiles[layer] = Tiles(images, radius, self._ratio)
        return kept

    def paint(
        self,
        painter: QPainter,
        size: QSize,
        scene: Scene,
        screen: Screen,
        frame: Frame,
        values: Sequence[str],
        targets: Floats | None,
        marks: Marks,
        entries: tuple[legend.Entry, ...],
        glyphs: bool,
        locale: QLocale,
        hurried: bool,
    ) -> None:
        """Paint one frame.

        Parameters
        ----------
        size : QSize
            Of the widget.
        values : sequence of str
            Texts inside the nodes.
        targets : array, shape (outputs,), or None
            Of the sample that these belong to.
        entries : tuple of Entry
            The legend.
        glyphs : bool
            Draw negative edges dashed.
        hurried : bool
            Other frames follow at once.
        """
        faces = self._faces(scene, screen, frame, hurried)
        lens = lens_of(scene, frame, (marks.hovered, marks.selected))
        background = self._backdrop.pixmap(size, self._ratio, self._theme, screen, scene, entries, self._font)
        if painter.paintEngine().type() == QPaintEngine.Type.SVG:
            painter.save()
            self._backdrop.draw(painter, size, self._theme, screen, scene, entries, self._font)
            painter.restore()
        else:
            painter.drawPixmap(0, 0, background)
        kept_edges, kept_nodes = kept(screen, marks.all_selected)
        if marks.concern is not None:
            kept_edges, kept_nodes = self._concerned(screen, marks.concern)
        meant = frozenset() if marks.concern is None else marks.concern.edges
        item = _whose_edges(scene, marks)
        pointed = self._pointed.screen(scene, screen, item, meant)
        broad = kept_ribbons(scene.network, scene.ribbons, marks.all_selected, marks.concern)
        chosen = marks.selected if marks.concern is None else None
        if chosen is not None and map_of(screen, chosen) in whole_maps(screen, marks.all_selected):
            chosen = None
        about = dict.fromkeys((marks.window, marks.hovered or chosen))
        dimmed = 1.0 if marks.hovered is None or not is_mixed(scene.network) else SET_BACK
        self._ribbons.paint(painter, self._sprites, scene, screen, frame, broad, glyphs, hurried, dimmed)
        for edges, layer in zip((self._edges, self._edges_above), frame.edges, strict=False):
            edges.paint(
                painter, screen, layer, kept_edges, glyphs, 1.0 if pointed is None else DIMMED, hurried
            )
        if pointed is not None:
            own = pointed_layer(scene, frame, pointed)
            self._own_edges.paint(painter, pointed, own, None, glyphs)
            self._mark_edges(painter, self._own_edges, pointed, own, marks)
        self._mark_edges(painter, self._edges, screen, frame.edges[0], marks)
        self._locks.paint_on_edges(painter, screen, scene.network)
        for pulses in frame.pulses:
            self._edges.paint_pulses(painter, screen, self._sprites, pulses, kept_edges)
        self._nodes.paint(painter, self._sprites, scene, screen, frame, kept_nodes, faces, lens, locale)
        self._nodes.paint_labels(painter, scene, screen, kept_nodes, targets, locale)
        if not self.has_maps:
            self._nodes.paint_values(
                painter, scene, screen, frame.levels, values, sums_of(frame), kept_nodes, faces, lens, locale
            )
        self._nodes.paint_deltas(painter, scene, screen, frame, locale)
        if frame.loss is not None:
            self._nodes.paint_loss(painter, screen, _loss_text(frame.probe, frame.loss, locale))
        for item in about if is_mixed(scene.network) else ():
            if isinstance(item, Node):
                paint_reach(painter, self._theme, scene, screen, item)
        if marks.concern is not None and is_mixed(scene.network):
            paint_concern(painter, self._theme, scene, screen, marks.concern)
        self._mark_nodes(painter, screen, marks)
        self._locks.paint_on_nodes(painter, screen, scene.network)
        if not screen.view == scene.home == View():
            self._repaint_bands(painter, size, screen, background)
        font, avoid = QFont(self._font), _ends(scene, screen, marks)
        font.setPixelSize(round(TEXT_SIZE * screen.geometry.viewport.text_scale))
        if lens is not None:
            avoid.append(self._nodes.paint_caption(painter, scene, screen, lens, font, locale))
        if marks.card is not None:
            at = marks.card_at
            seen = _discs_and_planes(screen)
            card.paint(painter, self._theme, font, marks.card, QSizeF(size), at.x(), at.y(), avoid, seen)

    def _concerned(self, screen: Screen, concern: Concern) -> tuple[Mask, Mask]:
        """The masks of a lesson, found once for all frames of the same step."""
        if self._concern is None or self._concern[0] is not screen.edges or self._concern[1] != concern:
            self._concern = screen.edges, concern, concerned(screen, concern)
        return self._concern[2]

    def _repaint_bands(self, painter: QPainter, size: QSize, screen: Screen, background: QPixmap) -> None:
        """Keep headings and legend readable where the zoomed picture runs under them."""
        top = screen.geometry.viewport.heading_room * BAND
        bottom = screen.geometry.viewport.legend_room
        painter.setOpacity(0.9)
        for y, height in ((0.0, top), (size.height() - bottom, bottom)):
            target = QRectF(0, y, size.width(), height)
            source = QRectF(0, y * self._ratio, size.width() * self._ratio, height * self._ratio)
            painter.drawPixmap(target, background, source)
        painter.setOpacity(1.0)

    def _mark_edges(
        self, painter: QPainter, edges: EdgePainter, screen: Screen, layer: EdgeLayer, marks: Marks
    ) -> None:
        for item in {marks.hovered, *marks.all_selected}:
            if isinstance(item, Edge):
                for i in np.flatnonzero(screen.edges.touching(item)):
                    edges.paint_highlight(painter, screen, int(i), layer)

    def _mark_nodes(self, painter: QPainter, screen: Screen, marks: Marks) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        warned, chosen = (
            self._mark_maps(painter, screen, items, role)
            for items, role in ((marks.warned, "negative"), (marks.all_selected, "text"))
        )
        rings: list[tuple[Item | None, str]] = [(item, "negative") for item in warned]
        rings += [(marks.hovered, "muted"), *((item, "text") for item in (marks.window, *chosen))]
        for item, role in rings:
            if not isinstance(item, Node) or item.layer >= len(screen.geometry.layers):
                continue
            number = screen.geometry.number(item)
            x, y = screen.centres[number].tolist()
            painter.setPen(QPen(self._theme.color(role), 1.8))
            if screen.geometry.layers[item.layer].sheet is not None:
                paint_mark(painter, screen, item)
                continue
            if screen.geometry.layers[item.layer].is_plane:
                reach = float(screen.radii[number]) + 1.0
                painter.drawRect(QRectF(x - reach, y - reach, 2 * reach, 2 * reach))
            else:
                reach = float(screen.radii[number]) * 1.12 + 3.0
                painter.drawEllipse(QPointF(x, y), reach, reach)

    def _mark_maps(self, painter: QPainter, screen: Screen, items: Collection[Item], role: str) -> list[Item]:
        """Frame the maps of which every cell is among some items; the items that are left."""
        maps = whole_maps(screen, items)
        painter.setPen(QPen(self._theme.color(role), 1.8))
        painter.drawRects([map_box(screen, *each) for each in maps])
        return [item for item in items if map_of(screen, item) not in maps]


def _whose_edges(scene: Scene, marks: Marks) -> Item | None:
    """The node of which each single edge is drawn: pointed at, slid over, or, among pictures, selected."""
    if marks.window is not None:
        return marks.window
    stands = marks.concern is None and is_mixed(scene.network) and not isinstance(marks.hovered, Node)
    return marks.anchor or marks.hovered if stands else marks.hovered


def sums_of(frame: Frame) -> Sequence[Floats | None]:
    """The sums z of every layer that are known."""
    return [None] * len(frame.levels) if frame.probe is None else frame.probe.pre_activations


def _ends(scene: Scene, screen: Screen, marks: Marks) -> list[QRectF]:
    """Where the nodes are that a card is about: one with what it sees, or both ends of the edge."""
    item = marks.selected if marks.hovered is None else marks.hovered
    if item is None:
        return []
    nodes = [Node(item.layer, item.unit)]
    if isinstance(item, Edge):
        nodes.append(Node(item.source_layer, item.source_unit))
    out = reach_boxes(scene, screen, nodes[0]) if len(nodes) == 1 and is_mixed(scene.network) else []
    for node in nodes:
        number = screen.geometry.number(node)
        x, y = screen.centres[number].tolist()
        reach = float(screen.radii[number]) * 1.3
        out.append(QRectF(x - reach, y - reach, 2 * reach, 2 * reach))
    return out


def _discs_and_planes(screen: Screen) -> card.Boxes:
    """Where every node is that has a place of its own, and every image of several."""
    boxes = []
    for layer, place in enumerate(screen.geometry.layers):
        span = screen.geometry.span(layer)
        if place.is_plane or place.sheet is not None:
            box = screen.rect(place)
            boxes.append(np.array([[box.x, box.y, box.x + box.width, box.y + box.height]]))
        else:
            centres, reach = screen.centres[span], screen.radii[span, None]
            boxes.append(np.hstack([centres - reach, centres + reach]))
    return np.concatenate(boxes)


def concerned(screen: Screen, concern: Concern) -> tuple[Mask, Mask]:
    """Masks of the edges and nodes that a lesson is about just now."""
    edges = np.zeros(len(screen.edges), np.bool_)
    for source, layer in concern.connections:
        edges |= (screen.edges.source_layer == source) & (screen.edges.layer == layer)
    for source, into in concern.filters:
        mine = (screen.edges.source_layer == source) & (screen.edges.layer == into.layer)
        edges |= mine & (screen.edges.unit // into.places == into.channel)
    if concern.edges:
        edges[screen.edges.places(concern.edges)] = True
    geometry = screen.geometry
    nodes = np.zeros(len(geometry.radii), np.bool_)
    for layer in concern.layers:
        nodes[geometry.span(layer)] = True
    nodes[[geometry.number(node) for node in concern.nodes]] = True
    for layer, channel, places in concern.channels:
        first = int(geometry.offsets[layer]) + channel * places
        nodes[first : first + places] = True
    return edges, nodes


def kept(screen: Screen, selected: frozenset[Item]) -> tuple[Mask | None, Mask | None]:
    """Masks of the edges and nodes that do not fade beside a selection; None: nothing fades."""
    if not selected:
        return None, None
    chosen = np.zeros(len(screen.radii), np.bool_)
    chosen[[screen.geometry.number(item) for item in selected if isinstance(item, Node)]] = True
    edges = chosen[screen.edges.source] | chosen[screen.edges.target]
    for item in selected:
        if isinstance(item, Edge):
            edges |= screen.edges.touching(item)
    if any(screen.geometry.layers[item.layer].sheet is not None for item in selected):
        # Pictures are looked at beside one another: of ribbons alone the others stand back.
        return edges, None
    nodes = chosen
    nodes[screen.edges.source[edges]] = nodes[screen.edges.target[edges]] = True
    return edges, nodes


def _loss_text(probe: Probe | None, loss: float, locale: QLocale) -> str:
    """The loss by the name that formulas give it: of one sample of a batch, its share."""
    symbol = plain(rf"\ell_{{{probe.place}}}") if probe is not None and probe.place else "L"
    return f"{symbol} = {significant(locale, loss, 4)}"
