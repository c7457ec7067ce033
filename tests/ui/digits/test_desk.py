"""Digits in the whole window: drawn, read, taught, looked up, kept."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from nnsim.data import digits
from nnsim.data.own_digits import clear_own, read_own
from nnsim.ui.numbers import percent
from nnsim.ui.transport_bar import TransportBar
from tests.session.driving import wait_idle
from tests.ui.digits.conftest import Hand, click, label

ONE = ((0.5, 0.2), (0.5, 0.4), (0.5, 0.6), (0.5, 0.8))


@pytest.fixture
def few(monkeypatch):
    """Generated digits are few, and nobody has kept any."""
    monkeypatch.setattr(digits, "GENERATED_TRAIN", 300)
    monkeypatch.setattr(digits, "GENERATED_TEST", 60)
    clear_own()
    yield
    clear_own()


@pytest.fixture
def window(few, open_window):
    return open_window("mnist")


def draw_one(qtbot, window):
    Hand(window.digits.draw.canvas).draw(*ONE)
    wait_idle(qtbot, window.session)


def probabilities(window):
    return window.session.snapshot.probe.activations[-1]


def test_the_scene_opens_with_an_example_that_the_network_has_read(window):
    probe = window.session.snapshot.probe
    assert probe.index == -1
    assert probe.x.max() > 0.9
    np.testing.assert_array_equal(probe.x.reshape(28, 28), window.digits.draw.canvas.pixels())
    assert str(int(probe.activations[-1].argmax())) in window.digits.bars.verdict
    assert window.right.currentWidget() is window.digits


def test_what_is_drawn_goes_through_the_network_while_it_is_drawn(qtbot, window):
    hand = Hand(window.digits.draw.canvas)
    window.digits.draw.canvas.clear()
    seen = []
    window.session.snapshot_changed.connect(lambda snapshot: seen.append(snapshot.probe.x.sum()))
    hand.press(*ONE[0])
    for place in ONE[1:]:
        hand.move(*place)
        wait_idle(qtbot, window.session)
    hand.release(*ONE[-1])
    wait_idle(qtbot, window.session)
    assert len(set(seen)) >= len(ONE) - 1
    np.testing.assert_array_equal(
        window.session.snapshot.probe.x.reshape(28, 28), window.digits.draw.canvas.pixels()
    )
    assert window.stage.canvas._scene.snapshot is window.session.snapshot


def test_an_empty_canvas_is_not_answered(qtbot, window):
    click(window.digits.draw.tools.clear)
    wait_idle(qtbot, window.session)
    assert "don't know" in window.digits.bars.verdict
    assert window.session.snapshot.probe.x.max() == 0.0
    assert not window.digits.teach.teach.isEnabled()


def test_without_a_label_there_is_nothing_to_teach(qtbot, window):
    draw_one(qtbot, window)
    assert window.session.snapshot.probe.loss is None
    assert not window.digits.teach.teach.isEnabled()
    label(window, 1)
    wait_idle(qtbot, window.session)
    assert window.session.snapshot.probe.y.argmax() == 1
    assert window.session.snapshot.probe.loss is not None
    assert window.digits.teach.teach.isEnabled()
    label(window, 1)
    wait_idle(qtbot, window.session)
    assert window.session.snapshot.probe.y is None
    assert not window.digits.teach.teach.isEnabled()


def test_teaching_opens_the_lesson_of_that_step_and_makes_it(qtbot, window):
    draw_one(qtbot, window)
    label(window, 8)
    wait_idle(qtbot, window.session)
    before = probabilities(window)[8]
    start = window.session.snapshot.step
    click(window.digits.teach.teach)
    wait_idle(qtbot, window.session)
    lesson = window.lessons.lesson
    assert lesson.numbers == (-1,)
    assert lesson.trace.y[0].argmax() == 8
    expected = lesson.trace.answers_after()[0][8]
    assert expected > before
    assert "8" in window.digits.teach.outcome.text()
    # Before and after stand side by side, row by row.
    assert window.digits.bars._numbers[8] == f"{percent(float(before))} → {percent(float(expected))}"
    QTest.keyClick(window, Qt.Key.Key_End)
    QTest.keyClick(window, Qt.Key.Key_L)
    wait_idle(qtbot, window.session)
    assert window.session.snapshot.step == start + 1
    assert probabilities(window)[8] == pytest.approx(expected, rel=1e-3)


def test_in_a_lesson_the_column_reads_the_sample_on_the_stage_and_then_ones_own_again(qtbot, window):
    draw_one(qtbot, window)
    own, verdict = window.digits.draw.canvas.pixels().copy(), window.digits.bars.verdict
    window.lessons.set_grain("operation")
    QTest.keyClick(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None)
    lesson, draw = window.lessons.lesson, window.digits.draw
    probe = lesson.staged.probe
    np.testing.assert_array_equal(draw.canvas.pixels(), probe.x.reshape(28, 28))
    assert str(lesson.numbers[0] + 1) in draw._heading.text()
    lesson.go(len(lesson.steps) - 1)
    np.testing.assert_allclose(window.digits.bars._shares, probe.activations[-1])
    assert str(int(probe.y.argmax())) in window.digits.bars.verdict
    lesson.go(0)
    window.session.follow(window.session.followed)
    wait_idle(qtbot, window.session)
    assert "not computed" in window.digits.bars.verdict
    QTest.keyClick(window, Qt.Key.Key_L)
    wait_idle(qtbot, window.session)
    np.testing.assert_array_equal(draw.canvas.pixels(), own)
    assert window.digits.bars.verdict == verdict
    assert draw._heading.text() == "DRAW A DIGIT"


def test_a_stroke_in_such_a_lesson_goes_on_with_ones_own_drawing(qtbot, window):
    draw_one(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None)
    Hand(window.digits.draw.canvas).draw((0.2, 0.2), (0.4, 0.2))
    assert window.lessons.lesson is None
    wait_idle(qtbot, window.session)
    assert len(window.digits.draw.canvas.drawing.strokes) == 2
    np.testing.assert_array_equal(
        window.session.snapshot.probe.x.reshape(28, 28), window.digits.draw.canvas.pixels()
    )


def test_the_taught_row_and_its_buttons_stay_in_sight_at_the_usual_size(qtbot, window):
    window.resize(1440, 900)
    draw_one(qtbot, window)
    label(window, 8)
    click(window.digits.teach.teach)
    wait_idle(qtbot, window.session)
    teach, bars = window.digits.teach, window.digits.bars
    for part in (bars, teach, teach.teach, teach.keep):
        qtbot.waitUntil(lambda part=part: part.visibleRegion().boundingRect() == part.rect())


def test_a_new_stroke_ends_the_lesson(qtbot, window):
    draw_one(qtbot, window)
    label(window, 8)
    click(window.digits.teach.teach)
    wait_idle(qtbot, window.session)
    assert window.lessons.lesson is not None
    draw_one(qtbot, window)
    assert window.lessons.lesson is None
    assert window.digits.teach.label is None


def test_a_random_test_digit_comes_with_its_label_and_is_not_redrawn(qtbot, window):
    click(window.digits.draw.random)
    wait_idle(qtbot, window.session)
    probe, data = window.session.snapshot.probe, window.session.dataset
    found = np.flatnonzero((data.validation_x == probe.x).all(axis=1))
    assert len(found) == 1
    np.testing.assert_array_equal(probe.y, data.validation_y[found[0]])
    assert window.digits.teach.label == probe.y.argmax()


def test_random_digits_can_be_of_one_kind(qtbot, window):
    window.digits.draw.label_filter.show_value(7)
    for _ in range(5):
        click(window.digits.draw.random)
        wait_idle(qtbot, window.session)
        assert window.session.snapshot.probe.y.argmax() == 7


def test_mistakes_follow_one_another(qtbot, window):
    window.session.reset()
    wait_idle(qtbot, window.session)
    seen = []
    for _ in range(3):
        click(window.digits.draw.mistake)
        wait_idle(qtbot, window.session)
        probe = window.session.snapshot.probe
        assert probe.activations[-1].argmax() != probe.y.argmax()
        seen.append(probe.x.tobytes())
    assert len(set(seen)) == 3


def test_the_test_page_examines_and_its_pictures_go_on_stage(qtbot, window):
    window.session.reset()
    assert window.session.exam is None
    window.digits.turn_to("test")
    wait_idle(qtbot, window.session)
    exam = window.session.exam
    assert exam.samples == len(window.session.dataset.validation_x) == 60
    assert exam.accuracy == pytest.approx(window.session.snapshot.validation.accuracy)
    window.digits.exam.sample_chosen.emit(int(exam.mistakes[0]))
    wait_idle(qtbot, window.session)
    np.testing.assert_array_equal(
        window.session.snapshot.probe.x, window.session.dataset.validation_x[exam.mistakes[0]]
    )
    window.digits.turn_to("draw")
    window.session.step_silently(1)
    wait_idle(qtbot, window.session)
    assert window.session.exam is exam


def test_a_drawing_is_kept_and_can_be_trained_on(qtbot, window):
    draw_one(qtbot, window)
    label(window, 1)
    click(window.digits.teach.keep)
    own = read_own()
    assert own.y.tolist() == [1]
    assert np.abs(own.x[0] / 255.0 - window.digits.draw.canvas.pixels()).max() < 0.01
    before = window.session.dataset.samples
    click(window.data_panel.mine)
    wait_idle(qtbot, window.session)
    assert window.session.dataset.samples == before + 1
    click(window.digits.teach.keep)
    wait_idle(qtbot, window.session)
    assert window.session.dataset.samples == before + 2


def test_leaving_the_digits_brings_the_other_column_back(qtbot, window):
    window.files.open("xor")
    wait_idle(qtbot, window.session)
    assert window.right.currentWidget() is not window.digits
    assert window.session.snapshot.probe.index >= 0
    window.files.open("mnist")
    wait_idle(qtbot, window.session)
    assert window.right.currentWidget() is window.digits
    assert window.session.snapshot.probe.index == -1


def test_while_training_an_empty_canvas_leaves_the_stage_to_the_samples(qtbot, window):
    window.digits.draw.canvas.clear()
    window.session.run()
    qtbot.waitUntil(lambda: window.session.snapshot.probe.index >= 0, timeout=20_000)
    window.session.pause()
    wait_idle(qtbot, window.session)
    assert window.session.snapshot.probe.index == -1


def test_mnist_is_offered_only_where_generated_digits_stand_in(qtbot, window):
    assert window.session.dataset.source == "generated"
    assert window.mnist.isVisible()
    window.data_panel.dataset.setCurrentIndex(1)
    window.data_panel.dataset.activated.emit(1)
    wait_idle(qtbot, window.session)
    assert window.session.document.data.source == "generated"
    assert not window.mnist.isVisible()


def test_a_move_of_the_pen_lays_nothing_out_and_writes_no_facts_anew(qtbot, window, qapp, monkeypatch):
    hand = Hand(window.digits.draw.canvas)
    hand.press(*ONE[0])
    for place in ONE[1:3]:
        hand.move(*place)
        wait_idle(qtbot, window.session)
        # What the opening has still to place is placed.
        qapp.processEvents()
    seen, written = [], []
    write = TransportBar._write
    monkeypatch.setattr(TransportBar, "_write", lambda bar, facts: written.append(facts) or write(bar, facts))
    watch = Watching(seen)
    qapp.installEventFilter(watch)
    for place in (ONE[3], *ONE[1:]):
        hand.move(*place)
        wait_idle(qtbot, window.session)
    qapp.removeEventFilter(watch)
    hand.release(*ONE[-1])
    assert seen == []
    assert written == []


class Watching(QObject):
    """Notes the widgets that are laid out anew."""

    def __init__(self, seen):
        super().__init__()
        self._seen = seen

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.LayoutRequest:
            self._seen.append(type(watched).__name__)
        return False
