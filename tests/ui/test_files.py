"""Files in the real window: saved, opened, dropped, remembered, and never lost by mistake."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox

from nnsim.data.scenes import find_scene
from nnsim.model.document import Document
from nnsim.model.files import open_file, save_file
from nnsim.session.recent import MOST
from nnsim.ui import files as files_module
from nnsim.ui.digits.canvas import DrawingCanvas
from nnsim.ui.file_dialogs import CANCEL, DISCARD, MINE, SAVE, SAVE_AS, THEIRS
from tests.session.driving import parameters, wait_idle
from tests.ui.test_keys import press
from tests.ui.test_panels import choose

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Answers:
    """Stands in for the dialogs: what is asked is noted, and answered as told before."""

    def __init__(
        self, path: Path | None = None, unsaved: str = CANCEL, name: str = "", changed: str = CANCEL
    ) -> None:
        self.changed = changed
        self.path, self.unsaved, self.name, self.replace = path, unsaved, name, True
        self.asked: list[str] = []

    def ask_open(self, title, folder, kinds, answer):
        self.asked.append("open")
        if self.path is not None:
            answer(str(self.path))

    def ask_save(self, title, suggested, kinds, answer):
        self.asked.append("save")
        self.suggested = suggested
        if self.path is not None:
            answer(str(self.path))

    def ask_unsaved(self, name, answer):
        self.asked.append(f"unsaved {name}")
        answer(self.unsaved)

    def ask_changed(self, name, answer):
        self.asked.append(f"changed {name}")
        answer(self.changed)

    def ask_name(self, title, label, suggested, answer):
        self.asked.append("name")
        answer(self.name)

    def ask_replace(self, name, answer):
        self.asked.append("replace")
        if self.replace:
            answer(name)


@pytest.fixture
def saved(tmp_path) -> Path:
    """A file of the XOR network with weights of its own."""
    path = tmp_path / "mine.nnsim"
    document = find_scene("xor").document
    save_file(path, document, np.linspace(-1, 1, 17).astype(np.float32))
    return path


def answer(window, **answers) -> Answers:
    window.files.dialogs = Answers(**answers)
    return window.files.dialogs


def edit(window, rate: float = 0.125) -> Document:
    """An edit that is worth keeping."""
    window.session.edit_optimizer("Learning rate", learning_rate=rate)
    return window.session.document


# --- saving


def test_save_asks_once_and_then_saves_to_the_same_file(open_window, qtbot, tmp_path):
    window = open_window()
    path = tmp_path / "first.nnsim"
    asked = answer(window, path=path)
    press(qtbot, window, Key.Key_S, CTRL)
    assert asked.asked == ["save"]
    assert asked.suggested.suffix == ".nnsim"
    document, weights = open_file(path)
    assert document == window.session.document
    assert weights.tolist() == pytest.approx(window.session.snapshot.parameters.tolist())
    assert window.scene_name == str(path)
    assert window.bar.scene.currentText() == "first"
    press(qtbot, window, Key.Key_Right)
    wait_idle(qtbot, window.session)
    assert window.isWindowModified()
    press(qtbot, window, Key.Key_S, CTRL)
    assert asked.asked == ["save"]
    assert not window.isWindowModified()
    assert open_file(path)[1].tolist() != weights.tolist()


def test_saved_opened_and_saved_again_is_the_same_file(open_window, qtbot, saved, tmp_path):
    window = open_window()
    window.files.open(str(saved))
    wait_idle(qtbot, window.session)
    other = tmp_path / "other.nnsim"
    answer(window, path=other)
    press(qtbot, window, Key.Key_S, CTRL | SHIFT)
    assert other.read_bytes() == saved.read_bytes()
    assert window.files.path == other


def test_what_was_just_edited_is_saved_with_weights_that_fit(open_window, qtbot, tmp_path):
    window = open_window()
    session = window.session
    hidden = session.document.network.layers[1]
    network = session.document.network.with_layer(1, replace(hidden, units=9))
    session.edit("Nine units", replace(session.document, network=network))
    path = tmp_path / "nine.nnsim"
    answer(window, path=path)
    window.actions_by_name["save"].trigger()
    qtbot.waitUntil(path.exists, timeout=10_000)
    assert open_file(path)[0].network == network
    assert not window.isWindowModified()


def test_the_title_names_the_file_and_marks_what_is_not_saved(open_window, saved):
    window = open_window()
    assert window.windowTitle().endswith("[*] — nnsim")
    window.files.open(str(saved))
    assert window.windowTitle() == "mine.nnsim[*] — nnsim"
    assert not window.isWindowModified()
    edit(window)
    assert window.isWindowModified()
    window.session.undo()
    assert not window.isWindowModified()


def test_the_real_dialog_saves_and_adds_the_ending(open_window, qtbot, tmp_path):
    window = open_window()
    window.actions_by_name["save_as"].trigger()
    dialog = window.findChild(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    field = dialog.findChild(QLineEdit)
    field.clear()
    qtbot.keyClicks(field, "by hand")
    qtbot.keyClick(field, Key.Key_Return)
    path = tmp_path / "by hand.nnsim"
    qtbot.waitUntil(path.exists, timeout=10_000)
    assert open_file(path)[0] == window.session.document


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (PermissionError(13, "Permission denied"), "you may not write there"),
        (OSError(28, "No space left on device"), "the disk is full"),
        (OSError(5, "Input/output error"), "Input/output error"),
    ],
)
def test_a_save_that_fails_says_why_and_loses_nothing(open_window, qtbot, saved, monkeypatch, fault, words):
    window = open_window()
    window.files.open(str(saved))
    before = saved.read_bytes()
    edit(window)
    wait_idle(qtbot, window.session)

    def fail(_: int) -> None:
        raise fault

    monkeypatch.setattr(os, "fsync", fail)
    window.actions_by_name["save"].trigger()
    assert words in window.stage.notice.text
    assert "mine.nnsim" in window.stage.notice.text
    assert window.stage.notice.isVisible()
    assert window.isWindowModified()
    assert saved.read_bytes() == before


def test_a_folder_that_is_gone(open_window, tmp_path):
    window = open_window()
    answer(window, path=tmp_path / "gone" / "a.nnsim")
    window.actions_by_name["save"].trigger()
    assert "the folder is not there any more" in window.stage.notice.text
    assert window.files.path is None


# --- two windows, one file


def written_by_another(path: Path) -> bytes:
    """Another window saves the same file; what it holds then."""
    save_file(path, find_scene("xor").document, np.full(17, 0.25, np.float32))
    return path.read_bytes()


def opened_and_edited(open_window, qtbot, path: Path):
    window = open_window()
    window.files.open(str(path))
    edit(window)
    wait_idle(qtbot, window.session)
    return window


@pytest.mark.parametrize("which", [MINE, THEIRS, SAVE_AS, CANCEL])
def test_a_file_that_another_has_written_meanwhile_is_asked_about(open_window, qtbot, saved, tmp_path, which):
    window = opened_and_edited(open_window, qtbot, saved)
    theirs = written_by_another(saved)
    asked = answer(window, path=tmp_path / "other.nnsim", changed=which)
    press(qtbot, window, Key.Key_S, CTRL)
    wait_idle(qtbot, window.session)
    assert asked.asked[0] == "changed mine.nnsim"
    assert (saved.read_bytes() == theirs) == (which != MINE)
    assert window.isWindowModified() == (which == CANCEL)
    assert window.files.path == (tmp_path / "other.nnsim" if which == SAVE_AS else saved)
    if which == THEIRS:
        assert np.all(window.session.snapshot.parameters == 0.25)
    if which in (MINE, THEIRS):
        edit(window, 0.0625)
        wait_idle(qtbot, window.session)
        press(qtbot, window, Key.Key_S, CTRL)
        assert asked.asked == ["changed mine.nnsim"]
        assert not window.isWindowModified()


def test_who_comes_back_to_the_window_is_told_once_and_can_go_over(open_window, qtbot, saved):
    window = open_window()
    window.files.open(str(saved))
    wait_idle(qtbot, window.session)
    notice = window.stage.notice

    def come_back() -> None:
        QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))

    come_back()
    assert not notice.isVisible()
    written_by_another(saved)
    come_back()
    assert "mine.nnsim” has changed on disk" in notice.text
    notice.hide()
    come_back()
    assert not notice.isVisible()
    written_by_another(saved)
    come_back()
    qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    wait_idle(qtbot, window.session)
    assert np.all(window.session.snapshot.parameters == 0.25)
    assert not notice.isVisible()


def test_saving_twice_and_a_file_that_is_gone_ask_nothing(open_window, qtbot, saved):
    window = opened_and_edited(open_window, qtbot, saved)
    asked = answer(window)
    press(qtbot, window, Key.Key_S, CTRL)
    saved.unlink()
    press(qtbot, window, Key.Key_S, CTRL)
    assert saved.exists()
    assert asked.asked == []


@pytest.mark.parametrize(("which", "closed"), [(THEIRS, True), (MINE, True), (CANCEL, False)])
def test_saving_before_closing_asks_about_it_too(open_window, qtbot, saved, which, closed):
    window = opened_and_edited(open_window, qtbot, saved)
    theirs = written_by_another(saved)
    answer(window, unsaved=SAVE, changed=which)
    window.close()
    qtbot.waitUntil(lambda: window.isVisible() != closed, timeout=5_000)
    assert (saved.read_bytes() == theirs) == (which != MINE)


@pytest.mark.parametrize(
    ("words", "is_theirs"), [("Keep mine", False), ("Keep theirs", True), ("Cancel", True)]
)
def test_the_real_question_about_two_versions(open_window, qtbot, saved, words, is_theirs):
    window = opened_and_edited(open_window, qtbot, saved)
    theirs = written_by_another(saved)
    window.actions_by_name["save"].trigger()
    box = window.findChild(QMessageBox)
    assert "mine.nnsim" in box.text()
    button = next(b for b in box.buttons() if b.text().replace("&", "") == words)
    assert button.toolTip() or words == "Cancel"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, window.session)
    assert (saved.read_bytes() == theirs) == is_theirs
    assert window.isWindowModified() == (words == "Cancel")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_what_is_no_ordinary_file_is_neither_written_nor_replaced(open_window, qtbot, tmp_path):
    window = open_window()
    path = tmp_path / "null.nnsim"
    path.symlink_to("/dev/null")
    answer(window, path=path)
    window.actions_by_name["save"].trigger()
    assert "no ordinary file" in window.stage.notice.text
    assert path.is_symlink()


# --- new, opening, recent files


def test_new_is_an_untitled_network_with_a_start_of_its_own(open_window, qtbot, tmp_path):
    window = open_window()
    seeds = set()
    for _ in range(3):
        press(qtbot, window, Key.Key_N, CTRL)
        wait_idle(qtbot, window.session)
        seeds.add(window.session.document.training.seed)
    assert len(seeds) > 1
    assert window.session.document.network == find_scene("playground").document.network
    assert window.windowTitle() == "Untitled[*] — nnsim"
    assert window.bar.scene.currentText() == "Untitled"
    asked = answer(window, path=tmp_path / "new.nnsim")
    window.actions_by_name["save"].trigger()
    assert asked.suggested.name == "Untitled.nnsim"
    assert open_file(tmp_path / "new.nnsim")[0] == window.session.document


def test_opened_and_saved_files_are_remembered_the_newest_first(open_window, qtbot, saved, tmp_path):
    window = open_window()
    menu = window.actions_by_name["recent"].menu()
    menu.aboutToShow.emit()
    assert [(a.text(), a.isEnabled()) for a in menu.actions()] == [("None yet", False)]
    paths = [tmp_path / f"{i}.nnsim" for i in range(MOST + 1)]
    for path in paths:
        path.write_bytes(saved.read_bytes())
        window.files.open(str(path))
    paths[-1].unlink()
    menu.aboutToShow.emit()
    listed = menu.actions()
    assert [a.text() for a in listed[:MOST]] == [p.name for p in reversed(paths[1:])]
    assert [a.isEnabled() for a in listed[:3]] == [False, True, True]
    listed[1].trigger()
    assert window.files.path == paths[-2]
    menu.actions()[-1].trigger()
    menu.aboutToShow.emit()
    assert menu.actions()[0].text() == "None yet"


# --- what would be lost


def test_nothing_is_asked_where_nothing_would_be_lost(open_window, qtbot):
    window = open_window()
    asked = answer(window)
    press(qtbot, window, Key.Key_Right)
    press(qtbot, window, Key.Key_R)
    press(qtbot, window, Key.Key_N)
    wait_idle(qtbot, window.session)
    assert window.isWindowModified()
    choose(window.bar.scene, find_scene("perceptron").document.title_in("en"))
    assert window.scene_name == "perceptron"
    assert window.close()
    assert asked.asked == []


def test_long_training_is_worth_keeping_and_so_is_a_weight_set_by_hand(open_window, qtbot, monkeypatch):
    window = open_window()
    window.session.step()
    wait_idle(qtbot, window.session)
    assert not window.files.is_worth_keeping
    monkeypatch.setattr(files_module, "_LONG", 0)
    assert window.files.is_worth_keeping
    monkeypatch.undo()
    window.session.set_values("Weight", np.array([0]), np.array([2.0]))
    assert window.files.is_worth_keeping


def test_training_a_file_on_is_asked_about_even_while_it_runs(open_window, qtbot, saved):
    window = open_window()
    window.files.open(str(saved))
    asked = answer(window)
    window.session.run()
    assert window.isWindowModified()
    assert not window.close()
    assert asked.asked == ["unsaved mine.nnsim"]
    assert window.session.running
    window.files.save()
    assert window.isWindowModified()
    window.session.pause()
    wait_idle(qtbot, window.session)
    window.files.save()
    assert not window.isWindowModified()
    assert window.close()


@pytest.mark.parametrize("way", ["scene", "file", "new", "close", "quit", "dropped"])
def test_cancel_keeps_everything_and_dont_save_goes_on(open_window, qtbot, saved, way):
    window = open_window()
    document = edit(window)
    shown = window.bar.scene.currentText()
    ways = {
        "scene": lambda: choose(window.bar.scene, find_scene("perceptron").document.title_in("en")),
        "file": lambda: window.actions_by_name["open"].trigger(),
        "new": lambda: press(qtbot, window, Key.Key_N, CTRL),
        "close": window.close,
        "quit": lambda: press(qtbot, window, Key.Key_Q, CTRL),
        "dropped": lambda: drop(window, saved),
    }
    asked = answer(window, path=saved)
    ways[way]()
    qtbot.waitUntil(lambda: len(asked.asked) > (way == "file"), timeout=5_000)
    assert asked.asked[-1].startswith("unsaved")
    assert window.isVisible()
    assert window.session.document is document
    assert window.bar.scene.currentText() == shown
    asked.unsaved = DISCARD
    ways[way]()
    qtbot.waitUntil(lambda: not window.isVisible() or window.session.document is not document, timeout=5_000)


def test_save_first_then_close(open_window, qtbot, tmp_path):
    window = open_window()
    document = edit(window)
    path = tmp_path / "kept.nnsim"
    answer(window, path=path, unsaved=SAVE)
    # The weights after the edit are still on their way.
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert open_file(path)[0] == document


def test_a_save_that_fails_does_not_close(open_window, qtbot, tmp_path):
    window = open_window()
    edit(window)
    wait_idle(qtbot, window.session)
    answer(window, path=tmp_path / "gone" / "a.nnsim", unsaved=SAVE)
    assert not window.close()
    assert window.isVisible()
    assert "could not be written" in window.stage.notice.text


@pytest.mark.parametrize(("words", "closed"), [("Don't save", True), ("Cancel", False)])
def test_the_real_question(open_window, qtbot, words, closed):
    window = open_window()
    edit(window)
    window.close()
    box = window.findChild(QMessageBox)
    assert box.isVisible()
    assert "XOR" in box.text()
    button = next(b for b in box.buttons() if b.text().replace("&", "") == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    if closed:
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=5_000)
    assert window.isVisible() != closed


def test_escape_cancels_the_question(open_window, qtbot):
    window = open_window()
    edit(window)
    window.close()
    qtbot.keyClick(window.findChild(QMessageBox), Key.Key_Escape)
    assert window.isVisible()


# --- dropping


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget, *paths: Path) -> bool:
    """Drag files over a widget and let go; whether they were taken."""
    data, at, button = mime(*paths), QPoint(5, 5), Qt.MouseButton.LeftButton
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, data, button, none)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    fall = QDropEvent(at.toPointF(), action, data, button, none, QEvent.Type.Drop)
    QApplication.sendEvent(widget, fall)
    return fall.isAccepted()


def test_a_file_dropped_on_the_window_is_opened(open_window, qtbot, saved):
    window = open_window()
    assert drop(window, saved)
    qtbot.waitUntil(lambda: window.files.path == saved, timeout=5_000)
    wait_idle(qtbot, window.session)
    assert parameters(window.session) == window.session.snapshot.parameters.tobytes()


def test_an_ending_in_capitals_is_the_same_ending(open_window, qtbot, saved, tmp_path):
    window = open_window()
    path = tmp_path / "X.NNSIM"
    saved.rename(path)
    assert drop(window, path)
    qtbot.waitUntil(lambda: window.files.path == path, timeout=5_000)
    edit(window)
    wait_idle(qtbot, window.session)
    press(qtbot, window, Key.Key_S, CTRL)
    assert not window.isWindowModified()
    assert [file.name for file in tmp_path.glob("*.*SIM*")] == ["X.NNSIM"]


@pytest.mark.parametrize("part", ["canvas", "plot", "panel"])
def test_a_file_may_fall_on_any_part_of_the_window(open_window, qtbot, saved, part):
    window = open_window("mnist" if part == "canvas" else "xor")
    parts = {
        "canvas": window.digits.findChild(DrawingCanvas),
        "plot": window.loss.plot.viewport(),
        "panel": window.data_panel,
    }
    assert drop(parts[part], saved)
    qtbot.waitUntil(lambda: window.files.path == saved, timeout=5_000)


def test_other_things_are_not_taken(open_window, saved, tmp_path):
    window = open_window()
    assert not drop(window, tmp_path / "a.txt")
    assert not drop(window, saved, saved)
    assert not drop(window)


def test_a_damaged_file_that_is_dropped_is_refused_in_words(open_window, qtbot, tmp_path):
    window = open_window()
    path = tmp_path / "a.nnsim"
    path.write_bytes(b"nothing")
    assert drop(window, path)
    qtbot.waitUntil(window.stage.notice.isVisible, timeout=5_000)
    assert "not a whole .nnsim file" in window.stage.notice.text
    assert window.scene_name == "xor"
