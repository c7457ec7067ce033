"""What views show: the last values that the worker published, and when each view is to follow them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from nnsim.engine.snapshot import Snapshot
from nnsim.model.health import Health
from nnsim.session.answers import Answers
from nnsim.session.exam import Exam
from nnsim.session.field import Field
from nnsim.session.history import History
from nnsim.session.updates import Update

_TOLD = 0.75
"""Share of an animated step after which plots and numbers beside the stage may follow it."""
_READOUT = 6
"""Frames between two refreshes of text and plots: about ten a second."""


class Readout(QObject):
    """The published values of one training run.

    Signals
    -------
    snapshot_changed : current values, up to 60 times a second
    stepped : a single step was made and may be animated; the seconds it may take
    readout_changed : text and plots should refresh, about 10 times a second
    field_changed : the network's answer over its input space
    traced : an update taken apart, and the snapshot before it
    health_changed : which units have stopped learning
    examined : how the network does on the samples kept back
    answered : what it answers to the inputs asked about (`Answers`)
    """

    snapshot_changed = Signal(object)
    stepped = Signal(object, float)
    readout_changed = Signal()
    field_changed = Signal(object)
    traced = Signal(object, object)
    health_changed = Signal(object)
    examined = Signal(object)
    answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = History()
        self.snapshot: Snapshot | None = None
        self.field: Field | None = None
        self.exam: Exam | None = None
        self.health: Health | None = None
        self.answers: Answers | None = None
        self.predictions: NDArray[np.floating[Any]] | None = None
        self.pace_measured = 0.0
        self.sample_of_batch = (0, 0)
        self._frames = 0
        self._reveal_timer = QTimer(self, singleShot=True)
        self._reveal_timer.timeout.connect(self._reveal)

    def _forget_data(self) -> None:
        """What was published about other samples is out of date."""
        self.field = self.predictions = self.exam = self.answers = self.health = None

    def _take_over(self, update: Update, snapshot: Snapshot) -> None:
        self.snapshot, self.predictions = snapshot, update.predictions
        self.pace_measured, self.sample_of_batch = update.pace, update.sample
        self.field = update.field or self.field
        self.exam = update.exam or self.exam
        self.answers = update.answers or self.answers
        self.health = update.health or self.health
        self.history.add(snapshot)

    def _show(self, update: Update, snapshot: Snapshot, *, running: bool) -> None:
        self.snapshot_changed.emit(snapshot)
        if update.traced is not None:
            self.traced.emit(update.traced, snapshot)
        if self._reveal_timer.isActive():
            self._reveal()
        else:
            if update.field is not None:
                self.field_changed.emit(update.field)
            if update.exam is not None:
                self.examined.emit(update.exam)
            if update.answers is not None:
                self.answered.emit(update.answers)
            if update.health is not None:
                self.health_changed.emit(update.health)
        self._frames += 1
        if self._frames % _READOUT == 0 or not running:
            self.readout_changed.emit()

    def _show_step(self, snapshot: Snapshot, seconds: float) -> None:
        """Let the stage tell how the step was made; the rest follows when it has."""
        self.stepped.emit(snapshot, seconds)
        self._reveal_timer.start(int(_TOLD * seconds * 1000))

    def _reveal(self) -> None:
        """What a step changed, once the stage has told how."""
        self._reveal_timer.stop()
        if self.field is not None:
            self.field_changed.emit(self.field)
        if self.exam is not None:
            self.examined.emit(self.exam)
        if self.answers is not None:
            self.answered.emit(self.answers)
        if self.health is not None:
            self.health_changed.emit(self.health)
        self.readout_changed.emit()

    def _is_revealing(self) -> bool:
        return self._reveal_timer.isActive()
