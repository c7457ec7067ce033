"""What the worker publishes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.snapshot import Snapshot
from nnsim.lesson.trace import Trace
from nnsim.model.health import Health
from nnsim.session.answers import Answers
from nnsim.session.exam import Exam
from nnsim.session.field import Field


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """An update taken apart.

    Attributes
    ----------
    trace : Trace
    numbers : tuple of int
        The training samples in its batch; -1 for one from elsewhere.
    """

    trace: Trace
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """What the worker publishes.

    Attributes
    ----------
    order : int
        Number of the last order carried out.
    snapshot : Snapshot or None
        None only if the order failed.
    field : Field or None
        None if not computed anew.
    predictions : array, shape (samples, outputs), or None
        For small training sets.
    pace : float
        Training samples per second over the last slices; 0 when idle.
    sample : (int, int)
        While walking through a batch sample by sample: which one, of how many; else (0, 0).
    error : str
        Why an order failed; empty when all is well.
    fault : Exception or None
        A fault of the program that an order met.
    traced : Traced or None
        If it was asked for.
    exam : Exam or None
        None if not held anew.
    answers : Answers or None
        None if nothing was asked, or not answered anew.
    health : Health or None
        None if not looked for anew.
    """

    order: int
    snapshot: Snapshot | None
    field: Field | None = None
    predictions: NDArray[np.floating[Any]] | None = None
    pace: float = 0.0
    sample: tuple[int, int] = (0, 0)
    error: str = ""
    fault: Exception | None = None
    traced: Traced | None = None
    exam: Exam | None = None
    answers: Answers | None = None
    health: Health | None = None

    def after(self, missed: Update) -> Update:
        """This update with what nobody has seen of the one before it."""
        return replace(
            self,
            field=self.field or missed.field,
            error=self.error or missed.error,
            fault=self.fault or missed.fault,
            traced=self.traced or missed.traced,
            exam=self.exam or missed.exam,
            answers=self.answers or missed.answers,
            health=self.health or missed.health,
        )
