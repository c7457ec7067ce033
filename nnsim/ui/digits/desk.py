"""Digits in the window: what is drawn goes through the network, and what comes out is told."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from nnsim.data.centring import SIDE
from nnsim.data.own_digits import keep_own, read_own
from nnsim.engine.snapshot import Sample, Snapshot
from nnsim.model.data import DigitsData
from nnsim.model.errors import DocumentError
from nnsim.session.error_words import error_words
from nnsim.session.exam import Exam, exam_samples
from nnsim.session.lesson import Lesson
from nnsim.session.lesson_host import LessonHost
from nnsim.session.session import Session
from nnsim.ui.digits.bars import PredictionBars
from nnsim.ui.digits.draw_panel import DrawPanel
from nnsim.ui.digits.exam_panels import ExamPanels
from nnsim.ui.digits.teaching import Teaching
from nnsim.ui.numbers import count


class DigitsDesk(QObject):
    """Connects the drawing, the prediction, the teaching and the exam with a session.

    Parameters
    ----------
    session : Session
    lessons : LessonHost
    draw, bars, teach, exam
        The widgets it serves.

    Signals
    -------
    problem : words for the user
    """

    problem = Signal(str)

    def __init__(
        self,
        session: Session,
        lessons: LessonHost,
        draw: DrawPanel,
        bars: PredictionBars,
        teach: Teaching,
        exam: ExamPanels,
    ) -> None:
        super().__init__(session)
        self._session, self._lessons = session, lessons
        self._draw, self._bars, self._teach, self._exam = draw, bars, teach, exam
        self._image: np.ndarray | None = None
        self._looked_at: int | None = None
        self._mistake_wanted = self._is_elsewhere = False
        self._wanted_label: int | None = None
        self._rng = np.random.default_rng()
        draw.input_changed.connect(self._take_input)
        draw.random_wanted.connect(self._show_random)
        draw.mistake_wanted.connect(self._want_mistake)
        teach.labelled.connect(self._label)
        teach.taught.connect(self._start_lesson)
        teach.kept.connect(self._keep)
        exam.sample_chosen.connect(self.show_sample)
        session.snapshot_changed.connect(self._show_snapshot)
        session.running_changed.connect(self._follow)
        session.examined.connect(self._show_exam)
        session.data_changed.connect(self._forget_exam)
        lessons.changed.connect(self._show_outcome)

    @property
    def is_open(self) -> bool:
        """Whether the open document is about digits."""
        return isinstance(self._session.document.data, DigitsData)

    def show_sample(self, index: int) -> None:
        """Put one of the examined samples on the canvas."""
        x, y = exam_samples(self._session.dataset)
        self.show_picture(x[index].reshape(SIDE, SIDE), int(y[index].argmax()))
        self._looked_at = index

    def show_picture(self, image: np.ndarray, label: int | None) -> None:
        """Put a digit on the canvas, float32 (28, 28), which the network gets unchanged."""
        self._draw.show_digit(image, label)
        self._teach.show_label(label)
        self._follow()

    def begin(self) -> None:
        """Take up what is on the canvas, when digits are opened."""
        self._forget_exam()
        self._count_own()
        self._follow()

    # --- what goes in

    def _take_input(self, image: np.ndarray | None) -> None:
        self._lessons.leave()
        self._image = image
        self._looked_at = None
        self._teach.show_label(None)
        self._teach.offer(image is not None)
        self._follow()

    def _label(self, _label: int | None) -> None:
        self._lessons.leave()
        self._follow()

    def _sample(self) -> Sample | None:
        if self._image is None:
            return None
        return Sample(self._image.reshape(-1), self._target())

    def _target(self) -> np.ndarray | None:
        label = self._teach.label
        if label is None:
            return None
        return np.eye(self._session.dataset.outputs, dtype=np.float32)[label]

    def _follow(self) -> None:
        """Send what is on the canvas through the network; with nothing on it, the training's samples."""
        if not self.is_open:
            return
        sample = self._sample()
        if sample is None and not self._session.running:
            sample = Sample(np.zeros(SIDE * SIDE, np.float32))
        self._session.follow(sample)

    # --- what comes out

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        if not self.is_open or self._is_elsewhere:
            return
        probe = snapshot.probe
        empty = probe.index < 0 and self._image is None
        label = None if probe.y is None else int(probe.y.argmax())
        self._bars.show_probabilities(None if empty else probe.activations[-1], label)

    def look_at(self, step: Snapshot | None) -> None:
        """Show and read the training sample of the step on the stage; None: again what is on the canvas."""
        if not self.is_open:
            return
        self._is_elsewhere = step is not None and step.probe.index >= 0
        if step is None or not self._is_elsewhere:
            self._draw.lend(None)
            if self._lessons.lesson is None and self._session.snapshot is not None:
                self._show_snapshot(self._session.snapshot)
            return
        probe, words = step.probe, self.tr("Training sample {number}")
        self._draw.lend(probe.x.reshape(SIDE, SIDE), words.format(number=count(probe.index + 1)))
        answer = probe.activations[-1]
        if np.isnan(answer).any():
            self._bars.show_nothing(self.tr("The output is not computed yet."))
        else:
            self._bars.show_probabilities(answer, None if probe.y is None else int(probe.y.argmax()))

    # --- teaching

    def _start_lesson(self) -> None:
        sample = self._sample()
        if sample is not None and sample.y is not None:
            self._lessons.leave()
            self._lessons.start(sample)

    def _show_outcome(self, lesson: Lesson | None) -> None:
        if lesson is None or not self.is_open or lesson.numbers[0] >= 0:
            return
        before, after = lesson.staged.probe.activations[-1], lesson.trace.answers_after()[0]
        self._teach.show_outcome(before, after)
        self._bars.show_probabilities(before, self._teach.label, after)

    def _keep(self) -> None:
        if self._image is None or self._teach.label is None:
            return
        try:
            keep_own(self._image, self._teach.label)
        except (DocumentError, OSError) as error:
            self.problem.emit(error_words(error))
        self._count_own()
        data = self._session.document.data
        if isinstance(data, DigitsData) and (data.mine or data.source == "mine"):
            self._session.fetch_again()

    def _count_own(self) -> None:
        try:
            self._teach.show_kept(len(read_own()[1]))
        except (DocumentError, OSError) as error:
            self.problem.emit(error_words(error))

    # --- the exam

    def _show_random(self, label: int | None) -> None:
        _, y = exam_samples(self._session.dataset)
        found = np.arange(len(y)) if label is None else np.flatnonzero(y.argmax(axis=1) == label)
        if len(found):
            self.show_sample(int(self._rng.choice(found)))

    def _want_mistake(self, label: int | None) -> None:
        self._wanted_label, self._mistake_wanted = label, True
        self._session.examine(True)

    def _show_exam(self, exam: Exam) -> None:
        self._exam.show_exam(exam, self._session.dataset)
        if not self._mistake_wanted:
            return
        self._mistake_wanted = False
        index = exam.next_mistake(self._looked_at, self._wanted_label)
        if index is None:
            self.problem.emit(self.tr("No mistakes among these digits: every one is read right."))
        else:
            self.show_sample(index)

    def _forget_exam(self) -> None:
        self._looked_at = None
        self._exam.clear()
