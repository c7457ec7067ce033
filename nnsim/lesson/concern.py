"""Which nodes and edges a part is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nnsim.lesson.focus import Focus, LayerFocus
from nnsim.lesson.parts import Part
from nnsim.lesson.trace import Trace
from nnsim.model.network import Edge, Node


@dataclass(frozen=True, slots=True)
class Concern:
    """What lights up; everything else is dimmed.

    Attributes
    ----------
    layers : frozenset of int
        Whole layers.
    nodes : frozenset of Node
        Single units.
    connections : frozenset of (source layer, layer)
        Every edge between two layers.
    edges : frozenset of Edge
        Single edges.
    """

    layers: frozenset[int] = frozenset()
    nodes: frozenset[Node] = frozenset()
    connections: frozenset[tuple[int, int]] = frozenset()
    edges: frozenset[Edge] = frozenset()

    def __or__(self, other: Concern) -> Concern:
        return Concern(
            self.layers | other.layers,
            self.nodes | other.nodes,
            self.connections | other.connections,
            self.edges | other.edges,
        )

    def has_node(self, node: Node) -> bool:
        """Whether a node is concerned."""
        return node.layer in self.layers or node in self.nodes

    def has_edge(self, edge: Edge) -> bool:
        """Whether an edge is concerned."""
        return (edge.source_layer, edge.layer) in self.connections or edge in self.edges


def _edge(edge: Edge) -> Concern:
    ends = Node(edge.source_layer, edge.source_unit), Node(edge.layer, edge.unit)
    return Concern(nodes=frozenset(ends), edges=frozenset({edge}))


def _into(trace: Trace, source: int, node: Node) -> frozenset[Edge]:
    units = trace.network.units(source)
    edges = {Edge(source, i, *node) for i in range(units)}
    return frozenset(edges - trace.network.removed_edges)


def _out_of(trace: Trace, node: Node, layer: int) -> frozenset[Edge]:
    units = trace.network.units(layer)
    edges = {Edge(*node, layer, j) for j in range(units)}
    return frozenset(edges - trace.network.removed_edges)


def _node_in(layer: int, focus: Focus | None) -> Node | None:
    if isinstance(focus, Node | Edge) and focus.layer == layer:
        return Node(layer, focus.unit)
    return None


def _layer(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    node = _node_in(part.layer, focus)
    if node is None or part.kind == "softmax" or part.action in ("loss", "input"):
        return Concern(layers=frozenset({part.layer}))
    return Concern(nodes=frozenset({node}))


def _affine(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    source = trace.tape.buffers[trace.tape.ops[part.op].source].layer
    if isinstance(focus, Edge) and (focus.source_layer, focus.layer) == (source, part.layer):
        return _edge(focus)
    node = _node_in(part.layer, focus)
    if node is not None:
        return Concern(frozenset({source}), frozenset({node}), edges=_into(trace, source, node))
    return Concern(frozenset({source, part.layer}), connections=frozenset({(source, part.layer)}))


def _source_gradient(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    layer = trace.tape.ops[part.op].layer
    if isinstance(focus, Edge) and (focus.source_layer, focus.layer) == (part.layer, layer):
        return _edge(focus)
    node = _node_in(part.layer, focus)
    if node is not None:
        return Concern(frozenset({layer}), frozenset({node}), edges=_out_of(trace, node, layer))
    return Concern(frozenset({part.layer, layer}), connections=frozenset({(part.layer, layer)}))


def _every_weight(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    if isinstance(focus, Edge):
        return _edge(focus)
    if isinstance(focus, Node) and focus.layer > 0:
        edges = [_into(trace, source, focus) for source in trace.network.sources(focus.layer)]
        return Concern(nodes=frozenset({focus}), edges=frozenset().union(*edges))
    layers = {focus.layer} if isinstance(focus, LayerFocus) else set(range(1, trace.last + 1))
    into = {(source, layer) for source, layer in trace.network.connections if layer in layers}
    return Concern(frozenset(layers), connections=frozenset(into))


_CONCERN: dict[str, Callable[[Trace, Part, Focus | None], Concern]] = {
    "input": _layer,
    "affine": _affine,
    "activation": _layer,
    "loss": _layer,
    "penalty": _every_weight,
    "loss_gradient": _layer,
    "penalty_gradient": _every_weight,
    "activation_gradient": _layer,
    "weight_gradient": _affine,
    "source_gradient": _source_gradient,
    "update": _every_weight,
}


def concern(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """What a part is about, under a focus."""
    return _CONCERN[part.action](trace, part, focus)
