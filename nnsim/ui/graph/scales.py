"""From magnitudes to width, opacity and brightness: linear, and with a number the legend can state."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

LEVELS = 24
"""Steps of width, opacity and brightness that are told apart."""
_LADDER = (1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0)
_MANY = 200
_KEEP = 1 / 3
"""A full-scale value stays until the largest value falls below this share of it."""
_NOTHING = 1e-100


def ceiling(value: float) -> float:
    """The next round number that is not below a positive value: 1, 1.5, 2, 3, 5, 7.5 times a power of 10."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _LADDER if step * power >= value * (1 - 1e-9))


def top(magnitudes: Floats) -> float:
    """The magnitude to scale by: the largest, of many values the 99.5th percentile; 0 if there is none."""
    finite = magnitudes[np.isfinite(magnitudes)]
    if not finite.size:
        return 0.0
    largest = float(finite.max()) if finite.size < _MANY else _percentile(finite)
    return largest if largest > _NOTHING else 0.0


def _percentile(values: Floats) -> float:
    """The 99.5th, between two values in proportion; NumPy's own prepares for much more, and takes longer."""
    place = 0.995 * (len(values) - 1)
    below = int(place)
    low, high = np.partition(values, (below, below + 1))[below : below + 2].tolist()
    return float(low + (place - below) * (high - low))


class Scale:
    """A round full-scale value that rises at once and falls late, so that the picture keeps still.

    Parameters
    ----------
    full : float
        To begin with; 0 takes the first value that comes.
    fade : float
        Share of what was recently the largest value that a patient look remembers.

    Attributes
    ----------
    full : float
        The magnitude that is drawn at full strength.
    """

    def __init__(self, full: float = 0.0, fade: float = 0.9) -> None:
        self.full = full
        self._fade = fade
        self._recent = 0.0

    def follow(self, values: Floats, patient: bool = False, floor: float = 0.0) -> float:
        """Take new values into account.

        Parameters
        ----------
        values : array
        patient : bool
            Other values follow in a moment, as while training runs: fall only if they stay small too.
        floor : float
            The full-scale value does not fall below it, as long as any value is not 0.

        Returns
        -------
        float
            The full-scale value; 0 while all values have been 0.
        """
        largest = top(np.abs(values))
        if largest == 0.0:
            return self.full
        largest = max(largest, floor)
        self._recent = max(largest, self._fade * self._recent) if patient else largest
        if largest > self.full or self._recent < _KEEP * self.full:
            self.full = ceiling(self._recent)
        return self.full

    def shares(self, values: Floats) -> Floats:
        """Signed shares of full scale, clipped to [-1, 1]; NaN stays NaN."""
        if not self.full:
            return np.zeros_like(values)
        return np.clip(values / self.full, -1.0, 1.0)


def levels(shares: Floats) -> NDArray[np.intp]:
    """Shares in [-1, 1] as whole steps from -LEVELS to LEVELS; what is not 0 is at least one step."""
    steps = np.rint(shares * LEVELS)
    return np.where((steps == 0) & (shares != 0), np.sign(shares), steps).astype(np.intp)
