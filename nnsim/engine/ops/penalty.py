"""The L2 penalty ``λ Σ w²`` of one weight tensor."""

from __future__ import annotations

import math

import numpy as np

from nnsim.engine.ops.operation import (
    ADD_TARGET,
    CONSTANT,
    EXPONENT,
    STRIDE,
    TARGET,
    WEIGHT,
    Matrix,
    Op,
    Operation,
    put,
)

ZERO = np.float32(0)


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """The penalty stands in the first row of its buffer: it does not depend on the batch."""
    weights = theta[op.weight : op.weight + op.stride]
    put(values[op.target][:1], op.constant * np.sum(weights * weights), op.add_target)


def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """Writes ``2 λ w``; the layer's affine operations, which come after it, add to that."""
    weights = slice(op.weight, op.weight + op.stride)
    grad[weights] = 2.0 * op.constant * theta[weights]


def forward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward`."""
    first = row[WEIGHT]
    total = ZERO
    for i in range(row[STRIDE]):
        total += theta[first + i] * theta[first + i]
    total *= np.float32(math.ldexp(float(row[CONSTANT]), row[EXPONENT]))
    if row[ADD_TARGET] == 1:
        total += values[row[TARGET]]
    values[row[TARGET]] = total


def backward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward`."""
    first = row[WEIGHT]
    factor = np.float32(2.0 * math.ldexp(float(row[CONSTANT]), row[EXPONENT]))
    for i in range(row[STRIDE]):
        grad[first + i] = factor * theta[first + i]


PENALTY = Operation(forward, backward, forward_kernel, backward_kernel)
