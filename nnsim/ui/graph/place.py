"""Where one layer stands: its rectangle, and the middle of each of its cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.floating[Any]]
PIXELS = ("plane", "maps", "strip")
"""Ways to draw a layer in which a cell is a pixel, not a disc."""


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Pictures of one size, one for each channel.

    Attributes
    ----------
    corners : array, shape (channels, 2)
        Their upper left corners.
    rows, columns : int
        Of pixels in one picture.
    width, height : float
        Of one pixel.
    filter_side : float
        Of the filter drawn at the left of each picture; 0 where none is.
    """

    corners: Points
    rows: int
    columns: int
    width: float
    height: float
    filter_side: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of one picture."""
        return self.columns * self.width, self.rows * self.height

    @property
    def places(self) -> int:
        """Pixels of one picture."""
        return self.rows * self.columns

    def centres(self) -> Points:
        """The middle of each pixel, channel by channel: shape (cells, 2)."""
        x = (np.arange(self.columns) + 0.5) * self.width
        y = (np.arange(self.rows) + 0.5) * self.height
        grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
        return (self.corners[:, None, :] + grid).reshape(-1, 2)

    def cell_at(self, x: float, y: float) -> int | None:
        """The unit at a point."""
        at = ((x, y) - self.corners) / (self.width, self.height)
        for channel in np.flatnonzero(((at >= 0) & (at < (self.columns, self.rows))).all(axis=1)).tolist():
            column, row = np.floor(at[channel]).astype(int).tolist()
            return int(channel * self.places + row * self.columns + column)
        return None

    def filter_boxes(self) -> Points:
        """Upper left corners of the filters, (channels, 2)."""
        middle = self.corners[:, 1] + self.size[1] / 2
        left = self.corners[:, 0] - FILTER_GAP - self.filter_side
        return np.stack([left, middle - self.filter_side / 2], axis=1)

    def filter_at(self, x: float, y: float) -> int | None:
        """The channel whose filter is at a point."""
        if not self.filter_side:
            return None
        at = (x, y) - self.filter_boxes()
        found = np.flatnonzero(((at >= 0) & (at < self.filter_side)).all(axis=1))
        return int(found[0]) if len(found) else None


FILTER_GAP = 3.0
"""Between a filter and its picture."""


@dataclass(frozen=True, slots=True, eq=False)
class LayerPlace:
    """Where one layer stands.

    Attributes
    ----------
    kind : str
        ``column``, ``grid``, ``plane``, ``maps`` or ``strip``.
    centres : array, shape (units, 2)
    radius : float
        Of a disc; half the side of a pixel in a picture.
    rect : Rect
        Around all of it.
    rows, columns : int
        Units fill it row by row; a grid, column by column. Of maps, the rows and columns of pictures.
    sheet : Sheet or None
        Of maps and strips: their pictures.
    """

    kind: str
    centres: Points
    radius: float
    rect: Rect
    rows: int
    columns: int
    sheet: Sheet | None = None

    @property
    def is_plane(self) -> bool:
        """Whether the units are pixels, not discs."""
        return self.kind in PIXELS

    @property
    def moves_by_unit(self) -> bool:
        """Whether its units can be moved one by one: those of an image or a grid stay together."""
        return self.kind == "column"

    @property
    def pitch(self) -> float:
        """Distance from one node to the next below it."""
        return self.rect.height / self.rows

    @property
    def disc_gap(self) -> float:
        """Free height between one disc and the next below it."""
        return self.pitch - 2 * self.radius

    def moved_to(self, x: float, y: float) -> LayerPlace:
        """The same layer with its middle elsewhere."""
        shift = np.subtract((x, y), self.rect.middle)
        rect = replace(self.rect, x=self.rect.x + float(shift[0]), y=self.rect.y + float(shift[1]))
        sheet = None if self.sheet is None else replace(self.sheet, corners=self.sheet.corners + shift)
        return replace(self, centres=self.centres + shift, rect=rect, sheet=sheet)
