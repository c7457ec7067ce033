"""The preview shows the very numbers that the network gets."""

import numpy as np
import pytest

from nnsim.ui.digits.ink import color_table
from nnsim.ui.digits.preview import Preview
from nnsim.ui.theme import DARK, LIGHT


def shown(preview):
    """The preview's pixels, read back from the screen, as steps from 0 to 255."""
    image = preview.grab().toImage()
    theme = preview._theme
    places = {color: step for step, color in enumerate(color_table(theme.color("board"), theme.color("ink")))}
    square = preview.square
    cell = square.width() / 28
    return np.array(
        [
            [
                places.get(
                    image.pixel(int(square.x() + (c + 0.8) * cell), int(square.y() + (r + 0.8) * cell)), -1
                )
                for c in range(28)
            ]
            for r in range(28)
        ]
    )


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_each_pixel_is_shown(show, theme):
    preview = show(Preview(theme), 282, 282)
    pixels = np.random.default_rng(2).random((28, 28)).astype(np.float32)
    preview.show_input(pixels)
    seen = shown(preview)
    # The cross and the box cover some.
    clear = seen >= 0
    assert clear.sum() > 700
    # Several steps may share a colour of 8 bits.
    assert np.abs(seen - np.rint(pixels * 255))[clear].max() <= 2


def test_nothing_empties_it(show):
    preview = show(Preview(DARK), 282, 282)
    preview.show_input(np.ones((28, 28)))
    assert (shown(preview) == 255).sum() > 700
    preview.show_input(None)
    assert (shown(preview) == 0).sum() > 700


def test_pixels_are_whole_dots_in_the_middle(show):
    preview = show(Preview(DARK), 200, 150)
    square = preview.square
    assert square.width() == square.height() == 5 * 28
    assert square.center().x() == pytest.approx(100, abs=1)


def test_the_grid_is_seen_where_there_is_no_ink(show):
    preview = show(Preview(DARK), 282, 282)
    image = preview.grab().toImage()
    x, y = (int(place) for place in (preview.square.x() + 20, preview.square.y() + 5))
    assert image.pixelColor(x, y) != image.pixelColor(x + 5, y)
