"""The one thread that computes: it owns the trainer, takes orders, and leaves copies in a mailbox."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Array32, Dataset
from nnsim.engine.snapshot import Sample, Snapshot
from nnsim.engine.trainer import LARGEST_GROWTH, Trainer, sample_of
from nnsim.lesson.trace import Trace, trace
from nnsim.model.document import Document
from nnsim.model.origin import Origin
from nnsim.session.answers import Answers, Question
from nnsim.session.exam import Exam, exam_samples, examine
from nnsim.session.field import Domain, Field, domain_of, field_over
from nnsim.session.keepsake import Keepsake
from nnsim.session.pace import FASTEST

SLICE = 0.015
"""Seconds of training between two looks into the queue."""
FIELD_INTERVAL = 0.066
FIELD_SHARE = 3.0
"""How many times as long as it took to compute, a field is at least shown."""
LOOK = 0.6
"""Seconds for which one sample lights up the network while training runs at speed."""
MOST_PREDICTIONS = 64
EXAM_INTERVAL = 0.5
EXAM_SHARE = 5.0
"""How many times as long as it took, the worker leaves the test samples alone after an exam."""


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
    traced : Traced or None
        If it was asked for.
    exam : Exam or None
        None if not held anew.
    answers : Answers or None
        None if nothing was asked, or not answered anew.
    """

    order: int
    snapshot: Snapshot | None
    field: Field | None = None
    predictions: NDArray[np.floating[Any]] | None = None
    pace: float = 0.0
    sample: tuple[int, int] = (0, 0)
    error: str = ""
    traced: Traced | None = None
    exam: Exam | None = None
    answers: Answers | None = None


class Worker:
    """Trains in a thread of its own; every public method may be called from the GUI thread.

    Orders are numbered; an :class:`Update` tells which was the last one carried out.
    """

    def __init__(self) -> None:
        self._orders: queue.SimpleQueue[tuple[int, Callable[[], Snapshot | None], bool]] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._count = 0
        self._latest = 0
        self._done = 0
        self._lock = threading.Lock()
        self._mail: Update | None = None
        self._trainer: Trainer | None = None
        self._domain: Domain | None = None
        self._steps_per_second = 0.0
        self._owed = 0.0
        self._affordable = 1
        self._last_tick = 0.0
        self._next_field = 0.0
        self._followed: Sample | None = None
        self._examining = False
        self._examined = -1
        self._next_exam = 0.0
        self._question = Question()
        self._last_look = 0.0
        self._pace = _Pace()
        self._walked = 0
        self._traced: Traced | None = None
        self._sample = (0, 0)
        # A daemon, so that a crash elsewhere never leaves the process hanging; `stop` joins it.
        self._thread = threading.Thread(target=self._loop, name="nnsim-training", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> bool:
        """End the thread and wait for it; what it was still to do is dropped. False if it had ended."""
        self._stopping.set()
        if not self._thread.is_alive():
            return False
        self._order(lambda: None)
        self._thread.join()
        return True

    def take(self) -> Update | None:
        """The newest update, once."""
        with self._lock:
            mail, self._mail = self._mail, None
        return mail

    @property
    def waiting(self) -> bool:
        """Whether an order is still to be carried out; if not, the mailbox holds what came of the last."""
        with self._lock:
            return self._done < self._count

    def load(self, document: Document, dataset: Dataset, parameters: Any, engine: str) -> int:
        """Start afresh with a document."""

        def carry_out() -> None:
            self._steps_per_second = 0.0
            self._begin_anew()
            self._trainer = Trainer(document, dataset, engine=engine, parameters=parameters)
            self._followed = None
            self._domain = domain_of(dataset)

        return self._order(carry_out)

    def keep(self, keepsake: Keepsake) -> int:
        """Keep this moment; there is nothing to show of it."""

        def carry_out() -> None:
            keepsake.fill(self._ready().state)

        return self._order(carry_out, quietly=True)

    def restore(self, keepsake: Keepsake) -> int:
        """Go back to a moment that was kept with this network."""

        def carry_out() -> None:
            self._begin_anew()
            if keepsake.state is not None:
                self._ready().restore(keepsake.state)

        return self._order(carry_out)

    def set_values(
        self, indices: Any, values: Any, keep: Keepsake | None = None, restore: Keepsake | None = None
    ) -> int:
        """Overwrite some parameters; the moment before is kept, or one after it gone back to."""

        def carry_out() -> None:
            self._next_field = 0.0
            self._examined = -1
            self._question.renew()
            trainer = self._ready()
            if keep is not None:
                keep.fill(trainer.state)
            trainer.set_values(indices, values)
            if restore is not None and restore.state is not None:
                trainer.restore(restore.state)

        return self._order(carry_out)

    def change(
        self,
        document: Document,
        dataset: Dataset,
        engine: str,
        keep: Keepsake | None = None,
        restore: Keepsake | None = None,
        origin: Origin | None = None,
    ) -> int:
        """Go on with an edited document, keeping what was learned.

        Parameters
        ----------
        document : Document
        dataset : Dataset
        engine : str
        keep : Keepsake, optional
            Filled with the moment before.
        restore : Keepsake, optional
            A moment kept with this document, to go back to.
        origin : Origin, optional
            Where the layers and units of the edited network come from.
        """

        def carry_out() -> None:
            self._begin_anew()
            trainer = self._ready()
            if keep is not None:
                keep.fill(trainer.state)
            # The compiled engine must never meet a document whose kernels are not ready, not even in between.
            if engine == "reference":
                trainer.use_engine(engine)
            trainer.followed = self._followed
            trainer.set_document(document, dataset, origin)
            self._followed = trainer.followed
            trainer.use_engine(engine)
            if restore is not None and restore.state is not None:
                trainer.restore(restore.state)
            self._domain = domain_of(dataset)

        return self._order(carry_out)

    def reset(self, parameters: Any = None, keep: Keepsake | None = None) -> int:
        """Back to the start, or to given parameters; the moment before is kept."""

        def carry_out() -> None:
            self._begin_anew()
            trainer = self._ready()
            if keep is not None:
                keep.fill(trainer.state)
            trainer.reset(parameters)

        return self._order(carry_out)

    def use_engine(self, name: str) -> int:
        """Change over to the other engine, mid-run if need be."""

        def carry_out() -> None:
            self._ready().use_engine(name)

        return self._order(carry_out)

    def follow(self, sample: Sample | int | None) -> int:
        """Look at one input, or at a training sample by its number; None follows the training."""

        def carry_out() -> None:
            trainer = self._ready()
            found = sample_of(trainer.dataset, sample) if isinstance(sample, int) else sample
            self._followed = trainer.followed = found

        return self._order(carry_out)

    def examine(self, on: bool) -> int:
        """Keep looking how the network does on the samples kept back, or leave off."""

        def carry_out() -> None:
            self._examining = on
            self._examined, self._next_exam = -1, 0.0

        return self._order(carry_out)

    def answer(self, x: Array32 | None) -> int:
        """Keep answering these inputs, shape (n, features), or leave off."""

        def carry_out() -> None:
            self._question.put(x)

        return self._order(carry_out)

    def teach(self, sample: Sample) -> int:
        """Make one update on this sample alone."""

        def carry_out() -> Snapshot:
            self._steps_per_second = 0.0
            self._begin_batch()
            return self._ready().teach(sample)

        return self._order(carry_out)

    def step(self, steps: int) -> int:
        """Make so many updates and stop."""

        def carry_out() -> Snapshot | None:
            self._steps_per_second = 0.0
            self._begin_batch()
            left, snapshot = steps, None
            while left > 0 and not self._stopping.is_set():
                portion = min(left, self._affordable)
                snapshot = self._run_steps(portion)
                left = 0 if snapshot.diverged else left - portion
            return snapshot

        return self._order(carry_out)

    def step_sample(self) -> int:
        """Go on by one sample: look at the next of the batch; after its last, make the update.

        A snapshot on the way through a batch holds that sample's own gradient and no update: there
        has been none yet.
        """

        def carry_out() -> Snapshot:
            self._steps_per_second = 0.0
            trainer = self._ready()
            batch = trainer.upcoming_batch()
            probe = trainer.probe(trainer.sample(int(batch[self._walked])))
            self._walked += 1
            self._sample = (self._walked, len(batch))
            if self._walked == len(batch):
                self._walked = 0
                return replace(trainer.run_steps(1), before=probe)
            seen = batch[: self._sample[0]]
            gradient = probe.gradient
            return replace(
                trainer.snapshot(),
                probe=probe,
                before=probe,
                last_gradient=gradient,
                last_update=None,
                last_batch=seen,
            )

        return self._order(carry_out)

    def trace(self, steps: int, sample: Sample | None = None) -> int:
        """Make so many updates, then take the next one apart without making it.

        Parameters
        ----------
        steps : int
        sample : Sample, optional
            Teach this one, instead of going on with the training samples.
        """

        def carry_out() -> Snapshot:
            self._steps_per_second = 0.0
            self._begin_batch()
            trainer = self._ready()
            snapshot = trainer.snapshot()
            if steps:
                snapshot = self._run_steps(steps) if sample is None else trainer.teach(sample)
            self._traced = _take_apart(trainer, sample)
            return snapshot

        return self._order(carry_out)

    def run(self, steps_per_second: float) -> int:
        """Train on at this pace; 0 pauses, :data:`FASTEST` is as fast as the machine can."""

        def carry_out() -> None:
            self._steps_per_second = steps_per_second
            self._ready().followed = self._followed
            self._last_tick = time.perf_counter()
            self._owed = 0.0
            if steps_per_second > 0.0:
                self._begin_batch()

        return self._order(carry_out)

    def _begin_batch(self) -> None:
        self._walked, self._sample = 0, (0, 0)

    def _begin_anew(self) -> None:
        """What was published of another network or other parameters must not mix with what follows."""
        self._begin_batch()
        self._next_field = self._next_exam = 0.0
        self._examined = -1
        self._question.renew()
        self._affordable = 1
        with self._lock:
            self._mail = None

    def _order(self, carry_out: Callable[[], Snapshot | None], *, quietly: bool = False) -> int:
        self._count += 1
        if not quietly:
            self._latest = self._count
        self._orders.put((self._count, carry_out, quietly))
        return self._count

    def _ready(self) -> Trainer:
        assert self._trainer is not None
        return self._trainer

    def _loop(self) -> None:
        while True:
            try:
                number, carry_out, quietly = self._orders.get(timeout=self._patience())
            except queue.Empty:
                self._train()
                continue
            if self._stopping.is_set():
                return
            if quietly:
                carry_out()
                with self._lock:
                    self._done = number
            else:
                self._carry_out(number, carry_out)

    def _patience(self) -> float | None:
        if self._steps_per_second == 0.0:
            return None
        return 0.0 if self._steps_per_second == FASTEST else SLICE

    def _carry_out(self, number: int, carry_out: Callable[[], Snapshot | None]) -> None:
        try:
            snapshot = carry_out() or self._ready().snapshot()
            update = self._look(snapshot, fresh=number >= self._latest)
            update, self._traced = replace(update, traced=self._traced), None
        except Exception as error:
            self._steps_per_second = 0.0
            update = Update(number, None, error=str(error) or type(error).__name__)
        self._publish(replace(update, order=number))

    def _train(self) -> None:
        try:
            snapshot = self._advance()
            if snapshot is not None:
                self._publish(self._look(snapshot, fresh=False))
        except Exception as error:
            self._steps_per_second = 0.0
            self._publish(Update(self._done, None, error=str(error) or type(error).__name__))

    def _hold_probe(self, trainer: Trainer) -> None:
        """While following the training at speed, stay with a sample long enough to be seen."""
        now = time.perf_counter()
        if self._followed is None and now - self._last_look > LOOK:
            self._last_look = now
            trainer.followed = trainer.sample(int(trainer.upcoming_batch()[0]))

    def _advance(self) -> Snapshot | None:
        trainer = self._ready()
        self._hold_probe(trainer)
        if self._steps_per_second == FASTEST:
            snapshot = trainer.run_for(SLICE)
        else:
            now = time.perf_counter()
            self._owed += (now - self._last_tick) * self._steps_per_second
            self._last_tick = now
            steps = int(self._owed)
            if steps == 0:
                return None
            # A machine that cannot keep the pace must not fall behind without end.
            self._owed = min(self._owed - steps, 1.0)
            snapshot = self._run_steps(min(steps, self._affordable))
        if snapshot.diverged:
            self._steps_per_second = 0.0
        return snapshot

    def _run_steps(self, steps: int) -> Snapshot:
        """Make so many updates, and learn how many fit into a slice."""
        begin = time.perf_counter()
        snapshot = self._ready().run_steps(steps)
        pace = steps / max(time.perf_counter() - begin, 1e-9)
        self._affordable = max(1, min(int(pace * SLICE), LARGEST_GROWTH * steps))
        return snapshot

    def _look(self, snapshot: Snapshot, *, fresh: bool) -> Update:
        trainer, field, predictions = self._ready(), None, None
        now = time.perf_counter()
        running = self._steps_per_second > 0.0
        if self._domain is not None and (fresh or now >= self._next_field):
            field = field_over(self._domain, trainer)
            # A wide network's takes long; most of the time belongs to training.
            self._next_field = now + max(FIELD_INTERVAL, FIELD_SHARE * (time.perf_counter() - now))
        if trainer.dataset.samples <= MOST_PREDICTIONS:
            predictions = trainer.layer_outputs(trainer.dataset.x)[-1]
        samples = snapshot.step * trainer.dataset.samples / max(snapshot.batches, 1)
        pace = self._pace.of(samples, now, running)
        exam = self._exam_due(snapshot.step, fresh)
        answers = self._question.answers(trainer, snapshot.step, fresh=fresh)
        return Update(
            self._done, snapshot, field, predictions, pace, self._sample, exam=exam, answers=answers
        )

    def _exam_due(self, step: int, fresh: bool) -> Exam | None:
        now = time.perf_counter()
        if not self._examining or step == self._examined or not (fresh or now >= self._next_exam):
            return None
        exam = _examine(self._ready(), step)
        self._examined = step
        self._next_exam = now + max(EXAM_INTERVAL, EXAM_SHARE * (time.perf_counter() - now))
        return exam

    def _publish(self, update: Update) -> None:
        with self._lock:
            if self._mail is not None:
                missed = self._mail
                update = replace(
                    update,
                    field=update.field or missed.field,
                    error=update.error or missed.error,
                    traced=update.traced or missed.traced,
                    exam=update.exam or missed.exam,
                    answers=update.answers or missed.answers,
                )
            self._mail = update
            self._done = update.order


def _take_apart(trainer: Trainer, sample: Sample | None) -> Traced:
    """The next update; that which a sample from elsewhere would make, if there is one."""
    if sample is not None and sample.y is not None:
        x, y, numbers = sample.x[None], sample.y[None], (sample.index,)
    else:
        batch, data = trainer.upcoming_batch(), trainer.dataset
        x, y, numbers = data.x[batch], data.y[batch], tuple(batch.tolist())
    return Traced(trace(trainer.document, trainer.state, x, y), numbers)


def _examine(trainer: Trainer, step: int) -> Exam:
    x, _ = exam_samples(trainer.dataset)
    return examine(trainer.layer_outputs(x)[-1], trainer.dataset, step)


class _Pace:
    """Samples per second, over about the last second."""

    def __init__(self) -> None:
        self._marks: list[tuple[float, float]] = []

    def of(self, samples: float, now: float, running: bool) -> float:
        if not running or (self._marks and samples < self._marks[-1][1]):
            self._marks.clear()
        self._marks.append((now, samples))
        while len(self._marks) > 2 and now - self._marks[0][0] > 1.0:
            self._marks.pop(0)
        seconds = now - self._marks[0][0]
        return (samples - self._marks[0][1]) / seconds if running and seconds > 0.0 else 0.0
