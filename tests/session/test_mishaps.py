"""What nobody catches is reported once, kept, and goes no further; tests still see it."""

import stat
import sys
import threading

import pytest
from PySide6.QtCore import QTimer

from nnsim.model.errors import DocumentError
from nnsim.session import mishaps as module
from nnsim.session.mishaps import MOST_REPORTS, Mishaps
from nnsim.session.workshop import Workshop
from tests.session.driving import Heard, wait_idle


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "autosave_dir", lambda: tmp_path / "autosave")
    return tmp_path / "autosave" / "reports"


@pytest.fixture
def mishaps(qapp):
    """Entered; what would be printed is kept instead."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    printed = []
    sys.excepthook = lambda *args: printed.append(args)
    threading.excepthook = sys.unraisablehook = printed.append
    with Mishaps() as entered:
        entered.printed = printed
        entered.reports = []
        entered.reported.connect(entered.reports.append)
        yield entered
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def _fail(words: str = "injected") -> None:
    raise RuntimeError(words)


def _in_a_timer(qtbot, mishaps, times: int = 1) -> None:
    """Fail in a slot of Qt's loop, so many times."""
    before = mishaps.count
    for _ in range(times):
        QTimer.singleShot(0, _fail)
    qtbot.waitUntil(lambda: mishaps.count == before + times)


def test_a_fault_in_a_slot_is_reported_with_where_it_happened(qtbot, mishaps, folder):
    _in_a_timer(qtbot, mishaps)
    (report,) = mishaps.reports
    assert report.fault == "RuntimeError: injected"
    assert "nnsim 0" in report.text
    assert "in _fail" in report.text
    assert report.path.parent == folder
    assert report.path.read_text("utf-8") == report.text
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_fault_of_every_frame_is_told_once(qtbot, mishaps, folder):
    _in_a_timer(qtbot, mishaps, times=200)
    assert mishaps.count == 200
    assert len(mishaps.reports) == len(mishaps.printed) == len(list(folder.iterdir())) == 1


def test_other_places_and_kinds_are_other_faults(qtbot, mishaps):
    _in_a_timer(qtbot, mishaps)
    QTimer.singleShot(0, lambda: [][0])
    qtbot.waitUntil(lambda: len(mishaps.reports) == 2)
    assert mishaps.reports[1].fault.startswith("IndexError")


def test_endless_new_faults_come_to_an_end(mishaps, folder):
    for number in range(3 * MOST_REPORTS):
        try:
            exec(compile("\n" * number + "1 / 0", "made", "exec"))
        except ZeroDivisionError:
            sys.excepthook(*sys.exc_info())
    assert mishaps.count == 3 * MOST_REPORTS
    assert len(mishaps.reports) == MOST_REPORTS
    assert len(list(folder.iterdir())) <= MOST_REPORTS


def test_a_fault_in_any_thread_is_reported(qtbot, mishaps):
    thread = threading.Thread(target=_fail, args=("elsewhere",), name="some-thread")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(mishaps.reports))
    assert mishaps.reports[0].fault == "RuntimeError: elsewhere"
    assert "some-thread" in mishaps.reports[0].text


def test_what_cannot_be_raised_is_reported_too(mishaps):
    class Failing:
        def __del__(self):
            _fail("while it goes")

    Failing()
    assert mishaps.reports[0].fault == "RuntimeError: while it goes"


def test_interrupts_are_no_faults(mishaps):
    for kind in (KeyboardInterrupt, SystemExit):
        sys.excepthook(kind, kind(), None)
    assert not mishaps.reports
    assert len(mishaps.printed) == 2


def test_where_nothing_can_be_written_it_is_told_all_the_same(mishaps, folder, tmp_path):
    (tmp_path / "autosave").write_text("no folder")
    try:
        _fail()
    except RuntimeError:
        sys.excepthook(*sys.exc_info())
    assert mishaps.reports[0].path is None
    assert "in _fail" in mishaps.reports[0].text


def test_the_hooks_are_given_back(qapp):
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    with Mishaps():
        assert sys.excepthook != before[0]
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


@pytest.mark.parametrize("quiet", [False, True])
def test_a_fault_of_the_training_thread_stops_training_and_is_raised_here(
    qtbot, open_session, monkeypatch, quiet
):
    session = open_session("xor")
    heard = Heard(session)

    def fail(*_):
        raise RuntimeError("injected in the worker")

    monkeypatch.setattr(Workshop, "keep" if quiet else "step_sample", fail)
    with qtbot.capture_exceptions() as caught:
        if quiet:
            session._worker.keep(None)
            session._watch()
        else:
            session.step()
        qtbot.waitUntil(lambda: bool(caught), timeout=20_000)
    assert [str(error[1]) for error in caught] == ["injected in the worker"]
    assert not session.running
    monkeypatch.undo()
    # The thread lives: what is asked for next is done.
    step = session.snapshot.step
    session.step()
    wait_idle(qtbot, session)
    assert session.snapshot.step == step + 1
    assert heard.problems == []


def test_what_a_user_can_do_something_about_is_told_in_its_own_words(qtbot, open_session, monkeypatch):
    session = open_session("xor")
    heard = Heard(session)

    def refuse(*_):
        raise DocumentError("network", "is too large")

    monkeypatch.setattr(Workshop, "step_sample", refuse)
    session.step()
    wait_idle(qtbot, session)
    assert heard.problems == ["network: is too large"]
