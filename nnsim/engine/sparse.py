"""The first layer's products where most inputs are 0, as the pixels of handwriting are.

A sample is then a short list of inputs that are not 0: a forward pass adds up the weights of those, a
backward pass touches the gradients of no others. Weights stand as those passes meet them
(:mod:`nnsim.engine.arrangement`): in panels of sixteen units, input by input. Imports Numba.

In place of a sample the source buffer, which starts the values, holds :data:`ENTRY` integers: the address
of the numbers of its inputs (int32), the address of their values (float32), and how many there are.
"""

from __future__ import annotations

import numpy as np

from nnsim.engine.arrangement import ENTRY
from nnsim.engine.lanes import WIDTH, add_product, load, load_first, plus, spread, store, store_first
from nnsim.engine.ops.operation import (
    BIAS,
    BIAS_GRADIENT,
    SOURCE,
    SOURCE_WIDTH,
    TARGET,
    TARGET_WIDTH,
    WEIGHT,
    WEIGHT_GRADIENT,
)
from nnsim.engine.pointers import at, entries, floats, is_null, words

COLUMNS_AT, VALUES_AT, HOW_MANY = range(3)
"""Places in an entry."""
ZERO = np.float32(0)


def affine_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.affine.forward`, for the only connection that a layer has."""
    inputs, units, bias = row[SOURCE_WIDTH], row[TARGET_WIDTH], row[BIAS]
    source = entries(at(values, row[SOURCE]))
    z = at(values, row[TARGET])
    for unit in range(0, units, WIDTH):
        width = min(WIDTH, units - unit)
        panel = at(theta, row[WEIGHT] + unit * inputs)
        start = load_first(theta, bias + unit, width) if bias >= 0 else spread(ZERO)
        for sample in range(batch):
            columns = words(source[sample * ENTRY + COLUMNS_AT])
            ink = floats(source[sample * ENTRY + VALUES_AT])
            count = source[sample * ENTRY + HOW_MANY]
            # Four sums at once: one alone would wait for each of its additions.
            a, b, c, d = start, spread(ZERO), spread(ZERO), spread(ZERO)
            for i in range(0, count - 3, 4):
                a = add_product(a, ink[i], load(panel, columns[i] * WIDTH))
                b = add_product(b, ink[i + 1], load(panel, columns[i + 1] * WIDTH))
                c = add_product(c, ink[i + 2], load(panel, columns[i + 2] * WIDTH))
                d = add_product(d, ink[i + 3], load(panel, columns[i + 3] * WIDTH))
            for i in range(count & ~3, count):
                a = add_product(a, ink[i], load(panel, columns[i] * WIDTH))
            store_first(z, sample * units + unit, plus(plus(a, b), plus(c, d)), width)


def affine_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.affine.backward`; nobody asks for the gradient of the input."""
    inputs, units, bias = row[SOURCE_WIDTH], row[TARGET_WIDTH], row[BIAS]
    source = entries(at(values, row[SOURCE]))
    delta = at(dvalues, row[TARGET])
    for unit in range(0, units, WIDTH):
        width = min(WIDTH, units - unit)
        panel = at(grad, row[WEIGHT] + unit * inputs)
        if row[WEIGHT_GRADIENT] == 1:
            for i in range(inputs):
                store(panel, i * WIDTH, spread(ZERO))
        total = spread(ZERO)
        for sample in range(batch):
            columns = words(source[sample * ENTRY + COLUMNS_AT])
            ink = floats(source[sample * ENTRY + VALUES_AT])
            share = load_first(delta, sample * units + unit, width)
            total = plus(total, share)
            count = source[sample * ENTRY + HOW_MANY]
            for i in range(0, count - 3, 4):
                # All four are read before one is written: no two are the same.
                p, q = columns[i] * WIDTH, columns[i + 1] * WIDTH
                r, s = columns[i + 2] * WIDTH, columns[i + 3] * WIDTH
                a = add_product(load(panel, p), ink[i], share)
                b = add_product(load(panel, q), ink[i + 1], share)
                c = add_product(load(panel, r), ink[i + 2], share)
                d = add_product(load(panel, s), ink[i + 3], share)
                store(panel, p, a)
                store(panel, q, b)
                store(panel, r, c)
                store(panel, s, d)
            for i in range(count & ~3, count):
                place = columns[i] * WIDTH
                store(panel, place, add_product(load(panel, place), ink[i], share))
        if bias >= 0:
            if row[BIAS_GRADIENT] == 2:
                total = plus(total, load_first(grad, bias + unit, width))
            store_first(grad, bias + unit, total, width)


def list_nonzero(x, samples, features, starts, columns, values):  # type: ignore[no-untyped-def]
    """List what is not 0 of a matrix, row by row, or only count it.

    Parameters
    ----------
    x : pointer to float32
    samples, features : int
        Shape of `x`.
    starts : pointer to int64
        Receives where each row begins, and the end.
    columns, values : pointers to int32 and float32, or null
        Receive numbers and values, and one more thing that means nothing.

    Returns
    -------
    int
        How many there are.
    """
    found = 0
    for sample in range(samples):
        starts[sample] = found
        for i in range(features):
            value = x[sample * features + i]
            if not is_null(columns):
                # Without a branch: what is 0 is overwritten by the next.
                columns[found] = i
                values[found] = value
            found += value != ZERO
    starts[samples] = found
    return found
