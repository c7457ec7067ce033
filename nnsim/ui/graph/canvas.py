"""The stage: a widget that shows a network think and learn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from nnsim.engine.snapshot import Snapshot
from nnsim.lesson.concern import Concern
from nnsim.model.arrangement import Arrangement
from nnsim.model.network import Network
from nnsim.ui.graph import inspector, keys
from nnsim.ui.graph.animation import Moment
from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.geometry import Item
from nnsim.ui.graph.kept_legend import FEW_LINES
from nnsim.ui.graph.kept_painter import KeptPainter
from nnsim.ui.graph.marking import Marking
from nnsim.ui.graph.mouse import Mouse
from nnsim.ui.graph.picture import Picture
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.selecting import Selector
from nnsim.ui.graph.showing import Showing
from nnsim.ui.graph.viewport import Viewport
from nnsim.ui.graph.views.enlarged import enlarge_cell, enlarge_filter
from nnsim.ui.letters import letters
from nnsim.ui.own_keys import claims
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

LOW = 400
"""Height of a stage that keeps room for no more lines of the legend than there are, with usual letters."""
ZOOM_STEP = 1.25
WHEEL_ZOOM = 1.0015
"""Factor for one eighth of a degree of the wheel."""


class GraphCanvas(QWidget):
    """The drawn network: hands what is asked of it to its parts, and their picture to the screen.

    Parameters
    ----------
    theme : Theme
    parent : QWidget, optional

    Attributes
    ----------
    showing : Showing
        The network and its values, and the view of them.
    selector : Selector
    marking : Marking
    picture : Picture

    Signals
    -------
    hovered : Node, Edge or None
    selected, selection_changed
        As the :class:`Selector`'s.
    network_changed
        Another network is shown.
    moment_changed, read_out : Snapshot or None
        As those of :class:`Showing`.
    step_finished
        An animated step came to its end.
    """

    hovered = Signal(object)
    selected = Signal(object)
    selection_changed = Signal(frozenset)
    network_changed = Signal()
    moment_changed = Signal(object)
    step_finished = Signal()
    read_out = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.showing = Showing(self)
        self._camera, self._player = self.showing.camera, self.showing.player
        self.selector = Selector(self.showing, self)
        self.marking = Marking(self)
        self._mouse = Mouse(self, self.showing, self.selector, self.marking)
        self._painter = KeptPainter(self, theme)
        self.picture = Picture(self, self.showing, self.selector, self.marking, self._painter)
        self._connect()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 200)
        self.setAccessibleName(self.tr("Network"))
        self._describe_for_readers()

    def _connect(self) -> None:
        self.showing.changed.connect(self.update)
        self.marking.changed.connect(self.update)
        self.showing.moment_changed.connect(self.moment_changed)
        self.showing.read_out.connect(self.read_out)
        self._player.finished.connect(self.step_finished)
        self.selector.taken.connect(self._show_selection)
        self.selector.selected.connect(self.selected)
        self.selector.selection_changed.connect(self.selection_changed)
        self._mouse.hovered.connect(self.hovered)
        self._painter.drawn.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    # What is shown

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._painter.theme = theme
        self.update()

    def set_network(
        self,
        network: Network,
        input_names: Sequence[str] = (),
        output_names: Sequence[str] = (),
        arrangement: Arrangement = (),
    ) -> None:
        """Show another network, whole and without values; what was selected stays so if it is still there."""
        self.showing.begin(network, input_names, output_names, self._viewport(), arrangement)
        self.marking.window = None
        self._painter.set_maps(None, None)
        self._mouse.hover(None)
        self.selector.take(self.selector.selection.within(network))
        self.showing.set_focus(self.selector.selection.focus)
        self.showing.settle()
        self.network_changed.emit()

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the values of a snapshot; None: nothing has been computed yet.

        Ends an animated step, unless it is the step to this very snapshot.
        """
        self.showing.show_snapshot(snapshot)

    def set_overlay(self, overlay: str) -> None:
        """Choose what edges show; a ValueError if there is no such overlay."""
        self.showing.set_overlay(overlay)

    def set_node_maps(self, maps: Sequence[Floats | None] | None) -> None:
        """Show in each node its activation over the two inputs.

        Parameters
        ----------
        maps : sequence of (array of shape (units, n, n) or None), or None
            One entry a layer; rows run upwards with the second input, columns with the first. None: off.
        """
        self._painter.set_maps(self._scene, maps)
        self.update()

    def set_sign_glyphs(self, on: bool) -> None:
        """Draw negative edges dashed."""
        self.picture.legend.glyphs = on
        self.update()

    def set_whole_legend(self, on: bool) -> None:
        """Say all that the signs mean also where that takes many lines."""
        self.picture.legend.is_whole = on
        self.showing.resize(self._viewport(), self.size(), self.size())

    def play_step(self, snapshot: Snapshot, seconds: float) -> None:
        """Animate the step that led to a snapshot, then show the snapshot."""
        self.showing.play_step(snapshot, seconds)

    def hold(self, step: Snapshot, moment: Moment, concern: Concern) -> None:
        """Stand still at one moment of a step, with what it is about lit and the rest dimmed."""
        if self._scene is not None:
            self.marking.concern = concern
            self._put_card_away()
            self.showing.hold(step, moment)

    def release(self) -> None:
        """End the standing still."""
        self.marking.concern = None
        self._put_card_away()
        self._player.finish()

    def set_running(self, on: bool) -> None:
        """Say that training runs: gradient flows in the gradient overlay, numbers change calmly."""
        self.showing.set_running(on)

    # What is selected

    @property
    def selection(self) -> frozenset[Item]:
        """All that is selected."""
        return self.selector.selection.items

    @property
    def first_selected(self) -> Item | None:
        """The node or edge that is spoken of, None if nothing is selected."""
        return self.selector.first

    def select(self, item: Item | None) -> None:
        """Select a node or edge, or nothing."""
        self.selector.select(item)

    def select_all(self, items: Iterable[Item], first: Item | None = None) -> None:
        """Select several nodes and edges."""
        self.selector.select_all(items, first)

    def walk(self, key: Qt.Key) -> None:
        """Where an arrow key leads: to another neuron, or along the edges that are being walked."""
        self.selector.walk(key)

    def walk_into_edges(self) -> None:
        """Enlarge the picture that the selected cell is in; of a disc, go to its first edge."""
        if not self.enlarge(self.first_selected):
            self.selector.walk_into_edges()

    def _show_selection(self) -> None:
        self.showing.set_focus(self.selector.selection.focus)
        self._describe_for_readers()
        self.update()

    def _describe_for_readers(self) -> None:
        item = self.first_selected
        nothing = (
            self.tr("Nothing is selected. Arrow keys walk from neuron to neuron, Escape deselects.")
            if self.marking.concern is None
            else self.tr("Nothing is selected. Alt and the arrow keys walk from neuron to neuron.")
        )
        self.setAccessibleDescription(nothing if item is None else self.describe(item))

    # The view

    def fit(self, animated: bool = True) -> None:
        """Show the whole network."""
        self._camera.fit(animated)

    def enlarge(self, item: Item | None) -> bool:
        """Let the picture that a cell is in fill the stage, or everything be seen again.

        Returns
        -------
        bool
            Whether there is such a picture.
        """
        found = enlarge_cell(self.showing, item)
        if found:
            self._put_card_away()
        return found

    def enlarge_filter(self, layer: int, channel: int) -> None:
        """Let a filter fill the stage, or everything be seen again."""
        enlarge_filter(self.showing, layer, channel)

    def take_view(self, other: GraphCanvas) -> None:
        """Look at the same part of the network as another canvas of the same size."""
        self._camera.take_view(other._camera)

    def zoom_in(self) -> None:
        """Come closer to the middle."""
        self._camera.zoom(ZOOM_STEP, QPointF(self.rect().center()))

    def zoom_out(self) -> None:
        """Step back from the middle."""
        self._camera.zoom(1 / ZOOM_STEP, QPointF(self.rect().center()))

    # What can be asked

    @property
    def _scene(self) -> Scene | None:
        return self.showing.scene

    @property
    def network(self) -> Network | None:
        """What is drawn."""
        return None if self._scene is None else self._scene.network

    @property
    def screen_places(self) -> Screen | None:
        """Where everything is in the widget, None without a network."""
        return None if self._scene is None else self.showing.screen

    def item_at(self, at: QPointF) -> Item | None:
        """The node, else the edge, at a point of the widget."""
        return self._mouse.item_at(at)

    def position_of(self, item: Item) -> QPointF:
        """Where a node, or the middle of a drawn edge, is in the widget."""
        return self.showing.place_of(item, self.selector.selection.focus)

    def describe(self, item: Item) -> str:
        """The exact words on a node or edge."""
        return " · ".join(inspector.lines(self._scene, item, self.showing.known, self.locale()))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self.picture.paint(painter)

    def paint_on(self, painter: QPainter, ratio: float) -> None:
        """Paint what is shown on something else, without what is only pointed at.

        Parameters
        ----------
        painter : QPainter
        ratio : float
            Its device pixels for each of this widget's logical ones.
        """
        self.picture.paint_on(painter, ratio)

    def draw_at_once(self) -> None:
        """From now on every picture is whole, however long it takes: for one that is kept."""
        self._painter.draw_at_once()

    def _put_card_away(self) -> None:
        """What was pointed at has been read: its card covers nothing until the pointer moves again."""
        self.marking.pointer.at = self.selector.walked_to = None
        self.update()

    # Size

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.showing.resize(self._viewport(), event.oldSize(), self.size())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.showing.resize(self._viewport(), self.size(), self.size())

    def _viewport(self) -> Viewport:
        size = letters(self.font())
        lines = 1 if self.height() < LOW * size else FEW_LINES
        return Viewport(self.width(), self.height(), size, lines)

    # Mouse and keyboard

    def event(self, event: QEvent) -> bool:
        # Escape may be a shortcut of something else: it puts the card away all the same.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._put_card_away()
        return claims(event, self._is_mine) or super().event(event)

    def _is_mine(self, event: QKeyEvent) -> bool:
        return keys.is_claimed(event, self.network, *self._state())

    def _state(self) -> tuple[bool, bool, bool]:
        """Whether there is a lesson, one picture fills the stage, and something is selected."""
        return self.marking.concern is not None, self._camera.is_near, self.first_selected is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = "" if self.network is None else keys.deed(event, self.network, *self._state())
        if deed == "walk":
            self.walk(Qt.Key(event.key()))
        elif deed == "deselect":
            self.select(None)
            self._put_card_away()
        elif deed:
            {"fit": self.fit, "zoom_in": self.zoom_in, "zoom_out": self.zoom_out}[deed]()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._describe_for_readers()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._camera.zoom(WHEEL_ZOOM ** event.angleDelta().y(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.marking.pointer.forget()
        item, filtered = self.item_at(event.position()), self._mouse.filter_at(event.position())
        if item is None and filtered is not None:
            self.enlarge_filter(*filtered)
        elif item is None:
            self.fit()
        else:
            self.enlarge(item)

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse.hover(None)
