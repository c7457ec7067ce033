"""The board for a touch screen or a stand."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnsim.data.centring import centred
from nnsim.ui.digits.draw_window import DrawBoard
from nnsim.ui.theme import DARK, LIGHT
from tests.ui.digits.conftest import Hand


@pytest.fixture
def board(show):
    """The board on the screen."""
    return show(DrawBoard(DARK), 1100, 720)


def test_drawing_asks_for_a_prediction_and_shows_it(board):
    inputs = []
    board.input_changed.connect(inputs.append)
    Hand(board.canvas).draw((0.3, 0.3), (0.6, 0.6))
    assert np.array_equal(inputs[-1], centred(board.canvas.ink()))
    board.show_probabilities(np.eye(10)[3])
    assert board.bars.verdict == "This is a 3 — 100 % sure"
    QTest.mouseClick(board.clear, Qt.MouseButton.LeftButton)
    assert inputs[-1] is None
    assert not board.clear.isEnabled()
    QTest.mouseClick(board.undo, Qt.MouseButton.LeftButton)
    assert inputs[-1] is not None


def test_its_buttons_are_made_for_fingers(board):
    for button in (board.clear, board.undo, board.theme_button):
        assert button.height() >= 48


@pytest.mark.parametrize(("width", "height"), [(1100, 720), (720, 1200), (800, 600)])
def test_it_stands_upright_or_lies(board, width, height):
    board.resize(width, height)
    QTest.qWait(0)
    canvas, bars = board.canvas.geometry(), board.bars.geometry()
    assert not canvas.intersects(bars)
    if height > width:
        assert canvas.bottom() < bars.top()
    else:
        assert canvas.right() < bars.left()
    assert board.canvas.board.width() >= 0.4 * min(width, height)
    assert board.rect().contains(bars)


def test_it_asks_for_the_other_theme_and_wears_it(board):
    asked = []
    board.theme_wanted.connect(lambda: asked.append(True))
    QTest.mouseClick(board.theme_button, Qt.MouseButton.LeftButton)
    assert asked
    board.set_theme(LIGHT)
    assert board.grab().toImage().pixelColor(3, 3).name() == LIGHT.window


def test_escape_leaves_the_full_screen(board, qtbot):
    QTest.keyClick(board, Qt.Key.Key_F11)
    assert board.isFullScreen()
    QTest.keyClick(board.canvas, Qt.Key.Key_Escape)
    assert not board.isFullScreen()
    assert board.isVisible()


def test_it_clears_itself_for_the_next_visitor(board, qtbot):
    board.clear_when_idle(0.05)
    Hand(board.canvas).draw((0.5, 0.5))
    assert board.canvas.pixels() is not None
    qtbot.waitUntil(lambda: board.canvas.pixels() is None)


def test_it_does_not_clear_unless_asked(board, qtbot):
    Hand(board.canvas).draw((0.5, 0.5))
    board.clear_when_idle(0.05)
    board.clear_when_idle(0)
    qtbot.wait(120)
    assert board.canvas.pixels() is not None
