"""The interpreter: runs a tape for many steps without leaving compiled code.

It is given everything through one vector of integers, the plan: addresses of arrays, and sizes.
Imports Numba.
"""

from __future__ import annotations

import math

import numpy as np
from numba.extending import register_jitable

from nnsim.engine.arrangement import ENTRY
from nnsim.engine.ops.dropout import CLOCK_RADIX
from nnsim.engine.ops.operation import COLUMNS, EXPECTED, PREDICTION, SOURCE_WIDTH, TARGET
from nnsim.engine.pointers import (
    at,
    call_kernel,
    call_update,
    copy,
    doubles,
    entries,
    fetch,
    floats,
    integers,
)
from nnsim.engine.shuffle import EPOCH_STRIDE, GAMMA, MIX_1, MIX_2
from nnsim.engine.sparse import COLUMNS_AT, HOW_MANY, VALUES_AT

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
    STARTS,
    COLUMNS_OF,
    VALUES_OF,
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
    TARGETS,
    LOSS,
    HITS,
    SEED_KEY,
    AVERAGES,
    ORDER_FORWARD,
    AFTER,
    AFTER_OPS,
    CLOCK,
    CLIP,
) = range(38)
"""Places in the plan. Up to TOTALS they hold addresses, and so do ORDER_FORWARD, AFTER and CLIP.

STARTS, COLUMNS_OF and VALUES_OF are those of :class:`nnsim.engine.nonzero.Nonzero`; where the input is
taken as it stands in X they are 0. CLOCK is the place of the clock among the values, or -1, CLIP the
address of what shortens gradients, or 0.
"""
PLACES = 38
COUNT, STEP, EPOCH, CURSOR, SHUFFLED_EPOCH = range(5)
"""Places in the counters."""
TOTAL_LOSS, TOTAL_HITS, TOTAL_SAMPLES = range(3)
"""Places in the totals."""
SHUFFLE, FORWARD, GRADIENT, TRAIN = range(4)
"""Stages: how much of a step is run."""

CACHE_LINE = 64
FLOAT_BYTES = 4
"""Of a float32, and of an int32."""
ZERO, HALF, ONE = np.float32(0), np.float32(0.5), np.float32(1)
_GAMMA = np.uint64(GAMMA)
_EPOCH = np.uint64(EPOCH_STRIDE)
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
        :data:`SHUFFLE`, :data:`FORWARD`, :data:`GRADIENT` or :data:`TRAIN`; each includes those before.

    Returns
    -------
    int
        Steps made; less than `steps`, or -1 − steps, where the loss ceased to be finite.
    """
    theta, grad = floats(plan[THETA]), floats(plan[GRAD])
    values, dvalues = floats(plan[VALUES]), floats(plan[DVALUES])
    x, y = floats(plan[X]), floats(plan[Y])
    features, outputs = plan[FEATURES], plan[OUTPUTS]
    rows, order = integers(plan[ROWS]), integers(plan[ORDER])
    forward, backward = integers(plan[ORDER_FORWARD]), integers(plan[BACKWARD])
    after = integers(plan[AFTER])
    forward_kernels, backward_kernels = integers(plan[FORWARD_KERNELS]), integers(plan[BACKWARD_KERNELS])
    counters, totals = integers(plan[COUNTERS]), doubles(plan[TOTALS])
    expected, shares, samples = plan[TARGETS], plan[LOSS], plan[SAMPLES]
    batch = 0
    for step in range(steps + 1):
        if step < steps:
            cursor = counters[CURSOR]
            if plan[BATCH] < samples and counters[SHUFFLED_EPOCH] != counters[EPOCH]:
                shuffle(order, samples, np.uint64(plan[SEED_KEY]) + np.uint64(counters[EPOCH]) * _EPOCH)
                counters[SHUFFLED_EPOCH] = counters[EPOCH]
            if stage == SHUFFLE:
                return step
            batch = plan[BATCH] if plan[BATCH] < samples - cursor else samples - cursor
            for i in range(batch):
                sample = order[cursor + i]
                if plan[STARTS] == 0:
                    copy(at(values, i * features), at(x, sample * features), features)
                else:
                    enter(plan, at(entries(values), i * ENTRY), sample)
                if plan[STARTS] != 0 and cursor + batch + i < samples:
                    fetch_sample(plan, order[cursor + batch + i])
                copy(at(values, expected + i * outputs), at(y, sample * outputs), outputs)
        elif stage != TRAIN or steps == 0:
            break
        if plan[CLOCK] >= 0:
            values[plan[CLOCK]] = np.float32(counters[STEP] % CLOCK_RADIX)
            values[plan[CLOCK] + 1] = np.float32(counters[STEP] // CLOCK_RADIX)
        for i in range(plan[OPS]):
            k = forward[i]
            call_kernel(forward_kernels[k], (at(rows, k * COLUMNS), theta, grad, values, dvalues, batch))
        loss = 0.0
        for i in range(batch):
            loss += values[shares + i]
        if not math.isfinite(loss):
            return step if step < steps else -1 - steps
        if step == steps:
            break
        totals[TOTAL_LOSS] += loss * (batch if plan[AVERAGES] == 1 else 1)
        totals[TOTAL_SAMPLES] += batch
        totals[TOTAL_HITS] += values[plan[HITS]]
        if stage >= GRADIENT:
            for i in range(plan[BACKWARD_OPS]):
                k = backward[i]
                call_kernel(backward_kernels[k], (at(rows, k * COLUMNS), theta, grad, values, dvalues, batch))
        if stage == TRAIN:
            counters[COUNT] += 1
            counters[STEP] += 1
            for i in range(2):
                update = plan[CLIP] if i == 0 else plan[UPDATE]
                if update != 0:
                    call_update(
                        update,
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
            for i in range(plan[AFTER_OPS]):
                k = after[i]
                call_kernel(forward_kernels[k], (at(rows, k * COLUMNS), theta, grad, values, dvalues, batch))
        counters[CURSOR] = cursor + batch
        if cursor + batch >= samples:
            counters[CURSOR] = 0
            counters[EPOCH] += 1
    return steps


@register_jitable
def enter(plan, entry, sample):  # type: ignore[no-untyped-def]
    """Say where what is not 0 of a sample stands, as :mod:`nnsim.engine.sparse` reads it."""
    starts = integers(plan[STARTS])
    first = starts[sample]
    entry[COLUMNS_AT] = plan[COLUMNS_OF] + first * FLOAT_BYTES
    entry[VALUES_AT] = plan[VALUES_OF] + first * FLOAT_BYTES
    entry[HOW_MANY] = starts[sample + 1] - first


@register_jitable
def fetch_sample(plan, sample):  # type: ignore[no-untyped-def]
    """Ask memory for a sample of the next batch, while this one is worked on."""
    starts = integers(plan[STARTS])
    for i in range(starts[sample] * FLOAT_BYTES, starts[sample + 1] * FLOAT_BYTES, CACHE_LINE):
        fetch(plan[COLUMNS_OF] + i)
        fetch(plan[VALUES_OF] + i)


@register_jitable
def shuffle(order, samples, state):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.shuffle.epoch_order`."""
    for i in range(samples):
        state += _GAMMA
        z = (state ^ (state >> np.uint64(30))) * _MIX_1
        z = (z ^ (z >> np.uint64(27))) * _MIX_2
        z ^= z >> np.uint64(31)
        j = np.int64(z % np.uint64(i + 1))
        order[i] = order[j]
        order[j] = i


def count_hits(row, theta, grad, values, dvalues, batch):  # type: ignore[no-untyped-def]
    """As :func:`nnsim.engine.engine.hits`: a kernel that writes how many predictions answer right."""
    p, y, outputs = row[PREDICTION], row[EXPECTED], row[SOURCE_WIDTH]
    right = ZERO
    for _ in range(batch):
        if outputs == 1:
            same = (values[p] > HALF) == (values[y] > HALF)
        else:
            best = wanted = 0
            for i in range(1, outputs):
                best = i if values[p + i] > values[p + best] else best
                wanted = i if values[y + i] > values[y + wanted] else wanted
            same = best == wanted
        if same:
            right += ONE
        p += outputs
        y += outputs
    values[row[TARGET]] = right
