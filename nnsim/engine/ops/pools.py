"""Pools: of each window the largest number, or the mean."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.conv2d import (
    CHANNELS,
    HEIGHT,
    KERNEL_HEIGHT,
    KERNEL_WIDTH,
    OUT_HEIGHT,
    OUT_WIDTH,
    PADDING_X,
    PADDING_Y,
    STRIDE_X,
    STRIDE_Y,
    WIDTH,
    Window,
    padded,
    patches,
    put_back,
)
from nnsim.engine.ops.operation import (
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    TARGET_2,
    Matrix,
    Op,
    Operation,
    put_gradient,
)

ZERO, ONE, LOWEST = np.float32(0), np.float32(1), np.float32(-np.inf)


def halves(window: Window) -> bool:
    """Whether a max pool is one that :mod:`nnsim.engine.halving` does."""
    sizes = (window.kernel_height, window.kernel_width, window.stride_y, window.stride_x)
    return sizes == (2, 2, 2, 2) and window.padding_y == window.padding_x == 0


def _shape(window: Window) -> tuple[int, ...]:
    return (-1, window.channels, window.out_height, window.out_width)


def forward_max(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """The largest of each window, and its number in there, row by row; the first of several."""
    window: Window = op.attributes
    seen = patches(window, padded(window, values[op.source], -np.inf))
    flat = seen.reshape(*seen.shape[:4], -1)
    winner = flat.argmax(axis=-1)
    largest = np.take_along_axis(flat, winner[..., None], axis=-1)
    values[op.target][...] = largest.reshape(values[op.target].shape)
    values[op.writes[1]][...] = winner.reshape(values[op.target].shape)


def backward_max(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """Only the winner gets the gradient."""
    window: Window = op.attributes
    upstream = dvalues[op.target].reshape(_shape(window))
    winner = values[op.writes[1]].reshape(_shape(window)).astype(np.int64)
    size = window.kernel_height * window.kernel_width
    shares = np.where(np.arange(size) == winner[..., None], upstream[..., None], 0.0)
    kernel = (window.kernel_height, window.kernel_width)
    put_gradient(op, 0, dvalues, put_back(window, shares.reshape(*upstream.shape, *kernel)))


def forward_avg(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """The mean of each window; padding counts as 0."""
    window: Window = op.attributes
    seen = patches(window, padded(window, values[op.source]))
    values[op.target][...] = seen.mean(axis=(-2, -1)).reshape(values[op.target].shape)


def backward_avg(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """Everything in a window gets the same share."""
    window: Window = op.attributes
    kernel = (window.kernel_height, window.kernel_width)
    upstream = dvalues[op.target].reshape(_shape(window))[..., None, None] / (kernel[0] * kernel[1])
    put_gradient(op, 0, dvalues, put_back(window, np.broadcast_to(upstream, (*upstream.shape[:4], *kernel))))


def forward_max_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward_max`."""
    z, number = row[TARGET], row[TARGET_2]
    for image in range(batch * row[CHANNELS]):
        a = row[SOURCE] + image * row[HEIGHT] * row[WIDTH]
        for y in range(row[OUT_HEIGHT]):
            top = y * row[STRIDE_Y] - row[PADDING_Y]
            for x in range(row[OUT_WIDTH]):
                left = x * row[STRIDE_X] - row[PADDING_X]
                largest, winner = LOWEST, 0
                for i in range(max(top, 0), min(top + row[KERNEL_HEIGHT], row[HEIGHT])):
                    k = (i - top) * row[KERNEL_WIDTH] - left
                    line = a + i * row[WIDTH]
                    for j in range(max(left, 0), min(left + row[KERNEL_WIDTH], row[WIDTH])):
                        value = values[line + j]
                        # What is no number wins and stays, so that the run is stopped.
                        wins = value > largest or value != value
                        largest = value if wins else largest
                        winner = k + j if wins else winner
                values[z], values[number] = largest, np.float32(winner)
                z += 1
                number += 1


def backward_max_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward_max`."""
    if row[SOURCE_GRADIENT] == 0:
        return
    if row[SOURCE_GRADIENT] == 1:
        for i in range(batch * row[SOURCE_WIDTH]):
            dvalues[row[SOURCE] + i] = ZERO
    z, number = row[TARGET], row[TARGET_2]
    for image in range(batch * row[CHANNELS]):
        a = row[SOURCE] + image * row[HEIGHT] * row[WIDTH]
        for y in range(row[OUT_HEIGHT]):
            top = y * row[STRIDE_Y] - row[PADDING_Y]
            for x in range(row[OUT_WIDTH]):
                k = np.int64(values[number])
                i = top + k // row[KERNEL_WIDTH]
                j = x * row[STRIDE_X] - row[PADDING_X] + k % row[KERNEL_WIDTH]
                dvalues[a + i * row[WIDTH] + j] += dvalues[z]
                z += 1
                number += 1


def forward_avg_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward_avg`."""
    z, scale = row[TARGET], ONE / np.float32(row[KERNEL_HEIGHT] * row[KERNEL_WIDTH])
    for image in range(batch * row[CHANNELS]):
        a = row[SOURCE] + image * row[HEIGHT] * row[WIDTH]
        for y in range(row[OUT_HEIGHT]):
            top = y * row[STRIDE_Y] - row[PADDING_Y]
            for x in range(row[OUT_WIDTH]):
                left = x * row[STRIDE_X] - row[PADDING_X]
                total = ZERO
                for i in range(max(top, 0), min(top + row[KERNEL_HEIGHT], row[HEIGHT])):
                    for j in range(max(left, 0), min(left + row[KERNEL_WIDTH], row[WIDTH])):
                        total += values[a + i * row[WIDTH] + j]
                values[z] = total * scale
                z += 1


def backward_avg_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward_avg`."""
    if row[SOURCE_GRADIENT] == 0:
        return
    if row[SOURCE_GRADIENT] == 1:
        for i in range(batch * row[SOURCE_WIDTH]):
            dvalues[row[SOURCE] + i] = ZERO
    z, scale = row[TARGET], ONE / np.float32(row[KERNEL_HEIGHT] * row[KERNEL_WIDTH])
    for image in range(batch * row[CHANNELS]):
        a = row[SOURCE] + image * row[HEIGHT] * row[WIDTH]
        for y in range(row[OUT_HEIGHT]):
            top = y * row[STRIDE_Y] - row[PADDING_Y]
            for x in range(row[OUT_WIDTH]):
                left = x * row[STRIDE_X] - row[PADDING_X]
                share = dvalues[z] * scale
                for i in range(max(top, 0), min(top + row[KERNEL_HEIGHT], row[HEIGHT])):
                    for j in range(max(left, 0), min(left + row[KERNEL_WIDTH], row[WIDTH])):
                        dvalues[a + i * row[WIDTH] + j] += share
                z += 1


MAX_POOL2D = Operation(forward_max, backward_max, forward_max_kernel, backward_max_kernel)
AVG_POOL2D = Operation(forward_avg, backward_avg, forward_avg_kernel, backward_avg_kernel)
