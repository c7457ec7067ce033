"""Typeset formulas."""

from __future__ import annotations

from itertools import product

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from nnsim.lesson.focus import Item
from nnsim.lesson.notation import Formula
from nnsim.lesson.writer import Line
from nnsim.ui.lesson.typesetting import Scribe, Typeset, is_drawn, typeset
from nnsim.ui.letters import letters
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.76, 0.72, 0.69, 0.66, 0.63, 0.6)
"""Formulas are drawn as large as they fit; where even the smallest does not, one scrolls."""
_BETWEEN = 52.0
"""Between two rows that share a line."""
_GAP, _BESIDE = 10.0, 34.0
_FAINT = 0.2
"""Opacity of formulas while others are being drawn."""
_LOOK = 15
"""Milliseconds between two looks whether what is to be shown has been drawn."""


class FormulaView(QScrollArea):
    """Formulas in symbols, and beside or below them with the numbers, in the colours of the graph.

    Signals
    -------
    hovered : the node or edge that the quantity under the mouse stands for, or None

    Attributes
    ----------
    in_background : bool
        Whether formulas appear when they have been drawn, rather than being waited for.
    """

    hovered = Signal(object)
    in_background = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self._scribe = Scribe()
        self._page = _Page(theme)
        self._page.hovered.connect(self.hovered)
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self._show_if_drawn)
        self.setWidget(self._page)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(self.tr("Formula"))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = self._page.theme = theme
        self.show_lines(self._lines)

    def changeEvent(self, event: QEvent) -> None:
        """Formulas are as large as the letters around them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show some lines as soon as they have been typeset; until then what was shown stays, faintly."""
        self._lines = lines
        self.setAccessibleDescription("; ".join(formula.latex for formula in self._shown()))
        if self.in_background and not self._is_drawn():
            self._page.wait()
            self._timer.start()
            self._scribe.want(self._shown(), self._theme)
        else:
            self._show()

    def expect(self, lines: tuple[Line, ...]) -> None:
        """Typeset, after what is to be shown now, what will probably be shown next."""
        if self.in_background:
            ahead = [formula for line in lines for formula in line.written]
            self._scribe.want([*self._shown(), *ahead], self._theme)

    def highlight(self, item: Item | None) -> None:
        """Mark every quantity that stands for a node or edge; None: none."""
        self._page.highlight(item)

    def places_of(self, item: Item) -> list[QRectF]:
        """Where on the page the quantities of a node or edge are."""
        return [place for found, place in self._page.spots if found == item]

    @property
    def page(self) -> QWidget:
        """What scrolls: it takes the mouse."""
        return self._page

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the formulas anew."""
        super().resizeEvent(event)
        self._arrange()

    def _shown(self) -> list[Formula]:
        return [formula for line in self._lines for formula in line.written]

    def _is_drawn(self) -> bool:
        return all(is_drawn(formula, self._theme) for formula in self._shown())

    def _show_if_drawn(self) -> None:
        if self._is_drawn():
            self._show()

    def _show(self) -> None:
        self._timer.stop()
        self._page.show_rows(
            [[typeset(formula, self._theme) for formula in line.written] for line in self._lines]
        )
        self._arrange()

    def _arrange(self) -> None:
        self._page.arrange(self.viewport().width(), self.viewport().height(), letters(self.font()))


class _Page(QWidget):
    """What scrolls."""

    hovered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.spots: list[tuple[Item, QRectF]] = []
        self.is_waiting = False
        self._rows: list[list[Typeset]] = []
        self._places: list[tuple[Typeset, QRectF]] = []
        self._marked: Item | None = None
        self._under_mouse: Item | None = None
        self.setMouseTracking(True)

    def show_rows(self, rows: list[list[Typeset]]) -> None:
        self._rows, self.is_waiting = rows, False

    def wait(self) -> None:
        """Say by their faintness that the formulas shown are not those meant; nothing on them answers."""
        self.is_waiting = True
        self.spots = []
        self._point_at(None)
        self.update()

    def highlight(self, item: Item | None) -> None:
        if item != self._marked:
            self._marked = item
            self.update()

    def arrange(self, width: int, height: int, largest: float) -> None:
        """Find the largest scale that fits, and the size of the page."""
        scales = [share * largest for share in _SCALES]
        # A line of its own for each row, as long as letters need not be smaller for it.
        for scale, gap in product(scales, (None, _BETWEEN)):
            self._places, right, bottom = _flow(self._rows, width, scale, gap)
            if right <= width and bottom <= height:
                break
        found = [] if self.is_waiting else self._places
        self.spots = [spot for formula, place in found for spot in _on_page(formula, place)]
        self.resize(max(width, int(right)), max(height, int(bottom)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("muted", 0.3))
            for item, place in self.spots:
                if item in (self._marked, self._under_mouse):
                    painter.drawRoundedRect(place.adjusted(-3, -3, 3, 3), 4, 4)
            painter.setOpacity(_FAINT if self.is_waiting else 1.0)
            for formula, place in self._places:
                formula.renderer.render(painter, place)
            if self.is_waiting:
                self._paint_ellipsis(painter)

    def _paint_ellipsis(self, painter: QPainter) -> None:
        painter.setOpacity(1.0)
        painter.setPen(self.theme.color("muted"))
        painter.drawText(self.visibleRegion().boundingRect(), Qt.AlignmentFlag.AlignCenter, "…")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        near = (item for item, place in self.spots if place.adjusted(-3, -3, 3, 3).contains(at))
        self._point_at(next(near, None))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def _point_at(self, item: Item | None) -> None:
        if item != self._under_mouse:
            self._under_mouse = item
            self.hovered.emit(item)
            self.update()


def _on_page(formula: Typeset, place: QRectF) -> list[tuple[Item, QRectF]]:
    """A formula's spots, in the coordinates of the page."""
    box = formula.renderer.viewBoxF()
    scale = place.width() / max(box.width(), 1e-6)
    return [
        (
            item,
            QRectF(
                place.x() + (spot.x() - box.x()) * scale,
                place.y() + (spot.y() - box.y()) * scale,
                spot.width() * scale,
                spot.height() * scale,
            ),
        )
        for item, spot in formula.spots
    ]


def _flow(
    rows: list[list[Typeset]], width: float, scale: float, gap: float | None
) -> tuple[list[tuple[Typeset, QRectF]], float, float]:
    """Rows beneath each other, or like words in a text with a gap between them; also the extent."""
    lines: list[list[tuple[float, tuple[list[tuple[Typeset, QRectF]], float, float]]]] = []
    x = 0.0
    for row in rows:
        laid = _row(row, width, scale)
        if not lines or gap is None or x + laid[1] > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, laid))
        x += laid[1] + (gap or 0.0) * scale
    places: list[tuple[Typeset, QRectF]] = []
    y = right = 0.0
    for line in lines:
        tallest = max(high for _, (_, _, high) in line)
        for x, (placed, wide, high) in line:
            places += [(each, at.translated(x, y + (tallest - high) / 2)) for each, at in placed]
            right = max(right, x + wide)
        y += tallest + _GAP * scale
    return places, right, y - _GAP * scale if lines else 0.0


def _row(row: list[Typeset], width: float, scale: float) -> tuple[list[tuple[Typeset, QRectF]], float, float]:
    """Numbers stand beside their symbols where there is room, else below; also the extent of the row."""
    sizes = [formula.size * scale for formula in row]
    apart = _BESIDE * scale
    beside = sum(size.width() for size in sizes) + apart * (len(row) - 1) <= width
    tallest = max((size.height() for size in sizes), default=0.0)
    places: list[tuple[Typeset, QRectF]] = []
    x = y = right = bottom = 0.0
    for formula, size in zip(row, sizes, strict=True):
        top = y + (tallest - size.height()) / 2 if beside else y
        places.append((formula, QRectF(x, top, size.width(), size.height())))
        right, bottom = max(right, x + size.width()), max(bottom, top + size.height())
        x, y = (x + size.width() + apart, y) if beside else (0.0, y + size.height() + _GAP * scale)
    return places, right, bottom
