"""Painting a layer that is an image: its pixels, their grid and numbers, or what they add to one unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from nnsim.ui.graph.card import wrap
from nnsim.ui.graph.edges import Ints
from nnsim.ui.graph.faces import face_colors, face_image
from nnsim.ui.graph.geometry import Rect
from nnsim.ui.graph.lens import Lens, caption
from nnsim.ui.graph.scales import LEVELS
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.sprites import ABSENT, disc_color, ink_on
from nnsim.ui.graph.texts import TextCache
from nnsim.ui.graph.words import fixed
from nnsim.ui.theme import Theme

SMALLEST_CELL = 26.0
"""Side of a pixel from which its number is written inside it."""
_GRID_CELL = 4.0
_ROOMY_CELL = 6.0
_CAPTION_GAP = 8.0


class PlanePainter:
    """Paints images.

    Parameters
    ----------
    theme : Theme
    texts : TextCache
    """

    def __init__(self, theme: Theme, texts: TextCache) -> None:
        self._theme = theme
        self._texts = texts
        self._palette = face_colors(theme)
        self._grid: tuple[tuple[Rect, int, int] | None, list[QLineF]] = (None, [])

    def paint(self, painter: QPainter, screen: Screen, layer: int, levels: Ints, lens: Lens | None) -> None:
        """Paint one image: its values, or through a lens what they add to one unit."""
        place = screen.geometry.layers[layer]
        box = screen.rect(place)
        target = QRectF(box.x, box.y, box.width, box.height)
        painter.fillRect(target, self._theme.color("node_off"))
        if lens is None:
            image = plane_image(self._theme, levels, place.rows, place.columns)
        else:
            shares = np.zeros(place.rows * place.columns)
            shares[: len(levels)] = lens.shares
            image = face_image(self._palette, shares.reshape(place.rows, place.columns)[::-1])
        painter.drawImage(target, image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if box.width / place.columns >= _GRID_CELL:
            self._paint_grid(painter, box, place.rows, place.columns)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        role, width = ("node_ring", 1.0) if lens is None else ("muted", 1.6)
        painter.setPen(QPen(self._theme.color(role, 0.8), width))
        painter.drawRect(target)

    def _paint_grid(self, painter: QPainter, box: Rect, rows: int, columns: int) -> None:
        dark = self._theme.is_dark
        opacity = 0.55 if box.width / columns >= _ROOMY_CELL else 0.35
        painter.setPen(QPen(self._theme.color("window" if dark else "border", opacity), 0.0))
        key = box, rows, columns
        if key != self._grid[0]:
            xs = box.x + box.width / columns * np.arange(1, columns)
            ys = box.y + box.height / rows * np.arange(1, rows)
            right, bottom = box.x + box.width, box.y + box.height
            upright = [QLineF(x, box.y, x, bottom) for x in xs.tolist()]
            self._grid = key, upright + [QLineF(box.x, y, right, y) for y in ys.tolist()]
        painter.drawLines(self._grid[1])

    def paint_numbers(
        self,
        painter: QPainter,
        screen: Screen,
        layer: int,
        levels: Ints,
        texts: Sequence[str],
        lens: Lens | None,
        locale: QLocale,
    ) -> None:
        """Write each pixel's number inside it, where there is room."""
        place = screen.geometry.layers[layer]
        cell = 2 * place.radius * screen.view.scale
        if cell < SMALLEST_CELL:
            return
        span = screen.geometry.span(layer)
        size = int(min(0.29 * cell, 26))
        products = None if lens is None else lens.products.tolist()
        shares = None if lens is None else lens.shares.tolist()
        for unit in in_sight(painter, screen.centres[span], cell):
            if products is not None and shares is not None:
                text, fill = fixed(locale, products[unit], 2), self._color(shares[unit])
            else:
                text, fill = texts[unit], disc_color(self._theme, int(levels[unit]))
            if not text or (lens is None and levels[unit] == ABSENT):
                continue
            x, y = screen.centres[span.start + unit].tolist()
            painter.setPen(ink_on(self._theme, fill))
            self._texts.write(painter, x, y, text, size)

    def _color(self, share: float) -> QColor:
        return QColor.fromRgb(int(self._palette[round(min(max(share, -1.0), 1.0) * 127) + 127]))

    def paint_caption(
        self, painter: QPainter, scene: Scene, screen: Screen, lens: Lens, font: QFont, locale: QLocale
    ) -> QRectF:
        """Say beneath the image what the lens shows; returns the image and what is said of it."""
        box = screen.rect(screen.geometry.layers[lens.plane])
        metrics = QFontMetricsF(font)
        gap, step = metrics.averageCharWidth() * 2, metrics.height()
        room = _room_beneath(screen, lens.plane) - 2 * gap
        lines = [part for line in caption(lens, scene, locale) for part in _broken(line, metrics, gap, room)]
        widest = max(sum(metrics.horizontalAdvance(text) + gap for _, text in line) for line in lines)
        area = QRectF(box.x, box.y + box.height + _CAPTION_GAP, widest, step * len(lines) + 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("window", 0.88))
        painter.drawRoundedRect(area, 5.0, 5.0)
        painter.setFont(font)
        y = area.top() + 4 + metrics.ascent()
        for line in lines:
            x = area.left() + 2
            for role, text in line:
                painter.setPen(self._theme.color(role))
                painter.drawText(QPointF(x, y), text)
                x += metrics.horizontalAdvance(text) + gap
            y += step
        return QRectF(box.x, box.y, box.width, box.height).united(area)


_Line = tuple[tuple[str, str], ...]


def _room_beneath(screen: Screen, layer: int) -> float:
    """The width from an image's left side to the nearest layer on its right."""
    geometry, box = screen.geometry, screen.rect(screen.geometry.layers[layer])
    lefts = [screen.rect(place).x for number, place in enumerate(geometry.layers) if number != layer]
    return min((x - box.x for x in lefts if x > box.x + box.width), default=geometry.viewport.width - box.x)


def _broken(line: _Line, metrics: QFontMetricsF, gap: float, room: float) -> list[_Line]:
    """A line that fits its room, broken between its parts and then between words."""
    if sum(metrics.horizontalAdvance(text) + gap for _, text in line) <= room:
        return [line]
    return [((role, text),) for role, whole in line for text in wrap((whole,), metrics, room)]


def in_sight(painter: QPainter, centres: np.ndarray, reach: float) -> list[int]:
    """Numbers of the nodes that are at least partly inside the device."""
    device = painter.device()
    far = np.array([device.width(), device.height()]) + reach
    inside: list[int] = np.flatnonzero(((centres > -reach) & (centres < far)).all(axis=1)).tolist()
    return inside


def plane_image(theme: Theme, levels: Ints, rows: int, columns: int, opaque: bool = False) -> QImage:
    """Levels as pixels: amber where positive, the negative colour where negative.

    Parameters
    ----------
    opaque : bool
        On the ground of a silent node; else clear, as far as a pixel is not lit, and where absent.
    """
    pixels = np.zeros((rows * columns, 4), np.uint8)
    pixels[: len(levels)] = _level_colors(theme, opaque)[levels + LEVELS + 1]
    return QImage(pixels.data, columns, rows, 4 * columns, _FORMATS[opaque]).copy()


_FORMATS = {False: QImage.Format.Format_ARGB32, True: QImage.Format.Format_RGB32}


@lru_cache(maxsize=8)
def _level_colors(theme: Theme, opaque: bool) -> NDArray[np.uint8]:
    """Blue, green, red and opacity of each level, (levels, 4)."""
    colors = np.zeros((2 * LEVELS + 2, 4), np.uint8)
    for sign, role in ((1, "activation"), (-1, "negative")):
        color = theme.color(role)
        for level in range(1, LEVELS + 1):
            colors[sign * level + LEVELS + 1] = (
                color.blue(), color.green(), color.red(), round(255 * level / LEVELS),
            )  # fmt: skip
    if opaque:
        off, shares = theme.color("node_off"), colors[:, 3:] / 255
        ground = np.array([off.blue(), off.green(), off.red()])
        colors[:, :3] = np.rint(ground + shares * (colors[:, :3] - ground))
        colors[:, 3] = 255
    return colors
