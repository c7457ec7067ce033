"""Texts laid out once and written many times."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTransform

_MOST_TEXTS = 4000
_MEASURED = 100


class TextCache:
    """Laid-out texts, so that writing one again is cheap."""

    def __init__(self, family: str) -> None:
        self._family = family
        self._texts: dict[tuple[str, int, bool], QStaticText] = {}
        self._widths: dict[tuple[str, bool], float] = {}
        self._fonts: dict[tuple[int, bool], QFont] = {}

    def font(self, size: int, bold: bool) -> QFont:
        """A font of a pixel size."""
        found = self._fonts.get((size, bold))
        if found is None:
            found = QFont(self._family)
            found.setPixelSize(size)
            found.setBold(bold)
            self._fonts[size, bold] = found
        return found

    def width(self, text: str, bold: bool) -> float:
        """Width of a text, as a multiple of its size."""
        found = self._widths.get((text, bold))
        if found is None:
            if len(self._widths) > _MOST_TEXTS:
                self._widths.clear()
            found = QFontMetricsF(self.font(_MEASURED, bold)).horizontalAdvance(text) / _MEASURED
            self._widths[text, bold] = found
        return found

    def get(self, text: str, size: int, bold: bool) -> QStaticText:
        """A text prepared for painting."""
        found = self._texts.get((text, size, bold))
        if found is None:
            if len(self._texts) > _MOST_TEXTS:
                self._texts.clear()
            found = QStaticText(text)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.prepare(QTransform(), self.font(size, bold))
            self._texts[text, size, bold] = found
        return found

    def write(self, painter: QPainter, x: float, y: float, text: str, size: int, bold: bool = False) -> None:
        """Write a text centred on a point."""
        self.write_from(painter, x, y, text, size, bold, 0.5)

    def write_from(
        self, painter: QPainter, x: float, y: float, text: str, size: int, bold: bool, anchor: float
    ) -> None:
        """Write a text with its left edge (0), middle (0.5) or right edge (1) at a point."""
        static = self.get(text, size, bold)
        extent = static.size()
        painter.setFont(self.font(size, bold))
        painter.drawStaticText(QPointF(x - extent.width() * anchor, y - extent.height() / 2), static)
