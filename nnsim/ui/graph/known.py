"""What is known at a moment of a step: its own weights, and of what it computes only what it has reached."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from nnsim.engine.snapshot import Snapshot
from nnsim.model.parameters import Layout
from nnsim.ui.graph.animation import Moment
from nnsim.ui.graph.edges import Floats


class Reach(NamedTuple):
    """How far a step has come.

    Attributes
    ----------
    z, a : int
        The last layers whose sums and whose activations are known.
    delta, gradient : int
        The first layers whose δ and whose ∂L/∂w are known.
    updates, ends : bool
        Whether the update is known; whether the step is over.
    """

    z: int
    a: int
    delta: int
    gradient: int
    updates: bool = False
    ends: bool = False


def reach_of(moment: Moment, last: int) -> Reach:
    """How far a step has come at a moment; `last` is the number of the output layer."""
    front, none = moment.front, last + 1
    if moment.phase == "forward":
        return Reach(math.floor(front + 0.5), math.floor(front), none, none)
    if moment.phase == "loss":
        return Reach(last, last, none, none)
    if moment.phase == "backward":
        return Reach(last, last, math.ceil(front), math.ceil(front + 0.5))
    return Reach(last, last, 0, 0, updates=True, ends=moment.phase != "update")


def known_at(step: Snapshot, reach: Reach, layout: Layout) -> Snapshot:
    """A step as far as it has come, with the parameters that it computes with.

    Returns
    -------
    Snapshot
        Activations and gradients that are not known yet are NaN, everything else is None.
    """
    if reach.ends:
        return step
    probe = step.probe if step.before is None else step.before
    seen = replace(
        probe,
        activations=tuple(a if i <= reach.a else _absent(a) for i, a in enumerate(probe.activations)),
        pre_activations=tuple(z if i <= reach.z else None for i, z in enumerate(probe.pre_activations)),
        deltas=tuple(d if i >= reach.delta else None for i, d in enumerate(probe.deltas)),
    )
    parameters = step.parameters if step.last_update is None else step.parameters - step.last_update
    gradient = probe.gradient if step.last_gradient is None else step.last_gradient
    return replace(
        step,
        parameters=parameters,
        probe=seen,
        last_gradient=None if gradient is None else _from_layer(gradient, reach.gradient, layout),
        last_update=step.last_update if reach.updates else None,
    )


class Known:
    """Keeps it while the step comes no further."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._snapshot: Snapshot | None = None

    def at(self, step: Snapshot | None, moment: Moment | None, layout: Layout) -> Snapshot | None:
        """What is known of a step at a moment; None where no step is shown."""
        if step is None or moment is None:
            self._key, self._snapshot = (), None
            return None
        key = step, reach_of(moment, len(step.probe.activations) - 1)
        if key != self._key:
            self._key, self._snapshot = key, known_at(step, key[1], layout)
        return self._snapshot


def _absent(values: Floats) -> Floats:
    return np.full(np.shape(values), np.nan)


def _from_layer(gradient: Floats, first: int, layout: Layout) -> Floats:
    out = np.array(gradient, copy=True)
    for tensor in layout.tensors:
        if tensor.layer < first:
            out[tensor.span] = np.nan
    return out
