"""Painting the pictures of a layer: maps, their filters and thin columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from nnsim.ui.graph.edges import Floats, Ints
from nnsim.ui.graph.faces import face_colors, face_image
from nnsim.ui.graph.geometry import Node
from nnsim.ui.graph.paint_plane import SMALLEST_CELL, in_sight, plane_image
from nnsim.ui.graph.place import Sheet
from nnsim.ui.graph.primitives import Primitives
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.sprites import ABSENT, disc_color, ink_on
from nnsim.ui.graph.texts import TextCache
from nnsim.ui.theme import Theme

FADED = 0.28
_GRID_CELL = 5.0
_GRID = 0.45
_SMALLEST_MARK = 5.0
"""Side at least of the frame about a cell."""
Mask = NDArray[np.bool_]


class SheetPainter:
    """Paints pictures of one size beside and below one another.

    Parameters
    ----------
    theme : Theme
    texts : TextCache
    """

    def __init__(self, theme: Theme, texts: TextCache) -> None:
        self._theme = theme
        self._texts = texts
        self._palette = face_colors(theme)
        self._lines = Primitives(QLineF, 4)

    def paint(
        self,
        painter: QPainter,
        screen: Screen,
        layer: int,
        levels: Ints,
        kept: Mask | None,
        deltas: Floats | None,
    ) -> None:
        """Paint a layer's pictures; those of which no cell is `kept` fade.

        Parameters
        ----------
        deltas : array, shape (cells,), or None
            |δ| as a share of the largest, laid over; None where the gradient has not arrived.
        """
        sheet = _sheet(screen, layer)
        boxes = picture_boxes(screen, sheet)
        stands = _standing(kept, len(boxes))
        rows, columns = len(boxes) * sheet.rows, sheet.columns
        image = plane_image(self._theme, levels, rows, columns)
        over = None if deltas is None else self._delta_image(deltas, rows, columns)
        seen = _in_sight(painter, boxes)
        for some, opacity in ((seen & stands, 1.0), (seen & ~stands, FADED)):
            if not some.any():
                continue
            rects = [boxes[i] for i in np.flatnonzero(some)]
            painter.setOpacity(opacity)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("node_off"))
            painter.drawRects(rects)
            for i in np.flatnonzero(some).tolist():
                part = QRectF(0, i * sheet.rows, columns, sheet.rows)
                painter.drawImage(boxes[i], image, part)
                if over is not None:
                    painter.drawImage(boxes[i], over, part)
            self._paint_grid(painter, screen, sheet, rects)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("node_ring", 0.8), 1.0))
            painter.drawRects(rects)
        painter.setOpacity(1.0)

    def _delta_image(self, shares: Floats, rows: int, columns: int) -> QImage:
        color = self._theme.color("gradient")
        pixels = np.zeros((rows * columns, 4), np.uint8)
        pixels[:, :3] = color.blue(), color.green(), color.red()
        pixels[: len(shares), 3] = np.rint(255 * np.clip(np.nan_to_num(shares), 0.0, 1.0))
        return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32).copy()

    def _paint_grid(self, painter: QPainter, screen: Screen, sheet: Sheet, rects: Sequence[QRectF]) -> None:
        """The lines between pixels that are large enough."""
        width, height = sheet.width * screen.view.scale, sheet.height * screen.view.scale
        if min(width, height) < _GRID_CELL:
            return
        lines = []
        for box in rects:
            xs = box.left() + width * np.arange(1, sheet.columns)
            ys = box.top() + height * np.arange(1, sheet.rows)
            lines.append(np.stack([xs, np.full_like(xs, box.top()), xs, np.full_like(xs, box.bottom())], 1))
            lines.append(np.stack([np.full_like(ys, box.left()), ys, np.full_like(ys, box.right()), ys], 1))
        every = np.concatenate(lines)
        if not len(every):
            return
        self._lines.rows(len(every))[:] = every
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self._theme.color("window" if self._theme.is_dark else "border", _GRID), 0.0))
        painter.drawLines(*self._lines.first_and_count())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint_filters(
        self, painter: QPainter, screen: Screen, layer: int, shares: Floats, kept: Mask | None
    ) -> None:
        """Paint beside each picture the filter that makes it.

        Parameters
        ----------
        shares : array, shape (filters, rows, columns)
            Signed shares of the full colour.
        """
        sheet = _sheet(screen, layer)
        corners = screen.view.to_screen(sheet.filter_boxes())
        side = sheet.filter_side * screen.view.scale
        stands = _standing(kept, len(shares))
        tall, wide = shares.shape[1:]
        pixel = side / max(tall, wide)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for i, (x, y) in enumerate(corners.tolist()):
            painter.setOpacity(1.0 if stands[i] else FADED)
            box = QRectF(
                x + (side - pixel * wide) / 2, y + (side - pixel * tall) / 2, pixel * wide, pixel * tall
            )
            painter.drawImage(box, face_image(self._palette, shares[i][::-1]))
            painter.setPen(QPen(self._theme.color("node_ring", 0.8), 1.0))
            painter.drawRect(box)
        painter.setOpacity(1.0)

    def paint_numbers(
        self, painter: QPainter, screen: Screen, layer: int, levels: Ints, texts: Sequence[str]
    ) -> None:
        """Write each pixel's number inside it, where there is room."""
        sheet = _sheet(screen, layer)
        cell = min(sheet.width, sheet.height) * screen.view.scale
        if cell < SMALLEST_CELL:
            return
        span = screen.geometry.span(layer)
        size = int(min(0.29 * cell, 26))
        for unit in in_sight(painter, screen.centres[span], cell):
            if not texts[unit] or levels[unit] == ABSENT:
                continue
            x, y = screen.centres[span.start + unit].tolist()
            painter.setPen(ink_on(self._theme, disc_color(self._theme, int(levels[unit]))))
            self._texts.write(painter, x, y, texts[unit], size)


def _sheet(screen: Screen, layer: int) -> Sheet:
    sheet = screen.geometry.layers[layer].sheet
    assert sheet is not None
    return sheet


def picture_boxes(screen: Screen, sheet: Sheet) -> list[QRectF]:
    """Where each channel's picture is in the widget."""
    width, height = (side * screen.view.scale for side in sheet.size)
    corners = screen.view.to_screen(sheet.corners).tolist()
    if screen.view.scale == 1.0:
        # Whole pixels, so that the picture's own are sharp.
        corners = [(round(x), round(y)) for x, y in corners]
    return [QRectF(x, y, width, height) for x, y in corners]


def cell_box(screen: Screen, node: Node) -> QRectF:
    """Where a cell of a picture is in the widget."""
    sheet = _sheet(screen, node.layer)
    channel, place = divmod(node.unit, sheet.places)
    row, column = divmod(place, sheet.columns)
    picture = picture_boxes(screen, sheet)[channel]
    width, height = sheet.width * screen.view.scale, sheet.height * screen.view.scale
    return QRectF(picture.left() + column * width, picture.top() + row * height, width, height)


def paint_mark(painter: QPainter, screen: Screen, node: Node) -> None:
    """Frame a cell, and the picture that it is in."""
    sheet = _sheet(screen, node.layer)
    painter.drawRect(picture_boxes(screen, sheet)[node.unit // sheet.places].adjusted(-1, -1, 1, 1))
    box = cell_box(screen, node)
    reach = max(_SMALLEST_MARK - min(box.width(), box.height()), 0.0) / 2 + 0.5
    painter.drawRect(box.adjusted(-reach, -reach, reach, reach))


def _in_sight(painter: QPainter, boxes: Sequence[QRectF]) -> Mask:
    device = painter.device()
    window = QRectF(0, 0, device.width(), device.height())
    return np.array([window.intersects(box) for box in boxes])


def _standing(kept: Mask | None, channels: int) -> Mask:
    """For each channel, whether any of its cells is kept."""
    if kept is None:
        return np.ones(channels, np.bool_)
    return np.asarray(kept.reshape(channels, -1).any(axis=1))
