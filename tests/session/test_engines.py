"""From the reference engine to the compiled one, and what may go wrong on the way."""

import subprocess
import sys

import numpy as np
import pytest

from nnsim.engine import jit
from nnsim.session import warmup
from nnsim.session.pace import FASTEST
from tests.session.driving import Heard, wait_idle

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
FAIL = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture
def children(monkeypatch) -> list[subprocess.Popen]:
    """As on a machine that has compiled nothing yet; the child processes that are started."""
    started: list[subprocess.Popen] = []

    monkeypatch.setattr(warmup.subprocess, "Popen", recording(subprocess.Popen, started))
    monkeypatch.setattr(jit, "_loaded", {})
    monkeypatch.setattr(jit, "is_cached", lambda names: False)
    return started


def recording(start, started):
    """Starts processes and keeps them."""

    def start_one(*args, **kwargs):
        started.append(start(*args, **kwargs))
        return started[-1]

    return start_one


def test_training_changes_over_to_the_compiled_engine_by_itself(open_session, qtbot, children):
    session = open_session("xor")
    heard = Heard(session)
    session.set_pace(500.0)
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 5, timeout=20_000)
    session.warm_up()
    assert session.warming_up
    assert session.snapshot.engine == "reference"
    qtbot.waitUntil(lambda: session.snapshot.engine == "jit", timeout=120_000)
    step, weights = session.snapshot.step, session.snapshot.parameters
    assert session.running
    assert weights.dtype == np.float32
    qtbot.waitUntil(lambda: session.snapshot.step > step, timeout=20_000)
    epochs = session.history.columns()[0]
    assert (np.diff(epochs) > 0).all()
    assert len(epochs) > 5
    assert (heard.engines, heard.problems) == (["jit"], [])
    assert [child.args for child in children] == [jit.command(jit.needed(session.document))]
    assert children[0].returncode == 0
    assert not session.warming_up


def test_where_the_child_fails_it_is_compiled_here(open_session, qtbot, children, monkeypatch):
    monkeypatch.setattr(jit, "command", lambda names: FAIL)
    session = open_session("xor")
    heard = Heard(session)
    session.warm_up()
    qtbot.waitUntil(lambda: session.engine == "jit", timeout=120_000)
    assert children[0].returncode == 3
    assert heard.problems == []


def test_where_no_child_can_be_started_it_is_compiled_here(open_session, qtbot, children, monkeypatch):
    monkeypatch.setattr(jit, "command", lambda names: ["/nowhere/python"])
    session = open_session("xor")
    session.warm_up()
    qtbot.waitUntil(lambda: session.engine == "jit", timeout=120_000)
    assert children == []


def test_where_nothing_compiles_the_reference_engine_goes_on_and_it_is_said_once(
    open_session, qtbot, children, monkeypatch
):
    def fail(names):
        raise OSError("no compiler")

    monkeypatch.setattr(jit, "command", lambda names: FAIL)
    monkeypatch.setattr(jit, "load", fail)
    session = open_session("xor")
    heard = Heard(session)
    session.warm_up()
    wait_idle(qtbot, session)
    assert len(heard.problems) == 1
    assert "no compiler" in heard.problems[0]
    session.edit_optimizer("Optimizer", kind="adam")
    session.step()
    wait_idle(qtbot, session)
    assert (session.snapshot.step, session.snapshot.engine) == (1, "reference")
    assert len(heard.problems) == len(children) == 1


def test_an_edit_that_needs_more_is_served_meanwhile(open_session, qtbot, children):
    session = open_session("xor")
    session.warm_up()
    qtbot.waitUntil(lambda: session.engine == "jit", timeout=120_000)
    heard = Heard(session)
    session.set_pace(FASTEST)
    session.run()
    session.edit_optimizer("Optimizer", kind="momentum")
    assert session.engine == "reference"
    qtbot.waitUntil(lambda: session.snapshot.engine == "reference", timeout=20_000)
    qtbot.waitUntil(lambda: session.snapshot.engine == "jit", timeout=120_000)
    assert session.running
    assert heard.engines == ["reference", "jit"]


def test_an_edit_taken_back_compiles_nothing_in_the_training_thread(
    open_session, qtbot, children, monkeypatch
):
    session = open_session("xor")
    session.warm_up()
    qtbot.waitUntil(lambda: session.engine == "jit", timeout=120_000)
    monkeypatch.setattr(jit, "command", lambda names: SLEEP)
    session.edit_optimizer("Optimizer", kind="rmsprop")
    session.undo_stack.undo()
    session.step()
    qtbot.waitUntil(lambda: session.snapshot.step == 1, timeout=20_000)
    assert session.snapshot.engine == session.engine == "jit"
    assert "update.rmsprop" not in jit._loaded


def test_two_edits_while_compiling_are_made_ready_one_after_the_other(open_session, qtbot, children):
    session = open_session("xor")
    session.warm_up()
    session.edit_optimizer("Optimizer", kind="adam")
    session.edit_optimizer("Optimizer", kind="nesterov")
    qtbot.waitUntil(lambda: session.engine == "jit", timeout=120_000)
    assert jit.is_loaded(["update.nesterov"])
    assert not jit.is_loaded(["update.adam"])
    assert len(children) == 2


def test_closing_while_compiling_ends_the_child(open_session, qtbot, children, monkeypatch):
    monkeypatch.setattr(jit, "command", lambda names: SLEEP)
    session = open_session("xor")
    session.warm_up()
    qtbot.waitUntil(lambda: bool(children), timeout=20_000)
    assert session.warming_up
    session.run()
    session.close()
    assert children[0].returncode is not None
    assert not session.warming_up


def test_closing_while_compiling_here_does_not_wait_for_all_of_it(open_session, qtbot, children, monkeypatch):
    monkeypatch.setattr(jit, "command", lambda names: FAIL)
    session, asked = open_session("xor"), []

    def load(names):
        asked.append(names)
        session._warmup._stopping.set()

    monkeypatch.setattr(jit, "load", load)
    session.warm_up()
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    session.close()
    assert asked == [("run",)]
