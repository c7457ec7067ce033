"""A filter slides over an image: ``z[o, y, x] = Σ w[o, c, i, j] · a[c, y s + i − p, x s + j − p] + b[o]``.

As everywhere in deep learning this is a cross-correlation: the filter is not turned round.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nnsim.engine.ops.operation import (
    ATTRIBUTES,
    BIAS,
    BIAS_GRADIENT,
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    TARGET_WIDTH,
    WEIGHT,
    WEIGHT_GRADIENT,
    Gradient,
    Matrix,
    Op,
    Operation,
    kept,
    put_gradient,
    put_parameter,
)

(
    CHANNELS,
    HEIGHT,
    WIDTH,
    FILTERS,
    OUT_HEIGHT,
    OUT_WIDTH,
    KERNEL_HEIGHT,
    KERNEL_WIDTH,
    STRIDE_Y,
    STRIDE_X,
    PADDING_Y,
    PADDING_X,
) = range(ATTRIBUTES, ATTRIBUTES + 12)
ZERO = np.float32(0)


class Window(NamedTuple):
    """Attributes of an operation that slides a window over an image."""

    channels: int
    height: int
    width: int
    filters: int
    out_height: int
    out_width: int
    kernel_height: int
    kernel_width: int
    stride_y: int
    stride_x: int
    padding_y: int
    padding_x: int


def padded(window: Window, x: Matrix, fill: float = 0.0) -> Matrix:
    """A matrix (batch, width) as images with their padding, shape (batch, channels, height, width)."""
    images = x.reshape(len(x), window.channels, window.height, window.width)
    margins = ((0, 0), (0, 0), (window.padding_y,) * 2, (window.padding_x,) * 2)
    return np.pad(images, margins, constant_values=fill)


def patches(window: Window, images: Matrix) -> Matrix:
    """What the window sees at each place, shape (batch, channels, out height, out width, kernel)."""
    kernel = (window.kernel_height, window.kernel_width)
    every = np.lib.stride_tricks.sliding_window_view(images, kernel, axis=(2, 3))
    found: Matrix = every[:, :, :: window.stride_y, :: window.stride_x]
    return found


def put_back(window: Window, shares: Matrix) -> Matrix:
    """The sum, cell by cell of the image, of what stands at each place of each patch: undoes :func:`patches`.

    Parameters
    ----------
    window : Window
    shares : array, shape (batch, channels, out height, out width, kernel height, kernel width)

    Returns
    -------
    array, shape (batch, channels · height · width)
    """
    batch = len(shares)
    tall, wide = window.height + 2 * window.padding_y, window.width + 2 * window.padding_x
    total = np.zeros((batch, window.channels, tall, wide))
    for i in range(window.kernel_height):
        for j in range(window.kernel_width):
            rows = slice(i, i + window.stride_y * window.out_height, window.stride_y)
            columns = slice(j, j + window.stride_x * window.out_width, window.stride_x)
            total[:, :, rows, columns] += shares[..., i, j]
    y, x = window.padding_y, window.padding_x
    return total[:, :, y : y + window.height, x : x + window.width].reshape(batch, -1)


def _filters(op: Op, theta: Matrix) -> Matrix:
    """The weights, shape (filters, channels, kernel height, kernel width)."""
    window: Window = op.attributes
    shape = (window.filters, window.channels, window.kernel_height, window.kernel_width)
    return theta[op.weight : op.weight + int(np.prod(shape))].reshape(shape)


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """Products of filter and patch, summed at each place."""
    window: Window = op.attributes
    seen = patches(window, padded(window, values[op.source]))
    z = np.einsum("bcyxij,ocij->boyx", seen, _filters(op, theta))
    if op.bias >= 0:
        z += theta[op.bias : op.bias + window.filters][:, None, None]
    values[op.target][...] = z.reshape(values[op.target].shape)


def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """A weight's gradient is a sum over all places, an input's over all windows that saw it."""
    window: Window = op.attributes
    delta = dvalues[op.target].reshape(-1, window.filters, window.out_height, window.out_width)
    seen = patches(window, padded(window, values[op.source]))
    weights = _filters(op, theta)
    put_parameter(op, 0, grad, np.einsum("boyx,bcyxij->ocij", delta, seen).ravel(), weights.size)
    put_parameter(op, 1, grad, delta.sum(axis=(0, 2, 3)), window.filters)
    if op.source_gradient != Gradient.NONE:
        shares = np.einsum("boyx,ocij->bcyxij", delta, weights)
        put_gradient(op, 0, dvalues, put_back(window, shares))


def forward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward`."""
    for sample in range(batch):
        a, z = row[SOURCE] + sample * row[SOURCE_WIDTH], row[TARGET] + sample * row[TARGET_WIDTH]
        w = row[WEIGHT]
        for o in range(row[FILTERS]):
            bias = theta[row[BIAS] + o] if row[BIAS] >= 0 else ZERO
            for y in range(row[OUT_HEIGHT]):
                top = y * row[STRIDE_Y] - row[PADDING_Y]
                for x in range(row[OUT_WIDTH]):
                    left = x * row[STRIDE_X] - row[PADDING_X]
                    total, k = bias, w
                    for c in range(row[CHANNELS]):
                        for i in range(top, top + row[KERNEL_HEIGHT]):
                            line = a + (c * row[HEIGHT] + i) * row[WIDTH]
                            for j in range(left, left + row[KERNEL_WIDTH]):
                                if 0 <= i < row[HEIGHT] and 0 <= j < row[WIDTH]:
                                    total += theta[k] * values[line + j]
                                k += 1
                    values[z] = total
                    z += 1
            w += row[CHANNELS] * row[KERNEL_HEIGHT] * row[KERNEL_WIDTH]


def backward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward`."""
    size = row[CHANNELS] * row[KERNEL_HEIGHT] * row[KERNEL_WIDTH]
    wanted = row[SOURCE_GRADIENT] != 0
    if row[WEIGHT_GRADIENT] == 1:
        for k in range(row[FILTERS] * size):
            grad[row[WEIGHT] + k] = ZERO
    if row[SOURCE_GRADIENT] == 1:
        for i in range(batch * row[SOURCE_WIDTH]):
            dvalues[row[SOURCE] + i] = ZERO
    for o in range(row[FILTERS]):
        sums = ZERO
        for sample in range(batch):
            a = row[SOURCE] + sample * row[SOURCE_WIDTH]
            z = row[TARGET] + sample * row[TARGET_WIDTH] + o * row[OUT_HEIGHT] * row[OUT_WIDTH]
            for y in range(row[OUT_HEIGHT]):
                top = y * row[STRIDE_Y] - row[PADDING_Y]
                for x in range(row[OUT_WIDTH]):
                    left = x * row[STRIDE_X] - row[PADDING_X]
                    delta, k = dvalues[z], row[WEIGHT] + o * size
                    sums += delta
                    z += 1
                    for c in range(row[CHANNELS]):
                        for i in range(top, top + row[KERNEL_HEIGHT]):
                            line = a + (c * row[HEIGHT] + i) * row[WIDTH]
                            for j in range(left, left + row[KERNEL_WIDTH]):
                                if 0 <= i < row[HEIGHT] and 0 <= j < row[WIDTH]:
                                    grad[k] += delta * values[line + j]
                                    if wanted:
                                        dvalues[line + j] += delta * theta[k]
                                k += 1
        if row[BIAS] >= 0:
            grad[row[BIAS] + o] = kept(grad, row[BIAS] + o, row[BIAS_GRADIENT] == 2) + sums


CONV2D = Operation(forward, backward, forward_kernel, backward_kernel)
