"""What was learned, brought into an edited network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnsim.model.origin import NEW, Numbers, Origin, cells_of
from nnsim.model.parameters import Layout, Vector
from nnsim.model.pieces import Pieces, bridge, taken_apart


def carry_over(
    old: Layout, vector: Vector, new: Layout, fresh: Vector, origin: Origin | None = None
) -> Vector:
    """Bring the parameters of a network into an edited one.

    Whatever comes from the old network keeps its parameters, bit for bit where no gain, copy or bridge
    says otherwise. What is new has its own from `fresh`, but weights from it, or over a new connection,
    into a unit that was there before start at 0, and so does a new bias of such a unit: they change
    nothing yet.

    Parameters
    ----------
    old, new : Layout
        Before and after the edit.
    vector : array, shape (old.size,)
    fresh : array, shape (new.size,)
        Initial values for what is new.
    origin : Origin, optional
        Where layers and units come from; without it they keep their numbers.

    Returns
    -------
    array, shape (new.size,)
    """
    origin = origin or Origin.by_number(old.network, new.network)
    pieces = taken_apart(old, vector)
    bridge(pieces, origin.bridged)
    return _put_together(pieces, new, fresh, origin, moments=False)


def carry_moments(old: Layout, vector: Vector, new: Layout, origin: Origin | None = None) -> Vector:
    """Bring one of an optimiser's vectors into an edited network.

    Whatever is still there keeps its number, copies included; everything else starts at 0.

    Parameters
    ----------
    old, new : Layout
        Before and after the edit.
    vector : array, shape (old.size,)
    origin : Origin, optional
        Where layers and units come from; without it they keep their numbers.

    Returns
    -------
    array, shape (new.size,)
    """
    origin = origin or Origin.by_number(old.network, new.network)
    zeros = np.zeros(new.size, vector.dtype)
    return _put_together(taken_apart(old, vector), new, zeros, origin, moments=True)


@dataclass(frozen=True, slots=True)
class _Job:
    """What is carried from where to where.

    Attributes
    ----------
    pieces : Pieces
        Of the old network.
    new : Layout
    out : array, shape (new.size,)
        Is filled.
    origin : Origin
    cells : list of array of int
        For each new layer, for each of its cells, the old cell or -1.
    moments : bool
        Optimiser vectors have neither gains nor shares.
    """

    pieces: Pieces
    new: Layout
    out: Vector
    origin: Origin
    cells: list[Numbers]
    moments: bool

    def gain(self, layer: int) -> float:
        return 1.0 if self.moments else self.origin.gain(layer)

    def channels(self, layer: int) -> Numbers:
        return np.array([NEW if unit is None else unit for unit in self.origin.units[layer]], np.int64)

    def repeats(self, layer: int) -> bool:
        return any(self.origin.repeats(source, layer) for source in self.new.network.sources(layer))

    def was_same_kind(self, layer: int) -> int | None:
        """The old layer that it comes from, if that was of its kind."""
        was = self.origin.layers[layer]
        layers = self.pieces.network.layers
        return was if was is not None and layers[was].kind == self.new.network.layers[layer].kind else None


def _put_together(pieces: Pieces, new: Layout, fresh: Vector, origin: Origin, *, moments: bool) -> Vector:
    out, network = fresh.copy(), new.network
    cells = [cells_of(origin, pieces.network, network, layer) for layer in range(len(network.layers))]
    job = _Job(pieces, new, out, origin, cells, moments)
    for layer in range(1, len(network.layers)):
        _CARRY.get(network.layers[layer].kind, _scales)(job, layer)
        slope, was = new.view(out, layer, "slope"), origin.layers[layer]
        if slope is not None and was in pieces.slopes:
            slope[:] = pieces.slopes[was]
    out[new.removed()] = 0.0
    return out


def _dense(job: _Job, layer: int) -> None:
    known = np.flatnonzero(job.cells[layer] >= 0)
    old = job.cells[layer][known]
    for source in job.new.network.sources(layer):
        factor = job.gain(layer) / job.gain(source)
        block = job.new.block(job.out, source, layer)
        if job.origin.repeats(source, layer):
            block[known] = 0.0 if job.moments else factor * (old[:, None] == job.cells[source])
        elif len(known):
            rows = _rows(job.pieces, job.origin, (source, layer), old, job.cells[source])
            block[known] = rows if job.moments else _shared(rows, job.cells[source], factor)
    _bias(job, layer, known, old)


def _conv2d(job: _Job, layer: int) -> None:
    """Filters follow their channels, kernels of another size about their middle."""
    source = job.new.network.sources(layer)[0]
    rows, columns = job.channels(layer), job.channels(source)
    known = np.flatnonzero(rows >= 0)
    weight, was = job.new.view(job.out, layer, "weight"), job.was_same_kind(layer)
    assert weight is not None
    if job.repeats(layer):
        weight[known] = 0.0
        middle = tuple(side // 2 for side in weight.shape[2:])
        if not job.moments:
            weight[(known, slice(None), *middle)] = rows[known][:, None] == columns
    elif was is not None and len(known):
        if job.origin.layers[source] not in job.pieces.network.sources(was):
            columns = np.arange(len(columns))
        old = job.pieces.tensors[was, "weight"]
        columns = np.where(columns < old.shape[1], columns, NEW)
        blocks = _windows(old[rows[known]], weight.shape[2:])[:, columns]
        blocks[:, columns < 0] = 0.0
        weight[known] = blocks if job.moments else _shared(blocks, columns, job.gain(layer))
    _bias(job, layer, known, rows[known])


def _windows(filters: Vector, size: tuple[int, ...]) -> Vector:
    """Filters in windows of another size: cut, or widened by zeros, evenly on both sides."""
    out = np.zeros((*filters.shape[:2], *size), filters.dtype)
    into, taken = zip(*(_overlap(n, m) for n, m in zip(filters.shape[2:], size, strict=True)), strict=True)
    out[(..., *into)] = filters[(..., *taken)]
    return out


def _overlap(before: int, after: int) -> tuple[slice, slice]:
    shared, shift = min(before, after), abs(before - after) // 2
    there, whole = slice(shift, shift + shared), slice(0, shared)
    return (there, whole) if after > before else (whole, there)


def _bias(job: _Job, layer: int, known: Numbers, old: Numbers) -> None:
    bias, was = job.new.view(job.out, layer, "bias"), job.origin.layers[layer]
    if bias is not None:
        learned = None if was is None or job.repeats(layer) else job.pieces.biases.get(was)
        bias[known] = 0.0 if learned is None else learned[old] * job.gain(layer)


def _scales(job: _Job, layer: int) -> None:
    """Numbers that belong to one channel each, or to one cell: of a normalisation."""
    was = job.was_same_kind(layer)
    if was is None or job.repeats(layer):
        return
    for tensor in job.new.tensors:
        before = job.pieces.tensors.get((was, tensor.role))
        if tensor.layer != layer or before is None or tensor.role == "slope":
            continue
        view = job.out[tensor.span]
        of_cells = len(view) == len(job.cells[layer])
        numbers = job.cells[layer] if of_cells else job.channels(layer)
        known = (numbers >= 0) & (numbers < before.size)
        view[known] = before.ravel()[numbers[known]]


_CARRY: dict[str, Callable[[_Job, int], None]] = {"dense": _dense, "conv2d": _conv2d}
"""For kinds whose weights join two layers; all others have numbers of one channel each, or none."""


def _rows(pieces: Pieces, origin: Origin, pair: tuple[int, int], rows: Numbers, columns: Numbers) -> Vector:
    """The old weights of one new connection; 0 in columns of what is new."""
    source, layer = (origin.layers[end] for end in pair)
    kept = pieces.weights.get((source, layer)) if source is not None and layer is not None else None
    if kept is None:
        return np.zeros((len(rows), len(columns)))
    out = kept[np.ix_(rows, columns)]
    out[:, columns < 0] = 0.0
    return out


def _shared(weights: Vector, columns: Numbers, factor: float) -> Vector:
    """Weights times a factor, each column divided by how many copies of its unit there are."""
    known = columns[columns >= 0]
    copies = np.bincount(known)[columns] if len(known) else np.ones(len(columns))
    if factor == 1.0 and copies.max() == 1:
        return weights
    return weights * (factor / copies).reshape(-1, *(1,) * (weights.ndim - 2))
