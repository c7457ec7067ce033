"""Painting the pictures of a layer: maps, their filters and thin columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QLocale, QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from nnsim.ui.graph.edges import Floats, Ints
from nnsim.ui.graph.faces import face_colors, face_image
from nnsim.ui.graph.geometry import Item, Node
from nnsim.ui.graph.paint_plane import SMALLEST_CELL, in_sight, plane_image
from nnsim.ui.graph.place import Sheet
from nnsim.ui.graph.primitives import Primitives
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.sprites import ABSENT, blend, disc_color, ink_on
from nnsim.ui.graph.texts import TextCache
from nnsim.ui.graph.words import significant
from nnsim.ui.theme import Theme

FADED = 0.28
_GRID_CELL = 5.0
_GRID = 0.45
_CROSS, _MASK_LETTERS = 0.75, 11.0
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
        self._lines = Primitives(QLineF, 4)
        self._outlines: dict[int, tuple[Screen, list[QRectF], Floats, Floats]] = {}
        self._made: dict[int, tuple[tuple[Screen, bytes, tuple[str, str]], list[QRectF], list[QImage]]] = {}

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
        boxes, frames, grid = self._outline(screen, layer)
        stands = _standing(kept, len(boxes))
        rows, columns = len(boxes) * sheet.rows, sheet.columns
        image = plane_image(self._theme, levels, rows, columns, opaque=True)
        over = None if deltas is None else self._delta_image(deltas, rows, columns)
        seen = _in_sight(painter, boxes)
        for some, opacity in ((seen & stands, 1.0), (seen & ~stands, FADED)):
            if not some.any():
                continue
            painter.setOpacity(opacity)
            for i in np.flatnonzero(some).tolist():
                part = QRectF(0, i * sheet.rows, columns, sheet.rows)
                painter.drawImage(boxes[i], image, part)
                if over is not None:
                    painter.drawImage(boxes[i], over, part)
            if grid.shape[1]:
                role = "window" if self._theme.is_dark else "border"
                self._draw_lines(painter, grid[some].reshape(-1, 4), role, _GRID)
            self._draw_lines(painter, frames[some].reshape(-1, 4), "node_ring", 0.8)
        painter.setOpacity(1.0)

    def _outline(self, screen: Screen, layer: int) -> tuple[list[QRectF], Floats, Floats]:
        """Where a layer's pictures are, their frames and the lines between pixels; kept for a screen."""
        found = self._outlines.get(layer)
        if found is None or found[0] is not screen:
            sheet = _sheet(screen, layer)
            boxes = picture_boxes(screen, sheet)
            grid = _grid_lines(boxes, sheet.rows, sheet.columns)
            if min(sheet.width, sheet.height) * screen.view.scale < _GRID_CELL:
                grid = grid[:, :0]
            found = self._outlines[layer] = screen, boxes, _frame_lines(boxes), grid
        return found[1:]

    def _draw_lines(self, painter: QPainter, lines: Floats, role: str, opacity: float) -> None:
        """Draw lines as thin as can be, all at once."""
        self._lines.rows(len(lines))[:] = lines
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self._theme.color(role, opacity), 0.0))
        painter.drawLines(*self._lines.first_and_count())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _delta_image(self, shares: Floats, rows: int, columns: int) -> QImage:
        color = self._theme.color("gradient")
        pixels = np.zeros((rows * columns, 4), np.uint8)
        pixels[:, :3] = color.blue(), color.green(), color.red()
        pixels[: len(shares), 3] = np.rint(255 * np.clip(np.nan_to_num(shares), 0.0, 1.0))
        return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32).copy()

    def paint_filters(
        self,
        painter: QPainter,
        screen: Screen,
        layer: int,
        shares: Floats,
        roles: tuple[str, str],
        kept: Mask | None,
    ) -> None:
        """Paint beside each picture the filter that makes it.

        Parameters
        ----------
        shares : array, shape (filters, rows, columns)
            Signed shares of the full colour.
        roles : (str, str)
            Colours of positive and negative ones.
        """
        boxes, images = self._filters(screen, layer, shares, roles)
        stands = _standing(kept, len(shares))
        for box, image, opacity in zip(boxes, images, np.where(stands, 1.0, FADED).tolist(), strict=True):
            painter.setOpacity(opacity)
            painter.drawImage(box, image)
        painter.setOpacity(1.0)
        self._draw_lines(painter, _frame_lines(boxes).reshape(-1, 4), "node_ring", 0.8)

    def _filters(
        self, screen: Screen, layer: int, shares: Floats, roles: tuple[str, str]
    ) -> tuple[list[QRectF], list[QImage]]:
        """Where filters are, and their pictures; kept until they are others."""
        key = screen, shares.tobytes(), roles
        found = self._made.get(layer)
        if found is None or found[0] != key:
            sheet = _sheet(screen, layer)
            palette = face_colors(self._theme, roles)
            boxes = filter_boxes(screen, sheet, shares.shape[1], shares.shape[2])
            images = [face_image(palette, each[::-1]) for each in shares]
            found = self._made[layer] = key, boxes, images
        return found[1:]

    def paint_mask(self, painter: QPainter, screen: Screen, layer: int, mask: Mask, words: str) -> None:
        """Cross out the cells that were left out, and say below how many."""
        sheet = _sheet(screen, layer)
        wide, tall = (side * screen.view.scale / 2 - 0.5 for side in (sheet.width, sheet.height))
        x, y = screen.centres[screen.geometry.span(layer)][mask].T
        if len(x):
            falling = np.stack([x - wide, y - tall, x + wide, y + tall], axis=1)
            rising = np.stack([x - wide, y + tall, x + wide, y - tall], axis=1)
            self._draw_lines(painter, np.concatenate([falling, rising]), "text", _CROSS)
        box = screen.rect(screen.geometry.layers[layer])
        size = int(_MASK_LETTERS * screen.geometry.viewport.letters)
        bottom = float(screen.centres[screen.geometry.span(layer), 1].max()) + tall
        painter.setPen(self._theme.color("muted"))
        self._texts.write(painter, box.middle[0], bottom + size, words, size)

    def paint_filter_numbers(
        self,
        painter: QPainter,
        screen: Screen,
        layer: int,
        weights: Floats,
        shares: Floats,
        locale: QLocale,
    ) -> None:
        """Write each weight inside its place in its filter, where there is room."""
        sheet = _sheet(screen, layer)
        tall, wide = weights.shape[1:]
        cell = sheet.filter_side * screen.view.scale / max(tall, wide)
        if cell < SMALLEST_CELL:
            return
        boxes = filter_boxes(screen, sheet, tall, wide)
        seen = np.flatnonzero(_in_sight(painter, boxes)).tolist()
        for i in seen:
            for (row, column), weight in np.ndenumerate(weights[i]):
                share = float(shares[i, row, column])
                fill = blend(
                    self._theme.color("node_off"),
                    self._theme.color("positive" if share > 0 else "negative"),
                    abs(share),
                )
                painter.setPen(ink_on(self._theme, fill))
                x, y = boxes[i].left() + (column + 0.5) * cell, boxes[i].top() + (row + 0.5) * cell
                text = significant(locale, float(weight), 2)
                self._texts.write(painter, x, y, text, int(min(0.27 * cell, 22)))

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


def _edges_of(boxes: Sequence[QRectF]) -> tuple[Floats, Floats, Floats, Floats]:
    left, top, right, bottom = np.array([(b.left(), b.top(), b.right(), b.bottom()) for b in boxes]).T
    return left, top, right, bottom


def _frame_lines(boxes: Sequence[QRectF]) -> Floats:
    """The sides of rectangles as lines x₁ y₁ x₂ y₂: shape (boxes, 4, 4)."""
    left, top, right, bottom = _edges_of(boxes)
    sides = (
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    )
    return np.stack([np.stack(side, axis=1) for side in sides], axis=1)


def _grid_lines(boxes: Sequence[QRectF], rows: int, columns: int) -> Floats:
    """The lines between the pixels of pictures: shape (boxes, lines, 4)."""
    left, top, right, bottom = (each[:, None] for each in _edges_of(boxes))
    xs = left + (right - left) / columns * np.arange(1, columns)
    ys = top + (bottom - top) / rows * np.arange(1, rows)
    upright = np.stack(np.broadcast_arrays(xs, top, xs, bottom), axis=2)
    level = np.stack(np.broadcast_arrays(left, ys, right, ys), axis=2)
    return np.concatenate([upright, level], axis=1)


def filter_boxes(screen: Screen, sheet: Sheet, rows: int, columns: int) -> list[QRectF]:
    """Where the filters beside a layer's pictures are."""
    side = sheet.filter_side * screen.view.scale
    pixel = side / max(rows, columns)
    across, down = (side - pixel * columns) / 2, (side - pixel * rows) / 2
    corners = screen.view.to_screen(sheet.filter_boxes()).tolist()
    return [QRectF(x + across, y + down, pixel * columns, pixel * rows) for x, y in corners]


def filter_cell(screen: Screen, layer: int, at: tuple[int, ...], kernel: tuple[int, int]) -> QRectF | None:
    """Where one weight of a filter is, (filter, channel, row, column); None where no filter is drawn."""
    sheet = screen.geometry.layers[layer].sheet
    if sheet is None or not sheet.filter_side or len(at) != 4:
        return None
    box = filter_boxes(screen, sheet, *kernel)[at[0]]
    wide, tall = box.width() / kernel[1], box.height() / kernel[0]
    return QRectF(box.left() + at[3] * wide, box.top() + at[2] * tall, wide, tall)


def cell_box(screen: Screen, node: Node) -> QRectF:
    """Where a cell of a picture is in the widget."""
    sheet = _sheet(screen, node.layer)
    channel, place = divmod(node.unit, sheet.places)
    row, column = divmod(place, sheet.columns)
    picture = picture_boxes(screen, sheet)[channel]
    width, height = sheet.width * screen.view.scale, sheet.height * screen.view.scale
    return QRectF(picture.left() + column * width, picture.top() + row * height, width, height)


def map_of(screen: Screen, item: Item) -> tuple[int, int] | None:
    """Layer and channel of the picture that a cell is in; None for anything else."""
    sheet = screen.geometry.layers[item.layer].sheet
    if sheet is None or not isinstance(item, Node):
        return None
    return item.layer, item.unit // sheet.places


def whole_maps(screen: Screen, items: Iterable[Item]) -> set[tuple[int, int]]:
    """The pictures all of whose cells are among some items."""
    counts = Counter(found for item in items if (found := map_of(screen, item)) is not None)
    return {each for each, count in counts.items() if count == _sheet(screen, each[0]).places > 1}


def map_box(screen: Screen, layer: int, channel: int) -> QRectF:
    """The frame about a picture."""
    return picture_boxes(screen, _sheet(screen, layer))[channel].adjusted(-1, -1, 1, 1)


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
