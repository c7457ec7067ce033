"""The digits' network of filters: drawn on and examined like any other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnsim.data import digits
from tests.session.driving import wait_idle
from tests.ui.digits.conftest import Hand, click, label
from tests.ui.digits.hands import strokes_of


@pytest.fixture
def window(monkeypatch, open_window):
    monkeypatch.setattr(digits, "GENERATED_TRAIN", 60)
    monkeypatch.setattr(digits, "GENERATED_TEST", 20)
    return open_window("mnist-conv")


def test_a_digit_is_read_and_the_test_page_tells_the_rest(qtbot, window):
    session, page = window.session, window.digits
    for stroke in strokes_of(3, 0):
        Hand(page.draw.canvas).draw(*stroke)
    wait_idle(qtbot, session)
    assert int(session.snapshot.probe.activations[-1].argmax()) == 3
    assert page.bars.verdict.startswith("This is a 3")
    page.turn_to("test")
    wait_idle(qtbot, session)
    assert session.exam.samples == 20
    assert session.exam.accuracy > 0.7


def test_a_drawn_digit_is_taught_in_one_step_and_walked_through(qtbot, window):
    session, page = window.session, window.digits
    for stroke in strokes_of(3, 0):
        Hand(page.draw.canvas).draw(*stroke)
    wait_idle(qtbot, session)
    label(window, 8)
    wait_idle(qtbot, session)
    before, start = session.snapshot.probe.activations[-1][8], session.snapshot.step
    click(page.teach.teach)
    wait_idle(qtbot, session)
    lesson = window.lessons.lesson
    assert lesson.numbers == (-1,)
    assert lesson.trace.answers_after()[0][8] > before
    QTest.keyClick(window, Qt.Key.Key_End)
    QTest.keyClick(window, Qt.Key.Key_L)
    wait_idle(qtbot, session)
    assert session.snapshot.step == start + 1
