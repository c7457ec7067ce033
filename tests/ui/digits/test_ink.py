"""Strokes become ink, whichever way they are drawn."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from nnsim.ui.digits.drawing import Drawing, Drawings, Picture
from nnsim.ui.digits.example import EXAMPLE
from nnsim.ui.digits.ink import COARSE, SIDE, Dot, Pen, Raster, Stroke

WAVE = tuple(Dot(0.1 + 0.08 * k, 0.5 + 0.2 * (-1) ** k, 0.05 + 0.004 * k) for k in range(10))


@pytest.fixture
def raster(qapp):
    return Raster()


def line(*, width=0.1, erases=False, y=0.5):
    return Stroke((Dot(0.2, y, width), Dot(0.8, y, width)), erases)


@pytest.mark.parametrize("erases", [False, True])
def test_a_stroke_drawn_dot_by_dot_leaves_what_the_whole_stroke_leaves(raster, erases):
    other = Raster()
    for each in (raster, other):
        each.fill(np.full((SIDE, SIDE), 200, np.uint8) if erases else None)
    pen = Pen(raster, WAVE[0], erases=erases)
    for dot in WAVE[1:]:
        pen.move(dot)
    other.draw(pen.stroke())
    assert pen.stroke() == Stroke(WAVE, erases)
    assert np.array_equal(raster.pixels, other.pixels)
    assert (raster.pixels < 200).any() if erases else raster.pixels.max() == 255


def test_only_the_pixels_said_to_be_touched_change(raster):
    pen = Pen(raster, WAVE[0], erases=False)
    for dot in WAVE[1:]:
        before = raster.pixels.copy()
        touched = pen.move(dot)
        rows, columns = np.nonzero(raster.pixels != before)
        assert touched.left() <= columns.min() <= columns.max() <= touched.right()
        assert touched.top() <= rows.min() <= rows.max() <= touched.bottom()


def test_a_line_is_as_wide_as_its_pen_and_as_long_as_drawn(raster):
    raster.draw(line(width=0.1))
    ink = raster.pixels / 255.0
    assert ink[:, SIDE // 2].sum() == pytest.approx(0.1 * SIDE, abs=0.6)
    assert ink[SIDE // 2].sum() == pytest.approx((0.6 + 0.1) * SIDE, abs=1.0)


def test_pieces_that_overlap_do_not_thicken_an_edge(raster):
    many = Stroke(tuple(Dot(0.2 + 0.6 * k / 200, 0.5, 0.1003) for k in range(201)))
    raster.draw(many)
    once = Raster()
    once.draw(line(width=0.1003))
    assert np.abs(raster.pixels.astype(int) - once.pixels)[:, 60:-60].max() <= 2


def test_a_dot_is_a_disc(raster):
    raster.draw(Stroke((Dot(0.5, 0.5, 0.2),)))
    assert (raster.pixels / 255.0).sum() == pytest.approx(np.pi * (0.1 * SIDE) ** 2, rel=0.02)


def test_a_stroke_beyond_the_border_is_cut(raster):
    raster.draw(Stroke((Dot(-3.0, -3.0, 0.1), Dot(-2.0, -3.0, 0.1))))
    assert not raster.pixels.any()
    raster.draw(Stroke((Dot(-1.0, 0.5, 0.1), Dot(2.0, 0.5, 0.1))))
    assert (raster.pixels[SIDE // 2] == 255).all()


def test_erasing_takes_ink_away(raster):
    Drawing(strokes=(line(), line(erases=True, width=0.2))).paint(raster)
    assert not raster.pixels.any()


def test_ink_is_the_mean_of_the_pixels(raster):
    Drawing(strokes=EXAMPLE).paint(raster)
    ink = raster.ink()
    block = SIDE // COARSE
    means = (raster.pixels / 255.0).reshape(COARSE, block, COARSE, block).mean(axis=(1, 3))
    assert ink.dtype == np.float32
    np.testing.assert_allclose(ink, means, atol=1e-6)
    assert ink.max() == 1.0


def test_colours_run_from_the_board_to_the_ink(raster):
    raster.set_colors(QColor("#102030"), QColor("#ffeedd"))
    raster.fill(np.full((SIDE, SIDE), 255, np.uint8))
    raster.pixels[0, 0] = 0
    assert raster.image.pixelColor(0, 0) == QColor("#102030")
    assert raster.image.pixelColor(1, 1) == QColor("#ffeedd")


def test_a_digit_of_28_pixels_is_shown_in_blocks(raster):
    digit = np.random.default_rng(1).random((28, 28)).astype(np.float32)
    Drawing(Picture.of(digit)).paint(raster)
    assert raster.pixels[::16, ::16] / 255.0 == pytest.approx(digit, abs=1 / 255)
    assert np.array_equal(raster.pixels, raster.pixels[::16, ::16].repeat(16, 0).repeat(16, 1))


def test_a_picture_that_is_not_square_stands_in_the_middle():
    pixels = Picture.of(np.ones((10, 20))).pixels
    assert (pixels[:, SIDE // 2] > 0).sum() == SIDE // 2
    assert np.array_equal(pixels, pixels[::-1])
    assert (pixels[SIDE // 2] == 255).all()


def test_going_back_and_forth():
    drawings = Drawings()
    assert not drawings.step(-1)
    first, second = Drawing(strokes=(line(),)), Drawing(strokes=(line(), line(y=0.2)))
    drawings.add(first)
    drawings.add(second)
    assert drawings.step(-1)
    assert drawings.now is first
    assert drawings.can_redo
    drawings.add(Drawing())
    assert not drawings.can_redo
    assert drawings.step(-1)
    assert drawings.now is first


def test_the_way_back_ends_somewhere():
    drawings = Drawings()
    for _ in range(500):
        drawings.add(Drawing(strokes=(line(),)))
    steps = sum(drawings.step(-1) for _ in range(1000))
    assert 50 <= steps < 200


def test_the_first_stroke_replaces_the_example_and_the_eraser_works_on_it():
    example = Drawing(strokes=EXAMPLE, is_example=True)
    drawn = example.with_stroke(line())
    assert drawn.strokes == (line(),)
    assert not drawn.is_example
    erased = example.with_stroke(line(erases=True))
    assert erased.strokes == (*EXAMPLE, line(erases=True))
    assert not erased.is_example
