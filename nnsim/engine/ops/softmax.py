"""``a_j = e^{z_j} / Σ_k e^{z_k}`` over a layer."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.operation import (
    SOURCE,
    SOURCE_GRADIENT,
    TARGET,
    TARGET_WIDTH,
    Matrix,
    Op,
    Operation,
    exp,
    kept,
    put_gradient,
)

ZERO = np.float32(0)


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """Shifted by the largest z, so that nothing overflows."""
    z = values[op.source]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    values[op.target][...] = e / e.sum(axis=1, keepdims=True)


def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """``∂L/∂z_j = a_j (∂L/∂a_j − Σ_k ∂L/∂a_k a_k)``"""
    a, upstream = values[op.target], dvalues[op.target]
    put_gradient(op, 0, dvalues, a * (upstream - np.sum(upstream * a, axis=1, keepdims=True)))


def forward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward`."""
    units, z, a = row[TARGET_WIDTH], row[SOURCE], row[TARGET]
    for sample in range(batch):
        first = sample * units
        largest = values[z + first]
        for i in range(first + 1, first + units):
            largest = max(largest, values[z + i])
        for i in range(first, first + units):
            values[a + i] = values[z + i] - largest
    for i in range(batch * units):
        values[a + i] = exp(values[a + i])
    for sample in range(batch):
        first = sample * units
        total = ZERO
        for i in range(first, first + units):
            total += values[a + i]
        for i in range(first, first + units):
            values[a + i] /= total


def backward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward`."""
    if row[SOURCE_GRADIENT] == 0:
        return
    units, add = row[TARGET_WIDTH], row[SOURCE_GRADIENT] == 2
    for sample in range(batch):
        z = row[SOURCE] + sample * units
        a = row[TARGET] + sample * units
        total = ZERO
        for i in range(units):
            total += dvalues[a + i] * values[a + i]
        for i in range(units):
            share = values[a + i] * (dvalues[a + i] - total)
            dvalues[z + i] = kept(dvalues, z + i, add) + share


SOFTMAX = Operation(forward, backward, forward_kernel, backward_kernel)
