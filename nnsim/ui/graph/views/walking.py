"""Where arrow keys lead among layers that are drawn as pictures: pixel by pixel, then on to the next."""

from __future__ import annotations

from nnsim.model.network import Network, Node
from nnsim.ui.graph.geometry import layer_kind

PICTURES = ("plane", "maps")


def is_picture(network: Network, layer: int) -> bool:
    """Whether arrows walk a layer pixel by pixel."""
    return network.shapes[layer].is_image and layer_kind(network, layer) in PICTURES


def step(network: Network, at: Node, across: int, down: int) -> Node:
    """One pixel on: over the sides into the neighbouring layer, over top and bottom to the next map."""
    shape = network.shapes[at.layer]
    channels, height, width = shape.sizes
    channel, place = divmod(at.unit, shape.places)
    row, column = divmod(place, width)
    column += across
    if not 0 <= column < width:
        return hop(network, at, across, enters=True)
    row += down
    if not 0 <= row < height:
        if not 0 <= channel + down < channels:
            return at
        channel, row = channel + down, 0 if down > 0 else height - 1
    return Node(at.layer, channel * shape.places + row * width + column)


def hop(network: Network, at: Node, layers: int, enters: bool = False) -> Node:
    """The same place in the layer that lies so many further on.

    Parameters
    ----------
    enters : bool
        At the border that is crossed, not at the same column.
    """
    layer = min(max(at.layer + layers, 0), len(network.layers) - 1)
    if layer == at.layer:
        return at
    channel, down, across = _shares(network, at)
    shape = network.shapes[layer]
    if not shape.is_image:
        before = network.shapes[at.layer]
        whole = (channel * before.channels + down) / before.channels if before.is_image else channel
        return Node(layer, _at(whole, shape.size))
    if enters:
        across = 0.0 if layers > 0 else 1.0
    channels, height, width = shape.sizes
    unit = (_at(channel, channels) * height + _at(down, height)) * width + _at(across, width)
    return Node(layer, unit)


def _shares(network: Network, at: Node) -> tuple[float, float, float]:
    """How far into its channels, rows and columns a cell lies, from 0 to 1."""
    shape = network.shapes[at.layer]
    if not shape.is_image:
        return at.unit / shape.size, 0.5, 0.5
    channels, height, width = shape.sizes
    channel, place = divmod(at.unit, shape.places)
    row, column = divmod(place, width)
    return channel / channels, row / height, column / width


def _at(share: float, count: int) -> int:
    return min(int(share * count + 1e-9), count - 1)
