"""What kernels call besides arithmetic, as compiled code. Imports Numba."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload

from nnsim.engine.ops.operation import kept, real
from nnsim.engine.pointers import FLOATS


def _as_double(typing_context: Any, number: Any) -> Any:
    """The same 64 bits, read as a float64."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.bitcast(args[0], ir.DoubleType())

    return types.float64(types.int64), build


as_double = intrinsic(_as_double)


@overload(real)
def _real(number):  # type: ignore[no-untyped-def]
    return lambda number: as_double(number)


def _loaded_or_zero(typing_context: Any, gradient: Any, place: Any, add: Any) -> Any:
    """As :func:`kept`, without a branch, so that loops become vector code: it is read in either case."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        gradient, place, add = args
        found = builder.load(builder.gep(gradient, [place]), typ=ir.FloatType())
        return builder.select(add, found, ir.FloatType()(0.0))

    return types.float32(FLOATS, types.int64, types.boolean), build


loaded_or_zero = intrinsic(_loaded_or_zero)


@overload(kept)
def _kept(gradient, place, add):  # type: ignore[no-untyped-def]
    return lambda gradient, place, add: loaded_or_zero(gradient, place, add)
