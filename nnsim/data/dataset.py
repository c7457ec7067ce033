"""A dataset as the engines see it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array32 = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Samples split into training and validation.

    Attributes
    ----------
    x, y : arrays of float32, shapes (n, features) and (n, outputs)
        Training samples, in a fixed order.
    validation_x, validation_y : arrays of float32
        Samples kept back, shapes (m, features) and (m, outputs); m may be 0.
    task : str
        ``binary`` (one output, 0 or 1), ``multiclass`` (one-hot) or ``regression``.
    classes : tuple of str
        Names of the classes; empty for a regression.
    source : str
        Of digits, what they really are: ``mnist``, ``generated`` or ``mine``. Empty for other data.
    is_test : bool
        Whether the validation samples are a test set of its own rather than samples kept back.
    """

    x: Array32
    y: Array32
    validation_x: Array32
    validation_y: Array32
    task: str
    classes: tuple[str, ...] = ()
    source: str = ""
    is_test: bool = False

    @property
    def features(self) -> int:
        """Numbers in one sample."""
        return int(self.x.shape[1])

    @property
    def outputs(self) -> int:
        """Numbers in one target."""
        return int(self.y.shape[1])

    @property
    def samples(self) -> int:
        """Training samples."""
        return int(self.x.shape[0])
