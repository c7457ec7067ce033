"""What stands above each layer, and where."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.view import View
from nnsim.ui.theme import Theme

_EDGE = 4.0
_GAP = 6.0
_LESS = 0.86
"""Size of the second line, against that of the first."""
_SHARES, _SMALLEST = (1.0, 0.88, 0.76), 9
"""Sizes that headings may shrink to where layers stand close, and the smallest letters."""


def heading_places(screen: Screen, widths: list[float]) -> list[float]:
    """Left ends of headings above the middles of their layers, none cut by the edge of the stage."""
    middles = [screen.rect(place).middle[0] for place in screen.geometry.layers]
    most = screen.geometry.viewport.width - _EDGE
    if screen.view != View():
        return [middle - width / 2 for middle, width in zip(middles, widths, strict=True)]
    return [
        max(min(middle - width / 2, most - width), _EDGE)
        for middle, width in zip(middles, widths, strict=True)
    ]


def paint_two_lines(
    painter: QPainter, theme: Theme, screen: Screen, headings: Sequence[Sequence[str]], font: QFont
) -> None:
    """Write what each layer is and, below it and smaller, its shape.

    Where layers stand close the letters are smaller; where that is not enough, shapes stand by turns in two
    rows.
    """
    lines = [[_lines(text) for text in texts] for texts in headings]
    for share in _SHARES:
        large, small = _sized(font, share), _sized(font, share * _LESS)
        word, shape = QFontMetricsF(large), QFontMetricsF(small)
        words = [[word.horizontalAdvance(first) for first, _ in each] for each in lines]
        shapes = [shape.horizontalAdvance(each[-1][1]) for each in lines]
        widths = [[max(wide, size) for wide in each] for each, size in zip(words, shapes, strict=True)]
        shortest = [len(each) - 1 for each in widths]
        is_level = _fit(screen, widths, shortest)
        if is_level:
            break
    chosen = _longest(screen, widths if is_level else words, shortest)
    wide = [each[level] for each, level in zip(widths if is_level else words, chosen, strict=True)]
    rows = 1 if is_level else 2
    top = max(screen.geometry.viewport.heading_room - 8 - word.height() - rows * shape.height(), 0.0) / 2
    for layer, left in enumerate(heading_places(screen, wide)):
        first, second = lines[layer][chosen[layer]]
        middle, y = left + wide[layer] / 2, top + word.ascent()
        _write(painter, theme, "muted", large, first, middle - word.horizontalAdvance(first) / 2, y)
        y += word.descent() + shape.ascent() + layer % rows * shape.height()
        x = middle - shapes[layer] / 2
        x = max(x, _EDGE) if screen.view == View() else x
        _write(painter, theme, "faint", small, second, x, y)


def _write(painter: QPainter, theme: Theme, role: str, font: QFont, text: str, x: float, y: float) -> None:
    painter.setFont(font)
    painter.setPen(theme.color(role))
    painter.drawText(QPointF(x, y), text)


def _sized(font: QFont, share: float) -> QFont:
    out = QFont(font)
    out.setPixelSize(max(round(share * font.pixelSize()), _SMALLEST))
    return out


def _lines(text: str) -> tuple[str, str]:
    word, _, size = text.partition("\n")
    return word, size


def _longest(screen: Screen, widths: Sequence[Sequence[float]], chosen: list[int]) -> list[int]:
    """For each layer the longest of its headings that leaves the others their room."""
    for level in range(max(chosen) - 1, -1, -1):
        for layer, current in enumerate(chosen):
            longer = [*chosen[:layer], level, *chosen[layer + 1 :]]
            if level < current and _fit(screen, widths, longer):
                chosen = longer
    return chosen


def _fit(screen: Screen, widths: Sequence[Sequence[float]], chosen: Sequence[int]) -> bool:
    wide = [each[level] for each, level in zip(widths, chosen, strict=True)]
    ends = sorted(zip(heading_places(screen, wide), wide, strict=True))
    return all(x + width + _GAP <= after for (x, width), (after, _) in pairwise(ends))
