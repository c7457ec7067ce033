"""Which cells a cell is computed from, which it goes into, and which parameter stands between two of them.

A cell is one number that a layer puts out, named by :class:`Node`: its unit is the place in the layer's
numbers in PyTorch's order, for an image (channels, height, width).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnsim.model.layers import Shape
from nnsim.model.network import Edge, Network, Node
from nnsim.model.parameters import Layout

Ints = NDArray[np.int64]
NO_PARAMETER = -1


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The cells at the other ends of one cell's edges, one entry an edge.

    Attributes
    ----------
    layers, units : arrays of int, shape (n,)
    parameters : array of int, shape (n,)
        Place of the edge's weight in the flat parameter vector; :data:`NO_PARAMETER` where it has none.
        One parameter may stand on many edges.
    """

    layers: Ints
    units: Ints
    parameters: Ints

    def __len__(self) -> int:
        return len(self.units)

    def node(self, i: int) -> Node:
        """The cell at the i-th edge."""
        return Node(int(self.layers[i]), int(self.units[i]))

    def where(self, mask: NDArray[np.bool_]) -> Cells:
        """Only some of them."""
        return Cells(self.layers[mask], self.units[mask], self.parameters[mask])


class Connectivity:
    """Asks a network for its edges, cell by cell.

    Removed edges are left out; where their weight is shared, all edges that share it.

    Dense layers and convolutions have a weight on each edge. The edges of a pool, of additions and the like
    have none. A normalised cell has one edge, from the cell that it is the normalised value of; the cells
    that its mean and variance are taken over are its :meth:`group`. Its γ and β belong to its channel as
    a bias does, to no edge. So it is with softmax as a layer of its own.

    Parameters
    ----------
    network : Network
    """

    def __init__(self, network: Network) -> None:
        self.network = network

    @cached_property
    def layout(self) -> Layout:
        """Where the parameters stand."""
        return Layout(self.network)

    def into(self, node: Node) -> Cells:
        """The cells that a cell is computed from, in the order of their layers and units."""
        layer = node.layer
        parts = []
        for source in self.network.sources(layer):
            units, parameters = _RULES[self.network.layers[layer].kind].into(
                _Pair(self.layout, source, layer), node.unit
            )
            parts.append((source, units, parameters))
        return self._kept(_joined(parts))

    def out_of(self, node: Node) -> Cells:
        """The cells that a cell goes into, in the order of their layers and units."""
        parts = []
        for source, layer in self.network.connections:
            if source == node.layer:
                units, parameters = _RULES[self.network.layers[layer].kind].out_of(
                    _Pair(self.layout, source, layer), node.unit
                )
                parts.append((layer, units, parameters))
        return self._kept(_joined(parts))

    def has(self, edge: Edge) -> bool:
        """Whether a cell is computed from another, by an edge that is not removed."""
        cells = self.into(Node(edge.layer, edge.unit))
        return bool(((cells.layers == edge.source_layer) & (cells.units == edge.source_unit)).any())

    def parameter(self, edge: Edge) -> int:
        """Place of an edge's weight in the flat vector, removed or not; :data:`NO_PARAMETER` without one.

        Raises
        ------
        KeyError
            If the two cells are not joined.
        """
        if (edge.source_layer, edge.layer) in self.network.connections:
            pair = _Pair(self.layout, edge.source_layer, edge.layer)
            units, parameters = _RULES[self.network.layers[edge.layer].kind].into(pair, edge.unit)
            found = np.flatnonzero(units == edge.source_unit)
            if len(found):
                return int(parameters[found[0]])
        raise KeyError(edge)

    def weight_at(self, edge: Edge) -> WeightPlace | None:
        """Which weight of which filter an edge has; None where each edge has its own, or none."""
        if self.network.layers[edge.layer].kind != "conv2d":
            return None
        pair = _Pair(self.layout, edge.source_layer, edge.layer)
        read, made = _split(pair.inside, edge.source_unit), _split(pair.outside, edge.unit)
        (row, down), (column, across) = (_use(pair, axis, read[1 + axis], made[1 + axis]) for axis in (0, 1))
        return WeightPlace(made[0], read[0], row, column, down * across)

    def group(self, node: Node) -> Ints:
        """Units of the source layer that a normalised cell's mean and variance are taken over.

        Batch normalisation takes the same channel of all other samples of the batch as well. Empty for
        a layer that normalises nothing.
        """
        layer = self.network.layers[node.layer]
        channels_of = _GROUPS.get(layer.kind)
        if channels_of is None:
            return np.zeros(0, np.int64)
        shape = self.network.shapes[node.layer]
        together = channels_of(layer, shape) * shape.places
        first = node.unit // together * together
        return np.arange(first, first + together)

    @cached_property
    def _removed(self) -> NDArray[np.bool_] | None:
        """True at the parameters of removed edges; None where none is removed."""
        edges = self.network.removed_edges
        if not edges:
            return None
        mask = np.zeros(self.layout.size, np.bool_)
        dense = {edge for edge in edges if self.network.layers[edge.layer].kind == "dense"}
        mask[self.layout.edge_indices(dense)] = True
        for edge in edges - dense:
            place = self.parameter(edge)
            if place != NO_PARAMETER:
                mask[place] = True
        return mask

    def _kept(self, cells: Cells) -> Cells:
        removed = self._removed
        if removed is None:
            return cells
        return cells.where((cells.parameters == NO_PARAMETER) | ~removed[cells.parameters])


class WeightPlace(NamedTuple):
    """One weight of a filter.

    Attributes
    ----------
    filter, channel, row, column : int
    places : int
        Of the window at which it is used: those at which it looks at no padding.
    """

    filter: int
    channel: int
    row: int
    column: int
    places: int


@dataclass(frozen=True, slots=True)
class _Pair:
    """One connection between two layers."""

    layout: Layout
    source: int
    layer: int

    @property
    def settings(self) -> Any:
        """Of the layer that reads."""
        return self.layout.network.layers[self.layer]

    @property
    def inside(self) -> Shape:
        """What is read."""
        return self.layout.network.shapes[self.source]

    @property
    def outside(self) -> Shape:
        """What is put out."""
        return self.layout.network.shapes[self.layer]

    @property
    def first(self) -> int:
        """Numbers of the layers that the reading layer sees before this source."""
        feeders = self.layout.network.sources(self.layer)
        return sum(self.layout.network.units(other) for other in feeders if other < self.source)


Found = tuple[Ints, Ints]
"""Units of the other layer, and the parameter at each."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """How the cells of two layers are joined: from a cell to its sources, and from a cell to its targets."""

    into: Callable[[_Pair, int], Found]
    out_of: Callable[[_Pair, int], Found]


def _bare(units: Ints) -> Found:
    return units, np.full(len(units), NO_PARAMETER, np.int64)


def _all_in(pair: _Pair, unit: int) -> Found:
    tensor = pair.layout.weight(pair.layer)
    units = np.arange(pair.inside.size)
    return units, tensor.offset + unit * tensor.shape[1] + pair.first + units


def _all_out(pair: _Pair, unit: int) -> Found:
    tensor = pair.layout.weight(pair.layer)
    units = np.arange(pair.outside.size)
    return units, tensor.offset + units * tensor.shape[1] + pair.first + unit


def _same(pair: _Pair, unit: int) -> Found:
    return _bare(np.array([unit]))


def _part_in(pair: _Pair, unit: int) -> Found:
    own = unit - pair.first
    return _bare(np.array([own] if 0 <= own < pair.inside.size else [], np.int64))


def _part_out(pair: _Pair, unit: int) -> Found:
    return _bare(np.array([pair.first + unit]))


def _seen(pair: _Pair, axis: int, place: int) -> Found:
    """Along one side: what a window at one place sees, and the places of these in the window."""
    settings = pair.settings
    inside = np.arange(settings.kernel[axis])
    at = place * settings.stride[axis] - settings.padding[axis] + inside
    there = (at >= 0) & (at < pair.inside.sizes[1 + axis])
    return at[there], inside[there]


def _seers(pair: _Pair, axis: int, at: int) -> Found:
    """Along one side: the places at which a window sees one number, and where in the window it then is."""
    settings = pair.settings
    places = np.arange(pair.outside.sizes[1 + axis])
    inside = at + settings.padding[axis] - places * settings.stride[axis]
    there = (inside >= 0) & (inside < settings.kernel[axis])
    return places[there], inside[there]


def _use(pair: _Pair, axis: int, at: int, place: int) -> tuple[int, int]:
    """Along one side: where in the window at one place a number is, and how many places look from there."""
    stride, padding = pair.settings.stride[axis], pair.settings.padding[axis]
    inside = at + padding - place * stride
    seen = np.arange(pair.outside.sizes[1 + axis]) * stride + inside - padding
    return inside, int(((seen >= 0) & (seen < pair.inside.sizes[1 + axis])).sum())


def _split(shape: Shape, unit: int) -> tuple[int, int, int]:
    """Channel, row and column of a unit."""
    channel, place = divmod(unit, shape.places)
    return channel, *divmod(place, shape.sizes[2])


def _filter_in(pair: _Pair, unit: int) -> Found:
    kernel, inside = pair.settings.kernel, pair.inside
    number, row, column = _split(pair.outside, unit)
    (rows, i), (columns, j) = _seen(pair, 0, row), _seen(pair, 1, column)
    channels = np.arange(inside.channels)[:, None, None]
    units = (channels * inside.sizes[1] + rows[:, None]) * inside.sizes[2] + columns
    weights = ((number * inside.channels + channels) * kernel[0] + i[:, None]) * kernel[1] + j
    return units.ravel(), pair.layout.weight(pair.layer).offset + weights.ravel()


def _filter_out(pair: _Pair, unit: int) -> Found:
    kernel, outside = pair.settings.kernel, pair.outside
    channel, row, column = _split(pair.inside, unit)
    (rows, i), (columns, j) = _seers(pair, 0, row), _seers(pair, 1, column)
    filters = np.arange(outside.channels)[:, None, None]
    units = (filters * outside.sizes[1] + rows[:, None]) * outside.sizes[2] + columns
    weights = ((filters * pair.inside.channels + channel) * kernel[0] + i[:, None]) * kernel[1] + j
    return units.ravel(), pair.layout.weight(pair.layer).offset + weights.ravel()


def _window_in(pair: _Pair, unit: int) -> Found:
    channel, row, column = _split(pair.outside, unit)
    rows, columns = _seen(pair, 0, row)[0], _seen(pair, 1, column)[0]
    _, height, width = pair.inside.sizes
    return _bare(((channel * height + rows[:, None]) * width + columns).ravel())


def _window_out(pair: _Pair, unit: int) -> Found:
    channel, row, column = _split(pair.inside, unit)
    rows, columns = _seers(pair, 0, row)[0], _seers(pair, 1, column)[0]
    _, height, width = pair.outside.sizes
    return _bare(((channel * height + rows[:, None]) * width + columns).ravel())


_SAME = _Rule(_same, _same)
_WINDOW = _Rule(_window_in, _window_out)
_RULES = {
    "dense": _Rule(_all_in, _all_out),
    "conv2d": _Rule(_filter_in, _filter_out),
    "max_pool2d": _WINDOW,
    "avg_pool2d": _WINDOW,
    "concat": _Rule(_part_in, _part_out),
    "activation": _SAME,
    "add": _SAME,
    "flatten": _SAME,
    "dropout": _SAME,
    "batch_norm": _SAME,
    "layer_norm": _SAME,
    "instance_norm": _SAME,
    "group_norm": _SAME,
}

_GROUPS: dict[str, Callable[[Any, Shape], int]] = {
    "batch_norm": lambda layer, shape: 1,
    "instance_norm": lambda layer, shape: 1,
    "layer_norm": lambda layer, shape: shape.channels,
    "group_norm": lambda layer, shape: shape.channels // layer.groups,
}
"""How many neighbouring channels are normalised together."""


def _joined(parts: list[tuple[int, Ints, Ints]]) -> Cells:
    if not parts:
        return Cells(*np.zeros((3, 0), np.int64))
    layers = [np.full(len(units), layer, np.int64) for layer, units, _ in parts]
    units = np.concatenate([units for _, units, _ in parts])
    return Cells(np.concatenate(layers), units, np.concatenate([places for _, _, places in parts]))
