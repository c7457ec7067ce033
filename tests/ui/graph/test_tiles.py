"""Faces are cut round, the right way up, at any size and on any screen."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from nnsim.ui.graph.tiles import LARGEST, Tiles


def _painted(radius, ratio):
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    image.setPixelColor(1, 0, QColor("red"))
    side = round(3 * radius)
    canvas = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(QColor("white"))
    painter = QPainter(canvas)
    Tiles([image], radius, ratio).paint(painter, 0, side / 2, side / 2)
    painter.end()
    return lambda dx, dy: canvas.pixelColor(
        round((side / 2 + dx * radius) * ratio), round((side / 2 + dy * radius) * ratio)
    )


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("radius", [12.0, LARGEST + 20])
def test_a_face_fills_its_disc_and_no_more(qapp, radius, ratio):
    color = _painted(radius, ratio)
    assert color(0.6, -0.6) == QColor("red")
    assert color(0.6, 0.6) == QColor("blue")
    assert color(0.8, -0.8) == QColor("white")
    assert color(0.0, 1.2) == QColor("white")
