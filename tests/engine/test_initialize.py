"""Where networks start."""

import math

import numpy as np
import pytest

from nnsim.engine.initialize import INITIALIZERS, draw_parameters, initial_parameters
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Network, chain
from nnsim.model.parameters import Layout
from nnsim.model.training import INITIALIZERS as NAMES
from tests.engine.networks import document

WIDE = chain(Input((300,)), Dense(100, "prelu"))


def test_every_name_has_an_initializer():
    assert set(INITIALIZERS) == set(NAMES)


@pytest.mark.parametrize(
    ("name", "low", "high", "deviation"),
    [
        # fan in 300, fan out 100: glorot variance 2/400 = 0.005, limit √(3·0.005) = 0.122474
        ("glorot_uniform", -0.122474, 0.122474, math.sqrt(0.005)),
        ("glorot_normal", -math.inf, math.inf, math.sqrt(0.005)),
        # he variance 2/300 = 0.006667, limit √(6/300) = 0.141421
        ("he_uniform", -0.141421, 0.141421, math.sqrt(2 / 300)),
        ("he_normal", -math.inf, math.inf, math.sqrt(2 / 300)),
        ("uniform", 0.0, 1.0, math.sqrt(1 / 12)),
        ("zeros", 0.0, 0.0, 0.0),
    ],
)
def test_spread_of_the_weights(name, low, high, deviation):
    layout = Layout(WIDE)
    theta = draw_parameters(WIDE, name, 7)
    weights = layout.view(theta, 1, "weight")
    assert theta.dtype == np.float32
    assert low - 1e-6 <= weights.min() <= weights.max() <= high + 1e-6
    # 30,000 draws: the deviation is known to about 1 %.
    assert weights.std() == pytest.approx(deviation, rel=0.03)
    if math.isfinite(high) and deviation:
        assert weights.max() > high - 0.01 * (high - low)
    assert not layout.view(theta, 1, "bias").any()
    assert layout.view(theta, 1, "slope").tolist() == [0.25]


def test_a_seed_is_a_start():
    one, again, other = (draw_parameters(WIDE, "he_normal", seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)


def test_what_the_document_gives_and_what_is_removed_comes_last():
    layers = (Input((2,)), Dense(2, "tanh"))
    network = Network(layers, ((0, 1),), frozenset({Edge(0, 1, 1, 0)}))
    start = (("output.weight", (1, 2, 3, 4)),)
    theta = initial_parameters(document(network, None, start))
    assert theta.tolist() == [1, 0, 3, 4, 0, 0]
