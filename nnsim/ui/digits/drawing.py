"""What is on the canvas, and the way back to what was."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nnsim.ui.digits.ink import SIDE, Pixels, Raster, Stroke

_MOST_KEPT = 100


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Ink that was not drawn here.

    Attributes
    ----------
    pixels : array of uint8, shape (SIDE, SIDE)
    digit : array of float32, shape (28, 28), optional
        A dataset's digit, which the network must get unchanged.
    label : int, optional
        What the digit is known to be.
    """

    pixels: Pixels
    digit: NDArray[np.float32] | None = None
    label: int | None = None

    @classmethod
    def of(
        cls, ink: NDArray[np.floating], *, digit: NDArray[np.float32] | None = None, label: int | None = None
    ) -> Picture:
        """The picture of ink in [0, 1], shape (rows, columns), each pixel a block, none drawn out."""
        rows, columns = ink.shape
        size = max(rows, columns)
        at = (np.arange(SIDE) * size) // SIDE
        field = np.zeros((size, size), np.uint8)
        top, left = (size - rows) // 2, (size - columns) // 2
        levels = np.rint(np.clip(np.nan_to_num(ink), 0.0, 1.0) * 255.0)
        field[top : top + rows, left : left + columns] = levels
        return cls(field[np.ix_(at, at)], digit, label)


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A picture, or none, and the strokes over it.

    Attributes
    ----------
    is_example : bool
        Nobody drew it: the first stroke takes its place.
    """

    picture: Picture | None = None
    strokes: tuple[Stroke, ...] = ()
    is_example: bool = False

    def with_stroke(self, stroke: Stroke) -> Drawing:
        """The drawing after one more stroke."""
        if self.is_example and not stroke.erases:
            return Drawing(strokes=(stroke,))
        return replace(self, strokes=(*self.strokes, stroke), is_example=False)

    @property
    def untouched(self) -> Picture | None:
        """The picture, as long as nothing is drawn over it."""
        return None if self.strokes else self.picture

    @property
    def is_empty(self) -> bool:
        """Nothing on it, not even what was erased."""
        return self.picture is None and not self.strokes

    def paint(self, raster: Raster) -> None:
        """Leave all of it, and nothing else, on a raster."""
        raster.fill(None if self.picture is None else self.picture.pixels)
        for stroke in self.strokes:
            raster.draw(stroke)


class Drawings:
    """The drawing and those before and after it, for undo and redo."""

    def __init__(self) -> None:
        self._all, self._place = [Drawing()], 0

    @property
    def now(self) -> Drawing:
        """The drawing on the canvas."""
        return self._all[self._place]

    @property
    def can_undo(self) -> bool:
        """Whether there is a drawing before this."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Whether a drawing was undone."""
        return self._place + 1 < len(self._all)

    def add(self, drawing: Drawing) -> None:
        """Go on to another drawing."""
        self._all = [*self._all[: self._place + 1], drawing][-_MOST_KEPT:]
        self._place = len(self._all) - 1

    def restart(self, drawing: Drawing) -> None:
        """Forget all drawings but this."""
        self._all, self._place = [drawing], 0

    def step(self, by: int) -> bool:
        """Go back (-1) or forth (1); False where there is nothing to go to."""
        if not 0 <= self._place + by < len(self._all):
            return False
        self._place += by
        return True
