"""Shapes: seeded, within [0, 1], in balance, each one what its name promises, and shuffled by one order."""

import numpy as np
import pytest

from nnsim.data.load import load
from nnsim.data.shapes import pixel_order, shapes
from nnsim.model.data import SHAPE_NAMES, SHAPE_SIDE, ShapesData, data_from_json, data_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.training import Training


def of_class(name: str, noise: float = 0.0) -> np.ndarray:
    x, y = shapes(400, noise, 1)
    return x[y.argmax(axis=1) == SHAPE_NAMES.index(name)].reshape(-1, SHAPE_SIDE, SHAPE_SIDE)


def middles(images: np.ndarray) -> np.ndarray:
    """Centre of the ink of each image, (down, across), from the middle of the picture."""
    steps = np.arange(SHAPE_SIDE) - (SHAPE_SIDE - 1) / 2
    down, across = images.sum(axis=2) @ steps, images.sum(axis=1) @ steps
    return np.stack((down, across), axis=1) / images.sum(axis=(1, 2))[:, None]


def test_a_seed_means_the_same_pictures_and_another_seed_others():
    x, y = shapes(50, 0.1, 3)
    assert x.dtype == y.dtype == np.float32
    assert np.array_equal(x, shapes(50, 0.1, 3)[0])
    assert np.array_equal(y, shapes(50, 0.1, 3)[1])
    assert not np.array_equal(x, shapes(50, 0.1, 4)[0])


@pytest.mark.parametrize("noise", [0.0, 0.1, 1.0])
def test_brightness_stays_between_nothing_and_all(noise):
    x, _ = shapes(200, noise, 1)
    assert x.shape == (200, SHAPE_SIDE**2)
    assert x.min() == 0.0
    # Thin ink that lies between two pixels fills neither.
    assert 0.9 < x.max() <= 1.0


@pytest.mark.parametrize("samples", [4, 399, 400])
def test_each_shape_is_as_frequent_as_the_count_allows(samples):
    _, y = shapes(samples, 0.1, 1)
    assert (y.sum(axis=1) == 1).all()
    assert np.ptp(y.sum(axis=0)) <= 1
    assert set(y.ravel()) == {0.0, 1.0}


def test_noise_lies_on_the_same_shapes():
    clean, noisy = shapes(200, 0.0, 1)[0], shapes(200, 0.1, 1)[0]
    inside = (clean > 0.4) & (clean < 0.6)
    # Five standard deviations from the ends nothing is cut off.
    assert (noisy - clean)[inside].std() == pytest.approx(0.1, abs=0.01)


def test_edges_are_soft():
    x, _ = shapes(200, 0.0, 1)
    between = (x > 0.05) & (x < 0.95)
    assert between.sum() > 0.2 * (x > 0.0).sum()


@pytest.mark.parametrize("name", SHAPE_NAMES)
def test_shapes_are_shifted_and_nothing_is_cut_off_at_the_edges(name):
    images = of_class(name)
    centre = middles(images)
    # A shift evenly within 1.5 to either side has a standard deviation of 3/√12 ≈ 0.87.
    assert (centre.std(axis=0) > 0.6).all()
    assert (np.abs(centre.mean(axis=0)) < 0.3).all()
    edge = np.ones((SHAPE_SIDE, SHAPE_SIDE), bool)
    edge[1:-1, 1:-1] = False
    assert images[:, edge].sum() < 0.1 * images.sum()


def test_a_circle_is_empty_in_its_middle_and_a_cross_is_not():
    for name, low, high in (("circle", 0.0, 0.05), ("cross", 0.6, 1.0)):
        images = of_class(name)
        at = np.rint(middles(images) + (SHAPE_SIDE - 1) / 2).astype(int)
        assert low <= np.mean(images[np.arange(len(images)), at[:, 0], at[:, 1]]) <= high, name


def test_a_line_is_long_one_way_and_a_corner_leaves_one_quarter_dark():
    for image in of_class("line"):
        rows, columns = image.max(axis=1).sum(), image.max(axis=0).sum()
        assert max(rows, columns) > 2 * min(rows, columns)
    for image in of_class("corner"):
        rows, columns = np.flatnonzero(image.max(axis=1) > 0.5), np.flatnonzero(image.max(axis=0) > 0.5)
        box = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        half = len(box) // 2, len(box.T) // 2
        quarters = [box[: half[0], : half[1]], box[: half[0], -half[1] :]]
        quarters += [box[-half[0] :, : half[1]], box[-half[0] :, -half[1] :]]
        assert sorted(part.mean() for part in quarters)[0] < 0.15


def test_shuffled_pixels_are_the_same_ones_in_one_order_for_all():
    x, y = shapes(40, 0.1, 1)
    mixed, same = shapes(40, 0.1, 1, shuffled=True)
    order = pixel_order()
    assert sorted(order) == list(range(SHAPE_SIDE**2))
    assert np.array_equal(mixed, x[:, order])
    assert np.array_equal(y, same)
    assert np.array_equal(shapes(40, 0.1, 2, shuffled=True)[0], shapes(40, 0.1, 2)[0][:, order])


def test_neighbours_are_torn_apart():
    places = np.stack(np.divmod(pixel_order(), SHAPE_SIDE), axis=1).reshape(SHAPE_SIDE, SHAPE_SIDE, 2)
    apart = np.hypot(*(places[:, 1:] - places[:, :-1]).transpose(2, 0, 1))
    # Two places drawn at random are about half a side apart.
    assert apart.mean() > 5.0


def test_they_load_by_their_names_and_split_like_other_data():
    data = load(ShapesData(samples=40), Training(validation_split=0.25))
    assert data.task == "multiclass"
    assert data.classes == SHAPE_NAMES == ("line", "cross", "circle", "corner")
    assert data.x.shape == (30, 144)
    assert data.validation_x.shape == (10, 144)


def test_the_description_is_read_back():
    for data in (ShapesData(), ShapesData(80, 0.25, 7, shuffled=True)):
        assert data_from_json(data_to_json(data)) == data
    assert data_from_json({"kind": "shapes"}) == ShapesData(400, 0.1, 1, shuffled=False)


@pytest.mark.parametrize(
    ("field", "value"), [("samples", 3), ("samples", 10_001), ("noise", 1.5), ("shuffled", 1), ("side", 12)]
)
def test_what_does_not_fit_is_refused_by_name(field, value):
    with pytest.raises(DocumentError, match=field):
        data_from_json({"kind": "shapes", field: value})
