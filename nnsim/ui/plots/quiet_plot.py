"""A plot in the window's own style."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLocale, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from nnsim.ui.letters import letters, of_size
from nnsim.ui.theme import Theme

_LARGE = 1e4
_TICKS = 10
_SIDES = ("left", "bottom")


class CompactAxis(pg.AxisItem):
    """An axis whose numbers are written as everywhere, and stay short however large they become."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Plain numbers below ten thousand, with an exponent above."""
        if max(map(abs, values), default=0.0) * scale < _LARGE:
            texts = super().tickStrings(values, scale, spacing)
        else:
            texts = [f"{value * scale:.1e}".replace("e+", "e") if value else "0" for value in values]
        point = QLocale().decimalPoint()
        return [text.replace("-", "−").replace(".", point) for text in texts]


class QuietPlot(pg.PlotWidget):
    """A plot without menu, buttons or frame; panning and zooming belong to the stage, not to it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        # Said here, for a menu that is switched off later has already been built.
        super().__init__(parent, enableMenu=False, axisItems={side: CompactAxis(side) for side in _SIDES})
        # A file dropped here is the window's.
        for part in (self, self.viewport()):
            part.setAcceptDrops(False)
        item = self.getPlotItem()
        item.hideButtons()
        # Half a tick label stands out on the right.
        item.layout.setContentsMargins(0, 4, 12, 0)
        self.setMouseEnabled(x=False, y=False)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        for name in _SIDES:
            axis = item.getAxis(name)
            # A prefix would stand in the axis' label, and there is none.
            axis.enableAutoSIPrefix(False)
            axis.setStyle(tickLength=-4, tickTextOffset=4, hideOverlappingLabels=False)
        self._fit_letters()
        self.setBackground(None)
        self.setStyleSheet("background: transparent;")
        self.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """The axes have room for their letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "theme"):
            self._fit_letters()

    def _fit_letters(self) -> None:
        font, scale = of_size(self.font(), _TICKS), letters(self.font())
        left, bottom = (self.getPlotItem().getAxis(name) for name in _SIDES)
        left.setStyle(tickFont=font)
        bottom.setStyle(tickFont=font)
        left.setWidth(round(36 * scale))
        bottom.setHeight(round(18 * scale))

    def sizeHint(self) -> QSize:
        """Small: the layout, not the plot, decides how much room there is."""
        return QSize(200, 100)

    def minimumSizeHint(self) -> QSize:
        """What is still readable."""
        return QSize(120, 60)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme
        for name in _SIDES:
            axis = self.getPlotItem().getAxis(name)
            axis.setPen(pg.mkPen(theme.border))
            axis.setTextPen(pg.mkPen(theme.muted))
