"""The card that says what is under the pointer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from nnsim.ui.theme import Theme

PADDING = 11.0
OFFSET = 18.0
FAR = 70.0
EDGE = 8.0
LEADING = 1.35


def place(size: QSizeF, room: QSizeF, x: float, y: float, avoid: Sequence[QRectF] = ()) -> QRectF:
    """Where a card goes beside a point: right and below it, if that hides nothing, never outside.

    Parameters
    ----------
    avoid : sequence of QRectF
        What had better stay in sight; of the places about the point, the one that hides least is taken.
    """
    xs = (x + OFFSET, x - OFFSET - size.width(), x - size.width() / 2)
    ys = (y + OFFSET, y - OFFSET - size.height(), y + FAR, y - FAR - size.height())
    places = [QRectF(QPointF(*_inside(left, top, size, room)), size) for top in ys for left in xs]
    point = QRectF(x - 4, y - 4, 8, 8)
    return min(places, key=lambda box: sum(_area(box.intersected(each)) for each in (point, *avoid)))


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
    lines: Sequence[str],
    room: QSizeF,
    x: float,
    y: float,
    avoid: Sequence[QRectF],
) -> None:
    """Paint a card of some lines, the first of them strong, beside a point."""
    strong = QFont(font)
    strong.setBold(True)
    metrics, strong_metrics = QFontMetricsF(font), QFontMetricsF(strong)
    most = min(room.width() - 2 * (EDGE + PADDING), 35.0 * font.pixelSize())
    first = wrap(lines[:1], strong_metrics, most)
    rest = wrap(lines[1:], metrics, most)
    step = metrics.height() * LEADING
    widest = max(
        [strong_metrics.horizontalAdvance(t) for t in first] + [metrics.horizontalAdvance(t) for t in rest]
    )
    size = QSizeF(widest + 2 * PADDING, step * (len(first) + len(rest)) + 2 * PADDING - 4)
    box = place(size, room, x, y, avoid)
    painter.setPen(QPen(theme.color("border"), 1.0))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8.0, 8.0)
    baseline = box.top() + PADDING + metrics.ascent()
    for texts, face, role in ((first, strong, "text"), (rest, font, "muted")):
        painter.setFont(face)
        painter.setPen(theme.color(role))
        for text in texts:
            painter.drawText(QPointF(box.left() + PADDING, baseline), text)
            baseline += step
