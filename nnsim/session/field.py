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
COARSEST = 16
CURVE_POINTS = 241
AFFORDABLE = 100_000_000
"""Points times parameters up to which a grid is as fine as it can be."""
MOST_UNITS = 1000
"""Of a larger layer no maps are kept: its units are not drawn one by one."""
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
    layers : tuple of (array or None)
        For each layer (units, n, n), the first input running along the last axis; for one input
        (units, n). None for a layer of more than :data:`MOST_UNITS`; never for the last one.
    """

    domain: Domain
    layers: tuple[Array | None, ...]

    @property
    def answer(self) -> Array:
        """The last layer's."""
        answer = self.layers[-1]
        assert answer is not None
        return answer


def domain_of(dataset: Dataset, parameters: int = 0) -> Domain | None:
    """The grid for a dataset of one or two inputs; None for more, where no picture shows it all.

    Parameters
    ----------
    dataset : Dataset
    parameters : int
        Of the network that is to be run over it: the more it has, the coarser the grid.
    """
    if dataset.features > 2:
        return None
    samples = np.concatenate([dataset.x, dataset.validation_x])
    low, high = samples.min(axis=0), samples.max(axis=0)
    margin = _MARGIN * np.maximum(high - low, 1e-3) / (1.0 if dataset.samples <= 4 else 2.0)
    low, high = low - margin, high + margin
    ends = (tuple(map(float, low)), tuple(map(float, high)))
    if dataset.features == 1:
        return Domain(*ends, np.linspace(low, high, CURVE_POINTS, dtype=np.float32).reshape(-1, 1))
    points = int((AFFORDABLE / max(parameters, 1)) ** 0.5)
    resolution = min(max(points, COARSEST), RESOLUTION)
    axes = [np.linspace(low[i], high[i], resolution, dtype=np.float32) for i in (0, 1)]
    first, second = np.meshgrid(*axes)
    return Domain(*ends, np.column_stack([first.ravel(), second.ravel()]))


def field_over(domain: Domain, trainer: Trainer) -> Field:
    """Run the whole grid through the network."""
    points = len(domain.points)
    shape = (points,) if len(domain.low) == 1 else (round(points**0.5),) * 2
    shapes = trainer.document.network.shapes
    kept = [i for i, each in enumerate(shapes) if each.size <= MOST_UNITS or i == len(shapes) - 1]
    outputs = dict(zip(kept, trainer.layer_outputs(domain.points, kept), strict=True))
    maps = {i: np.ascontiguousarray(a.T).reshape(-1, *shape) for i, a in outputs.items()}
    return Field(domain, tuple(maps.get(i) for i in range(len(shapes))))
