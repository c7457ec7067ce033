"""The buffers of a tape: what its operations read and write."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Buffer:
    """A matrix (batch, width) of numbers, with one of gradients beside it.

    Attributes
    ----------
    role : str
        ``a`` activations (of layer 0: the input), ``z`` pre-activations, ``y`` targets, ``loss`` each
        sample's share of the loss, ``penalty`` the L2 penalty; others are named by the layer's kind.
    layer : int
    shape : tuple of int
        Of one sample, in PyTorch's order of axes.
    batched : bool
        False for what belongs to the batch as a whole, which has one row.
    """

    role: str
    layer: int
    shape: tuple[int, ...]
    batched: bool = True

    @property
    def width(self) -> int:
        """Numbers in one row."""
        return math.prod(self.shape)

    @property
    def name(self) -> str:
        """Role and layer, such as ``z1``."""
        return f"{self.role}{self.layer}"

    def rows(self, batch: int) -> int:
        """Rows of its matrix for a batch of that size."""
        return batch if self.batched else 1
