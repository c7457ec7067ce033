"""Noisy samples of functions of one or two inputs, for regression.

Inputs lie in [-1, 1], targets without noise in [-1, 1] too.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Array32
from nnsim.model.data import SURFACE_INPUTS

Points = NDArray[np.float64]

_SURFACES: dict[str, Callable[[Points], Points]] = {
    "line": lambda x: 0.7 * x[:, 0] + 0.2,
    "parabola": lambda x: 2 * x[:, 0] ** 2 - 1,
    "sine": lambda x: np.sin(np.pi * x[:, 0]),
    "plane": lambda x: 0.6 * x[:, 0] - 0.4 * x[:, 1],
    "gaussian": lambda x: np.exp(-4 * (x[:, 0] ** 2 + x[:, 1] ** 2)),
    "saddle": lambda x: x[:, 0] ** 2 - x[:, 1] ** 2,
}


def surface(name: str, samples: int, noise: float, seed: int) -> tuple[Array32, Array32]:
    """Draw samples of a function.

    Parameters
    ----------
    name : str
        One of :data:`nnsim.model.data.SURFACES`.
    samples : int
    noise : float
        Standard deviation of the Gaussian added to the targets.
    seed : int

    Returns
    -------
    x : array of float32, shape (samples, 1 or 2)
    y : array of float32, shape (samples, 1)
    """
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1.0, 1.0, (samples, SURFACE_INPUTS[name]))
    y = _SURFACES[name](x) + noise * rng.standard_normal(samples)
    return x.astype(np.float32), y.astype(np.float32)[:, None]
