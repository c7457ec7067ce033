"""Digits changed at random: still digits, each its own way, the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from nnsim.data.augment import Variation, augmented

NOTHING = Variation(shift=0, scale=0, aspect=0, rotation=0, shear=0, elastic=0, thinner=0, thicker=0)


def only(**changes: float) -> Variation:
    """A variation in one respect."""
    return Variation(**{name: changes.get(name, 0.0) for name in Variation.__slots__})


def bars(n: int, *, width: int = 4) -> np.ndarray:
    """Images of one upright bar."""
    images = np.zeros((n, 28, 28), np.uint8)
    images[:, 6:22, 14 - width // 2 : 14 + width // 2] = 255
    return images


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("images", [bars(3), bars(3).astype(np.float32) / np.float32(255)])
def test_no_variation_changes_nothing(images):
    out = augmented(images, rng(), NOTHING)
    assert out.dtype == images.dtype
    assert out.shape == images.shape
    np.testing.assert_allclose(out, images, atol=1e-6)


def test_each_image_changes_in_its_own_way_and_the_original_stays():
    images = bars(40)
    out = augmented(images, rng())
    assert (images == bars(40)).all()
    assert len({image.tobytes() for image in out}) == 40


def test_the_same_seed_gives_the_same_images_in_bytes_and_in_numbers():
    images = bars(30)
    out = augmented(images, rng())
    assert (out == augmented(images, rng())).all()
    assert (out != augmented(images, rng(2))).any()
    numbers = augmented(images.astype(np.float32) / np.float32(255), rng())
    np.testing.assert_allclose(numbers * 255, out, atol=0.51)
    assert numbers.min() >= 0.0
    assert numbers.max() <= 1.0 + 1e-6


def test_shift_moves_the_ink_and_keeps_all_of_it():
    out = augmented(bars(500), rng(), only(shift=2.0)).astype(float)
    mass = out.sum((1, 2))
    np.testing.assert_allclose(mass, mass.mean(), rtol=0.01)
    columns = (out.sum(1) * np.arange(28)).sum(1) / mass
    assert np.abs(columns - 13.5).max() <= 2.0 + 0.01
    assert np.abs(columns - 13.5).max() > 1.8


def test_what_leaves_the_field_is_gone():
    edge = np.zeros((200, 28, 28), np.uint8)
    edge[:, :, 27] = 255
    out = augmented(edge, rng(), only(shift=3.0))
    assert (out.reshape(200, -1).max(1) == 0).any()
    # Nothing comes in again on the other side.
    assert out[:, :, :20].max() == 0


def test_rotation_leans_a_bar_to_both_sides_by_no_more_than_asked():
    out = augmented(bars(500, width=2), rng(), only(rotation=12.0)).astype(float)
    rows = np.arange(9, 19)
    middles = (out[:, rows] * np.arange(28)).sum(2) / out[:, rows].sum(2)
    slopes = np.degrees(np.arctan(np.polyfit(rows, middles.T, 1)[0]))
    assert 10.0 < slopes.max() < 12.5
    assert -12.5 < slopes.min() < -10.0


def test_scale_changes_both_sides_and_aspect_one_against_the_other():
    def sides(variation: Variation) -> np.ndarray:
        ink = augmented(bars(400, width=10), rng(), variation).astype(float) / 255
        return np.stack([ink[:, 14].sum(1) / 10, ink[:, :, 14].sum(1) / 16])

    wide, tall = sides(only(scale=0.15))
    assert (wide.min(), wide.max()) == pytest.approx((0.85, 1.15), abs=0.02)
    np.testing.assert_allclose(wide, tall, atol=0.03)
    wide, tall = sides(only(aspect=0.15))
    np.testing.assert_allclose(wide * tall, 1.0, atol=0.03)
    assert wide.max() > 1.05


def test_strokes_become_thinner_and_thicker():
    def width(variation: Variation) -> np.ndarray:
        return augmented(bars(400), rng(), variation)[:, 14].astype(float).sum(1) / 255

    assert (width(only(thicker=2.0)).min(), width(only(thicker=2.0)).max()) == pytest.approx((4, 8), abs=0.1)
    assert (width(only(thinner=1.0)).min(), width(only(thinner=1.0)).max()) == pytest.approx((2, 4), abs=0.1)


def test_elastic_bends_smoothly():
    out = augmented(bars(100), rng(), only(elastic=1.0)).astype(float)
    assert np.abs(out - bars(1)).max() > 100
    # Still a bar: every row of its middle has its four pixels of ink, or nearly, and follows the one before.
    ink = out[:, 9:19]
    assert ink.sum(2).min() > 2.5 * 255
    middles = (ink * np.arange(28)).sum(2) / ink.sum(2)
    assert np.abs(np.diff(middles, axis=1)).max() < 0.7


def test_no_images_and_more_than_fit_in_one_go():
    assert augmented(bars(0), rng()).shape == (0, 28, 28)
    assert augmented(bars(1_001), rng())[1_000].any()
