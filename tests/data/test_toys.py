"""Toys: two classes in balance, inside [-1, 1], each with the shape its name promises."""

import numpy as np
import pytest

from nnsim.data.toys import toy
from nnsim.model.data import TOYS


@pytest.mark.parametrize("name", TOYS)
def test_without_noise_every_toy_lies_within_one_and_fills_most_of_it(name: str) -> None:
    x, y = toy(name, 501, 0.0, 1)
    assert x.shape == (501, 2)
    assert y.shape == (501, 1)
    assert x.dtype == y.dtype == np.float32
    assert np.abs(x).max() <= 1.0
    assert np.abs(x).max() > 0.7
    # 501 samples by turns: class 0 has one more.
    assert int(y.sum()) == 250


@pytest.mark.parametrize("name", TOYS)
def test_a_seed_means_the_same_points_and_another_seed_others(name: str) -> None:
    x, _ = toy(name, 40, 0.1, 3)
    assert np.array_equal(x, toy(name, 40, 0.1, 3)[0])
    assert not np.array_equal(x, toy(name, 40, 0.1, 4)[0])


@pytest.mark.parametrize("name", TOYS)
def test_noise_moves_the_same_points_by_its_standard_deviation(name: str) -> None:
    clean, noisy = toy(name, 4000, 0.0, 1)[0], toy(name, 4000, 0.1, 1)[0]
    # 8,000 draws: the estimate's own standard error is 0.1/√16000 ≈ 0.0008.
    assert (noisy - clean).std() == pytest.approx(0.1, abs=0.004)


def classes(name: str) -> tuple[np.ndarray, np.ndarray]:
    x, y = toy(name, 1000, 0.0, 1)
    return x[y[:, 0] == 0], x[y[:, 0] == 1]


def test_circles_are_a_ring_around_a_disc() -> None:
    ring, disc = (np.hypot(*part.T) for part in classes("circles"))
    assert disc.max() < 0.5 < 0.7 < ring.min()


def test_blobs_lie_on_either_side_of_the_diagonal() -> None:
    low, high = (part.sum(axis=1) for part in classes("blobs"))
    assert low.max() < high.min()


def test_moons_reach_into_each_other() -> None:
    upper, lower = classes("moons")
    # The upper moon's right end hangs below the lower moon's left end.
    assert upper[:, 1].min() < lower[:, 1].max()
    assert lower[:, 0].min() < upper[:, 0].max()


def test_spiral_arms_are_each_other_turned_by_half() -> None:
    # The angle along an arm grows with the radius, so unwinding leaves one direction for each class.
    for part, direction in zip(classes("spirals"), (1.0, -1.0), strict=True):
        radius = np.hypot(*part.T)
        unwound = np.arctan2(part[:, 1], part[:, 0]) - 2 * np.pi * 1.25 * radius
        assert np.allclose(np.cos(unwound), direction, atol=1e-4)


def test_checkerboard_cells_alternate() -> None:
    x, y = toy("checkerboard", 1000, 0.0, 1)
    column, row = np.floor((x + 1) * 2).astype(int).T
    assert ((column + row) % 2 == y[:, 0]).all()
    assert len(set(zip(column, row, strict=True))) == 16
