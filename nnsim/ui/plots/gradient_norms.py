"""How much gradient reaches each layer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnsim.ui.letters import letters
from nnsim.ui.numbers import short
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_ROW, _LABEL, _MOST_ROWS = 22, 62, 12
_GAP = 8
"""Between a bar and its number."""
_LONGEST = 1.234e-20
"""As many characters as a number takes."""


class GradientNorms(QWidget):
    """One bar for each layer, the longest for the largest norm."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._norms: tuple[float, ...] | None = None
        self._names: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Gradient norm per layer"))
        self.setToolTip(
            self.tr(
                "‖∂L/∂θ‖ of the last batch, with the weights before that step: "
                "a layer with a tiny bar hardly learns"
            )
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def set_layers(self, names: tuple[str, ...]) -> None:
        """Name the rows."""
        self._names = names[:_MOST_ROWS]
        self._norms = None
        self.updateGeometry()
        self.update()

    def show_norms(self, norms: tuple[float, ...] | None) -> None:
        """Draw the norms; None while no gradient has been computed."""
        if norms != self._norms:
            self._norms = norms
            self.setAccessibleDescription(
                "; ".join(f"{n}: {short(v)}" for n, v in zip(self._names, norms or (), strict=False))
            )
            self.update()

    def sizeHint(self) -> QSize:
        """One row for each layer."""
        return QSize(160, round(_ROW * letters(self.font())) * max(len(self._names), 1))

    def minimumSizeHint(self) -> QSize:
        """Rows are never squeezed."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = Qt.AlignmentFlag.AlignVCenter
            largest = max((v for v in self._norms or () if v == v), default=0.0)
            height, label = (round(size * letters(self.font())) for size in (_ROW, _LABEL))
            # As wide whatever the numbers are: bars must not jump while training runs.
            names = (painter.fontMetrics().horizontalAdvance(name) + _GAP for name in self._names)
            label = min(max(label, *names), self.width() // 2) if self._names else label
            number_room = painter.fontMetrics().horizontalAdvance(short(_LONGEST))
            room = self.width() - label - number_room - _GAP
            for row, name in enumerate(self._names):
                top = row * height
                painter.setPen(self._theme.color("muted"))
                painter.drawText(QRectF(0, top, label, height), middle | Qt.AlignmentFlag.AlignLeft, name)
                track = QRectF(label, top + height / 2 - 4, room, 8)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color("field"))
                painter.drawRoundedRect(track, 4, 4)
                value = self._norms[row] if self._norms is not None and row < len(self._norms) else None
                if value is not None and largest > 0.0 and value > 0.0:
                    painter.setBrush(self._theme.color("gradient"))
                    track.setWidth(max(room * min(value / largest, 1.0), 2.0))
                    painter.drawRoundedRect(track, 4, 4)
                painter.setPen(self._theme.color("text" if value is not None else "faint"))
                number = QRectF(self.width() - number_room, top, number_room, height)
                painter.drawText(
                    number, middle | Qt.AlignmentFlag.AlignRight, "–" if value is None else short(value)
                )
