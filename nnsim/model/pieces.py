"""The parameters of a network taken apart, one matrix for each connection, and layers bridged in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnsim.model.network import Network
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
    weights : dict
        For each (source, destination) a matrix (units of destination, units of source).
    biases, slopes : dict
        For each layer that has them a vector.
    """

    network: Network
    weights: dict[tuple[int, int], Vector]
    biases: dict[int, Vector]
    slopes: dict[int, Vector]

    def into(self, layer: int) -> list[tuple[int, Vector]]:
        """The sources of a layer, each with its weights."""
        return [(source, weight) for (source, to), weight in self.weights.items() if to == layer]

    def out_of(self, layer: int) -> list[tuple[int, Vector]]:
        """The destinations of a layer, each with its weights."""
        return [(to, weight) for (source, to), weight in self.weights.items() if source == layer]


def taken_apart(layout: Layout, vector: Vector) -> Pieces:
    """The pieces of a flat vector, as windows into it."""
    network = layout.network
    by_role: dict[str, dict[int, Vector]] = {"weight": {}, "bias": {}, "slope": {}}
    for tensor in layout.tensors:
        by_role[tensor.role][tensor.layer] = vector[tensor.span].reshape(tensor.shape)
    weights = {
        (source, layer): by_role["weight"][layer][:, layout.columns(source, layer)]
        for source, layer in network.connections
    }
    return Pieces(network, weights, by_role["bias"], by_role["slope"])


def bridge(pieces: Pieces, layers: Iterable[int]) -> None:
    """Take layers out; what fed each of them feeds what it fed, through the product of the weights.

    The activation is replaced by a straight line: itself where it is the identity, else its tangent at 0,
    which for a ReLU and its kin is the mean of both sides. A unit of these that, as its weights and its
    sources' signs tell, never leaves one side has the line of that side. Steps and softmaxes, which have
    no slope to go by, are taken as constants.
    """
    for layer in layers:
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


def shifts(network: Network, layer: int) -> bool:
    """Whether what a bridged layer leaves behind includes a constant."""
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
    return layer > 0 and network.dense(layer).activation in NEVER_NEGATIVE
