"""How much room :mod:`nnsim.engine.planes` needs, and where it finds it."""

from __future__ import annotations

from nnsim.engine.ops.conv2d import PADDING_X, Window

WORKSPACE = PADDING_X + 1
"""Column of a row of the tape that holds the address of the room."""
BLOCK = 16


def takes(window: Window) -> bool:
    """Whether a convolution is one that can be done by planes."""
    return window.stride_y == window.stride_x == 1


def workspace_size(window: Window) -> int:
    """Floats that the passes over one sample need."""
    tall, pitch = window.height + 2 * window.padding_y, window.width + 2 * window.padding_x
    plane = tall * pitch
    margin = (window.kernel_height - 1) * pitch + window.kernel_width - 1
    sums = 4 * (plane + BLOCK)
    return (
        sums
        + window.channels * plane
        + 2 * BLOCK
        + pitch
        + window.filters * (2 * margin + plane + 2 * BLOCK)
        + 2 * BLOCK
    )
