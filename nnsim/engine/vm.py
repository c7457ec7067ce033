"""The interpreter: runs a tape for many steps without leaving compiled code.

It is given everything through one vector of integers, the plan: addresses of arrays, and sizes.
Imports Numba.
"""

from __future__ import annotations

import math

import numpy as np
from numba.extending import register_jitable

from nnsim.engine.ops.operation import COLUMNS
from nnsim.engine.pointers import at, call_kernel, call_update, doubles, floats, integers
from nnsim.engine.shuffle import GAMMA, MIX_1, MIX_2

(
    THETA,
    M,
    V,
    MASK,
    GRAD,
    VALUES,
    DVALUES,
    X,
    Y,
    ROWS,
    ORDER,
    BACKWARD,
    FORWARD_KERNELS,
    BACKWARD_KERNELS,
    UPDATE,
    SETTINGS,
    COUNTERS,
    TOTALS,
    PARAMETERS,
    OPS,
    BACKWARD_OPS,
    FEATURES,
    OUTPUTS,
    SAMPLES,
    BATCH,
    EXPECTED,
    LOSS,
    PREDICTION,
    KEYS,
    TASK,
    AVERAGES,
) = range(31)
"""Places in the plan. Up to TOTALS they hold addresses."""
PLACES = 31
COUNT, STEP, EPOCH, CURSOR, SHUFFLED_EPOCH = range(5)
"""Places in the counters."""
TOTAL_LOSS, TOTAL_HITS, TOTAL_SAMPLES = range(3)
"""Places in the totals."""
FORWARD_ONLY, GRADIENT, TRAIN = range(3)
"""Stages: how much of a step is run."""
REGRESSION, BINARY, MULTICLASS = range(3)
"""Tasks: which answers count as right."""

_GAMMA = np.uint64(GAMMA)
_MIX_1 = np.uint64(MIX_1)
_MIX_2 = np.uint64(MIX_2)


def run(plan, steps, stage):  # type: ignore[no-untyped-def]
    """Run steps of a plan; a step is one batch.

    Stops before the first step whose loss is NaN or infinite, and judges the last update by running
    the last batch forwards once more.

    Parameters
    ----------
    plan : pointer to int64
        Of length :data:`PLACES`.
    steps : int
    stage : int
        :data:`FORWARD_ONLY`, :data:`GRADIENT` or :data:`TRAIN`.

    Returns
    -------
    int
        Steps made; less than `steps`, or -1 − steps, where the loss ceased to be finite.
    """
    theta, grad = floats(plan[THETA]), floats(plan[GRAD])
    values, dvalues = floats(plan[VALUES]), floats(plan[DVALUES])
    x, y = floats(plan[X]), floats(plan[Y])
    features, outputs = plan[FEATURES], plan[OUTPUTS]
    rows, order, backward = integers(plan[ROWS]), integers(plan[ORDER]), integers(plan[BACKWARD])
    forward_kernels, backward_kernels = integers(plan[FORWARD_KERNELS]), integers(plan[BACKWARD_KERNELS])
    counters, totals = integers(plan[COUNTERS]), doubles(plan[TOTALS])
    expected, prediction, shares = plan[EXPECTED], plan[PREDICTION], plan[LOSS]
    samples = plan[SAMPLES]
    batch = 0
    for step in range(steps + 1):
        if step < steps:
            cursor = counters[CURSOR]
            if plan[BATCH] < samples and counters[SHUFFLED_EPOCH] != counters[EPOCH]:
                shuffle(order, samples, np.uint64(plan[KEYS]) + np.uint64(counters[EPOCH]))
                counters[SHUFFLED_EPOCH] = counters[EPOCH]
            batch = min(plan[BATCH], samples - cursor)
            for i in range(batch):
                sample = order[cursor + i]
                for j in range(features):
                    values[i * features + j] = x[sample * features + j]
                for j in range(outputs):
                    values[expected + i * outputs + j] = y[sample * outputs + j]
        elif stage != TRAIN or steps == 0:
            break
        for i in range(plan[OPS]):
            call_kernel(forward_kernels[i], (at(rows, i * COLUMNS), theta, grad, values, dvalues, batch))
        loss = 0.0
        for i in range(batch):
            loss += values[shares + i]
        if not math.isfinite(loss):
            return step if step < steps else -1 - steps
        if step == steps:
            break
        totals[TOTAL_LOSS] += loss * (batch if plan[AVERAGES] == 1 else 1)
        totals[TOTAL_SAMPLES] += batch
        totals[TOTAL_HITS] += hits(at(values, prediction), at(values, expected), batch, outputs, plan[TASK])
        if stage != FORWARD_ONLY:
            for i in range(plan[BACKWARD_OPS]):
                k = backward[i]
                call_kernel(backward_kernels[k], (at(rows, k * COLUMNS), theta, grad, values, dvalues, batch))
        if stage == TRAIN:
            counters[COUNT] += 1
            counters[STEP] += 1
            call_update(
                plan[UPDATE],
                (
                    theta,
                    grad,
                    floats(plan[M]),
                    floats(plan[V]),
                    floats(plan[MASK]),
                    doubles(plan[SETTINGS]),
                    counters[COUNT],
                    plan[PARAMETERS],
                ),
            )
        counters[CURSOR] = cursor + batch
        if cursor + batch >= samples:
            counters[CURSOR] = 0
            counters[EPOCH] += 1
    return steps


@register_jitable
def mix(z):  # type: ignore[no-untyped-def]
    """One output of splitmix64."""
    z = (z ^ (z >> np.uint64(30))) * _MIX_1
    z = (z ^ (z >> np.uint64(27))) * _MIX_2
    return z ^ (z >> np.uint64(31))


@register_jitable
def shuffle(order, samples, key):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.shuffle.epoch_order`, in place."""
    state = mix(key)
    for i in range(samples):
        order[i] = i
    for i in range(samples - 1, 0, -1):
        state += _GAMMA
        j = np.int64(mix(state) % np.uint64(i + 1))
        order[i], order[j] = order[j], order[i]


@register_jitable
def hits(p, y, batch, outputs, task):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.engine.hits`."""
    right = 0
    for start in range(0, batch * outputs, outputs):
        if task == MULTICLASS:
            best = wanted = start
            for i in range(start + 1, start + outputs):
                best = i if p[i] > p[best] else best
                wanted = i if y[i] > y[wanted] else wanted
            right += best == wanted
        elif task == BINARY:
            same = 1
            for i in range(start, start + outputs):
                if (p[i] > 0.5) != (y[i] > 0.5):
                    same = 0
            right += same
    return right
