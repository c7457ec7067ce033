"""The timeline: one chip a step, to click, to drag along, or to walk with the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnsim.ui.letters import letters, of_size
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_HEIGHT, _PADDING, _GAP = 24, 10.0, 5.0
_LETTERS = 12
_ROLES = {
    "input": "activation",
    "forward": "activation",
    "loss": "negative",
    "backward": "gradient",
    "update": "update",
}


class Timeline(QWidget):
    """Chips in a row; where they do not all fit, those far from the current one are folded.

    Signals
    -------
    picked : number of the step that the user pointed at
    """

    picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts: tuple[str, ...] = ()
        self._tips: tuple[str, ...] = ()
        self._phases: tuple[str, ...] = ()
        self._current = 0
        self._grabbed: list[QRectF] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Steps of the lesson"))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Chips are as large as their letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def show_steps(
        self, texts: tuple[str, ...], tips: tuple[str, ...], phases: tuple[str, ...], current: int
    ) -> None:
        """Show these steps, the current one lit."""
        self._texts, self._tips, self._phases, self._current = texts, tips, phases, current
        self.setAccessibleDescription(tips[current] if tips else "")
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(400, round(_HEIGHT * letters(self.font())))

    def places(self) -> list[QRectF]:
        """Where each step is: its chip, or its share of the chip that stands for several."""
        out = []
        for chip, place in self._laid():
            share = place.width() / len(chip)
            out += [
                place.adjusted(k * share, 0, (k + 1) * share - place.width(), 0) for k in range(len(chip))
            ]
        return out

    def folded(self) -> list[str]:
        """The words on the chips that stand for several steps."""
        return [self._words(chip) for chip, _ in self._laid() if len(chip) > 1]

    def _laid(self) -> list[tuple[range, QRectF]]:
        """The chips from left to right: which steps each stands for, and where it is."""
        measure = QFontMetricsF(self._font())
        out, x = [], 0.0
        for chip in self._chips(measure):
            width = measure.horizontalAdvance(self._words(chip)) + 2 * _PADDING
            out.append((chip, QRectF(x, 0.5, width, self.sizeHint().height() - 1.0)))
            x += width + _GAP
        return out

    def _chips(self, measure: QFontMetricsF) -> list[range]:
        """As many steps around the current one as there is room for; the others folded at both sides."""
        count = len(self._texts)
        wide = [measure.horizontalAdvance(self._label(i)) + 2 * _PADDING + _GAP for i in range(count)]
        fold = measure.horizontalAdvance(self._words(range(count))) + 2 * _PADDING + _GAP
        low, high = self._current, min(self._current + 1, count)

        def fits(low: int, high: int) -> bool:
            folds = (low > 0) + (high < count)
            return sum(wide[low:high]) + folds * fold - _GAP <= self.width()

        grows = True
        while grows:
            grows = False
            for wider in ((low, high + 1), (low - 1, high)):
                if wider[0] >= 0 and wider[1] <= count and fits(*wider):
                    (low, high), grows = wider, True
        if fits(0, count):
            low, high = 0, count
        chips = [range(low), *(range(i, i + 1) for i in range(low, high)), range(high, count)]
        return [chip for chip in chips if len(chip)]

    def _words(self, chip: range) -> str:
        return self._label(chip.start) if len(chip) == 1 else self.tr("… %n more", "", len(chip))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chips."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._font())
            for chip, place in self._laid():
                role = _ROLES[self._phases[chip.start]]
                done, current = chip.stop <= self._current, self._current in chip
                painter.setPen(QPen(self._theme.color(role if done or current else "border"), 1.0))
                painter.setBrush(self._theme.color(role, 1.0 if current else 0.16 if done else 0.0))
                painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 9.0, 9.0)
                ink = "on_accent" if self._theme.is_dark else "card"
                painter.setPen(self._theme.color(ink if current else "text" if done else "muted"))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._words(chip))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step."""
        self._grabbed = self.places()
        self._pick(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag along the steps, as they lay when they were grabbed: they do not run away beneath the hand."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pick(event.position())

    def event(self, event: QEvent) -> bool:
        """Each step has its own tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = _at(self.places(), QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if at is None else self._tips[at], self)
            return True
        return super().event(event)

    def _pick(self, at: QPointF) -> None:
        found = _at(self._grabbed, at)
        if found is not None and found != self._current:
            self.picked.emit(found)

    def _label(self, i: int) -> str:
        return f"{i + 1}  {self._texts[i]}"

    def _font(self) -> QFont:
        return of_size(self.font(), _LETTERS)


def _at(places: list[QRectF], at: QPointF) -> int | None:
    """The step at a point; the gap between two chips belongs to both."""
    inside = (i for i, place in enumerate(places) if place.left() <= at.x() <= place.right())
    near = (
        i
        for i, place in enumerate(places)
        if abs(at.x() - place.center().x()) <= place.width() / 2 + _GAP / 2
    )
    return next(inside, next(near, None))
