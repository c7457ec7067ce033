"""What an operation is, and how one entry of a tape tells it where to work.

An operation knows two executions of itself. The plain one (float64 NumPy) gets the :class:`Op` and
the values as matrices. The kernel (compiled, float32) gets the same facts as one row of integers
and every value as one flat vector: ``kernel(row, theta, grad, values, dvalues, batch)``.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.floating[Any]]
Kernel = Callable[..., None]

MOST_READS, MOST_WRITES, MOST_USES, MOST_BESIDE, MOST_ATTRIBUTES = 4, 3, 4, 3, 16
"""Operands of each sort that an entry may have."""
(SOURCE, SOURCE_WIDTH, SOURCE_GRADIENT) = range(3)
(SECOND, SECOND_WIDTH, SECOND_GRADIENT) = range(3, 6)
(THIRD, THIRD_WIDTH, THIRD_GRADIENT) = range(6, 9)
(FOURTH, FOURTH_WIDTH, FOURTH_GRADIENT) = range(9, 12)
(TARGET, TARGET_WIDTH) = range(12, 14)
(TARGET_2, TARGET_2_WIDTH) = range(14, 16)
(TARGET_3, TARGET_3_WIDTH) = range(16, 18)
ADD_TARGET = 18
(WEIGHT, WEIGHT_GRADIENT, BIAS, BIAS_GRADIENT) = range(19, 23)
(USE_3, USE_3_GRADIENT, USE_4, USE_4_GRADIENT) = range(23, 27)
(PREDICTION, EXPECTED, BESIDE_3) = range(27, 30)
ATTRIBUTES = 30
"""Columns of a row: values read, written, parameters used, values looked at beside, then attributes.
Places are absolute; of what is absent the place is -1."""
COLUMNS = ATTRIBUTES + MOST_ATTRIBUTES
FIRES_ABOVE = 1e-6
"""Where a threshold unit fires. In decimals 0.1 + 0.2 − 0.3 is 0, in binary a hair more: what rounding
alone lifts above 0 must not decide an answer."""


class Gradient(IntEnum):
    """What a backward pass does with the gradient of one operand."""

    NONE = 0
    WRITE = 1
    ADD = 2


@dataclass(frozen=True, slots=True)
class Read:
    """A value that an operation reads.

    Attributes
    ----------
    value : int
        Its number on the tape.
    gradient : Gradient
    """

    value: int
    gradient: Gradient = Gradient.WRITE


@dataclass(frozen=True, slots=True)
class Use:
    """A parameter that an operation uses.

    Attributes
    ----------
    place : int
        Where it begins among the parameters; -1 where the layer has none.
    tensor : int
        Where the tensor that it is part of begins.
    gradient : Gradient
    """

    place: int
    tensor: int
    gradient: Gradient = Gradient.WRITE

    @classmethod
    def absent(cls) -> Use:
        """A parameter that the layer does without."""
        return cls(-1, -1, Gradient.NONE)


@dataclass(frozen=True, slots=True)
class Op:
    """One entry of a tape.

    Attributes
    ----------
    kind : str
        Name of the operation, a key of :data:`nnsim.engine.ops.OPERATIONS`.
    layer : int
        The layer it belongs to; a loss belongs to the output layer.
    reads : tuple of Read
    writes : tuple of int
        Numbers of the values it writes.
    uses : tuple of Use
    beside : tuple of int
        Numbers of values that it looks at and that get no gradient from it, such as a loss's ŷ and y.
    adds : bool
        Forward adds to what it writes, which an earlier operation wrote.
    attributes : NamedTuple of int and float
        What else it must know, in a type of its kind's own.
    """

    kind: str
    layer: int
    reads: tuple[Read, ...]
    writes: tuple[int, ...]
    uses: tuple[Use, ...] = ()
    beside: tuple[int, ...] = ()
    adds: bool = False
    attributes: Any = ()

    @property
    def source(self) -> int:
        """Number of the first value that it reads; -1 where it reads none."""
        return self.reads[0].value if self.reads else -1

    @property
    def target(self) -> int:
        """Number of the first value that it writes."""
        return self.writes[0]

    @property
    def source_gradient(self) -> Gradient:
        """What becomes of the gradient of the first value that it reads."""
        return self.reads[0].gradient if self.reads else Gradient.NONE

    @property
    def weight(self) -> int:
        """Place of the first parameter that it uses; -1 where there is none."""
        return self.uses[0].place if self.uses else -1

    @property
    def bias(self) -> int:
        """Place of the second parameter that it uses; -1 where there is none."""
        return self.uses[1].place if len(self.uses) > 1 else -1

    @property
    def prediction(self) -> int:
        """Of a loss: number of the value ŷ."""
        return self.beside[0]

    @property
    def expected(self) -> int:
        """Of a loss: number of the value y."""
        return self.beside[1]

    def with_gradients(self, *gradients: Gradient) -> Op:
        """The same with another treatment of the values that it reads."""
        reads = tuple(replace(read, gradient=g) for read, g in zip(self.reads, gradients, strict=True))
        return replace(self, reads=reads)


@dataclass(frozen=True, slots=True)
class Operation:
    """Both executions of one kind of operation, each forwards and backwards.

    Attributes
    ----------
    forward : function (op, theta, values)
    backward : function (op, theta, grad, values, dvalues)
        `values` and `dvalues` are lists of matrices (batch, width), by value number.
    forward_kernel, backward_kernel : function (row, theta, grad, values, dvalues, batch)
        Plain Python that Numba can compile.
    """

    forward: Callable[[Op, Matrix, list[Matrix]], None]
    backward: Callable[[Op, Matrix, Matrix, list[Matrix], list[Matrix]], None]
    forward_kernel: Kernel
    backward_kernel: Kernel


class Size(NamedTuple):
    """Attributes of an operation that needs to know a length only."""

    size: int


def exp(x: float) -> float:
    """``eˣ`` in a kernel that runs over many numbers; compiled it is :mod:`nnsim.engine.exponential`."""
    return math.exp(x)


def bits(number: float) -> int:
    """A real number as it stands in a row of integers."""
    found: int = struct.unpack("<q", struct.pack("<d", number))[0]
    return found


def real(number: int) -> float:
    """The real number that :func:`bits` put into a row; compiled it is :mod:`nnsim.engine.inlined`'s."""
    found: float = struct.unpack("<d", struct.pack("<q", int(number)))[0]
    return found


def kept(gradient: Matrix, place: int, add: bool) -> Any:
    """What a kernel adds to: what stands there where a gradient is added, else 0, whatever stands there."""
    return gradient[place] if add else np.float32(0)


def put(target: NDArray[Any], value: NDArray[Any] | float, mode: int) -> None:
    """Write `value` into `target`, add it, or leave it, as a :class:`Gradient` says."""
    if mode == Gradient.ADD:
        target += value
    elif mode == Gradient.WRITE:
        target[...] = value


def put_gradient(op: Op, read: int, dvalues: list[Matrix], value: Matrix) -> None:
    """Hand a gradient on to one of the values that an operation read, as its entry says."""
    put(dvalues[op.reads[read].value], value, op.reads[read].gradient)


def put_parameter(op: Op, use: int, grad: Matrix, value: Matrix | float, size: int) -> None:
    """Hand a gradient on to `size` numbers of one of the parameters that an operation used."""
    used = op.uses[use]
    if used.place >= 0:
        put(grad[used.place : used.place + size], value, used.gradient)
