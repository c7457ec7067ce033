"""The teaching demo on real windows: there and back by keys, and the main window as it was."""

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QSignalSpy

from nnsim import cli
from nnsim.data.scenes import find_scene, scene_documents, shipped_names
from nnsim.engine.trainer import Trainer
from nnsim.model.network import Edge
from nnsim.model.script import Action, Slide
from nnsim.session import demo as session_demo
from nnsim.session.pace import batches_in
from nnsim.ui.demo import DemoWindow
from nnsim.ui.exports import drawn
from nnsim.ui.graph.paint_nodes import label_place, label_side
from nnsim.ui.numbers import short
from nnsim.ui.theme import DARK
from tests.session.driving import parameters, scene, wait_idle

SCRIPTED = [name for name in shipped_names() if scene_documents()[name].script]
_QUICK = ("perceptron", "xor", "scratch")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def begin(qtbot, open_window):
    """Opens a window on a scene and its demo by the key."""

    def one(name: str):
        window = open_window(name)
        qtbot.keyClick(window, Qt.Key.Key_F5)
        assert window.demo is not None
        qtbot.waitUntil(window.demo.isActiveWindow, timeout=10_000)
        settle(qtbot, window.demo)
        return window, window.demo

    return one


def settle(qtbot, demo) -> None:
    qtbot.waitUntil(lambda: not demo.demo.busy, timeout=30_000)


def press(qtbot, demo, key) -> None:
    qtbot.keyClick(demo, key)
    settle(qtbot, demo)


def state(demo) -> tuple:
    """All that an audience sees of where the demo is."""
    lesson, canvas = demo.lessons.lesson, demo.stage.canvas
    place = None if lesson is None else (lesson.index, lesson.numbers)
    return (
        demo._words.text(),
        demo._kind.text(),
        place,
        demo.session.snapshot.step,
        demo.session.document.data,
        canvas.showing.overlay,
        canvas.first_selected,
        parameters(demo.session),
    )


@pytest.mark.parametrize("name", SCRIPTED)
def test_every_script_runs_to_its_end_and_back_to_the_same_slides(qtbot, begin, name, monkeypatch):
    if name not in _QUICK:
        # One pass tells as much: what many come to is told by the trainer's own tests.
        train = session_demo._DO["train"]
        monkeypatch.setitem(session_demo._DO, "train", lambda demo, _: train(demo, 1))
    _, demo = begin(name)
    seen = [state(demo)]
    for _ in demo.demo.stops[1:]:
        press(qtbot, demo, Qt.Key.Key_Right)
        seen.append(state(demo))
    assert demo.demo.position == len(demo.demo.stops) - 1
    press(qtbot, demo, Qt.Key.Key_Space)
    assert state(demo) == seen[-1]
    # Where pictures are learned from, each way back trains anew: the last two tell enough.
    back = seen[-2::-1] if name in _QUICK else seen[-2:-4:-1]
    for expected in back:
        press(qtbot, demo, Qt.Key.Key_Left)
        assert state(demo) == expected
    if name in _QUICK:
        press(qtbot, demo, Qt.Key.Key_PageUp)
        assert state(demo) == seen[0]
        assert demo.session.snapshot.step == 0


def told(qtbot, demo, words: str) -> None:
    """Go on until these words are on the screen."""
    while words not in demo._words.text():
        assert demo.demo.position < len(demo.demo.stops) - 1, words
        press(qtbot, demo, Qt.Key.Key_PageDown)


def test_what_the_perceptron_is_said_to_do_it_does(qtbot, begin):
    _, demo = begin("perceptron")
    told(qtbot, demo, "target 0")
    trace = demo.lessons.lesson.trace
    assert trace.x[0].tolist() == [1.0, 0.0]
    assert trace.value("z", 1)[0, 0] == pytest.approx(0.1)
    told(qtbot, demo, "w₁ goes down")
    assert np.allclose(trace.after.theta, [0.1, 0.3, -0.2])
    told(qtbot, demo, "After 2 passes over the samples 4 of 4 answers are right: w = (0.2, 0.2), b = −0.3.")
    assert np.allclose(demo.session.snapshot.parameters, [0.2, 0.2, -0.3])
    assert demo.session.snapshot.train.accuracy == 1.0
    told(qtbot, demo, "After 100 passes 2 of 4 answers are still wrong")
    assert demo.session.snapshot.train.accuracy == 0.5


def test_what_xor_is_said_to_do_it_does(qtbot, begin):
    _, demo = begin("xor")
    told(qtbot, demo, "0.318")
    trace = demo.lessons.lesson.trace
    assert trace.x[0].tolist() == [0.0, 1.0]
    assert trace.value("a", 2)[0, 0] == pytest.approx(0.318, abs=5e-4)
    assert trace.shares[0] == pytest.approx(1.145, abs=5e-4)
    assert trace.slope("z", 2)[0, 0] == pytest.approx(-0.682, abs=5e-4)
    told(qtbot, demo, "exactly 0")
    assert demo.stage.canvas.first_selected == Edge(0, 0, 1, 0)
    # Rows are hidden neurons, columns inputs; then hidden biases, output weights, output bias.
    assert not trace.gradient[:8].reshape(4, 2)[:, 0].any()
    assert trace.after.theta[-1] == pytest.approx(0.068, abs=5e-4)
    told(qtbot, demo, "After 200 passes 4 of 4 answers are right: 0.02, 0.94, 0.94, 0.07.")
    assert np.allclose(demo.session.predictions.ravel(), [0.02, 0.94, 0.94, 0.07], atol=5e-3)


def test_what_scratch_is_said_to_do_it_does(qtbot, begin):
    _, demo = begin("scratch")
    told(qtbot, demo, "0.76, 0.79, 0.80, 0.83")
    trace = demo.lessons.lesson.trace
    assert np.allclose(trace.value("a", 2).ravel(), [0.76, 0.79, 0.80, 0.83], atol=5.1e-3)
    told(qtbot, demo, "1.337")
    assert np.allclose(trace.shares, [0.572, 0.042, 0.041, 0.682], atol=5e-4)
    first, output = trace.gradient[:12], trace.gradient[12:]
    assert 0.25 <= output.min() <= output.max() <= 0.281
    assert np.abs(first).max() <= 0.06
    told(qtbot, demo, "1.073")
    assert demo.session.snapshot.train.loss == pytest.approx(1.073, abs=5e-4)
    told(qtbot, demo, "Very near: 0.01, 0.97, 0.97, 0.03. The loss has fallen to 0.00")
    assert f"to {short(demo.session.snapshot.train.loss)}." in demo._words.text()
    assert np.allclose(demo.session.predictions.ravel(), [0.01, 0.97, 0.97, 0.03], atol=5e-3)
    assert demo.session.snapshot.train.loss == pytest.approx(0.0025, abs=5e-5)


def test_what_the_demos_of_pictures_are_said_to_do_they_do(qtbot, begin):
    assert {"shapes", "neighbours"} <= set(SCRIPTED)
    _, demo = begin("neighbours")
    told(qtbot, demo, "64. It reads")
    assert demo.lessons.lesson.step.cut.parts[0].layer == 3
    told(qtbot, demo, "of 300. With four shapes")
    document = demo.session.document
    trainer = Trainer(document, demo.session.dataset)
    (epochs,) = (
        action.value for slide in document.script for action in slide.actions if action.name == "train"
    )
    trainer.run_steps(epochs * batches_in(document.training, trainer.dataset.samples))
    assert trainer.evaluate()[0].accuracy > 0.95


def test_a_result_is_told_once_it_is_there_and_as_it_is(qtbot, begin):
    _, demo = begin("xor")
    told(qtbot, demo, "One step changes little")
    question = demo._words.text()
    qtbot.keyClick(demo, Qt.Key.Key_Right)
    assert demo.demo.busy
    assert demo._words.text() == question
    assert demo._kind.text() == "Watch it learn"
    settle(qtbot, demo)
    answers = ", ".join(f"{value:.2f}" for value in demo.session.predictions.ravel())
    assert f"4 of 4 answers are right: {answers}." in demo._words.text()
    # On the way back, too, nothing is told of a run that has yet to be made again.
    press(qtbot, demo, Qt.Key.Key_Right)
    qtbot.keyClick(demo, Qt.Key.Key_Left)
    assert demo._words.text() == question
    settle(qtbot, demo)
    assert answers in demo._words.text()


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "0.02, 0.94, 0.94, 0.07"), ("vi_VN", "0,02; 0,94; 0,94; 0,07")]
)
def test_results_are_written_as_the_language_does(qtbot, begin, language, expected):
    _, demo = begin("xor")
    told(qtbot, demo, "After 200 passes")
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        demo._show()
        assert expected in demo._words.text()
        assert "{" not in demo._words.text()
    finally:
        QLocale.setDefault(before)


def test_other_braces_are_words(qtbot, open_window):
    window = open_window("xor")
    script = (Slide((("en", "{0.__class__} {x} {weights} {samples} {loss"),)),)
    demo = DemoWindow(replace(find_scene("xor").document, script=script), DARK, window)
    demo.show()
    settle(qtbot, demo)
    text = demo._words.text()
    assert text.startswith("{0.__class__} {x} ")
    assert text.endswith(" 4 {loss")
    demo.close()


def written(widget) -> dict[str, float]:
    """Everything that is written on a widget, and how large its letters are in pixels."""
    out = {}
    for group in ElementTree.fromstring(drawn(widget, ".svg")).iter(f"{SVG}g"):
        matrix = group.get("transform", "matrix(1,0,0,1,0,0)").removeprefix("matrix(").removesuffix(")")
        a, b, c, d = map(float, matrix.split(",")[:4])
        for text in group.findall(f"{SVG}text"):
            size = float(text.get("font-size", group.get("font-size", "0"))) * abs(a * d - b * c) ** 0.5
            words = "".join(text.itertext()).strip()
            out[words] = min(size, out.get(words, size))
    return out


_WALKED = 8


@pytest.mark.parametrize("name", ["perceptron", "xor", "scratch"])
def test_every_letter_can_be_read_from_the_back(qtbot, begin, name):
    _, demo = begin(name)
    demo.showNormal()
    demo.resize(1920, 1080)
    seen = {}
    # The slides that walk through one sample; what follows trains.
    for _ in demo.demo.stops[1:_WALKED]:
        press(qtbot, demo, Qt.Key.Key_Right)
        now = written(demo)
        seen |= {words: min(size, seen.get(words, size)) for words, size in now.items()}
    # Words of the stage, its nodes, its legend, δ, the strip and the picture beside the stage.
    wanted_there = ("x₁", "1.00", "positive weight", "Weight", "WHAT THE NETWORK SAYS")
    for wanted in (*wanted_there, *(("δ = ",) if name == "xor" else ())):
        assert any(words.startswith(wanted) for words in seen), wanted
    assert {words: size for words, size in seen.items() if size < 19.9 and words} == {}


def test_beside_the_stage_stands_what_it_is_about(qtbot, begin):
    _, demo = begin("perceptron")
    told(qtbot, demo, "target 0")
    plot = demo.answer.plane
    assert plot.isVisible()
    # w = (0.2, 0.3) and b = −0.1: the line on which the sum is 0.
    x, y = plot._line.getData()
    assert np.allclose(0.2 * x + 0.3 * y, 0.1, atol=1e-6)
    assert plot._looked_at.getData()[0].tolist() == [1.0]
    assert demo.answer.width() > 0.3 * demo.width()
    assert demo.stage.width() > 0.5 * demo.width()


def at_full_hd(qtbot, demo) -> None:
    demo.showNormal()
    demo.resize(1920, 1080)
    qtbot.waitUntil(lambda: demo.stage.geometry().bottom() > 500, timeout=10_000)


def test_the_picture_stands_as_high_as_the_stage(qtbot, begin):
    _, demo = begin("perceptron")
    at_full_hd(qtbot, demo)
    for _ in range(2):
        stage, picture = demo.stage.geometry(), demo.answer.geometry()
        assert (picture.top(), picture.bottom()) == (stage.top(), stage.bottom())
        press(qtbot, demo, Qt.Key.Key_Right)


def test_samples_are_dots_that_a_class_can_see(qtbot, begin):
    _, demo = begin("perceptron")
    at_full_hd(qtbot, demo)
    plot = demo.answer.plane
    points = plot._samples.points()
    assert all(point.size() >= 20 for point in points)
    for point in points:
        dot, rim = point.brush().color(), point.pen()
        assert rim.widthF() >= 2.0
        assert contrast(rim.color(), dot) >= 2.0
    assert plot._looked_at.points()[0].size() > points[0].size() + 6


def contrast(one, other) -> float:
    """Of two colours, as WCAG defines it."""

    def light(color) -> float:
        parts = (color.redF(), color.greenF(), color.blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_small_negative_values_keep_two_decimals_and_names_their_distance(qtbot, begin):
    _, demo = begin("xor")
    at_full_hd(qtbot, demo)
    told(qtbot, demo, "then tanh bends")
    words = written(demo.stage.canvas)
    assert {"0.72", "0.71", "−0.15", "−0.18"} <= words.keys()
    screen = demo.stage.canvas.screen_places
    assert label_side(screen, 1, 2) == "corner"
    radius = float(screen.radii[2])
    # The name's lower left corner, from the middle of its disc: clear of the rim and what rings it.
    x, y = label_place("corner", radius, 0.0, 20.0)
    assert np.hypot(x, y + 0.4 * 20.0) >= radius + 5.0


def test_numbers_on_the_axes_are_written_as_in_the_nodes(qtbot, begin):
    _, demo = begin("perceptron")
    at_full_hd(qtbot, demo)
    words = [word for word in written(demo) if "0.2" in word]
    assert "−0.2" in words
    assert not [word for word in words if "-" in word]


def test_a_question_comes_before_its_answer(qtbot, begin):
    _, demo = begin("xor")
    told(qtbot, demo, "What will a network with random weights answer?")
    assert demo._kind.text() == "Predict first"
    assert demo.lessons.lesson.step.chip == "h"
    press(qtbot, demo, Qt.Key.Key_Space)
    assert demo._kind.text() != "Predict first"
    assert demo.lessons.lesson.step.chip == "L"


def test_escape_returns_to_the_window_as_it_was(qtbot, open_window):
    window = open_window("xor")
    window.session.edit_optimizer("Learning rate", learning_rate=0.3)
    window.session.train_epochs(7)
    wait_idle(qtbot, window.session)
    before = window.session.document, window.session.snapshot.step, parameters(window.session)
    geometry, states = window.geometry(), window.windowState()
    window.actions_by_name["demo"].trigger()
    demo = window.demo
    settle(qtbot, demo)
    assert demo.isFullScreen()
    told(qtbot, demo, "After 200 passes")
    closed = QSignalSpy(demo.closed)
    qtbot.keyClick(demo, Qt.Key.Key_Escape)
    assert closed.count() == 1
    assert window.demo is None
    assert not window.actions_by_name["demo"].isChecked()
    wait_idle(qtbot, window.session)
    assert (window.session.document, window.session.snapshot.step, parameters(window.session)) == before
    assert (window.geometry(), window.windowState()) == (geometry, states)
    # What was trained, and the edit before it.
    window.session.undo()
    window.session.undo()
    assert window.session.document == scene("xor")


def test_escape_and_arrows_are_the_presenters_after_a_click_on_the_graph(qtbot, begin):
    window, demo = begin("xor")
    told(qtbot, demo, "We walk one sample")
    canvas = demo.stage.canvas
    at = canvas.position_of(Edge(1, 0, 2, 0)).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert canvas.first_selected is not None
    press(qtbot, demo, Qt.Key.Key_Right)
    assert demo.lessons.lesson.step.chip == "h"
    qtbot.keyClick(demo, Qt.Key.Key_Escape)
    assert window.demo is None


def test_keys_pressed_in_a_hurry_are_all_obeyed(qtbot, begin):
    _, demo = begin("xor")
    for _ in range(9):
        qtbot.keyClick(demo, Qt.Key.Key_Right)
    for _ in range(3):
        qtbot.keyClick(demo, Qt.Key.Key_Left)
    settle(qtbot, demo)
    hurried = state(demo)
    press(qtbot, demo, Qt.Key.Key_Left)
    press(qtbot, demo, Qt.Key.Key_Right)
    assert state(demo) == hurried
    assert demo.demo.position == 6


def test_a_scene_without_a_script_says_so(qtbot, open_window):
    window = open_window("curve")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.demo is None
    assert window.stage.notice.isVisible()
    assert not window.actions_by_name["demo"].isChecked()


def test_the_command_line_refuses_a_scene_without_a_script(capsys):
    assert cli.main(["--demo", "curve"]) == 2
    assert "no script" in capsys.readouterr().err


def test_a_script_older_than_its_network_selects_nothing(qtbot, open_window):
    window = open_window("xor")
    document = find_scene("xor").document
    actions = (Action("select", (1, 9)), Action("select", (0, 0, 2, 0)), Action("select", (7, 0)))
    demo = DemoWindow(replace(document, script=(Slide((("en", "x"),), (), actions),)), DARK, window)
    demo.show()
    settle(qtbot, demo)
    assert demo.stage.canvas.first_selected is None
    demo.close()


def test_closing_the_window_ends_the_demo(qtbot, begin):
    window, demo = begin("xor")
    closed = QSignalSpy(demo.closed)
    window.close()
    assert closed.count() == 1


def test_letters_of_a_demo_are_chosen_once(open_window, qapp, monkeypatch):
    chosen = []
    enlarge = DemoWindow._enlarge
    monkeypatch.setattr(
        DemoWindow, "_enlarge", lambda self, ratio: chosen.append(ratio) or enlarge(self, ratio)
    )
    window = open_window("xor")
    window.actions_by_name["demo"].setChecked(True)
    qapp.processEvents()
    size = window.demo.size()
    window.demo.resize(size.width(), size.height() + 1)
    assert len(chosen) == len(set(chosen)) == 1
    window.demo.close()
