"""Typeset formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF, Qt, QTimer, Signal
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
_AT_EASE = 0.72
"""The share at which a formula is read at ease: room for more is worth more to the stage."""
_BETWEEN = 52.0
"""Between two rows that share a line."""
_GAP, _BESIDE = 10.0, 34.0
_SCROLL_BAR = 12.0
_FAINT = 0.2
"""Opacity of formulas while others are being drawn."""
_LOOK = 15
"""Milliseconds between two looks whether what is to be shown has been drawn."""


class FormulaView(QScrollArea):
    """Formulas in symbols, and beside or below them with the numbers, in the colours of the graph.

    Signals
    -------
    hovered : the node or edge that the quantity under the mouse stands for, or None
    settled : what is shown, and so `needed`, is another one

    Attributes
    ----------
    limit : float
        Pixels of height up to which there may be more room than there is now.
    needed : float
        Pixels of height at which what is shown is read at ease.
    in_background : bool
        Whether formulas appear when they have been drawn, rather than being waited for.
    """

    hovered = Signal(object)
    settled = Signal()
    in_background = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._versions: Iterable[tuple[Line, ...]] = ((),)
        self._lines: tuple[Line, ...] = ()
        self._version = 0
        self.limit = self.needed = 0.0
        self._settles_later = False
        self._left: Iterator[tuple[int, tuple[Line, ...]]] = iter(())
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
        self._choose()

    def changeEvent(self, event: QEvent) -> None:
        """Formulas are as large as the letters around them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._choose()

    def show_lines(self, *versions: tuple[Line, ...]) -> None:
        """Show some lines as soon as they have been typeset; until then what was shown stays, faintly.

        Parameters
        ----------
        *versions : tuple of Line
            The lines, and shorter ones for where they would have to scroll.
        """
        self.show_versions(versions)

    def show_versions(self, versions: Iterable[tuple[Line, ...]]) -> None:
        """The same for versions that are written one by one, once there is no room for the one before."""
        self._versions, self.needed = versions, 0.0
        self._choose()

    def expect(self, versions: Iterable[tuple[Line, ...]]) -> None:
        """Typeset, after what is to be shown now, what will probably be shown next."""
        if self.in_background:
            likely = islice(versions, self._version + 1)
            ahead = [formula for lines in likely for line in lines for formula in line.written]
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
        # A scroll area that is resized while it is resized keeps its page in the old room.
        self._settles_later = True
        self._choose()
        self._settles_later = False

    def _shown(self) -> list[Formula]:
        return [formula for line in self._lines for formula in line.written]

    def _choose(self) -> None:
        """Begin with the fullest version."""
        self._left = enumerate(self._versions)
        self._version, self._lines = next(self._left)
        self._try()

    def _try(self) -> None:
        self.setAccessibleDescription("; ".join(formula.latex for formula in self._shown()))
        if self.in_background and not self._is_drawn():
            # Until something shorter is there, what scrolls is better than nothing.
            if self._version == 0:
                self._page.wait(self.maximumViewportSize())
            self._timer.start()
            self._scribe.want(self._shown(), self._theme)
        else:
            self._show()

    def _is_drawn(self) -> bool:
        return all(is_drawn(formula, self._theme) for formula in self._shown())

    def _show_if_drawn(self) -> None:
        if self._is_drawn():
            self._show()

    def _show(self) -> None:
        """Show what is typeset, unless it does not fit and there is less to show."""
        self._timer.stop()
        rows = [[typeset(formula, self._theme) for formula in line.written] for line in self._lines]
        room, largest = QSizeF(self.maximumViewportSize()), letters(self.font())
        at_most = QSizeF(room.width(), max(room.height(), self.limit))
        fits = _fitted(rows, at_most, largest).fits(at_most)
        shorter = None if fits else next(self._left, None)
        if shorter is None:
            self.needed = _height_at_ease(rows, room.width(), largest)
            # Who hears of it may give more room at once: what scrolls only until then is not shown.
            if self._settles_later:
                QTimer.singleShot(0, self, self.settled.emit)
            else:
                self.settled.emit()
            self._lay(rows)
        else:
            self._lay(rows)
            self._version, self._lines = shorter
            self._try()

    def _lay(self, rows: list[list[Typeset]]) -> None:
        room = QSizeF(self.maximumViewportSize())
        self._page.show_laid(_fitted(rows, room, letters(self.font())), room)


class _Laid(NamedTuple):
    """Formulas with their places, and how far these reach."""

    places: list[tuple[Typeset, QRectF]]
    right: float
    bottom: float

    def fits(self, room: QSizeF) -> bool:
        return self.right <= room.width() and self.bottom <= room.height()


class _Page(QWidget):
    """What scrolls."""

    hovered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.spots: list[tuple[Item, QRectF]] = []
        self.is_waiting = False
        self._places: list[tuple[Typeset, QRectF]] = []
        self._marked: Item | None = None
        self._under_mouse: Item | None = None
        self.setMouseTracking(True)

    def show_laid(self, laid: _Laid, room: QSizeF) -> None:
        """Show formulas at their places, on a page that fills its room at least."""
        self._places, self.is_waiting = laid.places, False
        self.spots = [spot for formula, place in self._places for spot in _on_page(formula, place)]
        wide = room.width() if laid.fits(room) else room.width() - _SCROLL_BAR
        self.resize(max(int(wide), int(laid.right)), max(int(room.height()), int(laid.bottom)))
        self.update()

    def wait(self, room: QSize) -> None:
        """Say by their faintness that the formulas shown are not those meant; nothing on them answers."""
        self.is_waiting = True
        self.resize(room)
        self.spots = []
        self._point_at(None)
        self.update()

    def highlight(self, item: Item | None) -> None:
        if item != self._marked:
            self._marked = item
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


_Way = tuple[list[list[Typeset]], float | None]


def _ways(rows: list[list[Typeset]]) -> tuple[_Way, ...]:
    """A line of its own for each row, then rows that share lines, then symbols and numbers apart."""
    pieces = [[formula] for row in rows for formula in row]
    return (rows, None), (rows, _BETWEEN), (pieces, _BETWEEN)


def _height_at_ease(rows: list[list[Typeset]], width: float, largest: float) -> float:
    """The height of formulas in a width, at a scale that is read at ease or the largest below that fits."""
    laid = [_Laid([], 0.0, 0.0)]
    for scale in (share * largest for share in _SCALES if share <= _AT_EASE):
        laid = [_flow(parts, width, scale, gap) for parts, gap in _ways(rows)]
        fitting = [each.bottom for each in laid if each.right <= width]
        if fitting:
            return min(fitting)
    return min(each.bottom for each in laid)


def _fitted(rows: list[list[Typeset]], room: QSizeF, largest: float) -> _Laid:
    """Formulas laid out at the largest scale at which they fit, or as low as possible at the smallest."""
    scales = [share * largest for share in _SCALES]
    # As many lines as there may be without smaller letters.
    ways = _ways(rows)
    for scale, (parts, gap) in product(scales, ways):
        laid = _flow(parts, room.width(), scale, gap)
        if laid.fits(room):
            return laid
    beside_the_bar = room.width() - _SCROLL_BAR
    low = (_flow(parts, beside_the_bar, scales[-1], gap) for parts, gap in ways)
    return min(low, key=lambda laid: (max(laid.right, beside_the_bar), laid.bottom))


def _flow(rows: list[list[Typeset]], width: float, scale: float, gap: float | None) -> _Laid:
    """Rows beneath each other, or like words in a text with a gap between them."""
    lines: list[list[tuple[float, _Laid]]] = []
    x = 0.0
    for row in rows:
        laid = _row(row, width, scale)
        if not lines or gap is None or x + laid.right > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, laid))
        x += laid.right + (gap or 0.0) * scale
    places: list[tuple[Typeset, QRectF]] = []
    y = right = 0.0
    for line in lines:
        tallest = max(high for _, (_, _, high) in line)
        for x, (placed, wide, high) in line:
            places += [(each, at.translated(x, y + (tallest - high) / 2)) for each, at in placed]
            right = max(right, x + wide)
        y += tallest + _GAP * scale
    return _Laid(places, right, y - _GAP * scale if lines else 0.0)


def _row(row: list[Typeset], width: float, scale: float) -> _Laid:
    """Numbers stand beside their symbols where there is room, else below."""
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
    return _Laid(places, right, bottom)
