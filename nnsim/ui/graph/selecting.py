"""A widget in which nodes and edges are selected; what they look like is its subclass's."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from nnsim.model.network import Edge, Network, Node
from nnsim.ui.graph.geometry import Item
from nnsim.ui.graph.hit import walk, walk_edges
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.selection import Selection


class SelectingWidget(QWidget):
    """Holds the selection, and walks it through the network.

    Signals
    -------
    selected : Node, Edge, ChannelFocus, ParameterFocus or None
        Of several that are selected, the first; then the map, if they are all of one, and the weight of a
        filter that is meant.
    selection_changed : frozenset of (Node or Edge)
    """

    selected = Signal(object)
    selection_changed = Signal(frozenset)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = Selection()
        self._walked_to: QPointF | None = None

    @property
    def network(self) -> Network | None:
        """What is drawn."""
        raise NotImplementedError

    @property
    def screen_places(self) -> Screen | None:
        """Where everything is in the widget, None without a network."""
        raise NotImplementedError

    def position_of(self, item: Item) -> QPointF:
        """Where a node or an edge is in the widget."""
        raise NotImplementedError

    def _show_selection(self) -> None:
        """Another selection has been made."""
        raise NotImplementedError

    @property
    def selection(self) -> frozenset[Item]:
        """All that is selected."""
        return self._selection.items

    @property
    def first_selected(self) -> Item | None:
        """The node or edge that is spoken of, None if nothing is selected."""
        return self._selection.first

    def select(self, item: Item | None) -> None:
        """Select a node or edge, or nothing."""
        self._take(Selection.of(() if item is None else (item,)))

    def select_all(self, items: Iterable[Item], first: Item | None = None) -> None:
        """Select several nodes and edges."""
        self._take(Selection.of(items, first))

    def toggle(self, item: Item) -> None:
        """Select one more, or one less."""
        self._take(self._selection.toggled(item))

    def walk(self, key: Qt.Key) -> None:
        """Where an arrow key leads: to another neuron, or along the edges that are being walked."""
        network, screen = self.network, self.screen_places
        if network is None or screen is None:
            return
        at, anchor = self._selection.first, self._selection.anchor
        if isinstance(at, Edge) and anchor is not None and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            edges = walk_edges(screen.edges, anchor)
            place = edges.index(at) + (1 if key == Qt.Key.Key_Down else -1) if at in edges else 0
            self._walk_to(edges[min(max(place, 0), len(edges) - 1)], anchor)
        else:
            self._walk_to(walk(network, at, key))

    def walk_into_edges(self) -> None:
        """Go from the selected node to its first edge; from there the arrow keys walk its edges."""
        node, screen = self._selection.first, self.screen_places
        if isinstance(node, Node) and screen is not None:
            edges = walk_edges(screen.edges, node)
            if edges:
                self._walk_to(edges[0], node)

    def extend(self, key: Qt.Key) -> None:
        """Walk to the next neuron and select it in addition."""
        if self.network is not None:
            item = walk(self.network, self._selection.first, key)
            self._take(Selection.of(self._selection.items | {item}, item))
            self._walked_to = self.position_of(item)

    def _walk_to(self, item: Item, anchor: Node | None = None) -> None:
        self._take(Selection.of((item,), item, anchor))
        self._walked_to = self.position_of(item)
        self.update()

    def _take(self, selection: Selection) -> None:
        before, self._selection = self._selection, selection
        if selection == before:
            return
        if selection.first != before.first:
            self._walked_to = None
        self._show_selection()
        if selection.first != before.first:
            self.selected.emit(selection.first)
        if selection.items != before.items:
            self.selection_changed.emit(selection.items)
