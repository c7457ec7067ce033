"""Matrix products for layers that are large enough: SciPy's ``sgemm`` called from compiled code.

Everything here is row-major; BLAS reads it as the transpose, so C = A·B is asked for as Cᵀ = Bᵀ·Aᵀ.
Imports Numba.
"""

from __future__ import annotations

import ctypes
import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from typing import Any

import llvmlite.binding
import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from nnsim.engine.ops.affine import STRIDE
from nnsim.engine.ops.operation import (
    ADD_TARGET,
    BIAS,
    BIAS_GRADIENT,
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    TARGET_WIDTH,
    WEIGHT,
    WEIGHT_GRADIENT,
)
from nnsim.engine.pointers import FLOATS, at
from nnsim.engine.products import product

SYMBOL = "nnsim_sgemm"
WORTH_SGEMM = 500_000
"""Multiplications in a product of the way back from which BLAS is as fast as :mod:`nnsim.engine.products`."""
ZERO = np.float32(0)
ONE = np.float32(1)


def load_sgemm() -> None:
    """Make ``sgemm`` known to compiled code; before any of it is compiled or loaded from the cache."""
    module = _cython_blas()
    capsule = module.__pyx_capi__["sgemm"]
    name_of = ctypes.pythonapi.PyCapsule_GetName
    name_of.restype, name_of.argtypes = ctypes.c_char_p, [ctypes.py_object]
    address_in = ctypes.pythonapi.PyCapsule_GetPointer
    address_in.restype, address_in.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    llvmlite.binding.add_symbol(SYMBOL, address_in(capsule, name_of(capsule)))


def _cython_blas() -> Any:
    """SciPy's module of BLAS functions, without the rest of ``scipy.linalg``, which takes as long to
    import as Numba does. Numba looks for it too and then finds this one."""
    name = "scipy.linalg.cython_blas"
    if name in sys.modules:
        return sys.modules[name]
    import scipy

    folder = Path(scipy.__file__).parent / "linalg"
    finder = importlib.machinery.FileFinder(
        str(folder), (importlib.machinery.ExtensionFileLoader, importlib.machinery.EXTENSION_SUFFIXES)
    )
    spec = finder.find_spec(name)
    if spec is None or spec.loader is None:
        return importlib.import_module(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module
    return module


@intrinsic
def sgemm(  # type: ignore[no-untyped-def]
    typing_context, turn_a, turn_b, m, n, k, a, lda, b, ldb, beta, c, ldc
):
    """``C = op(A) op(B) + β C`` in BLAS's own column-major terms, with op chosen by a literal."""
    signature = types.void(
        types.int64,
        types.int64,
        types.int64,
        types.int64,
        types.int64,
        FLOATS,
        types.int64,
        FLOATS,
        types.int64,
        types.float32,
        FLOATS,
        types.int64,
    )

    def build(context: Any, builder: Any, _: Any, args: Any) -> Any:
        turn_a, turn_b, m, n, k, a, lda, b, ldb, beta, c, ldc = args
        small, letter, real = ir.IntType(32), ir.IntType(8), ir.FloatType()

        def pointer_to(value: Any) -> Any:
            with builder.goto_entry_block():
                place = builder.alloca(value.type)
            builder.store(value, place)
            return place

        def integer(value: Any) -> Any:
            return pointer_to(builder.trunc(value, small))

        def turn(flag: Any) -> Any:
            zero = ir.Constant(flag.type, 0)
            yes, no = ir.Constant(letter, ord("T")), ir.Constant(letter, ord("N"))
            return pointer_to(builder.select(builder.icmp_signed("!=", flag, zero), yes, no))

        arguments = [
            turn(turn_a),
            turn(turn_b),
            integer(m),
            integer(n),
            integer(k),
            pointer_to(ir.Constant(real, 1.0)),
            a,
            integer(lda),
            b,
            integer(ldb),
            pointer_to(beta),
            c,
            integer(ldc),
        ]
        kind = ir.FunctionType(ir.VoidType(), [argument.type for argument in arguments])
        function = builder.module.globals.get(SYMBOL) or ir.Function(builder.module, kind, SYMBOL)
        builder.call(function, arguments)
        return context.get_dummy_value()

    return signature, build


def affine_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.affine.forward`: the bias is laid down first, the product added."""
    inputs, units, bias = row[SOURCE_WIDTH], row[TARGET_WIDTH], row[BIAS]
    z = at(values, row[TARGET])
    beta = ONE
    if bias >= 0:
        for sample in range(batch):
            for unit in range(units):
                z[sample * units + unit] = theta[bias + unit]
    elif row[ADD_TARGET] == 0:
        beta = ZERO
    a, weight = at(values, row[SOURCE]), at(theta, row[WEIGHT])
    sgemm(1, 0, units, batch, inputs, weight, row[STRIDE], a, inputs, beta, z, units)


def affine_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.affine.backward`."""
    inputs, units, stride, bias = row[SOURCE_WIDTH], row[TARGET_WIDTH], row[STRIDE], row[BIAS]
    delta = at(dvalues, row[TARGET])
    if bias >= 0:
        if row[BIAS_GRADIENT] == 1:
            for unit in range(units):
                grad[bias + unit] = ZERO
        for sample in range(batch):
            for unit in range(units):
                grad[bias + unit] += delta[sample * units + unit]
    a, weight, slope = at(values, row[SOURCE]), at(theta, row[WEIGHT]), at(grad, row[WEIGHT])
    da, wanted = at(dvalues, row[SOURCE]), row[SOURCE_GRADIENT]
    if batch * units * inputs < WORTH_SGEMM:
        product(slope, stride, units, inputs, row[WEIGHT_GRADIENT] == 2, delta, 1, units, a, inputs, batch)
        if wanted != 0:
            product(da, inputs, batch, inputs, wanted == 2, delta, units, 1, weight, stride, units)
        return
    beta = ONE if row[WEIGHT_GRADIENT] == 2 else ZERO
    sgemm(0, 1, inputs, units, batch, a, inputs, delta, units, beta, slope, stride)
    if wanted != 0:
        beta = ONE if wanted == 2 else ZERO
        sgemm(0, 0, inputs, batch, units, weight, stride, delta, units, beta, da, inputs)
