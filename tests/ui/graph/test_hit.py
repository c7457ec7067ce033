"""What lies under the pointer, and where the arrow keys lead."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnsim.model.network import Edge
from nnsim.model.parameters import Layout
from nnsim.ui.graph.edges import choose
from nnsim.ui.graph.geometry import Node, arrange
from nnsim.ui.graph.hit import REACH, item_at, walk
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.view import View
from nnsim.ui.graph.viewport import Viewport
from tests.ui.graph.factory import DIGITS, WIDE, XOR

VIEWS = [View(), View(2.5, -300, -200)]


def _screen(network, view=VIEWS[0]):
    return Screen(arrange(network, Viewport(900, 600)), choose(Layout(network), "weight", None), view)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("network", [XOR, DIGITS, WIDE], ids=["xor", "digits", "wide"])
def test_every_node_is_hit_at_its_centre(network, view):
    screen = _screen(network, view)
    for number in range(0, len(screen.radii), 7):
        x, y = screen.centres[number]
        assert item_at(screen, x, y) == screen.geometry.node(number)


def test_an_edge_is_hit_a_little_beside_it_but_not_far_from_it():
    screen = _screen(XOR)
    i = int(np.flatnonzero(screen.edges.touching(Edge(0, 0, 1, 0)))[0])
    x, y = screen.polylines[i][len(screen.polylines[i]) // 3]
    assert item_at(screen, x, y - REACH + 2) == Edge(0, 0, 1, 0)
    assert item_at(screen, x, y - REACH - 40) is None


def test_a_node_hides_the_edges_that_end_in_it():
    screen = _screen(XOR)
    x, y = screen.centres[2]
    assert item_at(screen, x - screen.radii[2] + 1, y) == Node(1, 0)


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        (None, Qt.Key.Key_Right, Node(0, 0)),
        (Node(0, 0), Qt.Key.Key_Down, Node(0, 1)),
        (Node(0, 1), Qt.Key.Key_Down, Node(0, 1)),
        (Node(0, 0), Qt.Key.Key_Up, Node(0, 0)),
        (Node(0, 1), Qt.Key.Key_Right, Node(1, 3)),
        (Node(1, 3), Qt.Key.Key_Right, Node(2, 0)),
        (Node(2, 0), Qt.Key.Key_Right, Node(2, 0)),
        (Node(2, 0), Qt.Key.Key_Left, Node(1, 1)),
        (Edge(0, 1, 1, 2), Qt.Key.Key_Left, Node(0, 1)),
        (Edge(0, 1, 1, 2), Qt.Key.Key_Right, Node(1, 2)),
    ],
)
def test_arrow_keys_walk_the_network(start, key, end):
    assert walk(XOR, start, key) == end


def test_what_lies_under_the_pointer_is_found_without_measuring_a_whole_crowd():
    screen = _screen(DIGITS)
    assert len(screen.edges) > 500
    i = len(screen.edges) // 2
    x, y = Screen(screen.geometry, screen.edges, screen.view).polylines[i][6]
    assert item_at(screen, x, y) is not None
    assert not {"polylines", "segments"} & vars(screen).keys()
