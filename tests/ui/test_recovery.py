"""What a killed program left is offered, taken over or thrown away."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnsim.data.scenes import find_scene
from nnsim.model.files import open_file
from nnsim.session import autosave as module
from tests.session.driving import wait_idle
from tests.session.test_autosave import killed
from tests.ui.test_files import answer, edit


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
