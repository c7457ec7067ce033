"""Every kind of layer: its gradient against finite differences, both modes, both engines."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.data.dataset import Dataset
from nnsim.engine.compiled import JitEngine
from nnsim.engine.engine import Problem, RunState
from nnsim.engine.initialize import draw_parameters
from nnsim.engine.lowering import LOWERING, Mode, lower
from nnsim.engine.ops.dropout import Chance, mask
from nnsim.engine.reference import ReferenceEngine, backward, finish, forward, new_buffers, set_clock
from nnsim.model.layers import KINDS, Activation, BatchNorm, Dense, Dropout, Input
from nnsim.model.network import chain
from nnsim.model.parameters import Layout
from nnsim.model.training import Optimizer
from tests.engine.networks import WINDOWS, document, pictures

BATCH = 4


def _filled(tape, seed):
    """Random samples, targets and parameters; running variances are positive."""
    random = np.random.default_rng(seed)
    values = new_buffers(tape, BATCH)
    values[0][...] = random.normal(size=values[0].shape)
    values[tape.expected][...] = random.normal(size=values[tape.expected].shape)
    set_clock(tape, values, 5)
    theta = draw_parameters(tape.network, "he_normal", seed) + random.normal(0, 0.2, tape.parameters)
    for tensor in Layout(tape.network).tensors:
        if tensor.role == "running_var":
            theta[tensor.span] = np.abs(theta[tensor.span]) + 0.5
    return theta, values


def test_every_kind_is_lowered():
    assert set(LOWERING) == set(KINDS) - {"input"}


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("window", WINDOWS)
def test_gradient_is_the_slope_of_the_loss(window, mode):
    network = pictures(window)
    assert {layer.kind for layer in network.layers} == set(KINDS)
    tape = lower(network, "mse", 0.01, mode=mode, seed=2, input_gradient=True)
    theta, values = _filled(tape, 1)

    def loss(vector):
        return forward(tape, vector, values) + values[tape.buffer("penalty", len(network.layers) - 1)][0, 0]

    def slope(change):
        h = 1e-6
        return (change(h) - change(-h)) / (2 * h)

    loss(theta)
    grad, dvalues = backward(tape, theta, values)
    x = values[0].copy()
    random = np.random.default_rng(3)
    # Along random directions: one number each that every parameter, and every input, has a part in.
    trained = np.concatenate([np.full(t.size, t.spec.trained) for t in Layout(network).tensors])
    for _ in range(6):
        direction = random.normal(size=theta.shape) * trained
        assert slope(lambda h, d=direction: loss(theta + h * d)) == pytest.approx(
            grad @ direction, rel=1e-5, abs=1e-8
        )
        towards = random.normal(size=x.shape)

        def moved(h, towards=towards):
            values[0][...] = x + h * towards
            return loss(theta)

        assert slope(moved) == pytest.approx(np.sum(dvalues[0] * towards), rel=1e-5, abs=1e-8)
        values[0][...] = x


def _data(network, samples=12):
    random = np.random.default_rng(0)
    x = random.normal(size=(samples, network.units(0))).astype(np.float32)
    y = random.normal(size=(samples, network.units(-1))).astype(np.float32)
    return Dataset(x, y, x[:0], y[:0], "regression")


@pytest.mark.parametrize("window", WINDOWS)
def test_both_engines_train_alike(window):
    network = pictures(window)
    settings = document(
        network, Optimizer("momentum", 0.02), batch_size=5, l2=0.01, loss="mse", clip_norm=0.8, max_norm=1.2
    )
    problem = Problem(settings, _data(network))
    theta = draw_parameters(network, "he_normal", 4)
    states = []
    for engine in (ReferenceEngine(problem), JitEngine(problem)):
        zeros = np.zeros(len(theta))
        state = RunState(theta, zeros, zeros).astype(engine.dtype)
        engine.train(state, 7)
        states.append(
            (state.theta, engine.layer_outputs(state.theta, problem.dataset.x, range(len(network.layers))))
        )
    (expected, outputs), (found, same) = states
    np.testing.assert_allclose(found, expected, rtol=2e-3, atol=2e-4)
    for one, other in zip(same, outputs, strict=True):
        np.testing.assert_allclose(one, other, rtol=5e-3, atol=2e-3)


def test_running_statistics_follow_the_batch():
    # Two features, batches of 2. Column means of [[1, 2], [3, 6]]: 2 and 4; variances with n - 1: 2 and 8.
    # From mean 0 and variance 1 with m = 0.1: means 0.2 and 0.4, variances 0.9 + 0.2 = 1.1 and 1.7.
    network = chain(Input((2,)), BatchNorm(), Dense(1, "identity"))
    tape = lower(network, "mse")
    values = new_buffers(tape, 2)
    values[0][...] = [[1, 2], [3, 6]]
    theta = draw_parameters(network, "zeros", 1).astype(np.float64)
    forward(tape, theta, values)
    finish(tape, theta, values)
    # γ, β, then running mean and variance.
    np.testing.assert_allclose(theta[:8], [1, 1, 0, 0, 0.2, 0.4, 1.1, 1.7], rtol=1e-6)
    # (x - 2) / √(1 + ε) = ∓1: the batch's own variance is with n.
    np.testing.assert_allclose(values[tape.outputs[1]], [[-1, -1], [1, 1]], rtol=1e-4)


def test_predictions_do_not_depend_on_the_rest_of_the_batch():
    network = pictures("plain")
    tape = lower(network, "mse", mode=Mode.EVAL)
    theta, values = _filled(tape, 6)
    forward(tape, theta, values)
    together = values[tape.output].copy()
    for sample in range(BATCH):
        alone = new_buffers(tape, 1)
        alone[0][...] = values[0][sample]
        forward(tape, theta, alone)
        np.testing.assert_allclose(alone[tape.output][0], together[sample], atol=1e-12)
    assert tape.clock is None
    assert "dropout" not in tape.kinds


def test_a_mask_is_of_its_seed_step_and_layer_alone():
    first = mask(Chance(0.25, 1, 2), 7, 4000)
    np.testing.assert_array_equal(first, mask(Chance(0.25, 1, 2), 7, 4000))
    # What is kept is divided by 1 - 0.25, so that the mean stays 1.
    assert set(first.tolist()) == {0.0, 1.0 / 0.75}
    assert np.mean(first == 0.0) == pytest.approx(0.25, abs=0.03)
    for other in (Chance(0.25, 2, 2), Chance(0.25, 1, 3)):
        assert np.mean(first != mask(other, 7, 4000)) == pytest.approx(2 * 0.25 * 0.75, abs=0.04)
    assert np.mean(first != mask(Chance(0.25, 1, 2), 8, 4000)) == pytest.approx(2 * 0.25 * 0.75, abs=0.04)


def test_dropout_goes_on_where_a_restored_run_stood():
    network = chain(Input((3,)), Dense(8, "tanh"), Dropout(0.5), Dense(1, "identity"))
    problem = Problem(document(network, batch_size=4), _data(network))
    zeros = np.zeros(problem.layout.size)
    for engine in (ReferenceEngine(problem), JitEngine(problem)):
        through = RunState(draw_parameters(network, "he_normal", 1), zeros, zeros).astype(engine.dtype)
        engine.train(through, 3)
        again = through.copy()
        engine.train(through, 4)
        engine.train(again, 4)
        np.testing.assert_array_equal(through.theta, again.theta)


def test_long_gradients_are_cut_and_long_weights_too():
    network = chain(Input((2,)), Dense(1, "identity", bias=False))
    x, y = np.float32([[3, 4]]), np.float32([[10]])
    settings = document(network, Optimizer("sgd", 1.0), loss="sse", clip_norm=0.5)
    problem = Problem(settings, Dataset(x, y, x[:0], y[:0], "regression"))
    # ŷ = 0, so ∂L/∂w = -2 · 10 · (3, 4) = (-60, -80), of length 100; cut to 0.5 it is (-0.3, -0.4).
    for engine in (ReferenceEngine(problem), JitEngine(problem)):
        state = RunState(np.zeros(2), np.zeros(2), np.zeros(2)).astype(engine.dtype)
        engine.train(state, 1)
        np.testing.assert_allclose(state.theta, [0.3, 0.4], rtol=1e-6)
    limited = replace(problem.document.training, clip_norm=0.0, max_norm=2.0)
    problem = Problem(replace(problem.document, training=limited), problem.dataset)
    # Uncut the weights are (60, 80), of length 100; cut to 2 they are (1.2, 1.6).
    for engine in (ReferenceEngine(problem), JitEngine(problem)):
        state = RunState(np.zeros(2), np.zeros(2), np.zeros(2)).astype(engine.dtype)
        engine.train(state, 1)
        np.testing.assert_allclose(state.theta, [1.2, 1.6], rtol=1e-6)


def test_a_slope_behind_the_input_learns():
    # Σ over the samples of ∂L/∂a · min(z, 0), though nobody asks for the input's own gradient.
    network = chain(Input((2,)), Activation("prelu"), Dense(1, "identity"))
    tape = lower(network, "sse")
    theta, values = _filled(tape, 3)
    layout = Layout(network)
    slope = layout.find(1, "slope").span
    forward(tape, theta, values)
    grad, _ = backward(tape, theta, values)
    h = 1e-6
    at = [theta + h * sign * np.eye(theta.size)[slope.start] for sign in (1, -1)]
    measured = (forward(tape, at[0], values) - forward(tape, at[1], values)) / (2 * h)
    assert measured != 0.0
    np.testing.assert_allclose(grad[slope], measured, rtol=1e-6)
