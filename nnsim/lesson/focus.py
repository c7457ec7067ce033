"""What a learner has put a finger on: a node, an edge or a layer."""

from __future__ import annotations

import re
from typing import NamedTuple

from nnsim.model.errors import DocumentError
from nnsim.model.network import Edge, Network, Node


class LayerFocus(NamedTuple):
    """All of one layer."""

    layer: int


Item = Node | Edge
"""What stands behind one number of a formula."""
Focus = Node | Edge | LayerFocus

_SYNTAX = re.compile(r"(?:node:(\d+)\.(\d+)|edge:(\d+)\.(\d+)-(\d+)\.(\d+)|layer:(\d+))", re.ASCII)
_LONGEST = 60


def code(item: Focus) -> str:
    """A focus in few characters: ``1.2``, ``0.1-1.2`` or ``2``."""
    if isinstance(item, Edge):
        return f"{item.source_layer}.{item.source_unit}-{item.layer}.{item.unit}"
    return ".".join(map(str, item))


def decode(text: str) -> Item | None:
    """The node or edge that :func:`code` wrote; None for the empty text."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if not numbers:
        return None
    return Node(*numbers) if len(numbers) == 2 else Edge(*numbers)


def parse_focus(text: str, network: Network) -> Focus:
    """Read ``node:1.2``, ``edge:0.1-1.2`` or ``layer:2``; layers and units count from 0.

    Raises
    ------
    DocumentError
        Where the text is none of these, or the network has no such thing.
    """
    match = _SYNTAX.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        raise DocumentError("--focus", f"{text!r} must be such as node:1.2, edge:0.1-1.2 or layer:2")
    numbers = [int(number) for number in match.groups() if number is not None]
    if len(numbers) == 1:
        _check_layer(numbers[0], network)
        return LayerFocus(numbers[0])
    for layer, unit in zip(numbers[::2], numbers[1::2], strict=True):
        _check_node(layer, unit, network)
    if len(numbers) == 2:
        return Node(*numbers)
    edge = Edge(*numbers)
    if (edge.source_layer, edge.layer) not in network.connections:
        raise DocumentError("--focus", f"layers {edge.source_layer} and {edge.layer} are not connected")
    return edge


def _check_layer(layer: int, network: Network) -> None:
    last = len(network.layers) - 1
    if layer > last:
        raise DocumentError("--focus", f"there is no layer {layer}; allowed: 0 to {last}")


def _check_node(layer: int, unit: int, network: Network) -> None:
    _check_layer(layer, network)
    units = network.units(layer)
    if unit >= units:
        raise DocumentError("--focus", f"layer {layer} has no unit {unit}; allowed: 0 to {units - 1}")
