"""What the network takes the digit for: ten bars and a verdict."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnsim.ui.digits.verdict import verdict
from nnsim.ui.letters import letters
from nnsim.ui.numbers import percent
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_CLASSES = 10
_ROW, _LEAST_ROW = 20, 14
_TEXT_OF_ROW, _BAR_OF_ROW = 0.65, 0.56
_SMALLEST_TEXT, _LARGEST_TEXT = 11, 34
_SECOND_FROM = 0.05
"""A second guess below this is none."""
_ROUND = 5.0
_FINE = 4
"""Decimals of a share that a bar shows."""


class PredictionBars(QWidget):
    """Ten digits with a bar and a percentage each, under a verdict in words.

    Rows grow with the widget, so that a large one can be read from the back of a room.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shares: NDArray[np.floating] | None = None
        self._label: int | None = None
        self._after: NDArray[np.floating] | None = None
        self._first, self._second = -1, -1
        self._numbers = [""] * _CLASSES
        self._verdict = ""
        self._is_flat = False
        self._seen = self._looks()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Prediction"))
        self.setToolTip(self.tr("How likely the network holds each digit to be; together 100 %"))
        self.show_probabilities(None)

    @property
    def verdict(self) -> str:
        """The sentence above the bars."""
        return self._verdict

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def set_flat(self, flat: bool) -> None:
        """Show the verdict alone, where there is no room for bars."""
        if flat != self._is_flat:
            self._is_flat = flat
            vertical = QSizePolicy.Policy.Fixed if flat else QSizePolicy.Policy.Expanding
            self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
            self.updateGeometry()
            self.update()

    def show_probabilities(
        self,
        probabilities: NDArray[np.floating] | None,
        label: int | None = None,
        after: NDArray[np.floating] | None = None,
    ) -> None:
        """Show ten probabilities.

        Parameters
        ----------
        probabilities : array of shape (10,), or None
            None empties the bars: there is nothing to predict.
        label : int or None
            What the digit is known to be.
        after : array of shape (10,), or None
            What the next update makes of them, shown beside them.
        """
        self._verdict = verdict(probabilities, label)
        finite = probabilities is not None and bool(np.isfinite(probabilities).all())
        self._shares = probabilities if finite else None
        self._label = label if finite else None
        self._after = after if finite else None
        self._first = self._second = -1
        self._numbers = [""] * _CLASSES
        if self._shares is not None:
            self._numbers = [self._number(digit) for digit in range(_CLASSES)]
            second, self._first = (int(i) for i in np.argsort(self._shares, kind="stable")[-2:])
            if self._shares[second] >= _SECOND_FROM:
                self._second = second
        self.setAccessibleDescription(self._verdict)
        self._ask_for_what_differs()

    def show_nothing(self, words: str) -> None:
        """Empty the bars, and say why."""
        self.show_probabilities(None)
        self._verdict = words
        self.setAccessibleDescription(words)
        self.update()

    def _looks(self) -> list[object]:
        """What is seen in the head, and in each row."""
        rows = [
            (number, digit == self._first, digit == self._second, digit == self._label, *self._ends(digit))
            for digit, number in enumerate(self._numbers)
        ]
        return [(self._verdict, self._label, self._first), *rows]

    def _ends(self, digit: int) -> list[float]:
        """Where a row's bar and mark end, as finely as anybody sees."""
        return [round(float(each[digit]), _FINE) for each in (self._shares, self._after) if each is not None]

    def _ask_for_what_differs(self) -> None:
        """Most rows stay as they are while somebody draws, and painting letters takes long."""
        before, self._seen = self._seen, self._looks()
        for place, old, new in zip(self._places(), before, self._seen, strict=False):
            if old != new:
                self.update(place.toAlignedRect())

    def _places(self) -> list[QRectF]:
        """The head, then the rows that there is room for."""
        rows = 0 if self._is_flat else _CLASSES
        row = self.height() / (rows + 1.5)
        lines = [QRectF(0.0, row * (1.5 + digit), self.width(), row) for digit in range(rows)]
        return [QRectF(0.0, 0.0, self.width(), row * 1.3), *lines]

    def _number(self, digit: int) -> str:
        assert self._shares is not None
        before = percent(float(self._shares[digit]))
        return before if self._after is None else f"{before} → {percent(float(self._after[digit]))}"

    def sizeHint(self) -> QSize:
        """As tall as rows that read well."""
        row = _ROW * letters(self.font())
        if self._is_flat:
            return QSize(240, self.minimumSizeHint().height())
        return QSize(240, round(row * _CLASSES) + self._head(row))

    def minimumSizeHint(self) -> QSize:
        """As low as rows that can be read."""
        row = _LEAST_ROW * letters(self.font())
        return QSize(170, 0 if self._is_flat else round(row * _CLASSES)) + QSize(0, self._head(row))

    # --- painting

    @staticmethod
    def _head(row: float) -> int:
        return round(row * 1.5)

    def paintEvent(self, event: QPaintEvent) -> None:
        head, *lines = self._places()
        row = head.height() / 1.3
        least = round(_SMALLEST_TEXT * letters(self.font()))
        size = max(least, min(round(row * _TEXT_OF_ROW), _LARGEST_TEXT))
        plain, bold = QFont(self.font()), QFont(self.font())
        for font in (plain, bold):
            font.setPixelSize(size)
        bold.setWeight(QFont.Weight.DemiBold)
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_verdict(painter, head, bold if self._shares is not None else plain)
            metrics = QFontMetricsF(bold)
            ends = metrics.horizontalAdvance("0 ✓") + 6.0, self._room(metrics) + 10.0
            asked = {
                digit: line
                for digit, line in enumerate(lines)
                if event.region().intersects(line.toAlignedRect())
            }
            self._paint_bars(painter, {digit: self._track(line, *ends) for digit, line in asked.items()})
            for digit, line in asked.items():
                self._paint_letters(painter, digit, line, bold if digit == self._first else plain, ends[0])

    def _room(self, metrics: QFontMetricsF) -> float:
        """Width of the widest number there can be."""
        widest = max(map(percent, (0.888, 1e-9)), key=metrics.horizontalAdvance)
        return metrics.horizontalAdvance(widest if self._after is None else f"{widest} → {widest}")

    def _paint_verdict(self, painter: QPainter, head: QRectF, font: QFont) -> None:
        theme = self._theme
        wide = QFontMetricsF(font).horizontalAdvance(self._verdict)
        if wide > head.width():
            font.setPixelSize(max(_SMALLEST_TEXT - 1, int(font.pixelSize() * head.width() / wide)))
        words = QFontMetricsF(font).elidedText(self._verdict, Qt.TextElideMode.ElideRight, head.width())
        painter.setFont(font)
        painter.setPen(theme.color("text" if self._shares is not None else "muted"))
        if self._label is not None:
            painter.setPen(theme.color("update" if self._first == self._label else "negative"))
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_letters(self, painter: QPainter, digit: int, line: QRectF, font: QFont, left: float) -> None:
        theme, metrics = self._theme, QFontMetricsF(font)
        # At a place of its own: in a rectangle, each text would be laid out first.
        base = line.center().y() + (metrics.ascent() - metrics.descent()) / 2.0
        quiet = digit not in (self._first, self._second, self._label)
        painter.setFont(font)
        painter.setPen(theme.color("muted" if quiet else "text"))
        painter.drawText(QPointF(line.left(), base), str(digit))
        number = self._numbers[digit]
        painter.drawText(QPointF(line.right() - metrics.horizontalAdvance(number), base), number)
        if digit == self._label:
            painter.setPen(theme.color("update"))
            painter.drawText(QPointF(left - 6.0 - metrics.horizontalAdvance("✓"), base), "✓")

    @staticmethod
    def _track(line: QRectF, left: float, right: float) -> QRectF:
        height = line.height() * _BAR_OF_ROW
        return QRectF(left, line.center().y() - height / 2.0, line.width() - left - right, height)

    def _paint_bars(self, painter: QPainter, tracks: dict[int, QRectF]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("border", 0.6))
        for track in tracks.values():
            painter.drawRoundedRect(track, *_radii(track))
        if self._shares is None:
            return
        for digit, track in tracks.items():
            # Even nothing at all leaves a trace, as a scale needs its zero.
            wide = max(track.width() * min(float(self._shares[digit]), 1.0), 3.0)
            bar = QRectF(track.x(), track.y(), wide, track.height())
            painter.setBrush(self._bar_color(digit))
            painter.drawRoundedRect(bar, *_radii(track, wide / 2.0))
            self._paint_after(painter, digit, track)

    def _paint_after(self, painter: QPainter, digit: int, track: QRectF) -> None:
        """A mark in the colour of updates where the bar will end."""
        if self._after is None:
            return
        x = track.x() + track.width() * float(np.clip(self._after[digit], 0.0, 1.0))
        painter.setBrush(self._theme.color("update"))
        painter.drawRect(QRectF(x - 1.0, track.y() - 1.5, 2.5, track.height() + 3.0))

    def _bar_color(self, digit: int) -> QColor:
        if digit == self._first:
            return self._theme.color("activation")
        return (
            self._theme.color("activation", 0.55) if digit == self._second else self._theme.color("node_ring")
        )


def _radii(track: QRectF, most: float = _ROUND) -> tuple[float, float]:
    radius = min(track.height() / 2.0, most, _ROUND)
    return radius, radius
