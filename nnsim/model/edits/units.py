"""Edits of neurons, and of the channels of layers over images."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, cast

from nnsim.model.edits.checks import check_count, check_hidden, check_units
from nnsim.model.edits.edit import Edit, instead, without_layers
from nnsim.model.edits.misfit import Fit, RefusalError
from nnsim.model.edits.plan import SIZES, Units, decider
from nnsim.model.errors import DocumentError
from nnsim.model.layers import Layer
from nnsim.model.network import Network, Node
from nnsim.model.origin import Origin
from nnsim.model.sentence import sentence, translatable


def add_units(network: Network, layer: int, count: int = 1, at: int | None = None) -> Edit:
    """Add neurons to a hidden layer, or filters to a convolution.

    They have fresh weights in and none out yet, so that the function stays exactly the same; in a
    hidden softmax, which divides what there is among all, it does not.

    Parameters
    ----------
    network : Network
    layer : int
    count : int
    at : int, optional
        Number the first of them gets; the end of the layer where left out.

    Raises
    ------
    DocumentError
        Where the data decides the units, or they would be too many.
    """
    check_hidden(network, layer)
    units = network.shapes[layer].channels
    at = units if at is None else at
    if count < 1:
        raise DocumentError("", "{count} neurons cannot be added. Add one or more.", count=count)
    if not 0 <= at <= units:
        raise DocumentError(
            "",
            "There is no place {at} in layer {layer}, which has {units} neurons.",
            at=at,
            layer=layer,
            units=units,
        )
    check_count(units + count)
    origins = (*range(at), *[None] * count, *range(at, units))
    return _with_units(network, {layer: origins})


def duplicate_units(network: Network, nodes: Iterable[Node]) -> Edit:
    """Put beside each of some hidden neurons a copy of it; any cell of a map stands for its filter.

    The copy has the same weights in, and both pass on half of what one did: the function stays exactly
    the same, but in a hidden softmax. Edges taken out or frozen are so in the copy. Under training alone
    both stay alike, as their gradients are.

    Raises
    ------
    DocumentError
        Where the data decides the units, or they would be too many.
    """
    origins: dict[int, Units] = {}
    for layer, chosen in _by_layer(network, nodes).items():
        units = range(network.shapes[layer].channels)
        origins[layer] = tuple(unit for unit in units for _ in range(2 if unit in chosen else 1))
    return _with_units(network, origins)


def remove_units(network: Network, nodes: Iterable[Node]) -> Edit:
    """Remove hidden neurons, or the filters of whole maps; the others keep their weights.

    A layer that loses all of them goes too, as by :func:`nnsim.model.edits.layers.remove_layer`.

    Raises
    ------
    DocumentError
        Where the data decides the units.
    """
    origins: dict[int, Units] = {}
    emptied = []
    for layer, chosen in _by_layer(network, nodes).items():
        left = tuple(unit for unit in range(network.shapes[layer].channels) if unit not in chosen)
        if left:
            origins[layer] = left
        else:
            emptied.append(layer)
    return _with_units(network, origins, emptied)


def _by_layer(network: Network, nodes: Iterable[Node]) -> dict[int, Collection[int]]:
    chosen: defaultdict[int, set[int]] = defaultdict(set)
    for layer, unit in nodes:
        chosen[layer].add(unit)
    if not chosen:
        raise DocumentError("", "No neuron is chosen. Select one first.")
    for layer, units in chosen.items():
        check_hidden(network, layer)
        check_units(network, layer, units)
    places = {layer: network.shapes[layer].places for layer in chosen}
    return {layer: {unit // places[layer] for unit in units} for layer, units in chosen.items()}


def __of_size(network: Network, origins: dict[int, Units]) -> tuple[list[Layer], Origin]:
    layers, origin = list(network.layers), Origin.same(network)
    for layer, units in origins.items():
        layers[layer] = _of_size(network, layer, len(units))
        origin = origin.with_units(layer, units)
    return layers, origin


def _of_size(network: Network, layer: int, size: int) -> Layer:
    found: Any = network.layers[layer]
    check_count(size)
    return cast(Layer, replace(found, **{SIZES[found.kind]: size}))


def _with_units(network: Network, origins: dict[int, Units], emptied: Iterable[int] = ()) -> Edit:
    for layer in origins:
        _check_size_of_its_own(network, layer, origins, emptied)
    layers, origin = __of_size(network, origins)
    return without_layers(network, layers, origin, emptied)


_NO_SIZE = translatable(
    "{name} puts out as much as it is fed: it has no neurons or filters of its own. Change the layer "
    "before it."
)


def _check_size_of_its_own(
    network: Network, layer: int, origins: dict[int, Units], emptied: Iterable[int]
) -> None:
    """Refuse a layer that puts out as much as it is fed; the one that decides how much is offered instead."""
    found, number = network.layers[layer], decider(network, layer)
    if found.kind in SIZES:
        return
    error = RefusalError(
        found.name,
        sentence(_NO_SIZE, name=found.name),
        layer,
    )
    if number is not None:
        others = {each: units for each, units in origins.items() if each != layer}
        first = Fit(network.names[number], SIZES[network.layers[number].kind], len(origins[layer]))
        error.fix = instead(first, lambda: _with_units(network, {number: origins[layer], **others}, emptied))
    raise error
