"""Strokes, and the ink that they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

SIDE = 448
"""Pixels of a drawing each way: 16 for each of MNIST's 28."""

COARSE = 112
"""Pixels of its ink each way as it is handed on; centring it then takes a fraction of a millisecond."""

Pixels = NDArray[np.uint8]


class Dot(NamedTuple):
    """Where the pen was, and how wide: x to the right, y down, all in sides of the canvas."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """What the pen leaves between touching and leaving the canvas.

    Attributes
    ----------
    dots : tuple of Dot
        At least one.
    erases : bool
        Takes ink away instead of leaving it.
    """

    dots: tuple[Dot, ...]
    erases: bool = False


class Raster:
    """Ink as pixels.

    A curve's coverage is painted on a mask and joined with the ink by taking the larger of the two, so
    that edges where pieces of a stroke overlap stay smooth, and the order of the pieces does not matter.

    Attributes
    ----------
    pixels : array of uint8, shape (SIDE, SIDE)
        From 0, no ink, to 255; `image` shows the same memory.
    image : QImage
        With a colour table, see `set_colors`.
    """

    def __init__(self) -> None:
        self.image = QImage(SIDE, SIDE, QImage.Format.Format_Indexed8)
        self.image.setColorTable([0xFF000000] * 256)
        self._mask = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
        self.pixels, self._coverage = _pixels_of(self.image), _pixels_of(self._mask)

    def set_colors(self, board: QColor, ink: QColor) -> None:
        """Choose the colours of no ink and of full ink."""
        self.image.setColorTable(color_table(board, ink))

    def ink(self) -> NDArray[np.float32]:
        """Ink from 0 to 1, averaged to shape (COARSE, COARSE)."""
        block = SIDE // COARSE
        rows = self.pixels.reshape(COARSE, block, SIDE).sum(axis=1, dtype=np.uint16)
        sums = rows.reshape(COARSE, COARSE, block).sum(axis=2, dtype=np.uint16)
        return np.multiply(sums, np.float32(1.0 / (255.0 * block**2)), dtype=np.float32)

    def fill(self, pixels: Pixels | None) -> None:
        """Start from a picture, shape (SIDE, SIDE), or from nothing."""
        self.pixels[:] = 0 if pixels is None else pixels

    def draw(self, stroke: Stroke) -> None:
        """Add a whole stroke."""
        for k in range(2, len(stroke.dots) + 1):
            self.leave(*_piece(stroke.dots[max(0, k - 3) : k]), stroke.erases)
        self.leave(*_tail(stroke.dots[-2:]), stroke.erases)

    def leave(self, path: QPainterPath, width: float, erases: bool) -> QRect:
        """Join one piece with the ink; returns the pixels touched."""
        span = max(1.0, width * SIDE)
        touched = touched_by(path, span)
        if touched.isEmpty():
            return touched
        with QPainter(self._mask) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(Qt.GlobalColor.white, span, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPath(path)
        ink, covered = window(self.pixels, touched), window(self._coverage, touched)
        if erases:
            np.minimum(ink, ~covered, out=ink)
        else:
            np.maximum(ink, covered, out=ink)
        covered[:] = 0
        return touched


class Pen:
    """A stroke while it is drawn: each new dot costs one piece, however long the stroke.

    Curves run through the midpoints between dots, so the way to the newest dot is not known before the
    next: it is drawn straight, and taken back when the next dot comes.
    """

    def __init__(self, raster: Raster, dot: Dot, *, erases: bool) -> None:
        self._raster, self.erases = raster, erases
        self._dots = [dot]
        self._add_tail()

    def move(self, dot: Dot) -> QRect:
        """Draw on to a dot; returns the pixels that may have changed."""
        touched = self._take_tail_back()
        self._dots.append(dot)
        touched |= self._raster.leave(*_piece(self._dots[-3:]), self.erases)
        return touched | self._add_tail()

    @property
    def last(self) -> Dot:
        """Where the pen is."""
        return self._dots[-1]

    def stroke(self) -> Stroke:
        """The stroke so far."""
        return Stroke(tuple(self._dots), self.erases)

    def _add_tail(self) -> QRect:
        path, width = _tail(self._dots[-2:])
        touched = touched_by(path, max(1.0, width * SIDE))
        self._under_tail = touched, window(self._raster.pixels, touched).copy()
        return self._raster.leave(path, width, self.erases)

    def _take_tail_back(self) -> QRect:
        touched, pixels = self._under_tail
        window(self._raster.pixels, touched)[:] = pixels
        return touched


def color_table(board: QColor, ink: QColor) -> list[int]:
    """256 colours from no ink to full ink, as 0xAARRGGBB."""
    ends = [(color.red(), color.green(), color.blue()) for color in (board, ink)]
    steps = np.rint(np.linspace(ends[0], ends[1], 256)).astype(int)
    return [0xFF000000 | r << 16 | g << 8 | b for r, g, b in steps.tolist()]


def touched_by(path: QPainterPath, span: float) -> QRect:
    """The pixels that a pen of that width in pixels can touch on a path."""
    margin = span / 2.0 + 2.0
    box = path.controlPointRect().adjusted(-margin, -margin, margin, margin)
    return box.toAlignedRect() & QRect(0, 0, SIDE, SIDE)


def window(pixels: Pixels, rect: QRect) -> Pixels:
    """A view of the pixels in a rectangle."""
    return pixels[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1]


def _pixels_of(image: QImage) -> Pixels:
    image.fill(0)
    return np.frombuffer(image.bits(), np.uint8).reshape(image.height(), image.width())


def _at(dot: Dot) -> QPointF:
    return QPointF(dot.x * SIDE, dot.y * SIDE)


def _piece(last: Sequence[Dot]) -> tuple[QPainterPath, float]:
    """The curve round the last dot but one; of two dots, the straight way to half between them."""
    start = _at(last[0]) if len(last) == 2 else (_at(last[0]) + _at(last[1])) / 2.0
    path = QPainterPath(start)
    path.quadTo(_at(last[-2]), (_at(last[-2]) + _at(last[-1])) / 2.0)
    return path, last[-2].width


def _tail(last: Sequence[Dot]) -> tuple[QPainterPath, float]:
    """From where the curves end to the newest dot; round the dot itself if it is the only one."""
    end = _at(last[-1])
    start = (_at(last[-2]) + end) / 2.0 if len(last) > 1 else end
    path = QPainterPath(start)
    # A line without length would leave nothing.
    path.lineTo(end if start != end else end + QPointF(0.01, 0.0))
    return path, last[-1].width
