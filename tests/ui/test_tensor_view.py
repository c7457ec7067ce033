"""The array of a step: a table, or the pictures of its maps."""

import numpy as np
import pytest
from PySide6.QtGui import QPainter

from nnsim.ui import painting
from nnsim.ui.lesson.tensor_view import TensorView
from nnsim.ui.plots.colors import diverging
from nnsim.ui.theme import DARK


def seen(view, value):
    """Pixels that have the colour of a share of the largest value."""
    image = view.grab().toImage()
    color = diverging(DARK)[round((value + 1.0) * 127.5)].tolist()
    pixels = (
        image.pixelColor(x, y).getRgb()[:3] for x in range(image.width()) for y in range(image.height())
    )
    return sum(list(pixel) == color for pixel in pixels)


@pytest.fixture
def view(qtbot):
    view = TensorView(DARK)
    qtbot.addWidget(view)
    view.resize(400, 120)
    return view


@pytest.mark.parametrize("shape", [(3, 10, 10), (2, 5, 3, 3), (1, 24, 10, 10)])
def test_maps_stand_beside_each_other_as_pictures(view, shape):
    maps = np.full(shape, 0.5)
    maps.reshape(-1, *shape[-2:])[0] = -1.0
    maps.reshape(-1, *shape[-2:])[-1] = 1.0
    view.show_tensor("h", maps)
    assert view.accessibleDescription() == f"h · {' × '.join(map(str, shape))} · largest 1.000"
    first, last = seen(view, -1.0), seen(view, 1.0)
    assert first == last > 0
    others = seen(view, 0.5)
    number = int(np.prod(shape[:-2]))
    # Pictures may be a pixel wider here and there, as they come to lie.
    assert others == pytest.approx((number - 2) * first, rel=0.15)


def test_a_table_of_few_numbers_writes_them(view):
    view.show_tensor("w", np.array([[1.0, -1.0], [0.0, 0.5]]))
    assert view.accessibleDescription() == "w · 2 × 2 · largest 1.000"
    assert seen(view, 1.0) > 0
    assert seen(view, -1.0) > 0
    view.show_tensor("b", np.array([0.25, -0.5]))
    assert view.accessibleDescription() == "b · 1 × 2 · largest 0.500"
    view.show_tensor("", None)
    assert not view.has_values


@pytest.mark.parametrize(
    ("width", "caption"), [(400, "z⁽¹⁾ · 10 × 10 · largest 1.000"), (110, "|z⁽¹⁾| ≤ 1.000"), (40, "z⁽¹⁾")]
)
def test_a_caption_says_whole_what_it_has_room_for(view, monkeypatch, width, caption):
    written = []

    class Listening(QPainter):
        def drawText(self, *args):
            written.append(args[-1])

    monkeypatch.setattr(painting, "QPainter", Listening)
    view.resize(width, 120)
    view.show_tensor("z⁽¹⁾", np.full((1, 10, 10), 1.0))
    view.grab()
    assert written[0] == caption
    assert view.toolTip().startswith("z⁽¹⁾ · 10 × 10 · largest 1.000")
