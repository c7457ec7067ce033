"""Which inputs of which sample are not 0, for data that are mostly 0."""

from __future__ import annotations

import ctypes
import weakref
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.engine import jit

DENSE = 0.4
"""Share of inputs that are not 0 from which plain matrix products are as fast."""
LOOKED_AT = 256
"""Samples by which data are judged."""
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Nonzero:
    """What is not 0 of a matrix (samples, features), row by row.

    Attributes
    ----------
    starts : array of int64, shape (samples + 1,)
        Where each row begins in the other two.
    columns : array of int32
    values : array of float32
    """

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: Array


def is_sparse(x: Array) -> bool:
    """Whether most inputs are 0, judged by some of the samples, shape (samples, features)."""
    some = x[:: max(1, len(x) // LOOKED_AT)]
    return bool(np.count_nonzero(some) < DENSE * some.size)


_found: dict[int, Nonzero] = {}


def nonzero(x: Array) -> Nonzero:
    """What is not 0 of a contiguous matrix (samples, features), which must not change any more.

    It is kept as long as the matrix is: an edit of the document makes a new engine, mostly with the same
    data.
    """
    if id(x) not in _found:
        _found[id(x)] = _find(x)
        weakref.finalize(x, _found.pop, id(x)).atexit = False
    return _found[id(x)]


def _find(x: Array) -> Nonzero:
    starts = np.zeros(len(x) + 1, np.int64)
    list_nonzero = _compiled()
    total = list_nonzero(x.ctypes.data, *x.shape, starts.ctypes.data, None, None)
    # One place more each: where nothing is left to be written, it is written there.
    columns, values = np.empty(total + 1, np.int32), np.empty(total + 1, np.float32)
    list_nonzero(x.ctypes.data, *x.shape, starts.ctypes.data, columns.ctypes.data, values.ctypes.data)
    return Nonzero(starts, columns, values)


def _compiled() -> Any:
    number, address = ctypes.c_int64, ctypes.c_void_p
    kind = ctypes.CFUNCTYPE(number, address, number, number, address, address, address)
    return kind(jit.address("nonzero"))
