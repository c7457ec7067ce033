"""What the network says over the plane of its two inputs, with the samples on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnsim.data.dataset import Dataset
from nnsim.model.network import Network
from nnsim.model.parameters import Layout, Vector
from nnsim.session.field import Field
from nnsim.ui.plots.colors import diverging
from nnsim.ui.plots.quiet_plot import QuietPlot
from nnsim.ui.theme import Theme

_FEW = 16
_FEW_DOTS, _MANY_DOTS = (11.0, 0.036), (6.0, 0.015)
"""Diameter of a sample where there are few, or many: at least, and as a share of the plane."""
_OUTLINE, _THIN = 0.13, 0.7
"""Width of a sample's outline: of its diameter where there are few, in pixels where there are many."""
_RING = 10
"""How much wider than the dot the ring around it is."""


class BoundaryPlot(QuietPlot):
    """The output as a coloured plane; samples as dots, those kept back as rings."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._image = pg.ImageItem(axisOrder="row-major")
        self._samples = pg.ScatterPlotItem(pxMode=True)
        self._kept_back = pg.ScatterPlotItem(pxMode=True)
        self._looked_at = pg.ScatterPlotItem(pxMode=True, brush=None)
        self._line = pg.PlotDataItem(antialias=True)
        self._dataset: Dataset | None = None
        self._sample: np.ndarray | None = None
        self._range = (0.0, 1.0)
        self._size = 0.0
        self._rect = QRectF()
        super().__init__(theme, parent)
        for item in (self._image, self._line, self._kept_back, self._samples, self._looked_at):
            self.addItem(item)
        self.setAccessibleName(self.tr("What the network says over its two inputs"))
        self.setToolTip(
            self.tr("Background: the network's answer. Dots: training samples. Rings: validation samples.")
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._image.setLookupTable(diverging(theme))
        self._line.setPen(pg.mkPen(theme.text, width=2))
        if self._dataset is not None:
            self.show_data(self._dataset)

    def show_data(self, dataset: Dataset) -> None:
        """Draw the samples."""
        self._dataset = dataset
        targets = dataset.y[:, 0]
        self._range = (0.0, 1.0) if dataset.task != "regression" else _ends(targets)
        size = self._dot()
        # On an answer of the same colour a sample would vanish without its outline.
        outline = pg.mkPen(
            "#ffffff" if self.theme.is_dark else self.theme.text,
            width=_OUTLINE * size if dataset.samples <= _FEW else _THIN,
        )
        table = diverging(self.theme, middle=self.theme.muted)
        self._samples.setData(
            x=dataset.x[:, 0],
            y=dataset.x[:, 1],
            size=size,
            pen=outline,
            brush=self._colored(pg.mkBrush, table, targets),
        )
        back = dataset.validation_x
        self._kept_back.setData(
            x=back[:, 0],
            y=back[:, 1],
            size=size,
            brush=None,
            pen=self._colored(partial(pg.mkPen, width=1.4), table, dataset.validation_y[:, 0]),
        )
        self._size = size

    def _dot(self) -> float:
        """Diameter of a sample: a share of the plane, so that it is seen from as far as the plane is."""
        least, share = _FEW_DOTS if self._is_sparse else _MANY_DOTS
        return max(least, share * min(self.width(), self.height()))

    @property
    def _is_sparse(self) -> bool:
        return self._dataset is not None and self._dataset.samples <= _FEW

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Dots grow with the plane."""
        super().resizeEvent(event)
        if event is not None and self._dataset is not None and self._size != self._dot():
            if self._is_sparse:
                self.show_data(self._dataset)
            else:
                self._size = self._dot()
                self._samples.setSize(self._size)
                self._kept_back.setSize(self._size)
            if self._sample is not None:
                self.show_sample(self._sample)

    def show_sample(self, x: np.ndarray) -> None:
        """Ring the sample that lights up the network."""
        self._sample = x
        size = self._dot() + _RING
        pen = pg.mkPen(self.theme.text, width=2)
        self._looked_at.setData(x=[float(x[0])], y=[float(x[1])], size=size, pen=pen)

    def show_field(self, field: Field) -> None:
        """Draw the network's answer."""
        (x0, y0), (x1, y1) = field.domain.low, field.domain.high
        self._image.setImage(field.answer[0], levels=self._range, autoLevels=False)
        rect = QRectF(x0, y0, x1 - x0, y1 - y0)
        if rect != self._rect:
            self._rect = rect
            self._image.setRect(rect)
            self.getPlotItem().getViewBox().setRange(rect, padding=0.0)

    def show_line(self, network: Network, parameters: Vector, field: Field | None) -> None:
        """Draw the straight line w₁x₁ + w₂x₂ + b = 0 of a single neuron; none for deeper networks."""
        if field is None or len(network.layers) != 2 or network.outputs != 1:
            self._line.setData([], [])
            return
        layout = Layout(network)
        w1, w2 = (float(w) for w in parameters[layout.weight(1).span])
        bias = layout.view(parameters, 1, "bias")
        ends = _line_in(w1, w2, 0.0 if bias is None else float(bias[0]), field.domain.low, field.domain.high)
        self._line.setData([p[0] for p in ends], [p[1] for p in ends])

    def _colored(self, make: Callable[[QColor], Any], table: np.ndarray, targets: np.ndarray) -> list[Any]:
        """A pen or brush for each target; dots that look the same share it, and with it their picture."""
        low, high = self._range
        places = np.clip((targets - low) / (high - low) * 255.0, 0, 255).astype(int).tolist()
        made = {place: make(QColor(*map(int, table[place]))) for place in set(places)}
        return [made[place] for place in places]


def _ends(values: np.ndarray) -> tuple[float, float]:
    size = max(float(np.abs(values).max()), 1e-6)
    return -size, size


def _line_in(
    w1: float, w2: float, bias: float, low: tuple[float, ...], high: tuple[float, ...]
) -> list[tuple[float, float]]:
    """Where the line w₁x + w₂y + b = 0 enters and leaves a rectangle; empty if it misses it."""
    points = []
    if w2 != 0.0:
        for x in (low[0], high[0]):
            y = -(w1 * x + bias) / w2
            if low[1] <= y <= high[1]:
                points.append((x, y))
    if w1 != 0.0:
        for y in (low[1], high[1]):
            x = -(w2 * y + bias) / w1
            if low[0] <= x <= high[0]:
                points.append((x, y))
    return [min(points), max(points)] if len(points) >= 2 else []
