"""Which edges are drawn, and what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.snapshot import Snapshot
from nnsim.model.network import Edge, Network
from nnsim.model.parameters import Layout
from nnsim.ui.graph.geometry import Node, layer_kind

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.intp]

OVERLAYS = ("weight", "contribution", "gradient", "update")
MOST_EDGES = 700
MOST_OF_ALL = 20_000
"""Edges drawn at most where all are asked for."""


_PER_EDGE = ("source_layer", "source_unit", "layer", "unit", "source", "target", "index")


@dataclass(frozen=True, slots=True, eq=False)
class EdgeSet:
    """The edges that are drawn, one entry each.

    Attributes
    ----------
    source_layer, source_unit, layer, unit : arrays of int, shape (n,)
    source, target : arrays of int, shape (n,)
        Nodes, numbered through all layers.
    index : array of int, shape (n,)
        Place of the weight in the flat parameter vector.
    among : int
        Edges of which these were chosen: all of the network, or those of the node in focus.
    total : int
        Edges that the network has, drawn or not.
    """

    source_layer: Ints
    source_unit: Ints
    layer: Ints
    unit: Ints
    source: Ints
    target: Ints
    index: Ints
    among: int
    total: int

    def __len__(self) -> int:
        return len(self.index)

    def some(self, places: Ints) -> EdgeSet:
        """The edges at some places, in that order."""
        return replace(self, **{name: getattr(self, name)[places] for name in _PER_EDGE})

    def edge(self, i: int) -> Edge:
        """The model's name of the i-th drawn edge."""
        return Edge(
            int(self.source_layer[i]), int(self.source_unit[i]), int(self.layer[i]), int(self.unit[i])
        )

    def places(self, wanted: Iterable[Edge]) -> Ints:
        """Where some edges stand, in this order; those that are not drawn are left out."""
        names = np.stack([self.source_layer, self.source_unit, self.layer, self.unit], axis=1)
        kinds = np.array([tuple(edge) for edge in wanted], np.intp).reshape(-1, 4)
        most = 1 + np.concatenate([names, kinds]).max(axis=0, initial=0)
        code = np.cumprod([1, *most[:-1]])
        return np.flatnonzero(np.isin(names @ code, kinds @ code))

    def touching(self, item: Node | Edge) -> NDArray[np.bool_]:
        """True for the edges that begin or end at a node; for an edge, for itself."""
        if isinstance(item, Edge):
            same = (self.source_layer == item.source_layer) & (self.layer == item.layer)
            return same & (self.source_unit == item.source_unit) & (self.unit == item.unit)
        leaves = (self.source_layer == item.layer) & (self.source_unit == item.unit)
        return leaves | ((self.layer == item.layer) & (self.unit == item.unit))


def source_of(overlay: str, snapshot: Snapshot | None) -> Floats | None:
    """The flat vector that an overlay shows, (P,); None while it has not been computed."""
    if snapshot is None:
        return None
    return _VECTORS[overlay](snapshot)


_VECTORS: dict[str, Callable[[Snapshot], Floats | None]] = {
    "weight": lambda snapshot: snapshot.parameters,
    "contribution": lambda snapshot: snapshot.parameters,
    "gradient": lambda snapshot: snapshot.last_gradient,
    "update": lambda snapshot: snapshot.last_update,
}


def edge_values(edges: EdgeSet, overlay: str, snapshot: Snapshot | None) -> Floats | None:
    """What each drawn edge shows, (n,); None while it has not been computed."""
    vector = source_of(overlay, snapshot)
    if vector is None or snapshot is None:
        return None
    values = vector[edges.index]
    if overlay == "contribution":
        values = values * np.concatenate(snapshot.probe.activations)[edges.source]
    return values


def weighted(network: Network) -> list[tuple[int, int]]:
    """The connections of which single edges are drawn: of others, as of those from pictures, ribbons are."""
    return [
        (source, layer)
        for source, layer in network.connections
        if network.layers[layer].kind == "dense" and layer_kind(network, source) != "maps"
    ]


def choose(
    layout: Layout, overlay: str, snapshot: Snapshot | None, most: int = MOST_EDGES, focus: Node | None = None
) -> EdgeSet:
    """The edges to draw: all of them, or of each connection the strongest, up to its share.

    Small connections are drawn whole; what they leave of the budget goes to the large ones, so that
    the many edges of a first layer never hide the few of the last.

    Parameters
    ----------
    layout : Layout
    overlay : str
        One of :data:`OVERLAYS`; "strongest" is meant in what it shows.
    snapshot : Snapshot or None
    most : int
        Edges drawn at most.
    focus : Node, optional
        Only the edges of this node compete.
    """
    network, pairs = layout.network, weighted(layout.network)
    vector = source_of(overlay, snapshot)
    blocks = []
    for source, layer in pairs:
        strength = _strength(layout, overlay, snapshot, vector, source, layer)
        for edge in network.removed_edges:
            if (edge.source_layer, edge.layer) == (source, layer):
                strength[edge.unit, edge.source_unit] = -1.0
        blocks.append(strength)
    total = sum(int((block >= 0).sum()) for block in blocks)
    if focus is not None:
        for block, (source, layer) in zip(blocks, pairs, strict=True):
            _keep_only(block, focus, source, layer)
    sizes = [int((block >= 0).sum()) for block in blocks]
    budget = shares(sizes, most)
    picked = [_strongest(block, share) for block, share in zip(blocks, budget, strict=True)]
    return _edge_set(layout, picked, sum(sizes), total)


def _strength(
    layout: Layout, overlay: str, snapshot: Snapshot | None, vector: Floats | None, source: int, layer: int
) -> Floats:
    if vector is None or snapshot is None:
        network = layout.network
        return np.zeros((network.units(layer), network.units(source)), np.float32)
    strength = np.abs(layout.block(vector, source, layer))
    if overlay == "contribution":
        strength = strength * np.abs(snapshot.probe.activations[source])
    return np.nan_to_num(strength, nan=0.0)


def _keep_only(block: Floats, focus: Node, source: int, layer: int) -> None:
    others = np.ones(block.shape, np.bool_)
    if focus.layer == layer:
        others[focus.unit] = False
    if focus.layer == source:
        others[:, focus.unit] = False
    block[others] = -1.0


def shares(sizes: Iterable[int], most: int) -> list[int]:
    """Share a budget out: the smallest first, each at most an equal part of what is left."""
    sizes = list(sizes)
    out = [0] * len(sizes)
    order = sorted(range(len(sizes)), key=lambda i: sizes[i])
    for place, i in enumerate(order):
        out[i] = min(sizes[i], most // (len(order) - place))
        most -= out[i]
    return out


def _strongest(strength: Floats, count: int) -> Ints:
    """Places of the `count` largest entries of a block, in reading order: shape (n, 2), n <= count.

    Where some must be left out, entries of 0 are; if all are 0, an even choice stands for them.
    """
    flat = strength.ravel()
    there = np.flatnonzero(flat >= 0)
    if count >= len(there):
        best = there
    elif not (flat > 0).any():
        best = there[np.linspace(0, len(there) - 1, count).astype(np.intp)]
    else:
        best = np.sort(np.argpartition(flat, len(flat) - count)[len(flat) - count :])
        best = best[flat[best] > 0]
    return np.stack(np.unravel_index(best, strength.shape), axis=1).astype(np.intp)


def _edge_set(layout: Layout, picked: list[Ints], among: int, total: int) -> EdgeSet:
    network = layout.network
    offsets = np.concatenate(([0], np.cumsum([shape.size for shape in network.shapes])))
    columns: list[Ints] = [np.zeros((len(_PER_EDGE), 0), np.intp)]
    for (source, layer), places in zip(weighted(network), picked, strict=True):
        unit, source_unit = places.T
        tensor = layout.weight(layer)
        first = tensor.offset + int(layout.columns(source, layer).start)
        columns.append(
            np.stack(
                [
                    np.full_like(unit, source),
                    source_unit,
                    np.full_like(unit, layer),
                    unit,
                    offsets[source] + source_unit,
                    offsets[layer] + unit,
                    first + unit * tensor.shape[1] + source_unit,
                ]
            )
        )
    source_layer, source_unit, layers, units, source, target, index = np.concatenate(columns, axis=1)
    return EdgeSet(source_layer, source_unit, layers, units, source, target, index, among, total)
