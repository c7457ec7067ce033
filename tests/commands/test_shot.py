"""The picture of the window, as it comes out of the command."""

import pytest
from PySide6.QtGui import QImage

from nnsim.commands.shot import shoot
from nnsim.data.scenes import find_scene
from nnsim.ui.plots.late_plot import LatePlot

RIGHT, ANSWER, LOSS = 0.79, (0.15, 0.37), (0.56, 0.66)
"""Shares of the picture: where the column of plots begins, and where plots stand in it, without headings."""


def colours(image: QImage, rows: tuple[float, float]) -> set[int]:
    """The colours in a part of the right column."""
    width, height = image.width(), image.height()
    xs = range(round(RIGHT * width), round(0.985 * width), 2)
    return {image.pixel(x, y) for x in xs for y in range(*(round(row * height) for row in rows), 2)}


@pytest.mark.parametrize(("scene", "theme"), [("xor", "dark"), ("curve", "light")])
def test_a_picture_taken_before_any_plot_was_made_has_them_all(qapp, tmp_path, monkeypatch, scene, theme):
    monkeypatch.setattr(LatePlot, "paintEvent", lambda plot, event: None)
    out = tmp_path / "shot.png"
    shoot(find_scene(scene), out, (1440, 900), theme, None, None)
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1440, 900)
    assert len(colours(image, ANSWER)) > 40
    assert len(colours(image, LOSS)) > 5
