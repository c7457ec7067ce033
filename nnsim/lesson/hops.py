"""Where a number leads to by one operation, and with which local derivative: the steps of every path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.ops.losses import LOSSES
from nnsim.engine.ops.operation import Op
from nnsim.lesson.trace import Trace
from nnsim.model.connectivity import NO_PARAMETER
from nnsim.model.layers import ACTIVATIONS
from nnsim.model.network import Edge, Node

Vector = NDArray[np.floating[Any]]


class Factor(NamedTuple):
    """One local derivative on a path.

    Attributes
    ----------
    kind : str
        ``loss`` (∂L/∂ŷ, or ∂L/∂z where the tape takes it at once), ``activation`` (f′(z), or ∂a_k/∂z_j of
        a softmax), ``weight`` (∂z/∂a = w), ``input`` (∂z/∂w = a, the first factor of an edge), or
        ``passing``: what any other operation multiplies by.
    item : Node or Edge
        Where it stands: the unit, or the edge whose weight it is.
    values : array, shape (n,)
        One for each sample of the batch.
    """

    kind: str
    item: Node | Edge
    values: Vector


class Hop(NamedTuple):
    """One operation's way from one number to another; no unit where the loss is reached."""

    unit: int | None
    factor: Factor


Hops = Callable[[Trace, int, int], Iterator[Hop]]


def hops(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    """The ways of one operation on from a unit of what it reads.

    Parameters
    ----------
    trace : Trace
    number : int
        Of the operation on the tape.
    unit : int

    Raises
    ------
    NotImplementedError
        Where nobody has written down how an operation leads on.
    """
    kind = trace.tape.ops[number].kind
    if kind not in _HOPS:
        raise NotImplementedError(
            f"operation {kind!r} has no local derivatives; add them to nnsim.lesson.hops"
        )
    return _HOPS[kind](trace, number, unit)


def _sums(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    """Along each edge, by its weight."""
    op = trace.tape.ops[number]
    source = trace.tape.buffers[op.source].layer
    found = trace.joins.out_of(Node(source, unit))
    found = found.where((found.layers == op.layer) & (found.parameters != NO_PARAMETER))
    weights = trace.before.theta[found.parameters]
    for target, weight in zip(found.units.tolist(), weights.tolist(), strict=True):
        edge = Edge(source, unit, op.layer, target)
        yield Hop(target, Factor("weight", edge, np.full(trace.samples, weight)))


def _softmax(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    op = trace.tape.ops[number]
    a = trace.values[op.target]
    for k in range(a.shape[1]):
        jacobian = a[:, k] * (float(k == unit) - a[:, unit])
        yield Hop(k, Factor("activation", Node(op.layer, k), jacobian))


def _loss(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    op = trace.tape.ops[number]
    yield Hop(None, Factor("loss", Node(op.layer, unit), trace.passed(number)[:, unit]))


def _activation(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    op = trace.tape.ops[number]
    yield Hop(unit, Factor("activation", Node(op.layer, unit), trace.derivative(op)[:, unit]))


def _passing(op: Op, unit: int, values: Vector) -> Hop:
    return Hop(unit, Factor("passing", Node(op.layer, unit), values))


def _targets(trace: Trace, op: Op, unit: int) -> list[int]:
    source = trace.tape.buffers[op.source].layer
    found = trace.joins.out_of(Node(source, unit))
    return [int(target) for target in found.units[found.layers == op.layer]]


def _winners(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    """Into the windows that it won for any of the samples."""
    op = trace.tape.ops[number]
    for target in _targets(trace, op, unit):
        won = np.array([_wins(trace, op, unit, target, s) for s in range(trace.samples)], float)
        if won.any():
            yield _passing(op, target, won)


def _wins(trace: Trace, op: Op, unit: int, target: int, sample: int) -> bool:
    window = op.attributes
    i, j = divmod(int(trace.values[op.writes[1]][sample, target]), window.kernel_width)
    channel, row, column = np.unravel_index(target, (window.filters, window.out_height, window.out_width))
    y = int(row) * window.stride_y - window.padding_y + i
    x = int(column) * window.stride_x - window.padding_x + j
    return bool(unit == (int(channel) * window.height + y) * window.width + x)


def _shares(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    """Into every window that sees it, by the same share."""
    op = trace.tape.ops[number]
    share = np.full(trace.samples, 1.0 / (op.attributes.kernel_height * op.attributes.kernel_width))
    return (_passing(op, target, share) for target in _targets(trace, op, unit))


def _joined(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    op = trace.tape.ops[number]
    yield _passing(op, op.attributes.first + unit, np.ones(trace.samples))


def _masked(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    op = trace.tape.ops[number]
    mask = trace.values[op.writes[1]][:, unit]
    if mask.any():
        yield _passing(op, unit, mask)


def _scaled(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    op = trace.tape.ops[number]
    channel = unit * op.attributes.channels // trace.tape.buffers[op.source].width
    yield _passing(op, unit, np.full(trace.samples, trace.before.theta[op.weight + channel]))


def _normalized(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    """Within its group: ∂x̂_k/∂x_j = ([k = j] − 1/N − x̂_j x̂_k/N) / √(var + ε)."""
    op = trace.tape.ops[number]
    count = trace.tape.buffers[op.source].width // op.attributes.groups
    group = unit // count
    hats, variance = trace.values[op.target], trace.values[op.writes[2]]
    root = np.sqrt(np.broadcast_to(variance[:, group], (trace.samples,)) + op.attributes.epsilon)
    for k in range(group * count, (group + 1) * count):
        slope = (float(k == unit) - (1.0 + hats[:, unit] * hats[:, k]) / count) / root
        yield _passing(op, k, slope)


def _divided(trace: Trace, number: int, unit: int) -> Iterator[Hop]:
    """By the running variance alone."""
    op = trace.tape.ops[number]
    group = unit * op.attributes.groups // trace.tape.buffers[op.source].width
    variance = trace.before.theta[op.uses[1].place + group]
    yield _passing(op, unit, np.full(trace.samples, 1.0 / np.sqrt(variance + op.attributes.epsilon)))


_HOPS: dict[str, Hops] = {
    "affine": _sums,
    "conv2d": _sums,
    **dict.fromkeys(ACTIVATIONS, _activation),
    "softmax": _softmax,
    **dict.fromkeys(LOSSES, _loss),
    "max_pool2d": _winners,
    "avg_pool2d": _shares,
    "flatten": _joined,
    "add": _joined,
    "concat": _joined,
    "dropout": _masked,
    "scale_shift": _scaled,
    "normalize": _normalized,
    "normalize_batch": _normalized,
    "normalize_running": _divided,
}
"""By kind of operation that has a way back."""
