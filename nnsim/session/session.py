"""The running program without widgets: a document, its training, and the signals views live from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from nnsim.data.dataset import Dataset
from nnsim.model.arrangement import carried
from nnsim.model.change import Change
from nnsim.model.document import Document, check_fit
from nnsim.model.edits import Edit, RefusalError
from nnsim.model.errors import DocumentError
from nnsim.model.origin import Origin
from nnsim.model.parameters import Layout
from nnsim.session import garbage
from nnsim.session.control import Control
from nnsim.session.error_words import error_words
from nnsim.session.keepsake import Keepsake
from nnsim.session.loading import Loaded, samples_key
from nnsim.session.pace import opening_pace
from nnsim.session.patience import Patience
from nnsim.session.published import published_state
from nnsim.session.warmup import Warmup
from nnsim.session.worker import Worker
from nnsim.session.workshop import Workshop


class Session(Control):
    """One open document and its training.

    Signals
    -------
    document_changed : the document was opened or edited, with the :class:`Change`
    data_changed : the dataset is another one
    engine_changed : name of the engine that serves now
    """

    document_changed = Signal(object)
    data_changed = Signal()
    engine_changed = Signal(str)

    def __init__(self, document: Document, parameters: Any = None, parent: QObject | None = None) -> None:
        super().__init__(document, parent)
        self.engine = "reference"
        self._warmup = Warmup()
        self._fetched: Dataset | None = None
        self._opening: Any = None
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
        self.document_changed.emit(Change.everything())
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
            self.problem.emit(error_words(error))
            self.document_changed.emit(Change.refused())
            return
        before = self.document
        self._undoing.edit(
            text,
            lambda keep, restore: self._take_into_use(document, keep, restore, origin),
            lambda keep, restore: self._take_into_use(before, keep, restore),
            (before, document),
            gesture,
        )

    def edit_network(self, text: str, edit: Edit, gesture: str = "") -> None:
        """Exchange the network for an edited one; see :mod:`nnsim.model.edits`."""
        # What was given by hand as a start belongs to the network it was given for.
        start = self.document.start if edit.network.layers == self.document.network.layers else ()
        arrangement = carried(self.document.arrangement, edit.origin)
        document = replace(self.document, network=edit.network, start=start, arrangement=arrangement)
        self.edit(text, document, gesture, edit.origin)

    def refuse(self, text: str, error: DocumentError) -> None:
        """Say why an edit called `text` is not made, and what would fit instead where something does."""
        self.problem.emit(error_words(error))
        if isinstance(error, RefusalError):
            self.misfit.emit(text, error)

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
        self.remember_training()
        self.undo_stack.beginMacro(self.tr("New seed"))
        self.edit(self.tr("New seed"), self.document.with_new_seed(seed))
        self.reset()
        self.undo_stack.endMacro()

    def restart(self) -> None:
        """Give the worker up, and go on from what it published last with another one; paused.

        A thread that hangs in compiled code cannot be ended: it is left to itself until the process ends.
        """
        self._worker.abandon()
        self._worker = Worker()
        self._worker.start()
        self._undoing.use(self._worker)
        self._step_timer.stop()
        self._to_do, self._postponed, self._awaited_step = [], [], None
        self._set_running(False)
        self._oldest = self._order(Workshop.load, self.document, self.dataset, self._opening, self.engine)
        state = published_state(self.snapshot, self.document, self.dataset.samples)
        if state is not None:
            self._oldest = self._order(Workshop.restore, Keepsake(state))
        self._order(Workshop.follow, self.followed)
        self._order(Workshop.examine, self._examining)
        self._order(Workshop.answer, self._asked)
        self._undoing.end_run()

    # --- engines

    def warm_up(self) -> None:
        """Get the compiled engine ready, in the background; training goes on meanwhile."""
        self._warmup.start(self.document)
        self._watch()

    @property
    def warming_up(self) -> bool:
        """Whether the compiled engine is being made ready."""
        return self._warmup.busy

    def close(self, patience: Patience | None = None) -> None:
        """Stop every thread and child process, and wait for them as long as anybody has patience.

        What is in the middle of a long step is left to itself: the process may end under it.
        """
        patience = patience or Patience()
        for timer in (self._frame_timer, self._step_timer, self._reveal_timer):
            timer.stop()
        self._warmup.stop(patience)
        self._loading.stop(patience)
        if self._worker.stop(patience):
            garbage.release()
        self._undoing.close()

    # --- inside

    def _load(self, parameters: Any) -> None:
        self._forget()
        self._forget_data()
        self.snapshot = None
        self._undoing.clear(Layout(self.document.network).size)
        self._choose_pace()
        self._opening = parameters
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
            self.problem.emit(error_words(error))
            return
        fetched, self._fetched = self._fetched, None
        change = Change.between(self.document, document)
        self.document = document
        if not change.of_computation:
            # Nothing for the worker: neither what is learned nor a walk through a batch is touched.
            self.document_changed.emit(change)
            return
        if fetched is not None:
            self._exchange_data(fetched)
        engine = self._engine_for(document)
        self._oldest = self._order(Workshop.change, document, self.dataset, engine, keep, restore, origin)
        self.document_changed.emit(change)

    def _fetch(self, document: Document) -> None:
        """Have the samples of an edited document at hand, if they are others than now."""
        if self._fetched is None and samples_key(document) != samples_key(self.document):
            self._fetched = self._loading.begin(document.data, document.training)

    def fetch_again(self) -> None:
        """The files behind the data have changed: take what they hold now."""
        try:
            dataset = self._loading.begin(self.document.data, self.document.training)
        except DocumentError as error:
            self.problem.emit(error_words(error))
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

    def _poll(self) -> None:
        garbage.collect()
        if self._warmup.take_finished():
            garbage.spare()
            self._change_over()
        loaded = self._loading.take()
        if loaded is not None:
            self._take_loaded(loaded)
        super()._poll()

    def _is_busy(self) -> bool:
        return super()._is_busy() or self._warmup.busy

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
