"""Whether it matters which pixels are neighbours: two networks, on pictures in order and shuffled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from nnsim.data.load import load
from nnsim.engine import jit
from nnsim.engine.trainer import Trainer
from nnsim.model.data import ShapesData
from nnsim.model.document import Document
from nnsim.model.layers import Dense
from nnsim.model.network import chain
from nnsim.model.parameters import Layout
from nnsim.session.patience import Patience

RIVAL_UNITS = 16
"""Hidden units of the dense network that is measured beside the one that is open."""
_POLL = 50
_SLICE = 20
"""Updates between two looks at whether anybody still wants to know."""


@dataclass(frozen=True, slots=True)
class Contest:
    """One of the four to be measured.

    Attributes
    ----------
    document : Document
    is_rival : bool
        Whether it is the dense network.
    is_shuffled : bool
    """

    document: Document
    is_rival: bool
    is_shuffled: bool

    @property
    def parameters(self) -> int:
        """Numbers that the network learns."""
        return Layout(self.document.network).size


def contests(document: Document) -> tuple[Contest, ...]:
    """The open network and a dense one, each on pictures in order and shuffled, trained alike.

    Parameters
    ----------
    document : Document
        Of :class:`~nnsim.model.data.ShapesData`.
    """
    assert isinstance(document.data, ShapesData)
    rival = chain(document.network.input, Dense(RIVAL_UNITS, "relu"), Dense(4, "softmax"))
    plain = replace(document, start=(), script=(), arrangement=())
    return tuple(
        Contest(
            replace(plain, network=network, data=replace(document.data, shuffled=shuffled)), dense, shuffled
        )
        for dense, network in ((False, document.network), (True, rival))
        for shuffled in (False, True)
    )


def measured(
    document: Document, *, engine: str = "reference", goes_on: Callable[[], bool] = lambda: True
) -> float | None:
    """Train a document from its start, for its own epochs, and score it.

    Parameters
    ----------
    document : Document
    engine : str
    goes_on : callable
        Asked every few updates whether to.

    Returns
    -------
    float or None
        Accuracy on the samples kept back, or where there are none on all; None where it was given up.
    """
    trainer = Trainer(document, load(document.data, document.training), engine=engine)
    left = document.training.epochs * trainer.snapshot().batches
    while left > 0:
        if not goes_on():
            return None
        steps = min(left, _SLICE)
        left = 0 if trainer.run_steps(steps).diverged else left - steps
    score, kept_back = trainer.evaluate()
    return (kept_back or score).accuracy


class Comparison(QObject):
    """Measures the four in a short-lived thread; every method is called from the GUI thread.

    Signals
    -------
    changed : another one is measured, or it is over, or begins anew
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.contests: tuple[Contest, ...] = ()
        self._job: _Job | None = None
        self._told = 0
        self._timer = QTimer(self, interval=_POLL)
        self._timer.timeout.connect(self._poll)

    @property
    def busy(self) -> bool:
        """Whether something is being measured."""
        return self._timer.isActive()

    @property
    def accuracies(self) -> tuple[float | None, ...]:
        """Those measured so far, in the order of the contests."""
        return () if self._job is None else tuple(self._job.found)

    def begin(self, document: Document) -> None:
        """Measure afresh."""
        self.clear()
        self.contests = contests(document)
        self._job = _Job(self.contests)
        self._timer.start()
        self.changed.emit()

    def clear(self) -> None:
        """Forget what was measured, and leave off."""
        if self._job is not None:
            self._job.cancel()
        self._timer.stop()
        self._job, self.contests, self._told = None, (), 0
        self.changed.emit()

    def stop(self, patience: Patience) -> None:
        """Leave off, and wait for the thread with patience."""
        job = self._job
        self.clear()
        if job is not None:
            patience.wait_for(job.thread)

    def _poll(self) -> None:
        job = self._job
        assert job is not None
        over = not job.thread.is_alive()
        if over:
            self._timer.stop()
        if over or len(job.found) != self._told:
            self._told = len(job.found)
            self.changed.emit()


class _Job:
    """One thread, and what it has found so far."""

    def __init__(self, some: tuple[Contest, ...]) -> None:
        self._contests = some
        self._cancelled = threading.Event()
        self.found: list[float | None] = []
        self.thread = threading.Thread(target=self._run, name="nnsim-neighbours", daemon=True)
        self.thread.start()

    def cancel(self) -> None:
        """Measure no further."""
        self._cancelled.set()

    def _run(self) -> None:
        # Compiling would hold the window up: what is not compiled yet is computed by the other engine.
        ready = all(jit.is_cached(jit.needed(contest.document)) for contest in self._contests)
        for contest in self._contests:
            engine = "jit" if ready else "reference"
            accuracy = measured(contest.document, engine=engine, goes_on=lambda: not self._cancelled.is_set())
            if self._cancelled.is_set():
                return
            self.found.append(accuracy)
