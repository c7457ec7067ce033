"""How a gradient becomes an update: one loop over one flat vector.

``m`` holds the velocity of ``momentum`` and ``nesterov`` and the first moment of ``adam``, ``v`` the
mean square of ``rmsprop`` and the second moment of ``adam``. `mask` is 0 where a parameter may not
change; a compiled update that is not `masked` does not read it. `count` is the number of updates so
far, this one included.
"""

from __future__ import annotations

import math
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


def clip(longest: float, g: Vector, mask: Vector) -> None:
    """``g ← g · c / ‖g‖`` where ‖g‖, over what may change, is more than c > 0 (Pascanu et al., 2013)"""
    if longest > 0:
        length = float(np.sqrt(np.sum((g * mask) ** 2)))
        if length > longest:
            g *= longest / length


RATE, MOMENTUM, RHO, BETA1, BETA2, EPSILON, MASKED, CLIP_NORM = range(8)
"""Places in the settings that a compiled update reads (float64)."""
ONE = np.float32(1)
ZERO = np.float32(0)
SMALLEST = np.float32(1.2e-38)
"""A decaying moment below this is denormal, slow to compute with, and of no effect: it becomes 0."""


def settings_vector(
    settings: Optimizer, clip_norm: float = 0.0, *, masked: bool = True
) -> NDArray[np.float64]:
    """The numbers of an optimiser in the order of their places, whether its mask is to be read, and how
    long a gradient may be."""
    numbers = (settings.momentum, settings.rho, settings.beta1, settings.beta2, settings.epsilon)
    return np.array((settings.learning_rate, *numbers, masked, clip_norm))


def sgd_kernel(theta, grad, m, v, mask, settings, count, size):  # type: ignore[no-untyped-def]
    """As :func:`sgd`."""
    rate = np.float32(settings[RATE])
    masked = settings[MASKED] != 0.0
    for i in range(size):
        g = grad[i] * mask[i] if masked else grad[i]
        theta[i] -= rate * g


def momentum_kernel(theta, grad, m, v, mask, settings, count, size):  # type: ignore[no-untyped-def]
    """As :func:`momentum`."""
    rate, kept = np.float32(settings[RATE]), np.float32(settings[MOMENTUM])
    masked = settings[MASKED] != 0.0
    for i in range(size):
        g = grad[i] * mask[i] if masked else grad[i]
        velocity = kept * m[i] - rate * g
        m[i] = ZERO if abs(velocity) < SMALLEST else velocity
        theta[i] += velocity


def nesterov_kernel(theta, grad, m, v, mask, settings, count, size):  # type: ignore[no-untyped-def]
    """As :func:`nesterov`."""
    rate, kept = np.float32(settings[RATE]), np.float32(settings[MOMENTUM])
    masked = settings[MASKED] != 0.0
    for i in range(size):
        g = grad[i] * mask[i] if masked else grad[i]
        step = rate * g
        velocity = kept * m[i] - step
        m[i] = ZERO if abs(velocity) < SMALLEST else velocity
        theta[i] += kept * velocity - step


def rmsprop_kernel(theta, grad, m, v, mask, settings, count, size):  # type: ignore[no-untyped-def]
    """As :func:`rmsprop`."""
    rate, kept = np.float32(settings[RATE]), np.float32(settings[RHO])
    epsilon = np.float32(settings[EPSILON])
    masked = settings[MASKED] != 0.0
    for i in range(size):
        g = grad[i] * mask[i] if masked else grad[i]
        square = kept * v[i] + (ONE - kept) * g * g
        v[i] = ZERO if square < SMALLEST else square
        theta[i] -= rate * g / np.sqrt(square + epsilon)


def adam_kernel(theta, grad, m, v, mask, settings, count, size):  # type: ignore[no-untyped-def]
    """As :func:`adam`; the corrections are taken out of the loop."""
    kept1, kept2 = np.float32(settings[BETA1]), np.float32(settings[BETA2])
    root = math.sqrt(1.0 - settings[BETA2] ** float(count))
    rate = np.float32(settings[RATE] * root / (1.0 - settings[BETA1] ** float(count)))
    epsilon = np.float32(settings[EPSILON] * root)
    rest1, rest2 = np.float32(1.0 - settings[BETA1]), np.float32(1.0 - settings[BETA2])
    masked = settings[MASKED] != 0.0
    for i in range(size):
        g = grad[i] * mask[i] if masked else grad[i]
        first = kept1 * m[i] + rest1 * g
        second = kept2 * v[i] + rest2 * g * g
        m[i] = ZERO if abs(first) < SMALLEST else first
        v[i] = ZERO if second < SMALLEST else second
        theta[i] -= rate * first / (np.sqrt(second) + epsilon)


def clip_kernel(theta, grad, m, v, mask, settings, count, size):  # type: ignore[no-untyped-def]
    """As :func:`clip`, before the update."""
    square, longest = 0.0, settings[CLIP_NORM]
    for i in range(size):
        g = grad[i] * mask[i]
        square += g * g
    length = math.sqrt(square)
    if length > longest:
        scale = np.float32(longest / length)
        for i in range(size):
            grad[i] *= scale


UPDATE_KERNELS = {
    "sgd": sgd_kernel,
    "momentum": momentum_kernel,
    "nesterov": nesterov_kernel,
    "rmsprop": rmsprop_kernel,
    "adam": adam_kernel,
}
