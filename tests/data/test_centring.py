"""Centring puts a digit where MNIST's are, and leaves those alone that are there."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnsim.data.centring import BOX, SIDE, centred, frame_of, has_ink, shrunk
from nnsim.data.handwriting import generate
from tests.counting import calls_of


def field(rows: slice, columns: slice, side: int = 280, ink: float = 1.0) -> np.ndarray:
    out = np.zeros((side, side), np.float32)
    out[rows, columns] = ink
    return out


def centre_of_mass(image: np.ndarray) -> tuple[float, float]:
    place = np.arange(len(image))
    return float(image.sum(0) @ place / image.sum()), float(image.sum(1) @ place / image.sum())


def test_frame_and_ink() -> None:
    ink = field(slice(30, 70), slice(10, 15))
    assert frame_of(ink) == (10, 30, 15, 70)
    assert has_ink(ink)
    for nothing in (np.zeros((28, 28)), np.full((28, 28), 0.001)):
        assert frame_of(nothing) is None
        assert not has_ink(nothing)
        assert not centred(nothing).any()


def test_a_bar_by_hand() -> None:
    # 200 × 30 pixels scale by 1/10 to 20 × 3; the middles, 9.5 and 1, come to 14, the tie downwards.
    expected = np.zeros((SIDE, SIDE), np.float32)
    expected[5:25, 13:16] = 0.5
    assert np.allclose(centred(field(slice(7, 207), slice(100, 130), ink=0.5)), expected, atol=1e-6)


def test_parts_of_pixels_count_by_their_area() -> None:
    # 40 × 5 at half size: two pixels and a half wide.
    image = centred(field(slice(0, 40), slice(0, 5), side=40))
    assert np.allclose(np.sort(image[14])[-3:], (0.5, 1.0, 1.0), atol=1e-6)
    assert image.sum() == pytest.approx(20 * 2.5, rel=1e-5)


def test_small_drawings_are_enlarged() -> None:
    image = centred(field(slice(3, 5), slice(3, 4), side=9))
    assert frame_of(image) == (10, 5, 20, 25)
    assert set(np.unique(image)) <= {0.0, 1.0}


@pytest.mark.parametrize(("rows", "columns"), [(10, 10), (28, 28), (300, 40), (51, 397)])
def test_any_field(rows: int, columns: int) -> None:
    ink = np.random.default_rng(1).random((rows, columns))
    for image in (centred(ink), shrunk(ink)):
        assert image.shape == (SIDE, SIDE)
        assert image.dtype == np.float32
        assert image.min() >= 0.0
        assert image.max() <= 1.0
    left, top, right, bottom = frame_of(centred(ink))
    assert max(right - left, bottom - top) == BOX


def test_generated_digits_come_back_as_they_are() -> None:
    x, _ = generate(300, 1)
    same = [np.allclose(centred(image), image, atol=1e-6) for image in x / 255.0]
    assert np.mean(same) > 0.98


@given(st.integers(0, 2**32 - 1))
@example(3301449)
@example(11007)
@example(19010)
def test_once_is_enough(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ink = rng.random(rng.integers(1, 90, 2)) * (rng.random() < 0.9)
    ink[rng.random(ink.shape) < rng.random()] = 0.0
    image = centred(ink)
    assert np.array_equal(centred(image), image)
    assert has_ink(image) or not image.any()


def test_specks_far_apart_leave_nothing_rather_than_what_counts_as_nothing() -> None:
    ink = np.zeros((900, 900))
    ink[0, 0] = ink[899, 899] = 1.0
    assert not centred(ink).any()


def test_centre_of_mass_lies_in_the_middle_pixel() -> None:
    for seed in range(40):
        ink = field(slice(20 + seed, 200), slice(100, 130 + seed)) + field(slice(150, 170), slice(60, 110))
        assert all(abs(place - 14) <= 0.5 + 1e-3 for place in centre_of_mass(centred(ink)))


def test_a_digit_with_all_its_weight_in_a_corner_stays_inside() -> None:
    ink = field(slice(0, 200), slice(0, 1), ink=0.02) + field(slice(0, 1), slice(0, 200), ink=0.02)
    ink[190:200, 190:200] = 1.0
    image = centred(ink)
    assert frame_of(image)[:2] == (0, 0)
    assert image[19, 19] > 0.9


def test_place_in_the_field_does_not_matter() -> None:
    digit = np.random.default_rng(3).random((50, 40))
    one, other = np.zeros((280, 280)), np.zeros((300, 200))
    one[5:55, 9:49] = other[201:251, 133:173] = digit
    assert np.array_equal(centred(one), centred(other))


def test_shrinking_averages_and_crops_nothing() -> None:
    ink = np.random.default_rng(2).random((280, 280))
    assert np.allclose(shrunk(ink), ink.reshape(28, 10, 28, 10).mean((1, 3)), atol=1e-6)
    assert np.allclose(shrunk(np.eye(28)), np.eye(28))
    wide = shrunk(np.ones((140, 280)))
    assert frame_of(wide) == (0, 7, 28, 21)


def test_centring_costs_little() -> None:
    ink = field(slice(20, 250), slice(60, 200))
    count = calls_of(lambda: centred(ink))
    assert count < 400
