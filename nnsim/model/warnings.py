"""Checks for a network that runs but is built so, or has become so, that it cannot learn what it should."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.model.document import Document
from nnsim.model.edits import Edit, remove_layer, remove_units, set_activation
from nnsim.model.edits.edit import unmoved
from nnsim.model.edits.masks import Masks, masks_of
from nnsim.model.health import Health
from nnsim.model.layers import Dense
from nnsim.model.network import Edge, Network, Node
from nnsim.model.origin import Origin

Place = Node | int | None

KINDS = (
    "leads_nowhere",
    "hears_nothing",
    "softmax_of_one",
    "bce_without_sigmoid",
    "cross_entropy_without_softmax",
    "softmax_without_cross_entropy",
    "perceptron_without_step",
    "step_without_slope",
    "dead_units",
    "saturated",
)


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that is probably a mistake.

    Attributes
    ----------
    kind : str
        One of :data:`KINDS`.
    where : Node, int or None
        The unit, or the layer where it holds of the whole layer.
    fix : str
        What helps, a key of :data:`FIXES`; empty where no edit does.
    units : tuple of int
        The units of the layer of which it holds, where it does not hold of all.
    """

    kind: str
    where: Place
    fix: str
    units: tuple[int, ...] = ()

    @property
    def layer(self) -> int | None:
        """The layer it is about, if any."""
        return self.where.layer if isinstance(self.where, Node) else self.where


def warnings_of(document: Document) -> tuple[Warning, ...]:
    """What is probably a mistake, edges first, then activations and the loss.

    - ``leads_nowhere``: no path leads from a hidden unit to any output.
    - ``hears_nothing``: all edges into a unit are taken out, so that it says the same to every sample.
    - ``softmax_of_one``: a softmax over one unit, which is 1 whatever the weights.
    - ``bce_without_sigmoid``, ``cross_entropy_without_softmax``, ``perceptron_without_step``: the output
      is not what the loss is made for.
    - ``softmax_without_cross_entropy``: mse and its kin on a softmax learn slowly where it is surely wrong.
    - ``step_without_slope``: through a step no gradient reaches the weights before it.
    """
    network = document.network
    return (*_of_edges(network), *_of_softmaxes(document), *_of_loss(document), *_of_steps(document))


def warnings_of_training(document: Document, health: Health) -> tuple[Warning, ...]:
    """What has become of the units while they were trained, layer by layer.

    - ``dead_units``: rectified units that pass on 0 whatever the sample; with slope 0 they stay so.
    - ``saturated``: a layer of sigmoid or tanh units all at an end of their range whatever the sample.
    """
    network = document.network
    return (*_of_dead(network, health.dead), *(Warning("saturated", i, "") for i in health.saturated))


def _of_dead(network: Network, dead: Iterable[Node]) -> Iterator[Warning]:
    by_layer: dict[int, list[int]] = {}
    for node in dead:
        by_layer.setdefault(node.layer, []).append(node.unit)
    for layer, units in by_layer.items():
        if len(units) == network.units(layer):
            yield Warning("dead_units", layer, "use_leaky_relu")
        elif len(units) == 1:
            yield Warning("dead_units", Node(layer, units[0]), "use_leaky_relu")
        else:
            yield Warning("dead_units", layer, "use_leaky_relu", tuple(units))


def fixed(document: Document, warning: Warning) -> tuple[Document, Origin]:
    """The document without what a warning says, and where its layers and units come from.

    Raises
    ------
    DocumentError
        Where the warning is of another network, whose units these are not.
    """
    edit, loss = FIXES[warning.fix](document.network, warning.where)
    edited = edit.of(document)
    if loss is not None:
        edited = replace(edited, training=replace(edited.training, loss=loss))
    return edited, edit.origin


def _of_edges(network: Network) -> Iterator[Warning]:
    removed = masks_of(network, network.removed_edges)
    reaching = _reaching(network, removed)
    for layer in range(1, len(network.layers)):
        mute = ~reaching[layer]
        for where in _places(layer, mute):
            yield Warning(
                "leads_nowhere", where, "remove_unit" if isinstance(where, Node) else "remove_layer"
            )
        for where in _places(layer, _deaf(network, removed, layer) & ~mute):
            yield Warning("hears_nothing", where, "connect")


def _reaching(network: Network, removed: Masks) -> list[NDArray[np.bool_]]:
    """For each layer, True where a path leads from the unit to an output."""
    out = [np.zeros(shape.size, np.bool_) for shape in network.shapes]
    out[-1][:] = True
    # From the last to the first: where a connection leads is known before it is followed.
    for source, layer in sorted(network.connections, reverse=True):
        if (source, layer) in removed:
            out[source] |= (~removed[source, layer] & out[layer][:, None]).any(axis=0)
        else:
            out[source] |= out[layer].any()
    return out


def _deaf(network: Network, removed: Masks, layer: int) -> NDArray[np.bool_]:
    """True where every edge into a unit of the layer is taken out."""
    deaf = np.ones(network.units(layer), np.bool_)
    for source in network.sources(layer):
        deaf &= removed[source, layer].all(axis=1) if (source, layer) in removed else False
    return deaf


def _places(layer: int, chosen: NDArray[np.bool_]) -> Iterator[Place]:
    """The chosen units of a layer, or the layer where it is all of them."""
    if chosen.all():
        yield layer
    else:
        yield from (Node(layer, unit) for unit in np.flatnonzero(chosen).tolist())


def _of_softmaxes(document: Document) -> Iterator[Warning]:
    network = document.network
    last = len(network.layers) - 1
    for layer in range(1, len(network.layers)):
        if network.activation(layer) == "softmax" and network.units(layer) == 1:
            entropy = layer == last and document.training.loss in {"bce", "cross_entropy"}
            yield Warning("softmax_of_one", layer, "use_bce" if entropy else "use_sigmoid")


def _of_loss(document: Document) -> Iterator[Warning]:
    network, last = document.network, len(document.network.layers) - 1
    loss, kind, alone = document.training.loss, network.output_activation, network.outputs == 1
    if kind == "softmax" and alone:
        return
    if loss == "bce" and kind != "sigmoid":
        fix = "use_cross_entropy" if kind == "softmax" else "use_sigmoid"
        yield Warning("bce_without_sigmoid", last, fix)
    elif loss == "cross_entropy" and kind != "softmax":
        yield Warning("cross_entropy_without_softmax", last, "use_bce" if alone else "use_softmax")
    elif loss == "perceptron" and kind != "step":
        yield Warning("perceptron_without_step", last, "use_step")
    elif loss in _DISTANCES and kind == "softmax":
        yield Warning("softmax_without_cross_entropy", last, "use_cross_entropy")


_DISTANCES = frozenset({"mse", "sse", "mae"})


def _learns(network: Network, layer: int) -> bool:
    specs = network.parameter_specs(layer)
    return not network.layers[layer].frozen and any(spec.trained for spec in specs)


def _of_steps(document: Document) -> Iterator[Warning]:
    network, last = document.network, len(document.network.layers) - 1
    learning = False
    for layer in range(1, last + 1):
        learning = learning or _learns(network, layer)
        if network.activation(layer) != "step" or not learning:
            continue
        if layer < last:
            yield Warning("step_without_slope", layer, "use_sigmoid")
        elif document.training.loss in _DISTANCES:
            yield Warning("step_without_slope", layer, "use_perceptron" if last == 1 else "use_sigmoid")


Fix = Callable[[Network, Place], tuple[Edit, str | None]]


def _at(where: Place) -> int:
    """The layer of a place."""
    assert where is not None
    return where.layer if isinstance(where, Node) else where


def _remove_unit(network: Network, where: Place) -> tuple[Edit, str | None]:
    assert isinstance(where, Node)
    return remove_units(network, [where]), None


def _remove_layer(network: Network, where: Place) -> tuple[Edit, str | None]:
    return remove_layer(network, _at(where)), None


def _connect(network: Network, where: Place) -> tuple[Edit, str | None]:
    """All edges into the unit, or into those of the layer, are there again; their weights start at 0."""

    def stays(edge: Edge) -> bool:
        return (edge.layer, edge.unit) != where if isinstance(where, Node) else edge.layer != where

    left: Iterable[Edge] = filter(stays, network.removed_edges)
    return unmoved(network, replace(network, removed_edges=frozenset(left))), None


def _use(activation: str, loss: str | None = None) -> Fix:
    def fix(network: Network, where: Place) -> tuple[Edit, str | None]:
        return set_activation(network, [_at(where)], activation), loss

    return fix


_USUAL_SLOPE = Dense(1).negative_slope


def _use_leaky_relu(network: Network, where: Place) -> tuple[Edit, str | None]:
    """A slope below 0, too, so that a gradient gets through to whoever is there."""
    layer = _at(where)
    found: Any = network.layers[layer]
    leaky = replace(found, negative_slope=found.negative_slope or _USUAL_SLOPE)
    edit = set_activation(network.with_layer(layer, leaky), [layer], "leaky_relu")
    return unmoved(network, edit.network), None


FIXES: dict[str, Fix] = {
    "remove_unit": _remove_unit,
    "remove_layer": _remove_layer,
    "connect": _connect,
    "use_sigmoid": _use("sigmoid"),
    "use_softmax": _use("softmax"),
    "use_step": _use("step"),
    "use_bce": _use("sigmoid", "bce"),
    "use_cross_entropy": _use("softmax", "cross_entropy"),
    "use_perceptron": _use("step", "perceptron"),
    "use_leaky_relu": _use_leaky_relu,
}
"""Fixes by name: each edits the network and may exchange the loss."""
