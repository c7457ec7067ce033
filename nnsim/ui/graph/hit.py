"""What lies under the pointer, and where the arrow keys lead."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt

from nnsim.model.network import Edge, Network
from nnsim.ui.graph import curves
from nnsim.ui.graph.edges import EdgeSet
from nnsim.ui.graph.geometry import Item, Node, is_mixed
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.views import walking

REACH = 7.0
"""Distance in pixels within which an edge counts as hit, however thin it is."""
SLACK = 3.0


def item_at(screen: Screen, x: float, y: float) -> Item | None:
    """The node, else the edge, at a point of the widget."""
    return node_at(screen, x, y) or edge_at(screen, x, y)


def node_at(screen: Screen, x: float, y: float) -> Node | None:
    """The node at a point."""
    # What was moved over something else lies above it: later layers are painted later.
    for layer, place in reversed(list(enumerate(screen.geometry.layers))):
        if place.sheet is not None:
            found = place.sheet.cell_at(*screen.view.to_world(x, y))
            if found is not None:
                return Node(layer, found)
            continue
        if place.is_plane:
            box = screen.rect(place)
            if box.holds(x, y):
                column = int((x - box.x) / box.width * place.columns)
                unit = int((y - box.y) / box.height * place.rows) * place.columns + column
                return Node(layer, unit) if unit < len(place.centres) else None
            continue
        span = screen.geometry.span(layer)
        gaps = np.hypot(*(screen.centres[span] - (x, y)).T)
        nearest = int(gaps.argmin())
        if gaps[nearest] <= screen.radii[span.start] + SLACK:
            return Node(layer, nearest)
    return None


def place_of(screen: Screen, item: Item) -> tuple[float, float]:
    """Where a node, or the middle of a drawn edge, is in the widget; of another edge, between its ends."""
    if isinstance(item, Node):
        x, y = screen.centres[screen.geometry.number(item)].tolist()
        return x, y
    drawn = np.flatnonzero(screen.edges.touching(item))
    if not len(drawn):
        ends = Node(item.source_layer, item.source_unit), Node(item.layer, item.unit)
        (x0, y0), (x1, y1) = (place_of(screen, end) for end in ends)
        return (x0 + x1) / 2, (y0 + y1) / 2
    (middle,) = screen.polylines_of(drawn[:1])
    x, y = middle[len(middle) // 2].tolist()
    return x, y


def edge_at(screen: Screen, x: float, y: float) -> Edge | None:
    """The nearest edge within reach of a point."""
    if not len(screen.edges):
        return None
    low, high = screen.extents
    near = np.flatnonzero(((low <= (x + REACH, y + REACH)) & (high >= (x - REACH, y - REACH))).all(axis=1))
    # Most of a crowd pass by at a distance: the costly measuring is for the others.
    points = screen.polylines_of(near)
    first, last = points[:, :-1], points[:, 1:]
    low, high = np.minimum(first, last) - REACH, np.maximum(first, last) + REACH
    close = np.any(np.all((low <= (x, y)) & (high >= (x, y)), axis=2), axis=1)
    if not close.any():
        return None
    near, gaps = near[close], curves.distances(points[close], x, y)
    nearest = int(gaps.argmin())
    return screen.edges.edge(int(near[nearest])) if gaps[nearest] <= REACH else None


_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
WALKING_KEYS = frozenset(_STEPS)
HOPPING_KEYS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
"""Keys that lead to the same place in the layer before, and in the next."""


def walk(network: Network, at: Item | None, key: Qt.Key) -> Node:
    """The neuron that an arrow key leads to: left and right by layers, up and down by units.

    In a picture it is the next pixel; page keys lead to the layer before or the next. From nothing it
    leads to the first input, from an edge to the end that lies in that direction.
    """
    if at is None:
        return Node(0, 0)
    if key in HOPPING_KEYS:
        end = at if isinstance(at, Node) else Node(at.layer, at.unit)
        return walking.hop(network, end, HOPPING_KEYS[key])
    layers, units = _STEPS[key]
    if not isinstance(at, Node):
        return Node(at.source_layer, at.source_unit) if layers + units < 0 else Node(at.layer, at.unit)
    if is_mixed(network):
        if walking.is_picture(network, at.layer):
            return walking.step(network, at, layers, units)
        if layers:
            return walking.hop(network, at, layers, enters=True)
    layer = min(max(at.layer + layers, 0), len(network.layers) - 1)
    last = network.units(layer) - 1
    if layers:
        before = network.units(at.layer) - 1
        unit = round(at.unit * last / before) if before else last // 2
        return Node(layer, unit if layer != at.layer else at.unit)
    return Node(layer, min(max(at.unit + units, 0), last))


def walk_edges(edges: EdgeSet, node: Node) -> list[Edge]:
    """The drawn edges of a node in the order in which arrow keys walk them: those that enter it first."""
    found = [edges.edge(i) for i in np.flatnonzero(edges.touching(node)).tolist()]
    return sorted(found, key=lambda edge: (edge.layer != node.layer, edge))


def exists(network: Network, item: Item) -> bool:
    """Whether a network has that node or edge."""
    if isinstance(item, Edge):
        ends = (Node(item.source_layer, item.source_unit), Node(item.layer, item.unit))
        connected = (item.source_layer, item.layer) in network.connections
        return connected and item not in network.removed_edges and all(exists(network, n) for n in ends)
    return item.layer < len(network.layers) and item.unit < network.units(item.layer)
