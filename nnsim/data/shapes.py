"""Small pictures of four shapes, drawn with soft edges: a line, a cross, a circle, a corner.

A shape is where a pixel lies within half a stroke of it; its ink fades over one pixel, so that it may
stand, turn and shift by fractions of one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Array32
from nnsim.model.data import SHAPE_NAMES, SHAPE_SIDE

Floats = NDArray[np.float64]

STROKE = 1.2
"""Thickness of the ink, in pixels."""
SHIFT = 1.5
"""Pixels that a shape may stand away from the middle, along each axis."""
TURN = 12.0
"""Degrees that it may be turned to either side of upright."""
_REACH = 3.2, 4.4
# Kept apart from the random numbers that the same seed gives the shapes: one order of pixels for all data.
_ORDER_SEED = 12


def shapes(samples: int, noise: float, seed: int, *, shuffled: bool = False) -> tuple[Array32, Array32]:
    """Draw shapes.

    Parameters
    ----------
    samples : int
    noise : float
        Standard deviation of the Gaussian added to every pixel; brightness stays within [0, 1].
    seed : int
        The same seed gives the same shapes; more noise changes the same pixels further.
    shuffled : bool
        Whether all pixels stand in another order, the one of :func:`pixel_order`.

    Returns
    -------
    x : array of float32, shape (samples, 144)
        Rows of pixels, bright ink on 0.
    y : array of float32, shape (samples, 4)
        One-hot, in the order of :data:`nnsim.model.data.SHAPE_NAMES`, each as often as the count allows.
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(samples) % len(SHAPE_NAMES))
    across, down = _places(samples, rng)
    reach = rng.uniform(*_REACH, samples)[:, None]
    away = np.empty_like(across)
    for label, name in enumerate(SHAPE_NAMES):
        of_it = labels == label
        away[of_it] = _DISTANCES[name](across[of_it], down[of_it], reach[of_it])
    ink = np.clip((STROKE + 1.0) / 2.0 - away, 0.0, 1.0)
    x = np.clip(ink + noise * rng.standard_normal(ink.shape), 0.0, 1.0).astype(np.float32)
    return x[:, pixel_order()] if shuffled else x, np.eye(len(SHAPE_NAMES), dtype=np.float32)[labels]


def pixel_order() -> NDArray[np.int64]:
    """The one fixed order for shuffled pixels: which pixel stands at each place, shape (144,)."""
    return np.random.default_rng(_ORDER_SEED).permutation(SHAPE_SIDE**2)


def _places(samples: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Where each pixel's middle lies as each shape sees it, shifted and turned: two arrays (samples, 144)."""
    steps = np.arange(SHAPE_SIDE) - (SHAPE_SIDE - 1) / 2
    shift = rng.uniform(-SHIFT, SHIFT, (2, samples, 1))
    across, down = np.tile(steps, SHAPE_SIDE) - shift[0], np.repeat(steps, SHAPE_SIDE) - shift[1]
    quarters = rng.integers(0, 4, (samples, 1))
    angle = np.radians(90.0 * quarters + rng.uniform(-TURN, TURN, (samples, 1)))
    return np.cos(angle) * across + np.sin(angle) * down, np.cos(angle) * down - np.sin(angle) * across


def _bar(across: Floats, down: Floats, start: Floats | float, end: Floats | float) -> Floats:
    """Distance from a straight stroke along the first axis."""
    return np.asarray(np.hypot(across - np.clip(across, start, end), down))


def _line(across: Floats, down: Floats, reach: Floats) -> Floats:
    return _bar(across, down, -reach, reach)


def _cross(across: Floats, down: Floats, reach: Floats) -> Floats:
    return np.minimum(_bar(across, down, -reach, reach), _bar(down, across, -reach, reach))


def _circle(across: Floats, down: Floats, reach: Floats) -> Floats:
    return np.abs(np.hypot(across, down) - 0.85 * reach)


def _corner(across: Floats, down: Floats, reach: Floats) -> Floats:
    """Two strokes that meet at a right angle, in a corner of the square around them."""
    across, down, length = across + 0.7 * reach, down + 0.7 * reach, 1.5 * reach
    return np.minimum(_bar(across, down, 0.0, length), _bar(down, across, 0.0, length))


_DISTANCES: dict[str, Callable[[Floats, Floats, Floats], Floats]] = {
    "line": _line,
    "cross": _cross,
    "circle": _circle,
    "corner": _corner,
}
