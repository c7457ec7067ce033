"""Where the pictures of a gallery lie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRect, QRectF


@dataclass(frozen=True, slots=True)
class Grid:
    """Pictures of 28×28, two screen pixels to one of theirs, in rows that fill a width.

    Attributes
    ----------
    width : int
        Pixels there are.
    items : int
        Pictures.
    """

    SIDE: ClassVar[int] = 56
    LABEL: ClassVar[int] = 16
    ROW: ClassVar[int] = 78
    _GAP: ClassVar[int] = 7

    width: int
    items: int

    @property
    def columns(self) -> int:
        """Pictures in a row."""
        return max(1, (self.width + self._GAP) // (self.SIDE + self._GAP))

    @property
    def height(self) -> int:
        """Of all rows together."""
        return math.ceil(self.items / self.columns) * self.ROW

    def tile(self, place: int) -> QRect:
        """A picture with its label."""
        row, column = divmod(place, self.columns)
        # Spare width goes between the pictures, so that the outer ones meet the edges.
        spare = max(self.width - 2 - self.columns * self.SIDE, 0)
        left = 1 + column * self.SIDE + (column * spare // (self.columns - 1) if self.columns > 1 else 0)
        return QRect(left, 1 + row * self.ROW, self.SIDE, self.SIDE + self.LABEL)

    def picture(self, place: int) -> QRect:
        """A picture."""
        tile = self.tile(place)
        return QRect(tile.left(), tile.top(), self.SIDE, self.SIDE)

    def label(self, place: int) -> QRectF:
        """The line below a picture."""
        tile = self.tile(place)
        return QRectF(tile.left() - 2.0, tile.top() + self.SIDE + 1.0, self.SIDE + 4.0, self.LABEL)

    def between(self, top: int, bottom: int) -> range:
        """Pictures in the rows from one height to another."""
        first, last = max(top, 0) // self.ROW, max(bottom, 0) // self.ROW
        return range(min(first * self.columns, self.items), min((last + 1) * self.columns, self.items))

    def at(self, point: QPointF) -> int | None:
        """The picture at a point, label included; None between them."""
        row = range(
            max(int(point.y()) // self.ROW, 0) * self.columns,
            min((int(point.y()) // self.ROW + 1) * self.columns, self.items),
        )
        return next((place for place in row if self.tile(place).contains(point.toPoint())), None)
