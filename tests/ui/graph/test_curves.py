"""Edges run from rim to rim, and around what stands between."""

import numpy as np
import pytest

from nnsim.model.parameters import Layout
from nnsim.ui.graph import curves
from nnsim.ui.graph.edges import choose
from nnsim.ui.graph.geometry import arrange
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.view import View
from nnsim.ui.graph.viewport import Viewport
from tests.ui.graph.factory import DIGITS, SKIP, XOR


def _curves(network, size=(900, 600)):
    geometry = arrange(network, Viewport(*size))
    edges = choose(Layout(network), "weight", None)
    return geometry, edges, curves.controls(geometry, edges)


def test_edges_join_the_rims_of_their_nodes():
    geometry, edges, found = _curves(XOR)
    assert found[:, 0, 0] == pytest.approx(geometry.centres[edges.source, 0] + geometry.radii[edges.source])
    assert found[:, 3, 0] == pytest.approx(geometry.centres[edges.target, 0] - geometry.radii[edges.target])
    assert found[:, 0, 1] == pytest.approx(geometry.centres[edges.source, 1])
    assert found[:, 1, 1] == pytest.approx(found[:, 0, 1]), "leaves horizontally"


def test_edges_leave_an_image_from_the_middle_of_the_pixel():
    geometry, edges, found = _curves(DIGITS)
    mine = edges.source_layer == 0
    assert found[mine, 0] == pytest.approx(geometry.centres[edges.source[mine]])


def test_what_runs_beneath_the_image_is_not_drawn():
    geometry, edges, _ = _curves(DIGITS)
    screen = Screen(geometry, edges, View(1.5, 20.0, 10.0))
    box = screen.rect(geometry.layers[0])
    middles = (screen.segments[..., :2] + screen.segments[..., 2:]) / 2
    seen = middles[screen.shown]
    beneath = middles[~screen.shown]
    assert 0 < len(beneath) < len(seen)
    assert ((beneath >= (box.x, box.y)) & (beneath <= (box.x + box.width, box.y + box.height))).all()
    assert screen.shown[edges.source_layer > 0].all()


@pytest.mark.parametrize("size", [(900, 600), (560, 480), (1600, 700)])
def test_skip_connections_pass_over_no_node(size):
    geometry, edges, found = _curves(SKIP, size)
    points = curves.sample(found, 200)
    for i in np.flatnonzero(edges.layer - edges.source_layer > 1):
        for place in geometry.layers[edges.source_layer[i] + 1 : edges.layer[i]]:
            gaps = np.hypot(*(points[i][:, None] - place.centres[None]).transpose(2, 0, 1))
            assert gaps.min() > place.radius


def test_skip_connections_stay_between_headings_and_legend():
    _, _, found = _curves(SKIP)
    y = curves.sample(found, 50)[..., 1]
    assert y.min() > Viewport(900, 600).heading_room
    assert y.max() < 600 - Viewport(900, 600).legend_room


def test_a_point_on_a_curve_by_hand():
    # (1-t)³, 3(1-t)²t, 3(1-t)t², t³ at t = ½: 1/8, 3/8, 3/8, 1/8.
    curve = np.array([[[0.0, 0.0], [8.0, 0.0], [8.0, 8.0], [16.0, 8.0]]])
    assert curves.at(curve, np.array([0.5]))[0] == pytest.approx([3 + 3 + 2, 3 + 1])
    assert curves.sample(curve, 2)[0] == pytest.approx(np.array([[0, 0], [8, 4], [16, 8]]))


def test_distance_is_to_the_segments_and_their_ends():
    lines = np.array([[[0.0, 0.0], [10.0, 0.0]], [[0.0, 5.0], [0.0, 5.0]]])
    assert curves.distances(lines, 4.0, 3.0) == pytest.approx([3.0, np.hypot(4, 2)])
    assert curves.distances(lines, 13.0, 4.0)[0] == pytest.approx(5.0)
