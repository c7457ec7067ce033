"""The course of a training run, as the plots show it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.snapshot import Score, Snapshot

LONGEST = 4_000
"""Points kept; beyond that every second one is dropped, so memory and drawing stay bounded."""


@dataclass(slots=True)
class History:
    """Losses and accuracies over epochs.

    Each row is (epoch, train loss, validation loss, train accuracy, validation accuracy); what
    is not known is NaN.
    """

    rows: list[tuple[float, float, float, float, float]] = field(default_factory=list)
    _validation: Score | None = None

    def clear(self) -> None:
        """Forget everything."""
        self.rows.clear()
        self._validation = None

    def add(self, snapshot: Snapshot) -> bool:
        """Add a point unless training has not moved since the last one; tell whether it was added."""
        epoch = snapshot.epoch + snapshot.batch / max(snapshot.batches, 1)
        if self.rows and epoch == self.rows[-1][0]:
            return False
        # Further back than the last point, after an edit of the batch size: what lay ahead is gone.
        while self.rows and epoch <= self.rows[-1][0]:
            self.rows.pop()
        train, validation = snapshot.train, snapshot.validation
        # The score of an earlier step is not drawn as if it were this one's.
        if validation is self._validation:
            validation = None
        self._validation = snapshot.validation
        self.rows.append(
            (
                epoch,
                train.loss,
                np.nan if validation is None else validation.loss,
                np.nan if train.accuracy is None else train.accuracy,
                np.nan if validation is None or validation.accuracy is None else validation.accuracy,
            )
        )
        if len(self.rows) > LONGEST:
            self.rows[:] = self.rows[:1] + self.rows[1:-1:2] + self.rows[-1:]
        return True

    def columns(self) -> NDArray[np.float64]:
        """The rows as an array, shape (5, points)."""
        return np.array(self.rows, dtype=np.float64).reshape(-1, 5).T
