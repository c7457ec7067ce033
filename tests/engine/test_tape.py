"""What a network is lowered to."""

import numpy as np
import pytest

from nnsim.engine.lowering import lower
from nnsim.engine.ops import OPERATIONS
from nnsim.engine.ops.activations import SLOPE
from nnsim.engine.ops.affine import STRIDE
from nnsim.engine.ops.operation import BIAS, SOURCE_GRADIENT, TARGET, WEIGHT, Gradient, real
from nnsim.engine.ops.penalty import RATE
from nnsim.engine.reference import backward, forward, new_buffers
from nnsim.model.layers import ACTIVATIONS, Dense, Input
from nnsim.model.network import Network, chain
from nnsim.model.training import LOSSES

SKIP = Network((Input((3,)), Dense(2, "relu"), Dense(1, "sigmoid")), ((0, 1), (0, 2), (1, 2)))
NONE, WRITE, ADD = Gradient


def test_every_activation_and_loss_has_its_operation():
    for activation in ACTIVATIONS:
        for loss in LOSSES:
            tape = lower(chain(Input((2,)), Dense(2, activation)), loss, 0.1)
            assert set(tape.kinds) <= set(OPERATIONS)


def test_entries_in_order():
    tape = lower(SKIP, "bce", 0.5)
    assert [(op.kind, op.layer) for op in tape.ops] == [
        ("affine", 1),
        ("relu", 1),
        ("affine", 2),
        ("affine", 2),
        ("sigmoid", 2),
        ("bce_logits", 2),
        ("penalty", 1),
        ("penalty", 2),
    ]
    names = [buffer.name for buffer in tape.buffers]
    assert names == ["a0", "z1", "a1", "z2", "a2", "y2", "loss2", "penalty2"]
    reads = [(names[op.source] if op.source >= 0 else "", names[op.target]) for op in tape.ops]
    assert reads[:6] == [
        ("a0", "z1"),
        ("z1", "a1"),
        ("a0", "z2"),
        ("a1", "z2"),
        ("z2", "a2"),
        ("z2", "loss2"),
    ]
    # The penalty writes the weights' gradient first on the way back, and the products add to it.
    assert tape.backward == (7, 6, 5, 4, 3, 2, 1, 0)
    assert all(op.uses[0].gradient == ADD for op in tape.ops if op.kind == "affine")
    with pytest.raises(KeyError):
        tape.buffer("z", 0)


def test_where_gradients_are_written_and_where_added():
    tape = lower(SKIP, "mse", input_gradient=True)
    kinds = [(op.kind, op.source_gradient) for op in tape.ops]
    assert kinds == [
        ("affine", ADD),  # x was reached first by the skip
        ("relu", WRITE),
        ("affine", WRITE),
        ("affine", WRITE),
        ("sigmoid", WRITE),
        ("mse", WRITE),
    ]
    # Nobody asks for ∂L/∂x, and the fused loss goes past the sigmoid.
    kinds = [op.source_gradient for op in lower(SKIP, "bce").ops]
    assert kinds == [NONE, WRITE, NONE, WRITE, NONE, WRITE]


def test_rows_say_the_same_in_integers():
    network = Network((Input((3,)), Dense(2, "leaky_relu", negative_slope=0.1), Dense(1)), SKIP.connections)
    tape = lower(network, "mse")
    rows = tape.rows(capacity=10)
    # a0, z1, a1, z2, a2, y2, loss2 hold 3, 2, 2, 1, 1, 1, 1 numbers for each of ten samples.
    assert tape.starts(10).tolist() == [0, 30, 50, 70, 80, 90, 100, 110]
    assert rows[0, TARGET] == 30
    assert real(rows[1, SLOPE]) == 0.1
    # Layer 1 has 6 weights and 2 biases; layer 2 a row of 3 + 2 weights from 8 on, then a bias.
    assert rows[2, [WEIGHT, STRIDE, BIAS]].tolist() == [8, 5, 13]
    assert rows[3, [WEIGHT, STRIDE, BIAS]].tolist() == [11, 5, -1]
    assert rows[0, SOURCE_GRADIENT] == 0


@pytest.mark.parametrize("l2", [1e-10, 1.4e-9, 0.1, 3.0, 10.0, 5e-324])
def test_the_penalty_is_as_small_as_the_document_says(l2):
    tape = lower(SKIP, "mse", l2)
    row = tape.rows(1)[-1]
    assert tape.ops[-1].attributes.rate == l2
    assert real(row[RATE]) == l2


def test_a_layer_that_leads_nowhere_has_no_gradient():
    layers = (Input((2,)), Dense(3, "tanh"), Dense(2, "prelu"), Dense(1, "identity"))
    tape = lower(Network(layers, ((0, 1), (0, 3), (1, 2))), "mse")
    assert {tape.ops[number].layer for number in tape.backward} == {3}
    values = new_buffers(tape, 2)
    values[0][...] = 1.0
    theta = np.full(tape.parameters, 0.5)
    forward(tape, theta, values)
    assert values[tape.buffer("a", 2)].all()
    grad, _ = backward(tape, theta, values)
    # 2·3 + 3, 3·2 + 2 + 1 parameters before the output's three.
    assert not grad[:18].any()
    assert grad[18:].all()


def test_shares_sum_to_the_loss():
    for loss in LOSSES:
        tape = lower(chain(Input((2,)), Dense(3, "sigmoid")), loss)
        random = np.random.default_rng(1)
        values = new_buffers(tape, 4)
        values[0][...] = random.normal(size=(4, 2))
        values[tape.expected][...] = random.random((4, 3))
        theta = random.normal(size=tape.parameters)
        total = forward(tape, theta, values)
        each = []
        for i in range(4):
            one = new_buffers(tape, 1)
            one[0][...], one[tape.expected][...] = values[0][i], values[tape.expected][i]
            each.append(forward(tape, theta, one))
        expected = sum(each) if loss == "sse" else np.mean(each)
        assert total == pytest.approx(expected)
