"""What the network says along its one input, with the samples."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from nnsim.data.dataset import Dataset
from nnsim.session.field import Field
from nnsim.ui.plots.quiet_plot import QuietPlot
from nnsim.ui.theme import Theme


class CurvePlot(QuietPlot):
    """The output as a curve over the input."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._curve = pg.PlotDataItem(antialias=True)
        self._samples = pg.ScatterPlotItem(size=5)
        self._kept_back = pg.ScatterPlotItem(size=6, brush=None)
        super().__init__(theme, parent)
        for item in (self._samples, self._kept_back, self._curve):
            self.addItem(item)
        self.setAccessibleName(self.tr("What the network says along its input"))
        self.setToolTip(
            self.tr("Curve: the network's answer. Dots: training samples. Rings: validation samples.")
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._curve.setPen(pg.mkPen(theme.activation, width=2.5))
        self._samples.setBrush(theme.color("positive", 0.8))
        self._samples.setPen(None)
        self._kept_back.setPen(pg.mkPen(theme.muted))

    def show_data(self, dataset: Dataset) -> None:
        """Draw the samples."""
        self._samples.setData(x=dataset.x[:, 0], y=dataset.y[:, 0])
        self._kept_back.setData(x=dataset.validation_x[:, 0], y=dataset.validation_y[:, 0])

    def show_field(self, field: Field) -> None:
        """Draw the network's answer."""
        self._curve.setData(field.domain.points[:, 0], field.answer[0])
