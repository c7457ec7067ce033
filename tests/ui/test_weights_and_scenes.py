"""Weights from elsewhere and scenes of one's own, in the real window."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMessageBox
from safetensors.numpy import save_file

from nnsim.data import own_scenes as module
from nnsim.data.scenes import find_scene
from tests.session.driving import parameters, wait_idle
from tests.ui.test_files import answer, saved  # noqa: F401
from tests.ui.test_panels import choose


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "own_scenes_dir", lambda: tmp_path / "scenes")
    return tmp_path / "scenes"


@pytest.fixture
def weights(tmp_path):
    """As PyTorch would save an XOR network."""
    path = tmp_path / "torch.safetensors"
    tensors = {"0.weight": (4, 2), "0.bias": (4,), "2.weight": (1, 4), "2.bias": (1,)}
    save_file({name: np.full(shape, 0.25, np.float32) for name, shape in tensors.items()}, path)
    return path


def test_weights_are_imported_and_the_import_can_be_undone(open_window, qtbot, weights):
    window = open_window()
    before = parameters(window.session)
    answer(window, path=weights)
    window.actions_by_name["import_weights"].trigger()
    wait_idle(qtbot, window.session)
    assert np.all(window.session.snapshot.parameters == 0.25)
    assert window.files.is_worth_keeping
    window.actions_by_name["undo"].trigger()
    wait_idle(qtbot, window.session)
    assert parameters(window.session) == before


def test_imported_weights_are_what_is_saved_at_once(open_window, qtbot, weights, tmp_path):
    window = open_window()
    window.files.more.import_from(str(weights))
    path = tmp_path / "a.nnsim"
    answer(window, path=path)
    window.files.save()
    qtbot.waitUntil(path.exists, timeout=5_000)
    assert np.all(find_scene(str(path)).parameters == 0.25)


def test_weights_that_do_not_fit_leave_everything_as_it_is(open_window, qtbot, weights, tmp_path):
    window = open_window("perceptron")
    before = parameters(window.session)
    for path, words in (
        (weights, "do not fit this network"),
        (tmp_path / "gone", "“gone” could not be read: it is not there any more"),
        (tmp_path, "could not be read: it is a folder"),
    ):
        answer(window, path=path)
        window.actions_by_name["import_weights"].trigger()
        assert words in window.stage.notice.text
    wait_idle(qtbot, window.session)
    assert parameters(window.session) == before


def test_a_scene_is_saved_by_name_and_chosen_from_the_bar(open_window, qtbot):
    window = open_window()
    window.session.train_epochs(2)
    wait_idle(qtbot, window.session)
    learned = window.session.snapshot.parameters.copy()
    window.actions_by_name["save_scene"].trigger()
    dialog = window.findChild(QInputDialog)
    dialog.setTextValue("For class 10A")
    dialog.accept()
    assert "It begins with the present weights" in window.stage.notice.text
    assert window.bar.scene.findText("For class 10A (yours)") == window.bar.scene.count() - 1
    choose(window.bar.scene, "For class 10A (yours)")
    wait_idle(qtbot, window.session)
    assert window.scene_name == "for-class-10a"
    assert window.session.snapshot.parameters.tolist() == pytest.approx(learned.tolist())


def test_a_large_network_says_that_its_weights_stay_behind(open_window):
    window = open_window("mnist")
    answer(window, name="Digits of mine")
    window.actions_by_name["save_scene"].trigger()
    assert "without weights" in window.stage.notice.text


def test_a_name_that_is_taken(open_window, qtbot):
    window = open_window()
    asked = answer(window, name="XOR")
    window.actions_by_name["save_scene"].trigger()
    assert "choose another name" in window.stage.notice.text
    asked.name = "…"
    window.actions_by_name["save_scene"].trigger()
    assert "a letter or a digit" in window.stage.notice.text
    asked.name = "Mine"
    window.actions_by_name["save_scene"].trigger()
    assert "replace" not in asked.asked
    asked.replace = False
    window.stage.notice.hide()
    window.actions_by_name["save_scene"].trigger()
    assert asked.asked[-1] == "replace"
    assert not window.stage.notice.isVisible()


@pytest.mark.parametrize(("words", "replaced"), [("Replace", True), ("Cancel", False)])
def test_the_real_question_about_replacing(open_window, qtbot, words, replaced):
    window = open_window()
    answers = []
    window.files.dialogs.ask_replace("Mine", answers.append)
    box = window.findChild(QMessageBox)
    button = next(b for b in box.buttons() if b.text().replace("&", "") == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers == ["Mine"] * replaced


def test_damaged_scenes_are_named_at_the_start_and_break_nothing(open_window, folder, tmp_path, monkeypatch):
    monkeypatch.setattr("nnsim.session.leftovers.autosave_dir", lambda: tmp_path / "autosave")
    folder.mkdir()
    (folder / "broken.json").write_text("{")
    window = open_window()
    window.files.start()
    assert "broken.json" in window.stage.notice.text
    assert window.bar.scene.findText("broken") == -1
