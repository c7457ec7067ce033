"""Faces of nodes cut round and scaled once, so that painting one again is a blit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap, QTransform

LARGEST = 90.0
"""Radius of the largest face that is kept cut; larger ones are few and painted directly."""
_SHARP = 2.0
"""Magnification from which an image shows its pixels."""


class Tiles:
    """The faces of one layer.

    Parameters
    ----------
    images : sequence of QImage
        Square, one a unit.
    radius : float
        Of the discs, in logical pixels.
    ratio : float
        Device pixels for one logical pixel.
    """

    def __init__(self, images: Sequence[QImage], radius: float, ratio: float) -> None:
        self.images = images
        self.radius = radius
        self._ratio = ratio
        self._cut: dict[int, QPixmap] = {}

    def paint(self, painter: QPainter, unit: int, x: float, y: float) -> None:
        """Paint one unit's face about a point."""
        if self.radius > LARGEST:
            painter.translate(x, y)
            _paint_round(painter, self.images[unit], self.radius, self._ratio)
            painter.translate(-x, -y)
            return
        if unit not in self._cut:
            self._cut[unit] = self._render(self.images[unit])
        half = self._cut[unit].deviceIndependentSize().width() / 2
        painter.drawPixmap(QPointF(x - half, y - half), self._cut[unit])

    def _render(self, image: QImage) -> QPixmap:
        side = 2 * math.ceil(self.radius + 1)
        pixmap = QPixmap(round(side * self._ratio), round(side * self._ratio))
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(side / 2, side / 2)
            _paint_round(painter, image, self.radius, self._ratio)
        return pixmap


def _paint_round(painter: QPainter, image: QImage, radius: float, ratio: float) -> None:
    """Paint an image into the disc about the origin."""
    scale = 2 * radius / image.width()
    brush = QBrush(image)
    brush.setTransform(QTransform(scale, 0, 0, scale, -radius, -radius))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale * ratio < _SHARP)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawEllipse(QPointF(0, 0), radius, radius)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
