"""Raw memory inside compiled code: pointers from addresses, and calls through them.

Compiled functions take pointers rather than arrays, and call each other by address: nothing is counted,
boxed or specialised, so that each compiles in some hundredths of a second and a call costs nanoseconds.
Imports Numba.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

FLOATS = types.CPointer(types.float32)
DOUBLES = types.CPointer(types.float64)
INTEGERS = types.CPointer(types.int64)
WORDS = types.CPointer(types.int32)

KERNEL = types.void(INTEGERS, FLOATS, FLOATS, FLOATS, FLOATS, types.int64)
"""``kernel(row, theta, grad, values, dvalues, batch)``"""
UPDATE = types.void(FLOATS, FLOATS, FLOATS, FLOATS, FLOATS, DOUBLES, types.int64, types.int64)
"""``update(theta, grad, m, v, mask, settings, count, size)``"""
LIST_NONZERO = types.int64(FLOATS, types.int64, types.int64, INTEGERS, WORDS, FLOATS)
"""``list_nonzero(x, samples, features, starts, columns, values)``"""
RUN = types.int64(INTEGERS, types.int64, types.int64)
"""``run(plan, steps, stage)``"""


def _cast_to(pointer: Any) -> Any:
    """An intrinsic that reads an integer as an address."""

    def cast(typing_context: Any, address: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return builder.inttoptr(args[0], context.get_value_type(pointer))

        return pointer(types.int64), build

    return intrinsic(cast)


floats = _cast_to(FLOATS)
doubles = _cast_to(DOUBLES)
integers = _cast_to(INTEGERS)
words = _cast_to(WORDS)


def _call_as(signature: Any) -> Any:
    """An intrinsic that calls the function at an address with the arguments in a tuple."""

    def call(typing_context: Any, address: Any, arguments: Any) -> Any:
        def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
            kind = ir.FunctionType(ir.VoidType(), [context.get_value_type(t) for t in signature.args])
            function = builder.inttoptr(args[0], kind.as_pointer())
            values = [builder.extract_value(args[1], i) for i in range(len(signature.args))]
            builder.call(function, values)
            return context.get_dummy_value()

        return types.void(types.int64, types.Tuple(signature.args)), build

    return intrinsic(call)


call_kernel = _call_as(KERNEL)
call_update = _call_as(UPDATE)


def _at(typing_context: Any, pointer: Any, offset: Any) -> Any:
    """The pointer `offset` elements further on."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.gep(args[0], [args[1]])

    return pointer(pointer, types.int64), build


def _copy(typing_context: Any, target: Any, source: Any, size: Any) -> Any:
    """Copy `size` elements; the two do not overlap."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        width = context.get_abi_sizeof(context.get_value_type(signature.args[0].dtype))
        size = builder.mul(args[2], ir.Constant(args[2].type, width))
        cgutils.raw_memcpy(builder, args[0], args[1], size, 1)
        return context.get_dummy_value()

    return types.void(target, source, types.int64), build


def _read_as(kind: Any) -> Any:
    """An intrinsic that reads the same memory as numbers of another kind."""

    def read(typing_context: Any, pointer: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return builder.bitcast(args[0], context.get_value_type(kind))

        return kind(pointer), build

    return intrinsic(read)


def _is_null(typing_context: Any, pointer: Any) -> Any:
    """Whether it is the address 0."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.icmp_signed("==", args[0], args[0].type(None))

    return types.boolean(pointer), build


def _fetch(typing_context: Any, address: Any) -> Any:
    """Ask memory for the line of the cache at an address, to be read before long."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        number = ir.IntType(32)
        place = builder.inttoptr(args[0], ir.IntType(8).as_pointer())
        arguments = [place, number(0), number(2), number(1)]
        kind = ir.FunctionType(ir.VoidType(), [argument.type for argument in arguments])
        name = "llvm.prefetch.p0"
        function = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
        builder.call(function, arguments)
        return context.get_dummy_value()

    return types.void(types.int64), build


at = intrinsic(_at)
copy = intrinsic(_copy)
entries = _read_as(INTEGERS)
as_words = _read_as(WORDS)
fetch = intrinsic(_fetch)
is_null = intrinsic(_is_null)
