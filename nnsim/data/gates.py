"""Truth tables of the logic gates."""

from __future__ import annotations

import numpy as np

from nnsim.data.dataset import Array32

INPUTS = ((0, 0), (0, 1), (1, 0), (1, 1))
TARGETS = {
    "and": (0, 0, 0, 1),
    "or": (0, 1, 1, 1),
    "nand": (1, 1, 1, 0),
    "xor": (0, 1, 1, 0),
}


def gate(name: str) -> tuple[Array32, Array32]:
    """All four samples of a gate.

    Parameters
    ----------
    name : str
        One of :data:`nnsim.model.data.GATES`.

    Returns
    -------
    x : array of float32, shape (4, 2)
        0 and 1, in counting order.
    y : array of float32, shape (4, 1)
        0 or 1.
    """
    return np.array(INPUTS, np.float32), np.array(TARGETS[name], np.float32)[:, None]
