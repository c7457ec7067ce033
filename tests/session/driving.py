"""Driving a session without widgets, and hearing what it says."""

import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from nnsim.data.scenes import find_scene
from nnsim.model.document import Document
from nnsim.session import control, worker, workshop
from nnsim.session.session import Session


class Heard:
    """What a session has said since."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.problems: list[str] = []
        self.engines: list[str] = []
        self.steps: list[tuple[int, float]] = []
        self.sizes: list[int] = []
        self.settled = self.diverged = self.idle = 0
        session.problem.connect(self.problems.append)
        session.engine_changed.connect(self.engines.append)
        session.stepped.connect(self._hear_step)
        session.snapshot_changed.connect(self._hear_snapshot)
        session.settled.connect(self._hear_settled)
        session.diverged.connect(self._hear_diverged)
        session.idle.connect(self._hear_idle)

    def _hear_step(self, snapshot: object, seconds: float) -> None:
        self.steps.append((snapshot.step, seconds))
        self._hear_snapshot(snapshot)

    def _hear_snapshot(self, snapshot: object) -> None:
        self.sizes.append(len(snapshot.parameters))

    def _hear_settled(self) -> None:
        self.settled += 1

    def _hear_diverged(self) -> None:
        self.diverged += 1

    def _hear_idle(self) -> None:
        self.idle += 1


def scene(name: str, **training: object) -> Document:
    """The document of a scene, with some training settings changed."""
    document = find_scene(name).document
    return replace(document, training=replace(document.training, **training))


def is_idle(session: Session) -> bool:
    """Whether everything asked for is computed and shown, and the timer has stopped."""
    return not session._frame_timer.isActive()


def wait_idle(qtbot, session: Session) -> None:
    """Wait until then."""
    qtbot.waitUntil(lambda: is_idle(session), timeout=30_000)


def run_until(qtbot, session: Session, condition) -> None:
    """Run until something holds of the newest snapshot, then pause."""
    session.run()
    qtbot.waitUntil(lambda: condition(session.snapshot), timeout=30_000)
    session.pause()
    wait_idle(qtbot, session)


def parameters(session: Session) -> bytes:
    """The weights, bit for bit, as far as the engine that may take over in between keeps them."""
    return session.snapshot.parameters.astype(np.float32).tobytes()


class Clock:
    """Shows what it is set to: no worker falls silent because the machine is busy."""

    now = 0.0

    def pass_patience(self) -> None:
        """Whoever has not answered meanwhile is silent."""
        self.now += control.PATIENCE + 1.0


def stop_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock with which workers are timed from now on."""
    clock = Clock()
    for module in (worker, workshop):
        monkeypatch.setattr(module, "time", SimpleNamespace(**{**vars(time), "monotonic": lambda: clock.now}))
    return clock
