"""Which cells, edges, channels and parameters a part is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nnsim.lesson.focus import ChannelFocus, Focus, LayerFocus, ParameterFocus
from nnsim.lesson.part import Part
from nnsim.lesson.trace import Trace
from nnsim.model.network import Edge, Node


class Channel(NamedTuple):
    """One map of a layer, as the block of its cells.

    Attributes
    ----------
    layer, channel : int
    places : int
        Cells of one map: the channel's are ``channel * places`` and those that follow.
    """

    layer: int
    channel: int
    places: int

    def holds(self, node: Node) -> bool:
        """Whether a cell is one of it."""
        return node.layer == self.layer and node.unit // self.places == self.channel


@dataclass(frozen=True, slots=True)
class Concern:
    """What lights up; everything else is dimmed.

    Of images: a view lights a map where :meth:`has_channel` says so, or the cells of it for which
    :meth:`has_node` does; the ribbon of a filter where :meth:`has_filter` does; a picture of filter weights
    marks those that are among `parameters`.

    Attributes
    ----------
    layers : frozenset of int
        Whole layers.
    nodes : frozenset of Node
        Single units, or cells of an image.
    connections : frozenset of (source layer, layer)
        Every edge between two layers.
    edges : frozenset of Edge
        Single edges, from cell to cell.
    channels : frozenset of Channel
        Whole maps.
    filters : frozenset of (source layer, Channel)
        All edges from a layer into one map.
    parameters : frozenset of ParameterFocus
        Single filter weights, biases, γ or β.
    """

    layers: frozenset[int] = frozenset()
    nodes: frozenset[Node] = frozenset()
    connections: frozenset[tuple[int, int]] = frozenset()
    edges: frozenset[Edge] = frozenset()
    channels: frozenset[Channel] = frozenset()
    filters: frozenset[tuple[int, Channel]] = frozenset()
    parameters: frozenset[ParameterFocus] = frozenset()

    def __or__(self, other: Concern) -> Concern:
        return Concern(
            self.layers | other.layers,
            self.nodes | other.nodes,
            self.connections | other.connections,
            self.edges | other.edges,
            self.channels | other.channels,
            self.filters | other.filters,
            self.parameters | other.parameters,
        )

    def has_node(self, node: Node) -> bool:
        """Whether a unit or cell is concerned."""
        return (
            node.layer in self.layers
            or node in self.nodes
            or any(channel.holds(node) for channel in self.channels)
        )

    def has_edge(self, edge: Edge) -> bool:
        """Whether an edge is concerned."""
        if (edge.source_layer, edge.layer) in self.connections or edge in self.edges:
            return True
        target = Node(edge.layer, edge.unit)
        return any(source == edge.source_layer and into.holds(target) for source, into in self.filters)

    def has_channel(self, layer: int, channel: int) -> bool:
        """Whether all of a map is concerned."""
        return layer in self.layers or any(
            (each.layer, each.channel) == (layer, channel) for each in self.channels
        )

    def has_filter(self, source: int, layer: int, channel: int) -> bool:
        """Whether all edges from a layer into one map are."""
        return (source, layer) in self.connections or any(
            first == source and (into.layer, into.channel) == (layer, channel) for first, into in self.filters
        )


def channel(trace: Trace, layer: int, number: int) -> Channel:
    """A map of a layer."""
    return Channel(layer, number, trace.network.shapes[layer].places)


def one_edge(edge: Edge) -> Concern:
    """An edge with both of its ends."""
    ends = Node(edge.source_layer, edge.source_unit), Node(edge.layer, edge.unit)
    return Concern(nodes=frozenset(ends), edges=frozenset({edge}))


def cells(nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> Concern:
    """Some cells and edges."""
    return Concern(nodes=frozenset(nodes), edges=frozenset(edges))


def everything_of(*layers: int) -> Concern:
    """Whole layers."""
    return Concern(frozenset(layers))


def node_in(layer: int, focus: Focus | None) -> Node | None:
    """The unit of a layer that a focus means: its own, or that which an edge enters."""
    if isinstance(focus, Node | Edge) and focus.layer == layer:
        return Node(layer, focus.unit)
    return None


def into(trace: Trace, source: int, node: Node) -> frozenset[Edge]:
    """The edges from one layer into a cell."""
    found = trace.joins.into(node)
    return frozenset(
        Edge(source, unit, *node)
        for layer, unit in zip(found.layers.tolist(), found.units.tolist(), strict=True)
        if layer == source
    )


def out_of(trace: Trace, node: Node, layer: int) -> frozenset[Edge]:
    """The edges from a cell into one layer."""
    found = trace.joins.out_of(node)
    return frozenset(
        Edge(*node, layer, unit)
        for number, unit in zip(found.layers.tolist(), found.units.tolist(), strict=True)
        if number == layer
    )


def source_of(trace: Trace, part: Part) -> int:
    """The layer that a part's operation reads."""
    return trace.tape.buffers[trace.tape.ops[part.op].source].layer


def of_layer(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """A layer, or the unit, the cell or the map of it that is meant."""
    node = node_in(part.layer, focus)
    if node is not None:
        return cells({node})
    if isinstance(focus, ChannelFocus) and focus.layer == part.layer:
        return Concern(channels=frozenset({channel(trace, *focus)}))
    return everything_of(part.layer)


def whole_layer(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """All of a layer, whatever the focus: none of its units is computed without the others."""
    return everything_of(part.layer)


def sums(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """A connection, or what of it enters the unit or map that is meant."""
    source = source_of(trace, part)
    if isinstance(focus, Edge) and (focus.source_layer, focus.layer) == (source, part.layer):
        return one_edge(focus)
    node = node_in(part.layer, focus)
    if node is not None:
        return Concern(frozenset({source}), frozenset({node}), edges=into(trace, source, node))
    if isinstance(focus, ChannelFocus) and focus.layer == part.layer:
        map_ = channel(trace, *focus)
        return Concern(frozenset({source}), channels=frozenset({map_}), filters=frozenset({(source, map_)}))
    return Concern(frozenset({source, part.layer}), connections=frozenset({(source, part.layer)}))


def back_along(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """A connection on the way back, or what of it leaves the unit that is meant."""
    layer = trace.tape.ops[part.op].layer
    if isinstance(focus, Edge) and (focus.source_layer, focus.layer) == (part.layer, layer):
        return one_edge(focus)
    node = node_in(part.layer, focus)
    if node is not None:
        return Concern(frozenset({layer}), frozenset({node}), edges=out_of(trace, node, layer))
    return Concern(frozenset({part.layer, layer}), connections=frozenset({(part.layer, layer)}))


def every_parameter(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """Everything that learns, or what of it is meant."""
    if isinstance(focus, Edge):
        return one_edge(focus)
    if isinstance(focus, ParameterFocus):
        return of_parameter(trace, focus)
    if isinstance(focus, ChannelFocus) and focus.layer > 0:
        map_ = channel(trace, *focus)
        filters = frozenset((source, map_) for source in trace.network.sources(focus.layer))
        return Concern(channels=frozenset({map_}), filters=filters)
    if isinstance(focus, Node) and focus.layer > 0:
        edges = [into(trace, source, focus) for source in trace.network.sources(focus.layer)]
        return Concern(nodes=frozenset({focus}), edges=frozenset().union(*edges))
    layers = {focus.layer} if isinstance(focus, LayerFocus) else set(range(1, trace.last + 1))
    between = {(source, layer) for source, layer in trace.network.connections if layer in layers}
    return Concern(frozenset(layers), connections=frozenset(between))


def of_parameter(trace: Trace, focus: ParameterFocus) -> Concern:
    """A parameter, and the map or unit that it belongs to; of a slope, its layer."""
    shape = trace.network.shapes[focus.layer]
    own = frozenset({focus})
    if focus.role == "slope":
        return Concern(frozenset({focus.layer}), parameters=own)
    if len(focus.at) == len(shape.sizes) > 1:
        cell = int(np.ravel_multi_index(focus.at, shape.sizes))
        return Concern(nodes=frozenset({Node(focus.layer, cell)}), parameters=own)
    if shape.is_image:
        map_ = channel(trace, focus.layer, focus.at[0])
        sources = trace.network.sources(focus.layer)
        return Concern(
            channels=frozenset({map_}), filters=frozenset((s, map_) for s in sources), parameters=own
        )
    return Concern(nodes=frozenset({Node(focus.layer, focus.at[0])}), parameters=own)
