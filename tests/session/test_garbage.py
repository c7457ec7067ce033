"""Qt objects are only ever destroyed in the GUI thread."""

import gc

import pytest
from PySide6.QtCore import QObject

from nnsim import cli
from nnsim.data.scenes import find_scene
from nnsim.session import garbage
from nnsim.session.session import Session
from tests.session.driving import wait_idle


class Collector:
    """Python's own, but that it stays off where tests before have left a session hanging, whose threads
    must not collect."""

    def __init__(self):
        self._was_on = gc.isenabled()
        self._on = True

    def __getattr__(self, name):
        return getattr(gc, name)

    def enable(self):
        self._on = True
        if self._was_on:
            gc.enable()

    def disable(self):
        self._on = False
        gc.disable()

    def isenabled(self):
        return self._on


@pytest.fixture(autouse=True)
def collector(monkeypatch):
    """As at the start of a program: nobody holds."""
    found = Collector()
    monkeypatch.setattr(garbage, "_holders", 0)
    monkeypatch.setattr(garbage, "gc", found)
    return found


def test_no_thread_but_the_guis_collects_while_a_session_is_open(qtbot, collector):
    session = Session(find_scene("xor").document)
    try:
        assert not collector.isenabled()
        wait_idle(qtbot, session)
    finally:
        session.close()
    assert collector.isenabled()
    session.close()
    assert collector.isenabled()


def test_of_two_sessions_the_last_to_close_hands_collection_back(qtbot, collector):
    first, second = (Session(find_scene("xor").document) for _ in range(2))
    first.close()
    assert not collector.isenabled()
    second.close()
    assert collector.isenabled()


def test_what_is_due_is_collected():
    gone = []
    garbage.hold()
    try:
        knot = QObject()
        knot.itself = [knot]
        knot.destroyed.connect(lambda: gone.append(True))
        del knot
        filler = [[] for _ in range(2 * gc.get_threshold()[0])]
        garbage.collect()
        assert gone
        assert filler
    finally:
        garbage.release()


def test_what_is_loaded_is_not_looked_through_again(qtbot, monkeypatch):
    session = Session(find_scene("xor").document)
    before = gc.get_freeze_count()
    try:
        # As if the compiled engine had just been loaded.
        monkeypatch.setattr(session._warmup, "take_finished", lambda: True)
        qtbot.waitUntil(lambda: gc.get_freeze_count() > before, timeout=10_000)
    finally:
        session.close()
        gc.unfreeze()


def test_nothing_is_collected_while_the_window_is_loaded(monkeypatch, collector):
    found = []
    monkeypatch.setattr("nnsim.app.run", lambda *_: found.append(collector.isenabled()) or 0)
    monkeypatch.setattr("nnsim.cli._window_can_open", lambda: True)
    assert cli.main([]) == 0
    assert found == [False]
    assert collector.isenabled()
