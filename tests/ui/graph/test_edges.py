"""Which edges are drawn, and what they show."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.model.network import Edge
from nnsim.model.parameters import Layout
from nnsim.ui.graph.edges import choose, edge_values
from nnsim.ui.graph.geometry import Node
from tests.ui.graph.factory import DIGITS, SKIP, XOR, parameters, random_snapshot, snapshot_of


def test_a_small_network_shows_every_edge_and_knows_its_weight():
    layout, snapshot = Layout(SKIP), random_snapshot(SKIP)
    edges = choose(layout, "weight", snapshot)
    assert len(edges) == edges.total == 2 * 4 + 2 * 2 + 4 * 3 + 4 * 2 + 3 * 2
    for i in range(len(edges)):
        assert edges.index[i] == layout.edge_index(edges.edge(i))


def test_removed_edges_are_neither_drawn_nor_counted():
    gone = Edge(0, 1, 1, 2)
    edges = choose(Layout(replace(XOR, removed_edges=frozenset({gone}))), "weight", None)
    assert edges.total == len(edges) == 11
    assert gone not in [edges.edge(i) for i in range(len(edges))]


def test_a_large_network_shows_the_strongest_of_each_connection():
    layout, snapshot = Layout(DIGITS), random_snapshot(DIGITS)
    edges = choose(layout, "weight", snapshot, most=700)
    # 160 and 256 fit whole into equal shares (233, then 270); 284 remain for the pixels' 12,544.
    assert [int((edges.layer == layer).sum()) for layer in (1, 2, 3)] == [284, 256, 160]
    assert edges.total == 12_960
    strength = np.sort(np.abs(layout.block(snapshot.parameters, 0, 1)).ravel())[-284:]
    shown = np.abs(edge_values(edges, "weight", snapshot)[edges.layer == 1])
    assert np.sort(shown) == pytest.approx(strength)


def test_strongest_is_meant_in_what_is_shown():
    snapshot = random_snapshot(DIGITS)
    layout = Layout(DIGITS)
    edges = choose(layout, "contribution", snapshot)
    product = np.abs(layout.block(snapshot.parameters, 0, 1) * snapshot.probe.activations[0])
    shown = np.abs(edge_values(edges, "contribution", snapshot)[edges.layer == 1])
    assert np.sort(shown) == pytest.approx(np.sort(product.ravel())[-284:])


def test_edges_of_a_selected_node_come_first():
    edges = choose(Layout(DIGITS), "weight", random_snapshot(DIGITS), most=250, focus=Node(1, 3))
    assert edges.touching(Node(1, 3)).all()
    assert edges.among == 784 + 16
    assert len(edges) == 250


def test_edges_that_show_nothing_do_not_take_the_place_of_strong_ones():
    theta = np.zeros(Layout(DIGITS).size)
    layout = Layout(DIGITS)
    theta[layout.edge_index(Edge(0, 400, 1, 7))] = 0.5
    edges = choose(layout, "weight", snapshot_of(DIGITS, theta, np.ones(784), stepped=False))
    assert [edges.edge(i) for i in np.flatnonzero(edges.layer == 1)] == [Edge(0, 400, 1, 7)]


def test_values_of_each_overlay_by_hand():
    # x = (2, 1), w = (3, -1), identity, L = ½a²: a = 5, ∂L/∂w = a·x = (10, 5), Δw = -0.1 of it.
    network = replace(XOR, layers=(XOR.layers[0], replace(XOR.dense(2), activation="identity")))
    network = replace(network, connections=((0, 1),))
    theta = parameters(network, weight1=[[3, -1]])
    snapshot = snapshot_of(network, theta, np.array([2.0, 1.0]), rate=0.1)
    edges = choose(Layout(network), "weight", snapshot)
    shown = {
        name: edge_values(edges, name, snapshot) for name in ("weight", "contribution", "gradient", "update")
    }
    assert shown["gradient"] == pytest.approx([10, 5])
    assert shown["update"] == pytest.approx([-1, -0.5])
    assert shown["weight"] == pytest.approx([2, -1.5])
    assert shown["contribution"] == pytest.approx([4, -1.5])


@pytest.mark.parametrize("overlay", ["gradient", "update"])
def test_what_is_not_computed_is_absent(overlay):
    snapshot = random_snapshot(XOR, stepped=False)
    edges = choose(Layout(XOR), overlay, snapshot)
    assert len(edges) == 12
    assert edge_values(edges, overlay, snapshot) is None
    assert edge_values(edges, "weight", None) is None


def test_edges_that_touch_a_node_or_are_the_edge():
    edges = choose(Layout(XOR), "weight", None)
    assert edges.touching(Node(1, 2)).sum() == 3
    assert edges.touching(Node(2, 0)).sum() == 4
    assert [edges.edge(i) for i in np.flatnonzero(edges.touching(Edge(0, 1, 1, 3)))] == [Edge(0, 1, 1, 3)]
