"""Where the cells of a confusion matrix lie, and how they are drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnsim.session.exam import Indices
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_TITLE, _NAMES, _LINE = 14.0, 16.0, 22.0
_SMALLEST_COUNT, _LARGEST_COUNT = 8, 17
_GAP = 1.0
_QUIETEST_MISTAKE, _QUIETEST_RIGHT, _LOUDEST_RIGHT = 0.16, 0.10, 0.48
_BRIGHT_GROUND = 0.48


@dataclass(frozen=True, slots=True)
class MatrixPlace:
    """Square cells in the middle of a widget, room for the axes left and above, for a line below.

    Attributes
    ----------
    width, height : float
        Of the widget, in pixels.
    classes : int
    """

    width: float
    height: float
    classes: int

    @staticmethod
    def height_for(width: int) -> int:
        """The height with which a width is used up."""
        return round(width + _LINE)

    @property
    def side(self) -> float:
        """Of one cell: whole pixels, for sharp edges."""
        margin = _TITLE + _NAMES
        return max(1.0, math.floor(min(self.width - margin, self.height - margin - _LINE) / self.classes))

    @property
    def origin(self) -> QPointF:
        """Upper left corner of the first cell."""
        margin, used = _TITLE + _NAMES, self.side * self.classes
        left = margin + (self.width - margin - used) / 2.0
        top = margin + (self.height - margin - _LINE - used) / 2.0
        return QPointF(math.floor(left), math.floor(top))

    @property
    def cells(self) -> QRectF:
        """All cells together."""
        return QRectF(self.origin.x(), self.origin.y(), self.side * self.classes, self.side * self.classes)

    def cell(self, label: int, answer: int) -> QRectF:
        """One cell."""
        origin, side = self.origin, self.side
        return QRectF(origin.x() + answer * side, origin.y() + label * side, side, side)

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """Label and answer of the cell at a point; None beside them."""
        offset = point - self.origin
        label, answer = math.floor(offset.y() / self.side), math.floor(offset.x() / self.side)
        inside = 0 <= label < self.classes and 0 <= answer < self.classes
        return (label, answer) if inside else None


class MatrixPainter:
    """Draws a matrix: right answers quietly in the accent, mistakes in orange by the root of their count."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._grounds: list[list[QColor]] = []
        self._texts: list[list[str]] = []
        self._longest = {True: "", False: ""}

    def show(self, confusion: Indices | None, names: tuple[str, ...]) -> None:
        """Take counts and the classes' names."""
        self._names = names
        self._grounds, self._texts = [], []
        if confusion is None:
            return
        rows = confusion.tolist()
        largest = max((c for i, row in enumerate(rows) for j, c in enumerate(row) if i != j), default=0)
        locale = QLocale()
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        for label, row in enumerate(rows):
            total = sum(row)
            shares = [_strength(label == j, c, total if label == j else largest) for j, c in enumerate(row)]
            self._grounds.append([self._ground(label == j, share) for j, share in enumerate(shares)])
            self._texts.append([locale.toString(c) if c else "" for c in row])
        for right in (True, False):
            texts = (t for i, row in enumerate(self._texts) for j, t in enumerate(row) if (i == j) == right)
            self._longest[right] = max(texts, key=len, default="")

    def paint(
        self,
        widget: QWidget,
        place: MatrixPlace,
        pointed: tuple[int, int] | None,
        chosen: tuple[int, int] | None,
        ring: tuple[int, int] | None,
        line: str,
    ) -> None:
        """Draw everything; the cell that has the keyboard's attention gets a ring."""
        with painting(widget) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_cells(painter, widget.font(), place)
            self._paint_axes(painter, widget, place, pointed or chosen)
            if pointed is not None:
                self._paint_cross(painter, place, *pointed)
            for cell, role in ((ring, "positive"), (chosen, "text")):
                if cell is not None:
                    painter.setPen(QPen(self._theme.color(role), 2.0))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(place.cell(*cell).adjusted(0.0, 0.0, -_GAP, -_GAP), 2.0, 2.0)
            painter.setFont(_sized(widget.font(), 11))
            painter.setPen(self._theme.color("text" if pointed or chosen else "muted"))
            below = QRectF(0.0, place.cells.bottom() + 5.0, place.width, _LINE - 5.0)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, line)

    def _ground(self, right: bool, share: float) -> QColor:
        theme = self._theme
        if right:
            return _mixed(theme.field, theme.accent, share and _QUIETEST_RIGHT + _LOUDEST_RIGHT * share**4)
        return _mixed(theme.field, theme.negative, share and max(share, _QUIETEST_MISTAKE))

    def _paint_cells(self, painter: QPainter, font: QFont, place: MatrixPlace) -> None:
        side, theme = place.side, self._theme
        fonts = {right: _fitting(font, self._longest[right], side - 2.0) for right in (True, False)}
        empty = theme.color("field")
        painter.setPen(Qt.PenStyle.NoPen)
        for label in range(place.classes):
            for answer in range(place.classes):
                cell = place.cell(label, answer).adjusted(0.0, 0.0, -_GAP, -_GAP)
                painter.fillRect(cell, self._grounds[label][answer] if self._grounds else empty)
        for label, texts in enumerate(self._texts):
            for answer, text in enumerate(texts):
                fitting = fonts[label == answer]
                if text and QFontMetricsF(fitting).horizontalAdvance(text) < side:
                    painter.setFont(fitting)
                    painter.setPen(self._ink(self._grounds[label][answer]))
                    cell = place.cell(label, answer).adjusted(0.0, 0.0, -_GAP, -_GAP)
                    painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)

    def _ink(self, ground: QColor) -> QColor:
        luma = 0.299 * ground.redF() + 0.587 * ground.greenF() + 0.114 * ground.blueF()
        dark, light = ("on_activation", "text") if self._theme.is_dark else ("text", "card")
        return self._theme.color(dark if luma > _BRIGHT_GROUND else light)

    def _paint_axes(
        self, painter: QPainter, widget: QWidget, place: MatrixPlace, lit: tuple[int, int] | None
    ) -> None:
        cells, side = place.cells, place.side
        names = _sized(widget.font(), 11)
        strong = QFont(names)
        strong.setWeight(QFont.Weight.DemiBold)
        centre = Qt.AlignmentFlag.AlignCenter
        for i, name in enumerate(self._names):
            for axis in (0, 1):
                here = lit is not None and lit[axis] == i
                painter.setFont(strong if here else names)
                painter.setPen(self._theme.color("text" if here else "muted"))
                spot = (
                    QRectF(cells.left() - _NAMES, cells.top() + i * side, _NAMES - 2.0, side)
                    if axis == 0
                    else QRectF(cells.left() + i * side, cells.top() - _NAMES, side, _NAMES)
                )
                painter.drawText(spot, centre, name)
        painter.setFont(_sized(widget.font(), 10))
        painter.setPen(self._theme.color("muted"))
        above = QRectF(cells.left(), cells.top() - _NAMES - _TITLE, cells.width(), _TITLE)
        painter.drawText(above, centre, widget.tr("read as"))
        painter.save()
        painter.translate(cells.left() - _NAMES - _TITLE, cells.bottom())
        painter.rotate(-90.0)
        painter.drawText(QRectF(0.0, 0.0, cells.height(), _TITLE), centre, widget.tr("true digit"))
        painter.restore()

    def _paint_cross(self, painter: QPainter, place: MatrixPlace, label: int, answer: int) -> None:
        cells, here, veil = place.cells, place.cell(label, answer), self._theme.color("text", 0.09)
        painter.fillRect(QRectF(cells.left(), here.top(), cells.width() - _GAP, here.height() - _GAP), veil)
        painter.fillRect(QRectF(here.left(), cells.top(), here.width() - _GAP, cells.height() - _GAP), veil)
        painter.setPen(QPen(self._theme.color("text", 0.7), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(here.adjusted(0.5, 0.5, -_GAP - 0.5, -_GAP - 0.5))


def _strength(right: bool, found: int, most: int) -> float:
    if not found or not most:
        return 0.0
    return found / most if right else math.sqrt(found / most)


def _mixed(ground: str, color: str, share: float) -> QColor:
    a, b = QColor(ground), QColor(color)
    return QColor.fromRgbF(
        a.redF() + share * (b.redF() - a.redF()),
        a.greenF() + share * (b.greenF() - a.greenF()),
        a.blueF() + share * (b.blueF() - a.blueF()),
    )


def _sized(font: QFont, size: int) -> QFont:
    out = QFont(font)
    out.setPixelSize(size)
    return out


def _fitting(font: QFont, text: str, room: float) -> QFont:
    """The largest font in which a text fits into a cell; the smallest where none does."""
    for size in range(min(_LARGEST_COUNT, round(room * 0.5)), _SMALLEST_COUNT, -1):
        fitting = _sized(font, size)
        if QFontMetricsF(fitting).horizontalAdvance(text) <= room:
            return fitting
    return _sized(font, _SMALLEST_COUNT)
