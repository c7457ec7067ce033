"""The shape of what a layer puts out for one sample, with a name for each axis."""

from __future__ import annotations

import math
from dataclasses import dataclass

AXES: dict[str, tuple[str, ...]] = {
    "features": ("features",),
    "image": ("channels", "height", "width"),
}
"""Names of the axes of each sort of value, in PyTorch's order, the batch left out."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes with named axes.

    Attributes
    ----------
    sizes : tuple of int
        Without the batch, in PyTorch's order: ``(features,)`` or ``(channels, height, width)``.
    axes : str
        A key of :data:`AXES`.
    """

    sizes: tuple[int, ...]
    axes: str = "features"

    @property
    def size(self) -> int:
        """How many numbers that are."""
        return math.prod(self.sizes)

    @property
    def is_image(self) -> bool:
        """Whether it has channels, height and width."""
        return self.axes == "image"

    @property
    def channels(self) -> int:
        """Length of the first axis: the features, or the channels."""
        return self.sizes[0]

    @property
    def places(self) -> int:
        """Numbers in one channel; 1 for features."""
        return self.size // self.channels

    def __str__(self) -> str:
        return " × ".join(map(str, self.sizes))


def features(count: int) -> Shape:
    """A plain vector."""
    return Shape((count,))


def image(channels: int, height: int, width: int) -> Shape:
    """Pictures of one size, one for each channel."""
    return Shape((channels, height, width), "image")
