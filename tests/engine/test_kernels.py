"""Every compiled kernel by itself against the reference, on random memory."""

import ctypes

import numpy as np
import pytest

from nnsim.engine import jit
from nnsim.engine.ops import OPERATIONS
from nnsim.engine.ops.operation import COLUMNS, TARGET, TARGET_WIDTH, SourceGradient
from nnsim.engine.optimizers import UPDATES, settings_vector
from nnsim.engine.tape import lower
from nnsim.model.layers import ACTIVATIONS, Dense, Input
from nnsim.model.network import chain
from nnsim.model.training import LOSSES, OPTIMIZERS, Optimizer
from tests.engine.networks import crossed

BATCH = 5
_VECTOR = ctypes.c_void_p
KERNEL = ctypes.CFUNCTYPE(None, *[_VECTOR] * 5, ctypes.c_int64)
UPDATE = ctypes.CFUNCTYPE(None, *[_VECTOR] * 6, ctypes.c_int64, ctypes.c_int64)


def _tapes():
    for activation in ACTIVATIONS:
        yield lower(crossed(activation, "identity"), "mse", 0.02)
    for loss in LOSSES:
        for output in ("sigmoid", "softmax", "tanh"):
            yield lower(crossed("tanh", output), loss)
    yield lower(crossed("prelu"), "perceptron")


def _ops():
    """Every different operation of those tapes, and every way in which it treats what it read."""
    found = {}
    for tape in _tapes():
        for number, op in enumerate(tape.ops):
            found[op.kind, op.source_gradient, op.add_target, op.add_weight, op.bias < 0] = (tape, number)
    return found


OPS = _ops()


def test_every_operation_and_every_flag_is_among_them():
    assert {key[0] for key in OPS} == set(OPERATIONS)
    affine = [key for key in OPS if key[0] == "affine"]
    assert {key[1] for key in affine} == set(SourceGradient)
    assert {key[2] for key in affine} == {False, True}
    assert {key[3] for key in affine} == {False, True}


def _compare(tape, number, kernel_kind, batch=BATCH):
    """Forward and backward of one operation on random memory; all of memory must be equal afterwards."""
    op, row = tape.ops[number], np.ascontiguousarray(tape.rows(batch)[number])
    random = np.random.default_rng(number)
    starts = tape.starts(batch)
    flat = random.uniform(-0.3, 1.3, (2, starts[-1])).astype(np.float32)
    theta, grad = random.normal(size=(2, tape.parameters)).astype(np.float32)
    memory = [theta, grad, *flat]

    def matrices(vector):
        return [
            vector[starts[i] : starts[i + 1]].reshape(batch, buffer.width)
            for i, buffer in enumerate(tape.buffers)
        ]

    if op.kind == "cross_entropy_logits":  # which is only ever used after a softmax
        z, prediction = (matrices(flat[0])[i] for i in (op.source, op.prediction))
        prediction[:] = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    expected = [array.astype(np.float64) for array in memory]
    views = [matrices(vector) for vector in expected[2:]]
    OPERATIONS[op.kind].forward(op, expected[0], views[0])
    OPERATIONS[op.kind].backward(op, expected[0], expected[1], views[0], views[1])

    jit.load([f"{kernel_kind}.forward", f"{kernel_kind}.backward"])
    addresses = [array.ctypes.data for array in (row, *memory)]
    for way in ("forward", "backward"):
        KERNEL(jit.address(f"{kernel_kind}.{way}"))(*addresses, batch)
    for array, wanted in zip(memory, expected, strict=True):
        np.testing.assert_allclose(array, wanted, rtol=2e-5, atol=2e-6)


@pytest.mark.parametrize("key", OPS, ids=lambda key: "-".join(map(str, key)))
def test_kernel_does_as_the_reference(key):
    _compare(*OPS[key], key[0])


@pytest.mark.parametrize(
    "key", [key for key in OPS if key[0] == "affine"], ids=lambda key: "-".join(map(str, key))
)
def test_blas_twin_does_as_the_reference(key):
    _compare(*OPS[key], "affine_blas")


@pytest.mark.parametrize("l2", [1e-10, 1.4e-9])
def test_a_small_penalty_is_not_lost(l2):
    tape = lower(chain(Input((2,)), Dense(1, "identity", bias=False)), "mse", l2)
    row = np.ascontiguousarray(tape.rows(1)[-1])
    theta, grad = np.float32([3.0, -4.0]), np.zeros(2, np.float32)
    values = np.zeros(tape.starts(1)[-1], np.float32)
    jit.load(["penalty.forward", "penalty.backward"])
    memory = [array.ctypes.data for array in (row, theta, grad, values, values)]
    for way in ("forward", "backward"):
        KERNEL(jit.address(f"penalty.{way}"))(*memory, 1)
    # λ (3² + 4²), and 2 λ w
    np.testing.assert_allclose(values[row[TARGET]], 25.0 * l2, rtol=1e-6)
    np.testing.assert_allclose(grad, 2.0 * l2 * theta, rtol=1e-6)


def test_softmax_is_right_over_the_whole_range_of_the_exponential():
    z = -np.linspace(0.0, 84.0, 2000, dtype=np.float32)
    low, broken = np.float32([0.0, -300.0]), np.float32([0.0, np.nan])
    for logits in (z, low, broken):
        values = np.concatenate([logits, np.zeros_like(logits)])
        row = np.zeros(COLUMNS, np.int64)
        row[TARGET], row[TARGET_WIDTH] = len(logits), len(logits)
        jit.load(["softmax.forward"])
        KERNEL(jit.address("softmax.forward"))(row.ctypes.data, None, None, values.ctypes.data, None, 1)
        e = np.exp(logits.astype(np.float64))
        np.testing.assert_allclose(values[len(logits) :], e / e.sum(), rtol=2e-6, atol=2e-38)


@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_update_kernel_does_as_the_reference(kind, masked):
    random = np.random.default_rng(3)
    size = 37
    settings = Optimizer(kind, learning_rate=0.05)
    theta, m, v = random.normal(size=(3, size)).astype(np.float32)
    v = np.abs(v)
    mask = (random.random(size) < 0.7).astype(np.float32)
    wanted = [array.astype(np.float64) for array in (theta, m, v)]
    numbers = settings_vector(settings, masked=masked)
    jit.load([f"update.{kind}"])
    update = UPDATE(jit.address(f"update.{kind}"))
    for count in range(1, 6):
        grad = random.normal(size=size).astype(np.float32)
        arrays = (theta, grad, m, v, mask, numbers)
        update(*(array.ctypes.data for array in arrays), count, size)
        read = mask if masked else np.ones_like(mask)
        UPDATES[kind](settings, wanted[0], grad.astype(np.float64), *wanted[1:], read, count)
    for array, expected in zip((theta, m, v), wanted, strict=True):
        np.testing.assert_allclose(array, expected, rtol=2e-5, atol=2e-6)


@pytest.mark.parametrize("kind", ["momentum", "nesterov", "rmsprop", "adam"])
def test_update_kernel_leaves_no_denormal_moment(kind):
    theta, grad = np.zeros((2, 8), np.float32)
    m, v = np.full((2, 8), 1.3e-38, np.float32)  # just above the smallest normal number, 1.18e-38
    mask = np.ones(8, np.float32)
    numbers = settings_vector(Optimizer(kind, beta2=0.5))
    jit.load([f"update.{kind}"])
    arrays = (theta, grad, m, v, mask, numbers)
    UPDATE(jit.address(f"update.{kind}"))(*(array.ctypes.data for array in arrays), 1, 8)
    used = {"momentum": [m], "nesterov": [m], "rmsprop": [v], "adam": [m, v]}[kind]
    assert all(not moment.any() for moment in used)


@pytest.mark.parametrize("batch", [2, 40])
@pytest.mark.parametrize("units", [7, 16, 150])
def test_wide_layers_do_as_the_reference_by_blas_or_without(batch, units):
    # 40 samples and 150 units are the one product of these that is large enough for BLAS.
    tape = lower(
        chain(Input((20,)), Dense(100), Dense(units, "softmax")), "cross_entropy", input_gradient=True
    )
    for number in (0, 2):
        _compare(tape, number, "affine_blas", batch)


def test_wide_connections_are_left_to_blas():
    tape = lower(chain(Input((64,)), Dense(8, "relu"), Dense(2, "softmax")), "cross_entropy")
    names = jit.kernel_names(tape)
    assert names[0] == "affine_blas"  # 64 · 8 weights
    assert names[2] == "affine"  # 8 · 2
