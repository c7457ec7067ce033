"""The course of one animated training step: forward wave, loss, gradient back, update."""

from __future__ import annotations

from dataclasses import dataclass

LOSS_BEATS = 1.0
UPDATE_BEATS = 1.4
REST_BEATS = 0.4
FADE = 0.25
"""Share of a beat in which a node lights up as the wave arrives."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a step.

    Attributes
    ----------
    phase : str
        ``forward``, ``loss``, ``backward``, ``update``, ``rest`` or ``done``.
    share : float
        Of the phase, from 0 to 1.
    front : float
        Where the wave is, in layers: rises from 0 in the forward pass, falls back to 0 in the backward one.
    """

    phase: str
    share: float
    front: float


class Timeline:
    """Divides the duration of a step: one beat for each layer forward, and again back.

    Parameters
    ----------
    layers : int
        Layers of the network, the input included.
    seconds : float
        Of the whole step; at least a little.
    """

    def __init__(self, layers: int, seconds: float) -> None:
        self._last = layers - 1
        beats = {
            "forward": float(self._last),
            "loss": LOSS_BEATS,
            "backward": float(self._last),
            "update": UPDATE_BEATS,
            "rest": REST_BEATS,
        }
        beat = max(seconds, 1e-3) / sum(beats.values())
        self._phases = [(phase, length * beat) for phase, length in beats.items()]

    def at(self, seconds: float) -> Moment:
        """The moment so many seconds after the start."""
        for phase, length in self._phases:
            if seconds < length:
                share = max(seconds / length, 0.0)
                return Moment(phase, share, self._front(phase, share))
            seconds -= length
        return Moment("done", 1.0, 0.0)

    def _front(self, phase: str, share: float) -> float:
        fronts = {"forward": share * self._last, "loss": float(self._last)}
        return fronts.get(phase, (1.0 - share) * self._last if phase == "backward" else 0.0)


def lit(moment: Moment, layer: int) -> float:
    """How far a layer's activations have appeared, from 0 to 1."""
    if moment.phase != "forward":
        return 1.0
    return min(max((moment.front - layer) / FADE + 1.0, 0.0), 1.0)


def has_delta(moment: Moment, layer: int) -> bool:
    """Whether the gradient has reached a layer."""
    return moment.phase in ("update", "rest") or (moment.phase == "backward" and moment.front <= layer)


def travelled(moment: Moment, source: int, layer: int) -> float:
    """Where the wave is on an edge: 0 at its source, 1 at its end; outside when it is elsewhere."""
    return (moment.front - source) / (layer - source)


def ease(share: float) -> float:
    """Slow at both ends (smoothstep: 3s² − 2s³)."""
    return share * share * (3.0 - 2.0 * share)
