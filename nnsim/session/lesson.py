"""One pass of learning, walked through: which step is shown, how finely it is cut, what is in focus."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from nnsim.engine.snapshot import Probe, Snapshot
from nnsim.lesson.focus import Focus
from nnsim.lesson.steps import Step, steps
from nnsim.lesson.trace import Trace


class Lesson(QObject):
    """A trace and a place in it. Going back is an index, not a computation.

    Parameters
    ----------
    trace : Trace
    numbers : tuple of int
        Training samples of the batch.
    snapshot : Snapshot
        Where training stands; the pass starts from there and changes nothing.
    grain : str
        One of :data:`nnsim.lesson.grains.GRAINS`.

    Signals
    -------
    moved : the step, the grain or the focus is another one
    """

    moved = Signal()

    def __init__(
        self, trace: Trace, numbers: tuple[int, ...], snapshot: Snapshot, grain: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.trace = trace
        self.numbers = numbers
        self.staged = _staged(trace, numbers, snapshot)
        self.grain = grain
        self.steps: tuple[Step, ...] = steps(trace, grain)
        self.index = 0
        self.focus: Focus | None = None

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self.index]

    @property
    def at_end(self) -> bool:
        """Whether the step shown is the last."""
        return self.index == len(self.steps) - 1

    def go(self, index: int) -> None:
        """Show a step; numbers beyond the ends mean the ends."""
        index = min(max(index, 0), len(self.steps) - 1)
        if index != self.index:
            self.index = index
            self.moved.emit()

    def set_focus(self, focus: Focus | None) -> None:
        """Turn the formulas into those of one node or edge; None: of all."""
        if focus != self.focus:
            self.focus = focus
            self.moved.emit()

    def set_grain(self, grain: str) -> None:
        """Cut the pass otherwise, staying in the same phase."""
        phase = self.step.phase
        self.grain, self.steps = grain, steps(self.trace, grain)
        phases = [step.phase for step in self.steps]
        self.index = phases.index(phase) if phase in phases else 0
        self.moved.emit()


def _staged(trace: Trace, numbers: tuple[int, ...], snapshot: Snapshot) -> Snapshot:
    """The pass as the stage shows it: before, gradient, update, and the parameters after it."""
    probe = _probe(trace, numbers[0])
    return replace(
        snapshot,
        parameters=trace.after.theta,
        probe=probe,
        before=probe,
        last_gradient=trace.gradient,
        last_update=trace.after.theta - trace.before.theta,
        last_batch=np.array(numbers, np.int64),
    )


def _probe(trace: Trace, index: int) -> Probe:
    layers = range(trace.last + 1)
    return Probe(
        index=index,
        x=trace.x[0],
        y=trace.y[0],
        activations=tuple(trace.value("a", layer)[0] for layer in layers),
        pre_activations=(None, *(trace.value("z", layer)[0] for layer in layers[1:])),
        # A batch's loss is a mean or a sum; δ here is this sample's share of it.
        deltas=(None, *(_first(trace.slope("z", layer)) for layer in layers[1:])),
        gradient=trace.gradient,
        loss=float(trace.shares[0]),
        place=1 if trace.samples > 1 else 0,
    )


def _first(matrix: np.ndarray | None) -> np.ndarray | None:
    return None if matrix is None else matrix[0]
