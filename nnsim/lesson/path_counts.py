"""How many paths lead from each number to the loss, without walking them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.ops import OPERATIONS
from nnsim.engine.ops.losses import LOSSES
from nnsim.engine.ops.operation import Gradient, Matrix, Op, Read
from nnsim.lesson.trace import Trace
from nnsim.model.layers import ACTIVATIONS

Vector = NDArray[np.floating[Any]]


def path_counts(trace: Trace) -> dict[int, Vector]:
    """For each buffer that the way back reaches, shape (width,); NaN where a batch mixes its samples."""
    counts: dict[int, Vector] = {}
    for number in trace.tape.backward:
        op = trace.tape.ops[number]
        if op.source < 0 or op.source_gradient == Gradient.NONE:
            continue
        width = trace.tape.buffers[op.source].width
        above = counts.get(op.target, np.zeros(trace.tape.buffers[op.target].width))
        found = np.ones(width) if op.kind in LOSSES else _SPREAD[op.kind](trace, op, above)
        counts[op.source] = counts.get(op.source, np.zeros(width)) + found
    return counts


def _along_edges(trace: Trace, op: Op, above: Vector) -> Vector:
    """A dense connection: every number leads to every unit, but by edges that are taken out."""
    source = trace.tape.buffers[op.source].layer
    found = np.full(trace.tape.buffers[op.source].width, above.sum())
    for edge in trace.network.removed_edges:
        if (edge.source_layer, edge.layer) == (source, op.layer):
            found[edge.source_unit] -= above[edge.unit]
    return found


def _by_way_back(trace: Trace, op: Op, above: Vector) -> Vector:
    """As the operation's own way back would with every weight 1 that is there."""
    there = np.where(trace.layout.removed(), 0.0, 1.0)
    values: list[Matrix] = [np.zeros((1, buffer.width)) for buffer in trace.tape.buffers]
    slopes: list[Matrix] = [np.zeros((1, buffer.width)) for buffer in trace.tape.buffers]
    slopes[op.target][0] = above
    alone = replace(op, reads=(Read(op.source, Gradient.WRITE),))
    OPERATIONS[op.kind].backward(alone, there, np.zeros_like(there), values, slopes)
    found: Vector = slopes[op.source][0]
    return found


def _averaged(trace: Trace, op: Op, above: Vector) -> Vector:
    cells = op.attributes.kernel_height * op.attributes.kernel_width
    found: Vector = np.rint(_by_way_back(trace, op, above) * cells)
    return found


def _won(trace: Trace, op: Op, above: Vector) -> Vector:
    """Of each window, the cells that won it for any sample."""
    window = op.attributes
    found = np.zeros(trace.tape.buffers[op.source].width)
    channel, row, column = np.unravel_index(
        np.arange(len(above)), (window.filters, window.out_height, window.out_width)
    )
    i, j = np.divmod(trace.values[op.writes[1]].astype(np.int64), window.kernel_width)
    y = row * window.stride_y - window.padding_y + i
    x = column * window.stride_x - window.padding_x + j
    winners = (channel * window.height + y) * window.width + x
    for target in np.flatnonzero(above):
        found[np.unique(winners[:, target])] += above[target]
    return found


def _same(trace: Trace, op: Op, above: Vector) -> Vector:
    return above


def _part(trace: Trace, op: Op, above: Vector) -> Vector:
    first = op.attributes.first
    return above[first : first + trace.tape.buffers[op.source].width]


def _all(trace: Trace, op: Op, above: Vector) -> Vector:
    return np.full(len(above), above.sum())


def _kept(trace: Trace, op: Op, above: Vector) -> Vector:
    return np.where(trace.values[op.writes[1]].any(axis=0), above, 0.0)


def _grouped(trace: Trace, op: Op, above: Vector) -> Vector:
    groups = above.reshape(op.attributes.groups, -1)
    return np.repeat(groups.sum(axis=1), groups.shape[1])


def _mixed(trace: Trace, op: Op, above: Vector) -> Vector:
    found = _grouped(trace, op, above)
    return found if trace.samples == 1 else np.where(found > 0.0, np.nan, found)


_SPREAD: dict[str, Callable[[Trace, Op, Vector], Vector]] = {
    "affine": _along_edges,
    "conv2d": _by_way_back,
    **dict.fromkeys(ACTIVATIONS, _same),
    "softmax": _all,
    "max_pool2d": _won,
    "avg_pool2d": _averaged,
    "flatten": _part,
    "add": _part,
    "concat": _part,
    "dropout": _kept,
    "scale_shift": _same,
    "normalize": _grouped,
    "normalize_batch": _mixed,
    "normalize_running": _same,
}
"""By kind of operation: from the paths of what it writes to those of what it reads."""
