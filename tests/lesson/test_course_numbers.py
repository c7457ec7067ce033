"""The worked numbers of the course, as a trace shows them."""

import numpy as np
import pytest

from nnsim.data.load import load
from nnsim.data.scenes import find_scene
from nnsim.lesson.forward import ACTIVATIONS
from nnsim.lesson.steps import steps
from nnsim.lesson.trace import trace
from nnsim.lesson.update import parameter_update
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Node, chain
from nnsim.model.training import Optimizer
from tests.engine.networks import document
from tests.lesson.lessons import shown, start, traced

NEURON = chain(Input((2,)), Dense(1, "step"))
W1, W2 = Edge(0, 0, 1, 0), Edge(0, 1, 1, 0)


def by_action(found, grain="operation"):
    """The step of each action and layer."""
    return {(part.action, part.layer): step for step in steps(found, grain) for part in step.cut.parts}


def neuron(x, y, theta):
    """One step of the perceptron rule with η = 0.1."""
    return traced(document(NEURON, Optimizer("sgd", 0.1), loss="perceptron"), [x], [[y]], theta)


@pytest.mark.parametrize(
    ("x", "z", "answer"),
    [((1, 1), "0.3", "1"), ((1, 0), "−0.2", "0"), ((0, 1), "−0.2", "0"), ((0, 0), "−0.7", "0")],
)
def test_1_the_solved_and(x, z, answer):
    told = by_action(neuron(x, int(answer), (0.5, 0.5, -0.7)))
    # 0.5·x₁ + 0.5·x₂ − 0.7
    assert shown(told["affine", 1]) == [f"z = 0.5 · {x[0]} + 0.5 · {x[1]} + (−0.7) = {z}"]
    assert shown(told["activation", 1]) == [f"ŷ = step({z}) = {answer}".replace("ŷ", "y\u0302")]


def test_1_a_right_answer_changes_nothing():
    found = neuron((1, 1), 1, (0.2, 0.3, -0.1))
    told = by_action(found)
    # z = 0.2 + 0.3 − 0.1 = 0.4, ŷ = 1, e = 0
    assert shown(told["affine", 1])[0].endswith("= 0.4")
    assert shown(told["loss_gradient", 1]) == ["e = 1 − 1 = 0", "δ = 1 − 1 = 0"]
    said = [sentence.english for sentence in told["loss_gradient", 1].text()]
    assert said[:2] == ["The answer is right, e = 0: it sends no gradient back.", "Nothing will change."]
    assert shown(told["update", 1], W1)[0] == "w₁ ← 0.2 + 0.1 · 0 · 1 = 0.2"
    np.testing.assert_array_equal(found.after.theta, found.before.theta)


def test_1_a_wrong_answer_is_corrected():
    found = neuron((0, 1), 0, (0.2, 0.3, -0.1))
    told = by_action(found)
    # z = 0.2·0 + 0.3·1 − 0.1 = 0.2, ŷ = 1, e = 0 − 1 = −1
    assert shown(told["affine", 1]) == ["z = 0.2 · 0 + 0.3 · 1 + (−0.1) = 0.2"]
    assert shown(told["loss_gradient", 1])[0] == "e = 0 − 1 = −1"
    # w₁ + 0.1·(−1)·0 = 0.2, w₂ + 0.1·(−1)·1 = 0.2, b + 0.1·(−1) = −0.2
    assert shown(told["update", 1], W1)[0] == "w₁ ← 0.2 + 0.1 · (−1) · 0 = 0.2"
    assert shown(told["update", 1], W2)[0] == "w₂ ← 0.3 + 0.1 · (−1) · 1 = 0.2"
    assert shown(told["update", 1], Node(1, 0))[-1] == "b ← −0.1 + 0.1 · (−1) = −0.2"
    np.testing.assert_allclose(found.after.theta, (0.2, 0.2, -0.2), atol=1e-15)


def one_layer(kind, z, **settings):
    """A layer whose z are its inputs."""
    units = len(z)
    layer = Dense(units, kind, bias=False, **settings)
    theta = np.eye(units).ravel().tolist() + ([0.25] if kind == "prelu" else [])
    loss = document(chain(Input((units,)), layer), loss="mse")
    return by_action(traced(loss, [z], [[0] * units], theta))


@pytest.mark.parametrize(
    ("kind", "z", "answer", "settings"),
    [
        ("identity", (-2, 3), "(−2, 3)", {}),
        ("step", (-1, 0, 1), "(0, 0, 1)", {}),
        ("sigmoid", (0, 1, -1), "(0.5, 0.7311, 0.2689)", {}),  # 1/(1 + e^−1) = 1/1.36788
        ("tanh", (0, 1), "(0, 0.7616)", {}),  # 2σ(2) − 1 = 2·0.880797 − 1
        ("relu", (-2, 0, 3), "(0, 0, 3)", {}),
        ("leaky_relu", (-2, 3), "(−0.02, 3)", {}),
        ("leaky_relu", (-2, 3), "(−0.2, 3)", {"negative_slope": 0.1}),
        ("prelu", (-2, 3), "(−0.5, 3)", {}),  # learned slope, here 0.25
        ("elu", (-1, 2), "(−0.6321, 2)", {}),  # e^−1 − 1
        # e^2, e^1, e^0.1 = 7.389, 2.718, 1.105; sum 11.212
        ("softmax", (2.0, 1.0, 0.1), "(0.659, 0.2424, 0.09857)", {}),
    ],
)
def test_3_activations(kind, z, answer, settings):
    told = one_layer(kind, z, **settings)
    assert f" = {answer}" in shown(told["activation", 1])[0]


def test_3_every_activation_is_written():
    from nnsim.model import layers

    assert {*ACTIVATIONS, "softmax"} == set(layers.ACTIVATIONS)


def test_3_softmax_of_one_class():
    told = one_layer("softmax", (2.0, 1.0, 0.1))
    assert shown(told["activation", 1], Node(1, 0)) == ["y\u0302₁ = e²/(e² + e¹ + e^0.1) = 0.659"]


def test_3_the_sigmoid_vanishes_beyond_five():
    told = one_layer("sigmoid", (5.0, -5.0))
    # σ′ = a(1 − a) = 0.993307·0.006693 = 0.006648 on both sides
    assert shown(told["activation_gradient", 1])[0].count("0.006648") == 2
    assert "fades" in told["activation_gradient", 1].text()[-1].english


def test_3_a_silent_relu_lets_nothing_through():
    told = one_layer("relu", (-2.0, 3.0))
    assert "1 of 2" in told["activation_gradient", 1].text()[-1].english


def test_5_backpropagation_through_two_sigmoids():
    network = chain(Input((1,)), Dense(1, "sigmoid", bias=False), Dense(1, "sigmoid", bias=False))
    found = traced(document(network, Optimizer("sgd", 0.5), loss="sse"), [[1]], [[1]], (0.0, 2.0))
    told = by_action(found)
    first, second = Edge(0, 0, 1, 0), Edge(1, 0, 2, 0)
    # z₁ = 0·1 = 0, a₁ = σ(0) = 0.5, z₂ = 2·0.5 = 1, ŷ = σ(1) = 0.731059
    assert shown(told["affine", 1]) == ["z⁽¹⁾ = 0 · 1 = 0"]
    assert shown(told["activation", 1]) == ["h = σ(0) = 0.5"]
    assert shown(told["affine", 2]) == ["z⁽²⁾ = 2 · 0.5 = 1"]
    assert shown(told["activation", 2]) == ["y\u0302 = σ(1) = 0.7311"]
    # L = (0.731059 − 1)² = 0.072330; ∂L/∂ŷ = −2·0.268941 = −0.537883
    assert shown(told["loss", 2]) == ["L = (0.7311 − 1)² = 0.07233"]
    assert shown(told["loss_gradient", 2]) == ["∂L/∂y\u0302 = 2 (0.7311 − 1) = −0.5379"]
    # σ′(z₂) = 0.731059·0.268941 = 0.196612; ∂L/∂z₂ = −0.537883·0.196612 = −0.105754
    assert shown(told["activation_gradient", 2])[0].endswith("= (−0.5379) · 0.1966 = −0.1058")
    # ∂L/∂a₁ = 2·(−0.105754) = −0.211508; σ′(0) = 0.25; ∂L/∂z₁ = −0.052877
    assert shown(told["source_gradient", 1]) == ["∂L/∂h = 2 · (−0.1058) = −0.2115"]
    assert shown(told["activation_gradient", 1])[0].endswith("= (−0.2115) · 0.25 = −0.05288")
    # ∂L/∂W₂ = ∂L/∂ŷ · σ′(z₂) · a₁; ∂L/∂W₁ = ∂L/∂ŷ · σ′(z₂) · W₂ · σ′(z₁) · x
    chain_of_second, chain_of_first = (
        shown(told["weight_gradient", layer], edge)[1] for layer, edge in ((2, second), (1, first))
    )
    assert chain_of_second == "∂L/∂w⁽²⁾ = (−0.5379) · 0.1966 · 0.5 = −0.05288"
    assert chain_of_first == "∂L/∂w⁽¹⁾ = (−0.5379) · 0.1966 · 2 · 0.25 · 1 = −0.05288"
    # W ← W − 0.5·(−0.052877)
    assert shown(told["update", 2], first)[-1] == "w⁽¹⁾ ← 0 − 0.5 · (−0.05288) = 0.02644"
    assert shown(told["update", 2], second)[-1] == "w⁽²⁾ ← 2 − 0.5 · (−0.05288) = 2.026"


def optimised(optimizer, m=0.0, v=0.0, count=0, l2=0.0):
    """One weight, w = 2, whose data gradient is 4: L = (w·1 − 0)², ∂L/∂w = 2·2·1."""
    one = document(chain(Input((1,)), Dense(1, "identity", bias=False)), optimizer, loss="sse", l2=l2)
    state = start(one, [2.0])
    state.m[:], state.v[:], state.count = m, v, count
    found = trace(one, state, np.ones((1, 1)), np.zeros((1, 1)))
    return shown(steps(found)[-1], W1), parameter_update(found, 0)


@pytest.mark.parametrize(
    ("optimizer", "state", "expected"),
    [
        (Optimizer("sgd", 0.1), {}, ["w ← 2 − 0.1 · 4 = 1.6"]),
        # v = 0.9·(−0.2) − 0.1·4 = −0.58; w = 2 − 0.58
        (
            Optimizer("momentum", 0.1),
            {"m": -0.2},
            ["v ← 0.9 · (−0.2) − 0.1 · 4 = −0.58", "w ← 2 + (−0.58) = 1.42"],
        ),
        # w = 2 + 0.9·(−0.58) − 0.4 = 1.078
        (
            Optimizer("nesterov", 0.1),
            {"m": -0.2},
            ["v ← 0.9 · (−0.2) − 0.1 · 4 = −0.58", "w ← 2 + 0.9 · (−0.58) − 0.1 · 4 = 1.078"],
        ),
        # s = 0.9·1 + 0.1·16 = 2.5; w = 2 − 0.1·4/√2.5 = 2 − 0.252982
        (
            Optimizer("rmsprop", 0.1),
            {"v": 1.0},
            ["s ← 0.9 · 1 + 0.1 · 4² = 2.5", "w ← 2 − 0.1 · 4/(√(2.5 + 10⁻⁸)) = 1.747"],
        ),
        # First update: m = 0.4, v = 0.016; m̂ = 0.4/0.1 = 4, v̂ = 0.016/0.001 = 16; w = 2 − 0.001·4/4
        (
            Optimizer("adam", 0.001),
            {},
            [
                "m ← 0.9 · 0 + 0.1 · 4 = 0.4",
                "v ← 0.999 · 0 + 0.001 · 4² = 0.016",
                "m\u0302 = 0.4/(1 − 0.9¹) = 4",
                "v\u0302 = 0.016/(1 − 0.999¹) = 16",
                "w ← 2 − 0.001 · 4/(√16 + 10⁻⁸) = 1.999",
            ],
        ),
    ],
)
def test_6_optimisers(optimizer, state, expected):
    lines, found = optimised(optimizer, **state)
    assert lines == ["g = ∂L/∂w = 4", *expected]
    assert found.change == pytest.approx(found.new - 2.0)


def test_6_numbers_of_the_moments():
    _, found = optimised(Optimizer("adam", 0.001), m=0.2, v=0.5, count=4)
    # m = 0.9·0.2 + 0.1·4 = 0.58, m̂ = 0.58/(1 − 0.9⁵) = 0.58/0.40951 = 1.416327
    assert found.velocity == pytest.approx((0.2, 0.58))
    assert found.velocity_corrected == pytest.approx(1.416327, abs=1e-6)
    # v = 0.999·0.5 + 0.001·16 = 0.5155, v̂ = 0.5155/(1 − 0.999⁵) = 0.5155/0.00499001 = 103.306406
    assert found.square == pytest.approx((0.5, 0.5155))
    assert found.square_corrected == pytest.approx(103.3064, abs=1e-3)
    assert found.count == 5


def test_7_the_penalty_has_its_share():
    lines, found = optimised(Optimizer("sgd", 0.1), l2=0.01)
    # 4 + 2·0.01·2 = 4.04; w = 2 − 0.404
    assert lines == ["g = ∂L/∂w = 4.04", "w ← 2 − 0.1 · 4.04 = 1.596"]
    assert (found.data_gradient, found.penalty_gradient) == pytest.approx((4.0, 0.04))


def test_8_a_network_from_scratch():
    scene = find_scene("scratch").document
    data = load(scene.data, scene.training)
    theta = np.full(16, 0.5)
    found = trace(scene, start(scene, theta), data.x, data.y)
    told = by_action(found)
    # All weights 0.5: for (0,0,1) every z = 0.5, a = σ(0.5) = 0.622459, z = 4·0.5·0.622459 = 1.244919,
    # ŷ = σ(1.244919) = 0.776419
    assert shown(told["affine", 1], Node(1, 0)) == ["z₁⁽¹⁾ = 0.5 · 0 + 0.5 · 0 + 0.5 · 1 = 0.5"]
    assert shown(told["activation", 1], Node(1, 0)) == ["h₁ = σ(0.5) = 0.6225"]
    assert shown(told["affine", 2])[0].endswith("= 1.245")
    assert shown(told["activation", 2]) == ["y\u0302 = σ(1.245) = 0.7764"]
    # With two or three ones a = σ(1) = 0.731059, σ(1.5) = 0.817574; z = 1.462117, 1.635149;
    # ŷ = 0.811856, 0.811856, 0.836874. Errors 0.776419, −0.188144, −0.188144, 0.836874 squared:
    # 0.602826 + 0.035398 + 0.035398 + 0.700358 = 1.373980
    assert shown(told["loss", 2])[-1] == "L = 0.6028 + 0.0354 + 0.0354 + 0.7004 = 1.374"
    # The share of each sample: 2(ŷ − y)·ŷ(1 − ŷ)·a
    # 2·0.776419·0.173593·0.622459 = 0.167791; 2·(−0.188144)·0.152746·0.731059 = −0.042019 twice;
    # 2·0.836874·0.136516·0.817574 = 0.186810; together 0.270564; w = 0.5 − 1·0.270564 = 0.229436
    edge = Edge(1, 0, 2, 0)
    assert found.gradient[found.layout.edge_index(edge)] == pytest.approx(0.270564, abs=1e-6)
    assert shown(told["weight_gradient", 2], edge)[0].endswith("= 0.2706")
    assert shown(told["update", 2], edge)[-1] == "w₁⁽²⁾ ← 0.5 − 1 · 0.2706 = 0.2294"
