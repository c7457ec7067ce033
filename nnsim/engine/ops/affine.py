"""``z = W a + b`` for one connection; a layer fed by several sources has one such operation for each."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.operation import (
    ADD_TARGET,
    ADD_WEIGHT,
    BIAS,
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    STRIDE,
    TARGET,
    TARGET_WIDTH,
    WEIGHT,
    Matrix,
    Op,
    Operation,
    put,
    put_source_gradient,
)

ZERO = np.float32(0)


def _block(op: Op, vector: Matrix, inputs: int, units: int) -> Matrix:
    """The weights of this connection, (units, inputs), as a window into a flat vector."""
    tensor = vector[op.weight : op.weight + units * op.stride].reshape(units, op.stride)
    return tensor[:, op.column : op.column + inputs]


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """``z = a Wᵀ + b``, one sample a row."""
    a, z = values[op.source], values[op.target]
    put(z, a @ _block(op, theta, a.shape[1], z.shape[1]).T, op.add_target)
    if op.bias >= 0:
        z += theta[op.bias : op.bias + z.shape[1]]


def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """``∂L/∂W = δᵀ a``, ``∂L/∂b = Σ δ``, ``∂L/∂a = δ W`` with δ = ∂L/∂z."""
    a, delta = values[op.source], dvalues[op.target]
    inputs, units = a.shape[1], delta.shape[1]
    put(_block(op, grad, inputs, units), delta.T @ a, op.add_weight)
    if op.bias >= 0:
        grad[op.bias : op.bias + units] = delta.sum(axis=0)
    put_source_gradient(op, dvalues, delta @ _block(op, theta, inputs, units))


def forward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward`."""
    a, inputs = row[SOURCE], row[SOURCE_WIDTH]
    z, units = row[TARGET], row[TARGET_WIDTH]
    weight, stride, bias = row[WEIGHT], row[STRIDE], row[BIAS]
    for _sample in range(batch):
        for unit in range(units):
            total = ZERO
            if row[ADD_TARGET] == 1:
                total += values[z + unit]
            if bias >= 0:
                total += theta[bias + unit]
            for i in range(inputs):
                total += theta[weight + unit * stride + i] * values[a + i]
            values[z + unit] = total
        a += inputs
        z += units


def backward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward`."""
    a, inputs = row[SOURCE], row[SOURCE_WIDTH]
    z, units = row[TARGET], row[TARGET_WIDTH]
    weight, stride, bias = row[WEIGHT], row[STRIDE], row[BIAS]
    for unit in range(units):
        if bias >= 0:
            total = ZERO
            for sample in range(batch):
                total += dvalues[z + sample * units + unit]
            grad[bias + unit] = total
        for i in range(inputs):
            total = ZERO
            if row[ADD_WEIGHT] == 1:
                total += grad[weight + unit * stride + i]
            for sample in range(batch):
                total += dvalues[z + sample * units + unit] * values[a + sample * inputs + i]
            grad[weight + unit * stride + i] = total
    if row[SOURCE_GRADIENT] == 0:
        return
    for _sample in range(batch):
        for i in range(inputs):
            total = ZERO
            if row[SOURCE_GRADIENT] == 2:
                total += dvalues[a + i]
            for unit in range(units):
                total += dvalues[z + unit] * theta[weight + unit * stride + i]
            dvalues[a + i] = total
        a += inputs
        z += units


AFFINE = Operation(forward, backward, forward_kernel, backward_kernel)
