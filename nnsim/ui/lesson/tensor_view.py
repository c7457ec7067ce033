"""A tensor as a small table in which colour carries sign and size."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnsim.ui.letters import letters, of_size
from nnsim.ui.numbers import short
from nnsim.ui.painting import painting
from nnsim.ui.plots.colors import diverging
from nnsim.ui.theme import Theme

_CAPTION, _WIDEST, _TALLEST = 18, 52, 20
_GAP = 6
"""Pixels between two numbers side by side."""
_READABLE = (38, 13)
"""Width and height from which on a cell has room for its number."""
_DARK_INK = 0.55


class TensorView(QWidget):
    """Rows and columns of one array, with its name, its shape and what the strongest colour stands for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self._values = np.zeros((0, 0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Tensor"))
        self.setToolTip(self.tr("What this step computes: blue is positive, orange negative"))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_tensor(self, name: str, values: np.ndarray | None) -> None:
        """Show an array of one or two dimensions; None: nothing."""
        self._name = name
        self._values = np.zeros((0, 0)) if values is None else np.atleast_2d(values)
        self.setVisible(self.has_values)
        self.setAccessibleDescription(self._caption())
        self.update()

    @property
    def has_values(self) -> bool:
        """Whether there is anything to show."""
        return self._values.size > 0

    def sizeHint(self) -> QSize:
        """What a small table needs."""
        return QSize(240, 90)

    def minimumSizeHint(self) -> QSize:
        """Caption and a band of colour."""
        return QSize(120, round(44 * letters(self.font())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw caption and cells."""
        if self._values.size == 0:
            return
        with painting(self) as painter:
            painter.setFont(self._font(11))
            painter.setPen(self._theme.color("muted"))
            scale = letters(self.font())
            top = round(_CAPTION * scale)
            painter.drawText(QRectF(0, 0, self.width(), top), Qt.AlignmentFlag.AlignLeft, self._caption())
            rows, columns = self._values.shape
            width = min(self.width() / columns, _WIDEST * scale)
            height = min((self.height() - top) / rows, _TALLEST * scale)
            painter.drawImage(QRectF(0, top, width * columns, height * rows), self._image())
            if width >= _READABLE[0] * scale and height >= _READABLE[1] * scale:
                self._write_numbers(painter, top, width, height)

    def _write_numbers(self, painter: QPainter, top: float, width: float, height: float) -> None:
        painter.setFont(self._font(10))
        texts = self._texts(painter.fontMetrics(), width)
        for row, line in enumerate(texts):
            for column, text in enumerate(line):
                place = QRectF(column * width, top + row * height, width, height)
                ground = QColor(*self._colors()[row, column].tolist())
                painter.setPen(QColor("#14181f" if ground.lightnessF() > _DARK_INK else "#ffffff"))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _texts(self, metrics: QFontMetrics, width: float) -> list[list[str]]:
        """The numbers with as many digits, up to three, as the cells have room for."""
        texts: list[list[str]] = []
        for digits in (3, 2, 1):
            texts = [[short(float(value), digits) for value in line] for line in self._values]
            if max(metrics.horizontalAdvance(text) for line in texts for text in line) <= width - _GAP:
                break
        return texts

    def _colors(self) -> np.ndarray:
        shares = np.clip(np.nan_to_num(self._values / (self._largest() or 1.0)), -1.0, 1.0)
        colors: np.ndarray = diverging(self._theme)[np.rint((shares + 1.0) * 127.5).astype(int)]
        return colors

    def _image(self) -> QImage:
        colors = np.ascontiguousarray(self._colors())
        rows, columns, _ = colors.shape
        return QImage(colors.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()

    def _largest(self) -> float:
        finite = self._values[np.isfinite(self._values)]
        return float(np.abs(finite).max()) if finite.size else 0.0

    def _caption(self) -> str:
        if self._values.size == 0:
            return ""
        rows, columns = self._values.shape
        words = self.tr("{name} · {rows} × {columns} · largest {value}")
        return words.format(name=self._name, rows=rows, columns=columns, value=short(self._largest()))

    def _font(self, size: int) -> QFont:
        return of_size(self.font(), size)
