"""What a window sees at one place, in numbers: patch, filter, products, sum, bias and activation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnsim.engine.snapshot import Snapshot
from nnsim.model.connectivity import Connectivity
from nnsim.model.network import Network, Node
from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.words import activation_of

WINDOWED = ("conv2d", "max_pool2d", "avg_pool2d")
"""Kinds of layer that look through a window."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What a window sees.

    Attributes
    ----------
    node : Node
        The cell that is made there.
    number : int
        Its map's, and so the filter's.
    kind : str
        Of its layer.
    source, channel : int
        The layer that is read, and of its maps the one whose patch is shown.
    channels : int
        Maps that are read: by a filter all of them, by a pool one.
    patch : array, shape (rows, columns)
        0 outside of the image.
    weights, products : arrays of the same shape, or None
        Of a filter.
    total : float
        Σ of the products over all maps that are read.
    bias : float or None
    z : float or None
    function : str
        The activation; empty for a pool.
    value : float
        What comes out.
    winner : (int, int) or None
        Row and column in the window that a max pool took.
    """

    node: Node
    number: int
    kind: str
    source: int
    channel: int
    channels: int
    patch: Floats
    weights: Floats | None
    products: Floats | None
    total: float
    bias: float | None
    z: float | None
    function: str
    value: float
    winner: tuple[int, int] | None

    @property
    def shared(self) -> int:
        """How many weights look at every place."""
        return 0 if self.weights is None else self.weights.size * self.channels


def position(network: Network, node: Node) -> tuple[int, int, int]:
    """Channel, row and column of a cell of an image."""
    shape = network.shapes[node.layer]
    channel, place = divmod(node.unit, shape.places)
    return channel, *divmod(place, shape.sizes[2])


def sight_of(
    connectivity: Connectivity, snapshot: Snapshot | None, node: Node, channel: int | None = None
) -> Sight | None:
    """What the window of a cell sees; None before anything is computed, or for a layer without a window.

    Parameters
    ----------
    channel : int, optional
        Of the maps that are read; without it the one that adds most.
    """
    network = connectivity.network
    layer: Any = network.layers[node.layer]
    if snapshot is None or layer.kind not in WINDOWED:
        return None
    (source,) = network.sources(node.layer)
    values, made = snapshot.probe.activations[source], snapshot.probe.activations[node.layer]
    if np.isnan(values).any() or np.isnan(made[node.unit]):
        return None
    own, row, column = position(network, node)
    patches = _patches(network, source, layer, values, row, column)
    if layer.kind != "conv2d":
        patch = patches[own]
        return Sight(
            node, own, layer.kind, source, own, 1, patch, None, None, float(patch.sum()), None, None, "",
            float(made[node.unit]), _winner(connectivity, node, snapshot, layer, row, column),
        )  # fmt: skip
    weights = connectivity.layout.view(snapshot.parameters, node.layer, "weight")
    bias = connectivity.layout.view(snapshot.parameters, node.layer, "bias")
    assert weights is not None
    products = weights[own] * patches
    if channel is None:
        channel = int(np.abs(products.sum(axis=(1, 2))).argmax())
    sums = snapshot.probe.pre_activations[node.layer]
    return Sight(
        node=node,
        number=own,
        kind=layer.kind,
        source=source,
        channel=channel,
        channels=len(patches),
        patch=patches[channel],
        weights=weights[own, channel],
        products=products[channel],
        total=float(products.sum()),
        bias=None if bias is None else float(bias[own]),
        z=None if sums is None else float(sums[node.unit]),
        function=activation_of(layer),
        value=float(made[node.unit]),
        winner=None,
    )


def _patches(network: Network, source: int, layer: Any, values: Floats, row: int, column: int) -> Floats:
    """What the window covers in each map, (channels, rows, columns)."""
    (tall, wide), (down, right), (top, left) = layer.kernel, layer.stride, layer.padding
    image = np.pad(values.reshape(network.shapes[source].sizes), ((0, 0), (top, top), (left, left)))
    return np.asarray(image[:, row * down : row * down + tall, column * right : column * right + wide])


def _winner(
    connectivity: Connectivity, node: Node, snapshot: Snapshot, layer: Any, row: int, column: int
) -> tuple[int, int] | None:
    if layer.kind != "max_pool2d":
        return None
    cells = connectivity.into(node)
    taken = cells.node(int(snapshot.probe.activations[int(cells.layers[0])][cells.units].argmax()))
    _, at_row, at_column = position(connectivity.network, taken)
    (down, right), (top, left) = layer.stride, layer.padding
    return at_row - row * down + top, at_column - column * right + left


def cell_over(network: Network, layer: int, channel: int, row: int, column: int) -> Node:
    """The cell of a map whose window has its middle nearest to a pixel of what it reads."""
    settings: Any = network.layers[layer]
    _, height, width = network.shapes[layer].sizes
    places = []
    for axis, (at, count) in enumerate(((row, height), (column, width))):
        middle = at + settings.padding[axis] - (settings.kernel[axis] - 1) / 2
        places.append(min(max(round(middle / settings.stride[axis]), 0), count - 1))
    return Node(layer, channel * height * width + places[0] * width + places[1])


def readers(network: Network, source: int) -> list[int]:
    """The layers that read a layer through a window."""
    return [b for a, b in network.connections if a == source and network.layers[b].kind in WINDOWED]
