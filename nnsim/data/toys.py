"""Points of two classes in the plane, for seeing a decision boundary bend.

Every toy lies within [-1, 1] on both axes before noise is added; noise is the standard deviation
of a Gaussian added to both coordinates. Classes are as equal in number as the count allows.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Array32

Points = NDArray[np.float64]
Labels = NDArray[np.int64]

SPIRAL_TURNS = 1.25
BLOB_CENTRE = 0.5
BLOB_SPREAD = 0.12
BOARD_CELLS = 4


def toy(name: str, samples: int, noise: float, seed: int) -> tuple[Array32, Array32]:
    """Draw the points of a toy.

    Parameters
    ----------
    name : str
        One of :data:`nnsim.model.data.TOYS`.
    samples : int
    noise : float
        Standard deviation, in the units of the axes.
    seed : int
        The same seed gives the same points; more noise moves the same points further.

    Returns
    -------
    x : array of float32, shape (samples, 2)
    y : array of float32, shape (samples, 1)
        0 or 1, by turns.
    """
    rng = np.random.default_rng(seed)
    labels = np.arange(samples) % 2
    clean = _TOYS[name](labels, rng)
    x = clean + noise * rng.standard_normal(clean.shape)
    return x.astype(np.float32), labels.astype(np.float32)[:, None]


def _polar(radius: Points, angle: Points) -> Points:
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def _circles(labels: Labels, rng: np.random.Generator) -> Points:
    """A ring (class 0) around a disc (class 1)."""
    angle = rng.uniform(0.0, 2 * np.pi, labels.size)
    # The root spreads the points evenly over the disc's area.
    radius = np.where(
        labels == 1, 0.45 * np.sqrt(rng.random(labels.size)), rng.uniform(0.75, 1.0, labels.size)
    )
    return _polar(radius, angle)


def _moons(labels: Labels, rng: np.random.Generator) -> Points:
    """Two half circles that reach into each other."""
    angle = rng.uniform(0.0, np.pi, labels.size)
    upper = np.column_stack((np.cos(angle), np.sin(angle)))
    lower = np.column_stack((1.0 - np.cos(angle), 0.5 - np.sin(angle)))
    # Together they span [-1, 2] x [-0.5, 1].
    return (np.where(labels[:, None] == 1, lower, upper) - (0.5, 0.25)) / 1.5


def _spirals(labels: Labels, rng: np.random.Generator) -> Points:
    """Two arms that wind around each other, half a turn apart."""
    radius = rng.uniform(0.05, 1.0, labels.size)
    return _polar(radius, 2 * np.pi * SPIRAL_TURNS * radius + np.pi * labels)


def _blobs(labels: Labels, rng: np.random.Generator) -> Points:
    """One cloud for each class, in opposite corners."""
    centre = np.where(labels == 1, BLOB_CENTRE, -BLOB_CENTRE)[:, None]
    return np.clip(centre + BLOB_SPREAD * rng.standard_normal((labels.size, 2)), -1.0, 1.0)


def _checkerboard(labels: Labels, rng: np.random.Generator) -> Points:
    """A board of 4 x 4 cells; class 1 lies where column + row is odd."""
    row = rng.integers(0, BOARD_CELLS, labels.size)
    column = 2 * rng.integers(0, BOARD_CELLS // 2, labels.size) + (row + labels) % 2
    corner = np.column_stack((column, row))
    return (corner + rng.random((labels.size, 2))) * (2 / BOARD_CELLS) - 1.0


_TOYS: dict[str, Callable[[Labels, np.random.Generator], Points]] = {
    "circles": _circles,
    "moons": _moons,
    "spirals": _spirals,
    "blobs": _blobs,
    "checkerboard": _checkerboard,
}
