"""How much room :mod:`nnsim.engine.planes` needs, and where it finds it."""

from __future__ import annotations

from nnsim.engine.ops.conv2d import PADDING_X, Window

WORKSPACE = PADDING_X + 1
"""Column of a row of the tape that holds the address of the room."""
BLOCK = 16
AT_ONCE = 5
"""Pieces of a filter that are worked on at a time, as :mod:`nnsim.engine.scattered` cuts it."""


def takes(window: Window) -> bool:
    """Whether a convolution is one that can be done by planes."""
    return window.stride_y == window.stride_x == 1


def workspace_size(window: Window) -> int:
    """Floats that the passes over one sample need."""
    return max(_planes(window), _scattered(window))


def _planes(window: Window) -> int:
    weights = window.channels * window.kernel_height * window.kernel_width
    inside, outside = window.height * window.width, window.out_height * window.out_width
    there = window.channels * (window.height + 2 * window.padding_y) * window.out_width
    back = window.filters * (window.height + window.kernel_height - 1) * window.width
    rows = window.kernel_width * max(there, back) + BLOCK
    return 4 * (max(inside, outside) + BLOCK) + weights + rows


def _scattered(window: Window) -> int:
    half = BLOCK // 2
    tall, pitch = window.height + 2 * window.padding_y, window.width + 2 * window.padding_x
    image = window.channels * tall * pitch + half
    pieces = window.kernel_height * -(-window.channels * window.kernel_width // half)
    span = -(-pieces // AT_ONCE) * AT_ONCE * half
    return 4000 + 2 * image + 2 * window.filters * span + 2 * window.out_height * window.out_width + 1
