"""A max pool of 2 × 2 with a stride of 2 and no padding, eight windows at once. Imports Numba.

This is the pool that nearly everyone uses. A line whose last eight are not full is written too long where
something follows that is written later; where nothing follows, its windows are done one by one.
"""

from __future__ import annotations

import numpy as np
from numba.extending import register_jitable

from nnsim.engine.lanes import HALF_WIDTH as LANES
from nnsim.engine.lanes import (
    alternate,
    evens,
    larger,
    load,
    load_half,
    odds,
    spread_half,
    store,
    where_equal,
)
from nnsim.engine.ops.conv2d import CHANNELS, HEIGHT, OUT_HEIGHT, OUT_WIDTH, WIDTH
from nnsim.engine.ops.operation import SOURCE, SOURCE_GRADIENT, SOURCE_WIDTH, TARGET, TARGET_2, TARGET_WIDTH

ZERO, ONE, TWO, THREE = np.float32(0), np.float32(1), np.float32(2), np.float32(3)


def pool_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.pools.forward_max`; what is no number wins and stays."""
    width, wide = row[WIDTH], row[OUT_WIDTH]
    written = (wide + LANES - 1) // LANES * LANES
    end = batch * row[TARGET_WIDTH]
    zero, one, two, three = spread_half(ZERO), spread_half(ONE), spread_half(TWO), spread_half(THREE)
    for image in range(batch * row[CHANNELS]):
        for y in range(row[OUT_HEIGHT]):
            a = row[SOURCE] + (image * row[HEIGHT] + 2 * y) * width
            b = a + width
            line = (image * row[OUT_HEIGHT] + y) * wide
            z, number = row[TARGET] + line, row[TARGET_2] + line
            if line + written <= end:
                for x in range(0, wide, LANES):
                    top, bottom = load(values, a + 2 * x), load(values, b + 2 * x)
                    p, q, r, s = evens(top), odds(top), evens(bottom), odds(bottom)
                    largest = larger(larger(p, q), larger(r, s))
                    found = where_equal(q, largest, one, where_equal(r, largest, two, three))
                    store(values, z + x, largest)
                    store(values, number + x, where_equal(p, largest, zero, found))
            else:
                for x in range(wide):
                    values[z + x], values[number + x] = winner(values, a + 2 * x, b + 2 * x)


@register_jitable
def winner(values, a, b):  # type: ignore[no-untyped-def]
    """The largest number of one window, and its number in there."""
    largest, found = values[a], ZERO
    for i in range(1, 4):
        value = values[a + 1 if i == 1 else b + i - 2]
        if value > largest or value != value:
            largest, found = value, np.float32(i)
    return largest, found


def pool_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.pools.backward_max`."""
    if row[SOURCE_GRADIENT] == 0:
        return
    width, wide = row[WIDTH], row[OUT_WIDTH]
    written = (wide + LANES - 1) // LANES * LANES
    source_end, target_end = batch * row[SOURCE_WIDTH], batch * row[TARGET_WIDTH]
    for image in range(batch * row[CHANNELS]):
        first = image * row[HEIGHT] * width
        for y in range(row[OUT_HEIGHT]):
            a = first + 2 * y * width
            line = (image * row[OUT_HEIGHT] + y) * wide
            z, number = row[TARGET] + line, row[TARGET_2] + line
            if row[SOURCE_GRADIENT] == 2:
                add_shares(values, dvalues, z, number, row[SOURCE] + a, width, wide)
            elif line + written <= target_end and a + width + 2 * written <= source_end:
                put_shares(values, dvalues, z, number, row[SOURCE] + a, width, wide)
            else:
                for x in range(2 * width):
                    dvalues[row[SOURCE] + a + x] = ZERO
                add_shares(values, dvalues, z, number, row[SOURCE] + a, width, wide)
        if row[SOURCE_GRADIENT] == 1:
            for i in range(first + 2 * row[OUT_HEIGHT] * width, first + row[HEIGHT] * width):
                dvalues[row[SOURCE] + i] = ZERO


@register_jitable
def put_shares(values, dvalues, z, number, a, width, wide):  # type: ignore[no-untyped-def]
    """Write the gradients of two lines of an image, of which each window's winner gets all."""
    zero = spread_half(ZERO)
    for half in range(2):
        line = a + half * width
        even = spread_half(TWO if half else ZERO)
        odd = spread_half(THREE if half else ONE)
        for x in range(0, wide, LANES):
            share, won = load_half(dvalues, z + x), load_half(values, number + x)
            both = alternate(where_equal(won, even, share, zero), where_equal(won, odd, share, zero))
            store(dvalues, line + 2 * x, both)
        if width > 2 * wide:
            dvalues[line + width - 1] = ZERO


@register_jitable
def add_shares(values, dvalues, z, number, a, width, wide):  # type: ignore[no-untyped-def]
    """Add to the gradients of two lines of an image."""
    for x in range(wide):
        won = np.int64(values[number + x])
        dvalues[a + (won >> 1) * width + 2 * x + (won & 1)] += dvalues[z + x]
