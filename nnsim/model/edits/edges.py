"""Edits of single edges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nnsim.model.edits.checks import check_forwards, check_single_edges, check_units
from nnsim.model.edits.edit import Edit, instead, unmoved, without_empty
from nnsim.model.edits.layers import connect_layers, freeze_filters
from nnsim.model.edits.misfit import Fix, Freeze, Join, RefusalError
from nnsim.model.errors import DocumentError
from nnsim.model.network import Edge, Network, Node

MOST_SKIPPED = 200_000
"""Edges left out, at most, where one edge alone joins two layers."""


def connect(network: Network, source: Node, target: Node) -> Edit:
    """Join two neurons by an edge of weight 0, which then learns; the function stays exactly the same.

    Where their layers are not connected yet, this makes a skip connection of this edge alone.

    Raises
    ------
    DocumentError
        Where the edge would run backwards, within a layer or into the input, or is there already.
    """
    check_forwards(network, source.layer, target.layer)
    check_units(network, source.layer, [source.unit])
    check_units(network, target.layer, [target.unit])
    try:
        check_single_edges(network, target.layer)
    except RefusalError as error:
        step = Join(network.names[source.layer], error.layer)
        error.fix = instead(step, lambda: connect_layers(network, source.layer, target.layer))
        raise
    edge = Edge(*source, *target)
    if edge in network.removed_edges:
        return unmoved(network, replace(network, removed_edges=network.removed_edges - {edge}))
    pair = source.layer, target.layer
    if pair in network.connections:
        raise DocumentError("", "These two neurons are already connected.")
    sizes = [network.units(layer) for layer in pair]
    if sizes[0] * sizes[1] > MOST_SKIPPED:
        raise DocumentError(
            "",
            "Layers {source} and {layer} are too large to be joined by a single edge. Connect the whole "
            "layers instead.",
            source=pair[0],
            layer=pair[1],
        )
    others = {Edge(pair[0], i, pair[1], j) for j in range(sizes[1]) for i in range(sizes[0])} - {edge}
    connections = tuple(sorted((*network.connections, pair)))
    removed = network.removed_edges | others
    return unmoved(network, replace(network, connections=connections, removed_edges=removed))


def cut(network: Network, edges: Iterable[Edge]) -> Edit:
    """Take edges out; their weights are 0 and stay so.

    A connection none of whose edges is left goes too, where something else feeds that layer.

    Raises
    ------
    DocumentError
        Where there is no such edge.
    """
    gone = _existing(network, edges)
    edited = replace(
        network,
        removed_edges=network.removed_edges | gone,
        frozen_edges=network.frozen_edges - gone,
    )
    return unmoved(network, without_empty(edited, {(edge.source_layer, edge.layer) for edge in gone}))


def freeze(network: Network, edges: Iterable[Edge], on: bool) -> Edit:
    """Keep training from changing the weights of edges, or let it again.

    Raises
    ------
    DocumentError
        Where there is no such edge.
    """
    edges = frozenset(edges)
    try:
        chosen = _existing(network, edges)
    except RefusalError as error:
        error.fix = _of_filters(network, edges, on)
        raise
    frozen = network.frozen_edges | chosen if on else network.frozen_edges - chosen
    return unmoved(network, replace(network, frozen_edges=frozen))


def _of_filters(network: Network, edges: Iterable[Edge], on: bool) -> Fix | None:
    """The filters of which some edges have their weights frozen instead, where all have them of one."""
    nodes = [Node(edge.layer, edge.unit) for edge in edges]
    filters = {(layer, unit // network.shapes[layer].places) for layer, unit in nodes}
    if len(filters) != 1:
        return None
    ((layer, number),) = filters
    return instead(Freeze(network.names[layer], number, on), lambda: freeze_filters(network, nodes[:1], on))


def _existing(network: Network, edges: Iterable[Edge]) -> frozenset[Edge]:
    found = frozenset(edges)
    if not found:
        raise DocumentError("", "No edge is chosen. Select one first.")
    connected = set(network.connections)
    for source, source_unit, layer, unit in found:
        if (source, layer) not in connected:
            raise DocumentError(
                "", "Layers {source} and {layer} are not connected.", source=source, layer=layer
            )
        check_single_edges(network, layer)
        check_units(network, source, [source_unit])
        check_units(network, layer, [unit])
    return found
