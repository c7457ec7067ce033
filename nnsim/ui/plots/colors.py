"""From a value to a colour: orange for low or negative, blue for high or positive."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnsim.ui.theme import Theme


def diverging(theme: Theme, middle: str | None = None) -> NDArray[np.uint8]:
    """A table of 256 colours from negative over the middle to positive.

    Returns
    -------
    array of uint8, shape (256, 3)
    """
    stops = [QColor(theme.negative), QColor(middle or theme.card), QColor(theme.positive)]
    channels = np.array([[c.red(), c.green(), c.blue()] for c in stops], dtype=np.float64)
    if middle is None:
        # Full strength would outshine the samples drawn on top.
        share = 0.82 if theme.is_dark else 0.62
        channels[[0, 2]] = share * channels[[0, 2]] + (1.0 - share) * channels[1]
    at = np.linspace(-1.0, 1.0, 256)
    strength = np.abs(at) ** 0.75
    ends = np.where(at[:, None] < 0.0, channels[0], channels[2])
    return np.round(channels[1] + strength[:, None] * (ends - channels[1])).astype(np.uint8)
