"""Sixteen floats at once inside compiled code, or eight.

Left to itself the compiler makes vector code of a loop only where the loop is long; over the sixteen
units of a small layer it falls back to one number after the other. Where that costs most, kernels say
what they mean: a value of type :data:`LANES` is a vector of :data:`WIDTH` floats, which LLVM keeps in
as many registers as the processor needs; one of type :data:`HALF` has half as many, for rows so short
that sixteen would mostly be thrown away. Imports Numba.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, models, register_model

from nnsim.engine.pointers import FLOATS

WIDTH = 16
HALF_WIDTH = 8
_BYTES = 4
"""Addresses are those of floats, not of whole vectors."""


class _Lanes(types.Type):  # type: ignore[misc]
    """Numba's type of a vector of floats."""

    def __init__(self, width: int) -> None:
        super().__init__(name=f"float32x{width}")
        self.vector = ir.VectorType(ir.FloatType(), width)


LANES = _Lanes(WIDTH)
HALF = _Lanes(HALF_WIDTH)


@register_model(_Lanes)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, numba_type: Any) -> None:
        super().__init__(manager, numba_type, numba_type.vector)


def _place(builder: Any, vector: Any, pointer: Any, offset: Any) -> Any:
    return builder.bitcast(builder.gep(pointer, [offset]), vector.as_pointer())


def _all_lanes(builder: Any, number: Any, kind: Any) -> Any:
    """A vector of the same number in every lane."""
    first = builder.insert_element(ir.Constant(kind, ir.Undefined), number, ir.IntType(32)(0))
    pattern = ir.Constant(ir.VectorType(ir.IntType(32), kind.count), [0] * kind.count)
    return builder.shuffle_vector(first, ir.Constant(kind, ir.Undefined), pattern)


def _below(builder: Any, count: Any, width: int) -> Any:
    """A mask of the first `count` lanes."""
    kind = ir.VectorType(count.type, width)
    return builder.icmp_signed("<", ir.Constant(kind, list(range(width))), _all_lanes(builder, count, kind))


def _masked(builder: Any, name: str, result: Any, arguments: Any) -> Any:
    kind = ir.FunctionType(result, [argument.type for argument in arguments])
    function = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
    return builder.call(function, arguments)


def _spreading(lanes: _Lanes) -> Any:
    def spread(typing_context: Any, number: Any) -> Any:
        """The same float in every lane."""

        def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
            return _all_lanes(builder, args[0], lanes.vector)

        return lanes(types.float32), build

    return intrinsic(spread)


def _loading(lanes: _Lanes) -> Any:
    def load(typing_context: Any, pointer: Any, offset: Any) -> Any:
        """The floats from `offset` on."""

        def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
            place = _place(builder, lanes.vector, *args)
            return builder.load(place, align=_BYTES, typ=lanes.vector)

        return lanes(FLOATS, types.int64), build

    return intrinsic(load)


def _store(typing_context: Any, pointer: Any, offset: Any, lanes: Any) -> Any:
    """Write all lanes from `offset` on."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        builder.store(args[2], _place(builder, args[2].type, *args[:2]), align=_BYTES)
        return context.get_dummy_value()

    return types.void(FLOATS, types.int64, lanes), build


def _loading_first(lanes: _Lanes) -> Any:
    def load_first(typing_context: Any, pointer: Any, offset: Any, count: Any) -> Any:
        """The first `count` floats from `offset` on; 0 in the other lanes, whose memory is not touched."""

        def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
            vector, width = lanes.vector, lanes.vector.count
            place, mask = _place(builder, vector, *args[:2]), _below(builder, args[2], width)
            arguments = [place, ir.IntType(32)(_BYTES), mask, ir.Constant(vector, [0.0] * width)]
            return _masked(builder, f"llvm.masked.load.v{width}f32.p0", vector, arguments)

        return lanes(FLOATS, types.int64, types.int64), build

    return intrinsic(load_first)


def _store_first(typing_context: Any, pointer: Any, offset: Any, lanes: Any, count: Any) -> Any:
    """Write the first `count` lanes from `offset` on."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        place, mask = _place(builder, LANES.vector, *args[:2]), _below(builder, args[3], WIDTH)
        arguments = [args[2], place, ir.IntType(32)(_BYTES), mask]
        _masked(builder, f"llvm.masked.store.v{WIDTH}f32.p0", ir.VoidType(), arguments)
        return context.get_dummy_value()

    return types.void(FLOATS, types.int64, LANES, types.int64), build


def _plus(typing_context: Any, one: Any, other: Any) -> Any:
    """The sum, lane by lane."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        return builder.fadd(*args)

    return one(one, one), build


def _add_product(typing_context: Any, total: Any, factor: Any, lanes: Any) -> Any:
    """``total + factor · lanes`` with one factor for all lanes, rounded once where the processor can."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        total, factor, lanes = args
        product = builder.fmul(_all_lanes(builder, factor, total.type), lanes, flags=("contract",))
        return builder.fadd(total, product, flags=("contract",))

    return total(total, types.float32, total), build


def _add_products(typing_context: Any, total: Any, one: Any, other: Any) -> Any:
    """``total + one · other``, lane by lane, rounded once where the processor can."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        total, one, other = args
        return builder.fadd(total, builder.fmul(one, other, flags=("contract",)), flags=("contract",))

    return total(total, total, total), build


def _total(typing_context: Any, lanes: Any) -> Any:
    """The sum of all lanes."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        kind = ir.FunctionType(ir.FloatType(), [ir.FloatType(), args[0].type])
        name = f"llvm.vector.reduce.fadd.v{args[0].type.count}f32"
        function = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
        return builder.call(function, [ir.Constant(ir.FloatType(), 0.0), args[0]], fastmath=("reassoc",))

    return types.float32(lanes), build


def _larger(typing_context: Any, one: Any, other: Any) -> Any:
    """Lane by lane the larger; the first where they are equal, and what is no number where one is none."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        one, other = args
        found = builder.select(builder.fcmp_ordered("<", one, other), other, one)
        return builder.select(builder.fcmp_unordered("uno", other, other), other, found)

    return one(one, one), build


def _where_equal(typing_context: Any, one: Any, other: Any, yes: Any, no: Any) -> Any:
    """Lane by lane `yes` where the first two are equal, else `no`."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        return builder.select(builder.fcmp_ordered("==", *args[:2]), *args[2:])

    return one(one, one, one, one), build


def _every_other(first: int) -> Any:
    def pick(typing_context: Any, lanes: Any) -> Any:
        """Every other one of sixteen lanes."""

        def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
            pattern = ir.VectorType(ir.IntType(32), HALF_WIDTH)
            places = ir.Constant(pattern, list(range(first, WIDTH, 2)))
            return builder.shuffle_vector(args[0], args[0], places)

        return HALF(LANES), build

    return intrinsic(pick)


def _alternate(typing_context: Any, one: Any, other: Any) -> Any:
    """Sixteen lanes, by turns from the one and from the other."""

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        pattern = ir.VectorType(ir.IntType(32), WIDTH)
        places = [HALF_WIDTH * (i % 2) + i // 2 for i in range(WIDTH)]
        return builder.shuffle_vector(*args, ir.Constant(pattern, places))

    return LANES(HALF, HALF), build


spread, spread_half = _spreading(LANES), _spreading(HALF)
load, load_half = _loading(LANES), _loading(HALF)
store = intrinsic(_store)
load_first, load_first_half = _loading_first(LANES), _loading_first(HALF)
store_first = intrinsic(_store_first)
plus = intrinsic(_plus)
add_product = intrinsic(_add_product)
add_products = intrinsic(_add_products)
total = intrinsic(_total)
larger = intrinsic(_larger)
where_equal = intrinsic(_where_equal)
evens, odds = _every_other(0), _every_other(1)
alternate = intrinsic(_alternate)
