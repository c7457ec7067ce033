"""The nudge agrees with the gradient, and says honestly where it does not."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.data.load import load
from nnsim.data.scenes import find_scene
from nnsim.engine.trainer import Trainer
from nnsim.lesson.nudge import nudge
from nnsim.lesson.trace import trace
from nnsim.model.network import Edge


def traced(name: str, l2: float = 0.0, removed: Edge | None = None):
    document = find_scene(name).document
    network = document.network
    if removed is not None:
        network = replace(network, removed_edges=frozenset({removed}))
    document = replace(document, network=network, training=replace(document.training, l2=l2))
    dataset = load(document.data, document.training)
    state = Trainer(document, dataset, engine="reference").state
    return trace(document, state, dataset.x, dataset.y)


@pytest.mark.parametrize("l2", [0.0, 0.1])
@pytest.mark.parametrize("name", ["xor", "scratch", "curve"])
def test_a_tiny_nudge_does_what_the_gradient_foretells(name, l2):
    found = traced(name, l2)
    for edge in (Edge(0, 0, 1, 0), Edge(1, 1, 2, 0)):
        small = nudge(found, edge, 1e-6)
        assert small.measured == pytest.approx(small.predicted, rel=1e-4, abs=1e-12)


def test_to_either_side_the_loss_changes_by_the_opposite():
    found = traced("xor")
    up, down = (nudge(found, Edge(1, 0, 2, 0), change) for change in (1e-5, -1e-5))
    assert np.sign(up.measured) == -np.sign(down.measured) != 0
    assert up.predicted == -down.predicted


def test_the_perceptron_worked_by_hand():
    # (1,1) → 1 with w = (0.2, 0.3), b = −0.1: z = 0.4, ŷ = 1, no error, so no nudge of 0.01 matters.
    # (0,1) → 0: z = 0.2, L = (1 − 0)·0.2; w₂ + 0.01 makes it 0.21. Over four samples L is the mean:
    # (0,0): z = −0.1, ŷ = 0, right; (1,0): z = 0.1, ŷ = 1, wrong, but x₂ = 0. So ΔL = 0.01 / 4.
    found = traced("perceptron")
    result = nudge(found, Edge(0, 1, 1, 0), 0.01)
    assert result.measured == pytest.approx(0.0025, abs=1e-8)
    assert result.predicted == pytest.approx(0.0025, abs=1e-8)


def test_an_edge_that_is_not_there_cannot_be_nudged():
    edge = Edge(0, 0, 1, 0)
    with pytest.raises(ValueError, match="no weight"):
        nudge(traced("xor", removed=edge), edge)
