"""Every kind of data becomes arrays of the promised shapes, split as the training says."""

import numpy as np
import pytest

from nnsim.data import load
from nnsim.model.data import GATES, Data, GateData, SurfaceData, TableData, ToyData, data_shape
from nnsim.model.training import Training

ONE_HOT = TableData(((0.0,), (1.0,), (2.0,)), ((1.0, 0.0), (0.0, 1.0), (0.0, 1.0)))


@pytest.mark.parametrize(
    ("gate", "targets"),
    [("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1]), ("nand", [1, 1, 1, 0]), ("xor", [0, 1, 1, 0])],
)
def test_gates(gate: str, targets: list[int]) -> None:
    dataset = load(GateData(gate), Training())
    assert dataset.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert dataset.y[:, 0].tolist() == targets


def test_every_gate_is_tried() -> None:
    assert set(GATES) == {"and", "or", "nand", "xor"}


@pytest.mark.parametrize(
    ("data", "task", "classes"),
    [
        (GateData(), "binary", ("0", "1")),
        (ToyData(), "binary", ("0", "1")),
        (SurfaceData("sine"), "regression", ()),
        (SurfaceData("saddle"), "regression", ()),
        (TableData(((1.0,),), ((0.0,),)), "binary", ("0", "1")),
        (ONE_HOT, "multiclass", ("0", "1")),
        (TableData(((1.0,),), ((0.5, 2.0),), "regression"), "regression", ()),
    ],
)
def test_task_and_shape(data: Data, task: str, classes: tuple[str, ...]) -> None:
    dataset = load(data, Training())
    assert (dataset.task, dataset.classes) == (task, classes)
    assert (dataset.features, dataset.outputs) == data_shape(data)
    assert dataset.x.dtype == dataset.y.dtype == np.float32
    assert dataset.validation_x.shape == (0, dataset.features)
    assert dataset.validation_y.shape == (0, dataset.outputs)


def test_table_rows_keep_their_order() -> None:
    assert load(ONE_HOT, Training()).x[:, 0].tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("samples", "share", "kept_back"),
    [(100, 0.3, 30), (10, 0.25, 2), (3, 0.5, 2), (2, 0.9, 1), (3, 0.1, 0)],
)
def test_split_rounds_to_whole_samples_and_leaves_one_for_training(
    samples: int, share: float, kept_back: int
) -> None:
    dataset = load(ToyData(samples=samples), Training(validation_split=share))
    assert len(dataset.validation_x) == len(dataset.validation_y) == kept_back
    assert dataset.samples == samples - kept_back


def test_split_parts_are_the_whole_and_keep_x_with_y() -> None:
    data = TableData(
        tuple((float(i),) for i in range(20)), tuple((float(i),) for i in range(20)), "regression"
    )
    dataset = load(data, Training(validation_split=0.4))
    assert np.array_equal(dataset.x, dataset.y)
    assert np.array_equal(dataset.validation_x, dataset.validation_y)
    parts = [dataset.x[:, 0].tolist(), dataset.validation_x[:, 0].tolist()]
    assert sorted(parts[0] + parts[1]) == list(range(20))
    assert [sorted(part) for part in parts] == parts


def test_split_follows_the_training_seed_and_the_points_follow_their_own() -> None:
    first, again, other = (load(ToyData(), Training(validation_split=0.5, seed=seed)) for seed in (1, 1, 2))
    assert np.array_equal(first.x, again.x)
    assert not np.array_equal(first.x, other.x)

    def points(dataset: object) -> set[tuple[float, ...]]:
        return set(map(tuple, np.concatenate((dataset.x, dataset.validation_x)).tolist()))  # type: ignore[attr-defined]

    assert points(first) == points(other)
