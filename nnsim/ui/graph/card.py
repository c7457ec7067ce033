"""The card that says what is under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from nnsim.ui.theme import Theme

PICTURE = 112.0
"""Side of a card's picture, at the usual size of letters."""
_BESIDE = 14.0
_LETTERS = 13.0
PADDING = 11.0
OFFSET = 18.0
FAR = 70.0
EDGE = 8.0
LEADING = 1.35
_WIDEST, _NARROWEST = 35.0, 17.0
"""Of a card, in letters' heights, where the stage is wide and where it is not."""
_SHARE = 0.45
"""Of a narrow stage's width that a card takes rather than more."""
_NEIGHBOUR = 0.2
"""How much hiding other nodes counts beside hiding what the card is about."""

Boxes = NDArray[np.float64]
"""Left, top, right and bottom of each, shape (n, 4)."""
NO_BOXES: Boxes = np.zeros((0, 4))


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """What a card says.

    Attributes
    ----------
    lines : tuple of str
        The first of them strong.
    picture : QImage or None
        Stands beside the other lines.
    caption : str
        Of the picture.
    """

    lines: tuple[str, ...]
    picture: QImage | None = None
    caption: str = ""


def place(
    size: QSizeF,
    room: QSizeF,
    x: float,
    y: float,
    avoid: Sequence[QRectF] = (),
    neighbours: Boxes = NO_BOXES,
) -> QRectF:
    """Where a card goes beside a point: right and below it, if that hides nothing, never outside.

    Parameters
    ----------
    avoid : sequence of QRectF
        What had better stay in sight; of the places about the point, the one that hides least is taken.
    neighbours : array, shape (n, 4)
        What would, where nothing else speaks for a place.
    """
    xs = (x + OFFSET, x - OFFSET - size.width(), x - size.width() / 2)
    ys = (y + OFFSET, y - OFFSET - size.height(), y + FAR, y - FAR - size.height())
    places = [QRectF(QPointF(*_inside(left, top, size, room)), size) for top in ys for left in xs]
    point = QRectF(x - 4, y - 4, 8, 8)

    def hidden(box: QRectF) -> float:
        own = sum(_area(box.intersected(each)) for each in (point, *avoid))
        return own + _NEIGHBOUR * _covered(box, neighbours)

    return min(places, key=hidden)


def _covered(box: QRectF, others: Boxes) -> float:
    """The area of others under a box."""
    wide = np.minimum(others[:, 2], box.right()) - np.maximum(others[:, 0], box.left())
    high = np.minimum(others[:, 3], box.bottom()) - np.maximum(others[:, 1], box.top())
    return float((np.maximum(wide, 0.0) * np.maximum(high, 0.0)).sum())


def _inside(left: float, top: float, size: QSizeF, room: QSizeF) -> tuple[float, float]:
    return (
        max(min(left, room.width() - size.width() - EDGE), EDGE),
        max(min(top, room.height() - size.height() - EDGE), EDGE),
    )


def _area(box: QRectF) -> float:
    return box.width() * box.height()


def wrap(lines: Sequence[str], metrics: QFontMetricsF, width: float) -> list[str]:
    """Break lines at spaces so that they fit a width; what is continued is indented."""
    out: list[str] = []
    for line in lines:
        current = ""
        for word in line.split(" "):
            longer = f"{current} {word}" if current else word
            if current.strip() and metrics.horizontalAdvance(longer) > width:
                out.append(current)
                current = f"   {word}"
            else:
                current = longer
        out.append(current)
    return out


def paint(
    painter: QPainter,
    theme: Theme,
    font: QFont,
    card: Card,
    room: QSizeF,
    x: float,
    y: float,
    avoid: Sequence[QRectF],
    neighbours: Boxes,
) -> None:
    """Paint a card beside a point."""
    lines = card.lines
    side = PICTURE * font.pixelSize() / _LETTERS if card.picture is not None else 0.0
    strong = QFont(font)
    strong.setBold(True)
    metrics, strong_metrics = QFontMetricsF(font), QFontMetricsF(strong)
    indent = max(side, metrics.horizontalAdvance(card.caption)) + _BESIDE if side else 0.0
    letter = font.pixelSize()
    most = min(
        room.width() - 2 * (EDGE + PADDING), max(_SHARE * room.width(), _NARROWEST * letter), _WIDEST * letter
    )
    first = wrap(lines[:1], strong_metrics, most)
    rest = wrap(lines[1:], metrics, max(most - indent, 120.0))
    step = metrics.height() * LEADING
    titles = [strong_metrics.horizontalAdvance(t) for t in first]
    widest = max(titles + [indent + metrics.horizontalAdvance(t) for t in rest] + [indent])
    below = max(step * len(rest), side + step if side else 0.0)
    size = QSizeF(widest + 2 * PADDING, step * len(first) + below + 2 * PADDING - 4)
    box = place(size, room, x, y, avoid, neighbours)
    painter.setPen(QPen(theme.color("border"), 1.0))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8.0, 8.0)
    left, baseline = box.left() + PADDING, box.top() + PADDING + metrics.ascent()
    _write(painter, first, strong, theme.color("text"), left, baseline, step)
    top = box.top() + PADDING + step * len(first)
    baseline += step * len(first)
    _write(painter, rest, font, theme.color("muted"), left + indent, baseline, step)
    if card.picture is not None:
        painter.drawImage(QRectF(left, top, side, side), card.picture)
        _write(painter, [card.caption], font, theme.color("muted"), left, baseline + side + 2, step)


def _write(
    painter: QPainter, texts: Sequence[str], font: QFont, color: QColor, x: float, y: float, step: float
) -> None:
    painter.setFont(font)
    painter.setPen(color)
    for text in texts:
        painter.drawText(QPointF(x, y), text)
        y += step
