"""The thread that computes: bounded work, and an end at once."""

import threading
import time
from itertools import pairwise
from types import SimpleNamespace

import pytest

from nnsim.data.load import load
from nnsim.engine.trainer import Trainer
from nnsim.session import workshop
from nnsim.session.pace import FASTEST, batches_in, opening_pace, updates_in
from nnsim.session.worker import Worker
from nnsim.session.workshop import Workshop
from tests.session.driving import scene


@pytest.fixture
def worker():
    document = scene("xor")
    worker = Worker()
    worker.start()
    worker.order(Workshop.load, document, load(document.data, document.training), None, "reference")
    yield worker
    worker.stop()


@pytest.fixture
def portions(monkeypatch):
    """A machine that makes at most a thousand updates a second; the portions it was given."""
    given, run_steps = [], Trainer.run_steps

    def slowly(self, steps):
        given.append(steps)
        time.sleep(steps / 1000)
        return run_steps(self, min(steps, 1))

    monkeypatch.setattr(Trainer, "run_steps", slowly)
    return given


def test_a_machine_that_cannot_keep_the_pace_does_not_fall_behind_without_end(worker, portions, qtbot):
    worker.order(Workshop.run, 10_000.0)
    qtbot.waitUntil(lambda: len(portions) > 12, timeout=20_000)
    # A slice of 15 ms has room for 15 of them.
    assert max(portions) <= 15


def test_stopping_does_not_wait_for_a_long_step(worker, portions, qtbot):
    order = worker.order(Workshop.step, 1_000_000)
    worker.order(Workshop.step, 1_000_000)
    qtbot.waitUntil(lambda: len(portions) > 2, timeout=20_000)
    assert worker.waiting
    worker.stop()
    assert sum(portions) < 10_000
    assert order == 2
    assert not [thread for thread in threading.enumerate() if thread.name == "nnsim-training"]


def test_stopping_twice_or_before_the_start_is_harmless(worker):
    worker.stop()
    worker.stop()
    Worker().stop()


def test_the_mailbox_is_emptied_once(worker, qtbot):
    qtbot.waitUntil(lambda: not worker.waiting, timeout=20_000)
    update = worker.take()
    assert (update.order, update.snapshot.step, update.error) == (1, 0, "")
    assert worker.take() is None


def test_orders_that_follow_fast_leave_the_newest_field_and_every_error(worker, qtbot, monkeypatch):
    def fail(self, steps):
        raise MemoryError("no memory")

    monkeypatch.setattr(Trainer, "run_steps", fail)
    worker.order(Workshop.step, 1)
    worker.order(Workshop.follow, 2)
    qtbot.waitUntil(lambda: not worker.waiting, timeout=20_000)
    update = worker.take()
    assert (update.order, update.error, update.snapshot.probe.index) == (3, "no memory", 2)
    assert update.field is not None


def test_a_field_that_nobody_took_is_not_shown_with_another_document(worker, qtbot):
    worker.order(Workshop.step, 1)
    qtbot.waitUntil(lambda: not worker.waiting, timeout=20_000)
    document = scene("scratch")
    worker.order(Workshop.load, document, load(document.data, document.training), None, "reference")
    qtbot.waitUntil(lambda: not worker.waiting, timeout=20_000)
    update = worker.take()
    assert len(update.snapshot.parameters) == 16
    # Three inputs have no plane.
    assert update.field is None


def test_a_regression_that_comes_while_exams_are_asked_for_is_not_examined():
    shop = Workshop(threading.Event())
    for name, has_exam in (("xor", True), ("curve", False), ("xor", True)):
        document = scene(name)
        shop.load(document, load(document.data, document.training), None, "reference")
        shop.examine(True)
        assert (shop.look(None, fresh=True).exam is not None) == has_exam


def test_the_field_costs_a_share_of_the_time_only(monkeypatch):
    clock, fields = SimpleNamespace(now=0.0), []

    def slow_field(domain, trainer):
        fields.append(clock.now)
        clock.now += 0.05
        return len(fields)

    document = scene("xor")
    shop = Workshop(threading.Event())
    shop.load(document, load(document.data, document.training), None, "reference")
    snapshot = shop.step(1)
    monkeypatch.setattr(workshop, "field_over", slow_field)
    monkeypatch.setattr(workshop, "time", SimpleNamespace(perf_counter=lambda: clock.now))
    for _ in range(100):
        shop.look(snapshot, fresh=False)
        clock.now += 0.01
    # Of 0.15 s each, 0.05 belong to the field.
    assert len(fields) > 3
    assert all(b - a == pytest.approx(0.16, abs=0.011) for a, b in pairwise(fields))


def test_paces():
    training = scene("xor").training
    assert batches_in(training, 4) == 4
    assert [updates_in(unit, training, 4) for unit in ("sample", "batch", "epoch")] == [1.0, 1.0, 4.0]
    batched = scene("xor", batch_size=3).training
    assert batches_in(batched, 4) == 2
    assert updates_in("sample", batched, 4) == 0.5
    assert batches_in(scene("xor", batch_size=0).training, 4) == 1
    # 500 epochs of 4 updates in 20 s are 100 a second; the next slower pace on offer is 60.
    assert opening_pace(training, 4) == 60.0
    assert opening_pace(training, 60_000) == FASTEST
    assert opening_pace(scene("xor", epochs=1).training, 4) == 1.0
