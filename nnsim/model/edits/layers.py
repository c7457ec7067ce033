"""Edits of whole layers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from nnsim.model.edits.checks import check_count, check_forwards, check_hidden, check_layer
from nnsim.model.edits.edit import Edit, fitting, moved, unmoved, without_connections, without_layers
from nnsim.model.errors import DocumentError, one_of
from nnsim.model.layers import ACTIVATIONS, Activation, Conv2d, Layer, check_name
from nnsim.model.network import Network, Node
from nnsim.model.origin import Origin


def remove_layer(network: Network, layer: int) -> Edit:
    """Remove a hidden layer; each layer that fed it feeds each layer that it fed.

    Their weights are the product of those before and behind, added to those that already stood between
    the two. Where the layer was the identity, or a ReLU whose neurons cannot be negative, the function
    stays exactly the same; otherwise its activation is replaced by the straight line of
    :func:`nnsim.model.pieces.bridge`, which comes close where its inputs are small. Layers behind it get
    a bias where that line, or a bias of the layer, leaves a constant. An edge is there where a path led
    through the layer. A layer of another kind, or before one, has nothing to be folded into: what read it
    reads what fed it, channel by channel; see :func:`forgets`.

    Raises
    ------
    DocumentError
        Where it is the input or the output.
    """
    check_hidden(network, layer)
    return without_layers(network, list(network.layers), Origin.same(network), [layer])


def forgets(network: Network, layer: int) -> bool:
    """Whether what a layer has learned is lost with it: :func:`remove_layer` cannot fold it into others.

    The weights of a dense layer go into dense layers behind it; filters, γ and β go nowhere.
    """
    behind = [to for source, to in network.connections if source == layer]
    folded = all(network.layers[each].kind == "dense" for each in (layer, *behind))
    return bool(network.parameter_specs(layer)) and not folded


def connect_layers(network: Network, source: int, destination: int) -> Edit:
    """Let a layer feed a later one; the weights start at 0, so that the function stays the same.

    Raises
    ------
    MisfitError
        Where the later layer cannot read it.
    DocumentError
        Where that would run backwards, or is so already.
    """
    check_forwards(network, source, destination)
    if (source, destination) in network.connections:
        raise DocumentError(
            "",
            "Layers {source} and {destination} are already connected.",
            source=source,
            destination=destination,
        )
    connections = tuple(sorted((*network.connections, (source, destination))))
    _fitting(network, network.layers, connections)
    return unmoved(network, replace(network, connections=connections))


def disconnect_layers(network: Network, source: int, destination: int) -> Edit:
    """Take a connection out with all its weights.

    Raises
    ------
    DocumentError
        Where there is none, or the later layer has no other.
    """
    if (source, destination) not in network.connections:
        raise DocumentError(
            "", "Layers {source} and {destination} are not connected.", source=source, destination=destination
        )
    if len(network.sources(destination)) == 1:
        raise DocumentError(
            "",
            "Layer {destination} would be fed by nothing. Connect it with another layer first, or remove "
            "single edges.",
            destination=destination,
        )
    return unmoved(network, without_connections(network, {(source, destination)}))


def set_activation(network: Network, layers: Iterable[int], kind: str) -> Edit:
    """Give layers another activation; weights are kept.

    Raises
    ------
    DocumentError
        Where one is the input, or there is no such activation.
    """
    if kind not in ACTIVATIONS:
        raise DocumentError(
            "", "There is no activation {kind}; {allowed}.", kind=repr(kind), allowed=one_of(ACTIVATIONS)
        )
    edited = network
    for layer in layers:
        check_layer(network, layer)
        name = "function" if isinstance(network.layers[layer], Activation) else "activation"
        edited = _exchanged(edited, [layer], **{name: kind}).network
    return unmoved(network, edited)


def set_bias(network: Network, layer: int, on: bool) -> Edit:
    """Give a layer biases, which start at 0, or take them away.

    Raises
    ------
    DocumentError
        Where it is the input.
    """
    return _exchanged(network, [layer], bias=on)


def freeze_layers(network: Network, layers: Iterable[int], on: bool) -> Edit:
    """Keep training from changing layers, or let it again.

    Raises
    ------
    DocumentError
        Where one is the input.
    """
    return _exchanged(network, layers, frozen=on)


def freeze_filters(network: Network, nodes: Iterable[Node], on: bool) -> Edit:
    """Keep training from changing filters, weights and bias, or let it again.

    Any cell of a map stands for its filter.

    Raises
    ------
    DocumentError
        Where a cell is of no convolution.
    """
    edited = network
    for layer, unit in nodes:
        check_layer(network, layer)
        found = edited.layers[layer]
        if not isinstance(found, Conv2d):
            words = "{name} has no filters. Choose a map of a convolution."
            raise DocumentError("", words, name=found.name)
        own = {unit // network.shapes[layer].places}
        frozen = set(found.frozen_filters) | own if on else set(found.frozen_filters) - own
        edited = edited.with_layer(layer, replace(found, frozen_filters=tuple(sorted(frozen))))
    return unmoved(network, edited)


def set_fields(network: Network, layer: int, **changes: Any) -> Edit:
    """Give a layer other settings; what was learned follows.

    Neurons or filters more begin as by :func:`nnsim.model.edits.units.add_units`, fewer lose the last ones.
    A kernel of another size keeps its middle; what it gains begins at 0.

    Raises
    ------
    DocumentError
        Where the layer is the input, has no such setting, or one that does not fit.
    """
    check_layer(network, layer)
    found: Any = network.layers[layer]
    for name in changes:
        if name not in found.fields:
            raise DocumentError(
                "", "Layer {layer} has no {name} that could be changed.", layer=layer, name=name
            )
    layers = list(network.layers)
    layers[layer] = replace(found, **changes)
    origin = Origin.same(network)
    size = changes.get("units", changes.get("channels"))
    if size is not None:
        check_count(size)
        there = len(origin.units[layer])
        origin = origin.with_units(layer, tuple(i if i < there else None for i in range(size)))
    return moved(network, layers, network.connections, origin)


def rename_layer(network: Network, layer: int, name: str) -> Edit:
    """Give a layer another name.

    Raises
    ------
    DocumentError
        Where it is no name, or another layer has it.
    """
    check_name(name, "")
    if name in network.names and network.names[layer] != name:
        raise DocumentError(
            "", "Another layer is called {name} already. Choose another name.", name=repr(name)
        )
    found: Any = network.layers[layer]
    return unmoved(network, network.with_layer(layer, replace(found, name=name)))


def _fitting(network: Network, layers: Iterable[Layer], connections: Iterable[tuple[int, int]]) -> Network:
    return fitting(network, layers, connections, Origin.same(network))


def _exchanged(network: Network, layers: Iterable[int], **changes: Any) -> Edit:
    edited = network
    for layer in layers:
        check_layer(network, layer)
        found: Any = edited.layers[layer]
        unknown = [name for name in changes if name not in found.fields]
        if unknown:
            raise DocumentError(
                "", "Layer {layer} has no {unknown} that could be changed.", layer=layer, unknown=unknown[0]
            )
        exchanged = list(edited.layers)
        exchanged[layer] = replace(found, **changes)
        edited = replace(edited, layers=_fitting(edited, exchanged, edited.connections).layers)
    return unmoved(network, edited)
