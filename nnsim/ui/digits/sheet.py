"""A sheet of ink: the drawing on it, the pen over it, and what the network gets of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF

from nnsim.data.centring import centred, frame_of, has_ink, shrunk
from nnsim.ui.digits.drawing import Drawing, Drawings, Picture
from nnsim.ui.digits.ink import Dot, Pen, Raster

BRUSH = 0.075
_ERASER = 1.6
_NEAREST = 0.004
"""Dots closer than this are one: a hand that rests leaves no knots."""


class Sheet:
    """What a canvas shows, without the canvas; places and widths are in its sides.

    Attributes
    ----------
    raster : Raster
        The ink as pixels.
    drawings : Drawings
        What was drawn; the stroke that the pen is drawing comes to it when the pen is lifted.
    brush : float
        Width of the pen.
    eraser : bool
        Whether the eraser is in hand.
    centring : bool
        Whether the network gets the ink centred and scaled as MNIST's digits were.
    """

    def __init__(self) -> None:
        self.raster, self.drawings = Raster(), Drawings()
        self.brush, self.eraser, self.centring = BRUSH, False, True
        self._pen: Pen | None = None

    @property
    def is_drawing(self) -> bool:
        """Whether the pen is down."""
        return self._pen is not None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to clear."""
        return self._pen is None and self.drawings.now.is_empty

    @property
    def shows_example(self) -> bool:
        """Whether nobody has drawn yet."""
        return self._pen is None and self.drawings.now.is_example

    @property
    def picture(self) -> Picture | None:
        """The picture on it, as long as nobody draws on it."""
        return self.drawings.now.untouched if self._pen is None else None

    def width(self, *, erases: bool) -> float:
        """The width of a stroke."""
        return self.brush * (_ERASER if erases else 1.0)

    def press(self, x: float, y: float, *, erases: bool, pressure: float) -> None:
        """Set the pen down."""
        self.release()
        erases = erases or self.eraser
        if self.drawings.now.is_example and not erases:
            self.raster.fill(None)
        dot = Dot(x, y, self.width(erases=erases) * pressure)
        self._pen = Pen(self.raster, dot, erases=erases)

    def move(self, x: float, y: float, pressure: float) -> QRect:
        """Draw on to a place; returns the pixels that may have changed."""
        if self._pen is None:
            return QRect()
        last = self._pen.last
        if abs(x - last.x) + abs(y - last.y) < _NEAREST:
            return QRect()
        return self._pen.move(Dot(x, y, self.width(erases=self._pen.erases) * pressure))

    def release(self) -> bool:
        """Lift the pen; False where it was not down."""
        if self._pen is None:
            return False
        self.drawings.add(self.drawings.now.with_stroke(self._pen.stroke()))
        self._pen = None
        return True

    def put(self, drawing: Drawing) -> None:
        """Go on to another drawing; one with an example is where everything starts."""
        self._pen = None
        if drawing.is_example:
            self.drawings.restart(drawing)
        else:
            self.drawings.add(drawing)
        drawing.paint(self.raster)

    def step(self, by: int) -> bool:
        """Go back (-1) or forth (1); False where there is nothing to go to."""
        self.release()
        moved = self.drawings.step(by)
        if moved:
            self.drawings.now.paint(self.raster)
        return moved

    def pixels(self) -> NDArray[np.float32] | None:
        """What the network gets, shape (28, 28) in [0, 1]; None where there is no ink.

        A dataset's digit that nobody has drawn on is passed on as it is.
        """
        picture = self.picture
        if picture is not None and picture.digit is not None:
            return picture.digit
        ink = self.raster.ink()
        if not has_ink(ink):
            return None
        return centred(ink) if self.centring else shrunk(ink)

    def frame(self) -> QRectF:
        """The square round the ink, in pixels, that becomes the middle 20 of 28; empty where none does."""
        picture = self.picture
        as_it_is = picture is not None and picture.digit is not None
        ends = frame_of(self.raster.pixels) if self.centring and not as_it_is else None
        if ends is None:
            return QRectF()
        left, top, right, bottom = ends
        side = max(right - left, bottom - top)
        return QRectF((left + right - side) / 2.0, (top + bottom - side) / 2.0, side, side)
