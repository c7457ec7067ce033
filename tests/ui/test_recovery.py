"""What a killed program left is offered, taken over or thrown away."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from nnsim.data.scenes import find_scene
from nnsim.model.files import open_file
from nnsim.session import leftovers as module
from tests.session.driving import wait_idle
from tests.session.test_autosave import killed
from tests.ui.test_files import answer, edit
from tests.ui.test_keys import press


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(module, "autosave_dir", lambda: tmp_path / "autosave")
    return tmp_path / "autosave"


@pytest.fixture(scope="module")
def left(tmp_path_factory) -> Path:
    """What one killed process left, to be copied."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("left") / "autosave"
        patch.setattr(module, "autosave_dir", lambda: folder)
        killed(folder)
    return folder


def click(qtbot, window, words: str) -> None:
    notice = window.stage.notice
    button = next(b for b in notice.buttons if b.text() == words)
    assert button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_restore_opens_it_as_unsaved_and_keeps_a_copy_meanwhile(open_window, qtbot, left, folder):
    shutil.copytree(left, folder)
    window = open_window("perceptron")
    window.files.start()
    assert f"“{find_scene('xor').document.title_in('en')}” can be had back" in window.stage.notice.text
    click(qtbot, window, "Restore")
    assert not window.stage.notice.isVisible()
    wait_idle(qtbot, window.session)
    assert window.session.document.network == find_scene("xor").document.network
    assert np.all(window.session.snapshot.parameters == 0.5)
    assert window.isWindowModified()
    assert window.files.is_worth_keeping
    copy = window.files.recovery.autosave.path
    assert copy.name.startswith(f"{os.getpid()}-")
    assert np.all(open_file(copy)[1] == 0.5)
    window.session.undo_stack.setClean()
    window.close()
    assert list(folder.iterdir()) == []


def test_discard_throws_it_away_and_not_now_keeps_it(open_window, qtbot, left, folder):
    shutil.copytree(left, folder)
    window = open_window()
    window.files.start()
    qtbot.mouseClick(window.stage.notice.close_button, Qt.MouseButton.LeftButton)
    window.close()
    window = open_window()
    window.files.start()
    click(qtbot, window, "Discard")
    assert not window.stage.notice.isVisible()
    assert not list(folder.glob("*.nnsim"))


def waiting(window) -> list[str]:
    """What the File menu offers to bring back."""
    menu = window.actions_by_name["bring_back"].menu()
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.isEnabled()]


@pytest.mark.parametrize("way", ["run", "notice", "scene", "not now"])
def test_an_offer_that_was_not_taken_waits_in_the_file_menu(open_window, qtbot, left, folder, way):
    shutil.copytree(left, folder)
    window = open_window("perceptron")
    window.files.start()
    ways = {
        "run": lambda: press(qtbot, window, Qt.Key.Key_Space),
        "notice": lambda: window.stage.notice.say("Something else."),
        "scene": lambda: window.files.open("curve"),
        "not now": lambda: qtbot.mouseClick(window.stage.notice.close_button, Qt.MouseButton.LeftButton),
    }
    ways[way]()
    assert not any(button.isVisible() for button in window.stage.notice.buttons)
    window.session.pause()
    wait_idle(qtbot, window.session)
    window.session.undo_stack.setClean()
    assert len(waiting(window)) == 1
    window.actions_by_name["bring_back"].menu().actions()[0].trigger()
    click(qtbot, window, "Restore")
    wait_idle(qtbot, window.session)
    assert np.all(window.session.snapshot.parameters == 0.5)
    assert waiting(window) == []


def train_a_little(qtbot, window) -> np.ndarray:
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.snapshot.step > 10, timeout=20_000)
    press(qtbot, window, Qt.Key.Key_Space)
    wait_idle(qtbot, window.session)
    return np.array(window.session.snapshot.parameters, np.float32)


def test_leaving_with_some_training_keeps_it_where_the_next_start_offers_it(open_window, qtbot, folder):
    window = open_window()
    window.files.start()
    asked = answer(window)
    assert not window.isWindowModified()
    learned = train_a_little(qtbot, window)
    assert window.isWindowModified()
    assert window.close()
    assert asked.asked == []
    window = open_window("perceptron")
    window.files.start()
    assert "was left unsaved" in window.stage.notice.text
    click(qtbot, window, "Restore")
    wait_idle(qtbot, window.session)
    assert np.array_equal(window.session.snapshot.parameters.astype(np.float32), learned)
    assert window.isWindowModified()


def test_what_was_left_is_offered_by_one_start_and_then_waits(open_window, qtbot, folder):
    window = open_window()
    window.files.start()
    train_a_little(qtbot, window)
    assert window.close()
    for is_offered in (True, False):
        window = open_window("perceptron")
        window.files.start()
        assert window.stage.notice.isVisible() == is_offered
        assert len(waiting(window)) == 1
        window.close()


def test_going_over_to_another_scene_keeps_it_too(open_window, qtbot, folder):
    window = open_window()
    window.files.start()
    learned = train_a_little(qtbot, window)
    window.files.open("perceptron")
    wait_idle(qtbot, window.session)
    assert len(waiting(window)) == 1
    window.actions_by_name["bring_back"].menu().actions()[0].trigger()
    click(qtbot, window, "Restore")
    wait_idle(qtbot, window.session)
    assert np.array_equal(window.session.snapshot.parameters.astype(np.float32), learned)


def test_leaving_while_it_runs_keeps_it_too(open_window, qtbot, folder):
    window = open_window()
    window.files.start()
    window.session.run()
    qtbot.waitUntil(lambda: window.session.snapshot.step > 10, timeout=20_000)
    assert window.close()
    (copy,) = folder.glob("*.nnsim")
    assert open_file(copy)[0] == find_scene("xor").document


def test_only_the_newest_of_what_was_left_are_kept(open_window, qtbot, folder):
    window = open_window()
    window.files.start()
    for _ in range(7):
        window.session.step_silently(3)
        wait_idle(qtbot, window.session)
        window.files.open("xor")
        wait_idle(qtbot, window.session)
    assert len(waiting(window)) == 5
    assert len(list(folder.glob("*.nnsim"))) == 5


def test_where_nothing_can_be_kept_it_is_asked_about(open_window, qtbot, folder):
    folder.write_text("in the way")
    window = open_window()
    window.files.start()
    asked = answer(window)
    train_a_little(qtbot, window)
    assert not window.close()
    assert asked.asked[0].startswith("unsaved")
    window.session.undo_stack.setClean()


def test_that_no_copy_can_be_kept_stays_in_sight_until_one_can(open_window, qtbot, folder):
    folder.write_text("in the way")
    window = open_window()
    window.files.start()
    sign = window.findChild(QLabel, "unkept")
    assert "No copy can be kept for an emergency" in window.stage.notice.text
    press(qtbot, window, Qt.Key.Key_Right)
    wait_idle(qtbot, window.session)
    window.stage.notice.hide()
    assert sign.isVisible()
    assert "Save by hand" in sign.toolTip()
    folder.unlink()
    window.files.recovery.autosave.look()
    assert not sign.isVisible()


def test_told_to_end_nobody_is_asked_and_a_copy_is_left(open_window, qtbot, folder):
    window = open_window()
    window.files.start()
    document = edit(window)
    asked = answer(window)
    window.files.end_at_once()
    assert not window.isVisible()
    assert asked.asked == []
    window = open_window("perceptron")
    window.files.start()
    assert "did not end properly" in window.stage.notice.text
    click(qtbot, window, "Restore")
    wait_idle(qtbot, window.session)
    assert window.session.document == document


def test_every_copy_is_offered_in_turn(open_window, qtbot, left, folder):
    shutil.copytree(left, folder)
    (source,) = folder.glob("*.nnsim")
    shutil.copy(source, folder / "1-0.nnsim")
    window = open_window()
    window.files.start()
    click(qtbot, window, "Discard")
    assert window.stage.notice.isVisible()
    click(qtbot, window, "Discard")
    assert not window.stage.notice.isVisible()


def test_a_copy_that_is_damaged_says_so_and_stays(open_window, qtbot, left, folder):
    shutil.copytree(left, folder)
    (copy,) = folder.glob("*.nnsim")
    copy.write_bytes(b"damaged")
    window = open_window()
    window.files.start()
    click(qtbot, window, "Restore")
    assert "cannot be had back" in window.stage.notice.text
    assert window.scene_name == "xor"
    assert copy.exists()


def test_what_is_open_is_asked_about_before_another_is_restored(open_window, qtbot, left, folder):
    shutil.copytree(left, folder)
    window = open_window("perceptron")
    window.files.start()
    document = edit(window)
    asked = answer(window)
    click(qtbot, window, "Restore")
    assert asked.asked[0].startswith("unsaved")
    assert window.session.document is document


def test_a_proper_end_leaves_no_copy(open_window, qtbot, folder):
    window = open_window()
    window.files.start()
    edit(window)
    wait_idle(qtbot, window.session)
    autosave = window.files.recovery.autosave
    autosave.look()
    autosave._join()
    assert autosave.path.exists()
    window.session.undo_stack.setClean()
    window.close()
    assert list(folder.iterdir()) == []
