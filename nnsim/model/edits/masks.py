"""Sets of edges as matrices of truth values, one for each connection, so that they move in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from nnsim.model.network import Edge, Network
from nnsim.model.origin import Origin, cells_of

Mask = NDArray[np.bool_]
Masks = dict[tuple[int, int], Mask]
"""For each connection with any such edge, True at (unit of destination, unit of source)."""


def masks_of(network: Network, edges: Iterable[Edge]) -> Masks:
    """The masks of a set of edges."""
    by_pair: defaultdict[tuple[int, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        by_pair[edge.source_layer, edge.layer].append(edge)
    out: Masks = {}
    for (source, layer), found in by_pair.items():
        table = np.array(found)
        mask = np.zeros((network.units(layer), network.units(source)), np.bool_)
        mask[table[:, 3], table[:, 1]] = True
        out[source, layer] = mask
    return out


def edges_of(masks: Masks) -> frozenset[Edge]:
    """The set of edges of masks."""
    return frozenset(
        Edge(source, source_unit, layer, unit)
        for (source, layer), mask in masks.items()
        for unit, source_unit in np.argwhere(mask).tolist()
    )


def carried_masks(masks: Masks, old: Network, new: Network, origin: Origin) -> Masks:
    """The masks of an edited network: edges of new units and connections are in none."""
    out: Masks = {}
    for source, layer in new.connections:
        was = origin.layers[source], origin.layers[layer]
        if was[0] is None or was[1] is None or (was[0], was[1]) not in masks:
            continue
        if new.layers[layer].kind != "dense":
            continue
        mask = masks[was[0], was[1]]
        rows, columns = (cells_of(origin, old, new, end) for end in (layer, source))
        known = (rows >= 0)[:, None] & (columns >= 0)
        out[source, layer] = mask[np.ix_(rows, columns)] & known
    return out


def bridged_masks(network: Network, removed: Masks, layers: Iterable[int]) -> Masks:
    """Masks of removed edges after layers are taken out: an edge is there where a path was."""
    out = dict(removed)
    connections = set(network.connections)
    for layer in layers:
        into = [pair for pair in connections if pair[1] == layer]
        out_of = [pair for pair in connections if pair[0] == layer]
        for first in into:
            for last in out_of:
                pair = first[0], last[1]
                gap = _gap(network, out, first, last) if _is_dense(network, layer) else out.get(last)
                if gap is not None and gap.shape[1] != network.units(first[0]):
                    gap = None
                if pair not in connections and gap is not None:
                    out[pair] = gap
                elif pair in out:
                    out[pair] = out[pair] & (gap if gap is not None else False)
        connections |= {(first[0], last[1]) for first in into for last in out_of}
        connections -= {*into, *out_of}
    return out


def _gap(network: Network, removed: Masks, first: tuple[int, int], last: tuple[int, int]) -> Mask | None:
    """True where no path leads through two connections; None where one always does."""
    if first not in removed and last not in removed:
        return None
    near, far = (
        (~removed[pair] if pair in removed else _complete(network, pair)).astype(np.float32)
        for pair in (first, last)
    )
    unreached: Mask = far @ near == 0
    return unreached


def _complete(network: Network, pair: tuple[int, int]) -> Mask:
    return np.ones((network.units(pair[1]), network.units(pair[0])), np.bool_)


def _is_dense(network: Network, layer: int) -> bool:
    return network.layers[layer].kind == "dense"
