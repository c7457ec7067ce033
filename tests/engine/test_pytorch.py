"""The reference engine against PyTorch, to nine digits: loss, gradients and an update of any network."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from nnsim.engine.initialize import draw_parameters
from nnsim.engine.lowering import Mode, lower
from nnsim.engine.reference import backward, finish, forward, new_buffers
from tests.engine.networks import WINDOWS, mixed_networks, pictures

torch = pytest.importorskip("torch", reason="PyTorch is an extra: pip install -e .[parity]")
RATE = 0.1


def _agree(network, loss, mode, seed):
    from tests.engine.torch_twin import Twin

    tape = lower(network, loss, mode=mode)
    random = np.random.default_rng(seed)
    theta = draw_parameters(network, "he_normal", seed) + random.uniform(0.01, 0.3, tape.parameters)
    values = new_buffers(tape, 5)
    values[0][...] = random.normal(size=values[0].shape)
    y = random.uniform(0.1, 0.9, values[tape.expected].shape)
    values[tape.expected][...] = y
    twin = Twin(network, theta)
    found = forward(tape, theta, values)
    grad, _ = backward(tape, theta, values)
    expected = twin.loss(loss, values[0], y, train=mode is Mode.TRAIN)
    expected.backward()
    assert found == pytest.approx(expected.item(), rel=1e-9)
    trained = np.concatenate([np.full(t.size, t.spec.trained) for t in twin.layout.tensors])
    np.testing.assert_allclose(grad * trained, twin.vector(gradient=True), rtol=1e-9, atol=1e-9)
    theta -= RATE * grad * trained
    finish(tape, theta, values)
    with torch.no_grad():
        for tensor in twin.tensors.values():
            if tensor.grad is not None:
                tensor -= RATE * tensor.grad
    np.testing.assert_allclose(theta, twin.vector(), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("window", WINDOWS)
def test_every_kind_at_once(window, mode):
    network = pictures(window)
    # What chance leaves out differs between the two.
    _agree(without_chance(network), "mse", mode, 3)


def without_chance(network):
    """The same network whose dropout leaves nothing out."""
    layers = (replace(la, rate=0.0) if la.kind == "dropout" else la for la in network.layers)
    return replace(network, layers=tuple(layers))


@settings(max_examples=60, deadline=None)
@given(mixed_networks())
def test_networks_of_mixed_kinds(drawn):
    network, loss, seed = drawn
    for mode in Mode:
        _agree(without_chance(network), loss, mode, seed)
