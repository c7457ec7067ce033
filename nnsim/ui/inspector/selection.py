"""What is selected, sorted out: which weights, which neurons, which layers, and their parameters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnsim.model.network import Edge, Network, Node
from nnsim.model.own_parameters import own_parameters, weight_of
from nnsim.model.parameters import Layout
from nnsim.ui.graph.hit import exists

Item = Node | Edge


@dataclass(frozen=True, slots=True)
class Selection:
    """Some edges and nodes of a network.

    Attributes
    ----------
    network : Network
    edges : tuple of Edge
    nodes : tuple of Node
        Each in the order of its numbers.
    """

    network: Network
    edges: tuple[Edge, ...] = ()
    nodes: tuple[Node, ...] = ()

    @property
    def kind(self) -> str:
        """``none``, ``edge``, ``input``, ``neuron`` or ``several``."""
        if len(self.edges) + len(self.nodes) != 1:
            return "several" if self.edges or self.nodes else "none"
        if self.edges:
            return "edge"
        return "neuron" if self.nodes[0].layer else "input"

    @property
    def neurons(self) -> tuple[Node, ...]:
        """The nodes that are no inputs."""
        return tuple(node for node in self.nodes if node.layer)

    @property
    def layers(self) -> tuple[int, ...]:
        """The layers of the neurons."""
        return tuple(sorted({node.layer for node in self.neurons}))

    @property
    def whole_layer(self) -> int | None:
        """The layer that has been selected with all its nodes, if that is all."""
        layers = {node.layer for node in self.nodes}
        if self.edges or len(layers) != 1:
            return None
        layer = layers.pop()
        return layer if len(self.nodes) == self.network.units(layer) else None

    def weights(self, layout: Layout) -> NDArray[np.intp]:
        """Places of the weights: of the edges, and of those that enter the neurons; none is there twice."""
        return _places(layout, self, biases=False)

    def parameters(self, layout: Layout) -> NDArray[np.intp]:
        """The same with the neurons' biases."""
        return _places(layout, self, biases=True)


def select(network: Network, items: Iterable[Item]) -> Selection:
    """Sort out what is selected; what the network does not have is left out."""
    there = [item for item in items if exists(network, item)]
    edges = sorted(item for item in there if isinstance(item, Edge))
    return Selection(network, tuple(edges), tuple(sorted(item for item in there if isinstance(item, Node))))


def _places(layout: Layout, selection: Selection, *, biases: bool) -> NDArray[np.intp]:
    chosen = np.zeros(layout.size, np.bool_)
    weights = (weight_of(layout, edge) for edge in selection.edges)
    chosen[[place for place in weights if place is not None]] = True
    for node in {_first_alike(layout, node) for node in selection.neurons}:
        for role in ("weight", "bias") if biases else ("weight",):
            chosen[own_parameters(layout, node, role)] = True
    chosen &= ~layout.removed()
    return np.flatnonzero(chosen)


def _first_alike(layout: Layout, node: Node) -> Node:
    """The first cell of a map, whose cells share a filter; the node itself where each has its own."""
    weight, shape = layout.find(node.layer, "weight"), layout.network.shapes[node.layer]
    if weight is not None and weight.shape == shape.sizes:
        return node
    return Node(node.layer, node.unit // shape.places * shape.places)
