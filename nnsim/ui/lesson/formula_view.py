"""Typeset formulas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QScrollArea, QWidget

from nnsim.lesson.writer import Line
from nnsim.ui.theme import Theme

_SIZE = 22
_SCALES = (1.0, 0.9, 0.8, 0.72, 0.65)
"""Formulas are drawn as large as they fit; where even the smallest does not, one scrolls."""
_GAP, _BESIDE = 10.0, 34.0
_PAUSE = 40
"""Milliseconds between two formulas that are typeset ahead of time."""


@lru_cache(maxsize=512)
def typeset(latex: str, color: str) -> QSvgRenderer:
    """A formula as vector graphics."""
    # Imported when first needed: the window must not wait for it.
    from ziamath.config import config
    from ziamath.zmath import Latex

    # QtSvg draws SVG 1.1: glyphs as paths, not as symbols used again.
    config.svg2 = False
    return QSvgRenderer(QByteArray(Latex(latex, size=_SIZE, color=color).svg().encode()))


def palette(theme: Theme) -> Mapping[str, str]:
    """Colours of the quantities, dark enough to be read as text."""
    amber = theme.activation if theme.is_dark else theme.color("activation").darker(165).name()
    return {
        "positive": theme.positive,
        "negative": theme.negative,
        "activation": amber,
        "gradient": theme.gradient,
        "update": theme.update,
    }


class FormulaView(QScrollArea):
    """Formulas in symbols, and beside or below them with the numbers, in the colours of the graph."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self._ahead: list[str] = []
        self._page = _Page()
        self._timer = QTimer(self, interval=_PAUSE)
        self._timer.timeout.connect(self._typeset_ahead)
        self.setWidget(self._page)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(self.tr("Formula"))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.show_lines(self._lines)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Typeset some lines."""
        self._lines = lines
        rows = [[typeset(latex, self._theme.text) for latex in self._latex(line)] for line in lines]
        self._page.show_rows(rows)
        self._arrange()
        self.setAccessibleDescription(
            "; ".join(f.latex for line in lines for f in (line.symbols, line.numbers) if f is not None)
        )

    def expect(self, lines: tuple[Line, ...]) -> None:
        """Typeset, bit by bit and when there is time, what will probably be shown next."""
        self._ahead = [latex for line in lines for latex in self._latex(line)]
        self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the formulas anew."""
        super().resizeEvent(event)
        self._arrange()

    def _latex(self, line: Line) -> list[str]:
        colors = palette(self._theme)
        return [f.coloured(colors) for f in (line.symbols, line.numbers) if f is not None]

    def _typeset_ahead(self) -> None:
        if self._ahead:
            typeset(self._ahead.pop(0), self._theme.text)
        else:
            self._timer.stop()

    def _arrange(self) -> None:
        self._page.arrange(self.viewport().width(), self.viewport().height())


class _Page(QWidget):
    """What scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[list[QSvgRenderer]] = []
        self._places: list[tuple[QSvgRenderer, QRectF]] = []

    def show_rows(self, rows: list[list[QSvgRenderer]]) -> None:
        self._rows = rows

    def arrange(self, width: int, height: int) -> None:
        """Find the largest scale that fits, and the size of the page."""
        for scale in _SCALES:
            self._places, right, bottom = _flow(self._rows, width, scale)
            if right <= width and bottom <= height:
                break
        self.resize(max(width, int(right)), max(height, int(bottom)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for renderer, place in self._places:
            renderer.render(painter, place)
        painter.end()


def _flow(
    rows: list[list[QSvgRenderer]], width: float, scale: float
) -> tuple[list[tuple[QSvgRenderer, QRectF]], float, float]:
    """Numbers stand beside their symbols where there is room, else below; also the extent of it all."""
    places: list[tuple[QSvgRenderer, QRectF]] = []
    y = right = 0.0
    for row in rows:
        sizes = [renderer.defaultSize() * scale for renderer in row]
        beside = sum(size.width() for size in sizes) + _BESIDE * (len(row) - 1) <= width
        tallest = max((size.height() for size in sizes), default=0)
        x = 0.0
        for renderer, size in zip(row, sizes, strict=True):
            top = y + (tallest - size.height()) / 2 if beside else y
            places.append((renderer, QRectF(x, top, size.width(), size.height())))
            right = max(right, x + size.width())
            x, y = (x + size.width() + _BESIDE, y) if beside else (0.0, y + size.height() + _GAP * scale)
        if beside:
            y += tallest + _GAP * scale
    return places, right, y
