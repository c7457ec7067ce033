"""The timeline: one chip a step, to click, to drag along, or to walk with the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_HEIGHT, _PADDING, _GAP, _NARROWEST = 24, 10.0, 5.0, 7.0
_LETTERS = 12
_ROLES = {
    "input": "activation",
    "forward": "activation",
    "loss": "negative",
    "backward": "gradient",
    "update": "update",
}


class Timeline(QWidget):
    """Chips in a row; where they do not fit they shrink to ticks, the current one excepted.

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
        self._factor = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Steps of the lesson"))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def enlarge(self, factor: float) -> None:
        """Draw larger chips, for readers far away."""
        self._factor = factor
        self.updateGeometry()
        self.update()

    def show_steps(
        self, texts: tuple[str, ...], tips: tuple[str, ...], phases: tuple[str, ...], current: int
    ) -> None:
        """Show these steps, the current one lit."""
        self._texts, self._tips, self._phases, self._current = texts, tips, phases, current
        self.setAccessibleDescription(tips[current] if tips else "")
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(400, round(_HEIGHT * self._factor))

    def places(self) -> list[QRectF]:
        """Where each chip is."""
        measure = QFontMetricsF(self._font())
        wanted = [measure.horizontalAdvance(self._label(i)) + 2 * _PADDING for i in range(len(self._texts))]
        room = self.width() - _GAP * max(len(wanted) - 1, 0)
        if sum(wanted) > room and wanted:
            rest = room - wanted[self._current]
            each = rest / max(len(wanted) - 1, 1)
            wanted = [w if i == self._current else min(w, each) for i, w in enumerate(wanted)]
        out, x = [], 0.0
        for width in wanted:
            out.append(QRectF(x, 0.5, max(width, 1.0), self.sizeHint().height() - 1.0))
            x += max(width, 1.0) + (_GAP if width > _NARROWEST else min(_GAP, 1.0))
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
        font = QFont(self.font())
        font.setPixelSize(round(_LETTERS * self._factor))
        return font
