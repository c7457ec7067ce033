"""In which order an epoch presents the samples: the same in both engines, on every machine.

A Fisher–Yates shuffle (Durstenfeld, 1964) driven by splitmix64 (Steele, Lea and Flood, 2014), started
afresh for each epoch, so that the order of any epoch can be had without those before it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GAMMA = 0x9E3779B97F4A7C15
MIX_1 = 0xBF58476D1CE4E5B9
MIX_2 = 0x94D049BB133111EB
_WORD = 2**64 - 1


def _mix(z: int) -> int:
    z = (z ^ (z >> 30)) * MIX_1 & _WORD
    z = (z ^ (z >> 27)) * MIX_2 & _WORD
    return z ^ (z >> 31)


def seed_key(seed: int) -> int:
    """What all epochs of a seed have in common."""
    return _mix((seed + GAMMA) & _WORD)


def epoch_key(seed: int, epoch: int) -> int:
    """Start of the generator for one epoch."""
    return _mix((seed_key(seed) + epoch) & _WORD)


def epoch_order(seed: int, epoch: int, samples: int) -> NDArray[np.int64]:
    """The numbers of the samples in the order of that epoch.

    Parameters
    ----------
    seed, epoch, samples : int

    Returns
    -------
    array of int64, shape (samples,)
    """
    last = np.arange(samples - 1, 0, -1, dtype=np.uint64)
    z = np.uint64(epoch_key(seed, epoch)) + np.arange(1, samples, dtype=np.uint64) * np.uint64(GAMMA)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(MIX_1)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(MIX_2)
    z ^= z >> np.uint64(31)
    order = list(range(samples))
    for i, j in zip(last.tolist(), (z % (last + np.uint64(1))).tolist(), strict=True):
        order[i], order[j] = order[j], order[i]
    return np.array(order, np.int64)
