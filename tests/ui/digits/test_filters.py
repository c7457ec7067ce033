"""The digits' network of filters: drawn on and examined like any other."""

import pytest

from nnsim.data import digits
from tests.session.driving import wait_idle
from tests.ui.digits.conftest import Hand
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
