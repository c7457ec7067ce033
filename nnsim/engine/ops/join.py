"""Values copied, added or laid one after the other: flatten, residuals, concatenation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nnsim.engine.ops.operation import (
    ADD_TARGET,
    ATTRIBUTES,
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    Gradient,
    Matrix,
    Op,
    Operation,
    kept,
    put,
    put_gradient,
)

FIRST, WIDTH = ATTRIBUTES, ATTRIBUTES + 1
ZERO = np.float32(0)


class Part(NamedTuple):
    """Attributes: where what is read begins in a row of what is written, and how long that row is."""

    first: int
    width: int


def _part(op: Op, target: Matrix, width: int) -> Matrix:
    part: Part = op.attributes
    return target[:, part.first : part.first + width]


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """``y = x``, or ``y = y + x``, in one part of y."""
    x = values[op.source]
    put(_part(op, values[op.target], x.shape[1]), x, Gradient.ADD if op.adds else Gradient.WRITE)


def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """``∂L/∂x = ∂L/∂y``, of that part."""
    put_gradient(op, 0, dvalues, _part(op, dvalues[op.target], values[op.source].shape[1]))


def forward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward`."""
    width, add = row[SOURCE_WIDTH], row[ADD_TARGET] == 1
    for sample in range(batch):
        x, y = row[SOURCE] + sample * width, row[TARGET] + sample * row[WIDTH] + row[FIRST]
        for i in range(width):
            values[y + i] = kept(values, y + i, add) + values[x + i]


def backward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward`."""
    if row[SOURCE_GRADIENT] == 0:
        return
    width, add = row[SOURCE_WIDTH], row[SOURCE_GRADIENT] == 2
    for sample in range(batch):
        x, y = row[SOURCE] + sample * width, row[TARGET] + sample * row[WIDTH] + row[FIRST]
        for i in range(width):
            dvalues[x + i] = kept(dvalues, x + i, add) + dvalues[y + i]


JOIN = Operation(forward, backward, forward_kernel, backward_kernel)
