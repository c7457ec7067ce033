"""An edit and how its parts are put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from nnsim.model.document import Document
from nnsim.model.edits.masks import bridged_masks, carried_masks, edges_of, masks_of
from nnsim.model.errors import DocumentError
from nnsim.model.layers import LARGEST_LAYER, Dense, Layer
from nnsim.model.network import MOST_LAYERS, MOST_PARAMETERS, Network
from nnsim.model.origin import Origin
from nnsim.model.parameters import Layout
from nnsim.model.pieces import shifts

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited network, and where its layers and units come from.

    Attributes
    ----------
    network : Network
    origin : Origin
        For :meth:`nnsim.engine.trainer.Trainer.set_document`.
    """

    network: Network
    origin: Origin

    def of(self, document: Document) -> Document:
        """The document with this network; a start given by hand is dropped where it no longer fits."""
        return replace(
            document, network=self.network, start=document.start if self._keeps_tensors(document) else ()
        )

    def _keeps_tensors(self, document: Document) -> bool:
        old, new = Layout(document.network), Layout(self.network)
        stays = {tensor.name: tensor.shape for tensor in new.tensors}
        given = {name for name, _ in document.start}
        return self.origin == Origin.same(document.network) and all(
            stays.get(tensor.name) == tensor.shape for tensor in old.tensors if tensor.name in given
        )


def unmoved(old: Network, network: Network) -> Edit:
    """An edit in which every layer and unit stays what it was."""
    check_size(network)
    return Edit(network, Origin.same(old))


def moved(old: Network, layers: Iterable[Layer], connections: Iterable[Pair], origin: Origin) -> Edit:
    """An edit whose removed and frozen edges are renumbered with the units they join.

    Parameters
    ----------
    old : Network
    layers : iterable of Layer
        Of the new network.
    connections : iterable of (int, int)
        Likewise.
    origin : Origin

    Raises
    ------
    DocumentError
        Where the network became too large.
    """
    bare = Network(tuple(layers), tuple(sorted(connections)))
    check_size(bare)
    removed = bridged_masks(old, masks_of(old, old.removed_edges), origin.bridged)
    frozen = masks_of(old, old.frozen_edges)
    network = replace(
        bare,
        removed_edges=edges_of(carried_masks(removed, bare, origin)),
        frozen_edges=edges_of(carried_masks(frozen, bare, origin)),
    )
    return Edit(network, origin)


def without_layers(old: Network, layers: list[Layer], origin: Origin, gone: Iterable[int]) -> Edit:
    """An edit that takes whole layers out and joins what they stood between.

    Parameters
    ----------
    old : Network
    layers : list of Layer
        All layers with their old numbers, edited or not.
    origin : Origin
        Of `layers`.
    gone : iterable of int
        Numbers of those to take out.
    """
    gone = tuple(sorted(gone))
    connections = set(old.connections)
    for layer in gone:
        into = [source for source, to in connections if to == layer]
        out_of = [to for source, to in connections if source == layer]
        connections |= {(source, to) for source in into for to in out_of}
        connections -= {pair for pair in connections if layer in pair}
        if shifts(old, layer):
            layers = [_with_bias(each) if i in out_of else each for i, each in enumerate(layers)]
    places = {layer: place for place, layer in enumerate(i for i in range(len(layers)) if i not in gone)}
    return moved(
        old,
        (layers[layer] for layer in places),
        ((places[source], places[to]) for source, to in connections),
        origin.without_layers(gone),
    )


def _with_bias(layer: Layer) -> Layer:
    return replace(layer, bias=True) if isinstance(layer, Dense) else layer


def check_size(network: Network) -> None:
    """Check that a network is no larger than a document may be.

    Raises
    ------
    DocumentError
        Saying what is too large, and what is allowed.
    """
    if len(network.layers) > MOST_LAYERS:
        raise DocumentError(
            "", f"A network has at most {MOST_LAYERS} layers. Remove one before adding another."
        )
    check_count(max(layer.units for layer in network.layers))
    weights = sum(network.fan_in(i) * network.layers[i].units for i in range(1, len(network.layers)))
    if weights > MOST_PARAMETERS:
        raise DocumentError(
            "",
            f"The network would have {weights:,} weights; at most {MOST_PARAMETERS:,} are possible. "
            "Remove neurons or connections first.",
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
            "", f"A layer has 1 to {LARGEST_LAYER:,} neurons, not {units:,}. Choose another number."
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
            "", f"There is no layer {layer} in this network. Its last is {len(network.layers) - 1}."
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
            "", f"There is no layer {layer} in this network. Its last is {len(network.layers) - 1}."
        )
    size = network.layers[layer].units
    for unit in units:
        if not 0 <= unit < size:
            raise DocumentError("", f"There is no neuron {unit} in layer {layer}; it has {size}.")
