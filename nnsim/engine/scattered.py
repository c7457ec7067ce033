"""The way back through a convolution where most of what comes back is 0, as behind a max pool.

A number that is not 0 stands for one window: its product with the patch that the window saw goes to the
filter's gradient, its product with the filter to that of the patch. With the channels of a pixel side by
side, a line of a patch is one row of numbers, which is worked on eight at a time, in pieces. Imports Numba.
"""

from __future__ import annotations

import numpy as np
from numba.extending import register_jitable

from nnsim.engine.lanes import HALF_WIDTH as LANES
from nnsim.engine.lanes import add_products, load_half, spread_half, store
from nnsim.engine.ops.conv2d import (
    CHANNELS,
    FILTERS,
    HEIGHT,
    KERNEL_HEIGHT,
    KERNEL_WIDTH,
    OUT_HEIGHT,
    OUT_WIDTH,
    PADDING_X,
    PADDING_Y,
    WIDTH,
)
from nnsim.engine.ops.operation import (
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    TARGET_WIDTH,
    WEIGHT,
    kept,
)
from nnsim.engine.plane_sizes import AT_ONCE, WORKSPACE
from nnsim.engine.pointers import as_words, at, floats

ZERO = np.float32(0)
LOOK, FOLLOW, DEEPER = 2, 12, 3
"""Cycles of a processor, roughly: to look at a number; to follow one that is not 0, besides one for each
piece of its patch; and to add to a piece of the input's gradient."""
PLAIN = 11
"""What planes take for one weight of four filters at sixteen places, in cycles."""


@register_jitable
def pays(row, delta):  # type: ignore[no-untyped-def]
    """Whether this is quicker than :mod:`nnsim.engine.planes`, judged by the first sample."""
    numbers = row[TARGET_WIDTH]
    found = 0
    for i in range(numbers):
        found += 1 if delta[i] != ZERO else 0
    deep = 1 if row[SOURCE_GRADIENT] != 0 else 0
    line = row[CHANNELS] * row[KERNEL_WIDTH]
    pieces = row[KERNEL_HEIGHT] * ((line + LANES - 1) // LANES)
    here = LOOK * numbers + found * (FOLLOW + pieces * (1 + DEEPER * deep))
    # A map of four filters and sixteen places is the sixty-fourth part of so many numbers.
    return here < PLAIN * (1 + deep) * row[KERNEL_HEIGHT] * line * numbers // 64


@register_jitable
def spread_channels(row, target, source):  # type: ignore[no-untyped-def]
    """An image with its padding, the channels of a pixel side by side."""
    tall, pitch = row[HEIGHT] + 2 * row[PADDING_Y], row[WIDTH] + 2 * row[PADDING_X]
    channels = row[CHANNELS]
    if row[PADDING_Y] + row[PADDING_X] > 0:
        for i in range(channels * tall * pitch):
            target[i] = ZERO
    for c in range(channels):
        for y in range(row[HEIGHT]):
            line = ((y + row[PADDING_Y]) * pitch + row[PADDING_X]) * channels + c
            first = (c * row[HEIGHT] + y) * row[WIDTH]
            for x in range(row[WIDTH]):
                target[line + x * channels] = source[first + x]


@register_jitable
def gather_channels(row, target, source):  # type: ignore[no-untyped-def]
    """Back from :func:`spread_channels`, written or added."""
    pitch, channels = row[WIDTH] + 2 * row[PADDING_X], row[CHANNELS]
    add = row[SOURCE_GRADIENT] == 2
    for c in range(channels):
        for y in range(row[HEIGHT]):
            line = ((y + row[PADDING_Y]) * pitch + row[PADDING_X]) * channels + c
            first = (c * row[HEIGHT] + y) * row[WIDTH]
            for x in range(row[WIDTH]):
                target[first + x] = kept(target, first + x, add) + source[line + x * channels]


@register_jitable
def list_weights(row, found, column, line, channel):  # type: ignore[no-untyped-def]
    """Where something stands for each weight of a filter, from how far it is from one to the next."""
    k = 0
    for c in range(row[CHANNELS]):
        for y in range(row[KERNEL_HEIGHT]):
            for x in range(row[KERNEL_WIDTH]):
                found[k] = x * column + y * line + c * channel
                k += 1


@register_jitable
def list_nonzero(numbers, size, found):  # type: ignore[no-untyped-def]
    """Which of some numbers are not 0; how many there are."""
    bits = as_words(numbers)
    count = 0
    for i in range(size):
        found[count] = i
        count += 1 if bits[i] != 0 else 0
    return count


@register_jitable
def follow(  # type: ignore[no-untyped-def]
    windows, count, corners, delta, image, dimage, wanted, g, w, p0, p1, p2, p3, p4
):
    """Five pieces of one filter: add to their gradients, and to those of all that they saw.

    Parameters
    ----------
    windows, count
        The windows whose gradient, in `delta`, is not 0, and how many they are.
    corners : pointer
        Where in the image each window begins.
    image, dimage : pointers
        The input and its gradient, which is added to where it is `wanted`.
    g, w : pointers
        The pieces' gradients and weights.
    p0, p1, p2, p3, p4 : int
        How far from a window's corner each piece is.
    """
    s0, s1, s2 = load_half(g, 0), load_half(g, LANES), load_half(g, 2 * LANES)
    s3, s4 = load_half(g, 3 * LANES), load_half(g, 4 * LANES)
    if wanted:
        w0, w1, w2 = load_half(w, 0), load_half(w, LANES), load_half(w, 2 * LANES)
        w3, w4 = load_half(w, 3 * LANES), load_half(w, 4 * LANES)
        for i in range(count):
            corner, share = corners[windows[i]], spread_half(delta[windows[i]])
            patch, dpatch = at(image, corner), at(dimage, corner)
            s0 = add_products(s0, share, load_half(patch, p0))
            s1 = add_products(s1, share, load_half(patch, p1))
            s2 = add_products(s2, share, load_half(patch, p2))
            s3 = add_products(s3, share, load_half(patch, p3))
            s4 = add_products(s4, share, load_half(patch, p4))
            store(dpatch, p0, add_products(load_half(dpatch, p0), share, w0))
            store(dpatch, p1, add_products(load_half(dpatch, p1), share, w1))
            store(dpatch, p2, add_products(load_half(dpatch, p2), share, w2))
            store(dpatch, p3, add_products(load_half(dpatch, p3), share, w3))
            store(dpatch, p4, add_products(load_half(dpatch, p4), share, w4))
    else:
        for i in range(count):
            patch, share = at(image, corners[windows[i]]), spread_half(delta[windows[i]])
            s0 = add_products(s0, share, load_half(patch, p0))
            s1 = add_products(s1, share, load_half(patch, p1))
            s2 = add_products(s2, share, load_half(patch, p2))
            s3 = add_products(s3, share, load_half(patch, p3))
            s4 = add_products(s4, share, load_half(patch, p4))
    store(g, 0, s0)
    store(g, LANES, s1)
    store(g, 2 * LANES, s2)
    store(g, 3 * LANES, s3)
    store(g, 4 * LANES, s4)


@register_jitable
def backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """The input's gradient; adds to that of the weights."""
    pitch = (row[WIDTH] + 2 * row[PADDING_X]) * row[CHANNELS]
    area = (row[HEIGHT] + 2 * row[PADDING_Y]) * pitch + LANES
    places, wanted = row[OUT_HEIGHT] * row[OUT_WIDTH], row[SOURCE_GRADIENT] != 0
    blocks = (row[CHANNELS] * row[KERNEL_WIDTH] + LANES - 1) // LANES
    pieces = (row[KERNEL_HEIGHT] * blocks + AT_ONCE - 1) // AT_ONCE * AT_ONCE
    span, size = pieces * LANES, row[CHANNELS] * row[KERNEL_HEIGHT] * row[KERNEL_WIDTH]
    image = floats(row[WORKSPACE])
    dimage = at(image, area)
    w = at(dimage, area)
    g = at(w, row[FILTERS] * span)
    # Where each window begins in the image; where from there each piece; where each weight in the pieces.
    corners = as_words(at(g, row[FILTERS] * span))
    reach = at(corners, places)
    weights = at(reach, pieces)
    windows = at(weights, size)
    for y in range(row[OUT_HEIGHT]):
        for x in range(row[OUT_WIDTH]):
            corners[y * row[OUT_WIDTH] + x] = y * pitch + x * row[CHANNELS]
    for i in range(pieces):
        # Beyond the last piece there are zeros, added to the last.
        piece = min(i, row[KERNEL_HEIGHT] * blocks - 1)
        reach[i] = piece // blocks * pitch + piece % blocks * LANES
    list_weights(row, weights, row[CHANNELS], blocks * LANES, 1)
    for i in range(2 * row[FILTERS] * span):
        w[i] = ZERO
    for o in range(row[FILTERS]):
        for k in range(size):
            w[o * span + weights[k]] = theta[row[WEIGHT] + o * size + k]
    for sample in range(batch):
        spread_channels(row, image, at(values, row[SOURCE] + sample * row[SOURCE_WIDTH]))
        if wanted:
            for i in range(area):
                dimage[i] = ZERO
        for o in range(row[FILTERS]):
            delta = at(dvalues, row[TARGET] + sample * row[TARGET_WIDTH] + o * places)
            count = list_nonzero(delta, places, windows)
            for i in range(0, pieces, AT_ONCE):
                follow(
                    windows, count, corners, delta, image, dimage, wanted,
                    at(g, o * span + i * LANES), at(w, o * span + i * LANES),
                    reach[i], reach[i + 1], reach[i + 2], reach[i + 3], reach[i + 4],
                )  # fmt: skip
        if wanted:
            gather_channels(row, at(dvalues, row[SOURCE] + sample * row[SOURCE_WIDTH]), dimage)
    for o in range(row[FILTERS]):
        for k in range(size):
            grad[row[WEIGHT] + o * size + k] += g[o * span + weights[k]]
