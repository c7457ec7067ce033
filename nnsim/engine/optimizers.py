"""How a gradient becomes an update: one loop over one flat vector.

``m`` holds the velocity of ``momentum`` and ``nesterov`` and the first moment of ``adam``, ``v`` the
mean square of ``rmsprop`` and the second moment of ``adam``. `mask` is 0 where a parameter may not
change. `count` is the number of updates so far, this one included.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.model.training import Optimizer

Vector = NDArray[np.floating[Any]]
Update = Callable[[Optimizer, Vector, Vector, Vector, Vector, Vector, int], None]


def sgd(
    settings: Optimizer, theta: Vector, g: Vector, m: Vector, v: Vector, mask: Vector, count: int
) -> None:
    """``w ← w − η g``"""
    theta -= settings.learning_rate * (g * mask)


def momentum(
    settings: Optimizer, theta: Vector, g: Vector, m: Vector, v: Vector, mask: Vector, count: int
) -> None:
    """``v ← μ v − η g; w ← w + v`` (Polyak, 1964)"""
    m *= settings.momentum
    m -= settings.learning_rate * (g * mask)
    theta += m


def nesterov(
    settings: Optimizer, theta: Vector, g: Vector, m: Vector, v: Vector, mask: Vector, count: int
) -> None:
    """``v ← μ v − η g; w ← w + μ v − η g`` (Nesterov, 1983, in the form of Sutskever et al., 2013)"""
    step = settings.learning_rate * (g * mask)
    m *= settings.momentum
    m -= step
    theta += settings.momentum * m - step


def rmsprop(
    settings: Optimizer, theta: Vector, g: Vector, m: Vector, v: Vector, mask: Vector, count: int
) -> None:
    """``s ← ρ s + (1 − ρ) g²; w ← w − η g / √(s + ε)`` (Tieleman and Hinton, 2012)"""
    g = g * mask
    v *= settings.rho
    v += (1.0 - settings.rho) * g * g
    theta -= settings.learning_rate * g / np.sqrt(v + settings.epsilon)


def adam(
    settings: Optimizer, theta: Vector, g: Vector, m: Vector, v: Vector, mask: Vector, count: int
) -> None:
    """``w ← w − η m̂ / (√v̂ + ε)`` with moments corrected for their start at 0 (Kingma and Ba, 2015)"""
    g = g * mask
    m *= settings.beta1
    m += (1.0 - settings.beta1) * g
    v *= settings.beta2
    v += (1.0 - settings.beta2) * g * g
    first = m / (1.0 - settings.beta1**count)
    second = v / (1.0 - settings.beta2**count)
    theta -= settings.learning_rate * first / (np.sqrt(second) + settings.epsilon)


UPDATES: dict[str, Update] = {
    "sgd": sgd,
    "momentum": momentum,
    "nesterov": nesterov,
    "rmsprop": rmsprop,
    "adam": adam,
}
