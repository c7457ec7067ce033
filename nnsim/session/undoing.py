"""The undo history of a session: edits, and between them the runs of training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack

from nnsim.engine.engine import RunState
from nnsim.session.commands import Change, Go, TrainRun
from nnsim.session.keepsake import Keepsake
from nnsim.session.worker import Worker

_PATIENCE = 1.0
"""Seconds to wait for the worker to finish its slice; without an answer the entry has no numbers."""
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
        self._gesture = ""

    def use(self, worker: Worker) -> None:
        """From now on another worker keeps the moments."""
        self._worker = worker

    def clear(self, parameters: int) -> None:
        """Forget everything; from now on as many entries are kept as there is memory for.

        Parameters
        ----------
        parameters : int
            How many the open network has.
        """
        self._begun = None
        self.stack.clear()
        self.stack.setUndoLimit(
            min(max(MEMORY // (_BYTES_PER_PARAMETER * max(parameters, 1)), _FEWEST), _MOST)
        )

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

    def end_run(self) -> None:
        """Remember what has been trained since the run began."""
        begun, self._begun, self._gesture = self._begun, None, ""
        if begun is None:
            return
        ended = Keepsake()
        self._worker.keep(ended)
        # Pausing answers at once, whatever the worker is in the middle of.
        after = ended.wait(0.0 if self._worker.is_slow else _PATIENCE)
        before = begun.state
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
