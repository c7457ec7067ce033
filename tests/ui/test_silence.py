"""Words and buttons for a calculation that does not answer."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from nnsim.engine.trainer import Trainer
from nnsim.model.files import open_file
from tests.session.driving import stop_clock


@pytest.fixture
def hung(open_window, qtbot, monkeypatch):
    """A window after one step, whose second one hangs."""
    window = open_window("xor")
    over, started, train = threading.Event(), [], Trainer._train
    window.session.step()
    qtbot.waitUntil(lambda: window.session.snapshot.step == 1, timeout=30_000)

    def hanging(self, n):
        if not started:
            started.append(threading.current_thread())
            clock.pass_patience()
            over.wait()
        return train(self, n)

    clock = stop_clock(monkeypatch)
    monkeypatch.setattr(Trainer, "_train", hanging)
    window.session.step()
    qtbot.waitUntil(lambda: window.stage.notice.isVisible(), timeout=30_000)
    yield window, over
    over.set()
    if window.session._worker._thread is not started[0]:
        started[0].join()


def test_it_is_said_and_another_calculation_takes_over(hung, qtbot):
    window, _ = hung
    notice = window.stage.notice
    assert "has not answered" in notice.text
    assert [button.text() for button in notice.buttons] == ["Save and restart", "Restart"]
    assert "keeps one processor core busy" in notice.buttons[1].toolTip()
    qtbot.mouseClick(notice.buttons[1], Qt.MouseButton.LeftButton)
    assert not notice.isVisible()
    assert "step 1" in window.statusBar().currentMessage()
    window.session.step()
    qtbot.waitUntil(lambda: window.session.snapshot.step == 2, timeout=30_000)
    assert not notice.isVisible()


def test_it_can_be_saved_first(hung, qtbot, tmp_path):
    window, _ = hung
    shown = window.session.snapshot.parameters.copy()
    window.scene_name = str(tmp_path / "kept.nnsim")
    window.files.on_disk.take(None)
    qtbot.mouseClick(window.stage.notice.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil((tmp_path / "kept.nnsim").exists, timeout=30_000)
    saved = open_file(tmp_path / "kept.nnsim")[1]
    assert saved.astype("f4").tobytes() == shown.astype("f4").tobytes()


def test_words_go_when_it_answers_after_all(hung, qtbot):
    window, over = hung
    over.set()
    qtbot.waitUntil(lambda: not window.stage.notice.isVisible(), timeout=30_000)
    assert window.session.snapshot.step == 2


@pytest.mark.parametrize(("size", "below"), [((1024, 700), False), ((1600, 900), False)])
def test_the_buttons_leave_room_for_the_words(open_window, qtbot, size, below):
    window = open_window("xor")
    window.resize(*size)
    notice = window.stage.notice
    window.session.silence_changed.emit(True)
    words = notice.findChild(QLabel)
    qtbot.waitUntil(lambda: (notice.buttons[0].y() > words.geometry().bottom()) == below, timeout=10_000)
    assert words.width() > notice.width() / 2
    assert words.height() >= words.heightForWidth(words.width())
    assert all(notice.rect().contains(button.geometry()) for button in notice.buttons)
