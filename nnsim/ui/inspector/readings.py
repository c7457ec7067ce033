"""What is known about a selection, as numbers; what has not been computed is None, never 0."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.snapshot import Snapshot
from nnsim.model.connectivity import Connectivity
from nnsim.model.own_parameters import bias_of, weight_of
from nnsim.model.parameters import Layout, Vector
from nnsim.model.training import Optimizer
from nnsim.ui.inspector.selection import Selection

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Reading:
    """One number.

    Attributes
    ----------
    key : str
        What it is: a key of :data:`nnsim.ui.inspector.facts.WORDS`.
    value : float, or None
        None where it has not been computed.
    """

    key: str
    value: float | None = None


def fits(layout: Layout, snapshot: Snapshot | None) -> bool:
    """Whether a snapshot is one of this network; one that was under way during an edit is not."""
    if snapshot is None or len(snapshot.parameters) != layout.size:
        return False
    sizes = [len(activation) for activation in snapshot.probe.activations]
    return sizes == [shape.size for shape in layout.network.shapes]


def readings(
    selection: Selection, weights: Places, layout: Layout, optimizer: Optimizer, snapshot: Snapshot | None
) -> tuple[Reading, ...]:
    """All that is to be told about a selection, the most important first; always the same keys for a kind.

    Parameters
    ----------
    selection : Selection
    weights : array of int, shape (n,)
        What :meth:`Selection.weights` says: it takes too long to be asked ten times a second.
    layout : Layout
    optimizer : Optimizer
    snapshot : Snapshot, optional
        Of this network.
    """
    return _KINDS[selection.kind](selection, weights, layout, optimizer, snapshot)


def _none(*_: object) -> tuple[Reading, ...]:
    return ()


def _edge(
    selection: Selection, _: Places, layout: Layout, optimizer: Optimizer, snapshot: Snapshot | None
) -> tuple[Reading, ...]:
    edge = selection.edges[0]
    place, product = weight_of(layout, edge), None
    if place is None:
        return ()
    # What is taken out learns nothing: there is no gradient of 0.
    learning = None if edge in selection.network.removed_edges else snapshot
    if snapshot is not None:
        source = snapshot.probe.activations[edge.source_layer][edge.source_unit]
        product = _known(float(snapshot.parameters[place]) * float(source))
    return (
        Reading("contribution", product),
        Reading("gradient", _at(None if learning is None else learning.last_gradient, place)),
        Reading("update", _at(None if learning is None else learning.last_update, place)),
        *moments(optimizer, learning, place),
    )


def _input(
    selection: Selection, _: Places, layout: Layout, __: Optimizer, snapshot: Snapshot | None
) -> tuple[Reading, ...]:
    node = selection.nodes[0]
    value = None if snapshot is None else _at(snapshot.probe.activations[0], node.unit)
    return Reading("x", value), Reading("outgoing", _outgoing(selection, layout))


def _neuron(
    selection: Selection, weights: Places, layout: Layout, optimizer: Optimizer, snapshot: Snapshot | None
) -> tuple[Reading, ...]:
    node = selection.nodes[0]
    out = [Reading(key) for key in ("z", "a", "delta")]
    if snapshot is not None:
        probe = snapshot.probe
        rows = probe.pre_activations[node.layer], probe.activations[node.layer], probe.deltas[node.layer]
        out = [Reading(reading.key, _at(row, node.unit)) for reading, row in zip(out, rows, strict=True)]
    if node.layer == len(selection.network.layers) - 1:
        out.insert(2, Reading("target", None if snapshot is None else _at(snapshot.probe.y, node.unit)))
    place = bias_of(layout, node)
    if place is not None:
        out.append(Reading("bias_gradient", _at(None if snapshot is None else snapshot.last_gradient, place)))
        out.append(Reading("bias_update", _at(None if snapshot is None else snapshot.last_update, place)))
        out += moments(optimizer, snapshot, place)
    return *out, Reading("incoming", len(weights)), Reading("outgoing", _outgoing(selection, layout))


def _several(
    selection: Selection, places: Places, _: Layout, __: Optimizer, snapshot: Snapshot | None
) -> tuple[Reading, ...]:
    size = gradient = change = None
    if snapshot is not None and len(places):
        size = _mean_size(snapshot.parameters[places])
        gradient = _norm(snapshot.last_gradient, places)
        change = _norm(snapshot.last_update, places)
    return (
        Reading("neurons", len(selection.neurons)),
        Reading("weights", len(places)),
        Reading("mean_size", size),
        Reading("gradient_norm", gradient),
        Reading("update_norm", change),
    )


_KINDS: dict[str, Callable[..., tuple[Reading, ...]]] = {
    "none": _none,
    "edge": _edge,
    "input": _input,
    "neuron": _neuron,
    "several": _several,
}


def moments(optimizer: Optimizer, snapshot: Snapshot | None, place: int) -> tuple[Reading, ...]:
    """What the optimiser remembers about one parameter: nothing, its velocity, or its moments.

    Those of Adam are corrected for their start at 0 (Kingma and Ba, 2015): m / (1 − β₁ᵗ), v / (1 − β₂ᵗ).
    """
    known = None if snapshot is None else snapshot.moments
    velocity = None if known is None or not known.updates else float(known.velocity[place])
    square = None if known is None or not known.updates else float(known.square[place])
    if optimizer.kind in ("momentum", "nesterov"):
        return (Reading("velocity", velocity),)
    if optimizer.kind == "rmsprop":
        return (Reading("mean_square", square),)
    if optimizer.kind != "adam":
        return ()
    if known is not None and velocity is not None and square is not None:
        velocity /= 1.0 - optimizer.beta1**known.updates
        square /= 1.0 - optimizer.beta2**known.updates
    return Reading("first_moment", velocity), Reading("second_moment", square)


def _at(values: Vector | None, place: int) -> float | None:
    return None if values is None else _known(float(values[place]))


def _known(value: float) -> float | None:
    """NaN stands for what a step has not come to yet."""
    return None if math.isnan(value) else value


def _mean_size(values: Vector) -> float:
    with np.errstate(over="ignore"):
        return float(np.abs(values).mean())


def _norm(values: Vector | None, places: Places) -> float | None:
    if values is None:
        return None
    with np.errstate(over="ignore"):
        return _known(math.sqrt(float(np.square(values[places], dtype=np.float64).sum())))


def _outgoing(selection: Selection, layout: Layout) -> int:
    """How many edges leave the one node."""
    node, network = selection.nodes[0], selection.network
    fed = [destination for source, destination in network.connections if source == node.layer]
    if any(network.layers[layer].kind != "dense" for layer in fed):
        return len(Connectivity(network).out_of(node).units)
    gone = sum(edge[:2] == node for edge in network.removed_edges)
    return sum(network.units(layer) for layer in fed) - gone
