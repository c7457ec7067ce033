"""What makes sense of an edit, and the words where it makes none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nnsim.model.edits.misfit import MisfitError, RefusalError
from nnsim.model.errors import DocumentError
from nnsim.model.layers import LARGEST_LAYER, Layer, ShapeError, named
from nnsim.model.network import MOST_LAYERS, MOST_PARAMETERS, Network
from nnsim.model.sentence import sentence, translatable


def built(layers: Iterable[Layer], connections: Iterable[tuple[int, int]]) -> Network:
    """The network of some layers.

    Raises
    ------
    MisfitError
        Where one cannot read what would feed it: which, which of its settings, and what is allowed.
    """
    every = named(tuple(layers))
    try:
        network = Network(every, tuple(sorted(connections)))
    except ShapeError as error:
        found = _PLACE.match(error.field)
        assert found is not None
        number = int(found["number"])
        name, setting = every[number].name, found["setting"]
        raise MisfitError(number, name, setting, error.said, error.reason) from None
    if network.shapes[-1].is_image:
        raise DocumentError("", "The output would be an image. End in a dense layer.")
    return network


_NO_WEIGHTS = translatable(
    "The edges into {name} have no weights of their own: they cannot be cut, joined or frozen "
    "one by one. Change the whole filter or layer."
)
_PLACE = re.compile(r"network\.layers\[(?P<number>\d+)\]\.?(?P<setting>.*)")


def check_size(network: Network) -> None:
    """Check that a network is no larger than a document may be.

    Raises
    ------
    DocumentError
        Saying what is too large, and what is allowed.
    """
    if len(network.layers) > MOST_LAYERS:
        raise DocumentError(
            "",
            "A network has at most {most_layers} layers. Remove one before adding another.",
            most_layers=MOST_LAYERS,
        )
    check_count(max(shape.size for shape in network.shapes))
    weights = network.weights
    if weights > MOST_PARAMETERS:
        raise DocumentError(
            "",
            "The network would have {weights} weights; at most {most_parameters} are possible. Remove "
            "neurons or connections first.",
            weights=weights,
            most_parameters=MOST_PARAMETERS,
        )


def check_count(units: int) -> None:
    """Check that a layer may have that many units.

    Raises
    ------
    DocumentError
        Where they are none or too many.
    """
    if not 1 <= units <= LARGEST_LAYER:
        raise DocumentError(
            "",
            "A layer has 1 to {largest_layer} neurons, not {units}. Choose another number.",
            largest_layer=LARGEST_LAYER,
            units=units,
        )


def check_layer(network: Network, layer: int) -> None:
    """Check that a layer exists and is not the input.

    Raises
    ------
    DocumentError
        Where it is not so.
    """
    if not 0 <= layer < len(network.layers):
        raise DocumentError(
            "",
            "There is no layer {layer} in this network. Its last is {last}.",
            layer=layer,
            last=len(network.layers) - 1,
        )
    if layer == 0:
        raise DocumentError("", "The input only shows the data and computes nothing. Choose another layer.")


def check_hidden(network: Network, layer: int) -> None:
    """Check that a layer exists and lies between input and output.

    Raises
    ------
    DocumentError
        Where it is not so.
    """
    if layer == 0:
        raise DocumentError("", "The data decides the inputs. Choose other data to change them.")
    check_layer(network, layer)
    if layer == len(network.layers) - 1:
        raise DocumentError("", "The data decides the outputs. Choose other data to change them.")


def check_units(network: Network, layer: int, units: Iterable[int]) -> None:
    """Check that units exist in a layer that exists.

    Raises
    ------
    DocumentError
        Naming the first that does not.
    """
    if not 0 <= layer < len(network.layers):
        raise DocumentError(
            "",
            "There is no layer {layer} in this network. Its last is {last}.",
            layer=layer,
            last=len(network.layers) - 1,
        )
    size = network.units(layer)
    for unit in units:
        if not 0 <= unit < size:
            raise DocumentError(
                "",
                "There is no neuron {unit} in layer {layer}; it has {size}.",
                unit=unit,
                layer=layer,
                size=size,
            )


def check_forwards(network: Network, source: int, destination: int) -> None:
    """Check that a connection would run from a layer to a later one.

    Raises
    ------
    DocumentError
        Saying which way connections run.
    """
    if destination == 0:
        raise DocumentError("", "Nothing runs into the input: the data stands there. End at a later layer.")
    check_layer(network, destination)
    if source == destination:
        raise DocumentError("", "Neurons of one layer cannot be connected. End at a later layer.")
    if not 0 <= source < destination:
        raise DocumentError(
            "",
            "Connections run forwards only, from the input towards the output. Start at the earlier layer.",
        )


def check_single_edges(network: Network, layer: int) -> None:
    """Check that each edge into a layer has a weight of its own.

    Raises
    ------
    RefusalError
        Where many edges share one, or have none.
    """
    found = network.layers[layer]
    if found.kind != "dense":
        raise RefusalError(found.name, sentence(_NO_WEIGHTS, name=found.name), layer)
