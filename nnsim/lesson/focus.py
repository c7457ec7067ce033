"""What a learner has put a finger on: a cell, an edge, a layer, a channel or one parameter."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from nnsim.model.errors import DocumentError
from nnsim.model.network import Edge, Network, Node
from nnsim.model.parameters import Layout


class LayerFocus(NamedTuple):
    """All of one layer."""

    layer: int


class ChannelFocus(NamedTuple):
    """One map of a layer that puts out images, with the filter or the γ and β that belong to it."""

    layer: int
    channel: int


class ParameterFocus(NamedTuple):
    """One number of a tensor that a layer learns: a filter's weight, a γ, a bias.

    Attributes
    ----------
    layer : int
    role : str
        Of the tensor: ``weight`` or ``bias``; the γ of a normalisation is its weight, β its bias.
    at : tuple of int
        Place in the tensor, as PyTorch lays the tensor out, from 0.
    """

    layer: int
    role: str
    at: tuple[int, ...]


Item = Node | Edge | ChannelFocus | ParameterFocus
"""What stands behind one number of a formula."""
Focus = Item | LayerFocus

_ROLES = {"gamma": "weight", "beta": "bias"}
_PARAMETER = re.compile(r"(weight|bias|slope|gamma|beta):(\d+)\[(\d+(?:,\d+)*)\]", re.ASCII)
_PIXEL = re.compile(r"pixel:(\d+)\[(\d+(?:,\d+){1,2})\]", re.ASCII)
_SYNTAX = re.compile(
    r"(?:node:(\d+)\.(\d+)|edge:(\d+)\.(\d+)-(\d+)\.(\d+)|layer:(\d+)|channel:(\d+)\.(\d+))", re.ASCII
)
_LONGEST = 60
SYNTAX = (
    "node:1.2, edge:0.1-1.2, layer:2, pixel:1[0,3,4], channel:1.0, weight:1[0,0,2,1], bias:1[0], gamma:2[0]"
)
"""An example of each focus that can be written."""


def code(item: Focus) -> str:
    """A focus in few characters: ``1.2``, ``0.1-1.2``, ``2``, ``channel:1.0`` or ``weight:1[0,0,2,1]``."""
    if isinstance(item, Edge):
        return f"{item.source_layer}.{item.source_unit}-{item.layer}.{item.unit}"
    if isinstance(item, ChannelFocus):
        return f"channel:{item.layer}.{item.channel}"
    if isinstance(item, ParameterFocus):
        return f"{item.role}:{item.layer}[{','.join(map(str, item.at))}]"
    return ".".join(map(str, item))


def decode(text: str) -> Item | None:
    """What :func:`code` wrote, but for a layer; None for the empty text."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if not numbers:
        return None
    name = text.partition(":")[0] if ":" in text else ""
    if name == "channel":
        return ChannelFocus(*numbers)
    if name:
        return ParameterFocus(numbers[0], name, tuple(numbers[1:]))
    return Node(*numbers) if len(numbers) == 2 else Edge(*numbers)


def parse_focus(text: str, network: Network) -> Focus:
    """Read a focus such as those of :data:`SYNTAX`; everything counts from 0.

    Raises
    ------
    DocumentError
        Where the text is none of these, or the network has no such thing.
    """
    short = text if len(text) <= _LONGEST else ""
    for pattern, read in _READERS:
        match = pattern.fullmatch(short)
        if match is not None:
            return read(match, network)
    raise DocumentError("--focus", "{text} must be such as {syntax}", text=repr(text), syntax=SYNTAX)


def _place(match: re.Match[str], network: Network) -> Focus:
    numbers = [int(number) for number in match.groups() if number is not None]
    if match[8] is not None:
        return _channel(numbers[0], numbers[1], network)
    if len(numbers) == 1:
        _check_layer(numbers[0], network)
        return LayerFocus(numbers[0])
    for layer, unit in zip(numbers[::2], numbers[1::2], strict=True):
        _check_node(layer, unit, network)
    if len(numbers) == 2:
        return Node(*numbers)
    edge = Edge(*numbers)
    if (edge.source_layer, edge.layer) not in network.connections:
        raise DocumentError(
            "--focus",
            "layers {source_layer} and {layer} are not connected",
            source_layer=edge.source_layer,
            layer=edge.layer,
        )
    return edge


def _channel(layer: int, channel: int, network: Network) -> Focus:
    _check_image(layer, network)
    channels = network.shapes[layer].channels
    if channel >= channels:
        raise DocumentError(
            "--focus",
            "layer {layer} has no channel {channel}; allowed: 0 to {last}",
            layer=layer,
            channel=channel,
            last=channels - 1,
        )
    return ChannelFocus(layer, channel)


def _pixel(match: re.Match[str], network: Network) -> Focus:
    layer, index = int(match[1]), tuple(map(int, match[2].split(",")))
    _check_image(layer, network)
    sizes = network.shapes[layer].sizes
    if len(index) == 2 and sizes[0] == 1:
        index = (0, *index)
    if len(index) != 3 or any(i >= size for i, size in zip(index, sizes, strict=True)):
        raise DocumentError(
            "--focus",
            "layer {layer} has no pixel {place}; allowed: below {sizes}",
            layer=layer,
            place=list(index),
            sizes=list(sizes),
        )
    return Node(layer, int(np.ravel_multi_index(index, sizes)))


def _parameter(match: re.Match[str], network: Network) -> Focus:
    role, layer = _ROLES.get(match[1], match[1]), int(match[2])
    index = tuple(map(int, match[3].split(",")))
    _check_layer(layer, network)
    tensor = Layout(network).find(layer, role)
    if tensor is None:
        raise DocumentError("--focus", "layer {layer} has no {role}", layer=layer, role=match[1])
    if len(index) != len(tensor.shape) or any(i >= size for i, size in zip(index, tensor.shape, strict=True)):
        raise DocumentError(
            "--focus",
            "the {role} of layer {layer} has no {place}; allowed: below {sizes}",
            role=match[1],
            layer=layer,
            place=list(index),
            sizes=list(tensor.shape),
        )
    found = ParameterFocus(layer, role, index)
    return as_edge(found, network) if network.layers[layer].kind == "dense" and role == "weight" else found


def as_edge(focus: ParameterFocus, network: Network) -> Edge:
    """A weight of a dense layer, which stands on one edge alone."""
    unit, column = focus.at
    for source in network.sources(focus.layer):
        if column < network.units(source):
            return Edge(source, column, focus.layer, unit)
        column -= network.units(source)
    raise KeyError(focus)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Network], Focus]], ...] = (
    (_SYNTAX, _place),
    (_PIXEL, _pixel),
    (_PARAMETER, _parameter),
)


def parameter_index(layout: Layout, focus: ParameterFocus) -> int:
    """Place of a parameter in the flat vector."""
    tensor = layout.find(focus.layer, focus.role)
    if tensor is None:
        raise KeyError(focus)
    return tensor.offset + int(np.ravel_multi_index(focus.at, tensor.shape))


def parameter_at(layout: Layout, place: int) -> ParameterFocus:
    """The parameter at a place of the flat vector."""
    tensor = next(each for each in layout.tensors if each.offset <= place < each.offset + each.size)
    index = tuple(int(i) for i in np.unravel_index(place - tensor.offset, tensor.shape))
    return ParameterFocus(tensor.layer, tensor.role, index)


def _check_layer(layer: int, network: Network) -> None:
    last = len(network.layers) - 1
    if layer > last:
        raise DocumentError(
            "--focus", "there is no layer {layer}; allowed: 0 to {last}", layer=layer, last=last
        )


def _check_image(layer: int, network: Network) -> None:
    _check_layer(layer, network)
    if not network.shapes[layer].is_image:
        raise DocumentError("--focus", "layer {layer} has no channels: it is no image", layer=layer)


def _check_node(layer: int, unit: int, network: Network) -> None:
    _check_layer(layer, network)
    units = network.units(layer)
    if unit >= units:
        raise DocumentError(
            "--focus",
            "layer {layer} has no unit {unit}; allowed: 0 to {last}",
            layer=layer,
            unit=unit,
            last=units - 1,
        )
