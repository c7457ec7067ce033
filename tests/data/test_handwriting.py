"""Generated digits look like MNIST's in what can be counted, and are the same for the same seed."""

import numpy as np
import pytest

from nnsim.data.centring import BOX, frame_of
from nnsim.data.digits import load_digits
from nnsim.data.handwriting import generate
from nnsim.data.handwriting.generate import BLOCK
from nnsim.data.handwriting.skeletons import SKELETONS
from nnsim.data.handwriting.writing import POINTS, alphabet
from nnsim.model.data import DigitsData
from tests.counting import calls_of


def test_skeletons_are_sound() -> None:
    assert len(SKELETONS) == 10
    for ways in SKELETONS:
        for way in ways:
            assert way.weight > 0
            points = [point for stroke in way.strokes for point in stroke]
            assert all(0 <= x <= 1.2 and 0 <= y <= 1.0 for x, y in points)
            assert 0.85 <= max(y for _, y in points) - min(y for _, y in points) <= 1.0


def test_splines_pass_through_their_points_and_spread_ink_evenly() -> None:
    letters = alphabet()
    ways = [way for ways in SKELETONS for way in ways]
    assert len(letters.control) == len(ways)
    assert np.allclose(letters.weights.sum(axis=2), 1.0, atol=1e-5)
    paths = letters.weights @ letters.control
    assert paths.shape == (len(ways), POINTS, 2)
    for way, path, joined in zip(ways, paths, letters.joined, strict=True):
        for stroke in way.strokes:
            for point in stroke:
                assert np.hypot(*(path - point).T).min() < 0.05
        assert (joined == 0).sum() == len(way.strokes) - 1
        steps = np.hypot(*np.diff(path, axis=0).T)[joined == 1]
        assert steps.max() < 1.6 * steps.mean()


def test_shape_and_balance() -> None:
    x, y = generate(2 * BLOCK, 1)
    assert x.shape == (2 * BLOCK, 28, 28)
    assert x.dtype == y.dtype == np.uint8
    assert np.bincount(y).tolist() == [2 * BLOCK // 10] * 10
    assert len({image.tobytes() for image in x}) == len(x)


def test_the_seed_decides_and_fewer_are_the_first_of_more() -> None:
    x, y = generate(BLOCK + 40, 5)
    for samples in (1, 40, BLOCK, BLOCK + 7):
        again_x, again_y = generate(samples, 5)
        assert np.array_equal(again_y, y[:samples])
        # The product that draws may round differently in another shape.
        assert np.abs(again_x.astype(int) - x[:samples]).max() <= 1
    assert not np.array_equal(generate(50, 6)[0], x[:50])
    assert not np.array_equal(generate(50, 5, stream=1)[0], x[:50])
    assert generate(0, 1)[0].shape == (0, 28, 28)


def test_digits_look_like_mnists() -> None:
    x, _ = generate(1000, 2)
    ink = x / 255.0
    # MNIST: 0.131 on average, 81 % of the pixels empty, full ink in every image.
    assert ink.mean() == pytest.approx(0.131, abs=0.015)
    assert (x == 0).mean() == pytest.approx(0.81, abs=0.02)
    assert (x.max(axis=(1, 2)) > 250).all()
    frames = [frame_of(image) for image in ink]
    assert np.mean([max(right - left, bottom - top) == BOX for left, top, right, bottom in frames]) > 0.98
    place = np.arange(28)
    mass = ink.sum(axis=(1, 2))
    for axis in (1, 2):
        centre = ink.sum(axis=axis) @ place / mass
        assert np.quantile(np.abs(centre - 14.0), 0.99) <= 0.51


def test_a_block_is_written_at_once() -> None:
    generate(BLOCK, 1)
    count = calls_of(lambda: generate(4 * BLOCK, 3))
    assert count < 12_000


def test_labels_say_what_is_drawn() -> None:
    data = load_digits(DigitsData("generated", 1500, seed=7))
    labels, expected = data.y.argmax(axis=1), data.validation_y.argmax(axis=1)
    means = np.array([data.x[labels == digit].mean(axis=0) for digit in range(10)])
    distance = ((data.validation_x[:, None] - means) ** 2).sum(axis=2)
    answer = distance.argmin(axis=1)
    # The nearest of ten mean images reads 82 % of MNIST.
    assert (answer == expected).mean() > 0.6
    for digit in range(10):
        assert (answer[expected == digit] == digit).mean() > 0.3
