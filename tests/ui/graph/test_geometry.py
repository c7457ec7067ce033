"""Every network finds its place: inside the viewport, left to right, nothing overlapping."""

from itertools import pairwise

import numpy as np
import pytest

from nnsim.model.layers import Dense, Input
from nnsim.model.network import chain
from nnsim.ui.graph.geometry import Node, Rect, arrange, layer_kind
from nnsim.ui.graph.viewport import Viewport
from tests.ui.graph.factory import ACCURATE, DIGITS, NETWORKS, WIDE, XOR

SIZES = [(900, 600), (560, 480), (2400, 1500), (1024, 300)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NETWORKS)
def test_all_nodes_stand_between_headings_and_legend(name, size):
    geometry = arrange(NETWORKS[name], Viewport(*size))
    width, height = size
    x, y, r = geometry.centres[:, 0], geometry.centres[:, 1], geometry.radii
    assert (x - r).min() >= 0
    assert (x + r).max() <= width
    assert (y - r).min() >= Viewport(*size).heading_room - 1e-9
    assert (y + r).max() <= height - Viewport(*size).legend_room + 1e-9


@pytest.mark.parametrize("size", [(780, 700), (560, 500), (1900, 1000)])
def test_pixels_are_whole_and_their_image_begins_at_one(size):
    plane = arrange(DIGITS, Viewport(*size)).layers[0]
    assert plane.radius * 2 == round(plane.radius * 2)
    assert (plane.rect.x, plane.rect.y) == (round(plane.rect.x), round(plane.rect.y))


def test_the_units_of_wide_layers_beside_an_image_stay_large_enough_to_show_one():
    places = arrange(ACCURATE, Viewport(780, 700)).layers
    assert [place.kind for place in places] == ["plane", "grid", "grid", "column"]
    assert places[1].radius >= 10
    assert places[0].rect.width >= 190


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NETWORKS)
def test_layers_run_left_to_right_and_nodes_keep_apart(name, size):
    places = arrange(NETWORKS[name], Viewport(*size)).layers
    for left, right in pairwise(places):
        assert left.rect.x + left.rect.width < right.rect.x
    for place in places:
        some = place.centres[:300]
        gaps = np.hypot(*(some[:, None] - some[None]).transpose(2, 0, 1))
        np.fill_diagonal(gaps, np.inf)
        assert gaps.min() >= 2 * place.radius - 1e-6


def test_a_column_is_centred_on_the_stage():
    geometry = arrange(XOR, Viewport(900, 600))
    middle = (Viewport(900, 600).heading_room + 600 - Viewport(900, 600).legend_room) / 2
    for place in geometry.layers:
        assert place.centres[:, 1].mean() == pytest.approx(middle)
    assert geometry.centres[:, 0].mean() == pytest.approx(450, abs=60)


@pytest.mark.parametrize(
    ("layer", "kind"),
    [
        (Dense(24), "column"),
        (Dense(25), "grid"),
        (Dense(1000), "grid"),
        (Dense(1001), "plane"),
        (Input((64,)), "grid"),
        (Input((65,)), "plane"),
        (Input((3, 3)), "plane"),
    ],
)
def test_size_decides_how_a_layer_is_drawn(layer, kind):
    is_input = isinstance(layer, Input)
    network = chain(layer, Dense(1)) if is_input else chain(Input((2,)), layer)
    assert layer_kind(network, 0 if is_input else 1) == kind


def test_pixels_lie_row_by_row():
    plane = arrange(DIGITS, Viewport(900, 600)).layers[0]
    assert (plane.rows, plane.columns) == (28, 28)
    step = 2 * plane.radius
    # Unit 29 of 28 columns: one row down, one column right of unit 0.
    assert plane.centres[29] - plane.centres[0] == pytest.approx([step, step])


def test_an_image_that_is_not_square_keeps_its_shape():
    plane = arrange(chain(Input((4, 10)), Dense(1)), Viewport(900, 600)).layers[0]
    assert plane.rect.width / plane.rect.height == pytest.approx(10 / 4)


def test_a_grid_holds_every_unit_once():
    place = arrange(WIDE, Viewport(900, 600)).layers[1]
    assert place.kind == "grid"
    assert place.rows * place.columns >= 200
    assert len({tuple(np.round(c, 6)) for c in place.centres}) == 200


def test_a_thousand_discs_are_still_large_enough_to_see():
    place = arrange(chain(Input((2,)), Dense(1000), Dense(1)), Viewport(900, 600)).layers[1]
    assert place.radius > 2.0


def test_nodes_are_numbered_through():
    geometry = arrange(XOR, Viewport(900, 600))
    nodes = [geometry.node(i) for i in range(7)]
    assert nodes == [Node(0, 0), Node(0, 1), Node(1, 0), Node(1, 1), Node(1, 2), Node(1, 3), Node(2, 0)]
    assert [geometry.number(node) for node in nodes] == list(range(7))
    assert geometry.span(1) == slice(2, 6)


def test_a_rectangle_holds_its_left_edge_but_not_its_right():
    rect = Rect(10, 20, 30, 40)
    assert rect.middle == (25, 40)
    assert rect.holds(10, 20)
    assert not rect.holds(40, 20)
