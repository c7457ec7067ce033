"""The picture that the network gets, pixel by pixel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnsim.data.centring import BOX, SIDE
from nnsim.ui.digits.ink import color_table
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

_CROSS = 1.5
_GRID, _GRID_LEVEL = 0.55, 28
"""How much of the grid's colour is in its lines, and which step from no ink to full ink that is."""


class Preview(QWidget):
    """The 28×28 inputs as crisp pixels, with the box that a centred digit fills and the centre."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixels = np.zeros((SIDE, SIDE), np.uint8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("What the network sees"))
        self.setToolTip(
            self.tr(
                "What the network sees: {side} × {side} numbers from 0 to 1. A centred digit fills "
                "the dashed box, and its centre of mass lies on the cross."
            ).format(side=SIDE)
        )
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._colors = color_table(theme.color("board"), theme.color("ink"))
        self.update()

    def show_input(self, pixels: NDArray[np.floating] | None) -> None:
        """Show inputs in [0, 1], shape (28, 28); None for nothing."""
        if pixels is None:
            self._pixels[:] = 0
        else:
            self._pixels[:] = np.rint(np.clip(pixels, 0.0, 1.0) * 255.0)
        self.update()

    @property
    def square(self) -> QRectF:
        """Where the pixels are: whole dots of the screen each, in the middle of the widget."""
        ratio = self.devicePixelRatioF()
        cell = max(1, int(min(self.width(), self.height()) * ratio) // SIDE) / ratio
        side = cell * SIDE
        return QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            square, theme = self.square, self._theme
            painter.drawImage(square, self._image(round(square.width() * self.devicePixelRatioF()) // SIDE))
            cell = square.width() / SIDE
            margin = (SIDE - BOX) / 2 * cell
            pen = QPen(theme.color("ink", 0.34), 1.0)
            pen.setDashPattern([3.0, 3.0])
            painter.setPen(pen)
            painter.drawRect(square.adjusted(margin, margin, -margin, -margin))
            painter.setPen(QPen(theme.color("ink"), 1.0))
            # Light where there is no ink, dark where there is.
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
            centre, arm = square.center(), _CROSS * cell
            painter.drawLine(centre - QPointF(arm, 0.0), centre + QPointF(arm, 0.0))
            painter.drawLine(centre - QPointF(0.0, arm), centre + QPointF(0.0, arm))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setPen(QPen(theme.color("border"), 1.0))
            painter.drawRect(square.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _image(self, cell: int) -> QImage:
        """The pixels, each `cell` dots of the screen wide, with a grid between them."""
        levels = self._pixels.repeat(cell, axis=0).repeat(cell, axis=1)
        for lines in (levels[cell::cell], levels[:, cell::cell]):
            lines[:] = (lines.astype(np.float32) * (1.0 - _GRID) + _GRID_LEVEL * _GRID).astype(np.uint8)
        side = len(levels)
        image = QImage(levels.data, side, side, side, QImage.Format.Format_Indexed8)
        image.setColorTable(self._colors)
        return image.copy()

    def sizeHint(self) -> QSize:
        """Four dots of the screen for each pixel."""
        return QSize(4 * SIDE, 4 * SIDE)

    def minimumSizeHint(self) -> QSize:
        """Three dots of the screen for each pixel."""
        return QSize(3 * SIDE, 3 * SIDE)
