"""Large data arrives while the window is already open."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from nnsim.data.load import load
from nnsim.model.data import ToyData
from nnsim.model.errors import DocumentError
from nnsim.session import loading
from tests.session.driving import Heard, is_idle, parameters, scene, wait_idle


@pytest.fixture
def gate(monkeypatch):
    """Toys are slow from now on: all their samples come when the gate is opened, the first four at once."""
    opened = threading.Event()

    def slow_load(data, training):
        if isinstance(data, ToyData):
            assert opened.wait(20)
        return load(data, training)

    def first_four(data, training):
        whole = load(data, training)
        return replace(whole, x=whole.x[:4], y=whole.y[:4])

    monkeypatch.setattr(loading, "is_slow", lambda data: isinstance(data, ToyData))
    monkeypatch.setattr(loading, "load", slow_load)
    monkeypatch.setattr(loading, "preview", first_four)
    yield opened
    opened.set()


def test_a_few_samples_are_there_at_once_and_the_rest_follows(gate, open_session, qtbot):
    session = open_session(scene("playground"), settle=False)
    exchanged = []
    session.data_changed.connect(lambda: exchanged.append(session.dataset.samples))
    qtbot.waitUntil(lambda: session.snapshot is not None)
    assert session.loading
    assert session.dataset.samples == 4
    before = parameters(session)
    gate.set()
    wait_idle(qtbot, session)
    assert not session.loading
    assert exchanged == [210]
    assert parameters(session) == before


def test_steps_and_runs_wait_for_the_samples(gate, open_session, qtbot):
    session = open_session(scene("playground"), settle=False)
    session.step_silently(3)
    session.run()
    qtbot.wait(100)
    assert session.running
    assert session.snapshot.step == 0
    gate.set()
    qtbot.waitUntil(lambda: session.snapshot.step > 10, timeout=20_000)
    assert session.snapshot.batches == 21
    session.pause()
    wait_idle(qtbot, session)


def test_another_document_meanwhile_is_not_given_the_old_samples(gate, open_session, qtbot):
    session = open_session(scene("playground"), settle=False)
    session.step_silently(3)
    session.open(scene("xor"))
    gate.set()
    wait_idle(qtbot, session)
    assert session.dataset.samples == 4
    np.testing.assert_array_equal(session.dataset.y[:, 0], (0, 1, 1, 0))
    assert session.snapshot.step == 0


def test_what_is_wanted_last_is_what_arrives(gate, open_session, qtbot):
    document = scene("playground")
    session = open_session(document, settle=False)
    moons = replace(document, data=replace(document.data, name="moons", samples=50))
    session.edit("Dataset", moons)
    gate.set()
    wait_idle(qtbot, session)
    expected = load(moons.data, moons.training)
    np.testing.assert_array_equal(session.dataset.x, expected.x)


def test_samples_that_cannot_be_fetched_are_told(gate, open_session, qtbot, monkeypatch):
    def fail(data, training):
        raise DocumentError("", "the file is damaged")

    monkeypatch.setattr(loading, "load", fail)
    session = open_session(scene("playground"), settle=False)
    heard = Heard(session)
    session.run()
    qtbot.waitUntil(lambda: bool(heard.problems), timeout=20_000)
    assert heard.problems == ["the file is damaged"]
    assert not session.running
    wait_idle(qtbot, session)
    assert is_idle(session)


def test_closing_while_samples_are_under_way_waits_for_the_thread(gate, open_session, qtbot):
    session = open_session(scene("playground"), settle=False)
    threading.Timer(0.1, gate.set).start()
    session.close()
    assert not any(thread.name == "nnsim-data" for thread in threading.enumerate())
