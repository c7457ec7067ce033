"""In which order an epoch presents the samples: the same in both engines, on every machine.

A Fisher–Yates shuffle (its inside-out form) driven by splitmix64 (Steele, Lea and Flood, 2014), started
afresh for each epoch, so that the order of any epoch can be had without those before it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GAMMA = 0x9E3779B97F4A7C15
MIX_1 = 0xBF58476D1CE4E5B9
MIX_2 = 0x94D049BB133111EB
EPOCH_STRIDE = 0xD1342543DE82EF95
"""How far apart the generators of two epochs in a row start."""
_WORD = 2**64 - 1


def seed_key(seed: int) -> int:
    """Where the generator of a seed starts in epoch 0: the seed, its bits mixed."""
    z = (seed + GAMMA) & _WORD
    z = (z ^ (z >> 30)) * MIX_1 & _WORD
    z = (z ^ (z >> 27)) * MIX_2 & _WORD
    return z ^ (z >> 31)


def epoch_order(seed: int, epoch: int, samples: int) -> NDArray[np.int64]:
    """The numbers of the samples in the order of that epoch.

    Parameters
    ----------
    seed, epoch, samples : int

    Returns
    -------
    array of int64, shape (samples,)
    """
    count = np.arange(1, samples + 1, dtype=np.uint64)
    start = (seed_key(seed) + epoch * EPOCH_STRIDE) & _WORD
    z = np.uint64(start) + count * np.uint64(GAMMA)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(MIX_1)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(MIX_2)
    z ^= z >> np.uint64(31)
    order = list(range(samples))
    for i, j in enumerate((z % count).tolist()):
        order[i], order[j] = order[j], i
    return np.array(order, np.int64)
