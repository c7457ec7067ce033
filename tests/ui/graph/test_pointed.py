"""Pointing at a node of a large network brings its own edges out."""

import numpy as np
import pytest

from nnsim.ui.graph import frames
from nnsim.ui.graph.geometry import Node
from nnsim.ui.graph.pointed import MOST_POINTED, PointedEdges, pointed_layer
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.view import View
from nnsim.ui.graph.viewport import Viewport
from tests.ui.graph.factory import ACCURATE, DIGITS, XOR, random_snapshot


def _scene(network, overlay="weight"):
    scene = Scene(network, (), (), Viewport(900, 600))
    scene.set_overlay(overlay)
    scene.show(random_snapshot(network))
    return scene, Screen(scene.geometry, scene.edges, View())


@pytest.mark.parametrize(("network", "edges"), [(DIGITS, 16), (ACCURATE, 128)])
def test_all_edges_of_a_pixel_are_drawn(network, edges):
    scene, screen = _scene(network)
    found = PointedEdges().screen(scene, screen, Node(0, 400)).edges
    assert len(found) == edges
    assert found.touching(Node(0, 400)).all()


def test_of_a_unit_that_reads_pixels_the_strongest_are_drawn():
    scene, screen = _scene(DIGITS)
    found = PointedEdges().screen(scene, screen, Node(1, 3)).edges
    assert len(found) == MOST_POINTED
    into = found.layer == 1
    strength = np.sort(np.abs(scene.layout.block(scene.snapshot.parameters, 0, 1)[3]))
    shown = np.abs(scene.snapshot.parameters[found.index[into]])
    assert shown.min() >= strength[-into.sum()]
    assert (~into).sum() == 16, "and all that leave it"


def test_small_networks_and_edges_need_none():
    scene, screen = _scene(XOR)
    assert PointedEdges().screen(scene, screen, Node(1, 0)) is None
    scene, screen = _scene(DIGITS)
    assert PointedEdges().screen(scene, screen, scene.edges.edge(0)) is None
    assert PointedEdges().screen(scene, screen, None) is None


def test_they_are_chosen_once_until_something_changes():
    scene, screen = _scene(DIGITS)
    pointed = PointedEdges()
    first = pointed.screen(scene, screen, Node(1, 3))
    assert pointed.screen(scene, screen, Node(1, 3)) is first
    assert pointed.screen(scene, screen, Node(1, 4)) is not first
    zoomed = Screen(scene.geometry, scene.edges, View(2.0))
    assert pointed.screen(scene, zoomed, Node(1, 4)).view == View(2.0)


@pytest.mark.parametrize("overlay", ["weight", "contribution", "gradient", "update"])
def test_they_show_what_the_other_edges_show(overlay):
    scene, screen = _scene(DIGITS, overlay)
    own = PointedEdges().screen(scene, screen, Node(3, 2))
    layer = pointed_layer(scene, frames.still(scene), own)
    places = {int(index): i for i, index in enumerate(scene.edges.index)}
    drawn = [(i, places[int(index)]) for i, index in enumerate(own.edges.index) if int(index) in places]
    assert len(drawn) > 5
    shares = scene.scales[overlay].shares(scene.edge_values())
    for i, j in drawn:
        assert layer.shares[i] == pytest.approx(shares[j])
