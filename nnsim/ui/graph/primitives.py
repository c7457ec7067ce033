"""Many lines or fragments of pixmaps in one array of NumPy, drawn by one call."""

from __future__ import annotations

from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray


class Primitives:
    """Room for `QLineF`, `QPainter.PixmapFragment` and the like, which grows and is used again.

    Parameters
    ----------
    kind : type
        A class of Qt's that consists of doubles alone.
    fields : int
        How many.
    """

    def __init__(self, kind: type, fields: int) -> None:
        self._kind = kind
        self._all: NDArray[np.float64] = np.empty((1, fields))
        self._count = 0

    def rows(self, count: int) -> NDArray[np.float64]:
        """So many rows to be filled in, shape (count, fields)."""
        if count > len(self._all):
            self._all = np.empty((count, self._all.shape[1]))
        self._count = count
        return self._all[:count]

    def first_and_count(self) -> tuple[Any, int]:
        """What Qt's functions ask for: the first of them, and how many lie behind it in memory.

        Only to be handed on at once: the next call of :meth:`rows` may move them.
        """
        return shiboken6.wrapInstance(self._all.ctypes.data, self._kind), self._count
