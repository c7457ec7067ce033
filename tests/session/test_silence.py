"""A worker that does not answer: it is noticed, and another one takes over."""

import threading
import time

import numpy as np
import pytest

from nnsim.engine.trainer import Trainer
from nnsim.session import control
from nnsim.session.pace import FASTEST
from tests.session.driving import parameters, stop_clock, wait_idle


@pytest.fixture
def clock(monkeypatch):
    return stop_clock(monkeypatch)


@pytest.fixture
def hang(monkeypatch, clock):
    """Hangs the next training for as long as a test lasts; later ones go well."""
    hangs, over, train, started = threading.Event(), threading.Event(), Trainer._train, []

    def hanging(self, n):
        if hangs.is_set() and not started:
            started.append(threading.current_thread())
            clock.pass_patience()
            over.wait()
        return train(self, n)

    monkeypatch.setattr(Trainer, "_train", hanging)
    yield hangs.set
    over.set()
    for thread in started:
        thread.join()


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_another_worker_goes_on_from_what_was_published_last(open_session, qtbot, hang, optimizer):
    session, heard = open_session("playground"), []
    session.silence_changed.connect(heard.append)
    session.edit_optimizer("Optimizer", kind=optimizer)
    session.follow(3)
    session.set_step_unit("batch")
    for _ in range(3):
        session.step()
        wait_idle(qtbot, session)
    before, state = parameters(session), session._worker._shop._trainer.state
    hang()
    session.step()
    qtbot.waitUntil(lambda: heard == [True], timeout=30_000)
    assert session.silent
    session.restart()
    wait_idle(qtbot, session)
    assert heard == [True, False]
    assert parameters(session) == before
    after = session._worker._shop._trainer.state
    for name in ("step", "epoch", "cursor", "count"):
        assert getattr(after, name) == getattr(state, name), name
    for name in ("theta", "m", "v"):
        assert np.array_equal(getattr(after, name), getattr(state, name)), name
    assert session.snapshot.probe.index == 3
    assert len(session.history.columns()[0]) >= 3
    session.step()
    wait_idle(qtbot, session)
    assert session.snapshot.step == 4


def test_a_run_that_hangs_can_be_given_up_and_taken_back(open_session, qtbot, hang):
    session = open_session("xor")
    start = parameters(session)
    session.set_pace(FASTEST)
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 10, timeout=30_000)
    hang()
    qtbot.waitUntil(lambda: session.silent, timeout=30_000)
    session.restart()
    assert not session.running
    wait_idle(qtbot, session)
    reached = session.snapshot.step
    assert reached > 10
    session.undo()
    wait_idle(qtbot, session)
    assert parameters(session) == start
    session.redo()
    wait_idle(qtbot, session)
    assert session.snapshot.step == reached


def test_a_worker_that_hangs_at_the_very_start(open_session, qtbot, clock, monkeypatch):
    hung, over, snapshot = [], threading.Event(), Trainer.snapshot

    def hanging(self):
        if not hung:
            hung.append(threading.current_thread())
            clock.pass_patience()
            over.wait()
        return snapshot(self)

    monkeypatch.setattr(Trainer, "snapshot", hanging)
    session = open_session("xor", settle=False)
    qtbot.waitUntil(lambda: session.silent, timeout=30_000)
    assert session.snapshot is None
    session.restart()
    wait_idle(qtbot, session)
    assert session.snapshot.step == 0
    over.set()
    hung[0].join()


def test_a_worker_that_answers_late_is_heard_again(open_session, qtbot, clock, monkeypatch):
    late, train = threading.Event(), Trainer._train

    def waits(self, n):
        clock.pass_patience()
        late.wait()
        return train(self, n)

    monkeypatch.setattr(Trainer, "_train", waits)
    session, heard = open_session("xor"), []
    session.silence_changed.connect(heard.append)
    session.step()
    qtbot.waitUntil(lambda: heard == [True], timeout=30_000)
    late.set()
    wait_idle(qtbot, session)
    assert heard == [True, False]
    assert session.snapshot.step == 1


def test_a_long_order_that_gets_on_is_not_silent(open_session, qtbot, clock, monkeypatch):
    run_steps, portions = Trainer.run_steps, []

    def slowly(self, steps):
        portions.append(steps)
        clock.now += control.PATIENCE / 4
        # Long enough for the session to look.
        time.sleep(0.05)
        return run_steps(self, steps)

    monkeypatch.setattr(Trainer, "run_steps", slowly)
    monkeypatch.setattr("nnsim.session.workshop.SLICE", 0.0)
    session, heard = open_session("xor"), []
    session.silence_changed.connect(heard.append)
    session.step_silently(12)
    wait_idle(qtbot, session)
    assert (len(portions), heard) == (12, [])


def test_closing_does_not_wait_for_a_worker_that_hangs(open_session, qtbot, hang):
    session = open_session("xor")
    hang()
    session.step()
    qtbot.waitUntil(lambda: session.silent, timeout=30_000)
    session.close()
    assert session._worker._thread.is_alive()
