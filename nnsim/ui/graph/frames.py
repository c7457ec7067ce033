"""One frame of the picture, as arrays: what every edge, node and point of light shows at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnsim.engine.snapshot import Probe, Snapshot
from nnsim.ui.graph.animation import Moment, ease, has_delta, lit, travelled
from nnsim.ui.graph.edges import EdgeSet, Floats, Ints, source_of
from nnsim.ui.graph.ribbons import RibbonSet, ribbon_values
from nnsim.ui.graph.rounding import error_floor
from nnsim.ui.graph.scales import LEVELS
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.sprites import ABSENT

FORWARD_TAIL = (0.0, 0.07, 0.14)
BACKWARD_TAIL = (0.0, 0.13, 0.26, 0.39)
FLOW_PULSES = 3
UPDATE_OPACITY = 0.55
"""Of the green over the edges while an update plays: the weights stay in sight beneath."""


@dataclass(frozen=True, slots=True, eq=False)
class EdgeLayer:
    """One drawing of the edges.

    Attributes
    ----------
    style : str
        The overlay whose colours are used.
    shares : array, shape (edges,), or None
        Signed shares of full scale; None: not computed.
    opacity : float
    """

    style: str
    shares: Floats | None
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Pulses:
    """Points of light on edges.

    Attributes
    ----------
    role : str
        Their colour.
    edges : array of int, shape (n,)
        Numbers of the drawn edges that carry them.
    where : array, shape (n,)
        Curve parameter.
    sizes : array, shape (n,)
        Share of the largest radius.
    """

    role: str
    edges: Ints
    where: Floats
    sizes: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Everything that changes from frame to frame.

    Attributes
    ----------
    probe : Probe or None
        Whose values the nodes show.
    levels : array of int, shape (nodes,)
        Brightness; ABSENT where not computed.
    edges : tuple of EdgeLayer
        From back to front.
    bias_style : str
    bias_shares : array, shape (biases,), or None
    pulses : tuple of Pulses
    deltas : tuple of (array or None)
        By layer, |δ| as a share of the largest; None where the gradient has not arrived.
    loss : float or None
        Shown at the output.
    parameters : array, shape (P,), or None
        Whose weights are drawn.
    ribbons, ribbon_pulses : as `edges` and `pulses`
    """

    probe: Probe | None
    levels: Ints
    edges: tuple[EdgeLayer, ...]
    bias_style: str
    bias_shares: Floats | None
    pulses: tuple[Pulses, ...] = ()
    deltas: tuple[Floats | None, ...] = ()
    loss: float | None = None
    parameters: Floats | None = None
    ribbons: tuple[EdgeLayer, ...] = ()
    ribbon_pulses: tuple[Pulses, ...] = ()


def still(scene: Scene) -> Frame:
    """The current snapshot at rest."""
    snapshot = scene.snapshot
    probe = None if snapshot is None else snapshot.probe
    values = scene.edge_values()
    scale = scene.scales[scene.overlay]
    vector = source_of(scene.overlay, snapshot)
    return Frame(
        probe=probe,
        levels=_levels(scene, probe),
        edges=(EdgeLayer(scene.overlay, None if values is None else scale.shares(values)),),
        bias_style=scene.overlay,
        bias_shares=None if vector is None else scale.shares(scene.biases(vector)),
        parameters=None if snapshot is None else snapshot.parameters,
        ribbons=(_ribbons(scene, scene.overlay, scene.ribbon_values()),),
    )


def _ribbons(scene: Scene, overlay: str, values: Floats | None, opacity: float = 1.0) -> EdgeLayer:
    scale = scene.ribbon_scales[overlay]
    return EdgeLayer(overlay, None if values is None else scale.shares(values), opacity)


def _ribbons_of(scene: Scene, overlay: str, vector: Floats, probe: Probe, opacity: float = 1.0) -> EdgeLayer:
    """Ribbons as an overlay of some vector."""
    values = ribbon_values(scene.layout, scene.ribbons, overlay, vector, probe)
    return _ribbons(scene, overlay, values, opacity)


def flowing(scene: Scene, phase: float) -> Frame:
    """The current snapshot with its gradient flowing back along the edges without end.

    Parameters
    ----------
    phase : float
        Grows by 1 while a pulse runs along one edge.
    """
    frame = still(scene)
    shares = frame.edges[0].shares
    if shares is None:
        return frame
    starts = np.arange(FLOW_PULSES) / FLOW_PULSES
    where = 1.0 - np.mod(starts + phase, 1.0)
    frame = replace(frame, pulses=(_pulses("gradient", shares, where[:, None]),))
    along = frame.ribbons[0].shares
    return (
        frame
        if along is None
        else replace(frame, ribbon_pulses=(_pulses("gradient", along, where[:, None]),))
    )


def prepare(scene: Scene, step: Snapshot) -> None:
    """Bring the scales up to date with what a step will show, so that they keep still while it plays."""
    old, edges = _old_parameters(step), scene.edges
    shown = {
        "weight": np.concatenate([old[edges.index], step.parameters[edges.index]]),
        "contribution": old[edges.index] * np.concatenate(_before(step).activations)[edges.source],
        "update": (step.parameters - old)[edges.index],
    }
    gradient = _gradient(step)
    if gradient is not None:
        shown["gradient"] = gradient[edges.index]
    for overlay, values in shown.items():
        scene.follow(overlay, values, step.parameters)
    vectors = {"weight": step.parameters, "contribution": old, "update": step.parameters - old}
    if gradient is not None:
        vectors["gradient"] = gradient
    for overlay, vector in vectors.items():
        found = ribbon_values(scene.layout, scene.ribbons, overlay, vector, _before(step))
        if found is not None:
            scene.ribbon_scales[overlay].follow(found)


def moment_of(scene: Scene, step: Snapshot, moment: Moment) -> Frame:
    """One moment of an animated step."""
    return _PHASES[moment.phase](scene, step, moment)


def _levels(scene: Scene, probe: Probe | None) -> Ints:
    if probe is None:
        return np.full(len(scene.geometry.radii), ABSENT)
    return np.concatenate([scene.levels(i, a) for i, a in enumerate(probe.activations)])


def _dimmed(levels: Ints, share: float) -> Ints:
    """Levels on their way up from nothing; absent until they begin to appear."""
    if share <= 0:
        return np.full_like(levels, ABSENT)
    return np.where(levels == ABSENT, ABSENT, np.rint(levels * share).astype(levels.dtype))


def _before(step: Snapshot) -> Probe:
    return step.probe if step.before is None else step.before


def _old_parameters(step: Snapshot) -> Floats:
    return step.parameters if step.last_update is None else step.parameters - step.last_update


def _gradient(step: Snapshot) -> Floats | None:
    """Of the step; None where its sample has no target to learn from."""
    return _before(step).gradient if step.last_gradient is None else step.last_gradient


def _weights(scene: Scene, vector: Floats) -> EdgeLayer:
    values = vector[scene.edges.index]
    return EdgeLayer("weight", scene.scales["weight"].shares(values))


def _bias_shares(scene: Scene, vector: Floats) -> Floats:
    return scene.scales["weight"].shares(scene.biases(vector))


def _base(scene: Scene, step: Snapshot, vector: Floats, probe: Probe, levels: Ints) -> Frame:
    weights = _weights(scene, vector)
    biases = _bias_shares(scene, vector)
    ribbons = (_ribbons_of(scene, "weight", vector, probe),)
    return Frame(probe, levels, (weights,), "weight", biases, parameters=vector, ribbons=ribbons)


def _fronts(scene: Scene, moment: Moment, drawn: EdgeSet | RibbonSet) -> Floats:
    """Where the wave is on every drawn edge, or ribbon."""
    place = {pair: travelled(moment, *pair) for pair in scene.network.connections}
    pairs = zip(drawn.source_layer.tolist(), drawn.layer.tolist(), strict=True)
    return np.array([place[pair] for pair in pairs])


def _ribbon_pulses(
    scene: Scene, moment: Moment, role: str, layer: EdgeLayer, tail: Sequence[float]
) -> tuple[Pulses, ...]:
    if layer.shares is None or not len(scene.ribbons):
        return ()
    where = _fronts(scene, moment, scene.ribbons)[None, :] + np.array(tail)[:, None]
    return (_pulses(role, layer.shares, where),)


def _pulses(role: str, shares: Floats, where: Floats) -> Pulses:
    """Points at the places `where`, (tail, edges) or (tail, 1); those off their edge are left out."""
    where = np.broadcast_to(where, (where.shape[0], len(shares)))
    _, edges = on = np.nonzero((where > 0.0) & (where < 1.0) & (np.abs(shares) > 0.0))
    return Pulses(role, edges, where[on], np.abs(shares)[edges])


def _forward(scene: Scene, step: Snapshot, moment: Moment) -> Frame:
    probe, vector = _before(step), _old_parameters(step)
    parts = [_dimmed(scene.levels(i, a), lit(moment, i)) for i, a in enumerate(probe.activations)]
    frame = _base(scene, step, vector, probe, np.concatenate(parts))
    carried = vector[scene.edges.index] * np.concatenate(probe.activations)[scene.edges.source]
    shares = scene.scales["contribution"].shares(carried)
    where = _fronts(scene, moment, scene.edges)[None, :] - np.array(FORWARD_TAIL)[:, None]
    along = _ribbons_of(scene, "contribution", vector, probe)
    tail = [-each for each in FORWARD_TAIL]
    return replace(
        frame,
        pulses=(_pulses("activation", shares, where),),
        ribbon_pulses=_ribbon_pulses(scene, moment, "activation", along, tail),
    )


def _loss(scene: Scene, step: Snapshot, moment: Moment) -> Frame:
    probe = _before(step)
    frame = _base(scene, step, _old_parameters(step), probe, _levels(scene, probe))
    return replace(frame, loss=probe.loss, deltas=_deltas(scene, probe, moment))


def _deltas(scene: Scene, probe: Probe, moment: Moment) -> tuple[Floats | None, ...]:
    largest = max((float(np.abs(d).max()) for d in probe.deltas if d is not None), default=0.0)
    largest = max(largest, error_floor(scene.sizes))
    last = len(probe.deltas) - 1
    shares: list[Floats | None] = []
    for layer, delta in enumerate(probe.deltas):
        arrived = has_delta(moment, layer) or (moment.phase == "loss" and layer == last)
        share = ease(moment.share) if moment.phase == "loss" else 1.0
        reached = arrived and delta is not None and largest > 0
        shares.append(np.abs(delta) / largest * share if reached and delta is not None else None)
    return tuple(shares)


def _backward(scene: Scene, step: Snapshot, moment: Moment) -> Frame:
    probe = _before(step)
    frame = _base(scene, step, _old_parameters(step), probe, _levels(scene, probe))
    frame = replace(frame, deltas=_deltas(scene, probe, moment))
    gradient = _gradient(step)
    if gradient is None:
        return frame
    shares = scene.scales["gradient"].shares(gradient[scene.edges.index])
    where = _fronts(scene, moment, scene.edges)[None, :] + np.array(BACKWARD_TAIL)[:, None]
    along = _ribbons_of(scene, "gradient", gradient, probe)
    return replace(
        frame,
        pulses=(_pulses("gradient", shares, where),),
        ribbon_pulses=_ribbon_pulses(scene, moment, "gradient", along, BACKWARD_TAIL),
    )


def _update(scene: Scene, step: Snapshot, moment: Moment) -> Frame:
    probe, old = _before(step), _old_parameters(step)
    share = ease(moment.share)
    # What is computed is laid over the weights that it was computed with; they move when the step is over.
    frame = _base(scene, step, old, probe, _levels(scene, probe))
    change = (step.parameters - old)[scene.edges.index]
    green = EdgeLayer("update", scene.scales["update"].shares(change), UPDATE_OPACITY * share)
    wide = _ribbons_of(scene, "update", step.parameters - old, probe, UPDATE_OPACITY * share)
    return replace(frame, edges=(*frame.edges, green), ribbons=(*frame.ribbons, wide))


def _rest(scene: Scene, step: Snapshot, moment: Moment) -> Frame:
    old, new = _levels(scene, _before(step)), _levels(scene, step.probe)
    share, before = ease(moment.share), _old_parameters(step)
    mixed = np.rint(old + share * (new - old)).astype(np.intp)
    levels = np.where((old < -LEVELS) | (new < -LEVELS), new, mixed)
    moving = step.parameters - before
    frame = _base(scene, step, before + share * moving, step.probe, levels)
    change = moving[scene.edges.index]
    green = EdgeLayer("update", scene.scales["update"].shares(change), UPDATE_OPACITY * (1.0 - share))
    wide = _ribbons_of(scene, "update", moving, step.probe, UPDATE_OPACITY * (1.0 - share))
    return replace(frame, edges=(*frame.edges, green), ribbons=(*frame.ribbons, wide))


_PHASES = {
    "forward": _forward,
    "loss": _loss,
    "backward": _backward,
    "update": _update,
    "rest": _rest,
    "done": _rest,
}
