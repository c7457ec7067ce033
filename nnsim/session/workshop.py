"""What the worker does in its thread: training at a pace, single steps, edits, and telling the outcome."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

from nnsim.data.dataset import Array32, Dataset
from nnsim.engine.snapshot import Sample, Snapshot
from nnsim.engine.trainer import LARGEST_GROWTH, Trainer, sample_of
from nnsim.lesson.trace import trace
from nnsim.model.document import Document
from nnsim.model.origin import Origin
from nnsim.session.answers import Question
from nnsim.session.exam import Exam, exam_samples, examine
from nnsim.session.field import Domain, domain_of, field_over
from nnsim.session.health import Checkup
from nnsim.session.keepsake import Keepsake
from nnsim.session.pace import FASTEST
from nnsim.session.updates import Traced, Update

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


class Workshop:
    """The trainer and everything that is done with it. Used by one thread.

    Parameters
    ----------
    stopping : threading.Event
        Set when the work is to end.

    Attributes
    ----------
    since : float or None
        When the piece of work began that is being done, by the clock that never goes back; None while
        nothing is.
    """

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self.since: float | None = None
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
        self._checkup = Checkup()
        self._question = Question()
        self._last_look = 0.0
        self._pace = _Pace()
        self._walked = 0
        self._traced: Traced | None = None
        self._sample = (0, 0)
        self._is_other = False

    # --- orders

    def load(self, document: Document, dataset: Dataset, parameters: Any, engine: str) -> None:
        """Start afresh with a document."""
        self._steps_per_second = 0.0
        self._begin_anew()
        self._trainer = Trainer(document, dataset, engine=engine, parameters=parameters)
        self._followed = None
        self._domain = domain_of(dataset, self._trainer.layout.size)

    def keep(self, keepsake: Keepsake) -> None:
        """Keep this moment; there is nothing to show of it."""
        keepsake.fill(self._ready().state)

    def restore(self, keepsake: Keepsake) -> None:
        """Go back to a moment that was kept with this network."""
        self._begin_anew()
        if keepsake.state is not None:
            self._ready().restore(keepsake.state)

    def set_values(
        self, indices: Any, values: Any, keep: Keepsake | None = None, restore: Keepsake | None = None
    ) -> None:
        """Overwrite some parameters; the moment before is kept, or one after it gone back to."""
        self._next_field = 0.0
        self._examined = -1
        self._question.renew()
        self._checkup.renew()
        trainer = self._ready()
        if keep is not None:
            keep.fill(trainer.state)
        trainer.set_values(indices, values)
        if restore is not None and restore.state is not None:
            trainer.restore(restore.state)

    def change(
        self,
        document: Document,
        dataset: Dataset,
        engine: str,
        keep: Keepsake | None = None,
        restore: Keepsake | None = None,
        origin: Origin | None = None,
    ) -> None:
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
        self._domain = domain_of(dataset, trainer.layout.size)

    def reset(self, parameters: Any = None, keep: Keepsake | None = None) -> None:
        """Back to the start, or to given parameters; the moment before is kept."""
        self._begin_anew()
        trainer = self._ready()
        if keep is not None:
            keep.fill(trainer.state)
        trainer.reset(parameters)

    def use_engine(self, name: str) -> None:
        """Change over to the other engine, mid-run if need be."""
        self._ready().use_engine(name)

    def follow(self, sample: Sample | int | None) -> None:
        """Look at one input, or at a training sample by its number; None follows the training."""
        trainer = self._ready()
        found = sample_of(trainer.dataset, sample) if isinstance(sample, int) else sample
        self._followed = trainer.followed = found

    def examine(self, on: bool) -> None:
        """Keep looking how the network does on the samples kept back, or leave off."""
        self._examining = on
        self._examined, self._next_exam = -1, 0.0

    def answer(self, x: Array32 | None) -> None:
        """Keep answering these inputs, shape (n, features), or leave off."""
        self._question.put(x)

    def teach(self, sample: Sample) -> Snapshot:
        """Make one update on this sample alone."""
        self._steps_per_second = 0.0
        self._begin_batch()
        trainer = self._ready()
        return replace(trainer.teach(sample), before=trainer.last_walked())

    def step(self, steps: int) -> Snapshot | None:
        """Make so many updates and stop."""
        self._steps_per_second = 0.0
        self._begin_batch()
        left, snapshot = steps, None
        while left > 0 and not self._stopping.is_set():
            self.since = time.monotonic()
            portion = min(left, self._affordable)
            snapshot = self._run_steps(portion)
            left = 0 if snapshot.diverged else left - portion
        return None if snapshot is None else replace(snapshot, before=self._ready().last_walked())

    def step_sample(self) -> Snapshot:
        """Go on by one sample: look at the next of the batch; after its last, make the update.

        A snapshot on the way through a batch holds that sample's own gradient and no update: there
        has been none yet.
        """
        self._steps_per_second = 0.0
        trainer = self._ready()
        batch = trainer.upcoming_batch()
        probe = trainer.walked(self._walked)
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

    def trace(self, steps: int, sample: Sample | None = None) -> Snapshot:
        """Make so many updates, then take the next one apart without making it.

        Parameters
        ----------
        steps : int
        sample : Sample, optional
            Teach this one, instead of going on with the training samples.
        """
        self._steps_per_second = 0.0
        self._begin_batch()
        trainer = self._ready()
        snapshot = trainer.snapshot()
        if steps:
            snapshot = self._run_steps(steps) if sample is None else trainer.teach(sample)
        self._traced = _take_apart(trainer, sample)
        return snapshot

    def run(self, steps_per_second: float) -> None:
        """Train on at this pace; 0 pauses, :data:`FASTEST` is as fast as the machine can."""
        self._steps_per_second = steps_per_second
        self._ready().followed = self._followed
        self._last_tick = time.perf_counter()
        self._owed = 0.0
        if steps_per_second > 0.0:
            self._begin_batch()

    # --- training on

    @property
    def patience(self) -> float | None:
        """Seconds to wait for an order before the next :meth:`advance`; None while nothing runs."""
        if self._steps_per_second == 0.0:
            return None
        return 0.0 if self._steps_per_second == FASTEST else SLICE

    def pause(self) -> None:
        """Train on no more."""
        self._steps_per_second = 0.0

    def advance(self) -> Snapshot | None:
        """Train for about a slice; None where the pace asks for nothing yet."""
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

    # --- looking

    def look(self, snapshot: Snapshot | None, *, fresh: bool) -> Update:
        """What there is to tell now.

        Parameters
        ----------
        snapshot : Snapshot or None
            None takes one.
        fresh : bool
            What is costly is computed anew, too.
        """
        trainer, field, predictions = self._ready(), None, None
        snapshot = trainer.snapshot() if snapshot is None else snapshot
        now = time.perf_counter()
        running = self._steps_per_second > 0.0
        if self._domain is not None and (fresh or now >= self._next_field):
            field = field_over(self._domain, trainer)
            # A wide network's takes long; most of the time belongs to training.
            self._next_field = now + max(FIELD_INTERVAL, FIELD_SHARE * (time.perf_counter() - now))
        if trainer.dataset.samples <= MOST_PREDICTIONS:
            predictions = trainer.answers(trainer.dataset.x)
        samples = snapshot.step * trainer.dataset.samples / max(snapshot.batches, 1)
        pace = self._pace.of(samples, now, running)
        exam = self._exam_due(snapshot.step, fresh)
        answers = self._question.answers(trainer, snapshot.step, fresh=fresh)
        traced, self._traced = self._traced, None
        return Update(
            0,
            snapshot,
            field,
            predictions,
            pace,
            self._sample,
            traced=traced,
            exam=exam,
            answers=answers,
            health=self._checkup.health(trainer, snapshot.step, fresh=fresh, running=running),
        )

    def take_is_other(self) -> bool:
        """Whether what was published before is of another network, or of other parameters; once."""
        is_other, self._is_other = self._is_other, False
        return is_other

    # --- inside

    def _begin_batch(self) -> None:
        self._walked, self._sample = 0, (0, 0)

    def _begin_anew(self) -> None:
        """What was published of another network or other parameters must not mix with what follows."""
        self._begin_batch()
        self._next_field = self._next_exam = 0.0
        self._checkup = Checkup()
        self._examined = -1
        self._question.renew()
        self._affordable = 1
        self._is_other = True

    def _ready(self) -> Trainer:
        assert self._trainer is not None
        return self._trainer

    def _hold_probe(self, trainer: Trainer) -> None:
        """While following the training at speed, stay with a sample long enough to be seen."""
        now = time.perf_counter()
        if self._followed is None and now - self._last_look > LOOK:
            self._last_look = now
            trainer.followed = trainer.sample(int(trainer.upcoming_batch()[0]))

    def _run_steps(self, steps: int) -> Snapshot:
        """Make so many updates, and learn how many fit into a slice."""
        begin = time.perf_counter()
        snapshot = self._ready().run_steps(steps)
        pace = steps / max(time.perf_counter() - begin, 1e-9)
        self._affordable = max(1, min(int(pace * SLICE), LARGEST_GROWTH * steps))
        return snapshot

    def _exam_due(self, step: int, fresh: bool) -> Exam | None:
        now = time.perf_counter()
        # Whoever asked for exams may not have heard yet that the open document is a regression.
        if not self._examining or self._ready().dataset.task == "regression":
            return None
        if step == self._examined or not (fresh or now >= self._next_exam):
            return None
        exam = _examine(self._ready(), step)
        self._examined = step
        self._next_exam = now + max(EXAM_INTERVAL, EXAM_SHARE * (time.perf_counter() - now))
        return exam


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
    return examine(trainer.answers(x), trainer.dataset, step)


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
