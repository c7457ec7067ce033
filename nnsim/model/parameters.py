"""Where each parameter of a network stands in its one flat vector."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.model.layers import ParameterSpec
from nnsim.model.network import Edge, Network

Vector = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Tensor:
    """A named block of the flat vector.

    Attributes
    ----------
    name : str
        As in PyTorch's ``state_dict``: ``hidden1.weight`` is (out, in).
    layer : int
    spec : ParameterSpec
    offset : int
    """

    name: str
    layer: int
    spec: ParameterSpec
    offset: int

    @property
    def numbered_name(self) -> str:
        """Its name in files of format 1, whose layers have numbers and no names."""
        return f"layers.{self.layer}.{self.role}"

    @property
    def role(self) -> str:
        """Such as ``weight``, ``bias`` or ``slope``."""
        return self.spec.role

    @property
    def shape(self) -> tuple[int, ...]:
        """As PyTorch lays it out."""
        return self.spec.shape

    @property
    def size(self) -> int:
        """Number of parameters in the block."""
        return math.prod(self.shape)

    @property
    def span(self) -> slice:
        """The block's place in the flat vector."""
        return slice(self.offset, self.offset + self.size)


class Layout:
    """The tensors of a network, one after the other: those of each layer in its kind's order.

    Parameters
    ----------
    network : Network

    Attributes
    ----------
    tensors : tuple of Tensor
    size : int
        Length of the flat vector.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        tensors: list[Tensor] = []
        offset = 0
        for index in range(1, len(network.layers)):
            for spec in network.parameter_specs(index):
                name = f"{network.layers[index].name}.{spec.role}"
                tensors.append(Tensor(name, index, spec, offset))
                offset += tensors[-1].size
        self.tensors = tuple(tensors)
        self.size = offset
        self._by_role = {(tensor.layer, tensor.role): tensor for tensor in tensors}

    def find(self, layer: int, role: str) -> Tensor | None:
        """The tensor of that role in that layer, if it has one."""
        return self._by_role.get((layer, role))

    def weight(self, layer: int) -> Tensor:
        """The weight tensor of a dense layer."""
        return self._by_role[layer, "weight"]

    def view(self, vector: Vector, layer: int, role: str) -> Vector | None:
        """A shaped window into a flat vector, if that layer has such a tensor."""
        tensor = self.find(layer, role)
        return None if tensor is None else vector[tensor.span].reshape(tensor.shape)

    def views(self, vector: Vector) -> dict[str, Vector]:
        """Shaped windows into a flat vector, by tensor name."""
        return {t.name: vector[t.span].reshape(t.shape) for t in self.tensors}

    def columns(self, source: int, layer: int) -> slice:
        """Columns of the weight of `layer` that belong to `source`."""
        start = 0
        for feeder in self.network.sources(layer):
            units = self.network.units(feeder)
            if feeder == source:
                return slice(start, start + units)
            start += units
        raise KeyError((source, layer))

    def block(self, vector: Vector, source: int, layer: int) -> Vector:
        """Weights of one connection, (units of `layer`, units of `source`), as a window."""
        weight = self.view(vector, layer, "weight")
        assert weight is not None
        return weight[:, self.columns(source, layer)]

    def edge_index(self, edge: Edge) -> int:
        """Place of one edge's weight in the flat vector."""
        tensor = self.weight(edge.layer)
        column = self.columns(edge.source_layer, edge.layer).start + edge.source_unit
        return tensor.offset + edge.unit * tensor.shape[1] + int(column)

    def edge_indices(self, edges: Collection[Edge]) -> NDArray[np.int64]:
        """Places of the weights of many edges, in their order."""
        if not edges:
            return np.zeros(0, np.int64)
        numbers = np.fromiter(chain.from_iterable(edges), np.int64, 4 * len(edges)).reshape(-1, 4)
        source, source_unit, layer, unit = numbers.T
        starts = np.zeros((len(self.network.layers), len(self.network.layers)), np.int64)
        for pair in self.network.connections:
            starts[pair] = self.columns(*pair).start
        offsets, widths = np.zeros((2, len(starts)), np.int64)
        for tensor in self.tensors:
            if tensor.role == "weight" and len(tensor.shape) == 2:
                offsets[tensor.layer], widths[tensor.layer] = tensor.offset, tensor.shape[1]
        places: NDArray[np.int64] = (
            offsets[layer] + unit * widths[layer] + starts[source, layer] + source_unit
        )
        return places

    def removed(self) -> NDArray[np.bool_]:
        """True where the weight of a removed edge would be."""
        mask = np.zeros(self.size, np.bool_)
        mask[self.edge_indices(self.network.removed_edges)] = True
        return mask

    def trainable(self) -> NDArray[np.bool_]:
        """True where training may change the parameter."""
        mask = ~self.removed()
        mask[self.edge_indices(self.network.frozen_edges)] = False
        for tensor in self.tensors:
            if not tensor.spec.trained or self.network.layers[tensor.layer].frozen:
                mask[tensor.span] = False
            for number in getattr(self.network.layers[tensor.layer], "frozen_filters", ()):
                if tensor.shape[0] > number and tensor.role in ("weight", "bias"):
                    each = tensor.size // tensor.shape[0]
                    mask[tensor.offset + number * each : tensor.offset + (number + 1) * each] = False
        return mask
