"""A digit drawn beforehand, so that there is something to see."""

from __future__ import annotations

from nnsim.ui.digits.ink import Dot, Stroke

_WIDTH = 0.074

# The three equal points make the corner in the middle.
_THREE = (
    (0.318, 0.278),
    (0.347, 0.237),
    (0.403, 0.204),
    (0.469, 0.189),
    (0.542, 0.186),
    (0.623, 0.200),
    (0.682, 0.237),
    (0.704, 0.292),
    (0.682, 0.358),
    (0.623, 0.421),
    (0.542, 0.461),
    (0.469, 0.480),
    (0.469, 0.480),
    (0.469, 0.480),
    (0.535, 0.472),
    (0.616, 0.491),
    (0.682, 0.539),
    (0.722, 0.608),
    (0.726, 0.682),
    (0.689, 0.756),
    (0.623, 0.796),
    (0.535, 0.814),
    (0.447, 0.811),
    (0.366, 0.781),
    (0.307, 0.719),
)

EXAMPLE = (Stroke(tuple(Dot(x, y, _WIDTH) for x, y in _THREE)),)
"""The strokes of a 3."""
