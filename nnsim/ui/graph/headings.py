"""What stands above each layer, and where."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

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
    rows, or what layers are does. What would stand over something else is left out: shapes that are those
    of the layer before come first.
    """
    for heading in two_lines(screen, headings, font):
        _write(painter, theme, *heading)


def two_lines(screen: Screen, headings: Sequence[Sequence[str]], font: QFont) -> list[Heading]:
    """The words and shapes above layers, and where each stands."""
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
    is_row = is_level or _fit(screen, words, shortest)
    chosen = _longest(screen, widths if is_level else words, shortest) if is_row else shortest
    wide = [each[level] for each, level in zip(widths if is_level else words, chosen, strict=True)]
    texts = [each[level] for each, level in zip(lines, chosen, strict=True)]
    middles = [left + width / 2 for left, width in zip(heading_places(screen, wide), wide, strict=True)]
    told = _in_rows(
        screen,
        middles,
        [(first, each[level]) for (first, _), each, level in zip(texts, words, chosen, strict=True)],
        1 if is_row else 2,
    )
    sizes = _in_rows(
        screen,
        middles,
        [(size, width) for (_, size), width in zip(texts, shapes, strict=True)],
        1 if is_level or not is_row else 2,
    )
    below = word.height() * (1 if is_row else 2)
    rows = shape.height() * (1 if is_level or not is_row else 2)
    top = max(screen.geometry.viewport.heading_room - 8 - below - rows, 0.0) / 2
    out = [
        Heading("muted", large, each.text, each.x, top + word.ascent() + each.row * word.height())
        for each in told
    ]
    start = top + below - word.height() + word.ascent() + word.descent() + shape.ascent()
    return out + [
        Heading("faint", small, each.text, each.x, start + each.row * shape.height()) for each in sizes
    ]


class Heading(NamedTuple):
    """One text above a layer: its colour, letters and words, and where its line begins."""

    role: str
    font: QFont
    text: str
    x: float
    y: float


class _Placed(NamedTuple):
    text: str
    x: float
    width: float
    row: int


def _in_rows(
    screen: Screen, middles: Sequence[float], texts: Sequence[tuple[str, float]], rows: int
) -> list[_Placed]:
    """Texts under their middles, each in its row by turns or another one, as far as they have room."""
    repeats = [i > 0 and texts[i][0] == texts[i - 1][0] for i in range(len(texts))]
    out: list[_Placed] = []
    for i in sorted(range(len(texts)), key=lambda i: (repeats[i], i)):
        text, width = texts[i]
        x = middles[i] - width / 2
        x = max(x, _EDGE) if screen.view == View() else x
        free = (
            row
            for row in ((i + turn) % rows for turn in range(rows))
            if all(
                other.row != row or x + width + _GAP <= other.x or other.x + other.width + _GAP <= x
                for other in out
            )
        )
        row = next(free, None)
        if row is not None:
            out.append(_Placed(text, x, width, row))
    return sorted(out, key=lambda each: each.x)


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
