"""Sixteen floats at once inside compiled code.

Left to itself the compiler makes vector code of a loop only where the loop is long; over the sixteen
units of a small layer it falls back to one number after the other. Where that costs most, kernels say
what they mean: a value of type :data:`LANES` is a vector of :data:`WIDTH` floats, which LLVM keeps in
as many registers as the processor needs. Imports Numba.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, models, register_model

from nnsim.engine.pointers import FLOATS

WIDTH = 16
_VECTOR = ir.VectorType(ir.FloatType(), WIDTH)
_MASK = ir.VectorType(ir.IntType(1), WIDTH)
_BYTES = 4
"""Addresses are those of floats, not of whole vectors."""


class _Lanes(types.Type):  # type: ignore[misc]
    """Numba's type of a vector of floats."""

    def __init__(self) -> None:
        super().__init__(name=f"float32x{WIDTH}")


LANES = _Lanes()


@register_model(_Lanes)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, numba_type: Any) -> None:
        super().__init__(manager, numba_type, _VECTOR)


def _place(builder: Any, pointer: Any, offset: Any) -> Any:
    return builder.bitcast(builder.gep(pointer, [offset]), _VECTOR.as_pointer())


def _all_lanes(builder: Any, number: Any, kind: Any) -> Any:
    """A vector of the same number in every lane."""
    first = builder.insert_element(ir.Constant(kind, ir.Undefined), number, ir.IntType(32)(0))
    pattern = ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), [0] * WIDTH)
    return builder.shuffle_vector(first, ir.Constant(kind, ir.Undefined), pattern)


def _below(builder: Any, count: Any) -> Any:
    """A mask of the first `count` lanes."""
    kind = ir.VectorType(count.type, WIDTH)
    return builder.icmp_signed("<", ir.Constant(kind, list(range(WIDTH))), _all_lanes(builder, count, kind))


def _masked(builder: Any, name: str, result: Any, arguments: Any) -> Any:
    kind = ir.FunctionType(result, [argument.type for argument in arguments])
    function = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
    return builder.call(function, arguments)


def _spread(typing_context: Any, number: Any) -> Any:
    """The same float in every lane."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        return _all_lanes(builder, args[0], _VECTOR)

    return LANES(types.float32), build


def _load(typing_context: Any, pointer: Any, offset: Any) -> Any:
    """The floats from `offset` on."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        return builder.load(_place(builder, *args), align=_BYTES, typ=_VECTOR)

    return LANES(FLOATS, types.int64), build


def _store(typing_context: Any, pointer: Any, offset: Any, lanes: Any) -> Any:
    """Write all lanes from `offset` on."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        builder.store(args[2], _place(builder, *args[:2]), align=_BYTES)
        return context.get_dummy_value()

    return types.void(FLOATS, types.int64, LANES), build


def _load_first(typing_context: Any, pointer: Any, offset: Any, count: Any) -> Any:
    """The first `count` floats from `offset` on; 0 in the other lanes, whose memory is not touched."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        zeros = ir.Constant(_VECTOR, [0.0] * WIDTH)
        place, mask = _place(builder, *args[:2]), _below(builder, args[2])
        arguments = [place, ir.IntType(32)(_BYTES), mask, zeros]
        return _masked(builder, f"llvm.masked.load.v{WIDTH}f32.p0", _VECTOR, arguments)

    return LANES(FLOATS, types.int64, types.int64), build


def _store_first(typing_context: Any, pointer: Any, offset: Any, lanes: Any, count: Any) -> Any:
    """Write the first `count` lanes from `offset` on."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        place, mask = _place(builder, *args[:2]), _below(builder, args[3])
        arguments = [args[2], place, ir.IntType(32)(_BYTES), mask]
        _masked(builder, f"llvm.masked.store.v{WIDTH}f32.p0", ir.VoidType(), arguments)
        return context.get_dummy_value()

    return types.void(FLOATS, types.int64, LANES, types.int64), build


def _plus(typing_context: Any, one: Any, other: Any) -> Any:
    """The sum, lane by lane."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        return builder.fadd(*args)

    return LANES(LANES, LANES), build


def _add_product(typing_context: Any, total: Any, factor: Any, lanes: Any) -> Any:
    """``total + factor · lanes`` with one factor for all lanes, rounded once where the processor can."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        total, factor, lanes = args
        product = builder.fmul(_all_lanes(builder, factor, _VECTOR), lanes, flags=("contract",))
        return builder.fadd(total, product, flags=("contract",))

    return LANES(LANES, types.float32, LANES), build


def _add_products(typing_context: Any, total: Any, one: Any, other: Any) -> Any:
    """``total + one · other``, lane by lane, rounded once where the processor can."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        total, one, other = args
        return builder.fadd(total, builder.fmul(one, other, flags=("contract",)), flags=("contract",))

    return LANES(LANES, LANES, LANES), build


def _total(typing_context: Any, lanes: Any) -> Any:
    """The sum of all lanes."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        kind, name = (
            ir.FunctionType(ir.FloatType(), [ir.FloatType(), _VECTOR]),
            "llvm.vector.reduce.fadd.v16f32",
        )
        function = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
        return builder.call(function, [ir.Constant(ir.FloatType(), 0.0), args[0]], fastmath=("reassoc",))

    return types.float32(LANES), build


spread = intrinsic(_spread)
load = intrinsic(_load)
store = intrinsic(_store)
load_first = intrinsic(_load_first)
store_first = intrinsic(_store_first)
plus = intrinsic(_plus)
add_product = intrinsic(_add_product)
add_products = intrinsic(_add_products)
total = intrinsic(_total)
