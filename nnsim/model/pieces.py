"""The parameters of a network taken apart, one matrix for each connection, and layers bridged in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnsim.model.layers import Shape
from nnsim.model.network import Network
from nnsim.model.origin import NEW, places_of
from nnsim.model.parameters import Layout, Vector

NEVER_NEGATIVE = frozenset({"relu", "sigmoid", "step", "softmax"})
"""Activations whose values are at least 0."""

_TANGENTS = {"identity": (1.0, 0.0), "tanh": (1.0, 0.0), "elu": (1.0, 0.0), "sigmoid": (0.25, 0.5)}
_CONSTANTS = frozenset({"step", "softmax"})


@dataclass(slots=True)
class Pieces:
    """Parameters by connection and by layer. The arrays are never written to, only exchanged.

    Attributes
    ----------
    network : Network
        Its layer numbers are the keys.
    connections : set of (int, int)
        What feeds what, layers taken out left out.
    weights : dict
        For each (source, destination) whose destination is dense a matrix (units of destination, units of
        source).
    biases, slopes : dict
        For each layer that has them a vector.
    tensors : dict
        For each (layer, role) the tensor, of all kinds.
    """

    network: Network
    connections: set[tuple[int, int]]
    weights: dict[tuple[int, int], Vector]
    biases: dict[int, Vector]
    slopes: dict[int, Vector]
    tensors: dict[tuple[int, str], Vector]

    def into(self, layer: int) -> list[tuple[int, Vector]]:
        """The sources of a layer, each with its weights."""
        return [(source, weight) for (source, to), weight in self.weights.items() if to == layer]

    def out_of(self, layer: int) -> list[tuple[int, Vector]]:
        """The destinations of a layer, each with its weights."""
        return [(to, weight) for (source, to), weight in self.weights.items() if source == layer]


def taken_apart(layout: Layout, vector: Vector) -> Pieces:
    """The pieces of a flat vector, as windows into it."""
    network = layout.network
    tensors = {(t.layer, t.role): vector[t.span].reshape(t.shape) for t in layout.tensors}
    weights = {
        (source, layer): tensors[layer, "weight"][:, layout.columns(source, layer)]
        for source, layer in network.connections
        if network.layers[layer].kind == "dense"
    }
    biases, slopes = (
        {layer: tensor for (layer, found), tensor in tensors.items() if found == role}
        for role in ("bias", "slope")
    )
    return Pieces(network, set(network.connections), weights, biases, slopes, tensors)


def bridge(pieces: Pieces, layers: Iterable[int]) -> None:
    """Take layers out; what fed each of them feeds what it fed, through the product of the weights.

    The activation is replaced by a straight line: itself where it is the identity, else its tangent at 0,
    which for a ReLU and its kin is the mean of both sides. A unit of these that, as its weights and its
    sources' signs tell, never leaves one side has the line of that side. Steps and softmaxes, which have
    no slope to go by, are taken as constants.
    """
    for layer in layers:
        before = [source for source, to in pieces.connections if to == layer]
        behind = [to for source, to in pieces.connections if source == layer]
        fold = _fold if pieces.network.layers[layer].kind == "dense" else _pass_by
        fold(pieces, layer, before)
        pieces.connections -= {pair for pair in pieces.connections if layer in pair}
        pieces.connections |= {(source, to) for source in before for to in behind}


def _fold(pieces: Pieces, layer: int, before: Iterable[int]) -> None:
    slope, height = _line(pieces, layer)
    constant = height + slope * pieces.biases.get(layer, 0.0)
    into, out_of = pieces.into(layer), pieces.out_of(layer)
    for destination, onward in out_of:
        for source, weight in into:
            product = (onward * slope) @ weight
            direct = pieces.weights.get((source, destination), 0.0)
            pieces.weights[source, destination] = direct + product
        pieces.biases[destination] = pieces.biases.get(destination, 0.0) + onward @ constant
        del pieces.weights[layer, destination]
    for source, _ in into:
        del pieces.weights[source, layer]


def _pass_by(pieces: Pieces, layer: int, before: Iterable[int]) -> None:
    """What read a layer without a matrix of weights reads what fed it, channel by channel, place by place."""
    shapes, first = pieces.network.shapes, 0
    is_joined = pieces.network.layers[layer].kind == "concat"
    for source in sorted(before):
        start, first = first if is_joined else 0, first + shapes[source].size
        cells = _reread(shapes[source], shapes[layer], start)
        for destination, onward in pieces.out_of(layer):
            read = np.where(cells >= 0, onward[:, cells], 0.0)
            pieces.weights[source, destination] = pieces.weights.get((source, destination), 0.0) + read
    for destination, _ in pieces.out_of(layer):
        del pieces.weights[layer, destination]


def _reread(source: Shape, layer: Shape, start: int) -> NDArray[np.int64]:
    """For each cell of a source the cell of a layer that stood for it."""
    if source.size == layer.size or source.is_image != layer.is_image or not source.is_image:
        cells = start + np.arange(source.size)
        return np.where(cells < layer.size, cells, NEW)
    channels, places = np.arange(source.channels)[:, None], places_of(layer, source)
    cells = channels * layer.places + places
    known = (channels * layer.places < layer.size - start) & (places >= 0)
    return np.where(known, start + cells, NEW).ravel()


def shifts(network: Network, layer: int) -> bool:
    """Whether what a bridged layer leaves behind includes a constant."""
    if network.layers[layer].kind != "dense":
        return False
    dense = network.dense(layer)
    return dense.bias or dense.activation in _CONSTANTS or _TANGENTS.get(dense.activation, (1, 0))[1] != 0


def _line(pieces: Pieces, layer: int) -> tuple[Vector, Vector]:
    """Slopes and heights at 0, shape (units,), of the lines that stand for a layer's activation."""
    dense = pieces.network.dense(layer)
    flat = np.zeros(dense.units, pieces.into(layer)[0][1].dtype)
    if dense.activation in _TANGENTS:
        slope, height = _TANGENTS[dense.activation]
        return flat + slope, flat + height
    if dense.activation in _CONSTANTS:
        return flat, flat + (0.5 if dense.activation == "step" else 1.0 / dense.units)
    below = {"relu": 0.0, "leaky_relu": dense.negative_slope}.get(dense.activation)
    low = flat + (pieces.slopes[layer] if below is None else below)
    weights = [weight for _, weight in pieces.into(layer)]
    if all(never_negative(pieces.network, source) for source, _ in pieces.into(layer)):
        every = np.column_stack([*weights, pieces.biases.get(layer, flat)])
        above, beneath = (every >= 0).all(axis=1), (every <= 0).all(axis=1)
        return np.where(above, flat + 1, np.where(beneath, low, (1 + low) / 2)), flat
    return (1 + low) / 2, flat


def never_negative(network: Network, layer: int) -> bool:
    """Whether the values of a layer are known to be at least 0."""
    if layer == 0:
        return False
    if network.layers[layer].kind in _PASSING:
        return all(never_negative(network, source) for source in network.sources(layer))
    return network.activation(layer) in NEVER_NEGATIVE


_PASSING = frozenset({"max_pool2d", "avg_pool2d", "dropout", "flatten", "add", "concat"})
"""Kinds that put out nothing negative where nothing negative comes in."""
