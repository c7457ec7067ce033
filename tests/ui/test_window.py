"""The window as a whole: scenes, notices, what is remembered, names for everything, sizes, closing."""

import json
import sys
import threading

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QScrollBar,
    QSlider,
    QToolButton,
)

from nnsim import app
from nnsim.data.scenes import find_scene
from nnsim.engine import jit
from nnsim.engine.snapshot import Sample
from nnsim.model.document import document_to_json
from nnsim.model.edits import connect
from nnsim.model.network import Node
from nnsim.session.pace import FASTEST
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.notice import Remedy
from nnsim.ui.plots.late_plot import make_plots_in
from nnsim.ui.recovery import UNKEPT
from nnsim.ui.theme import DARK, LIGHT
from tests.session.driving import parameters, scene, wait_idle
from tests.ui.test_keys import press
from tests.ui.test_lesson import begin
from tests.ui.test_panels import choose

_REMEDIES = tuple(Remedy(text, text, lambda: None) for text in ("Restore", "Discard"))
SCENES = ("perceptron", "xor", "scratch", "playground")


# --- scenes and files


def test_the_scenes_are_listed_and_open(open_window, qtbot):
    window = open_window()
    combo = window.bar.scene
    assert [combo.itemData(i) for i in range(4)] == list(SCENES)
    for name in (*SCENES[::-1], "xor"):
        choose(combo, scene(name).title_in("en"))
        assert window.scene_name == name
        assert window.session.document == scene(name)
        wait_idle(qtbot, window.session)
        assert window.stage.canvas._scene.network == scene(name).network
        assert not window.stage.notice.isVisible()
        assert scene(name).title_in("en").upper() in window.note._heading.text()


def test_an_edge_more_is_one_parameter_more(open_window, qtbot):
    window = open_window()
    assert "17 PARAMETERS" in window.note._heading.text()
    window.session.edit_network("Connect", connect(window.session.document.network, Node(0, 0), Node(2, 0)))
    wait_idle(qtbot, window.session)
    assert "18 PARAMETERS" in window.note._heading.text()


def test_what_is_taught_from_elsewhere_uses_none_of_the_samples(open_window, qtbot):
    window = open_window()
    dataset = window.session.dataset
    window.session.teach(Sample(dataset.x[1], dataset.y[1]))
    qtbot.waitUntil(lambda: window.session.snapshot.step == 1)
    wait_idle(qtbot, window.session)
    assert ("Update", "0/4") in window.bar._facts("Loss")
    assert ("Epoch", "0") in window.bar._facts("Loss")
    window.session.step_silently(4)
    qtbot.waitUntil(lambda: window.session.snapshot.step == 5)
    assert ("Update", "4/4") in window.bar._facts("Loss")
    assert ("Epoch", "1") in window.bar._facts("Loss")


def test_a_scene_opened_while_running_waits_for_run(open_window, qtbot):
    window = open_window()
    window.session.set_pace(FASTEST)
    window.session.run()
    qtbot.waitUntil(lambda: window.session.snapshot.step > 10, timeout=20_000)
    choose(window.bar.scene, scene("playground").title_in("en"))
    assert window.bar.readout.text() == ""
    wait_idle(qtbot, window.session)
    assert window.session.snapshot.step == 0
    assert window.actions_by_name["run"].text() == "Run"


@pytest.fixture
def pick(monkeypatch):
    """Answers the file dialog."""

    def answer(path):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    return answer


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("broken.json", "{", "not valid JSON"),
        ("other.json", json.dumps({"format": 1, "network": {}}), "network"),
        ("missing.json", None, "there is no file"),
        ("broken.nnsim", "no tensors", "broken.nnsim"),
    ],
)
def test_a_document_that_cannot_be_opened_leaves_the_old_one(
    open_window, qtbot, tmp_path, pick, name, text, words
):
    window = open_window()
    document, weights, shown = (
        window.session.document,
        parameters(window.session),
        window.bar.scene.currentText(),
    )
    if text is not None:
        (tmp_path / name).write_text(text)
    pick(tmp_path / name)
    window.actions_by_name["open"].trigger()
    wait_idle(qtbot, window.session)
    assert window.stage.notice.isVisible()
    assert words in window.stage.notice.text
    assert window.session.document is document
    assert parameters(window.session) == weights
    assert window.bar.scene.currentText() == shown
    window.stage.notice.close_button.click()
    assert not window.stage.notice.isVisible()


def test_a_file_of_ones_own_opens_and_can_be_chosen_again(open_window, qtbot, tmp_path, pick):
    window = open_window()
    value = document_to_json(scene("playground")) | {"title": {"en": "Mine"}}
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(value))
    pick(path)
    window.actions_by_name["open"].trigger()
    wait_idle(qtbot, window.session)
    assert window.session.document.title_in("en") == "Mine"
    assert window.bar.scene.currentText() == "Mine"
    choose(window.bar.scene, "Mine")
    wait_idle(qtbot, window.session)
    assert not window.stage.notice.isVisible()
    assert window.bar.scene.currentText() == "Mine"
    choose(window.bar.scene, scene("xor").title_in("en"))
    assert window.bar.scene.findText("Mine") == -1


def test_a_file_dialog_that_is_cancelled_changes_nothing(open_window, pick):
    window = open_window()
    document = window.session.document
    pick("")
    window.actions_by_name["open"].trigger()
    assert window.session.document is document
    assert not window.stage.notice.isVisible()


def test_a_notice_goes_when_training_runs_again(open_window):
    window = open_window()
    window.session.problem.emit("Something went wrong.")
    assert window.stage.notice.isVisible()
    assert window.stage.notice.text == window.stage.notice.accessibleName() == "Something went wrong."
    window.session.run()
    assert not window.stage.notice.isVisible()


def _frame(window):
    canvas = window.stage.canvas
    return canvas.geometry(), [canvas.position_of(node) for node in (Node(0, 0), Node(1, 3), Node(2, 0))]


def _seen(window, widget):
    """Where a widget is in its window."""
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def _is_settled(window):
    """Whether the notice lies over the status line, with room for its words; more it takes above."""
    notice = window.stage.notice
    at, below = _seen(window, notice), _seen(window, window.statusBar())
    return at.bottom() == below.bottom() and at.height() >= max(
        notice.heightForWidth(notice.width()), below.height()
    )


def _words_seen(window):
    """Everything to read, and the network, wherever it is seen."""
    kinds = QLabel, QAbstractButton, GraphCanvas
    inside = [w for kind in kinds for w in window.centralWidget().findChildren(kind) if w.isVisible()]
    return [_seen(window, w).intersected(_seen(window, window.centralWidget())) for w in inside]


@pytest.mark.parametrize("in_lesson", [False, True])
@pytest.mark.parametrize("size", [(1024, 700), (1920, 1080)])
def test_a_notice_lies_at_the_foot_hides_no_word_and_moves_nothing(open_window, qtbot, size, in_lesson):
    window = open_window()
    window.resize(*size)
    if in_lesson:
        begin(qtbot, window)
    # Plots come after the first picture and take their room; the splitter shares what is left in turns.
    make_plots_in(window)
    for _ in range(10):
        QApplication.processEvents()
    before, notice = _frame(window), window.stage.notice
    notice.say("Something went wrong, and this takes many words to say. " * 12)
    qtbot.waitUntil(lambda: _is_settled(window))
    longer = notice.height()
    # As long as the longest there is.
    notice.say("Something went wrong, and this takes some words to say. " * 2, *_REMEDIES)
    qtbot.waitUntil(lambda: _is_settled(window) and notice.height() < longer)
    assert not any(_seen(window, notice).intersects(words) for words in _words_seen(window))
    assert _frame(window) == before
    window.resize(size[0] - 60, size[1])
    qtbot.waitUntil(lambda: _is_settled(window) and notice.width() < size[0] - 60)
    # It can be clicked where it lies.
    at = notice.close_button.rect().center()
    assert window.childAt(notice.close_button.mapTo(window, at)) is notice.close_button
    qtbot.mouseClick(notice.close_button, Qt.MouseButton.LeftButton)
    assert not notice.isVisible()


def test_a_notice_stays_through_a_lesson(open_window, qtbot):
    window = open_window()
    notice = window.stage.notice
    notice.say("There is something to be had back.", *_REMEDIES)
    begin(qtbot, window)
    assert notice.isVisible()
    press(qtbot, window, Qt.Key.Key_L)
    assert notice.isVisible()


def test_what_says_that_no_copy_is_kept_stays_in_sight_beside_a_notice(open_window, qtbot):
    window = open_window()
    window.files.recovery._show_obstacle("the disk is full")
    sign = window.statusBar().findChild(QLabel, UNKEPT)
    qtbot.waitUntil(lambda: _is_settled(window) and sign.x() > 0)
    assert not _seen(window, window.stage.notice).intersects(_seen(window, sign))


def test_escape_closes_a_notice_after_what_has_more_use_for_it(open_window, qtbot):
    window = open_window()
    notice, rate = window.stage.notice, window.training_panel.rate
    notice.say("Something went wrong.")
    for field in (rate, window.network_panel.findChild(QAbstractSpinBox)):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert notice.isVisible()
        assert QApplication.focusWidget() is window.stage.canvas
    window.stage.canvas.select(Node(1, 0))
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.stage.canvas.first_selected is None
    assert notice.isVisible()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not notice.isVisible()
    notice.say("Something went wrong.")
    notice.close_button.setFocus()
    qtbot.keyClick(notice.close_button, Qt.Key.Key_Escape)
    assert not notice.isVisible()


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_button_that_runs_shows_that_it_has_the_focus(open_window, qtbot, theme):
    window = open_window(theme=theme)
    run = next(b for b in window.bar.findChildren(QToolButton) if b.objectName() == "primary")
    size, unfocused = run.size(), run.grab().toImage()
    run.setFocus(Qt.FocusReason.TabFocusReason)
    focused = run.grab().toImage()
    edge = [image.pixelColor(image.width() // 2, 1).name() for image in (unfocused, focused)]
    assert edge == [theme.accent, theme.positive]
    assert run.size() == size


# --- what is remembered


def test_size_theme_and_scene_are_remembered(open_window, settings, monkeypatch):
    first = open_window()
    # No wider than the screen of the tests, or Qt would make it fit.
    first.resize(860, 720)
    first.splitter.setSizes([262, 330, 268])
    first.set_theme(LIGHT)
    choose(first.bar.scene, scene("scratch").title_in("en"))
    sizes = first.splitter.sizes()
    first.close()
    settings.sync()
    assert settings.value("theme") == "light"
    assert app._last_scene(settings).name == "scratch"
    second = open_window()
    assert (second.width(), second.height()) == (860, 720)
    assert second.splitter.sizes() == sizes


@pytest.mark.parametrize("value", ["", "nothing", "/nowhere/gone.json"])
def test_a_scene_that_is_gone_gives_the_usual_one(settings, value):
    settings.setValue("scene", value)
    assert app._last_scene(settings).name == "xor"


def test_settings_that_make_no_sense_do_no_harm(open_window, settings):
    for name in ("geometry", "splitter", "theme"):
        settings.setValue(name, "nonsense")
    window = open_window()
    assert (window.width(), window.height()) == (1440, 900)


# --- names for everything


def nameless(window):
    """Controls that a screen reader or a mouse pointer would have no words for."""
    kinds = (QAbstractButton, QComboBox, QSlider, QAbstractSpinBox)
    controls = [widget for kind in kinds for widget in window.findChildren(kind)]
    return [
        widget
        for widget in controls
        if widget.isVisible() and not (widget.accessibleName() and widget.toolTip())
    ]


@pytest.mark.parametrize("name", SCENES)
def test_every_control_has_a_name_and_a_tooltip(open_window, name):
    window = open_window(name)
    window.session.problem.emit("A notice, so that its button is there too.")
    assert len(window.findChildren(QComboBox)) > 10
    assert nameless(window) == []


def test_every_action_has_a_tooltip(open_window):
    window = open_window()
    for name, action in window.actions_by_name.items():
        assert action.toolTip() not in ("", action.text()), name
        assert action.text()
        assert action.statusTip()


def test_the_slider_and_the_canvas_are_named_scroll_bars_are_not_counted(open_window):
    window = open_window()
    assert window.bar.speed.accessibleName() == "Speed"
    assert window.stage.canvas.accessibleName() == "Network"
    assert all(not isinstance(widget, QScrollBar) for widget in nameless(window))


# --- sizes


@pytest.mark.parametrize("size", [(860, 560), (1024, 700), (3840, 2160)])
@pytest.mark.parametrize("name", SCENES)
def test_it_can_be_shown_small_and_huge(open_window, application, qtlog, name, size):
    window = open_window(name)
    window.resize(*size)
    application.processEvents()
    picture = window.grab()
    assert (window.width(), window.height()) == size
    ratio = picture.devicePixelRatio()
    assert (picture.width() / ratio, picture.height() / ratio) == size
    # The columns stand side by side inside the window, and nothing in the bar lies over its neighbour.
    assert window.centralWidget().rect().contains(window.splitter.geometry())
    places = [w.geometry() for w in window.bar.children() if hasattr(w, "isVisible") and w.isVisible()]
    overlaps = [(a, b) for i, a in enumerate(places) for b in places[i + 1 :] if a.intersects(b)]
    assert overlaps == []
    assert window.stage.canvas.width() >= 320
    # Offscreen windows have no frame to hint at.
    known = "propagateSizeHints"
    assert [record.message for record in qtlog.records if known not in record.message] == []


# --- idle, and closing


def active_timers(window):
    return [
        timer for root in (window, window.session) for timer in root.findChildren(QTimer) if timer.isActive()
    ]


def test_nothing_ticks_when_idle(open_window, qtbot):
    window = open_window()
    window.session.step()
    qtbot.waitUntil(lambda: not active_timers(window), timeout=20_000)
    window.session.set_pace(FASTEST)
    window.actions_by_name["gradient"].setChecked(True)
    window.session.run()
    assert active_timers(window)
    qtbot.waitUntil(lambda: window.session.snapshot.step > 20, timeout=20_000)
    window.session.pause()
    qtbot.waitUntil(lambda: not active_timers(window), timeout=20_000)
    assert not window.stage.canvas._player.is_ticking


def run_at(pace):
    def begin(window, qtbot):
        window.session.set_pace(pace)
        window.session.run()
        qtbot.waitUntil(lambda: window.session.snapshot.step > 0, timeout=20_000)

    return begin


def warm_up(window, qtbot):
    window.session.warm_up()
    window.session.run()
    assert window.session.warming_up


def step_far(window, qtbot):
    window.session.set_step_unit("epoch")
    window.session.step()


def fly(window, qtbot):
    window.stage.canvas.zoom_in()
    window.stage.canvas.fit()


STATES = {
    "idle": lambda window, qtbot: None,
    "running fast": run_at(FASTEST),
    "running animated": run_at(4.0),
    "stepping": step_far,
    "training so many epochs": lambda window, qtbot: window.session.train_epochs(500),
    "fitting the view": fly,
    "warming up": warm_up,
}


@pytest.mark.parametrize("begin", STATES.values(), ids=STATES)
def test_closing_in_any_state_ends_every_thread(open_window, qtbot, monkeypatch, begin):
    monkeypatch.setattr(jit, "_loaded", {})
    monkeypatch.setattr(jit, "is_cached", lambda names: False)
    monkeypatch.setattr(jit, "command", lambda names: [sys.executable, "-c", "import time; time.sleep(600)"])
    before = set(threading.enumerate())
    window = open_window()
    begin(window, qtbot)
    window.close()
    assert set(threading.enumerate()) <= before
    assert not window.session._frame_timer.isActive()
    qtbot.waitUntil(lambda: not active_timers(window), timeout=10_000)


def test_pages_for_digits_are_made_in_a_turn_of_their_own(qtbot, open_window):
    window = open_window("xor")
    window.open_scene(find_scene("mnist"))
    # What they are made of may still be missing; the document is there, and the plots of the one before.
    assert window.right._digits is None
    assert window.right.currentIndex() == 0
    qtbot.waitUntil(lambda: window.right._digits is not None)
    assert window.right.currentWidget() is window.digits
    window.open_scene(find_scene("xor"))
    assert window.right.currentIndex() == 0
    window.open_scene(find_scene("mnist"))
    assert window.right.currentWidget() is window.digits


@pytest.mark.parametrize("larger", [True, False])
def test_on_a_smaller_screen_the_window_fills_the_screen(open_window, larger):
    window = open_window(shown=False, settle=False)
    room = window.screen().availableSize()
    window.setMinimumSize(0, 0)
    window.resize(room.width() + (200 if larger else -200), room.height() - 200)
    app.show_whole(window)
    assert window.isMaximized() is larger


def test_settled_is_taken_back_with_the_samples_that_it_was_said_of(qtbot, open_window):
    window = open_window("perceptron")
    window.session.settled.emit()
    assert window.statusBar().currentMessage().startswith("Settled")
    choose(window.data_panel.dataset, "XOR gate")
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == "")
