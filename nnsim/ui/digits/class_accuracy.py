"""How well each digit is read: ten bars."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnsim.session.exam import Exam
from nnsim.ui.numbers import count, percent
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_ROW, _LEAST_ROW, _CLASSES = 14, 11, 10
_TEXT_OF_ROW, _BAR_OF_ROW = 0.79, 0.5
_SMALLEST_TEXT, _LARGEST_TEXT = 9, 22


class ClassAccuracy(QWidget):
    """A bar from 0 to 100 % for each class; the weakest one is named as such."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._exam: Exam | None = None
        self._names: tuple[str, ...] = tuple(map(str, range(_CLASSES)))
        self._shares: list[float | None] = [None] * _CLASSES
        self._weakest: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Accuracy by digit"))
        self.setToolTip(self.tr("How many of each digit are read rightly"))

    @property
    def weakest(self) -> int | None:
        """The class that is read worst; None where none is worse than all others."""
        return self._weakest

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_exam(self, exam: Exam | None, names: tuple[str, ...]) -> None:
        """Show the accuracy of each class, with the classes' names; None: nothing is known yet."""
        self._exam, self._names, self._weakest = exam, names, None
        shares = np.full(len(names), np.nan) if exam is None else exam.accuracy_of_class
        self._shares = [None if np.isnan(share) else float(share) for share in shares]
        known = [(share, i) for i, share in enumerate(self._shares) if share is not None]
        if len({share for share, _ in known}) > 1:
            self._weakest = min(known)[1]
        self.setAccessibleDescription("; ".join(map(self.words, range(len(names)))) if exam else "")
        self.updateGeometry()
        self.update()

    def words(self, label: int) -> str:
        """A class's bar in words."""
        share = self._shares[label]
        if self._exam is None or share is None:
            return self.tr("{name}: none examined").format(name=self._names[label])
        row = self._exam.confusion[label]
        words = self.tr("{name}: {right} of {all} read rightly, {share}").format(
            name=self._names[label], right=count(row[label]), all=count(row.sum()), share=percent(share)
        )
        return words + self.tr(" · the weakest") if label == self._weakest else words

    def sizeHint(self) -> QSize:
        """As tall as rows that read well."""
        return QSize(240, _ROW * len(self._names))

    def minimumSizeHint(self) -> QSize:
        """As low as rows that can be read."""
        return QSize(170, _LEAST_ROW * len(self._names))

    def event(self, event: QEvent) -> bool:
        """Each bar has its own tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            label = int(QPointF(event.pos()).y() / self.height() * len(self._names))
            QToolTip.showText(event.globalPos(), self.words(min(label, len(self._names) - 1)), self)
            return True
        return super().event(event)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        row = self.height() / len(self._names)
        font = QFont(self.font())
        font.setPixelSize(min(max(_SMALLEST_TEXT, round(row * _TEXT_OF_ROW)), _LARGEST_TEXT))
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            metrics = QFontMetricsF(font)
            left = max(metrics.horizontalAdvance(name) for name in self._names) + 8.0
            right = metrics.horizontalAdvance(percent(0.999)) + 8.0
            for label in range(len(self._names)):
                self._paint_row(painter, label, QRectF(0.0, row * label, self.width(), row), left, right)

    def _paint_row(self, painter: QPainter, label: int, line: QRectF, left: float, right: float) -> None:
        theme, middle, share = self._theme, Qt.AlignmentFlag.AlignVCenter, self._shares[label]
        weakest = label == self._weakest
        painter.setPen(theme.color("text" if weakest else "muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | middle, self._names[label])
        words = "–" if share is None else percent(share)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, words)
        height = line.height() * _BAR_OF_ROW
        track = QRectF(left, line.center().y() - height / 2.0, line.width() - left - right, height)
        radius = min(height / 2.0, 5.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("field"))
        painter.drawRoundedRect(track, radius, radius)
        if share:
            bar = QRectF(track.x(), track.y(), max(track.width() * share, 2.0), height)
            painter.setBrush(theme.color("negative" if weakest else "accent"))
            painter.drawRoundedRect(bar, min(radius, bar.width() / 2.0), radius)
        if weakest:
            self._name_weakest(painter, track, 0.0 if share is None else share)

    def _name_weakest(self, painter: QPainter, track: QRectF, share: float) -> None:
        """Write the word behind the bar's end, or on its beginning: the end must be seen."""
        words = self.tr("weakest")
        wide, tall = painter.fontMetrics().horizontalAdvance(words) + 10.0, painter.fontMetrics().height()
        end = track.x() + track.width() * share + 5.0
        left = end if end + wide <= track.right() else track.x() + 12.0
        place = QRectF(left, track.center().y() - tall / 2.0, wide, tall)
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(place, 4.0, 4.0)
        painter.setPen(self._theme.color("negative"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
