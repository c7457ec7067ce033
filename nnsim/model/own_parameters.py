"""Which parameters belong to one cell: its neuron's, its filter's, its channel's or its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnsim.model.connectivity import NO_PARAMETER, Connectivity
from nnsim.model.network import Edge, Node
from nnsim.model.parameters import Layout

Numbers = NDArray[np.int64]


def own_parameters(layout: Layout, node: Node, role: str) -> Numbers:
    """Places in the flat vector of what a tensor holds for one cell; none where there is no such tensor.

    Of a dense layer that is a row of the weight, of a convolution a filter, of a normalisation the number
    of the channel, or of the cell where each has its own.
    """
    tensor, shape = layout.find(node.layer, role), layout.network.shapes[node.layer]
    if tensor is None:
        return np.zeros(0, np.int64)
    parts, part = shape.channels, node.unit // shape.places
    if tensor.shape == shape.sizes:
        parts, part = shape.size, node.unit
    each = tensor.size // parts
    return np.arange(tensor.offset + part * each, tensor.offset + (part + 1) * each)


def bias_of(layout: Layout, node: Node) -> int | None:
    """Place of the bias, or of a normalisation's β, that a cell has; None without one."""
    places = own_parameters(layout, node, "bias")
    return int(places[0]) if len(places) else None


def weight_of(layout: Layout, edge: Edge) -> int | None:
    """Place of the weight of an edge; None for one without, such as a pool's, and where there is no edge."""
    if layout.network.layers[edge.layer].kind == "dense":
        return layout.edge_index(edge)
    try:
        place = Connectivity(layout.network).parameter(edge)
    except KeyError:
        return None
    return None if place == NO_PARAMETER else place
