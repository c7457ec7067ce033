"""Words and letters on screen are explained where they stand, for the present settings."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from tests.ui.test_keys import press


def test_the_numbers_in_the_bar_are_explained(open_window):
    window = open_window("xor")
    tip = window.bar.readout.toolTip()
    assert "Epoch: once through all 4 training samples" in tip
    assert "Binary cross-entropy" in tip
    assert "Accuracy: " in tip
    assert "that of all 4 training samples" in tip
    window.session.edit_training("Loss", loss="mse")
    window.bar.refresh()
    assert "Mean squared error" in window.bar.readout.toolTip()


def test_the_legend_is_explained(qtbot, open_window):
    canvas = open_window("xor").stage.canvas
    canvas.repaint()
    places = {
        canvas.picture.legend_text_at(QPointF(x, y)): QPoint(x, y)
        for x in range(20, canvas.width(), 9)
        for y in range(canvas.height() // 2, canvas.height(), 7)
    }
    assert {"positive weight", "negative weight"} <= places.keys()
    at = places["positive weight"]
    QApplication.sendEvent(canvas, QHelpEvent(QHelpEvent.Type.ToolTip, at, canvas.mapToGlobal(at)))
    assert QToolTip.text().startswith("Weight w: ")
    QToolTip.hideText()


def test_the_words_and_letters_of_a_lesson_are_explained(qtbot, open_window):
    window = open_window("xor")
    window.session.edit_optimizer("Learning rate", learning_rate=0.25)
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None, timeout=10_000)
    window.lessons.set_grain("operation")
    window.lessons.last()
    assert "η: the learning rate, how far each update goes; here 0.25" in window.strip.formula.toolTip()
    steps = window.lessons.lesson.steps
    window.lessons.lesson.go(next(i for i, step in enumerate(steps) if step.chip.startswith("δ")))
    for part in (window.strip._text, window.strip.formula):
        assert "δ: how fast the loss grows" in part.toolTip()
