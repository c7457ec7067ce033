"""The reference engine's gradients against central differences, for every activation and loss."""

import itertools

import numpy as np
import pytest

from nnsim.engine.initialize import draw_parameters
from nnsim.engine.lowering import lower
from nnsim.engine.reference import backward, forward, new_buffers
from nnsim.model.layers import ACTIVATIONS
from nnsim.model.training import LOSSES
from tests.engine.networks import crossed

H = 1e-5
MARGIN = 1e-3
"""How far every number stays from a kink: H moves nothing across one."""
L2 = 0.03


def _total(tape, theta, values):
    loss = forward(tape, theta, values)
    return loss + values[tape.buffer("penalty", 3)][0, 0]


def _near_a_kink(tape, values):
    p, y = values[tape.output], values[tape.expected]
    z = [values[tape.buffer("z", layer)] for layer in (1, 2, 3)]
    distances = [*(np.abs(a) for a in z), np.abs(p - y), np.abs(p), np.abs(1 - p)]
    return min(d.min() for d in distances) < MARGIN


def _start(tape, activation, loss):
    """Parameters and samples away from every kink; for the losses of probabilities with ŷ in (0, 1)."""
    for seed in range(2000):
        random = np.random.default_rng(seed)
        theta = draw_parameters(tape.network, "he_normal", seed) + random.normal(0, 0.3, tape.parameters)
        values = new_buffers(tape, 3)
        values[0][...] = random.normal(size=values[0].shape)
        y = random.uniform(0.1, 0.9, values[tape.expected].shape)
        values[tape.expected][...] = y
        forward(tape, theta, values)
        p = values[tape.output]
        wants_probabilities = loss in ("bce", "cross_entropy") and activation != "step"
        inside = not wants_probabilities or np.any((p > 0) & (p < 1))
        # A step's ŷ is 0 or 1 exactly and stays there.
        if inside and (not _near_a_kink(tape, values) or _only_exact(activation, tape, values)):
            return theta, values
    raise AssertionError("no start found away from the kinks")


def _only_exact(activation, tape, values):
    if activation != "step":
        return False
    z = [np.abs(values[tape.buffer("z", layer)]).min() for layer in (1, 2, 3)]
    return min(z) > MARGIN


@pytest.mark.parametrize(("activation", "loss"), list(itertools.product(ACTIVATIONS, LOSSES)))
def test_gradient_is_the_slope_of_the_loss(activation, loss):
    tape = lower(crossed(activation), loss, L2, input_gradient=True)
    theta, values = _start(tape, activation, loss)
    forward(tape, theta, values)
    grad, dvalues = backward(tape, theta, values)

    slope = np.zeros_like(theta)
    for i in range(len(theta)):
        sides = []
        for h in (H, -H):
            moved = theta.copy()
            moved[i] += h
            sides.append(_total(tape, moved, values))
        slope[i] = (sides[0] - sides[1]) / (2 * H)
    np.testing.assert_allclose(grad, slope, rtol=1e-6, atol=1e-9)
    assert np.linalg.norm(grad - slope) <= 1e-6 * np.linalg.norm(slope)
    assert np.linalg.norm(slope) > 0

    x = values[0].copy()
    by_x = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        sides = []
        for h in (H, -H):
            values[0][...] = x
            values[0][place] += h
            sides.append(_total(tape, theta, values))
        by_x[place] = (sides[0] - sides[1]) / (2 * H)
    np.testing.assert_allclose(dvalues[0], by_x, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("activation", "loss"), [("sigmoid", "bce"), ("softmax", "cross_entropy")])
def test_fused_loss_equals_the_plain_one_where_nothing_saturates(activation, loss):
    fused = lower(crossed("tanh", activation), loss)
    plain = lower(crossed("tanh", "identity"), loss)
    random = np.random.default_rng(0)
    theta = random.normal(size=fused.parameters)
    values = new_buffers(fused, 4)
    values[0][...] = random.normal(size=(4, 3))
    values[fused.expected][...] = np.eye(3)[[0, 1, 2, 0]]
    found = forward(fused, theta, values)
    # The plain loss operation, fed with the same ŷ.
    from nnsim.engine.ops import OPERATIONS

    op = plain.ops[-1]
    OPERATIONS[op.kind].forward(op, theta, values)
    assert op.kind == loss
    assert found == pytest.approx(values[plain.loss].sum(), rel=1e-9)


def test_fused_losses_stay_finite_where_the_output_saturates():
    for activation, loss in (("sigmoid", "bce"), ("softmax", "cross_entropy")):
        tape = lower(crossed("identity", activation), loss)
        values = new_buffers(tape, 1)
        values[0][...] = 1.0
        values[tape.expected][0] = (1, 0, 0)
        theta = np.zeros(tape.parameters)
        theta[-3:] = (-900.0, 5.0, 0.0)  # the output's biases
        # −ln σ(−900) = 900; softmax: ln(e^5 + 1 + e^−900) − (−900) = 905.0067
        # bce adds ln(1 + e^5) = 5.0067 and ln 2 = 0.6931 and averages over the three outputs.
        expected = (900 + 5.006715 + 0.693147) / 3 if loss == "bce" else 905.006715
        assert forward(tape, theta, values) == pytest.approx(expected, rel=1e-6)
        assert np.isfinite(backward(tape, theta, values)[0]).all()
