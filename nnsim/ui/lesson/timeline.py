"""The timeline: one chip a step, to click, to drag along, or to walk with the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnsim.ui.letters import letters, of_size
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_HEIGHT, _PADDING, _GAP = 24, 10.0, 5.0
_TICK, _TICK_GAP = 4.0, 1.5
_LETTERS = 12
_ROLES = {
    "input": "activation",
    "forward": "activation",
    "loss": "negative",
    "backward": "gradient",
    "update": "update",
}


class Timeline(QWidget):
    """Chips in a row; where they do not all fit, those far from the current one shrink to ticks.

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
        """Where each chip is."""
        out, x = [], 0.0
        for width in self._widths():
            out.append(QRectF(x, 0.5, width, self.sizeHint().height() - 1.0))
            x += width + (_GAP if width > _TICK else _TICK_GAP)
        return out

    def _widths(self) -> list[float]:
        """Letters for the current chip and its neighbours, as far as there is room."""
        measure = QFontMetricsF(self._font())
        wanted = [measure.horizontalAdvance(self._label(i)) + 2 * _PADDING for i in range(len(self._texts))]
        if sum(wanted) + _GAP * (len(wanted) - 1) <= self.width():
            return wanted
        room = self.width() - len(wanted) * (_TICK + _TICK_GAP)
        tick = _TICK if room > wanted[self._current] else 1.0
        out = [tick] * len(wanted)
        for i in sorted(range(len(wanted)), key=lambda i: abs(i - self._current)):
            room -= wanted[i] - _TICK + _GAP - _TICK_GAP
            if room < 0.0 and i != self._current:
                break
            out[i] = wanted[i]
        return out

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chips."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._font())
            measure = QFontMetricsF(painter.font())
            for i, place in enumerate(self.places()):
                role = _ROLES[self._phases[i]]
                done, current = i < self._current, i == self._current
                painter.setPen(QPen(self._theme.color(role if done or current else "border"), 1.0))
                painter.setBrush(self._theme.color(role, 1.0 if current else 0.16 if done else 0.0))
                painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 9.0, 9.0)
                if measure.horizontalAdvance(self._label(i)) <= place.width() - 4.0:
                    ink = "on_accent" if current and self._theme.is_dark else "card" if current else "muted"
                    painter.setPen(self._theme.color(ink if current else "text" if done else "muted"))
                    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._label(i))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the chip."""
        self._pick(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag along the chips."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pick(event.position())

    def event(self, event: QEvent) -> bool:
        """Each chip has its own tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if at is None else self._tips[at], self)
            return True
        return super().event(event)

    def _pick(self, at: QPointF) -> None:
        found = self._at(at)
        if found is not None and found != self._current:
            self.picked.emit(found)

    def _at(self, at: QPointF) -> int | None:
        for i, place in enumerate(self.places()):
            if place.left() - _GAP / 2 <= at.x() <= place.right() + _GAP / 2:
                return i
        return None

    def _label(self, i: int) -> str:
        return f"{i + 1}  {self._texts[i]}"

    def _font(self) -> QFont:
        return of_size(self.font(), _LETTERS)
