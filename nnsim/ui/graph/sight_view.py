"""A window's sight as a picture: patch ⊙ filter = products, and below it the sum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.sight import Sight
from nnsim.ui.graph.sprites import blend, ink_on
from nnsim.ui.graph.words import FUNCTIONS, count, fixed, significant, translate
from nnsim.ui.letters import letters
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_SIGN, _LINE, _CAPTION = 13.0, 21.0, 17.0
_LARGEST_CELL, _SMALLEST_TEXT, _ROOMY_CELL = 30.0, 7, 26.0
_WIDTH = 230
_LETTERS = 12
_WIDE = "−0.00000"
"""About as long as numbers get."""
Piece = tuple[str, str]
"""Role of the colour, and text."""


class SightView(QWidget):
    """Paints a sight.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sight: Sight | None = None
        self._full = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_sight(self, sight: Sight | None, full: float) -> None:
        """Show another sight.

        Parameters
        ----------
        full : float
            The activation that has the full colour on the stage.
        """
        self._sight, self._full = sight, full
        lines = [] if sight is None else sums(sight, self.locale())
        self.setAccessibleName(" ".join(text for line in lines for _, text in line))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as what is shown needs in this width."""
        wanted = self.heightForWidth(self.width())
        if self.height() != wanted:
            self.setFixedHeight(wanted)

    def sizeHint(self) -> QSize:
        """As high as its matrices are in its width."""
        return QSize(_WIDTH, self.heightForWidth(max(self.width(), _WIDTH)))

    def minimumSizeHint(self) -> QSize:
        """As :meth:`sizeHint`."""
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """The matrices are as wide as there is room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Captions, matrices and lines of sums."""
        scale = letters(self.font())
        rows = 3 if self._sight is None else len(self._sight.patch)
        lines = 2 if self._sight is None else len(self._lines(self._sight, width))
        return round((_CAPTION + lines * _LINE + 8) * scale + rows * self._cell(width))

    def _cell(self, width: float) -> float:
        rows, columns = (3, 3) if self._sight is None else self._sight.patch.shape
        room = (width - 2 * _SIGN) / 3
        return float(min(room / columns, 3 * _LARGEST_CELL / rows, _LARGEST_CELL))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sight is None:
            return
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            bottom = self._paint_matrices(painter, self._sight)
            self._paint_sums(painter, self._sight, bottom)

    def _paint_matrices(self, painter: QPainter, sight: Sight) -> float:
        scale, cell = letters(self.font()), self._cell(self.width())
        top, columns = _CAPTION * scale, sight.patch.shape[1]
        wide = columns * cell
        step = wide + (self.width() - 3 * wide) / 2 if sight.weights is not None else 0.0
        x = 0.0
        for number, (caption, values, color) in enumerate(self._matrices(sight)):
            if number:
                painter.setPen(self._theme.color("muted"))
                painter.setFont(self._font(_LETTERS + 2))
                sign = QRectF(x - (step - wide), top, step - wide, len(values) * cell)
                painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, "⊙" if number == 1 else "=")
            painter.setFont(self._font(_LETTERS - 1))
            painter.setPen(self._theme.color("muted"))
            painter.drawText(QPointF(x, top - 5 * scale), caption)
            self._paint_matrix(painter, QPointF(x, top), cell, values, color, sight.winner)
            x += step
        return top + len(sight.patch) * cell

    def _matrices(self, sight: Sight) -> list[tuple[str, Floats, Callable[[float], QColor]]]:
        """Captions, numbers and their colours."""
        locale = self.locale()
        patch = translate("GraphCanvas", "patch")
        if sight.channels > 1:
            patch = translate("GraphCanvas", "of map %1").replace("%1", count(locale, sight.channel + 1))
        lit = self._lit(self._full)
        if sight.weights is None or sight.products is None:
            return [(patch, sight.patch, lit)]
        number = count(locale, sight.number + 1)
        name = translate("GraphCanvas", "filter %1").replace("%1", number)
        return [
            (patch, sight.patch, lit),
            (name, sight.weights, _signed(self._theme, sight.weights)),
            (translate("GraphCanvas", "products"), sight.products, _signed(self._theme, sight.products)),
        ]

    def _lit(self, full: float) -> Callable[[float], QColor]:
        theme = self._theme

        def color(value: float) -> QColor:
            share = min(abs(value) / full, 1.0) if full else 0.0
            return blend(
                theme.color("node_off"), theme.color("activation" if value > 0 else "negative"), share
            )

        return color

    def _paint_matrix(
        self,
        painter: QPainter,
        at: QPointF,
        cell: float,
        values: Floats,
        color: Callable[[float], QColor],
        winner: tuple[int, int] | None,
    ) -> None:
        decimals = 2 if cell >= _ROOMY_CELL else 1
        texts = [_number(self.locale(), value, decimals) for value in values.ravel().tolist()]
        font = self._font(10)
        widest = max(QFontMetricsF(font).horizontalAdvance(text) for text in texts)
        font.setPixelSize(max(int(min(10.0, 10 * (cell - 2) / widest, 0.62 * cell)), _SMALLEST_TEXT))
        painter.setFont(font)
        for place, (value, text) in enumerate(zip(values.ravel().tolist(), texts, strict=True)):
            row, column = divmod(place, values.shape[1])
            box = QRectF(at.x() + column * cell, at.y() + row * cell, cell, cell)
            fill = color(value)
            painter.fillRect(box.adjusted(0.5, 0.5, -0.5, -0.5), fill)
            if QFontMetricsF(font).horizontalAdvance(text) <= cell + 1:
                painter.setPen(ink_on(self._theme, fill))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("node_ring", 0.6), 1.0))
        painter.drawRect(QRectF(at.x(), at.y(), values.shape[1] * cell, len(values) * cell))
        if winner is not None:
            painter.setPen(QPen(self._theme.color("positive"), 2.0))
            painter.drawRect(QRectF(at.x() + winner[1] * cell, at.y() + winner[0] * cell, cell, cell))

    def _paint_sums(self, painter: QPainter, sight: Sight, top: float) -> None:
        scale = letters(self.font())
        y = top + 8 * scale + QFontMetricsF(self._font(_LETTERS)).ascent()
        lines = self._lines(sight, self.width())
        # Where a line is too long all the same, all are written smaller, rather than one cut.
        longest = max(sum(wide for _, wide in self._measured(line, _LETTERS)) for line in lines)
        shrink = min(self.width() / longest, 1.0)
        for line in lines:
            x = 0.0
            for (role, text), (font, wide) in zip(line, self._measured(line, _LETTERS * shrink), strict=True):
                painter.setFont(font)
                painter.setPen(self._theme.written(role))
                painter.drawText(QPointF(x, y), text)
                x += wide
            y += _LINE * scale

    def _lines(self, sight: Sight, width: float) -> list[list[Piece]]:
        """The sums, the longest cut in two where numbers may be too long for the width, whatever they are."""
        out = []
        for line in sums(sight, self.locale()):
            wide = [(role, text if role == "muted" else _WIDE) for role, text in line]
            fits = sum(each for _, each in self._measured(wide, _LETTERS)) <= width
            out += [line] if fits or len(line) <= 2 else [line[:-2], line[-2:]]
        return out

    def _measured(self, line: list[Piece], size: float) -> list[tuple[QFont, float]]:
        """The letters of each piece, and the width that it takes."""
        out = []
        for role, text in line:
            font = self._font(size)
            font.setBold(role != "muted")
            out.append((font, QFontMetricsF(font).horizontalAdvance(text) + 0.4 * font.pixelSize()))
        return out

    def _font(self, size: float) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(int(size * letters(self.font())), _SMALLEST_TEXT))
        return font


def _signed(theme: Theme, values: Floats) -> Callable[[float], QColor]:
    largest = float(np.abs(values).max()) or 1.0

    def color(value: float) -> QColor:
        share = min(abs(value) / largest, 1.0)
        return blend(theme.color("node_off"), theme.color("positive" if value > 0 else "negative"), share)

    return color


def _number(locale: QLocale, value: float, decimals: int) -> str:
    return "0" if value == 0 else fixed(locale, value, decimals)


def sums(sight: Sight, locale: QLocale) -> list[list[Piece]]:
    """The lines below the matrices: what is summed, and what comes of it."""

    def number(value: float) -> str:
        return significant(locale, value, 3)

    def sign(value: float) -> str:
        return "positive" if value >= 0 else "negative"

    if sight.kind == "max_pool2d":
        return [[("muted", translate("GraphCanvas", "the largest is")), ("activation", number(sight.value))]]
    if sight.weights is None:
        words = translate("GraphCanvas", "Σ / %1 =").replace("%1", count(locale, sight.patch.size))
        mean: list[Piece] = [("muted", words), ("activation", number(sight.value))]
        return [[("muted", "Σ"), ("text", number(sight.total))], mean]
    assert sight.products is not None
    out: list[list[Piece]] = []
    here = float(sight.products.sum())
    first: list[Piece] = [("muted", translate("GraphCanvas", "Σ products")), (sign(here), number(here))]
    if sight.channels > 1:
        others = sight.total - here
        words = translate("GraphCanvas", "+ other %n maps").replace("%n", count(locale, sight.channels - 1))
        first += [("muted", words), (sign(others), number(others))]
        out.append(first)
        first = [("muted", "Σ"), (sign(sight.total), number(sight.total))]
    if sight.bias is not None:
        first += [("muted", translate("GraphCanvas", "+ bias")), (sign(sight.bias), number(sight.bias))]
    if sight.z is not None:
        first += [("muted", "= z"), ("text", number(sight.z))]
    out.append(first)
    if sight.function != "identity":
        applied = f"{FUNCTIONS.get(sight.function, sight.function)}(z) = a"
        out.append([("muted", applied), ("activation", number(sight.value))])
    return out
