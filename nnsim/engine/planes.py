"""Convolution with a stride of 1 as sums of shifted planes. Imports Numba.

An image whose lines are as wide as those of its map, laid out as one long row, is shifted by a line when it
is read from one line further on; for the columns of the window there is a copy each. So a map is a sum of
long rows, each times one weight. Rows are worked on sixteen places and four filters at a time, whose sums
stay in registers. An input's gradient is such a sum too, over the maps' gradients and the filters turned
round.

All passes need room for such rows: :func:`workspace_size` floats, at the address that a row of the tape
holds in :data:`WORKSPACE`.
"""

from __future__ import annotations

import numpy as np
from numba.extending import register_jitable

from nnsim.engine.lanes import (
    HALF_WIDTH,
    add_product,
    add_products,
    load,
    load_first_half,
    load_half,
    spread,
    spread_half,
    store,
    total,
)
from nnsim.engine.lanes import WIDTH as LANES
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
from nnsim.engine.pointers import as_words, at, floats
from nnsim.engine.scattered import backward as scattered_backward
from nnsim.engine.scattered import list_weights, pays

ZERO = np.float32(0)


@register_jitable
def lay_out(target, source, channels, height, width, top, left, tall, wide, columns):  # type: ignore[no-untyped-def]
    """An image once for each column of a window, with its padding.

    Parameters
    ----------
    target : pointer
        Receives (`columns`, `channels`, `tall`, `wide`) numbers, and sixteen zeros.
    source : pointer
        Of (`channels`, `height`, `width`) numbers.
    top, left : int
        How much padding is above and to the left; what is less than 0 is cut off.
    """
    written = (wide + LANES - 1) // LANES * LANES
    size = channels * height * width
    place = 0
    for column in range(columns):
        for c in range(channels):
            for y in range(-top, tall - top):
                inside = 0 <= y < height
                begin = min(max(left - column, 0), wide) if inside else wide
                end = max(min(width + left - column, wide), begin)
                start = (c * height + y) * width + column - left
                if inside and start >= 0 and start + written <= size:
                    # What is too long is written anew with the next line.
                    for x in range(0, wide, LANES):
                        store(target, place + x, load(source, start + x))
                else:
                    for x in range(begin, end):
                        target[place + x] = source[start + x]
                for x in range(begin):
                    target[place + x] = ZERO
                for x in range(end, wide):
                    target[place + x] = ZERO
                place += wide
    store(target, place, spread(ZERO))


@register_jitable
def correlate(  # type: ignore[no-untyped-def]
    sums, rows, channels, tall, wide, plane, line, column, w, w1, w2, w3, w_channel, w_step
):
    """Sixteen places of four maps.

    Parameters
    ----------
    sums : tuple of four LANES
        What the sums begin with.
    rows : pointer
        Where the sixteen places of the first row begin.
    plane, line, column : int
        How far on the row of the next channel, of the window's next line and of its next column is.
    w : pointer
        The first weight of the first map; those of the others are `w1`, `w2` and `w3` further on.
    w_channel, w_step : int
        How far on the next channel's first weight is, and the window's next.
    """
    s0, s1, s2, s3 = sums
    for c in range(channels):
        k = c * w_channel
        for y in range(tall):
            place = c * plane + y * line
            for _ in range(wide):
                row = load(rows, place)
                s0, s1 = add_product(s0, w[k], row), add_product(s1, w[w1 + k], row)
                s2, s3 = add_product(s2, w[w2 + k], row), add_product(s3, w[w3 + k], row)
                place += column
                k += w_step
    return s0, s1, s2, s3


@register_jitable
def slide(  # type: ignore[no-untyped-def]
    target, add, maps, places, rows, channels, tall, wide, plane, line, w, w_map, w_channel, w_step,
    bias, biased, room,
):  # fmt: skip
    """All maps of one sample, written or added.

    Parameters
    ----------
    target : pointer
        Of (`maps`, `places`) numbers.
    rows : pointer
        What :func:`lay_out` has laid out, in lines of `line` and planes of `plane` numbers.
    w : pointer
        The first weight of the first map.
    w_map, w_channel, w_step : int
        How far on the next map's first weight is, the next channel's, and the window's next.
    bias : pointer
        One number a map; not looked at unless `biased`.
    room : pointer
        Of four times as many numbers as there are places, and sixteen.
    """
    # Else the last sixteen places end with the map, and some are worked out twice, to the same numbers.
    apart = add or places < LANES
    pitch = (places + LANES - 1) // LANES * LANES if apart else places
    for o in range(0, maps, 4):
        # Beyond the last map it is worked out once more, to the same numbers.
        f1, f2, f3 = min(1, maps - 1 - o), min(2, maps - 1 - o), min(3, maps - 1 - o)
        first = (
            spread(bias[o] if biased else ZERO),
            spread(bias[o + f1] if biased else ZERO),
            spread(bias[o + f2] if biased else ZERO),
            spread(bias[o + f3] if biased else ZERO),
        )
        out = room if apart else at(target, o * places)
        for p in range(0, places, LANES):
            place = p if apart else min(p, places - LANES)
            s0, s1, s2, s3 = correlate(
                first, at(rows, place), channels, tall, wide, plane, line, channels * plane,
                at(w, o * w_map), f1 * w_map, f2 * w_map, f3 * w_map, w_channel, w_step,
            )  # fmt: skip
            store(out, place, s0)
            store(out, f1 * pitch + place, s1)
            store(out, f2 * pitch + place, s2)
            store(out, f3 * pitch + place, s3)
        if apart:
            for f in range(f3 + 1):
                for i in range(places):
                    k = (o + f) * places + i
                    target[k] = kept(target, k, add) + out[f * pitch + i]


def conv_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.conv2d.forward`."""
    tall, wide = row[HEIGHT] + 2 * row[PADDING_Y], row[OUT_WIDTH]
    places, window = row[OUT_HEIGHT] * wide, row[KERNEL_HEIGHT] * row[KERNEL_WIDTH]
    room = floats(row[WORKSPACE])
    rows = at(room, 4 * (places + LANES))
    for sample in range(batch):
        lay_out(
            rows, at(values, row[SOURCE] + sample * row[SOURCE_WIDTH]), row[CHANNELS], row[HEIGHT],
            row[WIDTH], row[PADDING_Y], row[PADDING_X], tall, wide, row[KERNEL_WIDTH],
        )  # fmt: skip
        slide(
            at(values, row[TARGET] + sample * row[TARGET_WIDTH]), False, row[FILTERS], places, rows,
            row[CHANNELS], row[KERNEL_HEIGHT], row[KERNEL_WIDTH], tall * wide, wide,
            at(theta, row[WEIGHT]), row[CHANNELS] * window, window, 1,
            at(theta, row[BIAS]), row[BIAS] >= 0, room,
        )  # fmt: skip


def conv_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.conv2d.backward`."""
    places = row[OUT_HEIGHT] * row[OUT_WIDTH]
    if row[WEIGHT_GRADIENT] == 1:
        size = row[CHANNELS] * row[KERNEL_HEIGHT] * row[KERNEL_WIDTH]
        for k in range(row[WEIGHT], row[WEIGHT] + row[FILTERS] * size):
            grad[k] = ZERO
    if row[BIAS] >= 0:
        for o in range(row[FILTERS]):
            sums = ZERO
            for sample in range(batch):
                first = row[TARGET] + sample * row[TARGET_WIDTH] + o * places
                for i in range(first, first + places):
                    sums += dvalues[i]
            grad[row[BIAS] + o] = kept(grad, row[BIAS] + o, row[BIAS_GRADIENT] == 2) + sums
    if pays(row, at(dvalues, row[TARGET])):
        scattered_backward(row, theta, grad, values, dvalues, batch)
    else:
        plane_backward(row, theta, grad, values, dvalues, batch)


@register_jitable
def plane_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """The input's gradient; adds to that of the weights."""
    tall, wide = row[HEIGHT] + 2 * row[PADDING_Y], row[OUT_WIDTH]
    channels, filters = row[CHANNELS], row[FILTERS]
    height, width = row[KERNEL_HEIGHT], row[KERNEL_WIDTH]
    window = height * width
    room = floats(row[WORKSPACE])
    shifts = as_words(at(room, 4 * (row[HEIGHT] * row[WIDTH] + LANES)))
    rows = at(room, 4 * (row[HEIGHT] * row[WIDTH] + LANES) + channels * window)
    list_weights(row, shifts, channels * tall * wide, wide, tall * wide)
    for sample in range(batch):
        delta = at(dvalues, row[TARGET] + sample * row[TARGET_WIDTH])
        lay_out(
            rows, at(values, row[SOURCE] + sample * row[SOURCE_WIDTH]), channels, row[HEIGHT],
            row[WIDTH], row[PADDING_Y], row[PADDING_X], tall, wide, width,
        )  # fmt: skip
        weight_gradients(row, at(grad, row[WEIGHT]), rows, shifts, delta)
        if row[SOURCE_GRADIENT] != 0:
            # A correlation as well, over the maps' gradients, with the filters read from their end.
            lay_out(
                rows, delta, filters, row[OUT_HEIGHT], wide, height - 1 - row[PADDING_Y],
                width - 1 - row[PADDING_X], row[HEIGHT] + height - 1, row[WIDTH], width,
            )  # fmt: skip
            slide(
                at(dvalues, row[SOURCE] + sample * row[SOURCE_WIDTH]), row[SOURCE_GRADIENT] == 2, channels,
                row[HEIGHT] * row[WIDTH], rows, filters, height, width,
                (row[HEIGHT] + height - 1) * row[WIDTH], row[WIDTH],
                at(theta, row[WEIGHT] + window - 1), window, channels * window, -1, theta, False, room,
            )  # fmt: skip


@register_jitable
def weight_gradients(row, g, rows, shifts, delta):  # type: ignore[no-untyped-def]
    """Add to each weight's gradient the product of its map's gradient with the row that it was a factor of.

    Three weights of four filters at a time, whose sums stay in registers.
    """
    size, last = row[CHANNELS] * row[KERNEL_HEIGHT] * row[KERNEL_WIDTH], row[FILTERS] - 1
    zero, places = spread_half(ZERO), row[OUT_HEIGHT] * row[OUT_WIDTH]
    whole, rest = places // HALF_WIDTH * HALF_WIDTH, places % HALF_WIDTH
    for o in range(0, row[FILTERS], 4):
        d0, d1 = o * places, min(o + 1, last) * places
        d2, d3 = min(o + 2, last) * places, min(o + 3, last) * places
        for k in range(0, size, 3):
            x0, x1 = at(rows, shifts[k]), at(rows, shifts[min(k + 1, size - 1)])
            x2 = at(rows, shifts[min(k + 2, size - 1)])
            sums = (zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero)
            for p in range(0, whole, HALF_WIDTH):
                sums = add_block(
                    sums, load_half(x0, p), load_half(x1, p), load_half(x2, p),
                    load_half(delta, d0 + p), load_half(delta, d1 + p),
                    load_half(delta, d2 + p), load_half(delta, d3 + p),
                )  # fmt: skip
            if rest > 0:
                p = whole
                sums = add_block(
                    sums, load_half(x0, p), load_half(x1, p), load_half(x2, p),
                    load_first_half(delta, d0 + p, rest), load_first_half(delta, d1 + p, rest),
                    load_first_half(delta, d2 + p, rest), load_first_half(delta, d3 + p, rest),
                )  # fmt: skip
            add_sums(g, o * size, k, size, sums[:3])
            if o + 1 <= last:
                add_sums(g, (o + 1) * size, k, size, sums[3:6])
            if o + 2 <= last:
                add_sums(g, (o + 2) * size, k, size, sums[6:9])
            if o + 3 <= last:
                add_sums(g, (o + 3) * size, k, size, sums[9:])


@register_jitable
def add_block(sums, u, v, w, d0, d1, d2, d3):  # type: ignore[no-untyped-def]
    """Add the products of eight places, of three rows and of four maps' gradients."""
    a0, a1, a2, b0, b1, b2, c0, c1, c2, e0, e1, e2 = sums
    return (
        add_products(a0, d0, u), add_products(a1, d0, v), add_products(a2, d0, w),
        add_products(b0, d1, u), add_products(b1, d1, v), add_products(b2, d1, w),
        add_products(c0, d2, u), add_products(c1, d2, v), add_products(c2, d2, w),
        add_products(e0, d3, u), add_products(e1, d3, v), add_products(e2, d3, w),
    )  # fmt: skip


@register_jitable
def add_sums(g, first, k, size, sums):  # type: ignore[no-untyped-def]
    """Add the gradients of weight `k` of a filter and of the two behind it, as far as there are any."""
    g[first + k] += total(sums[0])
    if k + 1 < size:
        g[first + k + 1] += total(sums[1])
    if k + 2 < size:
        g[first + k + 2] += total(sums[2])
