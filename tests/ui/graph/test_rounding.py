"""What is nothing but rounding is never drawn as strong."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QLocale

from nnsim.model.layers import Dense, Input
from nnsim.model.network import chain
from nnsim.ui.graph import frames, legend
from nnsim.ui.graph.animation import Timeline
from nnsim.ui.graph.edges import OVERLAYS
from nnsim.ui.graph.scales import LEVELS, levels
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.viewport import Viewport
from tests.ui.graph.factory import XOR, parameters, random_snapshot, snapshot_of

PERCEPTRON = chain(Input((2,)), Dense(1, "sigmoid"))
NOISE = 1.5e-8


def shown(network, snapshot, overlay="weight"):
    scene = Scene(network, (), (), Viewport(900, 600))
    scene.set_overlay(overlay)
    scene.show(snapshot)
    return scene


def strengths(scene):
    return levels(frames.still(scene).edges[0].shares).tolist()


def thickest(scene):
    texts = [e.text for e in legend.entries(scene, frames.still(scene), False, False, 6.0, QLocale("en_US"))]
    return next(text for text in texts if text.startswith("thickest"))


def noisy():
    """A perceptron whose weights have come back to 0, but for rounding."""
    theta = parameters(PERCEPTRON, weight1=[[NOISE, -NOISE / 5]], bias1=[-NOISE / 10])
    return snapshot_of(PERCEPTRON, theta, np.array([1.0, 1.0]), stepped=False)


def test_weights_of_rounding_alone_are_hairs_and_the_legend_says_their_scale():
    scene = shown(PERCEPTRON, noisy())
    assert strengths(scene) == [1, -1]
    assert thickest(scene) == "thickest: |w| = 3 · 10⁻⁶"


def test_weights_that_mean_something_fill_the_scale():
    theta = parameters(PERCEPTRON, weight1=[[1e-4, -5e-5]])
    scene = shown(PERCEPTRON, snapshot_of(PERCEPTRON, theta, np.array([1.0, 1.0]), stepped=False))
    assert strengths(scene) == [LEVELS, -LEVELS // 2]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_one_rounding_error_is_a_hair_in_every_overlay(overlay):
    snapshot = random_snapshot(XOR)
    size = np.full(len(snapshot.parameters), NOISE)
    vectors = {"gradient": "last_gradient", "update": "last_update"}
    name = vectors.get(overlay, "parameters")
    scene = shown(XOR, replace(snapshot, **{name: size}), overlay)
    assert set(strengths(scene)) == {1}
    # What was there before it came down to rounding is no longer the scale.
    scene.show(snapshot)
    assert max(map(abs, strengths(scene))) > LEVELS // 2


def test_an_error_of_rounding_has_no_ring():
    snapshot = random_snapshot(XOR)
    deltas = tuple(None if d is None else np.full_like(d, NOISE) for d in snapshot.before.deltas)
    step = replace(snapshot, before=replace(snapshot.before, deltas=deltas))
    scene = shown(XOR, step)
    moment = replace(Timeline(len(XOR.layers), 1.0).at(0.0), phase="update")
    found = frames._deltas(scene, step.before, moment)
    assert all(share is None or share.max() <= 1 / LEVELS for share in found)


def test_targets_of_a_regression_say_how_large_its_numbers_are():
    network = chain(Input((2,)), Dense(1, "identity", bias=False))
    theta = parameters(network, weight1=[[NOISE, NOISE]])
    snapshot = snapshot_of(network, theta, np.array([1.0, 1.0]), stepped=False)
    probe = replace(snapshot.probe, y=np.array([2.0]))
    assert strengths(shown(network, replace(snapshot, probe=probe))) == [1, 1]
