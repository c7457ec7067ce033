"""A tensor as a small table in which colour carries sign and size."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
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
    """Rows and columns of one array, with its name, its shape and what the strongest colour stands for.

    Maps and filters, which have more than two dimensions, stand beside each other as pictures.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self._values = np.zeros((0, 0))
        self._tiles = self._values[None]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Tensor"))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_tensor(self, name: str, values: np.ndarray | None) -> None:
        """Show an array; None: nothing."""
        self._name = name
        self._values = np.zeros((0, 0)) if values is None else np.atleast_2d(values)
        shape = self._values.shape
        self._tiles = self._values.reshape(math.prod(shape[:-2]), *shape[-2:])
        self.setVisible(self.has_values)
        self.setAccessibleDescription(self._caption())
        words = self.tr("What this step computes: blue is positive, orange negative")
        self.setToolTip(f"{self._caption()}\n{words}" if self.has_values else words)
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
            caption = self._caption_within(painter.fontMetrics(), self.width())
            painter.drawText(QRectF(0, 0, self.width(), top), Qt.AlignmentFlag.AlignLeft, caption)
            across, width, height = self._cells(top, scale)
            number, rows, columns = self._tiles.shape
            for place in range(number):
                row, column = divmod(place, across)
                corner = QPointF(column * (width * columns + _GAP), top + row * (height * rows + _GAP))
                colors = self._colors(place)
                painter.drawImage(QRectF(corner, QSizeF(width * columns, height * rows)), _image(colors))
                if width >= _READABLE[0] * scale and height >= _READABLE[1] * scale:
                    self._write_numbers(painter, place, corner, (width, height))

    def _cells(self, top: int, scale: float) -> tuple[int, float, float]:
        """How many pictures stand beside each other, and how wide and high a cell is; theirs are square."""
        number, rows, columns = self._tiles.shape
        best = 1, 0.0, 0.0
        for across in range(1, number + 1):
            width = (self.width() - (across - 1) * _GAP) / (across * columns)
            down = -(-number // across)
            height = (self.height() - top - (down - 1) * _GAP) / (down * rows)
            if self._values.ndim > 2:
                width = height = min(width, height)
            if width > best[1]:
                best = across, width, height
        tallest = _WIDEST if self._values.ndim > 2 else _TALLEST
        return best[0], min(best[1], _WIDEST * scale), min(best[2], tallest * scale)

    def _write_numbers(
        self, painter: QPainter, place: int, corner: QPointF, cell: tuple[float, float]
    ) -> None:
        painter.setFont(self._font(10))
        width, height = cell
        texts, colors = self._texts(painter.fontMetrics(), place, width), self._colors(place)
        for row, line in enumerate(texts):
            for column, text in enumerate(line):
                spot = QRectF(corner.x() + column * width, corner.y() + row * height, width, height)
                ground = QColor(*colors[row, column].tolist())
                painter.setPen(QColor("#14181f" if ground.lightnessF() > _DARK_INK else "#ffffff"))
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)

    def _texts(self, metrics: QFontMetrics, place: int, width: float) -> list[list[str]]:
        """The numbers with as many digits, up to three, as the cells have room for."""
        texts: list[list[str]] = []
        for digits in (3, 2, 1):
            texts = [[short(float(value), digits) for value in line] for line in self._tiles[place]]
            if max(metrics.horizontalAdvance(text) for line in texts for text in line) <= width - _GAP:
                break
        return texts

    def _colors(self, place: int) -> np.ndarray:
        shares = np.clip(np.nan_to_num(self._tiles[place] / (self._largest() or 1.0)), -1.0, 1.0)
        colors: np.ndarray = diverging(self._theme)[np.rint((shares + 1.0) * 127.5).astype(int)]
        return colors

    def _largest(self) -> float:
        finite = self._values[np.isfinite(self._values)]
        return float(np.abs(finite).max()) if finite.size else 0.0

    def _caption(self) -> str:
        return self._captions()[0] if self.has_values else ""

    def _captions(self) -> tuple[str, ...]:
        """The caption, and what is left of it where there is less and less room."""
        # Of one map of several the name says which.
        shown = self._values[0] if self._values.ndim == 3 and len(self._values) == 1 else self._values
        parts = {
            "name": self._name,
            "sizes": " × ".join(map(str, shown.shape)),
            "value": short(self._largest()),
        }
        whole, brief = self.tr("{name} · {sizes} · largest {value}"), self.tr("|{name}| ≤ {value}")
        return whole.format(**parts), brief.format(**parts), self._name

    def _caption_within(self, metrics: QFontMetrics, room: float) -> str:
        """As much of the caption as can be read whole; the tooltip says the rest."""
        captions = self._captions()
        fitting = (text for text in captions if metrics.horizontalAdvance(text) <= room)
        cut = metrics.elidedText(captions[-1], Qt.TextElideMode.ElideRight, round(room))
        return next(fitting, cut)

    def _font(self, size: int) -> QFont:
        return of_size(self.font(), size)


def _image(colors: np.ndarray) -> QImage:
    colors = np.ascontiguousarray(colors)
    rows, columns, _ = colors.shape
    return QImage(colors.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()
