"""What stands still behind and around the network: ground, grid, headings, names, legend."""

from __future__ import annotations

import math
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap

from nnsim.ui.graph import legend
from nnsim.ui.graph.geometry import Rect
from nnsim.ui.graph.headings import heading_places, paint_two_lines
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.viewport import Viewport
from nnsim.ui.theme import Theme

GRID = 32.0
SIDE = 18.0
_HEADING_GAP = 14.0


class Backdrop:
    """Paints the background once and keeps it as a pixmap until something in it changes."""

    def __init__(self) -> None:
        self._ground_key: tuple[object, ...] | None = None
        self._key: tuple[object, ...] | None = None
        self._ground, self._pixmap = QPixmap(), QPixmap()

    def pixmap(
        self,
        size: QSize,
        ratio: float,
        theme: Theme,
        screen: Screen,
        scene: Scene,
        entries: tuple[legend.Entry, ...],
        font: QFont,
    ) -> QPixmap:
        """The background for a widget of `size` logical pixels."""
        headings = tuple(scene.names.headings(i) for i in range(len(scene.network.layers)))
        # Kept once they are whole: what failed half-way is painted anew.
        ground_key = (size, ratio, theme, screen.view, screen.geometry, headings, font.key())
        if ground_key != self._ground_key:
            ground = QPixmap(math.ceil(size.width() * ratio), math.ceil(size.height() * ratio))
            ground.setDevicePixelRatio(ratio)
            with QPainter(ground) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                _paint_ground(painter, size, theme, screen, headings, font)
            self._ground_key, self._ground, self._key = ground_key, ground, None
        # The legend alone is another with each step of a lesson.
        key = (ground_key, entries)
        if key != self._key:
            pixmap = QPixmap(self._ground)
            with QPainter(pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                _paint_legend(painter, theme, screen, entries, font)
            self._key, self._pixmap = key, pixmap
        return self._pixmap

    def draw(
        self,
        painter: QPainter,
        size: QSize,
        theme: Theme,
        screen: Screen,
        scene: Scene,
        entries: tuple[legend.Entry, ...],
        font: QFont,
    ) -> None:
        """Draw it line by line, for a drawing that is to stay sharp at any size."""
        headings = tuple(scene.names.headings(i) for i in range(len(scene.network.layers)))
        _paint_ground(painter, size, theme, screen, headings, font)
        _paint_legend(painter, theme, screen, entries, font)


def _paint_ground(
    painter: QPainter,
    size: QSize,
    theme: Theme,
    screen: Screen,
    headings: tuple[tuple[str, ...], ...],
    font: QFont,
) -> None:
    painter.fillRect(QRectF(0, 0, size.width() + 1, size.height() + 1), theme.color("window"))
    _paint_grid(painter, size, theme, screen)
    viewport = screen.geometry.viewport
    large = QFont(font)
    large.setPixelSize(round(font.pixelSize() * viewport.text_scale))
    _paint_headings(painter, theme, screen, headings, large)


def _paint_legend(
    painter: QPainter, theme: Theme, screen: Screen, entries: tuple[legend.Entry, ...], font: QFont
) -> None:
    viewport = screen.geometry.viewport
    painter.setFont(font)
    legend.paint(painter, theme, entries, legend_area(viewport), viewport.text_scale)


def legend_area(viewport: Viewport) -> Rect:
    """Where the legend stands: along the bottom."""
    room = viewport.legend_room
    return Rect(SIDE, viewport.height - room, viewport.width - 2 * SIDE, room - 10.0)


def _paint_grid(painter: QPainter, size: QSize, theme: Theme, screen: Screen) -> None:
    """A grid that moves with the picture and keeps about its spacing at any zoom."""
    scale = screen.view.scale
    step = GRID * 2.0 ** (math.log2(scale) - math.floor(math.log2(scale) + 0.5))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(theme.color("grid"), 1))
    x = screen.view.dx % step
    while x < size.width():
        painter.drawLine(QPointF(x, 0), QPointF(x, size.height()))
        x += step
    y = screen.view.dy % step
    while y < size.height():
        painter.drawLine(QPointF(0, y), QPointF(size.width(), y))
        y += step
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint_headings(
    painter: QPainter,
    theme: Theme,
    screen: Screen,
    headings: tuple[tuple[str, ...], ...],
    font: QFont,
) -> None:
    metrics, viewport = QFontMetricsF(font), screen.geometry.viewport
    painter.setFont(font)
    painter.setPen(theme.color("muted"))
    if any("\n" in text for texts in headings for text in texts):
        paint_two_lines(painter, theme, screen, headings, font)
        return
    for level in range(max(len(texts) for texts in headings)):
        texts = [each[min(level, len(each) - 1)] for each in headings]
        widths = [metrics.horizontalAdvance(text) for text in texts]
        lefts = heading_places(screen, widths)
        ends = sorted(zip(lefts, widths, strict=True))
        if all(x + width + _HEADING_GAP <= after for (x, width), (after, _) in pairwise(ends)):
            for x, width, text in zip(lefts, widths, texts, strict=True):
                room = QRectF(x - 1, 0, width + 2, viewport.heading_room - 4)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
            return
