"""What the network says all over its input space, not only at the samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Dataset
from nnsim.engine.trainer import Trainer

Array = NDArray[np.floating[Any]]
RESOLUTION = 96
CURVE_POINTS = 241
_MARGIN = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """A grid over one or two inputs, a little wider than the samples.

    Attributes
    ----------
    low, high : tuple of float
        Ends of each input's range.
    points : array of float32, shape (n, inputs)
        For two inputs row by row, the first input running fastest.
    """

    low: tuple[float, ...]
    high: tuple[float, ...]
    points: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Activations of every unit over a domain.

    Attributes
    ----------
    domain : Domain
    layers : tuple of arrays
        For each layer (units, n, n), the first input running along the last axis; for one input
        (units, n).
    """

    domain: Domain
    layers: tuple[Array, ...]


def domain_of(dataset: Dataset) -> Domain | None:
    """The grid for a dataset of one or two inputs; None for more, where no picture shows it all."""
    if dataset.features > 2:
        return None
    samples = np.concatenate([dataset.x, dataset.validation_x])
    low, high = samples.min(axis=0), samples.max(axis=0)
    margin = _MARGIN * np.maximum(high - low, 1e-3) / (1.0 if dataset.samples <= 4 else 2.0)
    low, high = low - margin, high + margin
    ends = (tuple(map(float, low)), tuple(map(float, high)))
    if dataset.features == 1:
        return Domain(*ends, np.linspace(low, high, CURVE_POINTS, dtype=np.float32).reshape(-1, 1))
    axes = [np.linspace(low[i], high[i], RESOLUTION, dtype=np.float32) for i in (0, 1)]
    first, second = np.meshgrid(*axes)
    return Domain(*ends, np.column_stack([first.ravel(), second.ravel()]))


def field_over(domain: Domain, trainer: Trainer) -> Field:
    """Run the whole grid through the network."""
    shape = (RESOLUTION, RESOLUTION) if len(domain.low) == 2 else (CURVE_POINTS,)
    outputs = trainer.layer_outputs(domain.points)
    return Field(domain, tuple(np.ascontiguousarray(a.T).reshape(-1, *shape) for a in outputs))
