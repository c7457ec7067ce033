"""The size of all letters: by keys, everywhere at once, and kept."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QLabel, QWidget

from nnsim.ui.letters import letters
from nnsim.ui.text_size import TextSize
from tests.ui.test_files import CTRL
from tests.ui.test_keys import press


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def sizes(window) -> dict[str, float]:
    """Of letters in the graph, in a panel, a formula, a chip and a plot."""
    label = window.training_panel.findChild(QLabel, "formLabel")
    heading = window.training_panel.findChild(QLabel, "heading")
    tick = window.loss.plot.getPlotItem().getAxis("left").style["tickFont"]
    return {
        "graph": window.stage.canvas.screen_places.geometry.viewport.text_scale,
        "panel": QFontInfo(label.font()).pixelSize(),
        "heading": QFontInfo(heading.font()).pixelSize(),
        "formula": letters(window.strip.formula.font()),
        "chip": window.strip.timeline.sizeHint().height(),
        "plot": tick.pixelSize(),
        "bar": window.bar.speed.width(),
    }


def test_all_letters_grow_and_shrink_together(qtbot, open_window):
    window = open_window()
    window.resize(1920, 1080)  # a small window holds no letters as large
    qtbot.waitUntil(lambda: window.stage.canvas.screen_places.geometry.viewport.width > 1000)
    usual = sizes(window)
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_Equal, CTRL)
    large = sizes(window)
    assert all(large[part] > 1.25 * usual[part] for part in usual)
    press(qtbot, window, Qt.Key.Key_Minus, CTRL)
    assert all(usual[part] < size < large[part] for part, size in sizes(window).items())
    press(qtbot, window, Qt.Key.Key_0, CTRL)
    assert sizes(window) == pytest.approx(usual, rel=0.02)


def test_the_size_is_kept(qtbot, open_window, settings):
    press(qtbot, open_window(), Qt.Key.Key_Equal, CTRL)
    assert TextSize(settings).size > 1.0


def test_letters_are_no_larger_than_the_window_holds(qtbot, open_window, settings):
    window = open_window()
    window.resize(1920, 1080)
    for _ in range(9):
        press(qtbot, window, Qt.Key.Key_Equal, CTRL)
    qtbot.waitUntil(lambda: window.text_size.size == 2.0)
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: letters(window.stage.canvas.font()) < 1.3)
    press(qtbot, window, Qt.Key.Key_Equal, CTRL)
    assert "larger window" in window.statusBar().currentMessage()
    # What was chosen comes back with the room for it.
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: letters(window.stage.canvas.font()) > 1.9)
    window.resize(1024, 700)
    press(qtbot, window, Qt.Key.Key_Minus, CTRL)
    assert TextSize(settings).size == window.text_size.size == 1.0
    press(qtbot, window, Qt.Key.Key_0, CTRL)


@pytest.mark.parametrize("kept", ["huge", "1e9", "nan", ""])
def test_a_size_that_nobody_can_have_chosen_is_the_usual(settings, kept):
    settings.setValue("text_size", kept)
    assert TextSize(settings).size == 1.0


def test_predictions_and_shares_grow_with_all_letters(qtbot, open_window):
    window = open_window("mnist")
    window.resize(1366, 768)
    bars = window.digits.bars
    usual = bars.maximumHeight()
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_Equal, CTRL)
    assert bars.maximumHeight() > 1.3 * usual
    qtbot.waitUntil(lambda: bars.height() >= bars.minimumSizeHint().height(), timeout=10_000)


def test_letters_that_stay_as_they_are_cost_no_new_style(open_window, monkeypatch):
    window = open_window()
    monkeypatch.setattr(window, "setStyleSheet", lambda _: pytest.fail("restyled"))
    window.actions_by_name["text_usual"].trigger()
    assert "100" in window.statusBar().currentMessage()


def test_while_letters_change_the_last_picture_stays_and_then_all_is_painted(qtbot, open_window):
    window = open_window()
    qtbot.waitUntil(window.stage.canvas.isVisible)
    press(qtbot, window, Qt.Key.Key_Equal, CTRL)
    # Measured and placed anew in one turn, painted in another.
    assert not window.stage.canvas.updatesEnabled()
    qtbot.waitUntil(window.stage.canvas.updatesEnabled)
    press(qtbot, window, Qt.Key.Key_Equal, CTRL)
    press(qtbot, window, Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(window.loss.updatesEnabled)
    assert window.updatesEnabled()


@pytest.mark.parametrize("pending", [False, True])
def test_the_window_is_painted_after_letters_have_changed(qtbot, open_window, pending):
    window = open_window()
    canvas = window.stage.canvas
    painted = Painted(canvas)
    for key in (Qt.Key.Key_Equal, Qt.Key.Key_0):
        before = painted.count
        if pending:
            # As when training runs: Qt is about to paint when the keys are pressed.
            canvas.update()
        press(qtbot, window, key, CTRL)
        qtbot.waitUntil(lambda before=before: painted.count > before)
    # Nor does it stop afterwards.
    before = painted.count
    canvas.update()
    qtbot.waitUntil(lambda: painted.count > before)
