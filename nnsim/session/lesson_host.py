"""Starts lessons, follows them from pass to pass, and ends them when training goes on otherwise."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from nnsim.engine.snapshot import Sample, Snapshot
from nnsim.model.change import Change
from nnsim.session.lesson import Lesson
from nnsim.session.session import Session
from nnsim.session.updates import Traced

_STEP_SECONDS = (8.0, 6.0, 4.0, 2.5, 1.5, 1.0, 0.5)
"""Times to read a step that follows by itself, from the slowest pace to the fastest."""


class LessonHost(QObject):
    """At most one lesson at a time.

    Parameters
    ----------
    session : Session
    parent : QObject, optional
    grain : str
        How finely lessons are cut to begin with: one of :data:`nnsim.lesson.grains.GRAINS`.

    Signals
    -------
    changed : the new lesson, or None when it is over
    playing_changed : whether it walks on by itself
    """

    changed = Signal(object)
    playing_changed = Signal(bool)

    def __init__(self, session: Session, parent: QObject | None = None, *, grain: str = "operation") -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = False
        self.grain = grain
        self._pace = 3
        self._taught: Sample | None = None
        self.lesson: Lesson | None = None
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.next)
        session.traced.connect(self._begin)
        session.running_changed.connect(self._leave_if)
        session.document_changed.connect(self._leave_if_computed_otherwise)
        session.snapshot_changed.connect(self._leave_if_moved)

    @property
    def session(self) -> Session:
        """Whose updates are taken apart."""
        return self._session

    def start(self, sample: Sample | None = None) -> None:
        """Take the next update apart.

        Parameters
        ----------
        sample : Sample, optional
            With a target: the lesson is about the update that teaches this one.
        """
        if self.lesson is None and not self._wanted:
            self._wanted = True
            self._taught = sample
            self._session.pause()
            self._session.trace(0, sample)

    def take_over(self, other: LessonHost) -> None:
        """Go on with the lesson of another host of the same session."""
        self.grain, self._pace, self._taught = other.grain, other._pace, other._taught
        lesson, other.lesson = other.lesson, None
        if lesson is None:
            return
        plays = other._clock.isActive()
        other.play(False)
        lesson.setParent(self)
        self.lesson = lesson
        self.changed.emit(lesson)
        self.play(plays)

    def leave(self) -> None:
        """Back to training, from exactly here: an update that was shown has been made."""
        lesson, self.lesson, self._wanted = self.lesson, None, False
        if lesson is None:
            return
        self.play(False)
        self.changed.emit(None)
        if lesson.at_end and self._taught is not None:
            self._session.teach(self._taught)
        else:
            self._session.step_silently(1 if lesson.at_end else 0)
        lesson.deleteLater()

    def next(self) -> None:
        """The next step; after the last, its update is made and the next pass begins."""
        if self.lesson is None or self._wanted:
            return
        if not self.lesson.at_end:
            self.lesson.go(self.lesson.index + 1)
            return
        self._wanted = True
        self._session.trace(1, self._taught)

    def back(self) -> None:
        """The step before."""
        if self.lesson is not None:
            self.lesson.go(self.lesson.index - 1)

    def play(self, on: bool) -> None:
        """Walk on by itself, a step at a time, from pass to pass."""
        if on and self.lesson is not None:
            self._clock.start(int(1000 * self.step_seconds))
        else:
            self._clock.stop()
        self.playing_changed.emit(self._clock.isActive())

    @property
    def step_seconds(self) -> float:
        """How long a step stays while the lesson plays."""
        return _STEP_SECONDS[self._pace]

    def change_pace(self, places: int) -> None:
        """Play faster (positive) or slower."""
        self._pace = min(max(self._pace + places, 0), len(_STEP_SECONDS) - 1)
        if self._clock.isActive():
            self._clock.setInterval(int(1000 * self.step_seconds))

    def first(self) -> None:
        """The first step of this pass."""
        if self.lesson is not None:
            self.lesson.go(0)

    def last(self) -> None:
        """The last step of this pass."""
        if self.lesson is not None:
            self.lesson.go(len(self.lesson.steps) - 1)

    def set_grain(self, grain: str) -> None:
        """Choose how finely a pass is cut."""
        self.grain = grain
        if self.lesson is not None:
            self.lesson.set_grain(grain)

    def _begin(self, traced: Traced, snapshot: Snapshot) -> None:
        if not self._wanted:
            return
        self._wanted = False
        focus = None if self.lesson is None else self.lesson.focus
        self.lesson = Lesson(traced.trace, traced.numbers, snapshot, self.grain, self)
        self.lesson.focus = focus
        self.changed.emit(self.lesson)

    def _leave_if_computed_otherwise(self, change: Change) -> None:
        if self.lesson is None or change.of_computation:
            self.leave()

    def _leave_if(self, running: bool) -> None:
        if running:
            self.leave()

    def _leave_if_moved(self, snapshot: Snapshot) -> None:
        if self.lesson is not None and not self._wanted and snapshot.step != self.lesson.staged.step:
            self.leave()
