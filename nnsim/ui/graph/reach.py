"""What the cell that is pointed at comes from and goes to: single edges, and windows on pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnsim.engine.snapshot import Snapshot
from nnsim.model.connectivity import NO_PARAMETER, Cells, Connectivity
from nnsim.model.network import Edge, Network
from nnsim.ui.graph.edges import EdgeSet, Floats, Ints, source_of
from nnsim.ui.graph.geometry import Node, layer_kind

PICTURES = ("plane", "maps", "strip")


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring cells of one picture that a cell reads, or goes to.

    Attributes
    ----------
    layer, channel : int
    top, left, bottom, right : int
        First and last row and column.
    """

    layer: int
    channel: int
    top: int
    left: int
    bottom: int
    right: int


def windows(network: Network, cells: Cells) -> list[Window]:
    """The least rectangles around cells in pictures, one for each channel."""
    out = []
    for layer in sorted(set(cells.layers.tolist())):
        if layer_kind(network, layer) not in PICTURES:
            continue
        shape, units = network.shapes[layer], cells.units[cells.layers == layer]
        wide = shape.sizes[2] if shape.is_image else 1
        places = shape.places if shape.is_image else shape.size
        channels, inside = np.divmod(units, places)
        rows, columns = np.divmod(inside, wide)
        for channel in np.unique(channels).tolist():
            mine = channels == channel
            low, high = (
                (int(pick(rows[mine])), int(pick(columns[mine]))) for pick in (np.min, np.max)
            )  # fmt: skip
            out.append(Window(layer, channel, *low, *high))
    return out


def winner(connectivity: Connectivity, node: Node, snapshot: Snapshot | None) -> Node | None:
    """The cell that a max pool took; None for other layers, or before anything is computed."""
    if snapshot is None or connectivity.network.layers[node.layer].kind != "max_pool2d":
        return None
    cells = connectivity.into(node)
    values = snapshot.probe.activations[int(cells.layers[0])][cells.units]
    return None if np.isnan(values).all() else cells.node(int(np.argmax(values)))


def edges_of(
    connectivity: Connectivity, node: Node, overlay: str, snapshot: Snapshot | None, most: int
) -> EdgeSet:
    """The edges with a weight that enter a cell, and those from it into dense layers: the strongest.

    Parameters
    ----------
    overlay : str
        One of :data:`nnsim.ui.graph.edges.OVERLAYS`; "strongest" is meant in what it shows.
    """
    network = connectivity.network
    into, out = connectivity.into(node), connectivity.out_of(node)
    into = into.where(into.parameters != NO_PARAMETER)
    dense = np.array([network.layers[layer].kind == "dense" for layer in out.layers.tolist()], np.bool_)
    out = out.where(dense)
    ends = _columns(into, node, True), _columns(out, node, False)
    columns = [np.concatenate(pair) for pair in zip(*ends, strict=True)]
    return _strongest(network, columns, overlay, snapshot, most)


def edges_among(
    connectivity: Connectivity, edges: frozenset[Edge], overlay: str, snapshot: Snapshot | None, most: int
) -> EdgeSet:
    """Some edges, as far as they have a weight: the strongest of them."""
    found = []
    for node in sorted({Node(edge.layer, edge.unit) for edge in edges}):
        into = connectivity.into(node)
        mine = {(edge.source_layer, edge.source_unit) for edge in edges if (edge.layer, edge.unit) == node}
        ends = zip(into.layers.tolist(), into.units.tolist(), strict=True)
        wanted = np.array([end in mine for end in ends], np.bool_)
        found.append(_columns(into.where(wanted & (into.parameters != NO_PARAMETER)), node, True))
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)]
    return _strongest(connectivity.network, columns, overlay, snapshot, most)


def _strongest(
    network: Network, columns: Sequence[Ints], overlay: str, snapshot: Snapshot | None, most: int
) -> EdgeSet:
    offsets = np.concatenate(([0], np.cumsum([shape.size for shape in network.shapes])))
    source_layer, source_unit, layer, unit, index = (column.astype(np.intp) for column in columns)
    every = EdgeSet(
        source_layer, source_unit, layer, unit,
        offsets[source_layer] + source_unit, offsets[layer] + unit, index, len(index), len(index),
    )  # fmt: skip
    strength = _strength(every, overlay, snapshot)
    if len(every) <= most or strength is None:
        return every.some(np.arange(min(len(every), most)))
    return every.some(np.sort(np.argsort(-strength, kind="stable")[:most]))


def _columns(cells: Cells, node: Node, enter: bool) -> tuple[Ints, ...]:
    layer, unit = (np.full(len(cells), number, np.intp) for number in node)
    theirs, own = (cells.layers, cells.units), (layer, unit)
    return (*theirs, *own, cells.parameters) if enter else (*own, *theirs, cells.parameters)


def _strength(edges: EdgeSet, overlay: str, snapshot: Snapshot | None) -> Floats | None:
    vector = source_of(overlay, snapshot)
    if vector is None or snapshot is None:
        return None
    strength = np.abs(np.nan_to_num(vector[edges.index]))
    if overlay == "contribution":
        strength = strength * np.abs(np.nan_to_num(np.concatenate(snapshot.probe.activations)[edges.source]))
    return strength
