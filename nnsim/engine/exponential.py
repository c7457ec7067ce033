"""The exponential of many float32 numbers at once; imports Numba.

The compiler calls the C library for each ``math.exp``. A polynomial in a plain loop it turns into vector
code, some three times as fast.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload

from nnsim.engine.ops.operation import exp

LOWEST, HIGHEST = np.float32(-87.0), np.float32(88.0)
"""Beyond these the result is 0 or infinite, or nearly; it is taken from here."""
LOG2_E = np.float32(1.4426950408889634)
LN2, LN2_REST = np.float32(0.693359375), np.float32(-2.12194440e-4)
"""ln 2 in two parts, so that no digits are lost when whole multiples of it are taken away."""
P7, P6, P5, P4, P3, P2 = (
    np.float32(c)
    for c in (1.9875691e-4, 1.3981999e-3, 8.3334519e-3, 4.1665796e-2, 1.6666666e-1, 5.0000001e-1)
)
"""``(eʳ − 1 − r) / r²`` on ±ln 2 / 2 (Cephes, ``expf``); right to some 1e-7."""
ONE, HALF = np.float32(1), np.float32(0.5)
_BIAS, _MANTISSA = 127, 23
"""Of a float32: what its exponent is stored with, and the bits below it."""


def _power_of_two(typing_context: Any, whole: Any) -> Any:
    """``2ⁿ`` of a whole number from -126 to 127 by writing the exponent."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        number = ir.IntType(32)
        exponent = builder.add(builder.fptosi(args[0], number), number(_BIAS))
        return builder.bitcast(builder.shl(exponent, number(_MANTISSA)), ir.FloatType())

    return types.float32(types.float32), build


def _fma(typing_context: Any, a: Any, b: Any, c: Any) -> Any:
    """``a b + c``, rounded once; unlike a sum, the compiler may not take it to pieces."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        return builder.fma(*args)

    return types.float32(types.float32, types.float32, types.float32), build


power_of_two = intrinsic(_power_of_two)
fma = intrinsic(_fma)


def _exp(x):  # type: ignore[no-untyped-def]
    """``eˣ = 2ⁿ eʳ`` with the n that leaves the smallest r; NaN stays NaN."""

    def compiled(x):  # type: ignore[no-untyped-def]
        x = LOWEST if x < LOWEST else x
        x = HIGHEST if x > HIGHEST else x
        n = np.float32(math.floor(x * LOG2_E + HALF))
        r = fma(n, -LN2_REST, fma(n, -LN2, x))
        p = ((((P7 * r + P6) * r + P5) * r + P4) * r + P3) * r + P2
        return (p * r * r + r + ONE) * power_of_two(n)

    return compiled


overload(exp)(_exp)
