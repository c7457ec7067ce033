"""Loss and accuracy over the epochs."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nnsim.ui.plots.quiet_plot import QuietPlot
from nnsim.ui.theme import Theme

_EARLY = 0.1
"""Share of the epochs whose losses may leave the plot by its top."""
_SPIKE = 8.0
"""How far above all that follows it a beginning is still shown whole."""

_PADDING = 0.06


class HistoryPlot(QuietPlot):
    """Two curves over epochs: training solid, validation dashed."""

    def __init__(self, theme: Theme, name: str, *, share: bool, parent: QWidget | None = None) -> None:
        self._train = pg.PlotDataItem(connect="finite", antialias=True)
        self._validation = pg.PlotDataItem(connect="finite", antialias=True)
        super().__init__(theme, parent)
        for item in (self._validation, self._train):
            self.addItem(item)
        self.setAccessibleName(name)
        view = self.getPlotItem().getViewBox()
        view.setLimits(xMin=0.0, yMin=0.0)
        self._share = share
        if share:
            self.setYRange(0.0, 1.0, padding=0.08)
            self.getPlotItem().getAxis("left").setTicks([[(0.0, "0"), (0.5, "50"), (1.0, "100")]])

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._train.setPen(pg.mkPen(theme.activation, width=2))
        self._validation.setPen(pg.mkPen(theme.muted, width=1.6, style=Qt.PenStyle.DashLine))

    def show_curves(self, epochs: np.ndarray, train: np.ndarray, validation: np.ndarray) -> None:
        """Draw both curves; NaN is a gap."""
        if not self._share:
            top = highest(epochs, train, validation)
            self.setYRange(0.0, top, padding=_PADDING)
            # Just out of sight is enough: a drawing is not clipped, and a spike would run on.
            train, validation = (
                np.minimum(curve, (1.0 + 1.5 * _PADDING) * top) for curve in (train, validation)
            )
        self._train.setData(epochs, train)
        known = np.isfinite(validation)
        self._validation.setData(epochs[known], validation[known])
        self.setXRange(0.0, max(float(epochs[-1]), 1.0) if len(epochs) else 1.0, padding=0.02)


def highest(epochs: np.ndarray, *curves: np.ndarray) -> float:
    """The upper end of an axis from 0 on which every curve can be read.

    All is in sight, validation included, except a beginning so high that what follows would lie flat
    on the ground beside it.
    """
    values = np.concatenate([curve[np.isfinite(curve)] for curve in curves])
    if not len(values):
        return 1.0
    late = epochs > _EARLY * epochs[-1]
    settled = np.concatenate([curve[late & np.isfinite(curve)] for curve in curves])
    top = float(values.max())
    if len(settled):
        top = min(top, _SPIKE * float(settled.max()))
    return max(top, 1e-6)
