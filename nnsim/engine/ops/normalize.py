"""``x̂ = (x − mean) / √(var + ε)``, the first half of every normalisation.

Over parts of each sample (layer, instance and group normalisation; Ba et al., 2016, Ulyanov et al.,
2016, Wu and He, 2018), over the batch (Ioffe and Szegedy, 2015), or by running statistics.
With g = ∂L/∂x̂ the way back is ``∂L/∂x = (g − mean(g) − x̂ mean(g x̂)) / √(var + ε)``, each mean over the
cells that shared theirs: mean and variance depend on every x, too.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from nnsim.engine.ops.operation import (
    ATTRIBUTES,
    BESIDE_3,
    BIAS,
    EXPECTED,
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    TARGET_2,
    TARGET_3,
    WEIGHT,
    Matrix,
    Op,
    Operation,
    kept,
    put_gradient,
    real,
)

GROUPS, EPSILON, MOMENTUM, PLACES = range(ATTRIBUTES, ATTRIBUTES + 4)
ZERO, ONE = np.float32(0), np.float32(1)


class Groups(NamedTuple):
    """Attributes: how many equal parts a sample has, and ε."""

    groups: int
    epsilon: float


class Running(NamedTuple):
    """Attributes: how many channels, ε, the share of the batch in the running statistics, and how many
    numbers each channel has in a sample."""

    groups: int
    epsilon: float
    momentum: float
    places: int


def _parts(op: Op, matrix: Matrix) -> Matrix:
    """A matrix (batch, width) as (batch, groups, places)."""
    return matrix.reshape(len(matrix), op.attributes.groups, -1)


def _forward(axes: tuple[int, ...], op: Op, values: list[Matrix]) -> None:
    x = _parts(op, values[op.source])
    mean, variance = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
    for number, found in zip(op.writes, ((x - mean), mean, variance), strict=True):
        values[number][...] = found.reshape(values[number].shape)
    values[op.target][...] /= _repeated(op, values[op.writes[2]], values[op.target])


def _repeated(op: Op, variance: Matrix, like: Matrix) -> Matrix:
    """√(var + ε) for every cell, shape (batch, width)."""
    root = np.sqrt(variance + op.attributes.epsilon)[:, :, None]
    return np.broadcast_to(root, _parts(op, like).shape).reshape(like.shape)


def _backward(axes: tuple[int, ...], op: Op, values: list[Matrix], dvalues: list[Matrix]) -> None:
    found, g = _parts(op, values[op.target]), _parts(op, dvalues[op.target])
    product = (g * found).mean(axis=axes, keepdims=True)
    passed = (g - g.mean(axis=axes, keepdims=True) - found * product).reshape(values[op.target].shape)
    put_gradient(op, 0, dvalues, passed / _repeated(op, values[op.writes[2]], values[op.target]))


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """Over each part of each sample."""
    _forward((2,), op, values)


def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """Back through both, within each part."""
    _backward((2,), op, values, dvalues)


def forward_batch(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """Over the batch and all places of each channel."""
    _forward((0, 2), op, values)


def backward_batch(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """Back through both, within each channel."""
    _backward((0, 2), op, values, dvalues)


def _statistics(op: Op, theta: Matrix) -> tuple[Matrix, Matrix]:
    """Windows of the running mean and the running variance, shape (channels,)."""
    mean, variance = (theta[use.place : use.place + op.attributes.groups] for use in op.uses)
    return mean, variance


def forward_running(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """By the running statistics."""
    mean, variance = _statistics(op, theta)
    x = _parts(op, values[op.source])
    found = (x - mean[:, None]) / np.sqrt(variance + op.attributes.epsilon)[:, None]
    values[op.target][...] = found.reshape(values[op.target].shape)


def backward_running(
    op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]
) -> None:
    """``∂L/∂x = ∂L/∂x̂ / √(var + ε)``: the statistics do not depend on this sample."""
    root = np.sqrt(_statistics(op, theta)[1] + op.attributes.epsilon)[:, None]
    passed = _parts(op, dvalues[op.target]) / root
    put_gradient(op, 0, dvalues, passed.reshape(dvalues[op.target].shape))


def track(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """``r ← (1 − m) r + m · batch``; the variance with n − 1 instead of n, as PyTorch keeps it."""
    cells = values[op.beside[0]].size // op.attributes.groups
    momentum = op.attributes.momentum
    for window, number, factor in zip(
        _statistics(op, theta), op.beside[1:], (1.0, cells / max(cells - 1, 1)), strict=True
    ):
        window *= 1.0 - momentum
        window += momentum * factor * values[number][0]


def nothing(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """What runs after an update has no way back."""


def forward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward`."""
    groups, epsilon = row[GROUPS], np.float32(real(row[EPSILON]))
    places = row[SOURCE_WIDTH] // groups
    share = ONE / np.float32(places)
    for part in range(batch * groups):
        x, y = row[SOURCE] + part * places, row[TARGET] + part * places
        mean, variance = ZERO, ZERO
        for i in range(places):
            mean += values[x + i]
        mean *= share
        for i in range(places):
            variance += (values[x + i] - mean) * (values[x + i] - mean)
        variance *= share
        scale = ONE / np.float32(math.sqrt(variance + epsilon))
        for i in range(places):
            values[y + i] = (values[x + i] - mean) * scale
        values[row[TARGET_2] + part], values[row[TARGET_3] + part] = mean, variance


def backward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward`."""
    if row[SOURCE_GRADIENT] == 0:
        return
    groups, epsilon = row[GROUPS], np.float32(real(row[EPSILON]))
    places, add = row[SOURCE_WIDTH] // groups, row[SOURCE_GRADIENT] == 2
    share = ONE / np.float32(places)
    for part in range(batch * groups):
        x, y = row[SOURCE] + part * places, row[TARGET] + part * places
        scale = ONE / np.float32(math.sqrt(values[row[TARGET_3] + part] + epsilon))
        mean, product = ZERO, ZERO
        for i in range(places):
            mean += dvalues[y + i]
            product += dvalues[y + i] * values[y + i]
        mean, product = mean * share, product * share
        for i in range(places):
            passed = (dvalues[y + i] - mean - values[y + i] * product) * scale
            dvalues[x + i] = kept(dvalues, x + i, add) + passed


def forward_batch_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward_batch`."""
    groups, epsilon, width = row[GROUPS], np.float32(real(row[EPSILON])), row[SOURCE_WIDTH]
    places = width // groups
    share = ONE / np.float32(batch * places)
    for group in range(groups):
        mean, variance = ZERO, ZERO
        for sample in range(batch):
            x = row[SOURCE] + sample * width + group * places
            for i in range(places):
                mean += values[x + i]
        mean *= share
        for sample in range(batch):
            x = row[SOURCE] + sample * width + group * places
            for i in range(places):
                variance += (values[x + i] - mean) * (values[x + i] - mean)
        variance *= share
        scale = ONE / np.float32(math.sqrt(variance + epsilon))
        for sample in range(batch):
            first = sample * width + group * places
            x, y = row[SOURCE] + first, row[TARGET] + first
            for i in range(places):
                values[y + i] = (values[x + i] - mean) * scale
        values[row[TARGET_2] + group], values[row[TARGET_3] + group] = mean, variance


def backward_batch_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward_batch`."""
    if row[SOURCE_GRADIENT] == 0:
        return
    groups, epsilon, width = row[GROUPS], np.float32(real(row[EPSILON])), row[SOURCE_WIDTH]
    places, add = width // groups, row[SOURCE_GRADIENT] == 2
    share = ONE / np.float32(batch * places)
    for group in range(groups):
        scale = ONE / np.float32(math.sqrt(values[row[TARGET_3] + group] + epsilon))
        mean, product = ZERO, ZERO
        for sample in range(batch):
            y = row[TARGET] + sample * width + group * places
            for i in range(places):
                mean += dvalues[y + i]
                product += dvalues[y + i] * values[y + i]
        mean, product = mean * share, product * share
        for sample in range(batch):
            first = sample * width + group * places
            x, y = row[SOURCE] + first, row[TARGET] + first
            for i in range(places):
                passed = (dvalues[y + i] - mean - values[y + i] * product) * scale
                dvalues[x + i] = kept(dvalues, x + i, add) + passed


def forward_running_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward_running`."""
    groups, epsilon = row[GROUPS], np.float32(real(row[EPSILON]))
    places = row[SOURCE_WIDTH] // groups
    for part in range(batch * groups):
        x, y, group = row[SOURCE] + part * places, row[TARGET] + part * places, part % groups
        mean = theta[row[WEIGHT] + group]
        scale = ONE / np.float32(math.sqrt(theta[row[BIAS] + group] + epsilon))
        for i in range(places):
            values[y + i] = (values[x + i] - mean) * scale


def backward_running_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward_running`."""
    if row[SOURCE_GRADIENT] == 0:
        return
    groups, epsilon = row[GROUPS], np.float32(real(row[EPSILON]))
    places, add = row[SOURCE_WIDTH] // groups, row[SOURCE_GRADIENT] == 2
    for part in range(batch * groups):
        x, y, group = row[SOURCE] + part * places, row[TARGET] + part * places, part % groups
        scale = ONE / np.float32(math.sqrt(theta[row[BIAS] + group] + epsilon))
        for i in range(places):
            dvalues[x + i] = kept(dvalues, x + i, add) + dvalues[y + i] * scale


def track_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`track`."""
    groups, momentum = row[GROUPS], np.float32(real(row[MOMENTUM]))
    cells = batch * row[PLACES]
    unbiased = np.float32(cells) / np.float32(max(cells - 1, 1))
    for group in range(groups):
        m, v = row[WEIGHT] + group, row[BIAS] + group
        theta[m] += momentum * (values[row[EXPECTED] + group] - theta[m])
        theta[v] += momentum * (values[row[BESIDE_3] + group] * unbiased - theta[v])


def nothing_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nothing`."""


NORMALIZE = Operation(forward, backward, forward_kernel, backward_kernel)
NORMALIZE_BATCH = Operation(forward_batch, backward_batch, forward_batch_kernel, backward_batch_kernel)
NORMALIZE_RUNNING = Operation(
    forward_running, backward_running, forward_running_kernel, backward_running_kernel
)
TRACK = Operation(track, nothing, track_kernel, nothing_kernel)
