"""The running program without widgets: a document, its training, and the signals views live from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from nnsim.data.dataset import Array32, Dataset
from nnsim.engine.snapshot import Sample, Snapshot
from nnsim.model.document import Document, check_fit
from nnsim.model.edits import Edit
from nnsim.model.errors import DocumentError
from nnsim.model.origin import Origin
from nnsim.model.parameters import Layout
from nnsim.session import garbage
from nnsim.session.keepsake import Keepsake
from nnsim.session.loading import Loaded, Loading, samples_key
from nnsim.session.pace import FASTEST, FASTEST_ANIMATED, STEP_UNITS, batches_in, opening_pace, updates_in
from nnsim.session.readout import Readout
from nnsim.session.undoing import Undoing
from nnsim.session.updates import Update
from nnsim.session.warmup import Warmup
from nnsim.session.worker import Worker
from nnsim.session.workshop import Workshop

_FRAME = 16
_POINTS = 200
"""Points that a curve should have after :meth:`Session.train_epochs`."""


class Session(Readout):
    """One open document and its training.

    Signals
    -------
    document_changed : the document was opened or edited
    data_changed : the dataset is another one
    running_changed, engine_changed, speed_changed
    problem : words for the user about something that went wrong
    settled : the perceptron rule finds nothing left to correct
    diverged : the loss became NaN or infinite, and training stopped
    idle : everything asked for is done and shown
    """

    document_changed = Signal()
    data_changed = Signal()
    running_changed = Signal(bool)
    engine_changed = Signal(str)
    speed_changed = Signal()
    problem = Signal(str)
    settled = Signal()
    idle = Signal()
    diverged = Signal()

    def __init__(self, document: Document, parameters: Any = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._loading = Loading()
        self.dataset: Dataset = self._loading.begin(document.data, document.training)
        self.followed: Sample | int | None = None
        self.running = False
        self.engine = "reference"
        self.step_unit = STEP_UNITS[0]
        self.pace = FASTEST
        self._worker = Worker()
        self._undoing = Undoing(self._worker, self._go_back_to, self)
        self._warmup = Warmup()
        self._awaited_step: int | None = None
        self._oldest = 0
        self._to_do: list[int] = []
        self._postponed: list[Callable[[], None]] = []
        self._fetched: Dataset | None = None
        self._step_seconds = 0.0
        self._frame_timer = QTimer(self, interval=_FRAME)
        self._frame_timer.timeout.connect(self._poll)
        self._step_timer = QTimer(self, singleShot=True)
        self._step_timer.timeout.connect(self._animated_step)
        garbage.hold()
        self._worker.start()
        self._load(parameters)

    # --- documents

    def open(self, document: Document, parameters: Any = None) -> None:
        """Go over to another document.

        Raises
        ------
        DocumentError
            If its network does not fit its data; the present document then stays.
        """
        check_fit(document.network, document.data)
        dataset = self._loading.begin(document.data, document.training)
        self.pause()
        self._postponed = []
        self.document, self.dataset = document, dataset
        self.followed = None
        self._load(parameters)
        self.document_changed.emit()
        self.data_changed.emit()

    def edit(self, text: str, document: Document, gesture: str = "", origin: Origin | None = None) -> None:
        """Exchange the document for an edited one as an undoable step; training goes on.

        Parameters
        ----------
        text : str
            What the step is called, for people.
        document : Document
        gesture : str
            Edits in a row with the same non-empty gesture become one step.
        origin : Origin, optional
            Where the layers and units of the edited network come from; without it they keep their numbers.
        """
        if document == self.document:
            return
        try:
            check_fit(document.network, document.data)
            self._fetch(document)
        except DocumentError as error:
            self.problem.emit(str(error))
            self.document_changed.emit()
            return
        before = self.document
        self._undoing.edit(
            text,
            lambda keep, restore: self._take_into_use(document, keep, restore, origin),
            lambda keep, restore: self._take_into_use(before, keep, restore),
            (before, document),
            gesture,
        )

    @property
    def undo_stack(self) -> QUndoStack:
        """What can be undone."""
        return self._undoing.stack

    def undo(self) -> None:
        """Take the last edit or run of training back."""
        self.pause()
        self._undoing.end_run()
        self.undo_stack.undo()

    def redo(self) -> None:
        """Make it again."""
        self.pause()
        self._undoing.end_run()
        self.undo_stack.redo()

    def edit_network(self, text: str, edit: Edit, gesture: str = "") -> None:
        """Exchange the network for an edited one; see :mod:`nnsim.model.edits`."""
        # What was given by hand as a start belongs to the network it was given for.
        start = self.document.start if edit.network.layers == self.document.network.layers else ()
        document = replace(self.document, network=edit.network, start=start)
        self.edit(text, document, gesture, edit.origin)

    def set_values(self, text: str, indices: Any, values: Any, gesture: str = "") -> None:
        """Overwrite some parameters as an undoable step; training goes on from there.

        Parameters
        ----------
        text : str
            What the step is called, for people.
        indices : array of int, shape (n,)
            Places in the flat vector, as :class:`nnsim.model.parameters.Layout` gives them.
        values : array of float, shape (n,)
        gesture : str
            As in :meth:`edit`: a weight that is dragged is one step.
        """
        if not np.isfinite(values).all():
            self.problem.emit(self.tr("A weight must be a finite number."))
            return

        def forth(keep: Keepsake, restore: Keepsake | None) -> None:
            self._order(Workshop.set_values, indices, values, keep, restore)

        self._undoing.edit(
            text, forth, lambda keep, restore: self._go_back_to(restore, keep), (None, object()), gesture
        )

    def edit_training(self, text: str, gesture: str = "", **changes: Any) -> None:
        """Edit some of the training settings."""
        training = replace(self.document.training, **changes)
        self.edit(text, replace(self.document, training=training), gesture)

    def edit_optimizer(self, text: str, gesture: str = "", **changes: Any) -> None:
        """Edit some of the optimiser's settings."""
        optimizer = replace(self.document.training.optimizer, **changes)
        self.edit_training(text, gesture, optimizer=optimizer)

    # --- training

    def run(self) -> None:
        """Train on until paused."""
        if self.running:
            return
        self._set_running(True)
        self._begin_run()
        self._keep_pace()

    def pause(self) -> None:
        """Stop training where it is."""
        self._to_do = []
        if not self.running:
            self._undoing.end_run()
            return
        self._set_running(False)
        self._step_timer.stop()
        self._order(Workshop.run, 0.0)
        self._undoing.end_run()
        self._watch()

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

    def _single_step(self) -> None:
        self._undoing.begin_run()
        self._order_step(seconds=2.0)

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

    def _train_epochs(self, epochs: int) -> None:
        steps = epochs * batches_in(self.document.training, self.dataset.samples)
        share = max(1, steps // _POINTS)
        self._to_do = [share] * (steps // share) + ([steps % share] if steps % share else [])
        self._begin_run()
        self._go_on()

    def reset(self, parameters: Any = None) -> None:
        """Back to the same start, or to given parameters of this network, shape (P,)."""
        self.pause()
        text = self.tr("Reset") if parameters is None else self.tr("Trained weights")
        self._undoing.edit(
            text,
            lambda keep, restore: self._start_again(parameters, keep, restore),
            lambda keep, restore: self._go_back_to(restore, keep),
            (None, parameters if parameters is not None else self.document),
        )

    def new_seed(self) -> None:
        """Start again from other random weights."""
        seed = self.document.training.seed % 9_999 + 1
        self.pause()
        self.undo_stack.beginMacro(self.tr("New seed"))
        self.edit(self.tr("New seed"), self.document.with_new_seed(seed))
        self.reset()
        self.undo_stack.endMacro()

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
        self._order(Workshop.examine, on)

    def ask(self, x: Array32 | None) -> None:
        """Keep telling by `answered` what these inputs, shape (n, features), are answered; or leave off."""
        self.answers = None
        self._order(Workshop.answer, x)

    @property
    def loading(self) -> bool:
        """Whether only some of the samples are there yet."""
        return self._loading.busy

    @property
    def animated(self) -> bool:
        """Whether the pace is slow enough to show each step as a whole."""
        return self.pace <= FASTEST_ANIMATED

    # --- engines

    def warm_up(self) -> None:
        """Get the compiled engine ready, in the background; training goes on meanwhile."""
        self._warmup.start(self.document)
        self._watch()

    @property
    def warming_up(self) -> bool:
        """Whether the compiled engine is being made ready."""
        return self._warmup.busy

    def tell_when_idle(self) -> None:
        """Emit `idle` once everything asked for so far is done, even if that was nothing."""
        self._watch()

    def close(self) -> None:
        """Stop every thread and child process and wait for them."""
        for timer in (self._frame_timer, self._step_timer, self._reveal_timer):
            timer.stop()
        self._warmup.stop()
        self._loading.stop()
        if self._worker.stop():
            garbage.release()

    # --- inside

    def _load(self, parameters: Any) -> None:
        self._forget()
        self._forget_data()
        self.snapshot = None
        self._undoing.clear(Layout(self.document.network).size)
        self._choose_pace()
        engine = self._engine_for(self.document)
        self._oldest = self._order(Workshop.load, self.document, self.dataset, parameters, engine)

    def _choose_pace(self) -> None:
        training, samples = self.document.training, self.dataset.samples
        self.step_unit = "sample" if training.batch_size == 1 else "batch"
        self.pace = opening_pace(training, samples)
        self.speed_changed.emit()

    def _forget(self) -> None:
        self.history.clear()
        self._awaited_step = None
        self._to_do = []
        self._step_timer.stop()

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

    def _start_again(self, parameters: Any, keep: Keepsake, restore: Keepsake | None) -> None:
        self._forget()
        self._oldest = self._order(Workshop.reset, parameters, keep)
        if restore is not None:
            self._oldest = self._order(Workshop.restore, restore)

    def _take_into_use(
        self,
        document: Document,
        keep: Keepsake | None = None,
        restore: Keepsake | None = None,
        origin: Origin | None = None,
    ) -> None:
        try:
            self._fetch(document)
        except DocumentError as error:
            self.problem.emit(str(error))
            return
        fetched, self._fetched = self._fetched, None
        self.document = document
        if fetched is not None:
            self._exchange_data(fetched)
        engine = self._engine_for(document)
        self._oldest = self._order(Workshop.change, document, self.dataset, engine, keep, restore, origin)
        self.document_changed.emit()

    def _fetch(self, document: Document) -> None:
        """Have the samples of an edited document at hand, if they are others than now."""
        if self._fetched is None and samples_key(document) != samples_key(self.document):
            self._fetched = self._loading.begin(document.data, document.training)

    def fetch_again(self) -> None:
        """The files behind the data have changed: take what they hold now."""
        try:
            dataset = self._loading.begin(self.document.data, self.document.training)
        except DocumentError as error:
            self.problem.emit(str(error))
        else:
            self._go_over_to(dataset)

    def _exchange_data(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._forget_data()
        index = self.followed if isinstance(self.followed, int) else -1
        if index >= dataset.samples:
            self.follow(None)
        self.data_changed.emit()

    def _take_loaded(self, loaded: Loaded) -> None:
        """All samples are there: training goes over to them, and what waited for them begins."""
        if loaded.dataset is None:
            self._postponed = []
            self.pause()
            self.problem.emit(loaded.error)
            return
        self._go_over_to(loaded.dataset)
        self._choose_pace()
        postponed, self._postponed = self._postponed, []
        for call in postponed:
            call()
        if self.running:
            self._undoing.begin_run()
        self._keep_pace()

    def _go_over_to(self, dataset: Dataset) -> None:
        self._exchange_data(dataset)
        self._oldest = self._order(Workshop.change, self.document, dataset, self._engine_for(self.document))

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

    def _engine_for(self, document: Document) -> str:
        """The compiled engine if it is ready for this document; else it is made ready meanwhile."""
        if self._warmup.ready_for(document):
            self._set_engine("jit")
        else:
            self._set_engine("reference")
            self._warmup.follow(document)
        return self.engine

    def _set_engine(self, name: str) -> None:
        if name != self.engine:
            self.engine = name
            self.engine_changed.emit(name)

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

    def _poll(self) -> None:
        garbage.collect()
        if self._warmup.take_finished():
            self._change_over()
        loaded = self._loading.take()
        if loaded is not None:
            self._take_loaded(loaded)
        # Asked before the mailbox is emptied: what is carried out in between comes with the next look.
        waiting = self._worker.waiting
        update = self._worker.take()
        if update is not None:
            self._receive(update)
        elif not (self.running or waiting or self._warmup.busy or self.loading):
            self._frame_timer.stop()
            if not self._is_revealing():
                self.readout_changed.emit()
            self.idle.emit()

    def _change_over(self) -> None:
        """The compiled engine, if it is ready for the open document; training goes on in it."""
        if self._warmup.ready_for(self.document):
            self._set_engine("jit")
            self._order(Workshop.use_engine, "jit")
        elif self._warmup.failure:
            reason = self._warmup.failure
            self.problem.emit(
                self.tr("The fast engine could not be made ready ({reason}). The plain one goes on.").format(
                    reason=reason
                )
            )

    def _receive(self, update: Update) -> None:
        if update.error:
            self.pause()
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
