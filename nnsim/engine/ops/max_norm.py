"""After an update, weights into a unit that are longer than allowed are cut to that length.

Srivastava et al. (2014), section 5.1: ``w ← w · c / ‖w‖`` where ‖w‖ > c.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from nnsim.engine.ops.normalize import nothing, nothing_kernel
from nnsim.engine.ops.operation import ATTRIBUTES, WEIGHT, Matrix, Op, Operation, real

ROWS, LENGTH, LONGEST = ATTRIBUTES, ATTRIBUTES + 1, ATTRIBUTES + 2
ZERO = np.float32(0)


class Rows(NamedTuple):
    """Attributes: how many units, how many weights each, and the longest that these may be."""

    rows: int
    length: int
    longest: float


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """Unit by unit."""
    rows: Rows = op.attributes
    weights = theta[op.weight : op.weight + rows.rows * rows.length].reshape(rows.rows, rows.length)
    norms = np.sqrt(np.sum(weights * weights, axis=1, keepdims=True))
    weights *= np.where(norms > rows.longest, rows.longest / np.where(norms > 0, norms, 1.0), 1.0)


def forward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward`."""
    longest, length = np.float32(real(row[LONGEST])), row[LENGTH]
    for unit in range(row[ROWS]):
        first, square = row[WEIGHT] + unit * length, ZERO
        for i in range(length):
            square += theta[first + i] * theta[first + i]
        norm = np.float32(math.sqrt(square))
        if norm > longest:
            scale = longest / norm
            for i in range(length):
                theta[first + i] *= scale


MAX_NORM = Operation(forward, nothing, forward_kernel, nothing_kernel)
