"""Every compiled kernel by itself against the reference, on random memory."""

import ctypes
from dataclasses import replace

import numpy as np
import pytest

from nnsim.engine import jit
from nnsim.engine.lowering import Mode, lower
from nnsim.engine.ops import OPERATIONS
from nnsim.engine.ops.conv2d import Window
from nnsim.engine.ops.dropout import clock_numbers
from nnsim.engine.ops.operation import COLUMNS, TARGET, TARGET_WIDTH, Gradient
from nnsim.engine.optimizers import UPDATES, settings_vector
from nnsim.engine.plane_sizes import WORKSPACE, workspace_size
from nnsim.model.layers import ACTIVATIONS, Conv2d, Dense, Input, MaxPool2d
from nnsim.model.network import chain
from nnsim.model.training import LOSSES, OPTIMIZERS, Optimizer
from tests.engine.networks import WINDOWS, crossed, pictures

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
    yield lower(crossed("prelu"), "perceptron", max_norm=0.5)
    for mode in Mode:
        for window in WINDOWS:
            yield lower(pictures(window), "mse", mode=mode, seed=3)


def _ops():
    """Every different operation of those tapes."""
    found = {}
    for tape in _tapes():
        for number, op in enumerate(tape.ops):
            shape = op.attributes if isinstance(op.attributes, Window) else ()
            found[op.kind, op.adds, op.bias < 0, *shape] = (tape, number)
    return found


OPS = _ops()
MODES = [(read, use) for read in Gradient for use in (Gradient.WRITE, Gradient.ADD)]


def test_every_operation_is_among_them():
    assert {key[0] for key in OPS} == set(OPERATIONS)
    assert {key[1] for key in OPS if key[0] == "affine"} == {False, True}


def _treated(op, read, use):
    """The same entry of a tape with another treatment of all its operands."""
    return replace(
        op,
        reads=tuple(replace(r, gradient=read) for r in op.reads),
        uses=tuple(replace(u, gradient=use) if u.place >= 0 else u for u in op.uses),
    )


def _memory(tape, op, batch, share=1.0):
    """Random numbers for all that an operation may meet: parameters, gradients, values, their gradients.

    Of the gradient of what the operation writes only that share is not 0.
    """
    random = np.random.default_rng(len(tape.ops))
    starts = tape.starts(batch)
    flat = random.uniform(-0.3, 1.3, (2, starts[-1])).astype(np.float32)
    theta, grad = random.normal(size=(2, tape.parameters)).astype(np.float32)
    views = matrices(tape, flat[0], batch)
    if op.kind == "cross_entropy_logits":  # which is only ever used after a softmax
        z = views[op.source]
        views[op.prediction][:] = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    if tape.clock is not None:
        views[tape.clock][:] = clock_numbers(70_000_003)
    if op.kind == "normalize_running":  # a variance is not negative
        theta[:] = np.abs(theta)
    if share < 1.0:
        delta = matrices(tape, flat[1], batch)[op.target]
        delta[random.random(delta.shape) >= share] = 0.0
    return [theta, grad, *flat]


def matrices(tape, vector, batch):
    """Each buffer of a flat vector as a matrix."""
    starts = tape.starts(batch)
    return [
        vector[starts[i] : starts[i + 1]].reshape(buffer.rows(batch), buffer.width)
        for i, buffer in enumerate(tape.buffers)
    ]


def _reference(tape, op, memory, batch):
    expected = [array.astype(np.float64) for array in memory]
    views = [matrices(tape, vector, batch) for vector in expected[2:]]
    OPERATIONS[op.kind].forward(op, expected[0], views[0])
    OPERATIONS[op.kind].backward(op, expected[0], expected[1], views[0], views[1])
    return expected


def _compare(tape, number, kernel_kind, batch=BATCH, modes=(Gradient.WRITE, Gradient.WRITE), share=1.0):
    """Forward and backward of one operation on random memory; all of memory must be equal afterwards."""
    op = _treated(tape.ops[number], *modes)
    changed = replace(tape, ops=(*tape.ops[:number], op, *tape.ops[number + 1 :]))
    row = np.ascontiguousarray(changed.rows(batch)[number])
    memory = _memory(tape, op, batch, share)
    expected = _reference(tape, op, memory, batch)
    jit.load([f"{kernel_kind}.forward", f"{kernel_kind}.backward"])
    room = np.full(workspace_size(op.attributes) if op.kind == "conv2d" else 1, np.nan, np.float32)
    if op.kind == "conv2d":
        row[WORKSPACE] = room.ctypes.data
    addresses = [array.ctypes.data for array in (row, *memory)]
    for way in ("forward", "backward"):
        KERNEL(jit.address(f"{kernel_kind}.{way}"))(*addresses, batch)
    for array, wanted in zip(memory, expected, strict=True):
        np.testing.assert_allclose(array, wanted, rtol=5e-5, atol=5e-6)


@pytest.mark.parametrize("key", OPS, ids=lambda key: "-".join(map(str, key)))
def test_kernel_does_as_the_reference_whatever_becomes_of_the_gradients(key):
    for modes in MODES:
        _compare(*OPS[key], key[0], modes=modes)


@pytest.mark.parametrize("key", OPS, ids=lambda key: "-".join(map(str, key)))
def test_a_second_reader_adds_what_the_first_would_write(key):
    # What an operation hands on where it writes, it adds to what stands there where it adds.
    tape, number = OPS[key]
    op = tape.ops[number]
    memory = _memory(tape, op, BATCH)
    _, grad, _, before = (array.astype(np.float64) for array in memory)
    written = _reference(tape, _treated(op, Gradient.WRITE, Gradient.WRITE), memory, BATCH)
    added = _reference(tape, _treated(op, Gradient.ADD, Gradient.ADD), memory, BATCH)
    views = [matrices(tape, vector, BATCH) for vector in (before, written[3], added[3])]
    for read in op.reads:
        start, fresh, total = (view[read.value] for view in views)
        np.testing.assert_allclose(total, start + fresh, atol=1e-12)
    touched = written[1] != grad
    np.testing.assert_allclose(added[1][touched], grad[touched] + written[1][touched], atol=1e-12)
    np.testing.assert_array_equal(added[1][~touched], grad[~touched])


@pytest.mark.parametrize(
    "key", [key for key in OPS if key[0] == "affine"], ids=lambda key: "-".join(map(str, key))
)
def test_blas_twin_does_as_the_reference(key):
    for modes in MODES:
        _compare(*OPS[key], "affine_blas", modes=modes)


@pytest.mark.parametrize("sides", [(6, 8), (7, 9), (2, 37)])
def test_halving_does_as_the_reference(sides):
    tape = lower(chain(Input((3, *sides)), MaxPool2d()), "mse", input_gradient=True)
    for modes in MODES:
        _compare(tape, 0, "max_pool2d_halving", 3, modes)


@pytest.mark.parametrize("place", range(4))
def test_halving_keeps_what_is_no_number(place):
    tape = lower(chain(Input((1, 20, 20)), MaxPool2d()), "mse")
    row = np.ascontiguousarray(tape.rows(1)[0])
    values = np.ones(tape.starts(1)[-1], np.float32)
    broken = np.zeros((10, 10), bool)
    broken[3, 4] = broken[9, 9] = True  # among eight windows done at once, and among those done one by one
    image = values[:400].reshape(10, 2, 10, 2)
    image[:, place // 2, :, place % 2][broken] = np.nan
    jit.load(["max_pool2d_halving.forward"])
    KERNEL(jit.address("max_pool2d_halving.forward"))(
        row.ctypes.data, None, None, values.ctypes.data, None, 1
    )
    np.testing.assert_array_equal(np.isnan(values[400:500].reshape(10, 10)), broken)


SCATTERED, PLANES = 0.03, 1.0
"""Shares of a gradient that are not 0: so few that each is followed by itself, and all."""


@pytest.mark.parametrize("share", [SCATTERED, PLANES])
@pytest.mark.parametrize("padding", [(0, 0), (1, 2), (3, 0)])
@pytest.mark.parametrize(("channels", "filters"), [(1, 1), (3, 4), (4, 5), (5, 7), (2, 8), (16, 3)])
@pytest.mark.parametrize("kernel", [(1, 1), (3, 3), (2, 5)])
def test_planes_do_as_the_reference(kernel, channels, filters, padding, share):
    conv = Conv2d(filters, kernel, padding=padding, activation="identity", bias=filters > 1)
    tape = lower(chain(Input((channels, 6, 9)), conv), "mse", input_gradient=True)
    for modes in MODES:
        _compare(tape, 0, "conv2d_planes", 3, modes, share)


@pytest.mark.parametrize("share", [SCATTERED, PLANES])
def test_the_share_of_zeros_decides_how_a_convolution_goes_back(share):
    from nnsim.engine.scattered import pays

    tape = lower(chain(Input((4, 9, 9)), Conv2d(8, (3, 3))), "mse", input_gradient=True)
    op, row = tape.ops[0], tape.rows(3)[0]
    delta = matrices(tape, _memory(tape, op, 3, share)[3], 3)[op.target]
    assert pays(row, delta[0]) == (share == SCATTERED)


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
