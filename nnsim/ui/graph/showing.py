"""What the stage shows and whose numbers are written: a network, a snapshot or step of it, through a view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QLocale, QObject, QPointF, QSize, QTimer, Signal

from nnsim.engine.snapshot import Snapshot
from nnsim.model.arrangement import Arrangement
from nnsim.model.connectivity import Connectivity
from nnsim.model.network import Edge, Network
from nnsim.ui.graph import frames
from nnsim.ui.graph.animation import Moment
from nnsim.ui.graph.camera import Camera
from nnsim.ui.graph.edges import OVERLAYS, Floats
from nnsim.ui.graph.geometry import Item, Node, is_mixed
from nnsim.ui.graph.hit import edge_at, place_of, walk_edges
from nnsim.ui.graph.known import Known
from nnsim.ui.graph.player import Player
from nnsim.ui.graph.pointed import PointedEdges
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.values import REFRESH_MS, ValueTexts
from nnsim.ui.graph.viewport import Viewport

CALM_MS = 120
"""After the last stroke of a drawing until it counts as finished."""


class Showing(QObject):
    """Holds the scene, the step that is played on it, the view of it, and what is read from it.

    Attributes
    ----------
    scene : Scene or None
    overlay : str
        What edges show.
    camera : Camera
    player : Player
    values : ValueTexts
    read : Snapshot or None
        Whose numbers are written while no step is shown.

    Signals
    -------
    changed
        There is another picture to paint.
    moment_changed : Snapshot or None
        What is known at the moment of the step that is shown; None once none is.
    read_out : Snapshot or None
        Whose numbers are written from now on; while they change all the time, some of the snapshots.
    """

    changed = Signal()
    moment_changed = Signal(object)
    read_out = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scene: Scene | None = None
        self._single = PointedEdges()
        self.overlay = OVERLAYS[0]
        self.read: Snapshot | None = None
        self._screen: Screen | None = None
        self._all_edges = self._running = False
        self.camera = Camera(self)
        self.camera.moved.connect(self.look)
        self.values = ValueTexts(self)
        self.values.stale.connect(self.changed)
        self.player = Player(self)
        self.player.moved.connect(self._follow_step)
        self._calm = QTimer(self, interval=CALM_MS, singleShot=True)
        self._calm.timeout.connect(self._come_to_rest)
        self._known = Known()
        self._told: Snapshot | None = None
        self._read_at = QElapsedTimer()

    # The network and where it is

    def begin(
        self,
        network: Network,
        input_names: Sequence[str],
        output_names: Sequence[str],
        viewport: Viewport,
        arrangement: Arrangement,
    ) -> None:
        """Show another network, whole and without values."""
        self.player.finish()
        before = self.scene
        self.scene = Scene(network, input_names, output_names, viewport, arrangement)
        self.camera.home = self.scene.home
        if before is not None:
            self.scene.take_up(before)
        self.scene.set_overlay(self.overlay)
        self.scene.set_all_edges(self._all_edges)
        if before is None or not before.is_like(self.scene):
            self.camera.fit(animated=False)
        self._screen = None
        # What is still selected is described at once: not by the numbers of the network before.
        self.read = self.scene.snapshot

    def settle(self) -> None:
        """Write the numbers of the network that is shown."""
        self._read_snapshot()
        self._refresh()

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Move nodes and layers; the view stays."""
        if self.scene is not None and arrangement != self.scene.arrangement:
            self.scene.set_arrangement(arrangement)
            self.camera.home = self.scene.home
            self.look()

    def resize(self, viewport: Viewport, before: QSize, after: QSize) -> None:
        """Place everything anew for another size, of the widget or of its letters."""
        if self.scene is not None:
            self.scene.resize(viewport)
            self.camera.resize(before, after, self.scene.home)
            self.look()

    def look(self) -> None:
        """Things are elsewhere in the widget."""
        self._screen = None
        self.changed.emit()

    @property
    def screen(self) -> Screen:
        """Where everything is in the widget; there has to be a network."""
        assert self.scene is not None
        if self._screen is None:
            self._screen = Screen(self.scene.geometry, self.scene.edges, self.camera.view)
        return self._screen

    def single_edges(self, node: Node | None) -> Screen | None:
        """Where the edges of one cell are, of a network whose edges are not drawn one by one else."""
        if self.scene is None or not is_mixed(self.scene.network):
            return None
        return self._single.screen(self.scene, self.screen, node)

    def edge_at(self, at: QPointF, node: Node | None) -> Edge | None:
        """The edge at a point of the widget, one of a cell's own before all others."""
        own = self.single_edges(node)
        found = None if own is None else edge_at(own, at.x(), at.y())
        return found or edge_at(self.screen, at.x(), at.y())

    def edges_about(self, node: Node) -> list[Edge]:
        """The edges of a node that are drawn, or are drawn when it is meant, as arrow keys walk them."""
        own = self.single_edges(node)
        return walk_edges((self.screen if own is None else own).edges, node)

    def place_of(self, item: Item, anchor: Node | None = None) -> QPointF:
        """Where a node, or the middle of an edge, is in the widget."""
        own = self.single_edges(anchor) if isinstance(item, Edge) else None
        here = own is not None and own.edges.touching(item).any()
        return QPointF(*place_of(own if own is not None and here else self.screen, item))

    def set_focus(self, node: Node | None) -> None:
        """Draw the edges of a node before all others."""
        if self.scene is not None:
            self.scene.set_focus(node)
            self._screen = None

    def set_all_edges(self, on: bool) -> None:
        """Draw every edge of a large network, or only its strongest."""
        self._all_edges = on
        if self.scene is not None:
            self.scene.set_all_edges(on)
            self._screen = None
            self._refresh()

    def set_overlay(self, overlay: str) -> None:
        """Choose what edges show: ``weight``, ``contribution``, ``gradient`` or ``update``.

        Raises
        ------
        ValueError
            If there is no such overlay.
        """
        if overlay not in OVERLAYS:
            raise ValueError(f"{overlay!r} is no overlay; allowed: {', '.join(OVERLAYS)}")
        self.overlay = overlay
        if self.scene is not None:
            self.scene.set_overlay(overlay)
            self._screen = None
            self._refresh()

    # Its values

    @property
    def known(self) -> Snapshot | None:
        """Whose numbers are written: of a step as far as it has come, or of the snapshot read last."""
        return self.read if self._told is None else self._told

    @property
    def is_hurried(self) -> bool:
        """Whether other snapshots are likely to follow at once: training runs, or somebody draws."""
        return self._running or self._calm.isActive()

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show the values of a snapshot; None: nothing has been computed yet.

        Ends an animated step, unless it is the step to this very snapshot.
        """
        if self.scene is None or (snapshot is not None and snapshot is self.player.step):
            return
        self.player.finish()
        if snapshot is not None and snapshot.probe.index < 0:
            self._calm.start()
        rests = self.scene.is_other_sample(snapshot) or not self.is_hurried
        self._show(snapshot, hurried=self.is_hurried)
        if rests or not self._read_at.isValid() or self._read_at.elapsed() >= REFRESH_MS:
            self._read_snapshot()
        self._refresh()

    def set_running(self, on: bool) -> None:
        """Say that training runs: gradient flows in the gradient overlay, numbers change calmly."""
        self._running = on
        if self.scene is not None:
            if not on:
                self._show(self.scene.snapshot)
            self._read_snapshot()
        self._refresh()

    def texts(self, locale: QLocale) -> list[str]:
        """What is written inside the nodes."""
        assert self.scene is not None
        probe = None if self.known is None else self.known.probe
        return self.values.texts(probe, self.screen, locale, self.scene.names)

    @property
    def connectivity(self) -> Connectivity | None:
        """Which cells of what is drawn are joined."""
        return None if self.scene is None else self.scene.connectivity

    def full_brightness(self, layer: int) -> float:
        """The activation of a layer that is drawn at full brightness; 0 while all have been 0."""
        return 0.0 if self.scene is None else self.scene.brightness[layer].full

    def filters(self, layer: int) -> Floats | None:
        """The filters of a layer, (filters, channels, rows, columns); None before anything is computed."""
        if self.scene is None or self.known is None:
            return None
        return self.scene.layout.view(self.known.parameters, layer, "weight")

    def _show(self, snapshot: Snapshot | None, hurried: bool = False) -> None:
        assert self.scene is not None
        if self.scene.show(snapshot, hurried=hurried):
            self._screen = None

    def _read_snapshot(self) -> None:
        """Write the numbers of the snapshot that is shown, and let all others who write some do so."""
        assert self.scene is not None
        self.read = self.scene.snapshot
        self._read_at.start()
        self.values.refresh()
        self.read_out.emit(self.read)

    def _come_to_rest(self) -> None:
        """No stroke has come for a while: show exactly what there is."""
        if self.scene is not None:
            self._show(self.scene.snapshot)
            self._read_snapshot()
        self.changed.emit()

    # A step of it

    def play_step(self, snapshot: Snapshot, seconds: float) -> None:
        """Animate the step that led to a snapshot, then show the snapshot."""
        if self.scene is None:
            return
        self.values.refresh()
        self.player.play(snapshot, len(self.scene.network.layers), seconds)
        self._show(snapshot)
        self._read_snapshot()
        frames.prepare(self.scene, snapshot)
        self._refresh()

    def hold(self, step: Snapshot, moment: Moment) -> None:
        """Stand still at one moment of a step."""
        assert self.scene is not None
        if step is not self.player.step:
            self.scene.show(step)
            self._screen = None
            self.read = step
            frames.prepare(self.scene, step)
        self.values.refresh()
        self.player.hold(step, moment)

    def finish_animation(self) -> None:
        """Jump to the end of an animated step."""
        self.values.refresh()
        self.player.finish()

    def _follow_step(self) -> None:
        """The step on the stage may have come further: say what is known of it now."""
        player, scene = self.player, self.scene
        known = None if scene is None else self._known.at(player.step, player.shown, scene.layout)
        if known is not self._told:
            self._told = known
            self.values.refresh()
            self.moment_changed.emit(known)
        self.changed.emit()

    def _refresh(self) -> None:
        flows = self._running and self.scene is not None and self.overlay == "gradient"
        self.player.flow(flows and self.scene is not None and self.scene.edge_values() is not None)
        self._follow_step()
