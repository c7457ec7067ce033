"""What a window that slides over an image sees at one place, and how that is written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnsim.engine.ops.conv2d import Window, padded, patches
from nnsim.engine.ops.operation import Op
from nnsim.lesson.trace import Trace, Vector
from nnsim.model.network import Node


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a window.

    Attributes
    ----------
    window : Window
    channel, row, column : int
        The cell that it computes, from 0.
    """

    window: Window
    channel: int
    row: int
    column: int

    @classmethod
    def of(cls, op: Op, unit: int) -> Place:
        """The place that computes a unit."""
        window: Window = op.attributes
        at = np.unravel_index(unit, (window.filters, window.out_height, window.out_width))
        return cls(window, *(int(i) for i in at))

    @property
    def top(self) -> int:
        """First row that it sees, from 0; below 0 in the margin."""
        return self.row * self.window.stride_y - self.window.padding_y

    @property
    def left(self) -> int:
        """First column."""
        return self.column * self.window.stride_x - self.window.padding_x

    @property
    def rows(self) -> tuple[int, int]:
        """First and last row that it sees of the image, from 1."""
        last = min(self.top + self.window.kernel_height, self.window.height)
        return max(self.top, 0) + 1, last

    @property
    def columns(self) -> tuple[int, int]:
        """First and last column."""
        last = min(self.left + self.window.kernel_width, self.window.width)
        return max(self.left, 0) + 1, last

    def source(self, channel: int, i: int, j: int) -> int | None:
        """The unit under a cell of the window; None in the margin."""
        y, x = self.top + i, self.left + j
        if not (0 <= y < self.window.height and 0 <= x < self.window.width):
            return None
        return (channel * self.window.height + y) * self.window.width + x

    def node(self, layer: int, channel: int, i: int, j: int) -> Node | None:
        """The same as a node."""
        unit = self.source(channel, i, j)
        return None if unit is None else Node(layer, unit)

    @property
    def is_at_the_margin(self) -> bool:
        """Whether it reaches over the edge of the image."""
        window = self.window
        return (
            self.top < 0
            or self.left < 0
            or self.top + window.kernel_height > window.height
            or self.left + window.kernel_width > window.width
        )

    def patch(self, values: Vector) -> Vector:
        """What it sees of one sample's image, the margin as 0, shape (channels, kernel height, width)."""
        seen: Vector = patches(self.window, padded(self.window, values[None]))[0, :, self.row, self.column]
        return seen


def seen(trace: Trace, op: Op) -> Vector:
    """What every place sees, shape (n, channels, out height, out width, kernel height, kernel width)."""
    return patches(op.attributes, padded(op.attributes, trace.values[op.source]))


def shifted(index: str, first: int) -> str:
    """``i + 3``: a running index from 1 on, beginning after a number of rows."""
    return index if first == 0 else f"{index}{first:+d}"


def moved(index: str, stride: int, offset: int) -> str:
    """``2u+1``: where a window stands whose place has that index, from 1."""
    return shifted(index if stride == 1 else f"{stride}{index}", offset)
