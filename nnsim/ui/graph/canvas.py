"""The stage: a widget that shows a network think and learn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

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
from nnsim.model.connectivity import Connectivity
from nnsim.model.network import Edge, Network
from nnsim.ui.graph import inspector, keys, legend
from nnsim.ui.graph.animation import Moment
from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.geometry import Item, Node, is_mixed
from nnsim.ui.graph.hit import place_of
from nnsim.ui.graph.kept_legend import FEW_LINES, KeptLegend
from nnsim.ui.graph.kept_painter import KeptPainter
from nnsim.ui.graph.marking import Marking
from nnsim.ui.graph.mouse import Mouse
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.selecting import Selector
from nnsim.ui.graph.showing import Showing
from nnsim.ui.graph.stage import Marks, StagePainter
from nnsim.ui.graph.viewport import Viewport
from nnsim.ui.graph.views.enlarged import enlarge, filter_at, picture_at
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
        self._showing = Showing(self)
        self._camera, self._player = self._showing.camera, self._showing.player
        self._selector = Selector(self._showing, self)
        self._marking = Marking()
        self._mouse = Mouse(self, self._showing, self._selector, self._marking)
        self._legend = KeptLegend()
        self._painter = KeptPainter(self, theme)
        self._connect()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 200)
        self.setAccessibleName(self.tr("Network"))
        self._describe_for_readers()

    def _connect(self) -> None:
        self._showing.changed.connect(self.update)
        self._showing.moment_changed.connect(self.moment_changed)
        self._showing.read_out.connect(self.read_out)
        self._player.finished.connect(self.step_finished)
        self._selector.taken.connect(self._show_selection)
        self._selector.selected.connect(self.selected)
        self._selector.selection_changed.connect(self.selection_changed)
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
        self._showing.begin(network, input_names, output_names, self._viewport(), arrangement)
        self._marking.window = None
        self._painter.set_maps(None, None)
        self._mouse.hover(None)
        self._selector.take(self._selector.selection.within(network))
        self._showing.set_focus(self._selector.selection.focus)
        self._showing.settle()
        self.network_changed.emit()

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Move nodes and layers to where hands have put them; the view stays."""
        self._showing.set_arrangement(arrangement)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the values of a snapshot; None: nothing has been computed yet.

        Ends an animated step, unless it is the step to this very snapshot.
        """
        self._showing.show_snapshot(snapshot)

    def set_overlay(self, overlay: str) -> None:
        """Choose what edges show: ``weight``, ``contribution``, ``gradient`` or ``update``.

        Raises
        ------
        ValueError
            If there is no such overlay.
        """
        self._showing.set_overlay(overlay)

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
        self._legend.glyphs = on
        self.update()

    def set_all_edges(self, on: bool) -> None:
        """Draw every edge of a large network, or only its strongest."""
        self._showing.set_all_edges(on)

    def set_whole_legend(self, on: bool) -> None:
        """Say all that the signs mean also where that takes many lines."""
        self._legend.is_whole = on
        self._arrange(self._viewport(), self.size())

    def play_step(self, snapshot: Snapshot, seconds: float) -> None:
        """Animate the step that led to a snapshot, then show the snapshot."""
        self._showing.play_step(snapshot, seconds)

    def hold(self, step: Snapshot, moment: Moment, concern: Concern) -> None:
        """Stand still at one moment of a step, with what it is about lit and the rest dimmed."""
        if self._scene is not None:
            self._marking.concern = concern
            self._put_card_away()
            self._showing.hold(step, moment)

    def release(self) -> None:
        """End the standing still."""
        self._marking.concern = None
        self._put_card_away()
        self._player.finish()

    def finish_animation(self) -> None:
        """Jump to the end of an animated step."""
        self._showing.finish_animation()

    def set_running(self, on: bool) -> None:
        """Say that training runs: gradient flows in the gradient overlay, numbers change calmly."""
        self._showing.set_running(on)

    def advance(self, seconds: float) -> None:
        """Move the animation on by hand."""
        self._player.advance(seconds)

    def set_window(self, node: Node | None) -> None:
        """Show what a cell comes from and goes to though nobody points at it; None: of no cell."""
        if node != self._marking.window:
            self._marking.window = node
            self.update()

    def hint(self, item: Item | None) -> None:
        """Mark a node or edge that is pointed at elsewhere; None, or anything else: nothing is."""
        self._marking.hinted = item if isinstance(item, Node | Edge) else None
        self.update()

    def set_marks(self, items: Iterable[Item]) -> None:
        """Ring the nodes and edges that something is wrong with."""
        self._marking.warned = frozenset(items)
        self.update()

    def set_handled(self, on: bool) -> None:
        """Say that something is being changed by hand: no card hides it meanwhile."""
        self._marking.is_handled = on
        self.update()

    # What is selected

    @property
    def selection(self) -> frozenset[Item]:
        """All that is selected."""
        return self._selector.selection.items

    @property
    def first_selected(self) -> Item | None:
        """The node or edge that is spoken of, None if nothing is selected."""
        return self._selector.first

    def select(self, item: Item | None) -> None:
        """Select a node or edge, or nothing."""
        self._selector.select(item)

    def select_all(self, items: Iterable[Item], first: Item | None = None) -> None:
        """Select several nodes and edges."""
        self._selector.select_all(items, first)

    def toggle(self, item: Item) -> None:
        """Select one more, or one less."""
        self._selector.toggle(item)

    def walk(self, key: Qt.Key) -> None:
        """Where an arrow key leads: to another neuron, or along the edges that are being walked."""
        self._selector.walk(key)

    def walk_into_edges(self) -> None:
        """Enlarge the picture that the selected cell is in; of a disc, go to its first edge."""
        if not self.enlarge(self.first_selected):
            self._selector.walk_into_edges()

    def extend(self, key: Qt.Key) -> None:
        """Walk to the next neuron and select it in addition."""
        self._selector.extend(key)

    def _show_selection(self) -> None:
        self._showing.set_focus(self._selector.selection.focus)
        self._describe_for_readers()
        self.update()

    def _describe_for_readers(self) -> None:
        item = self.first_selected
        nothing = (
            self.tr("Nothing is selected. Arrow keys walk from neuron to neuron, Escape deselects.")
            if self._marking.concern is None
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
        if self._scene is None or not isinstance(item, Node) or not is_mixed(self._scene.network):
            return False
        rect = picture_at(self._scene.geometry, item)
        if rect is None:
            return False
        self._put_card_away()
        enlarge(self._camera, self._scene.geometry, rect)
        return True

    def enlarge_filter(self, layer: int, channel: int) -> None:
        """Let a filter fill the stage, or everything be seen again."""
        rect = None if self._scene is None else filter_at(self._scene.geometry.layers[layer], channel)
        if self._scene is not None and rect is not None:
            enlarge(self._camera, self._scene.geometry, rect)

    def zoom_in(self) -> None:
        """Come closer to the middle."""
        self._camera.zoom(ZOOM_STEP, QPointF(self.rect().center()))

    def zoom_out(self) -> None:
        """Step back from the middle."""
        self._camera.zoom(1 / ZOOM_STEP, QPointF(self.rect().center()))

    # What can be asked

    @property
    def _scene(self) -> Scene | None:
        return self._showing.scene

    @property
    def network(self) -> Network | None:
        """What is drawn."""
        return None if self._scene is None else self._scene.network

    @property
    def connectivity(self) -> Connectivity | None:
        """Which cells of what is drawn are joined."""
        return None if self._scene is None else self._scene.connectivity

    @property
    def known(self) -> Snapshot | None:
        """Whose numbers are written."""
        return self._showing.known

    @property
    def screen_places(self) -> Screen | None:
        """Where everything is in the widget, None without a network."""
        return None if self._scene is None else self._showing.screen

    @property
    def hovered_item(self) -> Item | None:
        """What the pointer is over."""
        return self._marking.pointer.item

    def item_at(self, at: QPointF) -> Item | None:
        """The node, else the edge, at a point of the widget."""
        return self._mouse.item_at(at)

    def position_of(self, item: Item) -> QPointF:
        """Where a node, or the middle of a drawn edge, is in the widget."""
        return QPointF(*place_of(self._showing.screen, item))

    def full_brightness(self, layer: int) -> float:
        """The activation of a layer that is drawn at full brightness; 0 while all have been 0."""
        return 0.0 if self._scene is None else self._scene.brightness[layer].full

    def filters(self, layer: int) -> Floats | None:
        """The filters of a layer, (filters, channels, rows, columns); None before anything is computed."""
        return self._showing.filters(layer)

    def describe(self, item: Item) -> str:
        """The exact words on a node or edge."""
        return " · ".join(inspector.lines(self._scene, item, self.known, self.locale()))

    def edges_note(self) -> str:
        """How many edges are drawn of how many; empty if all are."""
        return "" if self._scene is None else legend.note(self._scene, self.locale())

    def legend_text_at(self, at: QPointF) -> str | None:
        """The words of the legend at a point of the widget; None where there are none."""
        if self._scene is None:
            return None
        return self._painter.stage.legend_text_at(self._legend.shown, self._scene.viewport, at)

    @property
    def is_legend_short(self) -> bool:
        """Whether the legend says less than the tooltips of its entries."""
        return self._legend.is_short

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        stage = self._painter.current()
        with painting(self) as painter:
            self._paint(painter, stage, self._marks)

    def paint_on(self, painter: QPainter, ratio: float) -> None:
        """Paint what is shown on something else, without what is only pointed at.

        Parameters
        ----------
        painter : QPainter
        ratio : float
            Its device pixels for each of this widget's logical ones.
        """
        stage = self._painter.another(ratio)
        self._paint(painter, stage, lambda: self._marking.at_rest(self._selector.selection))

    def draw_at_once(self) -> None:
        """From now on every picture is whole, however long it takes: for one that is kept."""
        self._painter.draw_at_once()

    def _paint(self, painter: QPainter, stage: StagePainter, marks: Callable[[], Marks]) -> None:
        if self._scene is None:
            painter.fillRect(self.rect(), self._painter.theme.color("window"))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame, viewport = self._player.frame(self._scene), self._scene.viewport
        lines = self._legend.choose(stage, self._scene, self._showing.screen, frame, self.locale())
        if lines > viewport.legend_lines:
            # For lines that the legend lacks the picture gives way.
            self._arrange(replace(viewport, legend_lines=lines), self.size())
        probe = None if self.known is None else self.known.probe
        values = self._showing.texts(self.locale())
        # The card is written with the values, not a picture later.
        stage.paint(
            painter,
            self.size(),
            self._scene,
            self._showing.screen,
            frame,
            values,
            None if probe is None else probe.y,
            marks(),
            self._legend.shown,
            self._legend.glyphs,
            self.locale(),
            self._showing.is_hurried or self._player.is_ticking,
        )

    def _marks(self) -> Marks:
        chosen, walked_to = self._selector.selection, self._selector.walked_to
        return self._marking.marks(chosen, walked_to, self._showing, self._painter.theme, self.locale())

    def _put_card_away(self) -> None:
        """What was pointed at has been read: its card covers nothing until the pointer moves again."""
        self._marking.pointer.at = self._selector.walked_to = None
        self.update()

    # Size

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(self._viewport(), event.oldSize())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange(self._viewport(), self.size())

    def _viewport(self) -> Viewport:
        size = letters(self.font())
        lines = 1 if self.height() < LOW * size else FEW_LINES
        return Viewport(self.width(), self.height(), size, lines)

    def _arrange(self, viewport: Viewport, before: QSize) -> None:
        self._showing.resize(viewport, before, self.size())

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
        return self._marking.concern is not None, self._camera.is_near, self.first_selected is not None

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
        self.let_go()
        item, filtered = self.item_at(event.position()), self._mouse.filter_at(event.position())
        if item is None and filtered is not None:
            self.enlarge_filter(*filtered)
        elif item is None:
            self.fit()
        else:
            self.enlarge(item)

    def let_go(self) -> None:
        """What was pressed is being moved by hand: letting go of it is no click."""
        self._marking.pointer.forget()

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse.hover(None)
