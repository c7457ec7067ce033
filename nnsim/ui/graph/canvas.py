"""The stage: a widget that shows a network think and learn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, QSizeF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from nnsim.engine.snapshot import Snapshot
from nnsim.model.network import Edge, Network
from nnsim.ui.graph import card, legend
from nnsim.ui.graph.backdrop import Backdrop, heading_font
from nnsim.ui.graph.describe import Describer
from nnsim.ui.graph.faces import face_images
from nnsim.ui.graph.frames import Frame
from nnsim.ui.graph.geometry import Item, Node
from nnsim.ui.graph.hit import WALKING_KEYS, item_at, walk
from nnsim.ui.graph.paint_edges import EdgePainter
from nnsim.ui.graph.paint_nodes import NodePainter, TextCache
from nnsim.ui.graph.player import Player
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.sprites import Sprites
from nnsim.ui.graph.values import ValueTexts
from nnsim.ui.graph.view import View
from nnsim.ui.graph.words import count, exact
from nnsim.ui.theme import Theme

ZOOM_STEP = 1.25
WHEEL_ZOOM = 1.0015
"""Factor for one eighth of a degree of the wheel."""
FIT_MS = 220
DRAG_START = 4.0
TEXT_SIZE = 13


class GraphCanvas(QWidget):
    """The drawn network.

    Parameters
    ----------
    theme : Theme
    parent : QWidget, optional

    Signals
    -------
    hovered, selected : Node, Edge or None
    step_finished
        An animated step came to its end.
    """

    hovered = Signal(object)
    selected = Signal(object)
    step_finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene: Scene | None = None
        self._screen: Screen | None = None
        self._view = View()
        self._hovered: Item | None = None
        self._selected: Item | None = None
        self._card_at: QPointF | None = None
        self._pressed: QPointF | None = None
        self._panning = False
        self._glyphs = False
        self._running = False
        self._maps: Sequence[NDArray[np.floating] | None] | None = None
        self._faces: list[list[QImage] | None] | None = None
        self._backdrop = Backdrop()
        self._texts = TextCache(self.font().family())
        self._values = ValueTexts(self)
        self._values.stale.connect(self.update)
        self._player = Player(self)
        self._player.moved.connect(self.update)
        self._player.finished.connect(self.step_finished)
        self._flight = QVariantAnimation(self)
        self._flight.setDuration(FIT_MS)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.valueChanged.connect(self._fly)
        self._flight_from = View()
        self._sprites = Sprites(theme, self.devicePixelRatioF())
        self._edge_painter = EdgePainter(theme)
        self._node_painter = NodePainter(theme, self._texts)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Network"))
        self._describe_for_readers()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    # What is shown

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self._make_painters()
        self.update()

    def set_network(
        self, network: Network, input_names: Sequence[str] = (), output_names: Sequence[str] = ()
    ) -> None:
        """Show another network, whole and without values; what was selected stays so if it is still there."""
        self._player.finish()
        overlay = "weight" if self._scene is None else self._scene.overlay
        self._scene = Scene(network, input_names, output_names, (self.width(), self.height()))
        self._scene.set_overlay(overlay)
        self._maps = self._faces = None
        self._view = View()
        self._screen = None
        self._hovered = None
        if self._selected is not None and not _exists(network, self._selected):
            self.select(None)
        self._scene.set_focus(self._selected)
        self._values.refresh()
        self._changed()

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the values of a snapshot; None: nothing has been computed yet. Ends an animated step."""
        if self._scene is None:
            return
        self._player.finish()
        if not self._running:
            self._values.refresh()
        if self._scene.show(snapshot):
            self._screen = None
        self._changed()

    def set_overlay(self, overlay: str) -> None:
        """Choose what edges show: ``weight``, ``contribution``, ``gradient`` or ``update``."""
        if self._scene is not None:
            self._scene.set_overlay(overlay)
            self._screen = None
            self._changed()

    def set_node_maps(self, maps: Sequence[NDArray[np.floating] | None] | None) -> None:
        """Show in each node its activation over the two inputs.

        Parameters
        ----------
        maps : sequence of (array of shape (units, n, n) or None), or None
            One entry a layer; rows run upwards with the second input, columns with the first. None: off.
        """
        self._maps = maps
        self._make_faces()
        self.update()

    def set_sign_glyphs(self, on: bool) -> None:
        """Draw negative edges dashed."""
        self._glyphs = on
        self.update()

    def play_step(self, snapshot: Snapshot, seconds: float) -> None:
        """Animate the step that led to a snapshot, then show the snapshot."""
        if self._scene is None:
            return
        self._values.refresh()
        self._player.play(snapshot, len(self._scene.network.layers), seconds)
        if self._scene.show(snapshot):
            self._screen = None
        self._changed()

    def finish_animation(self) -> None:
        """Jump to the end of an animated step."""
        self._values.refresh()
        self._player.finish()

    def set_running(self, on: bool) -> None:
        """Say that training runs: gradient flows in the gradient overlay, numbers change calmly."""
        self._running = on
        self._values.refresh()
        self._changed()

    def advance(self, seconds: float) -> None:
        """Move the animation on by hand."""
        self._player.advance(seconds)

    def describe(self, item: Item) -> str:
        """The exact words on a node or edge."""
        return " · ".join(self._lines(item))

    def edges_note(self) -> str:
        """How many edges are drawn of how many; empty if all are."""
        if self._scene is None or not self._scene.is_thinned:
            return ""
        words = self.tr("showing the %1 strongest of %2 edges")
        edges = self._scene.edges
        return words.replace("%1", count(self.locale(), len(edges))).replace(
            "%2", count(self.locale(), edges.total)
        )

    def select(self, item: Item | None) -> None:
        """Select a node or edge, or nothing."""
        if item == self._selected:
            return
        self._selected = item
        if self._scene is not None:
            self._scene.set_focus(item)
            self._screen = None
        self._describe_for_readers()
        self.selected.emit(item)
        self.update()

    # The view

    def fit(self, animated: bool = True) -> None:
        """Show the whole network."""
        self._flight.stop()
        self._flight_from = self._view
        if animated and self._view != View():
            self._flight.start()
        else:
            self._fly(1.0)

    def zoom_in(self) -> None:
        """Come closer to the middle."""
        self._zoom(ZOOM_STEP, QPointF(self.rect().center()))

    def zoom_out(self) -> None:
        """Step back from the middle."""
        self._zoom(1 / ZOOM_STEP, QPointF(self.rect().center()))

    def position_of(self, item: Item) -> QPointF:
        """Where a node, or the middle of a drawn edge, is in the widget."""
        screen = self._on_screen()
        if isinstance(item, Edge):
            middle = screen.polylines[np.flatnonzero(screen.edges.touching(item))[0]]
            return QPointF(*middle[len(middle) // 2])
        return QPointF(*screen.centres[screen.geometry.number(item)])

    def _fly(self, share: float) -> None:
        self._set_view(self._flight_from.towards(View(), share))

    def _zoom(self, factor: float, at: QPointF) -> None:
        self._flight.stop()
        self._set_view(self._view.zoomed(factor, at.x(), at.y()))

    def _set_view(self, view: View) -> None:
        self._view = view
        self._screen = None
        self.update()

    def _on_screen(self) -> Screen:
        assert self._scene is not None
        if self._screen is None:
            self._screen = Screen(self._scene.geometry, self._scene.edges, self._view)
        return self._screen

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._scene is None:
            painter.fillRect(self.rect(), self._theme.color("window"))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, self._scene, self._on_screen())

    def _paint(self, painter: QPainter, scene: Scene, screen: Screen) -> None:
        if self._sprites.ratio != self.devicePixelRatioF():
            self._sprites = Sprites(self._theme, self.devicePixelRatioF())
        font = heading_font(self.font(), TEXT_SIZE)
        entries = legend.entries(scene, self._glyphs, screen.thickest, self.locale())
        note = self.edges_note()
        if note:
            entries = (*entries, legend.Entry("", "muted", note))
        painter.drawPixmap(
            0,
            0,
            self._backdrop.pixmap(
                self.size(), self.devicePixelRatioF(), self._theme, screen, scene, entries, font
            ),
        )
        frame = self._player.frame(scene)
        kept_edges, kept_nodes = self._kept(screen)
        for layer in frame.edges:
            self._edge_painter.paint(painter, screen, layer, kept_edges, self._glyphs)
        self._paint_marked_edge(painter, screen, frame)
        for pulses in frame.pulses:
            self._edge_painter.paint_pulses(painter, screen, self._sprites, pulses, kept_edges)
        self._node_painter.paint(painter, self._sprites, scene, screen, frame, kept_nodes, self._faces)
        self._node_painter.paint_labels(painter, scene, screen, kept_nodes)
        if self._faces is None:
            texts = self._values.texts(frame.probe, screen, self.locale())
            self._node_painter.paint_values(painter, screen, frame.levels, texts, kept_nodes)
        if frame.loss is not None:
            self._node_painter.paint_loss(painter, screen, f"L = {exact(self.locale(), frame.loss)}")
        self._paint_marked_node(painter, screen)
        self._paint_card(painter)

    def _kept(self, screen: Screen) -> tuple[NDArray[np.bool_] | None, NDArray[np.bool_] | None]:
        if self._selected is None:
            return None, None
        edges = screen.edges.touching(self._selected)
        nodes = np.zeros(len(screen.radii), np.bool_)
        nodes[screen.edges.source[edges]] = nodes[screen.edges.target[edges]] = True
        if isinstance(self._selected, Node):
            nodes[screen.geometry.number(self._selected)] = True
        return edges, nodes

    def _paint_marked_edge(self, painter: QPainter, screen: Screen, frame: Frame) -> None:
        for item in {self._hovered, self._selected}:
            if isinstance(item, Edge):
                for i in np.flatnonzero(screen.edges.touching(item)):
                    self._edge_painter.paint_highlight(painter, screen, int(i), frame.edges[0])

    def _paint_marked_node(self, painter: QPainter, screen: Screen) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for item, role in ((self._hovered, "muted"), (self._selected, "text")):
            if isinstance(item, Node):
                number = screen.geometry.number(item)
                reach = float(screen.radii[number]) * 1.12 + 3.0
                painter.setPen(QPen(self._theme.color(role), 1.8))
                painter.drawEllipse(QPointF(*screen.centres[number]), reach, reach)

    def _paint_card(self, painter: QPainter) -> None:
        item = self._hovered if self._hovered is not None else self._selected
        if item is None or self._card_at is None or self._panning:
            return
        font = heading_font(self.font(), TEXT_SIZE)
        at, room = self._card_at, QSizeF(self.size())
        card.paint(painter, self._theme, font, self._lines(item), room, at.x(), at.y())

    def _make_painters(self) -> None:
        self._sprites = Sprites(self._theme, self.devicePixelRatioF())
        self._edge_painter = EdgePainter(self._theme)
        self._node_painter = NodePainter(self._theme, self._texts)
        self._make_faces()

    def _make_faces(self) -> None:
        self._faces = None
        if self._maps is not None and self._scene is not None:
            self._faces = face_images(self._theme, self._scene.network, self._maps)

    def _changed(self) -> None:
        scene = self._scene
        flows = self._running and scene is not None and scene.overlay == "gradient"
        self._player.flow(flows and scene is not None and scene.snapshot is not None)
        self.update()

    def _lines(self, item: Item) -> list[str]:
        if self._scene is None:
            return []
        describer = Describer(self._scene.layout, self._scene.names, self.locale())
        return describer.lines(item, self._scene.snapshot)

    def _describe_for_readers(self) -> None:
        item = self._selected
        nothing = self.tr("Nothing is selected. Arrow keys walk from neuron to neuron, Escape deselects.")
        self.setAccessibleDescription(nothing if item is None else self.describe(item))

    # Mouse and keyboard

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._scene is None:
            return
        self._scene.resize(self.width(), self.height())
        old = event.oldSize()
        if old.isValid() and self._view != View():
            x, y = self.width() / old.width(), self.height() / old.height()
            self._view = View(self._view.scale, self._view.dx * x, self._view.dy * y)
        self._screen = None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = event.key() in WALKING_KEYS or event.key() == Qt.Key.Key_Escape
            if (
                mine
                and self._selected is not None
                and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            ):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._scene is None:
            event.ignore()
        elif key in WALKING_KEYS or (key == Qt.Key.Key_Return and self._selected is None):
            item = walk(self._scene.network, self._selected, key)
            self.select(item)
            self._card_at = self.position_of(item)
            self.update()
        elif key == Qt.Key.Key_Escape and self._selected is not None:
            self.select(None)
        elif key in _ZOOM_KEYS:
            _ZOOM_KEYS[key](self)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._describe_for_readers()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(WHEEL_ZOOM ** event.angleDelta().y(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        self._panning = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons():
            self._hover(event.position())
            return
        moved = event.position() - self._pressed
        grabs_stage = bool(event.buttons() & Qt.MouseButton.MiddleButton) or self._hovered is None
        if grabs_stage and (self._panning or moved.manhattanLength() >= DRAG_START):
            self._panning = True
            self._flight.stop()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._pressed = event.position()
            self._set_view(self._view.panned(moved.x(), moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self._pressed is not None and not self._panning
        self._pressed = None
        self._panning = False
        self.unsetCursor()
        if clicked and event.button() == Qt.MouseButton.LeftButton and self._scene is not None:
            item = item_at(self._on_screen(), event.position().x(), event.position().y())
            self.select(None if item == self._selected else item)
        self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self._scene is not None:
            at = event.position()
            if item_at(self._on_screen(), at.x(), at.y()) is None:
                self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, at: QPointF | None) -> None:
        if self._scene is None:
            return
        item = None if at is None else item_at(self._on_screen(), at.x(), at.y())
        changed = item != self._hovered
        self._hovered = item
        self._card_at = at if item is not None else None
        if changed:
            self.setCursor(Qt.CursorShape.PointingHandCursor if item else Qt.CursorShape.ArrowCursor)
            self.hovered.emit(item)
        if changed or item is not None:
            self.update()


_ZOOM_KEYS = {
    Qt.Key.Key_Plus: GraphCanvas.zoom_in,
    Qt.Key.Key_Equal: GraphCanvas.zoom_in,
    Qt.Key.Key_Minus: GraphCanvas.zoom_out,
}


def _exists(network: Network, item: Item) -> bool:
    if isinstance(item, Edge):
        ends = (Node(item.source_layer, item.source_unit), Node(item.layer, item.unit))
        connected = (item.source_layer, item.layer) in network.connections
        return connected and item not in network.removed_edges and all(_exists(network, n) for n in ends)
    return item.layer < len(network.layers) and item.unit < network.layers[item.layer].units
