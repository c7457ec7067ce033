"""Runs the clock of what moves on the stage; stands still, timer and all, when nothing does."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from nnsim.engine.snapshot import Snapshot
from nnsim.ui.graph import frames
from nnsim.ui.graph.animation import Moment, Timeline, ease
from nnsim.ui.graph.frames import Frame
from nnsim.ui.graph.scene import Scene

FRAME_MS = 16
FLOW_SPEED = 0.55
"""Edges that a flowing pulse runs along in a second."""

TRAVEL_SECONDS = 0.6
"""From one step of a lesson to the next."""
_APPROACH = {"forward": -0.5, "backward": 0.5}
"""Where, in layers from its end, a step of a lesson sets out that begins a phase."""


class Player(QObject):
    """An animated step, or the steady flow of gradient while training runs.

    Attributes
    ----------
    step : Snapshot or None
        What the step that is being animated leads to.

    Signals
    -------
    moved
        There is another frame to paint.
    finished
        A step came to its end.
    """

    moved = Signal()
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self._clock = QElapsedTimer()
        self._timeline: Timeline | None = None
        self._held: Moment | None = None
        self._came_from = Moment("forward", 0.0, 0.0)
        self.step: Snapshot | None = None
        self._elapsed = 0.0
        self._flowing = False
        self._phase = 0.0

    @property
    def is_ticking(self) -> bool:
        """Whether the timer runs."""
        return self._timer.isActive()

    @property
    def moment(self) -> Moment | None:
        """Where in a step the animation is."""
        return None if self._timeline is None else self._timeline.at(self._elapsed)

    @property
    def shown(self) -> Moment | None:
        """The moment that the picture is at or on its way to; None while no step is shown."""
        return self.moment if self._held is None else self._held

    def play(self, step: Snapshot, layers: int, seconds: float) -> None:
        """Start the animation of a step; one that was playing is finished first."""
        self.finish()
        self._held = None
        self.step, self._timeline, self._elapsed = step, Timeline(layers, seconds), 0.0
        self._set_ticking()

    def hold(self, step: Snapshot, moment: Moment) -> None:
        """Travel to one moment of a step, from where the picture is, and stand still there."""
        before = self._held if step is self.step else None
        if before is None or before.phase != moment.phase:
            before = Moment(moment.phase, 0.0, moment.front + _APPROACH.get(moment.phase, 0.0))
        self.step, self._timeline = step, None
        self._came_from, self._held, self._elapsed = before, moment, 0.0
        self._set_ticking()
        self.moved.emit()

    def finish(self) -> None:
        """Jump to the end of the step, if one is playing."""
        if self.step is not None:
            self.step = self._timeline = self._held = None
            self._set_ticking()
            self.moved.emit()
            self.finished.emit()

    def flow(self, on: bool) -> None:
        """Let gradient flow along the edges, or stop it."""
        self._flowing = on
        self._set_ticking()

    def advance(self, seconds: float) -> None:
        """Move the clock on."""
        self._elapsed += seconds
        self._phase += seconds * FLOW_SPEED
        moment = self.moment
        if moment is not None and moment.phase == "done":
            self.finish()
        else:
            self._set_ticking()
            self.moved.emit()

    def frame(self, scene: Scene) -> Frame:
        """What to paint now."""
        moment = self.moment if self._held is None else self._on_the_way(self._held)
        if self.step is not None and moment is not None:
            return frames.moment_of(scene, self.step, moment)
        return frames.flowing(scene, self._phase) if self._flowing else frames.still(scene)

    def _on_the_way(self, held: Moment) -> Moment:
        """Where the picture is between the moment it came from and the one it is to stand still at."""
        share, start = ease(min(self._elapsed / TRAVEL_SECONDS, 1.0)), self._came_from
        return Moment(
            held.phase,
            start.share + share * (held.share - start.share),
            start.front + share * (held.front - start.front),
        )

    def _set_ticking(self) -> None:
        if self._held is not None:
            wanted = self._elapsed < TRAVEL_SECONDS
        else:
            wanted = self._flowing or self.step is not None
        if wanted and not self._timer.isActive():
            self._clock.start()
            self._timer.start()
        elif not wanted:
            self._timer.stop()

    def _tick(self) -> None:
        self.advance(self._clock.restart() / 1000.0)
