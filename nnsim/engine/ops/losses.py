"""Losses. Each writes every sample's share, so that the shares sum to the loss of the batch.

``bce`` and ``cross_entropy`` have a twin that reads the logits z instead of ŷ: after a sigmoid or
softmax output it stays exact where ŷ rounds to 0 or 1, and its backward pass writes ∂L/∂z at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from nnsim.engine.ops.operation import (
    EXPECTED,
    FIRES_ABOVE,
    PREDICTION,
    SOURCE,
    SOURCE_GRADIENT,
    SOURCE_WIDTH,
    TARGET,
    Kernel,
    Matrix,
    Op,
    Operation,
    kept,
    put_gradient,
)

ZERO = np.float32(0)
ONE = np.float32(1)
TWO = np.float32(2)
THRESHOLD = np.float32(FIRES_ABOVE)
CLAMP = 1e-7
LOWEST = np.float32(CLAMP)
HIGHEST = np.float32(1.0 - CLAMP)
# The kernels clamp with comparisons: min and max would turn a NaN, which must stop the run, into a number.

SUMMED = frozenset({"sse"})
"""Losses that sum over the batch; the others average."""

Share = Callable[[Matrix, Matrix, Matrix], Matrix]


def _loss(share: Share, gradient: Share, forward_kernel: Kernel, backward_kernel: Kernel) -> Operation:
    """A loss from share(source, ŷ, y) of shape (batch,) and ∂L/∂source of shape (batch, outputs)."""

    def forward(op: Op, theta: Matrix, values: list[Matrix]) -> None:
        terms = share(values[op.source], values[op.prediction], values[op.expected])
        values[op.target][:, 0] = terms

    def backward(op: Op, theta: Matrix, grad: Matrix, values: list[Matrix], dvalues: list[Matrix]) -> None:
        terms = gradient(values[op.source], values[op.prediction], values[op.expected])
        put_gradient(op, 0, dvalues, terms)

    return Operation(forward, backward, forward_kernel, backward_kernel)


def _clamp(p: Matrix) -> Matrix:
    return np.clip(p, CLAMP, 1.0 - CLAMP)


def _inside(p: Matrix) -> Matrix:
    """1 where the clamp changes nothing; outside, the derivative is 0."""
    return ((p >= CLAMP) & (p <= 1.0 - CLAMP)).astype(p.dtype)


def _log_sum_exp(z: Matrix) -> Matrix:
    largest = z.max(axis=1, keepdims=True)
    shifted: Matrix = largest[:, 0] + np.log(np.exp(z - largest).sum(axis=1))
    return shifted


def mse_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``Σ (ŷ − y)² / (n k)``"""
    p, y, k = row[SOURCE], row[EXPECTED], row[SOURCE_WIDTH]
    scale = ONE / np.float32(batch * k)
    for sample in range(batch):
        total = ZERO
        for i in range(sample * k, (sample + 1) * k):
            error = values[p + i] - values[y + i]
            total += error * error
        values[row[TARGET] + sample] = total * scale


def mse_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``2 (ŷ − y) / (n k)``"""
    if row[SOURCE_GRADIENT] == 0:
        return
    p, y, k = row[SOURCE], row[EXPECTED], row[SOURCE_WIDTH]
    add = row[SOURCE_GRADIENT] == 2
    scale = TWO / np.float32(batch * k)
    for i in range(batch * k):
        dvalues[p + i] = kept(dvalues, p + i, add) + (values[p + i] - values[y + i]) * scale


def sse_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``Σ (ŷ − y)²``"""
    p, y, k = row[SOURCE], row[EXPECTED], row[SOURCE_WIDTH]
    for sample in range(batch):
        total = ZERO
        for i in range(sample * k, (sample + 1) * k):
            error = values[p + i] - values[y + i]
            total += error * error
        values[row[TARGET] + sample] = total


def sse_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``2 (ŷ − y)``"""
    if row[SOURCE_GRADIENT] == 0:
        return
    p, y = row[SOURCE], row[EXPECTED]
    add = row[SOURCE_GRADIENT] == 2
    for i in range(batch * row[SOURCE_WIDTH]):
        dvalues[p + i] = kept(dvalues, p + i, add) + (values[p + i] - values[y + i]) * TWO


def mae_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``Σ |ŷ − y| / (n k)``"""
    p, y, k = row[SOURCE], row[EXPECTED], row[SOURCE_WIDTH]
    scale = ONE / np.float32(batch * k)
    for sample in range(batch):
        total = ZERO
        for i in range(sample * k, (sample + 1) * k):
            total += abs(values[p + i] - values[y + i])
        values[row[TARGET] + sample] = total * scale


def mae_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``sign(ŷ − y) / (n k)``, and 0 where they are equal."""
    if row[SOURCE_GRADIENT] == 0:
        return
    p, y, k = row[SOURCE], row[EXPECTED], row[SOURCE_WIDTH]
    add = row[SOURCE_GRADIENT] == 2
    scale = ONE / np.float32(batch * k)
    for i in range(batch * k):
        error = values[p + i] - values[y + i]
        dvalues[p + i] = kept(dvalues, p + i, add) + (
            scale if error > ZERO else (-scale if error < ZERO else ZERO)
        )


def bce_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``−Σ (y ln ŷ + (1 − y) ln(1 − ŷ)) / (n k)``, ŷ clamped."""
    p, y, k = row[SOURCE], row[EXPECTED], row[SOURCE_WIDTH]
    scale = ONE / np.float32(batch * k)
    for sample in range(batch):
        total = ZERO
        for i in range(sample * k, (sample + 1) * k):
            q = values[p + i]
            rest = ONE - q
            if q < LOWEST:
                q, rest = LOWEST, HIGHEST
            elif q > HIGHEST:
                # Not 1 − HIGHEST, which float32 rounds to 1.2 CLAMP.
                q, rest = HIGHEST, LOWEST
            total -= values[y + i] * math.log(q) + (ONE - values[y + i]) * math.log(rest)
        values[row[TARGET] + sample] = total * scale


def bce_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``(ŷ − y) / (ŷ (1 − ŷ) n k)``, 0 where ŷ was clamped."""
    if row[SOURCE_GRADIENT] == 0:
        return
    p, y, k = row[SOURCE], row[EXPECTED], row[SOURCE_WIDTH]
    add = row[SOURCE_GRADIENT] == 2
    scale = ONE / np.float32(batch * k)
    for i in range(batch * k):
        q = values[p + i]
        if q < LOWEST or q > HIGHEST:
            dvalues[p + i] = kept(dvalues, p + i, add)
        else:
            dvalues[p + i] = kept(dvalues, p + i, add) + (q - values[y + i]) / (q * (ONE - q)) * scale


def bce_logits_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``Σ (max(z, 0) − z y + ln(1 + e^{−|z|})) / (n k)``"""
    z, y, k = row[SOURCE], row[EXPECTED], row[SOURCE_WIDTH]
    scale = ONE / np.float32(batch * k)
    for sample in range(batch):
        total = ZERO
        for i in range(sample * k, (sample + 1) * k):
            v = values[z + i]
            total += max(v, ZERO) - v * values[y + i] + math.log1p(math.exp(-abs(v)))
        values[row[TARGET] + sample] = total * scale


def bce_logits_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``(ŷ − y) / (n k)``"""
    if row[SOURCE_GRADIENT] == 0:
        return
    z, p, y, k = row[SOURCE], row[PREDICTION], row[EXPECTED], row[SOURCE_WIDTH]
    add = row[SOURCE_GRADIENT] == 2
    scale = ONE / np.float32(batch * k)
    for i in range(batch * k):
        dvalues[z + i] = kept(dvalues, z + i, add) + (values[p + i] - values[y + i]) * scale


def cross_entropy_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``−Σ y ln ŷ / n``, ŷ clamped."""
    p, y, k = row[SOURCE], row[EXPECTED], row[SOURCE_WIDTH]
    scale = ONE / np.float32(batch)
    for sample in range(batch):
        total = ZERO
        for i in range(sample * k, (sample + 1) * k):
            q = values[p + i]
            q = LOWEST if q < LOWEST else (HIGHEST if q > HIGHEST else q)
            total -= values[y + i] * math.log(q)
        values[row[TARGET] + sample] = total * scale


def cross_entropy_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``−y / (ŷ n)``, 0 where ŷ was clamped."""
    if row[SOURCE_GRADIENT] == 0:
        return
    p, y = row[SOURCE], row[EXPECTED]
    add = row[SOURCE_GRADIENT] == 2
    scale = ONE / np.float32(batch)
    for i in range(batch * row[SOURCE_WIDTH]):
        q = values[p + i]
        dvalues[p + i] = kept(dvalues, p + i, add) + (
            ZERO if q < LOWEST or q > HIGHEST else -values[y + i] / q * scale
        )


def cross_entropy_logits_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``Σ y_j (ln Σ e^{z_k} − z_j) / n``; the softmax told the sum: ``ŷ_m = e^{z_m} / Σ e^{z_k}``."""
    z, p, y, k = row[SOURCE], row[PREDICTION], row[EXPECTED], row[SOURCE_WIDTH]
    scale = ONE / np.float32(batch)
    for sample in range(batch):
        # Of the largest, which alone is never near 0.
        largest, most = values[z], values[p]
        for i in range(1, k):
            largest, most = max(largest, values[z + i]), max(most, values[p + i])
        log_sum = largest - math.log(most)
        share = ZERO
        for i in range(k):
            share += values[y + i] * (log_sum - values[z + i])
        values[row[TARGET] + sample] = share * scale
        z += k
        p += k
        y += k


def cross_entropy_logits_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``(ŷ Σ y − y) / n``; the targets of a class sum to 1."""
    if row[SOURCE_GRADIENT] == 0:
        return
    z, p, y, k = row[SOURCE], row[PREDICTION], row[EXPECTED], row[SOURCE_WIDTH]
    add = row[SOURCE_GRADIENT] == 2
    scale = ONE / np.float32(batch)
    for sample in range(batch):
        total = ZERO
        for i in range(sample * k, (sample + 1) * k):
            total += values[y + i]
        for i in range(sample * k, (sample + 1) * k):
            dvalues[z + i] = kept(dvalues, z + i, add) + (values[p + i] * total - values[y + i]) * scale


def perceptron_forward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``Σ (1[z > 0] − y) z / n``"""
    z, y, k = row[SOURCE], row[EXPECTED], row[SOURCE_WIDTH]
    scale = ONE / np.float32(batch)
    for sample in range(batch):
        total = ZERO
        for i in range(sample * k, (sample + 1) * k):
            fired = ONE if values[z + i] > THRESHOLD else ZERO
            total += (fired - values[y + i]) * values[z + i]
        values[row[TARGET] + sample] = total * scale


def perceptron_backward(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """``(1[z > 0] − y) / n``: with one sample a step, descent is Rosenblatt's rule."""
    if row[SOURCE_GRADIENT] == 0:
        return
    z, y = row[SOURCE], row[EXPECTED]
    add = row[SOURCE_GRADIENT] == 2
    scale = ONE / np.float32(batch)
    for i in range(batch * row[SOURCE_WIDTH]):
        fired = ONE if values[z + i] > THRESHOLD else ZERO
        dvalues[z + i] = kept(dvalues, z + i, add) + (fired - values[y + i]) * scale


LOSSES = {
    "mse": _loss(
        lambda p, _, y: np.sum((p - y) ** 2, axis=1) / y.size,
        lambda p, _, y: 2.0 * (p - y) / y.size,
        mse_forward,
        mse_backward,
    ),
    "sse": _loss(
        lambda p, _, y: np.sum((p - y) ** 2, axis=1),
        lambda p, _, y: 2.0 * (p - y),
        sse_forward,
        sse_backward,
    ),
    "mae": _loss(
        lambda p, _, y: np.sum(np.abs(p - y), axis=1) / y.size,
        lambda p, _, y: np.sign(p - y) / y.size,
        mae_forward,
        mae_backward,
    ),
    "bce": _loss(
        lambda p, _, y: -np.sum(y * np.log(_clamp(p)) + (1.0 - y) * np.log1p(-_clamp(p)), axis=1) / y.size,
        lambda p, _, y: _inside(p) * (p - y) / (_clamp(p) * (1.0 - _clamp(p))) / y.size,
        bce_forward,
        bce_backward,
    ),
    "bce_logits": _loss(
        lambda z, _, y: np.sum(np.maximum(z, 0.0) - z * y + np.log1p(np.exp(-np.abs(z))), axis=1) / y.size,
        lambda _, p, y: (p - y) / y.size,
        bce_logits_forward,
        bce_logits_backward,
    ),
    "cross_entropy": _loss(
        lambda p, _, y: -np.sum(y * np.log(_clamp(p)), axis=1) / len(y),
        lambda p, _, y: -_inside(p) * y / _clamp(p) / len(y),
        cross_entropy_forward,
        cross_entropy_backward,
    ),
    "cross_entropy_logits": _loss(
        lambda z, _, y: np.sum(y * (_log_sum_exp(z)[:, None] - z), axis=1) / len(y),
        lambda _, p, y: (p * y.sum(axis=1, keepdims=True) - y) / len(y),
        cross_entropy_logits_forward,
        cross_entropy_logits_backward,
    ),
    "perceptron": _loss(
        lambda z, _, y: np.sum((np.where(z > FIRES_ABOVE, 1.0, 0.0) - y) * z, axis=1) / len(y),
        lambda z, _, y: (np.where(z > FIRES_ABOVE, 1.0, 0.0) - y) / len(y),
        perceptron_forward,
        perceptron_backward,
    ),
}
