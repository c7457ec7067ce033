"""How a value has moved lately: a small line with its ends, and nothing else."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnsim.session.sparks import Numbers, Values
from nnsim.ui.letters import letters, of_size
from nnsim.ui.numbers import count, short
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_HEIGHT, _TEXT, _DOT = 62, 10, 2.6
_LARGEST = 1e100
"""What is larger is about to be no number any more, and is left out."""


class SparkLine(QWidget):
    """A line over the last steps; its scale is that of the values, and it is written beside it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: Numbers = np.zeros(0, np.int64)
        self._values: Values = np.zeros(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Course of the value"))
        self.setToolTip(self.tr("How it has moved over the last steps; the dot is now"))

    def sizeHint(self) -> QSize:
        return QSize(200, round(_HEIGHT * letters(self.font())))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_series(self, steps: Numbers, values: Values) -> None:
        """Draw values over steps."""
        known = np.abs(values) < _LARGEST
        self._steps, self._values = steps[known], values[known]
        self.setAccessibleDescription(self._told())
        self.update()

    @property
    def points(self) -> int:
        """How many values are drawn."""
        return len(self._values)

    @property
    def _letters(self) -> float:
        return _TEXT * letters(self.font())

    def _told(self) -> str:
        if self.points < 2:
            return self.tr("Nothing has been trained yet.")
        return self.tr("From step {first} to {last}: from {begin} to {end}.").format(
            first=count(self._steps[0]),
            last=count(self._steps[-1]),
            begin=short(float(self._values[0])),
            end=short(float(self._values[-1])),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(of_size(self.font(), _TEXT))
            if self.points < 2:
                painter.setPen(self._theme.color("muted"))
                words = self.tr("Its course appears here once it trains.")
                painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, words)
            else:
                self._paint_line(painter)

    def _paint_line(self, painter: QPainter) -> None:
        theme, low, high = self._theme, float(self._values.min()), float(self._values.max())
        marks = [short(high, 3), short(low, 3)] if high > low else [short(high, 3)]
        margin = max(painter.fontMetrics().horizontalAdvance(mark) for mark in marks) + 7.0
        box = QRectF(2, 8, self.width() - margin - 4, self.height() - self._letters - 16)
        self._paint_zero(painter, box, low, high)
        points = QPolygonF([QPointF(x, y) for x, y in self._on(box, low, high).tolist()])
        painter.setPen(QPen(theme.color("text", 0.85), 1.4))
        painter.drawPolyline(points)
        last = float(self._values[-1])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("negative" if last < 0 else "positive"))
        painter.drawEllipse(points.at(points.size() - 1), _DOT, _DOT)
        painter.setPen(theme.color("muted"))
        left = box.right() + 7.0
        for mark, y in zip(marks, (box.top(), box.bottom()), strict=False):
            middle = y if high > low else box.center().y()
            painter.drawText(
                QRectF(left, middle - 7, margin, 14),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                mark,
            )
        self._paint_steps(painter, box)

    def _paint_steps(self, painter: QPainter, box: QRectF) -> None:
        room = QRectF(box.left(), box.bottom() + 5, box.width(), self._letters + 4)
        first = self.tr("step {number}").format(number=count(self._steps[0]))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, first)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight, count(self._steps[-1]))

    def _paint_zero(self, painter: QPainter, box: QRectF, low: float, high: float) -> None:
        if low < 0.0 < high:
            y = box.bottom() + low / (high - low) * box.height()
            painter.setPen(QPen(self._theme.color("border"), 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def _on(self, box: QRectF, low: float, high: float) -> Values:
        """Where the points are, shape (n, 2)."""
        span = float(self._steps[-1] - self._steps[0]) or 1.0
        x = box.left() + (self._steps - self._steps[0]) / span * box.width()
        share = (self._values - low) / (high - low) if high > low else np.full(self.points, 0.5)
        return np.stack([x, box.bottom() - share * box.height()], axis=1)
