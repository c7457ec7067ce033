"""``y = γ x̂ + β``, the second half of every normalisation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nnsim.engine.ops.operation import (
    ATTRIBUTES,
    BIAS,
    BIAS_GRADIENT,
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    WEIGHT,
    WEIGHT_GRADIENT,
    Matrix,
    Op,
    Operation,
    kept,
    put_gradient,
    put_parameter,
)

CHANNELS = ATTRIBUTES
ZERO = np.float32(0)


class Channels(NamedTuple):
    """Attributes: how many equal parts a sample has, each with a γ and a β."""

    channels: int


def _parts(op: Op, matrix: Matrix) -> Matrix:
    """A matrix (batch, width) as (batch, channels, places)."""
    channels: Channels = op.attributes
    return matrix.reshape(len(matrix), channels.channels, -1)


def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
    """``y = γ x̂ + β``"""
    channels = op.attributes.channels
    gamma, beta = (theta[use.place : use.place + channels] for use in op.uses)
    found = gamma[:, None] * _parts(op, values[op.source]) + beta[:, None]
    values[op.target][...] = found.reshape(values[op.target].shape)


def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
    """``∂L/∂γ = Σ ∂L/∂y x̂``, ``∂L/∂β = Σ ∂L/∂y``, ``∂L/∂x̂ = γ ∂L/∂y``"""
    channels, upstream = op.attributes.channels, _parts(op, dvalues[op.target])
    gamma = theta[op.weight : op.weight + channels]
    put_parameter(op, 0, grad, np.sum(upstream * _parts(op, values[op.source]), axis=(0, 2)), channels)
    put_parameter(op, 1, grad, np.sum(upstream, axis=(0, 2)), channels)
    put_gradient(op, 0, dvalues, (gamma[:, None] * upstream).reshape(dvalues[op.target].shape))


def forward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`forward`."""
    x, y, channels = row[SOURCE], row[TARGET], row[CHANNELS]
    places = row[SOURCE_WIDTH] // channels
    for _ in range(batch):
        for channel in range(channels):
            gamma, beta = theta[row[WEIGHT] + channel], theta[row[BIAS] + channel]
            for i in range(places):
                values[y + i] = gamma * values[x + i] + beta
            x += places
            y += places


def backward_kernel(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`backward`."""
    channels, width = row[CHANNELS], row[SOURCE_WIDTH]
    places = width // channels
    wanted, add = row[SOURCE_GRADIENT] != 0, row[SOURCE_GRADIENT] == 2
    for channel in range(channels):
        w, b = row[WEIGHT] + channel, row[BIAS] + channel
        gamma, products, sums = theta[w], ZERO, ZERO
        for sample in range(batch):
            first = sample * width + channel * places
            x, y = row[SOURCE] + first, row[TARGET] + first
            for i in range(places):
                products += dvalues[y + i] * values[x + i]
                sums += dvalues[y + i]
            if wanted:
                for i in range(places):
                    dvalues[x + i] = kept(dvalues, x + i, add) + gamma * dvalues[y + i]
        grad[w] = kept(grad, w, row[WEIGHT_GRADIENT] == 2) + products
        grad[b] = kept(grad, b, row[BIAS_GRADIENT] == 2) + sums


SCALE_SHIFT = Operation(forward, backward, forward_kernel, backward_kernel)
