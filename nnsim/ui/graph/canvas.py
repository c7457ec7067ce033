"""The stage: a widget that shows a network think and learn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QSize, Qt, QTimer, Signal
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
from nnsim.lesson.focus import ChannelFocus, ParameterFocus
from nnsim.model.arrangement import Arrangement
from nnsim.model.connectivity import Connectivity
from nnsim.model.network import Edge, Network
from nnsim.ui.graph import frames, inspector, legend
from nnsim.ui.graph.animation import Moment
from nnsim.ui.graph.camera import Camera
from nnsim.ui.graph.edges import OVERLAYS, Floats
from nnsim.ui.graph.frames import Frame
from nnsim.ui.graph.geometry import Item, Node, is_mixed
from nnsim.ui.graph.hit import HOPPING_KEYS, WALKING_KEYS, item_at
from nnsim.ui.graph.inspector import Inspector
from nnsim.ui.graph.known import Known
from nnsim.ui.graph.paint_nodes import draws_biases
from nnsim.ui.graph.player import Player
from nnsim.ui.graph.pointer import Pointer
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.selecting import SelectingWidget
from nnsim.ui.graph.stage import Marks, StagePainter
from nnsim.ui.graph.values import REFRESH_MS, ValueTexts
from nnsim.ui.graph.viewport import Viewport
from nnsim.ui.graph.views.enlarged import filter_at, picture_at, view_of
from nnsim.ui.graph.views.paint_sheet import filter_boxes
from nnsim.ui.letters import letters
from nnsim.ui.own_keys import claims
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

CALM_MS = 120
"""After the last stroke of a drawing until it counts as finished."""
FEW_LINES = 2
"""Of a legend in whole words; where it would take more, it is short."""
LOW = 400
"""Height of a stage that keeps room for no more lines of the legend than there are, with usual letters."""
ZOOM_STEP = 1.25
WHEEL_ZOOM = 1.0015
"""Factor for one eighth of a degree of the wheel."""


class GraphCanvas(SelectingWidget):
    """The drawn network.

    Parameters
    ----------
    theme : Theme
    parent : QWidget, optional

    Signals
    -------
    hovered : Node, Edge or None
    network_changed
        Another network is shown.
    moment_changed : Snapshot or None
        What is known at the moment of the step that is shown; None once none is.
    step_finished
        An animated step came to its end.
    read_out : Snapshot or None
        Whose numbers are written from now on; while they change all the time, some of the snapshots.
    """

    hovered = Signal(object)
    network_changed = Signal()
    moment_changed = Signal(object)
    step_finished = Signal()
    read_out = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene: Scene | None = None
        self._screen: Screen | None = None
        self._overlay = OVERLAYS[0]
        self._inspector = Inspector()
        self._glyphs = self._all_edges = self._is_legend_whole = False
        self._running = False
        self._concern: Concern | None = None
        self._hinted: Item | None = None
        self._window: Node | None = None
        self._warned: frozenset[Item] = frozenset()
        self._is_handled = False
        self._shown_legend: tuple[legend.Entry, ...] = ()
        self._maps: Sequence[Floats | None] | None = None
        self._pointer = Pointer()
        self._camera = Camera(self)
        self._camera.moved.connect(self._look)
        self._values = ValueTexts(self)
        self._values.stale.connect(self.update)
        self._calm = QTimer(self, interval=CALM_MS, singleShot=True)
        self._calm.timeout.connect(self._come_to_rest)
        self._known = Known()
        self._told: Snapshot | None = None
        self._read: Snapshot | None = None
        self._read_at = QElapsedTimer()
        self._player = Player(self)
        self._player.moved.connect(self._follow_step)
        self._player.finished.connect(self.step_finished)
        self._drawing = QTimer(self, interval=0, singleShot=True)
        self._drawing.timeout.connect(self._draw_on)
        self._at_once = False
        self._painter = self._new_painter()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 200)
        self.setAccessibleName(self.tr("Network"))
        self._describe_for_readers()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    # What is shown

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.update()

    def set_network(
        self,
        network: Network,
        input_names: Sequence[str] = (),
        output_names: Sequence[str] = (),
        arrangement: Arrangement = (),
    ) -> None:
        """Show another network, whole and without values; what was selected stays so if it is still there."""
        self._player.finish()
        before = self._scene
        self._scene = Scene(network, input_names, output_names, self._viewport(), arrangement)
        self._camera.home = self._scene.home
        if before is not None:
            self._scene.take_up(before)
        self._scene.set_overlay(self._overlay)
        self._scene.set_all_edges(self._all_edges)
        self._maps = self._window = None
        self._painter.set_maps(None, None)
        self._hover(None)
        if before is None or not before.is_like(self._scene):
            self._camera.fit(animated=False)
        self._screen = None
        # What is still selected is described at once: not by the numbers of the network before.
        self._read = self._scene.snapshot
        self._take(self._selection.within(network))
        self._scene.set_focus(self._selection.focus)
        self._read_snapshot()
        self._changed()
        self.network_changed.emit()

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Move nodes and layers to where hands have put them; the view stays."""
        if self._scene is not None and arrangement != self._scene.arrangement:
            self._scene.set_arrangement(arrangement)
            self._camera.home = self._scene.home
            self._look()

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the values of a snapshot; None: nothing has been computed yet.

        Ends an animated step, unless it is the step to this very snapshot.
        """
        if self._scene is None or (snapshot is not None and snapshot is self._player.step):
            return
        self._player.finish()
        if snapshot is not None and snapshot.probe.index < 0:
            self._calm.start()
        rests = self._scene.is_other_sample(snapshot) or not self._is_hurried
        if self._scene.show(snapshot, hurried=self._is_hurried):
            self._screen = None
        if rests or not self._read_at.isValid() or self._read_at.elapsed() >= REFRESH_MS:
            self._read_snapshot()
        self._changed()

    def _read_snapshot(self) -> None:
        """Write the numbers of the snapshot that is shown, and let all others who write some do so."""
        assert self._scene is not None
        self._read = self._scene.snapshot
        self._read_at.start()
        self._values.refresh()
        self.read_out.emit(self._read)

    @property
    def _is_hurried(self) -> bool:
        """Whether other snapshots are likely to follow at once: training runs, or somebody draws."""
        return self._running or self._calm.isActive()

    def _come_to_rest(self) -> None:
        """No stroke has come for a while: show exactly what there is."""
        if self._scene is not None:
            if self._scene.show(self._scene.snapshot):
                self._screen = None
            self._read_snapshot()
        self.update()

    def set_overlay(self, overlay: str) -> None:
        """Choose what edges show: ``weight``, ``contribution``, ``gradient`` or ``update``.

        Raises
        ------
        ValueError
            If there is no such overlay.
        """
        if overlay not in OVERLAYS:
            raise ValueError(f"{overlay!r} is no overlay; allowed: {', '.join(OVERLAYS)}")
        self._overlay = overlay
        if self._scene is not None:
            self._scene.set_overlay(overlay)
            self._screen = None
            self._changed()

    def set_node_maps(self, maps: Sequence[Floats | None] | None) -> None:
        """Show in each node its activation over the two inputs.

        Parameters
        ----------
        maps : sequence of (array of shape (units, n, n) or None), or None
            One entry a layer; rows run upwards with the second input, columns with the first. None: off.
        """
        self._maps = maps
        self._painter.set_maps(self._scene, maps)
        self.update()

    def set_sign_glyphs(self, on: bool) -> None:
        """Draw negative edges dashed."""
        self._glyphs = on
        self.update()

    def set_all_edges(self, on: bool) -> None:
        """Draw every edge of a large network, or only its strongest."""
        self._all_edges = on
        if self._scene is not None:
            self._scene.set_all_edges(on)
            self._screen = None
            self._changed()

    def set_whole_legend(self, on: bool) -> None:
        """Say all that the signs mean also where that takes many lines."""
        self._is_legend_whole = on
        if self._scene is not None:
            self._arrange(self._viewport(), self.size())

    def play_step(self, snapshot: Snapshot, seconds: float) -> None:
        """Animate the step that led to a snapshot, then show the snapshot."""
        if self._scene is None:
            return
        self._values.refresh()
        self._player.play(snapshot, len(self._scene.network.layers), seconds)
        if self._scene.show(snapshot):
            self._screen = None
        self._read_snapshot()
        frames.prepare(self._scene, snapshot)
        self._changed()

    def hold(self, step: Snapshot, moment: Moment, concern: Concern) -> None:
        """Stand still at one moment of a step, with what it is about lit and the rest dimmed."""
        if self._scene is None:
            return
        if step is not self._player.step:
            self._scene.show(step)
            self._screen = None
            self._read = step
            frames.prepare(self._scene, step)
        self._concern = concern
        self._put_card_away()
        self._values.refresh()
        self._player.hold(step, moment)

    def _follow_step(self) -> None:
        """The step on the stage may have come further: say what is known of it now."""
        player, scene = self._player, self._scene
        known = None if scene is None else self._known.at(player.step, player.shown, scene.layout)
        if known is not self._told:
            self._told = known
            self._values.refresh()
            self.moment_changed.emit(known)
        self.update()

    def set_window(self, node: Node | None) -> None:
        """Show what a cell comes from and goes to though nobody points at it; None: of no cell."""
        if node != self._window:
            self._window = node
            self.update()

    def hint(self, item: Item | None) -> None:
        """Mark a node or edge that is pointed at elsewhere; None, or anything else: nothing is."""
        self._hinted = item if isinstance(item, Node | Edge) else None
        self.update()

    def release(self) -> None:
        """End the standing still."""
        self._concern = None
        self._put_card_away()
        self._player.finish()

    def finish_animation(self) -> None:
        """Jump to the end of an animated step."""
        self._values.refresh()
        self._player.finish()

    def set_running(self, on: bool) -> None:
        """Say that training runs: gradient flows in the gradient overlay, numbers change calmly."""
        self._running = on
        if not on and self._scene is not None and self._scene.show(self._scene.snapshot):
            self._screen = None
        if self._scene is not None:
            self._read_snapshot()
        self._changed()

    def advance(self, seconds: float) -> None:
        """Move the animation on by hand."""
        self._player.advance(seconds)

    def describe(self, item: Item) -> str:
        """The exact words on a node or edge."""
        return " · ".join(inspector.lines(self._scene, item, self._known_now, self.locale()))

    @property
    def _known_now(self) -> Snapshot | None:
        """Whose numbers are written: of a step as far as it has come, or of the snapshot read last."""
        return self._read if self._told is None else self._told

    def edges_note(self) -> str:
        """How many edges are drawn of how many; empty if all are."""
        return "" if self._scene is None else legend.note(self._scene, self.locale())

    def _show_selection(self) -> None:
        if self._scene is not None:
            self._scene.set_focus(self._selection.focus)
            self._screen = None
        self._describe_for_readers()
        self.update()

    def set_marks(self, items: Iterable[Item]) -> None:
        """Ring the nodes and edges that something is wrong with."""
        self._warned = frozenset(items)
        self.update()

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
        if self._camera.is_near:
            self.fit()
        else:
            self._camera.come_near(view_of(self._scene.geometry, rect))
        return True

    def enlarge_filter(self, layer: int, channel: int) -> None:
        """Let a filter fill the stage, or everything be seen again."""
        rect = None if self._scene is None else filter_at(self._scene.geometry.layers[layer], channel)
        if self._scene is None or rect is None:
            return
        if self._camera.is_near:
            self.fit()
        else:
            self._camera.come_near(view_of(self._scene.geometry, rect))

    def walk_into_edges(self) -> None:
        if not self.enlarge(self._selection.first):
            super().walk_into_edges()

    def filter_at(self, at: QPointF) -> tuple[int, int] | None:
        """Layer and number of the filter at a point of the widget."""
        if self._scene is None:
            return None
        x, y = self._camera.view.to_world(at.x(), at.y())
        for layer, place in enumerate(self._scene.geometry.layers):
            found = None if place.sheet is None else place.sheet.filter_at(x, y)
            if found is not None:
                return layer, found
        return None

    def select_channel(self, layer: int, channel: int) -> None:
        """Select all of a map, and so the filter that makes it."""
        if self._scene is not None:
            places = self._scene.network.shapes[layer].places
            cells = [Node(layer, unit) for unit in range(channel * places, (channel + 1) * places)]
            self.select_all(cells, cells[0])
            self.selected.emit(ChannelFocus(layer, channel))

    def _mean_weight(self, at: QPointF, layer: int, number: int) -> None:
        """In a lesson, a click on a filter means the weight that it falls on."""
        assert self._scene is not None
        sheet = self._scene.geometry.layers[layer].sheet
        tensor = self._scene.layout.weight(layer)
        assert sheet is not None
        box = filter_boxes(self._on_screen(), sheet, *tensor.shape[2:])[number]
        rows, columns = tensor.shape[2:]
        row = int((at.y() - box.top()) / box.height() * rows)
        column = int((at.x() - box.left()) / box.width() * columns)
        place = number, 0, min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
        self.selected.emit(ParameterFocus(layer, "weight", place))

    def zoom_in(self) -> None:
        """Come closer to the middle."""
        self._camera.zoom(ZOOM_STEP, QPointF(self.rect().center()))

    def zoom_out(self) -> None:
        """Step back from the middle."""
        self._camera.zoom(1 / ZOOM_STEP, QPointF(self.rect().center()))

    def position_of(self, item: Item) -> QPointF:
        """Where a node, or the middle of a drawn edge, is in the widget."""
        screen = self._on_screen()
        if isinstance(item, Edge):
            drawn = np.flatnonzero(screen.edges.touching(item))
            if not len(drawn):
                ends = Node(item.source_layer, item.source_unit), Node(item.layer, item.unit)
                return (self.position_of(ends[0]) + self.position_of(ends[1])) / 2
            (middle,) = screen.polylines_of(drawn[:1])
            return QPointF(*middle[len(middle) // 2])
        return QPointF(*screen.centres[screen.geometry.number(item)])

    @property
    def network(self) -> Network | None:
        """What is drawn."""
        return None if self._scene is None else self._scene.network

    @property
    def connectivity(self) -> Connectivity | None:
        """Which cells of what is drawn are joined."""
        return None if self._scene is None else self._scene.connectivity

    def full_brightness(self, layer: int) -> float:
        """The activation of a layer that is drawn at full brightness; 0 while all have been 0."""
        return 0.0 if self._scene is None else self._scene.brightness[layer].full

    def filters(self, layer: int) -> Floats | None:
        """The filters of a layer, (filters, channels, rows, columns); None before anything is computed."""
        if self._scene is None or self._known_now is None:
            return None
        return self._scene.layout.view(self._known_now.parameters, layer, "weight")

    @property
    def known(self) -> Snapshot | None:
        """Whose numbers are written."""
        return self._known_now

    @property
    def screen_places(self) -> Screen | None:
        """Where everything is in the widget, None without a network."""
        return None if self._scene is None else self._on_screen()

    @property
    def hovered_item(self) -> Item | None:
        """What the pointer is over."""
        return self._pointer.item

    def item_at(self, at: QPointF) -> Item | None:
        """The node, else the edge, at a point of the widget."""
        return None if self._scene is None else item_at(self._on_screen(), at.x(), at.y())

    def _look(self) -> None:
        self._screen = None
        self.update()

    def _on_screen(self) -> Screen:
        assert self._scene is not None
        if self._screen is None:
            self._screen = Screen(self._scene.geometry, self._scene.edges, self._camera.view)
        return self._screen

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        self._ensure_painter()
        with painting(self) as painter:
            self._paint(painter, self._painter, self._marks)

    def paint_on(self, painter: QPainter, ratio: float) -> None:
        """Paint what is shown on something else, without what is only pointed at.

        Parameters
        ----------
        painter : QPainter
        ratio : float
            Its device pixels for each of this widget's logical ones.
        """
        stage = StagePainter(self._theme, self.font(), ratio)
        stage.set_maps(self._scene, self._maps)
        self._paint(painter, stage, lambda: self._marks_at_rest(None))

    def _paint(self, painter: QPainter, stage: StagePainter, marks: Callable[[], Marks]) -> None:
        if self._scene is None:
            painter.fillRect(self.rect(), self._theme.color("window"))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._player.frame(self._scene)
        shown = self._legend(stage, frame)
        screen = self._on_screen()
        probe = None if self._known_now is None else self._known_now.probe
        values = self._values.texts(probe, screen, self.locale(), self._scene.names)
        # The card is written with the values, not a picture later.
        stage.paint(
            painter,
            self.size(),
            self._scene,
            screen,
            frame,
            values,
            None if probe is None else probe.y,
            marks(),
            shown,
            self._glyphs,
            self.locale(),
            self._is_hurried or self._player.is_ticking,
        )

    def _legend(self, stage: StagePainter, frame: Frame) -> tuple[legend.Entry, ...]:
        """What the legend says, in short on a narrow stage; for lines that it lacks the picture gives way."""
        assert self._scene is not None
        screen, viewport = self._on_screen(), self._scene.viewport
        shown = legend.entries(
            self._scene,
            frame,
            self._glyphs,
            stage.has_maps,
            screen.thickest,
            self.locale(),
            draws_biases(screen),
            stage.ribbon_width(self._scene, screen),
        )
        wanted = legend.with_light(shown, self.locale())
        needed = stage.legend_lines(wanted, viewport)
        if needed > FEW_LINES and not self._is_legend_whole:
            shown, wanted = legend.shortened(shown), legend.shortened(wanted)
            needed = stage.legend_lines(wanted, viewport)
            # With very large letters the network comes first: what is left out is in the whole legend.
            while needed > viewport.most_legend_lines and len(shown) > 1:
                shown = wanted = shown[:-1]
                needed = stage.legend_lines(wanted, viewport)
        self._shown_legend = shown
        if needed > viewport.legend_lines:
            self._arrange(replace(viewport, legend_lines=needed), self.size())
        return shown

    def legend_text_at(self, at: QPointF) -> str | None:
        """The words of the legend at a point of the widget; None where there are none."""
        if self._scene is None:
            return None
        return self._painter.legend_text_at(self._shown_legend, self._scene.viewport, at)

    @property
    def is_legend_short(self) -> bool:
        """Whether the legend says less than the tooltips of its entries."""
        return any(entry.whole for entry in self._shown_legend)

    def _ensure_painter(self) -> None:
        """Make the painter anew where colours, letters or pixels are others."""
        look = self._theme, self.font(), self.devicePixelRatioF()
        if not self._painter.suits(*look):
            self._painter = self._new_painter()
            self._painter.set_maps(self._scene, self._maps)

    def _new_painter(self) -> StagePainter:
        later = None if self._at_once else self._drawing.start
        return StagePainter(self._theme, self.font(), self.devicePixelRatioF(), later)

    def _draw_on(self) -> None:
        """Draw on at what takes several turns of the event loop, and show it once it is whole."""
        if self._painter.draw_on():
            self.update()
        else:
            self._drawing.start()

    def draw_at_once(self) -> None:
        """From now on every picture is whole, however long it takes: for one that is kept."""
        self._at_once = True
        self._painter = self._new_painter()
        self._painter.set_maps(self._scene, self._maps)

    def _marks(self) -> Marks:
        hovered = self._pointer.item
        item = self._selection.first if hovered is None else hovered
        at = self._walked_to if hovered is None else self._pointer.at
        if item is None or at is None or self._pointer.is_dragging or self._scene is None or self._is_handled:
            return self._marks_at_rest(hovered or self._hinted)
        card = self._inspector.card_on(
            self._scene, item, self._known_now, self._values.written, self._theme, self.locale()
        )
        return replace(self._marks_at_rest(hovered), card=card, card_at=at)

    def _marks_at_rest(self, hovered: Item | None) -> Marks:
        chosen = self._selection
        return Marks(
            hovered, chosen.first, chosen.items, self._warned, concern=self._concern, window=self._window
        )

    def _put_card_away(self) -> None:
        """What was pointed at has been read: its card covers nothing until the pointer moves again."""
        self._pointer.at = self._walked_to = None
        self.update()

    def set_handled(self, on: bool) -> None:
        """Say that something is being changed by hand: no card hides it meanwhile."""
        self._is_handled = on
        self.update()

    def _changed(self) -> None:
        scene = self._scene
        flows = self._running and scene is not None and self._overlay == "gradient"
        self._player.flow(flows and scene is not None and scene.edge_values() is not None)
        self._follow_step()

    def _describe_for_readers(self) -> None:
        item = self._selection.first
        nothing = (
            self.tr("Nothing is selected. Arrow keys walk from neuron to neuron, Escape deselects.")
            if self._concern is None
            else self.tr("Nothing is selected. Alt and the arrow keys walk from neuron to neuron.")
        )
        self.setAccessibleDescription(nothing if item is None else self.describe(item))

    # Mouse and keyboard

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._scene is None:
            return
        self._arrange(self._viewport(), event.oldSize())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._scene is not None:
            self._arrange(self._viewport(), self.size())

    def _viewport(self) -> Viewport:
        size = letters(self.font())
        lines = 1 if self.height() < LOW * size else FEW_LINES
        return Viewport(self.width(), self.height(), size, lines)

    def _arrange(self, viewport: Viewport, before: QSize) -> None:
        """Place everything anew for another size, of the widget or of its letters."""
        assert self._scene is not None
        self._scene.resize(viewport)
        self._camera.resize(before, self.size(), self._scene.home)
        self._screen = None
        self.update()

    def event(self, event: QEvent) -> bool:
        # Escape may be a shortcut of something else: it puts the card away all the same.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._put_card_away()
        return claims(event, self._is_mine) or super().event(event)

    def _is_mine(self, event: QKeyEvent) -> bool:
        """While something is selected the arrows walk from it, and Escape deselects it."""
        leaves = event.key() == Qt.Key.Key_Escape and not event.modifiers()
        if leaves and self._camera.is_near:
            return True
        return (leaves or self._walks(event)) and self._selection.first is not None

    def _walks(self, event: QKeyEvent) -> bool:
        """Whether a key walks from neuron to neuron; in a lesson arrows alone walk the lesson."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alone = not held and self._concern is None
        is_alt = held == Qt.KeyboardModifier.AltModifier
        hops = event.key() in HOPPING_KEYS and self._scene is not None and is_mixed(self._scene.network)
        return (event.key() in WALKING_KEYS or hops) and (alone or is_alt)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._scene is None:
            event.ignore()
        elif self._walks(event) or (key == Qt.Key.Key_Return and self._selection.first is None):
            self.walk(key)
        elif key == Qt.Key.Key_Escape and self._camera.is_near:
            self.fit()
        elif key == Qt.Key.Key_Escape and self._selection.first is not None:
            self.select(None)
            self._put_card_away()
        elif key in _ZOOM_KEYS:
            _ZOOM_KEYS[key](self)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._describe_for_readers()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._camera.zoom(WHEEL_ZOOM ** event.angleDelta().y(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position())
        self._pointer.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._pointer.is_pressed or not event.buttons():
            self._hover(event.position())
            return
        grabs = bool(event.buttons() & Qt.MouseButton.MiddleButton) or self._pointer.item is None
        moved = self._pointer.drag(event.position(), grabs)
        if moved is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._camera.pan(moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self._pointer.release()
        if clicked and event.button() == Qt.MouseButton.LeftButton:
            item, filtered = self.item_at(event.position()), self.filter_at(event.position())
            if item is None and filtered is not None:
                self.select_channel(*filtered)
                if self._concern is not None:
                    self._mean_weight(event.position(), *filtered)
            else:
                self.select(None if item is None or self.selection == {item} else item)
        self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.forget()
        item, filtered = self.item_at(event.position()), self.filter_at(event.position())
        if item is None and filtered is not None:
            self.enlarge_filter(*filtered)
        elif item is None:
            self.fit()
        else:
            self.enlarge(item)

    def let_go(self) -> None:
        """What was pressed is being moved by hand: letting go of it is no click."""
        self._pointer.forget()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, at: QPointF | None) -> None:
        item = None if at is None else self.item_at(at)
        if self._pointer.hover(item, at):
            self.hovered.emit(item)
        elif item is None:
            return
        self.setCursor(Qt.CursorShape.ArrowCursor if item is None else Qt.CursorShape.PointingHandCursor)
        self.update()


_ZOOM_KEYS = {
    Qt.Key.Key_Plus: GraphCanvas.zoom_in,
    Qt.Key.Key_Equal: GraphCanvas.zoom_in,
    Qt.Key.Key_Minus: GraphCanvas.zoom_out,
}
