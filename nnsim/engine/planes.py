"""Convolution with a stride of 1 as sums of shifted planes. Imports Numba.

Laid out as one long row, with its padding, an image shifted by a row and a column is the same row read from
another place on. So a map is a sum of long rows, each times one weight; what it holds between its last
column and the next row means nothing and is dropped. Rows are worked on sixteen places and four filters at
a time, whose sums stay in registers.

The three passes need room for such rows: :func:`workspace_size` floats, at the address that a row of the
tape holds in :data:`WORKSPACE`.
"""

from __future__ import annotations

import numpy as np
from numba.extending import register_jitable

from nnsim.engine.lanes import WIDTH as LANES
from nnsim.engine.lanes import add_product, add_products, load, spread, store, total
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
    BIAS,
    BIAS_GRADIENT,
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    TARGET_WIDTH,
    WEIGHT,
    WEIGHT_GRADIENT,
    kept,
)
from nnsim.engine.plane_sizes import WORKSPACE
from nnsim.engine.pointers import at, floats

ZERO = np.float32(0)


@register_jitable
def lay_out(row, target, source):  # type: ignore[no-untyped-def]
    """An image with its padding, channel after channel; what stands beyond the last is 0 for one block."""
    tall, pitch = row[HEIGHT] + 2 * row[PADDING_Y], row[WIDTH] + 2 * row[PADDING_X]
    size = row[CHANNELS] * tall * pitch
    if row[PADDING_Y] + row[PADDING_X] > 0:
        for i in range(size):
            target[i] = ZERO
    for i in range(size, size + 2 * LANES + pitch):
        target[i] = ZERO
    for c in range(row[CHANNELS]):
        for y in range(row[HEIGHT]):
            line = (c * tall + y + row[PADDING_Y]) * pitch + row[PADDING_X]
            first = (c * row[HEIGHT] + y) * row[WIDTH]
            for x in range(row[WIDTH]):
                target[line + x] = source[first + x]


@register_jitable
def lay_out_delta(row, target, source, margin, pitch, length):  # type: ignore[no-untyped-def]
    """The gradient of every map as a row of its own, 0 in what is dropped and on both sides."""
    for o in range(row[FILTERS]):
        line = o * length
        for i in range(length):
            target[line + i] = ZERO
        for y in range(row[OUT_HEIGHT]):
            first = (o * row[OUT_HEIGHT] + y) * row[OUT_WIDTH]
            for x in range(row[OUT_WIDTH]):
                target[line + margin + y * pitch + x] = source[first + x]


@register_jitable
def correlate(  # type: ignore[no-untyped-def]
    out, first, lines, line_length, many, start, step, pitch, tall, wide, w, w0, w1, w2, w3, w_step
):
    """Sixteen places of four sums over `many` lines and all taps of a window, into `out`.

    Parameters
    ----------
    out : pointer
        Receives four times sixteen numbers, each `first` on from the last.
    lines : pointer
        Where the sixteen places of the first line and tap begin, at `start`.
    step : int
        1 where taps go forwards along the lines, -1 where they go back.
    w, w0, w1, w2, w3, w_step
        The four filters' weights, and from one line's to the next one's.
    """
    s0, s1 = load(out, 0), load(out, first)
    s2, s3 = load(out, 2 * first), load(out, 3 * first)
    for i in range(many):
        k = i * w_step
        for y in range(tall):
            place = start + i * line_length + step * y * pitch
            for _ in range(wide):
                line = load(lines, place)
                s0, s1 = add_product(s0, w[w0 + k], line), add_product(s1, w[w1 + k], line)
                s2, s3 = add_product(s2, w[w2 + k], line), add_product(s3, w[w3 + k], line)
                place += step
                k += 1
    store(out, 0, s0)
    store(out, first, s1)
    store(out, 2 * first, s2)
    store(out, 3 * first, s3)


def conv_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.conv2d.forward`."""
    tall, pitch = row[HEIGHT] + 2 * row[PADDING_Y], row[WIDTH] + 2 * row[PADDING_X]
    size = row[CHANNELS] * row[KERNEL_HEIGHT] * row[KERNEL_WIDTH]
    length = ((row[OUT_HEIGHT] - 1) * pitch + row[OUT_WIDTH] + LANES - 1) // LANES * LANES
    out = floats(row[WORKSPACE])
    planes = at(out, 4 * length)
    last, places = row[FILTERS] - 1, row[OUT_HEIGHT] * row[OUT_WIDTH]
    w = at(theta, row[WEIGHT])
    for sample in range(batch):
        lay_out(row, planes, at(values, row[SOURCE] + sample * row[SOURCE_WIDTH]))
        z = at(values, row[TARGET] + sample * row[TARGET_WIDTH])
        for o in range(0, row[FILTERS], 4):
            # Beyond the last filter it is worked out once more, to the same numbers.
            w1, w2, w3 = min(o + 1, last) * size, min(o + 2, last) * size, min(o + 3, last) * size
            for f in range(4):
                bias = theta[row[BIAS] + min(o + f, last)] if row[BIAS] >= 0 else ZERO
                for p in range(0, length, LANES):
                    store(out, f * length + p, spread(bias))
            for p in range(0, length, LANES):
                correlate(
                    at(out, p), length, planes, tall * pitch, row[CHANNELS], p, 1, pitch,
                    row[KERNEL_HEIGHT], row[KERNEL_WIDTH], w, o * size, w1, w2, w3,
                    row[KERNEL_HEIGHT] * row[KERNEL_WIDTH],
                )  # fmt: skip
            for f in range(min(4, row[FILTERS] - o)):
                for y in range(row[OUT_HEIGHT]):
                    first = (o + f) * places + y * row[OUT_WIDTH]
                    for x in range(row[OUT_WIDTH]):
                        z[first + x] = out[f * length + y * pitch + x]


def conv_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.conv2d.backward`."""
    tall, pitch = row[HEIGHT] + 2 * row[PADDING_Y], row[WIDTH] + 2 * row[PADDING_X]
    window = row[KERNEL_HEIGHT] * row[KERNEL_WIDTH]
    size = row[CHANNELS] * window
    used = ((row[OUT_HEIGHT] - 1) * pitch + row[OUT_WIDTH] + LANES - 1) // LANES * LANES
    inner = ((row[HEIGHT] - 1) * pitch + row[WIDTH] + LANES - 1) // LANES * LANES
    margin = (row[KERNEL_HEIGHT] - 1) * pitch + row[KERNEL_WIDTH] - 1
    length = 2 * margin + tall * pitch + 2 * LANES
    out = floats(row[WORKSPACE])
    planes = at(out, 4 * inner)
    deltas = at(planes, row[CHANNELS] * tall * pitch + 2 * LANES + pitch)
    w, g = at(theta, row[WEIGHT]), at(grad, row[WEIGHT])
    if row[WEIGHT_GRADIENT] == 1:
        for k in range(row[FILTERS] * size):
            g[k] = ZERO
    if row[BIAS] >= 0 and row[BIAS_GRADIENT] == 1:
        for o in range(row[FILTERS]):
            grad[row[BIAS] + o] = ZERO
    corner = row[PADDING_Y] * pitch + row[PADDING_X]
    for sample in range(batch):
        z = at(dvalues, row[TARGET] + sample * row[TARGET_WIDTH])
        lay_out(row, planes, at(values, row[SOURCE] + sample * row[SOURCE_WIDTH]))
        lay_out_delta(row, deltas, z, margin, pitch, length)
        if row[BIAS] >= 0:
            for o in range(row[FILTERS]):
                share = spread(ZERO)
                one = spread(np.float32(1))
                for p in range(0, used, LANES):
                    share = add_products(share, load(deltas, o * length + margin + p), one)
                grad[row[BIAS] + o] += total(share)
        weight_gradients(row, g, planes, deltas, margin, length, used, tall * pitch, pitch)
        if row[SOURCE_GRADIENT] != 0:
            x = at(dvalues, row[SOURCE] + sample * row[SOURCE_WIDTH])
            input_gradients(row, x, w, out, deltas, margin + corner, length, inner, pitch)


@register_jitable
def weight_gradients(row, g, planes, deltas, margin, length, used, plane, pitch):  # type: ignore[no-untyped-def]
    """Add to each weight's gradient the product of its map's gradient with the plane it was shifted over."""
    window = row[KERNEL_HEIGHT] * row[KERNEL_WIDTH]
    size, last = row[CHANNELS] * window, row[FILTERS] - 1
    for o in range(0, row[FILTERS], 4):
        d0, d1 = o * length + margin, min(o + 1, last) * length + margin
        d2, d3 = min(o + 2, last) * length + margin, min(o + 3, last) * length + margin
        for c in range(row[CHANNELS]):
            for y in range(row[KERNEL_HEIGHT]):
                for x in range(row[KERNEL_WIDTH]):
                    start = c * plane + y * pitch + x
                    s0 = s1 = s2 = s3 = spread(ZERO)
                    for p in range(0, used, LANES):
                        line = load(planes, start + p)
                        s0 = add_products(s0, load(deltas, d0 + p), line)
                        s1 = add_products(s1, load(deltas, d1 + p), line)
                        s2 = add_products(s2, load(deltas, d2 + p), line)
                        s3 = add_products(s3, load(deltas, d3 + p), line)
                    k = o * size + c * window + y * row[KERNEL_WIDTH] + x
                    g[k] += total(s0)
                    if o < last:
                        g[k + size] += total(s1)
                    if o + 1 < last:
                        g[k + 2 * size] += total(s2)
                    if o + 2 < last:
                        g[k + 3 * size] += total(s3)


@register_jitable
def input_gradients(row, x, w, out, deltas, start, length, inner, pitch):  # type: ignore[no-untyped-def]
    """Each input gets a share from every window that saw it: the taps run backwards along the gradients."""
    window = row[KERNEL_HEIGHT] * row[KERNEL_WIDTH]
    size, last = row[CHANNELS] * window, row[CHANNELS] - 1
    add = row[SOURCE_GRADIENT] == 2
    for c in range(0, row[CHANNELS], 4):
        w1, w2, w3 = min(c + 1, last) * window, min(c + 2, last) * window, min(c + 3, last) * window
        for f in range(4):
            for p in range(0, inner, LANES):
                store(out, f * inner + p, spread(ZERO))
        for p in range(0, inner, LANES):
            correlate(
                at(out, p), inner, deltas, length, row[FILTERS], start + p, -1, pitch,
                row[KERNEL_HEIGHT], row[KERNEL_WIDTH], w, c * window, w1, w2, w3, size,
            )  # fmt: skip
        for f in range(min(4, row[CHANNELS] - c)):
            for y in range(row[HEIGHT]):
                first = ((c + f) * row[HEIGHT] + y) * row[WIDTH]
                for i in range(row[WIDTH]):
                    x[first + i] = kept(x, first + i, add) + out[f * inner + y * pitch + i]
