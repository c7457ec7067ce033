"""The window that slides over an image: where it is, and what moves it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from nnsim.engine.snapshot import Snapshot
from nnsim.model.network import Network, Node
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.geometry import Item
from nnsim.ui.graph.sight import WINDOWED, Sight, cell_over, position, readers, sight_of

PLACE_MS = 250
"""From one place to the next while it plays at an ordinary pace."""
_ORDINARY, _QUICKEST = 4.0, 8.0
"""Steps a second up to which the pace is ordinary; how much quicker than that a window goes at most."""


class SlidingWindow(QObject):
    """Follows the pointer and the selection on the stage, and slides by itself.

    Parameters
    ----------
    canvas : GraphCanvas
    parent : QObject, optional

    Attributes
    ----------
    cell : Node or None
        That the window makes where it is.

    Signals
    -------
    changed
        The window is elsewhere, or sees other numbers.
    playing_changed : bool
    held
        It is held fast at a place, or begins to slide: somebody wants to see what it sees.
    """

    changed = Signal()
    playing_changed = Signal(bool)
    held = Signal()

    def __init__(self, canvas: GraphCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cell: Node | None = None
        self._canvas = canvas
        self._channel: int | None = None
        self._known: Snapshot | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(PLACE_MS)
        self._timer.timeout.connect(self.advance)
        canvas.hovered.connect(self._point)
        canvas.selected.connect(self._hold)
        canvas.read_out.connect(self._read)
        canvas.moment_changed.connect(self._read)
        canvas.network_changed.connect(self._begin)
        self._begin()

    @property
    def is_possible(self) -> bool:
        """Whether any layer looks through a window."""
        return self._first() is not None

    @property
    def is_playing(self) -> bool:
        """Whether it slides by itself."""
        return self._timer.isActive()

    @property
    def sight(self) -> Sight | None:
        """What it sees now."""
        connectivity = self._canvas.showing.connectivity
        if connectivity is None or self.cell is None:
            return None
        return sight_of(connectivity, self._known, self.cell, self._channel)

    def set_pace(self, steps: float) -> None:
        """Slide quicker at a quicker pace, in steps a second; as fast as can be is no pace to watch."""
        quicker = min(max(steps / _ORDINARY, 1.0), _QUICKEST) if steps != float("inf") else 1.0
        self._timer.setInterval(round(PLACE_MS / quicker))

    def show_channel(self, step: int) -> None:
        """Show the patch of another of the maps that are read."""
        sight = self.sight
        if sight is not None:
            self._channel = (sight.channel + step) % sight.channels
            self.changed.emit()

    def play(self, on: bool) -> None:
        """Slide by itself over the whole map, or stand still."""
        on = on and self.is_possible
        if on == self.is_playing:
            return
        if on:
            if self.cell is None:
                self._move(self._first())
            self._timer.start()
            self._canvas.marking.set_window(self.cell)
            self.held.emit()
        else:
            self._timer.stop()
            self._canvas.marking.set_window(None)
        self.playing_changed.emit(on)

    def advance(self) -> None:
        """Go on to the next place of the map, unless somebody points at something."""
        network = self._canvas.network
        if network is None or self.cell is None or self._canvas.marking.pointer.item is not None:
            return
        places = network.shapes[self.cell.layer].places
        channel, place = divmod(self.cell.unit, places)
        self._move(Node(self.cell.layer, channel * places + (place + 1) % places))
        self._canvas.marking.set_window(self.cell)

    def _begin(self) -> None:
        self.play(False)
        self._known = self._canvas.showing.known
        self.cell, self._channel = self._first(), None
        self.changed.emit()

    def _first(self) -> Node | None:
        """The place at which a window begins: the first of the first map that has one."""
        network = self._canvas.network
        layers = () if network is None else network.layers
        return next((Node(i, 0) for i, layer in enumerate(layers) if layer.kind in WINDOWED), None)

    def _read(self) -> None:
        # Of a step what it has reached, not what it ends with: its sums are of the weights before.
        self._known = self._canvas.showing.known
        self.changed.emit()

    def _point(self, item: Item | None) -> None:
        network = self._canvas.network
        found = None if network is None or not isinstance(item, Node) else self._under(network, item)
        if found is not None:
            self._move(found)
        self._canvas.marking.set_window(
            found if found is not None else (self.cell if self.is_playing else None)
        )

    def _hold(self, item: Item | None) -> None:
        self._point(item)
        network = self._canvas.network
        if network is not None and isinstance(item, Node) and self._under(network, item) is not None:
            if item == self.cell and not self.is_playing:
                # The stage shows what is selected by itself.
                self._canvas.marking.set_window(None)
            self.held.emit()

    def _under(self, network: Network, node: Node) -> Node | None:
        """The cell that a window makes at a cell, or over a pixel that it reads."""
        if node.layer >= len(network.layers) or not network.shapes[node.layer].is_image:
            return None
        if network.layers[node.layer].kind in WINDOWED:
            return node
        layers = readers(network, node.layer)
        if not layers:
            return None
        channel, row, column = position(network, node)
        if self.cell is not None and self.cell.layer in layers:
            layer, own = self.cell.layer, position(network, self.cell)[0]
        else:
            layer, own = layers[0], channel if network.layers[layers[0]].kind != "conv2d" else 0
        return cell_over(network, layer, own, row, column)

    def _move(self, cell: Node | None) -> None:
        if cell == self.cell:
            return
        if cell is None or self.cell is None or cell.layer != self.cell.layer:
            self._channel = None
        self.cell = cell
        self.changed.emit()
