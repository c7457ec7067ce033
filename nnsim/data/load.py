"""From the description of the data to arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from nnsim.data.dataset import Array32, Dataset
from nnsim.data.digits import load_digits, preview_digits
from nnsim.data.gates import gate
from nnsim.data.shapes import shapes
from nnsim.data.surfaces import surface
from nnsim.data.toys import toy
from nnsim.model.data import (
    SHAPE_NAMES,
    Data,
    DigitsData,
    GateData,
    ShapesData,
    SurfaceData,
    TableData,
    ToyData,
)
from nnsim.model.training import Training

# Keeps the split's random numbers apart from those that the same seed gives initial weights.
_SPLIT_STREAM = 7


class _Samples(NamedTuple):
    x: Array32
    y: Array32
    task: str
    classes: tuple[str, ...] = ()


def _gate(data: GateData) -> _Samples:
    return _Samples(*gate(data.gate), "binary", ("0", "1"))


def _toy(data: ToyData) -> _Samples:
    return _Samples(*toy(data.name, data.samples, data.noise, data.seed), "binary", ("0", "1"))


def _surface(data: SurfaceData) -> _Samples:
    return _Samples(*surface(data.name, data.samples, data.noise, data.seed), "regression")


def _table(data: TableData) -> _Samples:
    x, y = np.array(data.x, np.float32), np.array(data.y, np.float32)
    if data.task == "regression":
        return _Samples(x, y, "regression")
    if y.shape[1] == 1:
        return _Samples(x, y, "binary", ("0", "1"))
    return _Samples(x, y, "multiclass", tuple(str(i) for i in range(y.shape[1])))


def _shapes(data: ShapesData) -> _Samples:
    x, y = shapes(data.samples, data.noise, data.seed, shuffled=data.shuffled)
    return _Samples(x, y, "multiclass", SHAPE_NAMES)


_LOADERS: dict[type, Callable[[Any], _Samples]] = {
    GateData: _gate,
    ToyData: _toy,
    SurfaceData: _surface,
    TableData: _table,
    ShapesData: _shapes,
}


def load(data: Data, training: Training) -> Dataset:
    """Make the samples that a document describes and split them.

    Parameters
    ----------
    data : Data
    training : Training
        Its `validation_split` is the share kept back, rounded to whole samples, chosen by its
        `seed`; at least one sample stays for training. Digits bring a test set instead.

    Returns
    -------
    Dataset
        Both parts in the order in which the samples were made.

    Raises
    ------
    DocumentError
        Where files of digits are missing or damaged.
    """
    if isinstance(data, DigitsData):
        return load_digits(data)
    x, y, task, classes = _LOADERS[type(data)](data)
    kept_back = _validation_mask(len(x), training)
    return Dataset(x[~kept_back], y[~kept_back], x[kept_back], y[kept_back], task, classes)


def is_slow(data: Data) -> bool:
    """Whether :func:`load` may take longer than a frame, so that a window should start with a preview."""
    return isinstance(data, DigitsData)


def preview(data: Data, training: Training) -> Dataset:
    """Some samples of the same kind, at once; all of them where :func:`is_slow` says no.

    Raises
    ------
    DocumentError
        As :func:`load`.
    """
    return preview_digits(data) if isinstance(data, DigitsData) else load(data, training)


def _validation_mask(samples: int, training: Training) -> np.ndarray[Any, np.dtype[np.bool_]]:
    count = min(round(samples * training.validation_split), samples - 1)
    rng = np.random.default_rng([training.seed, _SPLIT_STREAM])
    mask = np.zeros(samples, np.bool_)
    mask[rng.permutation(samples)[:count]] = True
    return mask
