"""A fault is told in the window with a report to copy, and the window goes on."""

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from nnsim.session import mishaps as module
from nnsim.session.mishaps import Mishaps
from nnsim.ui.mishap_words import MishapWords


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "autosave_dir", lambda: tmp_path / "autosave")
    return tmp_path / "autosave" / "reports"


@pytest.fixture
def mishaps(qapp):
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook = threading.excepthook = sys.unraisablehook = lambda *_: None
    with Mishaps() as entered:
        yield entered
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def _fail() -> None:
    raise RuntimeError("injected")


def test_it_is_said_in_words_and_its_report_can_be_copied(qtbot, open_window, mishaps, folder):
    window = open_window("xor")
    kept = []
    notice = window.stage.notice
    MishapWords(mishaps, notice, lambda: kept.append(notice.isVisible()))
    QTimer.singleShot(0, _fail)
    qtbot.waitUntil(notice.isVisible)
    assert "(RuntimeError: injected)" in notice.text
    assert "Traceback" not in notice.text
    # A copy was kept before anything was said.
    assert kept == [False]
    (copy,) = notice.buttons
    assert copy.toolTip()
    copy.click()
    assert "in _fail" in QGuiApplication.clipboard().text()
    assert notice.text.startswith("The report is on the clipboard")
    assert str(next(folder.iterdir()).name) in notice.text
    notice.close_button.click()
    QTimer.singleShot(0, _fail)
    qtbot.waitUntil(lambda: mishaps.count == 2)
    qtbot.wait(20)
    assert not notice.isVisible()


def test_a_fault_of_another_thread_is_told_in_the_windows_own(qtbot, open_window, mishaps):
    window = open_window("xor")
    MishapWords(mishaps, window.stage.notice)
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(window.stage.notice.isVisible)


_APP = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from nnsim import app
from nnsim.data.scenes import find_scene
from nnsim.session import autosave
from nnsim.ui.digits.draw_window import DrawBoard
from nnsim.ui.graph.stage import StagePainter
from nnsim.ui.main_window import MainWindow

frames = []

def fail(*args):
    frames.append(1)
    raise RuntimeError("in every frame")

def quit_when_seen():
    for window in QApplication.topLevelWidgets():
        if isinstance(window, (MainWindow, DrawBoard)) and window.isVisible():
            notice = window.stage.notice if isinstance(window, MainWindow) else window.notice
            if not BOARD:
                window.stage.canvas.update()
            if notice.isVisible() and (BOARD or len(frames) > 20):
                print(notice.text, flush=True)
                if not BOARD:
                    window.files.abandon()
                window.close()
                QApplication.quit()

BOARD = sys.argv[1] == "board"
StagePainter.paint = fail
app.FirstPaint = lambda widget, call: type("Never", (), {"cancel": lambda self: None})()
timer = QTimer()
timer.timeout.connect(quit_when_seen)
app.make_application()
timer.start(10)
if BOARD:
    QTimer.singleShot(0, fail)
sys.exit(app.run_board(None) if BOARD else app.run(find_scene("xor"), "dark"))
"""


@pytest.mark.parametrize("what", ["window", "board"])
def test_the_program_goes_on_where_every_frame_fails(what):
    done = subprocess.run([sys.executable, "-c", _APP, what], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    assert "(RuntimeError: in every frame)" in done.stdout
    assert done.stderr.count("Traceback") <= 2, done.stderr
