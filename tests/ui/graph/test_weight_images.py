"""Units that read an image show their weights as one: the right way up, each to its own scale."""

import numpy as np
import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor

from nnsim.model.layers import Dense, Input
from nnsim.model.network import Network, chain
from nnsim.model.parameters import Layout
from nnsim.ui.graph.geometry import Node
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.viewport import Viewport
from nnsim.ui.graph.weight_images import WeightImages, image_source, incoming, incoming_picture
from nnsim.ui.theme import DARK, THEMES
from tests.ui.graph.factory import HUGE, IMAGE, XOR, parameters, random_snapshot, snapshot_of

WEIGHTS = np.zeros((3, 16))
WEIGHTS[0, 1], WEIGHTS[0, 14], WEIGHTS[1, 0] = 2.0, -2.0, 0.25
LAYOUT, THETA = Layout(IMAGE), parameters(IMAGE, weight1=WEIGHTS)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_pixels_stand_where_the_input_has_them_each_unit_to_its_own_scale(theme):
    first, second, silent = WeightImages(theme).images(LAYOUT, THETA, hurried=False)[1]
    assert first.pixelColor(1, 0) == QColor(theme.positive)
    assert first.pixelColor(2, 3) == QColor(theme.negative)
    assert second.pixelColor(0, 0) == QColor(theme.positive), "0.25 is its largest"
    assert silent.pixelColor(0, 0) == QColor(theme.node_off)


def test_only_layers_that_read_nothing_but_an_image_have_them():
    assert [image_source(IMAGE, layer) for layer in range(3)] == [None, 0, None]
    skips = Network((Input((4, 4)), Dense(3, "relu"), Dense(2, "relu")), ((0, 1), (0, 2), (1, 2)))
    assert image_source(skips, 2) is None
    assert image_source(HUGE, 2) == 1, "a hidden layer drawn as an image is one"
    assert WeightImages(DARK).images(Layout(XOR), random_snapshot(XOR).parameters, hurried=False) is None
    assert WeightImages(DARK).images(LAYOUT, None, hurried=False) is None


def test_images_are_made_again_for_other_weights_but_not_for_each_of_a_stream(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("nnsim.ui.graph.weight_images.monotonic", lambda: now[0])
    images = WeightImages(DARK)
    first = images.images(LAYOUT, THETA, hurried=True)
    assert images.images(LAYOUT, THETA.copy(), hurried=False) is first, "the same weights"
    now[0] = 10.0
    other = images.images(LAYOUT, 2 * THETA + 1, hurried=True)
    assert other is not first
    assert images.images(LAYOUT, 3 * THETA, hurried=True) is other, "a moment ago will do"
    now[0] = 10.2
    later = images.images(LAYOUT, 3 * THETA, hurried=True)
    assert later is not other
    assert images.images(LAYOUT, 4 * THETA - 1, hurried=False) is not later, "at rest they are exact"


def test_weights_that_are_no_numbers_do_not_break_the_images():
    theta = THETA.copy()
    theta[:2] = np.nan, np.inf
    first = WeightImages(DARK).images(LAYOUT, theta, hurried=False)[1][0]
    assert first.pixelColor(0, 0) == QColor(DARK.node_off)
    assert first.pixelColor(2, 3) == QColor(DARK.negative)


def test_one_units_weights_and_the_picture_of_its_card():
    assert incoming(LAYOUT, THETA, Node(1, 0)).tolist() == WEIGHTS[0].reshape(4, 4).tolist()
    assert incoming(LAYOUT, THETA, Node(2, 0)) is None
    scene = Scene(IMAGE, (), (), Viewport(900, 600))
    english = QLocale("en_US")
    assert incoming_picture(DARK, scene, Node(1, 0), english) is None, "nothing computed"
    scene.show(snapshot_of(IMAGE, THETA, np.ones(16), stepped=False))
    image, caption = incoming_picture(DARK, scene, Node(1, 0), english)
    assert image.pixelColor(1, 0) == QColor(DARK.positive)
    assert caption == "full colour ±2"
    assert incoming_picture(DARK, scene, Node(0, 3), english) is None
    network = chain(Input((2,)), Dense(1))
    assert incoming(Layout(network), np.zeros(3), Node(1, 0)) is None


def test_a_unit_with_next_to_no_weight_stays_pale():
    network = chain(Input((2, 2)), Dense(2), Dense(1))
    layout = Layout(network)
    vector = np.zeros(layout.size)
    layout.view(vector, 1, "weight")[:] = ((1.0, -1.0, 0.5, 0.0), (1e-4, -1e-4, 1e-4, 0.0))
    strong, weak = WeightImages(DARK).images(layout, vector, hurried=False)[1]
    nothing = strong.pixelColor(1, 1)
    assert _distance(strong.pixelColor(0, 0), nothing) > 0.3
    assert _distance(weak.pixelColor(0, 0), nothing) < 0.02


def _distance(one, other):
    return max(abs(a - b) for a, b in zip(one.getRgbF()[:3], other.getRgbF()[:3], strict=True))
