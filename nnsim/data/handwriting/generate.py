"""Generated digits: any number of them, the same for the same seed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnsim.data.giving_up import go_on
from nnsim.data.handwriting.writing import draw_hands, images
from nnsim.model.data import DIGIT_CLASSES

Bytes = NDArray[np.uint8]

BLOCK = 250
"""Digits that share a stream of random numbers; the classes are equally many in it."""


def generate(samples: int, seed: int, *, stream: int = 0) -> tuple[Bytes, Bytes]:
    """Write digits.

    Parameters
    ----------
    samples : int
        Fewer give the first ones of more.
    seed : int
    stream : int
        Another set for the same seed: training and test samples must not be the same.

    Returns
    -------
    x : array of uint8, shape (samples, 28, 28)
        Bright ink on 0, centred as MNIST's digits are.
    y : array of uint8, shape (samples,)
    """
    x = np.empty((samples, 28, 28), np.uint8)
    y = np.empty(samples, np.uint8)
    for begin in range(0, samples, BLOCK):
        go_on()
        rng = np.random.default_rng([seed, stream, begin // BLOCK])
        labels = rng.permutation(np.arange(BLOCK, dtype=np.uint8) % DIGIT_CLASSES)
        count = min(BLOCK, samples - begin)
        x[begin : begin + count] = images(draw_hands(labels, rng).first(count))
        y[begin : begin + count] = labels[:count]
    return x, y
