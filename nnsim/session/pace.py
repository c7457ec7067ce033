"""How fast training is shown: what one step is, and how many a second."""

from __future__ import annotations

import math

from nnsim.model.training import Training

STEP_UNITS = ("sample", "batch", "epoch")
FASTEST = float("inf")
"""As many steps a second as the machine can."""
PACES = (
    *(0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 250.0, 500.0),
    *(1000.0, 2500.0, 5000.0, 10000.0, FASTEST),
)
"""Steps a second that the speed control offers."""
FASTEST_ANIMATED = 4.0
"""Up to this many steps a second, each is shown as a whole: forward, loss, backward, update."""
_UNHURRIED = 1.0
"""The slowest pace that a scene opens with; slower ones are for whoever explains as it runs."""
_LEISURE = 20.0
"""Seconds in which a scene's usual training can be watched at the pace it opens with."""
_MANY = 10_000
"""Samples from which a scene opens at full speed."""


def batches_in(training: Training, samples: int) -> int:
    """Updates in one epoch."""
    return math.ceil(samples / min(training.batch_size or samples, samples))


def updates_in(unit: str, training: Training, samples: int) -> float:
    """Updates in one step of a unit of :data:`STEP_UNITS`; a sample is but a share of one."""
    batches = batches_in(training, samples)
    return {"sample": batches / samples, "batch": 1.0, "epoch": float(batches)}[unit]


def opening_pace(training: Training, samples: int) -> float:
    """The pace at which there is something to watch."""
    if samples >= _MANY:
        return FASTEST
    wanted = max(training.epochs * batches_in(training, samples) / _LEISURE, _UNHURRIED)
    return max(pace for pace in PACES if pace <= wanted)
