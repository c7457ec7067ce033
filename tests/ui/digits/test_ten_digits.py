"""The ten digits, drawn with the mouse in several hands, are read by the model that ships."""

import pytest

from nnsim.data import digits
from nnsim.data.scenes import find_scene
from tests.session.driving import wait_idle
from tests.ui.digits.conftest import Hand
from tests.ui.digits.hands import strokes_of

VARIANTS = 5


@pytest.fixture
def window(monkeypatch, open_window):
    monkeypatch.setattr(digits, "GENERATED_TRAIN", 100)
    monkeypatch.setattr(digits, "GENERATED_TEST", 20)
    return open_window("mnist-accurate")


def test_ten_digits_in_five_hands_are_read(qtbot, window):
    assert find_scene("mnist-accurate").trained is not None
    canvas = window.digits.draw.canvas
    hand, wrong = Hand(canvas), []
    for digit in range(10):
        for variant in range(VARIANTS):
            canvas.clear()
            for stroke in strokes_of(digit, variant):
                hand.draw(*stroke)
            wait_idle(qtbot, window.session)
            answer = int(window.session.snapshot.probe.activations[-1].argmax())
            if answer != digit:
                wrong.append((digit, variant, answer))
    assert len(wrong) <= 5, wrong
