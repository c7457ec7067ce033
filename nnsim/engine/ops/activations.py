"""Activations that work on each number alone: ``a = f(z)``, ``∂L/∂z = ∂L/∂a · f′(z)``."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from nnsim.engine.ops.operation import (
    ATTRIBUTES,
    FIRES_ABOVE,
    SOURCE,
    SOURCE_GRADIENT,
    TARGET,
    TARGET_WIDTH,
    WEIGHT,
    WEIGHT_GRADIENT,
    Kernel,
    Matrix,
    Op,
    Operation,
    kept,
    put_gradient,
    put_parameter,
    real,
)

ZERO = np.float32(0)
ONE = np.float32(1)
THRESHOLD = np.float32(FIRES_ABOVE)
SLOPE = ATTRIBUTES


class Slope(NamedTuple):
    """Attributes of an activation with a fixed slope below 0."""

    slope: float


Function = Callable[[Matrix, float], Matrix]
Derivative = Callable[[Matrix, Matrix, float], Matrix]


def sigmoid(z: Matrix) -> Matrix:
    """``1 / (1 + e⁻ᶻ)`` without overflow for large negative z."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def slope_below(op: Op) -> float:
    """The fixed slope for z < 0 of an activation; 0 for one that has none."""
    return op.attributes.slope if isinstance(op.attributes, Slope) else 0.0


def _elementwise(
    f: Function, derivative: Derivative, forward_kernel: Kernel, backward_kernel: Kernel
) -> Operation:
    """An activation from f(z, slope) and f′(z, a, slope)."""

    def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
        values[op.target][...] = f(values[op.source], slope_below(op))

    def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
        local = derivative(values[op.source], values[op.target], slope_below(op))
        put_gradient(op, 0, dvalues, dvalues[op.target] * local)

    return Operation(forward, backward, forward_kernel, backward_kernel)


def identity_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``a = z``"""
    z, a = row[SOURCE], row[TARGET]
    for i in range(batch * row[TARGET_WIDTH]):
        values[a + i] = values[z + i]


def identity_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``f′ = 1``"""
    if row[SOURCE_GRADIENT] == 0:
        return
    z, a = row[SOURCE], row[TARGET]
    if row[SOURCE_GRADIENT] == 2:
        for i in range(batch * row[TARGET_WIDTH]):
            dvalues[z + i] += dvalues[a + i]
        return
    for i in range(batch * row[TARGET_WIDTH]):
        dvalues[z + i] = dvalues[a + i]


def step_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``a = 1 if z > 0 else 0``, but for rounding"""
    z, a = row[SOURCE], row[TARGET]
    for i in range(batch * row[TARGET_WIDTH]):
        values[a + i] = ONE if values[z + i] > THRESHOLD else ZERO


def step_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``f′ = 0``"""
    z = row[SOURCE]
    if row[SOURCE_GRADIENT] == 1:
        for i in range(batch * row[TARGET_WIDTH]):
            dvalues[z + i] = ZERO


def sigmoid_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``a = 1 / (1 + e⁻ᶻ)``; for very negative z the exponential is infinite and a is 0, as it should."""
    z, a = row[SOURCE], row[TARGET]
    for i in range(batch * row[TARGET_WIDTH]):
        values[a + i] = ONE / (ONE + math.exp(-values[z + i]))


def sigmoid_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``f′ = a (1 − a)``"""
    if row[SOURCE_GRADIENT] == 0:
        return
    z, a = row[SOURCE], row[TARGET]
    if row[SOURCE_GRADIENT] == 2:
        for i in range(batch * row[TARGET_WIDTH]):
            dvalues[z + i] += dvalues[a + i] * values[a + i] * (ONE - values[a + i])
        return
    for i in range(batch * row[TARGET_WIDTH]):
        dvalues[z + i] = dvalues[a + i] * values[a + i] * (ONE - values[a + i])


def tanh_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``a = tanh z``"""
    z, a = row[SOURCE], row[TARGET]
    for i in range(batch * row[TARGET_WIDTH]):
        values[a + i] = math.tanh(values[z + i])


def tanh_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``f′ = 1 − a²``"""
    if row[SOURCE_GRADIENT] == 0:
        return
    z, a = row[SOURCE], row[TARGET]
    if row[SOURCE_GRADIENT] == 2:
        for i in range(batch * row[TARGET_WIDTH]):
            dvalues[z + i] += dvalues[a + i] * (ONE - values[a + i] * values[a + i])
        return
    for i in range(batch * row[TARGET_WIDTH]):
        dvalues[z + i] = dvalues[a + i] * (ONE - values[a + i] * values[a + i])


def relu_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``a = max(0, z)``; written so that NaN stays NaN."""
    z, a = row[SOURCE], row[TARGET]
    for i in range(batch * row[TARGET_WIDTH]):
        values[a + i] = ZERO if values[z + i] < ZERO else values[z + i]


def relu_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``f′ = 1 if z > 0 else 0``; what is not handed on is read all the same: so it becomes vector code."""
    if row[SOURCE_GRADIENT] == 0:
        return
    z, a = row[SOURCE], row[TARGET]
    if row[SOURCE_GRADIENT] == 2:
        for i in range(batch * row[TARGET_WIDTH]):
            share = dvalues[a + i]
            dvalues[z + i] += share if values[z + i] > ZERO else ZERO
        return
    for i in range(batch * row[TARGET_WIDTH]):
        share = dvalues[a + i]
        dvalues[z + i] = share if values[z + i] > ZERO else ZERO


def leaky_relu_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``a = z if z > 0 else s z``"""
    z, a = row[SOURCE], row[TARGET]
    s = np.float32(real(row[SLOPE]))
    for i in range(batch * row[TARGET_WIDTH]):
        values[a + i] = values[z + i] * (ONE if values[z + i] > ZERO else s)


def leaky_relu_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``f′ = 1 if z > 0 else s``"""
    if row[SOURCE_GRADIENT] == 0:
        return
    z, a = row[SOURCE], row[TARGET]
    s = np.float32(real(row[SLOPE]))
    if row[SOURCE_GRADIENT] == 2:
        for i in range(batch * row[TARGET_WIDTH]):
            dvalues[z + i] += dvalues[a + i] * (ONE if values[z + i] > ZERO else s)
        return
    for i in range(batch * row[TARGET_WIDTH]):
        dvalues[z + i] = dvalues[a + i] * (ONE if values[z + i] > ZERO else s)


def elu_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``a = z if z > 0 else eᶻ − 1``"""
    z, a = row[SOURCE], row[TARGET]
    for i in range(batch * row[TARGET_WIDTH]):
        values[a + i] = values[z + i] if values[z + i] > ZERO else math.expm1(values[z + i])


def elu_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``f′ = 1 if z > 0 else a + 1``"""
    if row[SOURCE_GRADIENT] == 0:
        return
    z, a = row[SOURCE], row[TARGET]
    if row[SOURCE_GRADIENT] == 2:
        for i in range(batch * row[TARGET_WIDTH]):
            dvalues[z + i] += dvalues[a + i] * (ONE if values[z + i] > ZERO else values[a + i] + ONE)
        return
    for i in range(batch * row[TARGET_WIDTH]):
        dvalues[z + i] = dvalues[a + i] * (ONE if values[z + i] > ZERO else values[a + i] + ONE)


def _prelu_forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    z = values[op.source]
    values[op.target][...] = np.where(z > 0, z, theta[op.weight] * z)


def _prelu_backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    # Where a loss reads the sums themselves nothing comes back to what was made of them: upstream is 0.
    z, upstream = values[op.source], dvalues[op.target]
    put_parameter(op, 0, grad, float(np.sum(upstream * np.minimum(z, 0.0))), 1)
    put_gradient(op, 0, dvalues, upstream * np.where(z > 0, 1.0, theta[op.weight]))


def prelu_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``a = z if z > 0 else s z`` with a learned slope s."""
    z, a = row[SOURCE], row[TARGET]
    s = theta[row[WEIGHT]]
    for i in range(batch * row[TARGET_WIDTH]):
        values[a + i] = values[z + i] * (ONE if values[z + i] > ZERO else s)


def prelu_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``f′ = 1 if z > 0 else s``; ``∂L/∂s = Σ ∂L/∂a · min(z, 0)``"""
    slope = row[WEIGHT]
    total = ZERO
    z, a = row[SOURCE], row[TARGET]
    wanted, add = row[SOURCE_GRADIENT] != 0, row[SOURCE_GRADIENT] == 2
    for i in range(batch * row[TARGET_WIDTH]):
        fires = values[z + i] > ZERO
        if not fires:
            total += dvalues[a + i] * values[z + i]
        if wanted:
            passed = dvalues[a + i] if fires else dvalues[a + i] * theta[slope]
            dvalues[z + i] = kept(dvalues, z + i, add) + passed
    grad[slope] = total if row[WEIGHT_GRADIENT] == 1 else grad[slope] + total


ACTIVATIONS = {
    "identity": _elementwise(
        lambda z, s: z, lambda z, a, s: np.ones_like(z), identity_forward, identity_backward
    ),
    "step": _elementwise(
        lambda z, s: np.where(z > FIRES_ABOVE, 1.0, 0.0),
        lambda z, a, s: np.zeros_like(z),
        step_forward,
        step_backward,
    ),
    "sigmoid": _elementwise(
        lambda z, s: sigmoid(z), lambda z, a, s: a * (1.0 - a), sigmoid_forward, sigmoid_backward
    ),
    "tanh": _elementwise(lambda z, s: np.tanh(z), lambda z, a, s: 1.0 - a * a, tanh_forward, tanh_backward),
    "relu": _elementwise(
        lambda z, s: np.maximum(z, 0.0),
        lambda z, a, s: np.where(z > 0, 1.0, 0.0),
        relu_forward,
        relu_backward,
    ),
    "leaky_relu": _elementwise(
        lambda z, s: np.where(z > 0, z, s * z),
        lambda z, a, s: np.where(z > 0, 1.0, s),
        leaky_relu_forward,
        leaky_relu_backward,
    ),
    "elu": _elementwise(
        lambda z, s: np.where(z > 0, z, np.expm1(np.minimum(z, 0.0))),
        lambda z, a, s: np.where(z > 0, 1.0, a + 1.0),
        elu_forward,
        elu_backward,
    ),
    "prelu": Operation(_prelu_forward, _prelu_backward, prelu_forward, prelu_backward),
}
