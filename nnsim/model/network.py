"""A network: layers, the connections between them, and the edges taken out by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from nnsim.model.errors import DocumentError, one_of
from nnsim.model.fields import Fields, as_integer, as_list
from nnsim.model.layers import (
    KINDS,
    Dense,
    Input,
    Layer,
    ParameterSpec,
    Shape,
    ShapeError,
    layer_from_json,
    layer_to_json,
    named,
)

MOST_LAYERS = 64
_IN_FORMAT_1 = ("input", "dense")
"""Kinds of layer that it has; the layers of its documents have numbers and no names."""
MOST_PARAMETERS = 20_000_000


class Node(NamedTuple):
    """One unit of one layer."""

    layer: int
    unit: int


class Edge(NamedTuple):
    """One weight, named by the two nodes it joins."""

    source_layer: int
    source_unit: int
    layer: int
    unit: int


@dataclass(frozen=True, slots=True)
class Network:
    """Layers and their connections.

    Layer 0 is the input, the last layer the output. Connections run from a lower to a higher layer
    number, so the graph has no cycle; a connection that passes over a layer is a skip connection.
    A layer fed by several others sees them one after the other, in the order of their numbers, as if
    concatenated: its weight has shape ``(units, sum of the sources' units)``.

    Attributes
    ----------
    layers : tuple of Layer
        Each with a name that no other has; those without one are given one.
    connections : tuple of (int, int)
        Sorted ``(source, destination)`` pairs.
    removed_edges : frozenset of Edge
        Their weight is 0 and stays 0.
    frozen_edges : frozenset of Edge
        Their weight is used but not trained.
    shapes : tuple of Shape
        What each layer puts out.

    Raises
    ------
    ShapeError
        Where a layer cannot read what feeds it.
    """

    layers: tuple[Layer, ...]
    connections: tuple[tuple[int, int], ...]
    removed_edges: frozenset[Edge] = frozenset()
    frozen_edges: frozenset[Edge] = frozenset()
    shapes: tuple[Shape, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", named(self.layers))
        object.__setattr__(self, "shapes", _shapes(self.layers, self.connections))

    def units(self, layer: int) -> int:
        """How many numbers a layer puts out for one sample."""
        return self.shapes[layer].size

    def input_shapes(self, layer: int) -> tuple[Shape, ...]:
        """What a layer reads, in the order in which it sees them."""
        return tuple(self.shapes[source] for source in self.sources(layer))

    @property
    def input(self) -> Input:
        """The first layer."""
        first = self.layers[0]
        assert isinstance(first, Input)
        return first

    @property
    def names(self) -> tuple[str, ...]:
        """What each layer is called."""
        return tuple(layer.name for layer in self.layers)

    @property
    def output(self) -> Layer:
        """The last layer."""
        return self.layers[-1]

    @property
    def outputs(self) -> int:
        """How many numbers it answers with."""
        return self.shapes[-1].size

    @property
    def output_activation(self) -> str:
        """The activation that it answers through."""
        return self.activation(len(self.layers) - 1)

    def activation(self, layer: int) -> str:
        """The activation that a layer ends in; ``identity`` where it ends in none."""
        found = self.layers[layer]
        return str(getattr(found, "activation", getattr(found, "function", "identity")))

    def dense(self, layer: int) -> Dense:
        """Layer number `layer`, which must be a dense one."""
        found = self.layers[layer]
        assert isinstance(found, Dense)
        return found

    def sources(self, layer: int) -> tuple[int, ...]:
        """The layers that feed `layer`, in the order in which it sees them."""
        return tuple(source for source, destination in self.connections if destination == layer)

    def fan_in(self, layer: int) -> int:
        """Number of weights that enter each unit of `layer`."""
        return sum(shape.size for shape in self.input_shapes(layer))

    @property
    def weights(self) -> int:
        """Numbers in all tensors that are drawn at the start, biases and the like left out."""
        specs = (spec for i in range(1, len(self.layers)) for spec in self.parameter_specs(i))
        return sum(math.prod(spec.shape) for spec in specs if spec.start is None)

    def parameter_specs(self, layer: int) -> tuple[ParameterSpec, ...]:
        """The tensors that a layer needs."""
        return self.layers[layer].parameters(self.input_shapes(layer))

    def with_layer(self, index: int, layer: Layer) -> Network:
        """The same network with one layer exchanged."""
        layers = list(self.layers)
        layers[index] = layer
        return replace(self, layers=tuple(layers))


def _shapes(layers: tuple[Layer, ...], connections: tuple[tuple[int, int], ...]) -> tuple[Shape, ...]:
    """What each layer puts out; an error names the layer."""
    out: list[Shape] = []
    for number, layer in enumerate(layers):
        inputs = [out[source] for source, destination in connections if destination == number]
        try:
            out.append(layer.output_shape(inputs))
        except ShapeError as error:
            name = f"network.layers[{number}]"
            field = f"{name}.{error.field}" if error.field else name
            raise ShapeError(field, error.said, reason=error.reason) from None
    return tuple(out)


def chain(*layers: Layer) -> Network:
    """A network in which each layer feeds the next."""
    return Network(tuple(layers), tuple((i, i + 1) for i in range(len(layers) - 1)))


def network_from_json(value: object, format_number: int = 2, path: str = "network") -> Network:
    """Read and check a network; layers without listed connections form a chain.

    Parameters
    ----------
    value
    format_number : int
        Of the document. In 1 connections join the numbers of layers, in 2 their names.
    path : str

    Raises
    ------
    DocumentError
        Naming the field and what is allowed there.
    """
    fields = Fields(value, path, ("layers", "connections", "removed_edges", "frozen_edges"))
    kinds = _IN_FORMAT_1 if format_number == 1 else tuple(KINDS)
    layers = tuple(
        layer_from_json(item, f"{fields.at('layers')}[{i}]", kinds)
        for i, item in enumerate(fields.items("layers", longest=MOST_LAYERS))
    )
    _check_kinds(layers, fields.at("layers"))
    _check_names(layers, fields.at("layers"))
    connections = _connections(fields, named(layers), format_number)
    network = Network(layers, connections)
    if network.shapes[-1].is_image:
        raise DocumentError(
            f"{fields.at('layers')}[{len(layers) - 1}]",
            "puts out an image of {shape}; allowed: features (end in a dense layer)",
            shape=network.shapes[-1],
        )
    weights = network.weights
    if weights > MOST_PARAMETERS:
        raise DocumentError(
            path,
            "has {weights} weights; allowed: at most {most_parameters}",
            weights=weights,
            most_parameters=MOST_PARAMETERS,
        )
    return replace(
        network,
        removed_edges=_edges(fields, "removed_edges", network),
        frozen_edges=_edges(fields, "frozen_edges", network),
    )


def _check_kinds(layers: tuple[Layer, ...], path: str) -> None:
    if len(layers) < 2:
        raise DocumentError(path, "has too few layers; allowed: an input and at least one dense layer")
    for i, layer in enumerate(layers):
        if isinstance(layer, Input) != (i == 0):
            raise DocumentError(f"{path}[{i}].kind", "the first layer, and only it, must be the input")


def _check_names(layers: tuple[Layer, ...], path: str) -> None:
    seen: set[str] = set()
    for i, layer in enumerate(layers):
        if layer.name in seen:
            raise DocumentError(
                f"{path}[{i}].name", "{name} stands twice; allowed: a new name", name=repr(layer.name)
            )
        if layer.name:
            seen.add(layer.name)


def _connections(
    fields: Fields, layers: tuple[Layer, ...], format_number: int
) -> tuple[tuple[int, int], ...]:
    if not fields.has("connections"):
        return tuple((i, i + 1) for i in range(len(layers) - 1))
    names = {layer.name: number for number, layer in enumerate(layers)}
    found: set[tuple[int, int]] = set()
    for i, item in enumerate(fields.items("connections", longest=MOST_LAYERS**2)):
        path = f"{fields.at('connections')}[{i}]"
        ends = as_list(item, path, longest=2)
        if len(ends) != 2:
            raise DocumentError(path, "must be [source layer, destination layer]")
        if format_number == 1:
            source = as_integer(ends[0], f"{path}[0]", low=0, high=len(layers) - 2)
            destination = as_integer(ends[1], f"{path}[1]", low=1, high=len(layers) - 1)
        else:
            source, destination = (_number(end, f"{path}[{j}]", names) for j, end in enumerate(ends))
        if source >= destination:
            raise DocumentError(path, "must run from a lower to a higher layer number")
        if (source, destination) in found:
            raise DocumentError(path, "stands twice")
        found.add((source, destination))
    for layer in range(1, len(layers)):
        if not any(destination == layer for _, destination in found):
            name = layer if format_number == 1 else repr(layers[layer].name)
            raise DocumentError(fields.at("connections"), "layer {name} has no connection into it", name=name)
    return tuple(sorted(found))


def _number(name: object, path: str, names: dict[str, int]) -> int:
    if not isinstance(name, str) or name not in names:
        found = repr(name[:40]) if isinstance(name, str) else "this"
        raise DocumentError(path, "{found} is no layer's name; {allowed}", found=found, allowed=one_of(names))
    return names[name]


def _edges(fields: Fields, name: str, network: Network) -> frozenset[Edge]:
    units = [shape.size for shape in network.shapes]
    connections = {pair for pair in network.connections if isinstance(network.layers[pair[1]], Dense)}
    edges: set[Edge] = set()
    for i, item in enumerate(fields.items(name, [], longest=MOST_PARAMETERS)):
        # There may be hundreds of thousands: what is wrong with one is put into words only where it is.
        if not _is_edge(item, connections, units):
            item = _edge_or_why_not(item, f"{fields.at(name)}[{i}]", connections, units)
        edges.add(Edge(*item))
    return frozenset(edges)


def _is_edge(item: object, connections: set[tuple[int, int]], units: list[int]) -> bool:
    if not isinstance(item, list) or len(item) != 4 or set(map(type, item)) != {int}:
        return False
    source, unit, layer, target = item
    return (source, layer) in connections and 0 <= unit < units[source] and 0 <= target < units[layer]


def _edge_or_why_not(
    item: object, path: str, connections: set[tuple[int, int]], units: list[int]
) -> list[int]:
    numbers = as_list(item, path, longest=4)
    if len(numbers) != 4:
        raise DocumentError(path, "must be [source layer, source unit, layer, unit]")
    last = len(units) - 1
    source = as_integer(numbers[0], f"{path}[0]", low=0, high=last)
    layer = as_integer(numbers[2], f"{path}[2]", low=0, high=last)
    if (source, layer) not in connections:
        raise DocumentError(
            path,
            "layers {source} and {layer} are not connected by weights of their own",
            source=source,
            layer=layer,
        )
    unit = as_integer(numbers[1], f"{path}[1]", low=0, high=units[source] - 1)
    target = as_integer(numbers[3], f"{path}[3]", low=0, high=units[layer] - 1)
    return [source, unit, layer, target]


def network_to_json(network: Network) -> dict[str, Any]:
    """The JSON of a network, as format 2 has it."""
    out: dict[str, Any] = {
        "layers": [layer_to_json(layer) for layer in network.layers],
        "connections": [[network.names[end] for end in pair] for pair in network.connections],
        "removed_edges": [list(edge) for edge in sorted(network.removed_edges)],
    }
    if network.frozen_edges:
        out["frozen_edges"] = [list(edge) for edge in sorted(network.frozen_edges)]
    return out
