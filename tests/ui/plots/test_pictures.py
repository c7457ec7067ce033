"""Pictures of shapes in the window: what the network takes each for, and whether neighbours matter."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnsim.engine import jit
from nnsim.engine.snapshot import Sample
from nnsim.model.data import SHAPE_NAMES, ShapesData
from nnsim.model.document import Document
from nnsim.model.layers import Dense, Input
from nnsim.model.network import chain
from nnsim.model.training import Optimizer, Training
from nnsim.ui.numbers import percent
from tests.session.driving import wait_idle
from tests.ui.test_panels import choose, type_into


def document(samples: int = 80, epochs: int = 3, split: float = 0.5) -> Document:
    network = chain(Input((12, 12)), Dense(8, "relu"), Dense(4, "softmax"))
    training = Training(
        "cross_entropy", Optimizer("sgd", 0.1), 10, seed=1, validation_split=split, epochs=epochs
    )
    return Document(network, ShapesData(samples), training)


def test_each_picture_kept_back_stands_with_what_it_is_taken_for(open_window, qtbot):
    window = open_window(document())
    answer, session = window.answer, window.session
    assert answer.shown is answer.pictures
    assert answer.pictures.isVisible()
    assert answer.pictures.shown.tolist() == list(range(40))
    session.step_silently(40)
    wait_idle(qtbot, session)
    exam = session.exam
    assert exam.step == 40
    right = exam.samples - len(exam.mistakes)
    assert answer._verdict.text() == f"{right} of 40 right that it never learned from"
    for place in (0, 7, 39):
        words = answer.pictures.words(place)
        label, said = SHAPE_NAMES[exam.labels[place]], SHAPE_NAMES[exam.answers[place]]
        assert words == f"{label} read as {said}, {percent(exam.sureness[place])} sure"


def test_a_picture_that_is_clicked_lights_up_the_network(open_window, qtbot):
    window = open_window(document())
    pictures, session = window.answer.pictures, window.session
    qtbot.mouseClick(pictures.viewport(), Qt.MouseButton.LeftButton, pos=pictures.place_of(1).center())
    wait_idle(qtbot, session)
    assert isinstance(session.followed, Sample)
    np.testing.assert_array_equal(session.snapshot.probe.x, session.dataset.validation_x[1])
    np.testing.assert_array_equal(session.snapshot.probe.y, session.dataset.validation_y[1])


def test_with_none_kept_back_all_are_shown_and_nothing_else_is_said_of_them(open_window, qtbot):
    window = open_window(document(split=0.0))
    assert len(window.answer.pictures.shown) == 80
    assert window.answer._verdict.text().endswith(" of 80 right")


def test_other_scenes_show_what_they_always_did(open_window, qtbot):
    window = open_window(document())
    window.session.open(open_window("xor").session.document)
    wait_idle(qtbot, window.session)
    assert not window.session._examining
    assert not window.neighbours.isVisible()
    assert window.answer.shown is not window.answer.pictures


@pytest.fixture
def compared(open_window, qtbot, monkeypatch):
    """A window in which the four have been measured."""
    monkeypatch.setattr(jit, "is_cached", lambda names: False)
    window = open_window(document())
    assert window.neighbours.isVisible()
    qtbot.mouseClick(window.neighbours.button, Qt.MouseButton.LeftButton)
    assert window.neighbours.button.text() == "Stop"
    qtbot.waitUntil(lambda: not window.neighbours.comparison.busy, timeout=60_000)
    return window


def test_four_numbers_stand_beside_each_other(compared):
    panel = compared.neighbours
    found = panel.comparison.accuracies
    assert len(found) == 4
    assert [cell.text() for cell in panel.cells] == [percent(accuracy) for accuracy in found]
    assert panel.cells[1].accessibleName() == f"This network, shuffled: {percent(found[1])}"
    assert panel.cells[2].accessibleName() == f"Dense, 16 hidden, in order: {percent(found[2])}"
    assert "after 3 epochs" in panel._caption.text()
    assert "This network learns 1196 numbers, the dense one 2388." in panel._caption.text()


def test_an_edit_takes_back_what_was_measured_before_it(compared, qtbot):
    assert compared.neighbours.cells[0].isVisible()
    choose(compared.data_panel.dataset, "Shapes, pixels shuffled")
    assert compared.session.document.data.shuffled
    assert not compared.neighbours.cells[0].isVisible()
    assert compared.neighbours.comparison.accuracies == ()


def test_measuring_is_left_off_when_asked(open_window, qtbot, monkeypatch):
    monkeypatch.setattr(jit, "is_cached", lambda names: False)
    window = open_window(document(epochs=100_000))
    button = window.neighbours.button
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not window.neighbours.comparison.busy
    assert button.text() == "Compare with shuffled pixels"


def test_as_few_pictures_as_there_are_shapes_may_be_asked_for(open_window, qtbot):
    window = open_window(document())
    samples = window.data_panel.samples
    type_into(qtbot, samples, "3")
    qtbot.keyClick(samples.lineEdit(), Qt.Key.Key_Return)
    assert window.session.document.data.samples == 80
    type_into(qtbot, samples, "12")
    qtbot.keyClick(samples.lineEdit(), Qt.Key.Key_Return)
    assert window.session.document.data == ShapesData(12)


def test_outputs_are_called_after_the_shapes(open_window):
    window = open_window(document())
    assert window.stage._class_names() == SHAPE_NAMES
