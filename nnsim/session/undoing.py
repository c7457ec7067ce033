"""The undo history of a session: edits, and between them the runs of training."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from nnsim.engine.engine import RunState
from nnsim.session.commands import Change, Go, TrainRun
from nnsim.session.keepsake import Keepsake
from nnsim.session.worker import Worker

_PATIENCE = 1.0
"""Seconds that an edit waits for the worker to finish its slice; without an answer the run before it is an
entry without numbers."""
MEMORY = 256_000_000
"""Bytes that kept states may take."""
_BYTES_PER_PARAMETER = 48
"""Two states of three vectors in double precision."""
_FEWEST, _MOST = 2, 200


class Undoing(QObject):
    """Keeps the history.

    Parameters
    ----------
    worker : Worker
    go_to : callable
        Takes training to a kept moment.

    Attributes
    ----------
    stack : QUndoStack
    """

    def __init__(self, worker: Worker, go_to: Callable[[Keepsake], None], parent: QObject) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self._worker, self._go_to = worker, go_to
        self._begun: Keepsake | None = None
        self._ended: deque[tuple[Keepsake, Keepsake]] = deque()
        self._gesture = ""

    def use(self, worker: Worker) -> None:
        """From now on another worker keeps the moments; nobody waits for the one before."""
        self._remember(0.0)
        self._worker = worker

    def clear(self, parameters: int) -> None:
        """Forget everything; from now on as many entries are kept as there is memory for.

        Parameters
        ----------
        parameters : int
            How many the open network has.
        """
        self._begun = None
        self._ended.clear()
        self.stack.clear()
        self.stack.setUndoLimit(
            min(max(MEMORY // (_BYTES_PER_PARAMETER * max(parameters, 1)), _FEWEST), _MOST)
        )

    def close(self) -> None:
        """Forget everything, tell nobody: entries that hold what holds them are not safe to collect."""
        self._begun = None
        self._ended.clear()
        self.stack.blockSignals(True)
        self.stack.clear()

    def edit(self, text: str, forth: Go, back: Go, ends: tuple[Any, Any], gesture: str = "") -> None:
        """Make an edit and remember it; training that goes on becomes two runs, before and after it.

        A gesture that goes on while training does is one entry all the same.
        """
        training, change = self._begun is not None, Change(text, forth, back, ends, gesture)
        if training and gesture and gesture == self._gesture:
            change.redo()
            newest = self.stack.command(self.stack.count() - 1)
            if isinstance(newest, Change):
                newest.mergeWith(change)
            return
        self.end_run()
        self.remember()
        self.stack.push(change)
        if training:
            self.begin_run()
            self._gesture = gesture

    def begin_run(self) -> None:
        """What is trained from here on is one entry; nothing if it has begun already."""
        if self._begun is None:
            self._begun = Keepsake()
            self._worker.keep(self._begun)

    @property
    def is_in_run(self) -> bool:
        """Whether training is being recorded."""
        return self._begun is not None

    @property
    def is_ending(self) -> bool:
        """Whether a run is over of which the worker has not told yet where it ended."""
        return bool(self._ended)

    def end_run(self) -> None:
        """The run is over; it becomes an entry once the worker has told where it ended. Waits for nothing."""
        begun, self._begun, self._gesture = self._begun, None, ""
        if begun is not None:
            ended = Keepsake()
            self._worker.keep(ended)
            self._ended.append((begun, ended))

    def look(self) -> None:
        """Make entries of those runs that the worker has told the end of."""
        while self._ended and self._ended[0][1].is_filled:
            self._push(*self._ended.popleft())

    def remember(self) -> None:
        """Make entries of all runs that are over: before anything else is done to the history."""
        self._remember(0.0 if self._worker.is_slow else _PATIENCE)

    def _remember(self, patience: float) -> None:
        while self._ended:
            begun, ended = self._ended.popleft()
            ended.wait(patience)
            self._push(begun, ended)

    def _push(self, begun: Keepsake, ended: Keepsake) -> None:
        before, after = begun.state, ended.state
        if before is None or after is None or after.step != before.step:
            self.stack.push(TrainRun(self._name(before, after), begun, ended, self._go_to))

    def _name(self, before: RunState | None, after: RunState | None) -> str:
        if before is None or after is None:
            return self.tr("Training")
        epochs, steps = after.epoch - before.epoch, after.step - before.step
        if epochs > 0 and (before.cursor, after.cursor) == (0, 0):
            words = self.tr("1 epoch of training") if epochs == 1 else self.tr("{number} epochs of training")
            return words.format(number=epochs)
        words = self.tr("1 step of training") if steps == 1 else self.tr("{number} steps of training")
        return words.format(number=steps)
