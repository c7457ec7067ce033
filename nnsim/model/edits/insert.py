"""A new layer between two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nnsim.model.edits.checks import check_count
from nnsim.model.edits.edit import Edit, moved
from nnsim.model.edits.misfit import Fix, MisfitError, Put
from nnsim.model.errors import DocumentError, one_of
from nnsim.model.layers import (
    ACTIVATIONS,
    KINDS,
    Activation,
    Conv2d,
    Dense,
    GroupNorm,
    Layer,
    Shape,
    ShapeError,
)
from nnsim.model.network import Network
from nnsim.model.origin import Origin
from nnsim.model.pieces import never_negative

GENTLE = 0.25
"""Where a new layer bends, values pass it made that much smaller: tanh is nearly straight there."""

_BENT = frozenset({"tanh", "elu"})
_REPEATABLE = frozenset({"identity", "step", "relu", "leaky_relu", "prelu", "elu"})


def insert_layer(
    network: Network,
    source: int,
    destination: int,
    units: int | None = None,
    activation: str | None = None,
) -> Edit:
    """Put a new layer on a connection, right before its destination.

    The new layer repeats its source: its weights begin as the identity, and the old ones lead from it.

    - From a source that is never negative (relu, sigmoid, step, softmax) it is a relu, and the function
      stays exactly the same.
    - Otherwise it is a tanh; its weights are c = 0.25 on the diagonal and the old ones divided by c. The
      function stays close while what the source says is small: tanh(c a)/c differs from a by about
      c²a³/3, 2 % at a = 1.

    Where the source is wider than the destination and is the input, or has more neurons than `units`, the
    new layer instead takes the destination's weights from it, as many neurons as that has, and the
    destination repeats the new layer:

    - A relu, step or identity that nothing else feeds is repeated exactly by its own kind; leaky_relu,
      prelu and elu wherever they are positive.
    - Otherwise it is a tanh with c as above, close where what arrives at the destination is small.

    With an `activation` of the caller's choice the weights begin likewise: exact for an identity, and for a
    relu or its kin behind a source that is never negative. Neurons beyond those that repeat have fresh
    weights in and none out; with fewer, the function loses what the others said.

    Parameters
    ----------
    network : Network
    source, destination : int
        A connection of the network.
    units : int, optional
    activation : str, optional

    Raises
    ------
    DocumentError
        Where there is no such connection, or the network would become too large.
    """
    if (source, destination) not in network.connections:
        raise DocumentError(
            "",
            "Layers {source} and {destination} are not connected, so nothing lies between.",
            source=source,
            destination=destination,
        )
    if activation is not None and activation not in ACTIVATIONS:
        raise DocumentError(
            "",
            "There is no activation {activation}; {allowed}.",
            activation=repr(activation),
            allowed=one_of(ACTIVATIONS),
        )
    if units is not None:
        check_count(units)
    behind = _repeated_behind(network, source, destination, units)
    insert = _taking_over if behind else _repeating
    return insert(network, source, destination, units, activation)


def _repeated_behind(network: Network, source: int, destination: int, units: int | None) -> bool:
    if network.layers[destination].kind != "dense":
        return False
    wide, narrow = network.units(source), network.units(destination)
    return narrow < wide and (source == 0 if units is None else units < wide)


def _repeating(
    network: Network, source: int, destination: int, units: int | None, activation: str | None
) -> Edit:
    """The new layer says what the source says."""
    activation = activation or ("relu" if never_negative(network, source) else "tanh")
    layer = Dense(units or network.units(source), activation)
    return _inserted(network, source, destination, layer, source)


def _taking_over(
    network: Network, source: int, destination: int, units: int | None, activation: str | None
) -> Edit:
    """The destination says what the new layer says, which sees what the destination saw."""
    dense = network.dense(destination)
    alone = len(network.sources(destination)) == 1
    activation = activation or (dense.activation if alone and dense.activation in _REPEATABLE else "tanh")
    layer = replace(dense, units=units or dense.units, activation=activation, frozen=False, name="")
    return _inserted(network, source, destination, layer, destination)


def insert_kind(network: Network, source: int, destination: int, kind: str) -> Edit:
    """Put a layer of any kind on a connection, with usual settings; the function changes as little as it can.

    - A dense layer begins as :func:`insert_layer` says.
    - A convolution has as many filters as channels feed it, 3×3, each of which passes its channel on: the
      function stays exactly the same.
    - So it does behind flatten, dropout (while predicting), add and concat of one input, and behind a relu
      where nothing is negative.
    - Behind a pool weights of a dense layer go to the places that now stand for theirs.
    - A normalisation starts with γ = 1 and β = 0: what is behind it sees other sizes than before.

    Raises
    ------
    DocumentError
        Where the layer would not fit, saying which layer, which of its settings, and what is allowed.
    """
    if kind == "dense":
        return insert_layer(network, source, destination)
    if kind not in INSERTABLE:
        raise DocumentError(
            "",
            "There is no kind of layer {kind} to insert; {allowed}.",
            kind=repr(kind),
            allowed=one_of(INSERTABLE),
        )
    if (source, destination) not in network.connections:
        raise DocumentError(
            "",
            "Layers {source} and {destination} are not connected, so nothing lies between.",
            source=source,
            destination=destination,
        )
    try:
        return _of_kind(network, source, destination, kind)
    except MisfitError as error:
        if error.reason not in _OF_SETTINGS:
            error.fix = _elsewhere(network, source, destination, kind) or error.fix
        raise


_OF_SETTINGS = ("kernel", "padding", "groups")
"""Reasons for which a new layer fits with other settings; for all others it fits better elsewhere."""


def _of_kind(network: Network, source: int, destination: int, kind: str) -> Edit:
    layer: Layer = _MADE[kind](network, source) if kind in _MADE else KINDS[kind]()
    return _inserted(network, source, destination, layer, source)


def _elsewhere(network: Network, source: int, destination: int, kind: str) -> Fix | None:
    """The nearest place where a kind fits; None where it fits nowhere."""

    def distance(pair: tuple[int, int]) -> tuple[int, int]:
        return abs(pair[0] - source) + abs(pair[1] - destination), pair[0]

    for pair in sorted(set(network.connections) - {(source, destination)}, key=distance):
        try:
            edit = _of_kind(network, *pair, kind)
        except DocumentError:
            continue
        return Fix(edit, (Put(kind, *(network.names[end] for end in pair)),))
    return None


def insert_usual(network: Network, source: int, destination: int) -> Edit:
    """Put in what most networks have there: filters behind an image, neurons behind features.

    Raises
    ------
    DocumentError
        As :func:`insert_kind`.
    """
    kind = "conv2d" if source and network.shapes[source].is_image else "dense"
    return insert_kind(network, source, destination, kind)


def _filters(network: Network, source: int) -> Layer:
    activation = "relu" if never_negative(network, source) else "identity"
    return Conv2d(network.shapes[source].channels, (3, 3), padding=(1, 1), activation=activation)


def _bend(network: Network, source: int) -> Layer:
    return Activation("relu" if never_negative(network, source) else "tanh")


def _groups(network: Network, source: int) -> Layer:
    channels = network.shapes[source].channels
    return GroupNorm(next((n for n in range(2, channels + 1) if channels % n == 0), 1))


_MADE: dict[str, Callable[[Network, int], Layer]] = {
    "conv2d": _filters,
    "activation": _bend,
    "group_norm": _groups,
}
"""For kinds whose settings depend on what feeds them; others begin as usual."""
INSERTABLE = tuple(kind for kind in KINDS if kind != "input")
"""Kinds of layer that may stand between two."""


def _inserted(network: Network, source: int, place: int, layer: Layer, repeated: int) -> Edit:
    """The network with a layer at a place that carries the values of an old one."""
    same, layers = Origin.same(network), list(network.layers)
    layers.insert(place, layer)
    shape, carried = _put_out(layer, network.shapes[source]), network.shapes[repeated]
    known = min(shape.channels, carried.channels if shape.is_image else carried.size)
    units = (*range(known), *[None] * (shape.channels - known))
    gain = GENTLE if getattr(layer, "activation", "") in _BENT else 1.0
    origin = Origin(
        (*same.layers[:place], repeated, *same.layers[place:]),
        (*same.units[:place], units, *same.units[place:]),
        tuple(gain if i == place else 1.0 for i in range(len(layers))),
    )
    kept = set(network.connections) - {(source, place)}
    connections = {(s + (s >= place), d + (d >= place)) for s, d in kept}
    return moved(network, layers, connections | {(source, place), (place, place + 1)}, origin)


def _put_out(layer: Layer, fed: Shape) -> Shape:
    """Its shape; where it does not fit, which is said when the network is built, that of what feeds it."""
    try:
        return layer.output_shape([fed])
    except ShapeError:
        return fed
