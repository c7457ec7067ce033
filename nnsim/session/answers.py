"""What the network answers to inputs that someone asks about, kept true while it learns."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Array32
from nnsim.engine.trainer import Trainer

_INTERVAL = 0.5
_SHARE = 5.0
"""How many times as long as they took, the worker leaves the inputs alone after answering them."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The network's outputs for the inputs that were asked about.

    Attributes
    ----------
    x : array of float32, shape (n, features)
        The very array that was asked about.
    outputs : array of float, shape (n, outputs)
    step : int
        After which update of training they were given.
    """

    x: Array32
    outputs: NDArray[np.floating[Any]]
    step: int = 0


class Question:
    """Inputs to be answered whenever the network may answer otherwise. Used by the worker's thread alone."""

    def __init__(self) -> None:
        self._x: Array32 | None = None
        self._answered, self._next = -1, 0.0

    def put(self, x: Array32 | None) -> None:
        """Ask about these inputs, shape (n, features), instead of the present ones; None asks nothing."""
        self._x = x
        self.renew()

    def renew(self) -> None:
        """The parameters are others, whatever the step: the next look is to answer."""
        self._answered, self._next = -1, 0.0

    def answers(self, trainer: Trainer, step: int, *, fresh: bool) -> Answers | None:
        """Answer, if training has gone on since.

        Parameters
        ----------
        trainer : Trainer
        step : int
            Where training stands.
        fresh : bool
            Answer at once; otherwise at most twice a second.

        Returns
        -------
        Answers or None
            None also where the network takes other inputs than these.
        """
        x, now = self._x, time.perf_counter()
        if x is None or step == self._answered or not (fresh or now >= self._next):
            return None
        if x.shape[1] != trainer.dataset.x.shape[1]:
            return None
        outputs = trainer.answers(x)
        self._answered = step
        self._next = now + max(_INTERVAL, _SHARE * (time.perf_counter() - now))
        return Answers(x, outputs, step)
