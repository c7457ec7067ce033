"""Which nodes and edges are selected on the stage, and how keys walk from one to the next."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from nnsim.lesson.focus import ChannelFocus
from nnsim.model.network import Edge, Node
from nnsim.ui.graph.geometry import Item
from nnsim.ui.graph.hit import walk
from nnsim.ui.graph.selection import Selection
from nnsim.ui.graph.showing import Showing
from nnsim.ui.graph.views.pointed_filter import cells_of


class Selector(QObject):
    """Holds the selection, and walks it through the network.

    Parameters
    ----------
    showing : Showing
        Through whose network it walks.
    parent : QObject, optional

    Attributes
    ----------
    selection : Selection
    walked_to : QPointF or None
        Where in the widget that is which keys have walked to.

    Signals
    -------
    taken
        Another selection has been made: before anybody else is told.
    selected : Node, Edge, ChannelFocus, ParameterFocus or None
        Of several that are selected, the first; then the map, if they are all of one, and the weight of a
        filter that is meant.
    selection_changed : frozenset of (Node or Edge)
    """

    taken = Signal()
    selected = Signal(object)
    selection_changed = Signal(frozenset)

    def __init__(self, showing: Showing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._showing = showing
        self.selection = Selection()
        self.walked_to: QPointF | None = None

    @property
    def first(self) -> Item | None:
        """The node or edge that is spoken of, None if nothing is selected."""
        return self.selection.first

    def select(self, item: Item | None) -> None:
        """Select a node or edge, or nothing."""
        self.take(Selection.of(() if item is None else (item,)))

    def select_edge(self, edge: Edge) -> None:
        """Select an edge of the cell that is meant, whose other edges stay in sight."""
        focus = self.selection.focus
        ends = Node(edge.source_layer, edge.source_unit), Node(edge.layer, edge.unit)
        self.take(Selection.of((edge,), edge, focus if focus in ends else None))

    def select_all(self, items: Iterable[Item], first: Item | None = None) -> None:
        """Select several nodes and edges."""
        self.take(Selection.of(items, first))

    def select_channel(self, layer: int, channel: int) -> None:
        """Select all of a map, and so the filter that makes it."""
        if self._showing.scene is not None:
            cells = cells_of(self._showing.scene.network, layer, channel)
            self.select_all(cells, cells[0])
            self.selected.emit(ChannelFocus(layer, channel))

    def toggle(self, item: Item) -> None:
        """Select one more, or one less."""
        self.take(self.selection.toggled(item))

    def walk(self, key: Qt.Key) -> None:
        """Where an arrow key leads: to another neuron, or along the edges that are being walked."""
        if self._showing.scene is None:
            return
        at, anchor = self.selection.first, self.selection.anchor
        if isinstance(at, Edge) and anchor is not None and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            edges = self._showing.edges_about(anchor)
            place = edges.index(at) + (1 if key == Qt.Key.Key_Down else -1) if at in edges else 0
            self._walk_to(edges[min(max(place, 0), len(edges) - 1)], anchor)
        else:
            self._walk_to(walk(self._showing.scene.network, at, key))

    def walk_into_edges(self) -> None:
        """Go from the selected node to its first edge; from there the arrow keys walk its edges."""
        node = self.selection.first
        if isinstance(node, Node) and self._showing.scene is not None:
            edges = self._showing.edges_about(node)
            if edges:
                self._walk_to(edges[0], node)

    def extend(self, key: Qt.Key) -> None:
        """Walk to the next neuron and select it in addition."""
        if self._showing.scene is not None:
            item = walk(self._showing.scene.network, self.selection.first, key)
            self.take(Selection.of(self.selection.items | {item}, item))
            self._stand_at(item)

    def _walk_to(self, item: Item, anchor: Node | None = None) -> None:
        self.take(Selection.of((item,), item, anchor))
        self._stand_at(item)
        self._showing.changed.emit()

    def _stand_at(self, item: Item) -> None:
        self.walked_to = self._showing.place_of(item, self.selection.anchor)

    def take(self, selection: Selection) -> None:
        """Make another selection, and say so."""
        before, self.selection = self.selection, selection
        if selection == before:
            return
        if selection.first != before.first:
            self.walked_to = None
        self.taken.emit()
        if selection.first != before.first:
            self.selected.emit(selection.first)
        if selection.items != before.items:
            self.selection_changed.emit(selection.items)
