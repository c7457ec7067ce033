"""The L2 penalty ``λ Σ w²`` of one weight tensor."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nnsim.engine.ops.operation import (
    ADD_TARGET,
    ATTRIBUTES,
    TARGET,
    WEIGHT,
    WEIGHT_GRADIENT,
    Gradient,
    Matrix,
    Op,
    Operation,
    kept,
    put,
    put_parameter,
    real,
)

SIZE, RATE = ATTRIBUTES, ATTRIBUTES + 1
ZERO = np.float32(0)


class Penalty(NamedTuple):
    """Attributes: how many weights, and λ."""

    size: int
    rate: float


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """The penalty does not depend on the batch."""
    penalty: Penalty = op.attributes
    weights = theta[op.weight : op.weight + penalty.size]
    mode = Gradient.ADD if op.adds else Gradient.WRITE
    put(values[op.target], penalty.rate * np.sum(weights * weights), mode)


def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """``2 λ w``"""
    penalty: Penalty = op.attributes
    weights = theta[op.weight : op.weight + penalty.size]
    put_parameter(op, 0, grad, 2.0 * penalty.rate * weights, penalty.size)


def forward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward`."""
    first = row[WEIGHT]
    total = ZERO
    for i in range(row[SIZE]):
        total += theta[first + i] * theta[first + i]
    total *= np.float32(real(row[RATE]))
    if row[ADD_TARGET] == 1:
        total += values[row[TARGET]]
    values[row[TARGET]] = total


def backward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward`."""
    first, add = row[WEIGHT], row[WEIGHT_GRADIENT] == 2
    factor = np.float32(2.0 * real(row[RATE]))
    for i in range(row[SIZE]):
        grad[first + i] = kept(grad, first + i, add) + factor * theta[first + i]


PENALTY = Operation(forward, backward, forward_kernel, backward_kernel)
