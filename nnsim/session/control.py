"""Training under control: run, pause, single steps, pace, undo, and what the worker sends back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from nnsim.data.dataset import Array32, Dataset
from nnsim.engine.snapshot import Sample, Snapshot
from nnsim.model.document import Document
from nnsim.model.parameters import Vector
from nnsim.session.keepsake import Keepsake
from nnsim.session.loading import Loading
from nnsim.session.pace import FASTEST, FASTEST_ANIMATED, STEP_UNITS, batches_in, updates_in
from nnsim.session.readout import Readout
from nnsim.session.undoing import Undoing
from nnsim.session.updates import Update
from nnsim.session.worker import Worker
from nnsim.session.workshop import Workshop

_FRAME = 16
PATIENCE = 8.0
"""Seconds without a sign of life after which the worker is said to be silent."""
_POINTS = 200
"""Points that a curve should have after :meth:`Control.train_epochs`."""


class Control(Readout):
    """The controls of one training run.

    Signals
    -------
    running_changed, speed_changed
    problem : words for the user about something that went wrong
    misfit : what an edit is called that is refused because of one layer, and the :class:`RefusalError`
    settled : the perceptron rule finds nothing left to correct
    diverged : the loss became NaN or infinite, and training stopped
    idle : everything asked for is done and shown
    silence_changed : whether the worker has not answered for :data:`PATIENCE` seconds
    """

    running_changed = Signal(bool)
    speed_changed = Signal()
    problem = Signal(str)
    misfit = Signal(str, object)
    settled = Signal()
    idle = Signal()
    diverged = Signal()
    silence_changed = Signal(bool)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._loading = Loading()
        self.dataset: Dataset = self._loading.begin(document.data, document.training)
        self.followed: Sample | int | None = None
        self.running = self.silent = False
        self._examining = False
        self._asked: Array32 | None = None
        self.step_unit = STEP_UNITS[0]
        self.pace = FASTEST
        self._worker = Worker()
        self._undoing = Undoing(self._worker, self._go_back_to, self)
        self._awaited_step: int | None = None
        self._oldest = 0
        self._to_do: list[int] = []
        self._postponed: list[Callable[[], None]] = []
        self._step_seconds = 0.0
        self._frame_timer = QTimer(self, interval=_FRAME)
        self._frame_timer.timeout.connect(self._poll)
        self._step_timer = QTimer(self, singleShot=True)
        self._step_timer.timeout.connect(self._animated_step)

    def run(self) -> None:
        """Train on until paused."""
        if self.running:
            return
        self._set_running(True)
        self._begin_run()
        self._keep_pace()

    def pause(self) -> None:
        """Stop training where it is; it becomes an entry of the history a moment later."""
        self._to_do = []
        if self.running:
            self._step_timer.stop()
            self._order(Workshop.run, 0.0)
        self._undoing.end_run()
        if self.is_ending:
            self._watch()
        if self.running:
            self._set_running(False)

    def toggle(self) -> None:
        """Run if paused, pause if running."""
        if self.running:
            self.pause()
        else:
            self.run()

    def step(self) -> None:
        """Make one step of the chosen unit."""
        self.pause()
        self._once_loaded(self._single_step)

    def step_silently(self, steps: int) -> None:
        """Make so many updates without telling how; with none, show where training stands."""
        self._once_loaded(lambda: self._train(steps, lambda: self._order(Workshop.step, steps)))

    def trace(self, steps: int, sample: Sample | None = None) -> None:
        """Make so many updates, then take the next one apart; it is announced by `traced`.

        Parameters
        ----------
        steps : int
        sample : Sample, optional
            What these updates learn from, instead of the training samples.
        """
        if sample is None:
            self._once_loaded(lambda: self._train(steps, lambda: self._order(Workshop.trace, steps)))
        else:
            self._train(steps, lambda: self._order(Workshop.trace, steps, sample))

    def teach(self, sample: Sample) -> None:
        """Make one update on this sample alone."""
        self.pause()
        self._train(1, lambda: self._order(Workshop.teach, sample))

    def train_epochs(self, epochs: int) -> None:
        """Make so many passes over the samples as fast as possible, then stop."""
        self.pause()
        self._once_loaded(lambda: self._train_epochs(epochs))

    @property
    def is_ending(self) -> bool:
        """Whether training has been paused, and the history has no entry for it yet."""
        return self._undoing.is_ending

    def remember_training(self) -> None:
        """Have what has been trained in the history before more is done to it."""
        self._undoing.remember()

    @property
    def undo_stack(self) -> QUndoStack:
        """What can be undone."""
        return self._undoing.stack

    def undo(self) -> None:
        """Take the last edit or run of training back."""
        self.pause()
        self._undoing.remember()
        self.undo_stack.undo()

    def redo(self) -> None:
        """Make it again."""
        self.pause()
        self._undoing.remember()
        self.undo_stack.redo()

    def set_step_unit(self, unit: str) -> None:
        """Choose what one step is: one of :data:`STEP_UNITS`."""
        self.step_unit = unit
        self.speed_changed.emit()
        self._keep_pace()

    def set_pace(self, steps_per_second: float) -> None:
        """Choose how many steps a second are made while running."""
        self.pace = steps_per_second
        self.speed_changed.emit()
        self._keep_pace()

    def follow(self, sample: Sample | int | None) -> None:
        """Look at one input, or at a training sample by its number; None follows the training."""
        self.followed = sample
        self._order(Workshop.follow, sample)

    def examine(self, on: bool) -> None:
        """Keep looking how the network does on the samples kept back, or leave off."""
        self._examining = on
        self._order(Workshop.examine, on)

    def ask(self, x: Array32 | None) -> None:
        """Keep telling by `answered` what these inputs, shape (n, features), are answered; or leave off."""
        self.answers, self._asked = None, x
        self._order(Workshop.answer, x)

    @property
    def loading(self) -> bool:
        """Whether only some of the samples are there yet."""
        return self._loading.busy

    @property
    def animated(self) -> bool:
        """Whether the pace is slow enough to show each step as a whole."""
        return self.pace <= FASTEST_ANIMATED

    def newest_parameters(self, seconds: float) -> Vector | None:
        """What has been learned up to this moment, shape (P,); None if that is not to be had so soon."""
        moment = Keepsake()
        self._worker.keep(moment)
        state = moment.wait(seconds)
        return None if state is None else state.theta

    def tell_when_idle(self) -> None:
        """Emit `idle` once everything asked for so far is done, even if that was nothing."""
        self._watch()

    # --- inside

    def _single_step(self) -> None:
        self._undoing.begin_run()
        self._order_step(seconds=2.0)

    def _train_epochs(self, epochs: int) -> None:
        steps = epochs * batches_in(self.document.training, self.dataset.samples)
        share = max(1, steps // _POINTS)
        self._to_do = [share] * (steps // share) + ([steps % share] if steps % share else [])
        self._begin_run()
        self._go_on()

    def _begin_run(self) -> None:
        if not self.loading:
            self._undoing.begin_run()

    def _train(self, steps: int, order: Callable[[], int]) -> None:
        """Give an order that makes so many updates, as one entry of the history."""
        if steps:
            self._undoing.end_run()
            self._undoing.begin_run()
        order()

    def _go_back_to(self, restore: Keepsake | None, keep: Keepsake | None = None) -> None:
        """Training as it was at a moment that was kept."""
        if keep is not None:
            self._worker.keep(keep)
        if restore is not None:
            self._oldest = self._order(Workshop.restore, restore)

    def _once_loaded(self, call: Callable[[], None]) -> None:
        if self.loading:
            self._postponed.append(call)
        else:
            call()

    def _order(self, act: Callable[..., Snapshot | None], *args: Any) -> int:
        """Have the worker do something, and look out for what comes of it."""
        number = self._worker.order(act, *args)
        self._watch()
        return number

    def _set_running(self, running: bool) -> None:
        self.running = running
        self.running_changed.emit(running)

    def _keep_pace(self) -> None:
        if not self.running or self.loading:
            return
        self._step_timer.stop()
        if self.animated:
            self._order(Workshop.run, 0.0)
            self._animated_step()
        else:
            self._order(Workshop.run, self.pace * self._steps_per_unit())

    def _go_on(self) -> None:
        """The next portion of :meth:`train_epochs`."""
        if self._to_do:
            self._order(Workshop.step, self._to_do.pop())

    def _steps_per_unit(self) -> float:
        return updates_in(self.step_unit, self.document.training, self.dataset.samples)

    def _animated_step(self) -> None:
        if self.running and self.animated:
            self._order_step(seconds=1.0 / self.pace)
            self._step_timer.start(int(1000 / self.pace))

    def _order_step(self, seconds: float) -> None:
        self._step_seconds = seconds
        if self.step_unit == "sample":
            self._awaited_step = self._order(Workshop.step_sample)
        else:
            self._awaited_step = self._order(Workshop.step, round(self._steps_per_unit()))

    def _watch(self) -> None:
        if not self._frame_timer.isActive():
            self._frame_timer.start()

    def _receive(self, update: Update) -> None:
        if update.error or update.fault is not None:
            self.pause()
        if update.error:
            self.problem.emit(update.error)
        # What was still under way when the document or the start became another one is out of date.
        if update.snapshot is None or update.order < self._oldest:
            return
        stepped = self._awaited_step is not None and update.order >= self._awaited_step
        asked = self.running or stepped or not (self.snapshot is not None and self.snapshot.diverged)
        self._take_over(update, update.snapshot)
        if stepped:
            self._awaited_step = None
            self._show_step(update.snapshot, self._step_seconds)
        else:
            self._show(update, update.snapshot, running=self.running)
        if asked:
            self._judge(update.snapshot)
        if not self._worker.waiting:
            self._go_on()
            if not (self.running or self._to_do or self._awaited_step is not None):
                self._undoing.end_run()

    def _judge(self, snapshot: Snapshot) -> None:
        if snapshot.diverged:
            self.pause()
            self.diverged.emit()
        elif self.running and self._has_settled(snapshot):
            self.pause()
            self.settled.emit()

    def _has_settled(self, snapshot: Snapshot) -> bool:
        """The perceptron rule is done when a whole look at the samples finds none wrong."""
        rule = self.document.training.loss == "perceptron"
        return rule and snapshot.train_is_exact and snapshot.train.accuracy == 1.0 and snapshot.step > 0

    def show_again(self) -> None:
        """Tell whoever has just begun to listen what was published last."""
        self.running_changed.emit(self.running)
        self.speed_changed.emit()
        if self.snapshot is None:
            return
        self.snapshot_changed.emit(self.snapshot)
        for product, signal in (
            (self.field, self.field_changed),
            (self.exam, self.examined),
            (self.answers, self.answered),
            (self.health, self.health_changed),
        ):
            if product is not None:
                signal.emit(product)
        self.readout_changed.emit()

    def _listen(self) -> None:
        """Notice when the worker falls silent, and when it is heard of again."""
        silent = self._worker.silence >= PATIENCE
        if silent != self.silent:
            self.silent = silent
            self.silence_changed.emit(silent)

    def _poll(self) -> None:
        self._listen()
        # Asked before the mailbox is emptied: what is carried out in between comes with the next look.
        waiting = self._worker.waiting
        self._undoing.look()
        update = self._worker.take()
        if update is not None:
            self._receive(update)
            if update.fault is not None:
                raise update.fault
        elif not (self.running or waiting or self._is_busy()):
            self._frame_timer.stop()
            if not self._is_revealing():
                self.readout_changed.emit()
            self.idle.emit()

    def _is_busy(self) -> bool:
        """Whether something is under way that the worker knows nothing of."""
        return self.loading
