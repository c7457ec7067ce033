"""Offsets move what they name and nothing else, and the view of everything holds it."""

import numpy as np
import pytest

from nnsim.model.arrangement import WHOLE
from nnsim.ui.graph import curves, edges
from nnsim.ui.graph.arranged import arranged, view_of_all
from nnsim.ui.graph.geometry import Node, arrange
from nnsim.ui.graph.hit import node_at
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.view import View
from nnsim.ui.graph.viewport import Viewport
from tests.ui.graph.factory import ACCURATE, DIGITS, NETWORKS, SKIP, XOR

SIZE = (900, 600)


@pytest.mark.parametrize("name", NETWORKS)
def test_without_offsets_nothing_changes_and_all_is_in_sight(name):
    for size in (SIZE, (560, 480), (2400, 1500)):
        geometry = arrange(NETWORKS[name], Viewport(*size))
        assert arranged(geometry, ()) is geometry
        assert view_of_all(geometry) == View()


def test_a_layer_takes_its_units_along_and_a_unit_goes_farther():
    plain = arrange(XOR, Viewport(*SIZE))
    geometry = arranged(plain, ((1, WHOLE, 10.0, 5.0), (1, 2, 1.0, -2.0)))
    shift = np.zeros_like(plain.centres)
    shift[2:6] = 10.0, 5.0
    shift[4] += 1.0, -2.0
    assert geometry.centres - plain.centres == pytest.approx(shift)
    assert geometry.layers[1].rect.x - plain.layers[1].rect.x == pytest.approx(10.0)
    assert np.array_equal(np.concatenate([place.centres for place in geometry.layers]), geometry.centres)


def test_pixels_and_grids_do_not_come_apart():
    plain = arrange(ACCURATE, Viewport(*SIZE))
    geometry = arranged(plain, ((0, 5, 9.0, 9.0), (1, 7, 9.0, 9.0), (0, WHOLE, 3.4, 0.2)))
    assert np.array_equal(geometry.layers[1].centres, plain.layers[1].centres)
    assert geometry.layers[0].centres - plain.layers[0].centres == pytest.approx(np.array([[3.0, 0.0]] * 784))


@pytest.mark.parametrize("by", [(-700.0, 0.0), (5_000.0, -10_000.0), (0.0, 400.0)])
def test_the_view_of_all_holds_what_went_far(by):
    geometry = arranged(arrange(DIGITS, Viewport(*SIZE)), ((1, 3, *by),))
    view = view_of_all(geometry)
    at, reach = view.to_screen(geometry.centres), geometry.radii[:, None] * view.scale
    assert view.scale < 1.0
    assert (at - reach).min() >= 0
    assert ((at + reach) <= SIZE).all()


def test_beside_the_classes_there_is_room_for_what_they_say():
    plain = arrange(DIGITS, Viewport(*SIZE))
    room = SIZE[0] - float(plain.centres[-1, 0] + plain.radii[-1])
    assert view_of_all(arranged(plain, ((3, 9, room - 20.0, 0.0),))).scale < 1.0


def test_of_what_lies_on_top_of_each_other_the_upper_is_hit():
    plain = arrange(DIGITS, Viewport(*SIZE))
    to = plain.layers[0].rect.middle - plain.centres[plain.number(Node(1, 0))]
    scene = Scene(DIGITS, (), (), Viewport(*SIZE), ((1, 0, *to.tolist()),))
    screen = Screen(scene.geometry, scene.edges, View())
    assert node_at(screen, *plain.layers[0].rect.middle) == Node(1, 0)


@pytest.mark.parametrize("dx", [-900.0, -300.0, 0.0, 300.0, 900.0])
@pytest.mark.parametrize("layer", [0, 1, 2])
def test_edges_have_a_way_wherever_their_ends_are(layer, dx):
    scene = Scene(SKIP, (), (), Viewport(*SIZE))
    chosen = edges.choose(scene.layout, "weight", None)
    geometry = arranged(scene.geometry, ((layer, WHOLE, dx, 0.0),))
    controls = curves.controls(geometry, chosen)
    assert np.isfinite(controls).all()
    assert (controls[:, 1, 0] >= controls[:, 0, 0]).all(), "they leave to the right"
    assert (controls[:, 2, 0] <= controls[:, 3, 0]).all(), "they arrive from the left"


def test_two_layers_at_the_same_place_across_are_drawn_without_a_warning():
    scene = Scene(SKIP, (), (), Viewport(*SIZE))
    places = scene.geometry.layers
    across = places[-1].rect.middle[0] - places[0].rect.middle[0]
    geometry = arranged(scene.geometry, ((0, WHOLE, across, 0.0),))
    assert np.isfinite(curves.controls(geometry, scene.edges)).all()
