"""The legend says what is drawn, to what scale, and what is not there yet."""

import numpy as np
import pytest
from PySide6.QtCore import QLocale

from nnsim.model.layers import Dense, Input
from nnsim.model.network import chain
from nnsim.ui.graph import frames, legend
from nnsim.ui.graph.animation import Timeline
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import CROWD
from nnsim.ui.graph.viewport import Viewport
from tests.ui.graph.factory import ACCURATE, DIGITS, XOR, parameters, random_snapshot, snapshot_of

NETWORK = chain(Input((2,)), Dense(1, "identity", bias=False))


def _texts(scene, frame=None, glyphs=False, faces=False):
    shown = legend.entries(scene, frame or frames.still(scene), glyphs, faces, 6.0, QLocale("en_US"))
    return [entry.text for entry in shown]


def _scene(network=NETWORK, overlay="weight", snapshot=None):
    scene = Scene(network, (), (), Viewport(900, 600))
    scene.set_overlay(overlay)
    scene.show(snapshot)
    return scene


def _snapshot(stepped=True):
    theta = parameters(NETWORK, weight1=[[2.4, -1]])
    return snapshot_of(NETWORK, theta, np.array([0.5, 0.0]), stepped=stepped)


def test_the_thickest_edge_is_stated_in_numbers():
    texts = _texts(_scene(snapshot=_snapshot(stepped=False)))
    # 2.4 rounds up to 3; the activations 0.5 and 2.4·0.5 = 1.2 to 0.5 and 1.5.
    assert texts == [
        "positive weight",
        "negative weight",
        "thickest: |w| = 3",
        "activation, brightest = 0.5 · 1.5 by layer",
        "negative activation",
    ]


@pytest.mark.parametrize(("overlay", "words"), [("gradient", "no gradient yet"), ("update", "no update yet")])
def test_before_a_step_there_is_no_gradient_rather_than_zero(overlay, words):
    texts = _texts(_scene(overlay=overlay, snapshot=_snapshot(stepped=False)))
    assert texts[0] == words
    assert not any("∂L/∂w" in text or "Δw" in text for text in texts)


def test_before_any_value_nothing_is_claimed():
    assert _texts(_scene()) == ["no weights yet"]


def test_signs_of_a_gradient_and_an_update_are_dashes_where_a_dash_can_be_seen():
    for overlay in ("gradient", "update"):
        assert f"negative {overlay}" in _texts(_scene(overlay=overlay, snapshot=_snapshot()))
        crowd = _scene(DIGITS, overlay, random_snapshot(DIGITS))
        crowd.set_all_edges(True)
        assert len(crowd.edges) > CROWD
        assert f"negative {overlay}" not in _texts(crowd)
        assert f"negative {overlay}" in _texts(crowd, glyphs=True)


def test_bias_and_heat_maps_are_explained_where_they_are_drawn():
    assert "bias, by length" not in _texts(_scene(snapshot=_snapshot()))
    assert "bias, by length" in _texts(_scene(XOR, snapshot=random_snapshot(XOR)))
    assert "high over the inputs" in _texts(_scene(snapshot=_snapshot()), faces=True)


def test_what_travels_is_explained_while_it_travels():
    scene, step = _scene(XOR, snapshot=random_snapshot(XOR)), random_snapshot(XOR)
    line = Timeline(3, 6.8)
    said = {at: " ".join(_texts(scene, frames.moment_of(scene, step, line.at(at)))) for at in (0.5, 3.5, 5.7)}
    assert "light: |w·x|" in said[0.5]
    assert "light: |∂L/∂w|" in said[3.5]
    assert "|Δw|" in said[5.7]


def test_entries_flow_and_groups_part_only_where_it_is_free():
    gap = legend.GAP
    assert legend.flow([10, 10], [0, 1], 100) == [(0, 0), (10 + gap, 0)]
    # Two lines either way: the second group gets its own.
    assert legend.flow([30, 30, 30], [0, 1, 1], 2 * 30 + gap) == [(0, 0), (0, 1), (30 + gap, 1)]
    # A line more: no.
    assert legend.flow([30, 30, 30, 30], [0, 1, 1, 1], 2 * 30 + gap)[1] == (30 + gap, 0)


def test_images_inside_the_nodes_and_folded_layers_are_explained():
    image = _texts(_scene(DIGITS, snapshot=random_snapshot(DIGITS)))
    assert "inside: weights from the pixels, each at its own scale" in image
    assert "wide layers in several columns" not in image
    assert "wide layers in several columns" in _texts(_scene(ACCURATE, snapshot=random_snapshot(ACCURATE)))
    assert not any("inside" in text for text in _texts(_scene(DIGITS))), "nothing is computed"
    assert not any("inside" in text for text in _texts(_scene(XOR, snapshot=random_snapshot(XOR))))


def test_a_short_legend_says_the_same_signs_in_fewer_words():
    scene = _scene(ACCURATE, snapshot=random_snapshot(ACCURATE))
    whole = legend.entries(scene, frames.still(scene), False, False, 6.0, QLocale("en_US"))
    short = legend.shortened(whole)
    texts = [entry.text for entry in short]
    assert texts[:2] == ["w > 0", "w < 0"]
    assert "wide layers in several columns" not in texts
    assert {entry.glyph for entry in short} == {entry.glyph for entry in whole}
    # What is short says elsewhere what it is short for.
    assert {entry.whole for entry in short if entry.whole} <= {entry.text for entry in whole}
    assert short[0].whole == "positive weight"


def test_light_of_one_kind_has_room_kept_and_not_of_two():
    scene, step = _scene(XOR, snapshot=random_snapshot(XOR)), random_snapshot(XOR)
    frame = frames.moment_of(scene, step, Timeline(3, 6.8).at(0.5))
    shown = legend.entries(scene, frame, False, False, 6.0, QLocale("en_US"))
    assert [e.role for e in legend.with_light(shown, QLocale("en_US")) if e.travels] == ["gradient"]
