"""The worked numbers of the course, computed by hand in the comments."""

import itertools
import math

import numpy as np
import pytest

from nnsim.engine.ops import OPERATIONS
from nnsim.engine.ops.activations import Slope
from nnsim.engine.ops.operation import Op, Read, Use
from nnsim.engine.trainer import Trainer
from nnsim.model.layers import Dense, Input
from nnsim.model.network import chain
from nnsim.model.training import Optimizer
from tests.engine.networks import XOR_X, dataset, document, gate

NEURON = chain(Input((2,)), Dense(1, "step"))
ENGINES = ("jit", "reference")
AND, OR, NAND, XOR = (0, 0, 0, 1), (0, 1, 1, 1), (1, 1, 1, 0), (0, 1, 1, 0)


def _neuron(weights, bias, rate=0.1):
    start = (("output.weight", weights), ("output.bias", (bias,)))
    return document(NEURON, Optimizer("sgd", rate), start, loss="perceptron", batch_size=1)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_solved_and(engine):
    trainer = Trainer(_neuron((0.5, 0.5), -0.7), gate(*AND), engine=engine)
    found = []
    for index in range(4):
        trainer.followed = trainer.sample(index)
        found.append(float(trainer.snapshot().probe.pre_activations[1][0]))
    # 0.5·0 + 0.5·0 − 0.7 = −0.7; one input: 0.5 − 0.7 = −0.2; both: 1.0 − 0.7 = 0.3
    assert found == pytest.approx([-0.7, -0.2, -0.2, 0.3], abs=1e-6)
    assert trainer.evaluate()[0].accuracy == 1.0


@pytest.mark.parametrize("engine", ENGINES)
def test_two_corrections_by_the_perceptron_rule(engine):
    neuron = _neuron((0.2, 0.3), -0.1)
    trainer = Trainer(neuron, dataset([[1, 1]], [[1]], "binary"), engine=engine)
    first = trainer.run_steps(1)
    # z = 0.2 + 0.3 − 0.1 = 0.4 > 0, so ŷ = 1 = y, e = 0: nothing changes.
    assert first.before.pre_activations[1][0] == pytest.approx(0.4, abs=1e-6)
    assert first.before.activations[1][0] == 1.0
    np.testing.assert_allclose(first.parameters, [0.2, 0.3, -0.1], atol=1e-7)
    trainer.set_document(neuron, dataset([[0, 1]], [[0]], "binary"))
    second = trainer.run_steps(1)
    # z = 0.3 − 0.1 = 0.2 > 0, so ŷ = 1, y = 0, e = −1: w₁ + 0.1·(−1)·0 = 0.2, w₂ − 0.1 = 0.2, b − 0.1 = −0.2
    assert second.before.pre_activations[1][0] == pytest.approx(0.2, abs=1e-6)
    np.testing.assert_allclose(second.parameters, [0.2, 0.2, -0.2], atol=1e-6)


@pytest.mark.parametrize("targets", [AND, OR, NAND])
def test_separable_gates_are_learned_and_then_left_alone(targets):
    trainer = Trainer(_neuron((0.2, 0.3), -0.1), gate(*targets), engine="reference")
    learned = trainer.run_steps(4 * 50)
    assert learned.train.accuracy == 1.0
    np.testing.assert_array_equal(trainer.run_steps(4).parameters, learned.parameters)


def test_xor_is_never_settled():
    trainer = Trainer(_neuron((0.2, 0.3), -0.1), gate(*XOR), engine="reference")
    for _ in range(200):
        before = trainer.snapshot()
        after = trainer.run_steps(4)
        assert after.train.accuracy < 1.0
    assert not np.array_equal(before.parameters, after.parameters)


def _activate(kind, z, constant=0.0):
    values = [np.array([z], float), np.zeros((1, len(z)))]
    attributes = Slope(constant) if kind == "leaky_relu" else ()
    op = Op(kind, 1, (Read(0),), (1,), (Use(0, 0),), attributes=attributes)
    OPERATIONS[kind].forward(op, np.array([0.25]), values)
    return values[1][0]


def test_activations():
    # e^2, e^1, e^0.1 = 7.389, 2.718, 1.105; sum 11.212; 7.389/11.212 = 0.659, 0.242, 0.099
    assert _activate("softmax", (2.0, 1.0, 0.1)).round(3).tolist() == [0.659, 0.242, 0.099]
    # 1/(1 + e^−1) = 1/1.36788 = 0.731059; for z = −1 the rest to 1
    np.testing.assert_allclose(_activate("sigmoid", (0, 1, -1)), [0.5, 0.731059, 0.268941], atol=1e-6)
    z = np.linspace(-6, 6, 25)
    np.testing.assert_allclose(_activate("tanh", z), 2 * _activate("sigmoid", 2 * z) - 1, atol=1e-12)
    assert _activate("identity", (-2, 3)).tolist() == [-2, 3]
    assert _activate("step", (-1, 0, 1)).tolist() == [0, 0, 1]
    assert _activate("relu", (-2, 0, 3)).tolist() == [0, 0, 3]
    assert _activate("leaky_relu", (-2, 3), 0.01).tolist() == [-0.02, 3]
    assert _activate("leaky_relu", (-2, 3), 0.1).tolist() == [-0.2, 3]
    assert _activate("prelu", (-2, 3)).tolist() == [-0.5, 3]  # the slope given above is 0.25
    # e^−1 − 1 = −0.632121
    np.testing.assert_allclose(_activate("elu", (-1, 2)), [-0.632121, 2], atol=1e-6)


def test_the_sigmoid_vanishes_beyond_five():
    a = _activate("sigmoid", (5.0, -5.0))
    # σ′ = a(1 − a) = 0.993307 · 0.006693 = 0.006648 on both sides
    np.testing.assert_allclose(a * (1 - a), 0.006648, atol=1e-6)


@pytest.mark.parametrize("engine", ENGINES)
def test_backpropagation_through_two_sigmoids(engine):
    network = chain(Input((1,)), Dense(1, "sigmoid", bias=False), Dense(1, "sigmoid", bias=False))
    start = (("hidden1.weight", (0.0,)), ("output.weight", (2.0,)))
    trainer = Trainer(
        document(network, Optimizer("sgd", 0.5), start, loss="sse", batch_size=1),
        dataset([[1]], [[1]]),
        engine=engine,
    )
    after = trainer.run_steps(1)
    # z₁ = 0·1 = 0, a₁ = σ(0) = 0.5, z₂ = 2·0.5 = 1, ŷ = σ(1) = 0.731059
    before = after.before
    assert [float(a[0]) for a in before.activations] == pytest.approx([1, 0.5, 0.731059], abs=1e-6)
    # L = (1 − 0.731059)² = 0.072329; ∂L/∂ŷ = −2·0.268941 = −0.537883
    assert before.loss == pytest.approx(0.072329, abs=1e-6)
    # σ′(z₂) = 0.731059·0.268941 = 0.196612; ∂L/∂z₂ = −0.537883·0.196612 = −0.105754
    assert before.deltas[2][0] == pytest.approx(-0.105754, abs=1e-6)
    # ∂L/∂z₁ = −0.105754·W₂·σ′(0) = −0.105754·2·0.25 = −0.052877
    assert before.deltas[1][0] == pytest.approx(-0.052877, abs=1e-6)
    # ∂L/∂W₁ = −0.052877·x = −0.052877; ∂L/∂W₂ = −0.105754·a₁ = −0.052877
    np.testing.assert_allclose(before.gradient, [-0.052877, -0.052877], atol=1e-6)
    # W ← W − 0.5·∂L/∂W
    np.testing.assert_allclose(after.parameters, [0.026439, 2.026439], atol=1e-6)
    np.testing.assert_allclose(after.last_update, [0.026439, 0.026439], atol=1e-6)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        # ŷ = (0.8, 0.4), (0.3, 0.5); y = (1, 0), (0, 1); errors −0.2, 0.4, 0.3, −0.5
        ("sse", 0.54),  # 0.04 + 0.16 + 0.09 + 0.25
        ("mse", 0.135),  # 0.54 / 4
        ("mae", 0.35),  # (0.2 + 0.4 + 0.3 + 0.5) / 4
        # −(ln 0.8 + ln 0.6 + ln 0.7 + ln 0.5) / 4 = (0.223144 + 0.510826 + 0.356675 + 0.693147) / 4
        ("bce", 0.445948),
        ("cross_entropy", 0.458145),  # −(ln 0.8 + ln 0.5) / 2 = (0.223144 + 0.693147) / 2
        ("perceptron", 0.35),  # Σ (1[z > 0] − y) z / 2 = (0·0.8 + 1·0.4 + 1·0.3 + 0·0.5) / 2
    ],
)
def test_losses(engine, loss, expected):
    network = chain(Input((2,)), Dense(2, "identity", bias=False))
    data = dataset([[0.8, 0.4], [0.3, 0.5]], [[1, 0], [0, 1]])
    start = (("output.weight", (1, 0, 0, 1)),)
    trainer = Trainer(document(network, None, start, loss=loss), data, engine=engine)
    assert trainer.evaluate()[0].loss == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_network_from_scratch(engine):
    network = chain(Input((3,)), Dense(4, "sigmoid", bias=False), Dense(1, "sigmoid", bias=False))
    scratch = document(
        network,
        Optimizer("sgd", 1.0),
        loss="sse",
        batch_size=0,
        initializer="uniform",
        seed=1,
        epochs=1500,
    )
    trainer = Trainer(scratch, dataset([(*x, 1) for x in XOR_X], [[0], [1], [1], [0]]), engine=engine)
    start = trainer.snapshot().parameters
    assert start.min() >= 0.0
    assert start.max() < 1.0
    losses = [trainer.run_steps(50).train.loss for _ in range(30)]
    assert all(later < earlier for earlier, later in itertools.pairwise(losses))
    end = trainer.snapshot()
    assert (end.step, end.epoch, end.batches) == (1500, 1500, 1)
    predictions = trainer.layer_outputs(trainer.dataset.x)[-1][:, 0]
    assert np.abs(predictions - (0, 1, 1, 0)).max() < 0.1
    assert end.train.loss == pytest.approx(np.sum((predictions - (0, 1, 1, 0)) ** 2), rel=1e-4)


def test_stacked_linear_layers_collapse_into_one():
    network = chain(Input((2,)), Dense(3, "identity"), Dense(2, "identity"))
    trainer = Trainer(document(network), dataset(XOR_X, np.zeros((4, 2))), engine="reference")
    theta, layout = trainer.run_steps(5).parameters, trainer.layout
    w1, w2 = layout.view(theta, 1, "weight"), layout.view(theta, 2, "weight")
    b1, b2 = layout.view(theta, 1, "bias"), layout.view(theta, 2, "bias")
    # W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂)
    x = trainer.dataset.x
    collapsed = x @ (w2 @ w1).T + (w2 @ b1 + b2)
    np.testing.assert_allclose(trainer.layer_outputs(x)[-1], collapsed, atol=1e-12)


def test_ln_of_two_is_where_a_fresh_two_class_network_starts():
    network = chain(Input((2,)), Dense(1, "sigmoid"))
    trainer = Trainer(document(network, loss="bce", initializer="zeros"), gate(*XOR), engine="reference")
    assert trainer.evaluate()[0].loss == pytest.approx(math.log(2), abs=1e-12)
