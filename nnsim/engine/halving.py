"""A max pool of 2 × 2 with a stride of 2 and no padding, without branches.

The compiler makes vector code of a loop whose strides it knows; this is the pool that nearly everyone uses.
"""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.conv2d import CHANNELS, HEIGHT, OUT_HEIGHT, OUT_WIDTH, WIDTH, Window
from nnsim.engine.ops.operation import SOURCE, SOURCE_GRADIENT, SOURCE_WIDTH, TARGET, TARGET_2

ZERO, ONE, TWO, THREE = np.float32(0), np.float32(1), np.float32(2), np.float32(3)


def halves(window: Window) -> bool:
    """Whether a pool is one that is done here."""
    sizes = (window.kernel_height, window.kernel_width, window.stride_y, window.stride_x)
    return sizes == (2, 2, 2, 2) and window.padding_y == window.padding_x == 0


def pool_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.pools.forward_max`; what is no number wins and stays."""
    width, wide = row[WIDTH], row[OUT_WIDTH]
    for image in range(batch * row[CHANNELS]):
        for y in range(row[OUT_HEIGHT]):
            a = row[SOURCE] + (image * row[HEIGHT] + 2 * y) * width
            b = a + width
            line = (image * row[OUT_HEIGHT] + y) * wide
            z, number = row[TARGET] + line, row[TARGET_2] + line
            for x in range(wide):
                p, q = values[a + 2 * x], values[a + 2 * x + 1]
                r, s = values[b + 2 * x], values[b + 2 * x + 1]
                top = p if p >= q else q
                bottom = r if r >= s else s
                values[z + x] = top if top >= bottom else bottom
            for x in range(wide):
                largest = values[z + x]
                found = TWO if values[b + 2 * x] == largest else THREE
                found = ONE if values[a + 2 * x + 1] == largest else found
                values[number + x] = ZERO if values[a + 2 * x] == largest else found


def pool_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.ops.pools.backward_max`."""
    if row[SOURCE_GRADIENT] == 0:
        return
    width, wide = row[WIDTH], row[OUT_WIDTH]
    odd = row[HEIGHT] != 2 * row[OUT_HEIGHT] or width != 2 * wide
    if row[SOURCE_GRADIENT] == 1 and odd:
        for i in range(batch * row[SOURCE_WIDTH]):
            dvalues[row[SOURCE] + i] = ZERO
    for image in range(batch * row[CHANNELS]):
        for y in range(row[OUT_HEIGHT]):
            a = row[SOURCE] + (image * row[HEIGHT] + 2 * y) * width
            b = a + width
            line = (image * row[OUT_HEIGHT] + y) * wide
            z, number = row[TARGET] + line, row[TARGET_2] + line
            if row[SOURCE_GRADIENT] == 2:
                for x in range(wide):
                    share, winner = dvalues[z + x], values[number + x]
                    dvalues[a + 2 * x] += share if winner == ZERO else ZERO
                    dvalues[a + 2 * x + 1] += share if winner == ONE else ZERO
                    dvalues[b + 2 * x] += share if winner == TWO else ZERO
                    dvalues[b + 2 * x + 1] += share if winner == THREE else ZERO
            else:
                for x in range(wide):
                    share, winner = dvalues[z + x], values[number + x]
                    dvalues[a + 2 * x] = share if winner == ZERO else ZERO
                    dvalues[a + 2 * x + 1] = share if winner == ONE else ZERO
                    dvalues[b + 2 * x] = share if winner == TWO else ZERO
                    dvalues[b + 2 * x + 1] = share if winner == THREE else ZERO
