"""What was learned, brought into an edited network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnsim.model.origin import Origin
from nnsim.model.parameters import Layout, Vector
from nnsim.model.pieces import Pieces, bridge, taken_apart

Numbers = NDArray[np.int64]


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


def _put_together(pieces: Pieces, new: Layout, fresh: Vector, origin: Origin, *, moments: bool) -> Vector:
    out = fresh.copy()
    numbers = [np.array([-1 if unit is None else unit for unit in units]) for units in origin.units]
    gains = [1.0 if moments else origin.gain(layer) for layer in range(len(numbers))]
    for layer in range(1, len(numbers)):
        known = np.flatnonzero(numbers[layer] >= 0)
        old = numbers[layer][known]
        repeating = False
        for source in new.network.sources(layer):
            factor = gains[layer] / gains[source]
            block = new.block(out, source, layer)
            if origin.repeats(source, layer):
                repeating = True
                block[known] = 0.0 if moments else factor * (old[:, None] == numbers[source])
            elif len(known):
                rows = _rows(pieces, origin, (source, layer), old, numbers[source])
                block[known] = rows if moments else _shared(rows, numbers[source], factor)
        was = origin.layers[layer]
        bias, slope = (new.view(out, layer, role) for role in ("bias", "slope"))
        if bias is not None:
            learned = None if was is None or repeating else pieces.biases.get(was)
            bias[known] = 0.0 if learned is None else learned[old] * gains[layer]
        if slope is not None and was in pieces.slopes:
            slope[:] = pieces.slopes[was]
    out[new.removed()] = 0.0
    return out


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
    return weights * (factor / copies)
