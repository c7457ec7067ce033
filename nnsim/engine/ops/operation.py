"""What an operation is, and how one entry of a tape tells it where to work.

An operation knows two executions of itself. The plain one (float64 NumPy) gets the :class:`Op` and
the buffers as matrices. The kernel (compiled, float32) gets the same facts as one row of integers
and every buffer as one flat vector: ``kernel(row, theta, grad, values, dvalues, batch)``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.floating[Any]]
Kernel = Callable[..., None]

(
    SOURCE,
    SOURCE_WIDTH,
    TARGET,
    TARGET_WIDTH,
    WEIGHT,
    STRIDE,
    BIAS,
    ADD_TARGET,
    ADD_WEIGHT,
    SOURCE_GRADIENT,
    PREDICTION,
    EXPECTED,
    CONSTANT,
    EXPONENT,
) = range(14)
"""Columns of a row. Places of buffers are absolute; a constant is CONSTANT · 2^EXPONENT, exactly."""
COLUMNS = 14
FIRES_ABOVE = 1e-6
"""Where a threshold unit fires. In decimals 0.1 + 0.2 − 0.3 is 0, in binary a hair more: what rounding
alone lifts above 0 must not decide an answer."""
_MANTISSA_BITS = 53


class SourceGradient(IntEnum):
    """What an operation's backward pass does with the gradient of what it read."""

    NONE = 0
    WRITE = 1
    ADD = 2


@dataclass(frozen=True, slots=True)
class Op:
    """One entry of a tape.

    Attributes
    ----------
    kind : str
        Name of the operation, a key of :data:`nnsim.engine.ops.OPERATIONS`.
    layer : int
        The layer it belongs to; a loss belongs to the output layer.
    source, target : int
        Numbers of the buffers it reads and writes; a penalty reads none (-1).
    weight : int
        Place in the parameters of the weight tensor, or of the slope; -1 where there is none.
    column : int
        First column of the weight tensor that belongs to the source.
    stride : int
        Length of one row of the weight tensor; for a penalty the number of weights.
    bias : int
        Place of the first bias in the parameters, or -1.
    add_target : bool
        Forward adds to the target, which an earlier operation wrote.
    add_weight : bool
        Backward adds to the weight's gradient, which the penalty wrote.
    source_gradient : SourceGradient
    prediction, expected : int
        Of a loss: buffers of ŷ and y, else -1.
    constant : float
        Negative slope, or λ.
    """

    kind: str
    layer: int
    source: int
    target: int
    weight: int = -1
    column: int = 0
    stride: int = 0
    bias: int = -1
    add_target: bool = False
    add_weight: bool = False
    source_gradient: SourceGradient = SourceGradient.WRITE
    prediction: int = -1
    expected: int = -1
    constant: float = 0.0


@dataclass(frozen=True, slots=True)
class Operation:
    """Both executions of one kind of operation, each forwards and backwards.

    Attributes
    ----------
    forward : function (op, theta, values)
    backward : function (op, theta, grad, values, dvalues)
        `values` and `dvalues` are lists of matrices (batch, width), by buffer number.
    forward_kernel, backward_kernel : function (row, theta, grad, values, dvalues, batch)
        Plain Python that Numba can compile.
    """

    forward: Callable[[Op, Matrix, list[Matrix]], None]
    backward: Callable[[Op, Matrix, Matrix, list[Matrix], list[Matrix]], None]
    forward_kernel: Kernel
    backward_kernel: Kernel


def exp(x: float) -> float:
    """``eˣ`` in a kernel that runs over many numbers; compiled it is :mod:`nnsim.engine.exponential`."""
    return math.exp(x)


def whole_parts(constant: float) -> tuple[int, int]:
    """A number as two whole ones, m and e, with m · 2^e exactly equal to it: a row holds nothing else."""
    mantissa, exponent = math.frexp(constant)
    return int(math.ldexp(mantissa, _MANTISSA_BITS)), exponent - _MANTISSA_BITS


def put(target: NDArray[Any], value: NDArray[Any] | float, add: bool) -> None:
    """Write `value` into `target`, or add it."""
    if add:
        target += value
    else:
        target[...] = value


def put_source_gradient(op: Op, dvalues: list[Matrix], value: Matrix) -> None:
    """Hand a gradient on to what the operation read, as its entry says."""
    if op.source_gradient != SourceGradient.NONE:
        put(dvalues[op.source], value, op.source_gradient == SourceGradient.ADD)
