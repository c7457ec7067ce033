"""``y = x m / (1 − p)`` with a mask m of ones and zeros (Srivastava et al., 2014).

The mask comes from a counter: a hash of seed, step, layer and index. So both engines, the lesson, undo
and a replay see the same one, and nothing needs to remember it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.ops.operation import (
    ATTRIBUTES,
    PREDICTION,
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    TARGET_2,
    Matrix,
    Op,
    Operation,
    kept,
    put_gradient,
    real,
)
from nnsim.engine.shuffle import GAMMA, MIX_1, MIX_2

RATE, SEED, LAYER = ATTRIBUTES, ATTRIBUTES + 1, ATTRIBUTES + 2
CLOCK = PREDICTION
ZERO, ONE = np.float32(0), np.float32(1)
STEP_STRIDE, LAYER_STRIDE = 0xD1342543DE82EF95, 0xAF251AF3B0F025B5
"""Odd numbers that keep steps and layers far apart."""
CLOCK_RADIX = 1 << 24
"""A step number is told in two parts, each of which a float32 holds."""
_GAMMA, _MIX_1, _MIX_2 = np.uint64(GAMMA), np.uint64(MIX_1), np.uint64(MIX_2)
_STEP, _LAYER = np.uint64(STEP_STRIDE), np.uint64(LAYER_STRIDE)
UNIT = 1.0 / (1 << 24)


class Chance(NamedTuple):
    """Attributes: the rate p, and where the hash begins."""

    rate: float
    seed: int
    layer: int


def clock_numbers(step: int) -> tuple[int, int]:
    """A step number as the clock tells it: its last 24 bits, and those above."""
    return step % CLOCK_RADIX, step // CLOCK_RADIX


def mask(chance: Chance, step: int, size: int) -> NDArray[np.float64]:
    """What each of `size` numbers is multiplied by at a step: 0 or 1 / (1 − p)."""
    start = (chance.seed * GAMMA + step * STEP_STRIDE + chance.layer * LAYER_STRIDE) % (1 << 64)
    with np.errstate(over="ignore"):
        z = np.uint64(start) + np.arange(1, size + 1, dtype=np.uint64) * _GAMMA
        z = (z ^ (z >> np.uint64(30))) * _MIX_1
        z = (z ^ (z >> np.uint64(27))) * _MIX_2
    drawn = ((z ^ (z >> np.uint64(31))) >> np.uint64(40)) * UNIT
    return np.where(drawn < chance.rate, 0.0, 1.0 / (1.0 - chance.rate))


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """Draws the mask and applies it."""
    x, clock = values[op.source], values[op.beside[0]][0]
    step = int(clock[0]) + int(clock[1]) * CLOCK_RADIX
    drawn = mask(op.attributes, step, x.size).reshape(x.shape)
    values[op.writes[1]][...] = drawn
    values[op.target][...] = x * drawn


def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """``∂L/∂x = ∂L/∂y · m / (1 − p)``"""
    put_gradient(op, 0, dvalues, dvalues[op.target] * values[op.writes[1]])


def forward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward`."""
    x, y, drawn, rate = row[SOURCE], row[TARGET], row[TARGET_2], real(row[RATE])
    scale = np.float32(1.0 / (1.0 - rate))
    step = np.int64(values[row[CLOCK]]) + np.int64(values[row[CLOCK] + 1]) * CLOCK_RADIX
    state = np.uint64(row[SEED]) * _GAMMA + np.uint64(step) * _STEP + np.uint64(row[LAYER]) * _LAYER
    for i in range(batch * row[SOURCE_WIDTH]):
        z = state + np.uint64(i + 1) * _GAMMA
        z = (z ^ (z >> np.uint64(30))) * _MIX_1
        z = (z ^ (z >> np.uint64(27))) * _MIX_2
        share = np.float64(np.int64((z ^ (z >> np.uint64(31))) >> np.uint64(40))) * UNIT
        factor = ZERO if share < rate else scale
        values[drawn + i] = factor
        values[y + i] = values[x + i] * factor


def backward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward`."""
    if row[SOURCE_GRADIENT] == 0:
        return
    x, y, drawn, add = row[SOURCE], row[TARGET], row[TARGET_2], row[SOURCE_GRADIENT] == 2
    for i in range(batch * row[SOURCE_WIDTH]):
        dvalues[x + i] = kept(dvalues, x + i, add) + dvalues[y + i] * values[drawn + i]


DROPOUT = Operation(forward, backward, forward_kernel, backward_kernel)
