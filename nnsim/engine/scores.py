"""Scores of a training run: exact where that is cheap, else what was seen on the way."""

from __future__ import annotations

import time
from dataclasses import replace

from nnsim.engine.engine import Engine, Problem, Slice, Vector
from nnsim.engine.snapshot import Score

CHEAP = 2_000_000
"""Samples times parameters up to which a score is computed for every snapshot."""

VALIDATION_INTERVAL = 0.2
VALIDATION_SHARE = 10.0
"""Seconds between two costly scores of the samples kept back: at least, and as a multiple of their own."""


class Scores:
    """Keeps the scores of one problem on one engine.

    Parameters
    ----------
    problem : Problem
    engine : Engine
    """

    def __init__(self, problem: Problem, engine: Engine) -> None:
        self._problem = problem
        self._engine = engine
        self._seen: Slice | None = None
        self._estimate: Score | None = None
        self._exact: Score | None = None
        self._validation: Score | None = None
        self._validation_epoch = -1
        self._validation_due = 0.0
        self._moved = True

    def saw(self, done: Slice) -> None:
        """Take note of what a slice of training saw."""
        self._seen = done if self._seen is None else self._seen + done
        if done.steps > 0:
            self._exact, self._moved = None, True

    def exact(self, theta: Vector, x: Vector, y: Vector) -> Score:
        """Loss and accuracy on given samples."""
        loss, right = self._engine.score(theta, x, y)
        return Score(loss, self._accuracy(right, len(x)))

    def _accuracy(self, right: int, samples: int) -> float | None:
        return None if self._problem.dataset.task == "regression" else right / samples

    def _is_cheap(self, samples: int) -> bool:
        return samples * self._problem.layout.size <= CHEAP

    def train(self, theta: Vector) -> tuple[Score, bool]:
        """Score on the training samples, and whether it is exact.

        Where it is not, it is the mean over what was seen since the last one, and before the first step
        that over some of the samples.
        """
        data = self._problem.dataset
        if self._is_cheap(data.samples):
            # Where nothing was learned since, as while somebody draws, it is what it was.
            self._exact = self._exact or self.exact(theta, data.x, data.y)
            return self._exact, True
        if self._seen is not None and self._seen.samples:
            self._estimate = self._mean(self._seen)
            self._seen = None
        if self._estimate is None:
            few = max(1, CHEAP // self._problem.layout.size)
            every = -(-data.samples // few)
            found = self.exact(theta, data.x[::every], data.y[::every])
            self._estimate = replace(found, loss=found.loss * (1 if self._problem.averages else every))
        return self._estimate, False

    def _mean(self, seen: Slice) -> Score:
        scale = 1 if self._problem.averages else self._problem.dataset.samples
        return Score(seen.loss / seen.samples * scale, self._accuracy(seen.hits, seen.samples))

    def validation(self, theta: Vector, epoch: int) -> Score | None:
        """Score on the samples kept back, if there are any; now and then where it is not cheap."""
        x, y = self._problem.dataset.validation_x, self._problem.dataset.validation_y
        if not len(x):
            return None
        begin = time.perf_counter()
        due = self._validation_epoch != epoch or begin >= self._validation_due or self._is_cheap(len(x))
        if self._validation is None or (due and self._moved):
            self._validation, self._validation_epoch, self._moved = self.exact(theta, x, y), epoch, False
            spent = time.perf_counter() - begin
            self._validation_due = begin + max(VALIDATION_INTERVAL, VALIDATION_SHARE * spent)
        return self._validation
