"""Surfaces: the functions at points worked by hand, and noise on the targets only."""

import numpy as np
import pytest

from nnsim.data.surfaces import surface
from nnsim.model.data import SURFACE_INPUTS, SURFACES

FORMULAS = {
    "line": lambda x: 0.7 * x + 0.2,
    "parabola": lambda x: 2 * x * x - 1,
    "sine": lambda x: np.sin(np.pi * x),
    "plane": lambda x, y: 0.6 * x - 0.4 * y,
    "gaussian": lambda x, y: np.exp(-4 * (x * x + y * y)),
    "saddle": lambda x, y: x * x - y * y,
}


@pytest.mark.parametrize("name", SURFACES)
def test_without_noise_targets_are_the_function(name: str) -> None:
    x, y = surface(name, 200, 0.0, 1)
    assert x.shape == (200, SURFACE_INPUTS[name])
    assert y.shape == (200, 1)
    assert x.dtype == y.dtype == np.float32
    assert np.abs(x).max() <= 1.0
    assert np.abs(y).max() <= 1.0
    assert np.allclose(y[:, 0], FORMULAS[name](*x.T), atol=1e-6)


@pytest.mark.parametrize("name", SURFACES)
def test_noise_is_on_the_targets_only_and_seeded(name: str) -> None:
    clean_x, clean_y = surface(name, 4000, 0.0, 1)
    x, y = surface(name, 4000, 0.2, 1)
    assert np.array_equal(x, clean_x)
    assert (y - clean_y).std() == pytest.approx(0.2, abs=0.01)
    assert np.array_equal(y, surface(name, 4000, 0.2, 1)[1])
    assert not np.array_equal(x, surface(name, 4000, 0.2, 2)[0])
