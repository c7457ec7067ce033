"""``z = W a + b`` for one connection; a layer fed by several sources has one such operation for each."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.operation import (
    ADD_TARGET,
    ATTRIBUTES,
    BIAS,
    BIAS_GRADIENT,
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    TARGET_WIDTH,
    WEIGHT,
    WEIGHT_GRADIENT,
    Gradient,
    Matrix,
    Op,
    Operation,
    put,
    put_gradient,
    put_parameter,
)

STRIDE = ATTRIBUTES
"""Length of one row of the weight tensor, the attribute ``size``."""
ZERO = np.float32(0)


def _block(op: Op, vector: Matrix, inputs: int, units: int) -> Matrix:
    """The weights of this connection, (units, inputs), as a window into a flat vector."""
    use, attributes = op.uses[0], op.attributes
    tensor = vector[use.tensor : use.tensor + units * attributes.size].reshape(units, attributes.size)
    column = use.place - use.tensor
    return tensor[:, column : column + inputs]


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """``z = a Wᵀ + b``, one sample a row."""
    a, z = values[op.source], values[op.target]
    put(z, a @ _block(op, theta, a.shape[1], z.shape[1]).T, Gradient.ADD if op.adds else Gradient.WRITE)
    if op.bias >= 0:
        z += theta[op.bias : op.bias + z.shape[1]]


def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """``∂L/∂W = δᵀ a``, ``∂L/∂b = Σ δ``, ``∂L/∂a = δ W`` with δ = ∂L/∂z."""
    a, delta = values[op.source], dvalues[op.target]
    inputs, units = a.shape[1], delta.shape[1]
    put(_block(op, grad, inputs, units), delta.T @ a, op.uses[0].gradient)
    put_parameter(op, 1, grad, delta.sum(axis=0), units)
    put_gradient(op, 0, dvalues, delta @ _block(op, theta, inputs, units))


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
        w, total = weight + unit * stride, ZERO
        if row[WEIGHT_GRADIENT] == 1:
            for i in range(inputs):
                grad[w + i] = ZERO
        for sample in range(batch):
            delta = dvalues[z + sample * units + unit]
            total += delta
            for i in range(inputs):
                grad[w + i] += delta * values[a + sample * inputs + i]
        if bias >= 0:
            grad[bias + unit] = total if row[BIAS_GRADIENT] == 1 else grad[bias + unit] + total
    if row[SOURCE_GRADIENT] == 0:
        return
    if row[SOURCE_GRADIENT] == 1:
        for i in range(batch * inputs):
            dvalues[a + i] = ZERO
    for _ in range(batch):
        for unit in range(units):
            delta, w = dvalues[z + unit], weight + unit * stride
            for i in range(inputs):
                dvalues[a + i] += delta * theta[w + i]
        a += inputs
        z += units


AFFINE = Operation(forward, backward, forward_kernel, backward_kernel)
