"""Whoever selects something on the stage is told which keys do something with it; what is told is so."""

import pytest
from PySide6.QtCore import Qt

from nnsim.model.network import Edge, Node
from nnsim.ui.key_hints import key_hints
from tests.session.driving import scene, wait_idle

Key = Qt.Key


@pytest.fixture
def window(open_window):
    return open_window("xor")


def said(window) -> str:
    return window.statusBar().currentMessage()


def test_a_click_on_a_neuron_says_its_keys_and_leaving_takes_them_back(window, qtbot):
    canvas = window.stage.canvas
    assert said(window) == ""
    at = canvas.position_of(Node(1, 2)).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert "Enter: its edges" in said(window)
    assert "digits: set its bias" in said(window)
    qtbot.keyClick(canvas, Key.Key_Return)
    assert "set its weight" in said(window)
    qtbot.keyClick(canvas, Key.Key_Escape)
    assert said(window) == ""


def test_what_it_says_is_what_the_keys_do(window, qtbot):
    canvas, network = window.stage.canvas, window.session.document.network
    for layer in range(3):
        canvas.select(Node(layer, 0))
        assert ("Delete: remove it" in said(window)) == (layer == 1)
        assert ("set this input" in said(window)) == (layer == 0)
        window.actions_by_name["delete"].trigger()
        removed = window.session.document.network != network
        assert removed == (layer == 1)
        if removed:
            window.session.undo()
    canvas.select(Edge(1, 0, 2, 0))
    assert "Delete: cut it" in said(window)
    window.actions_by_name["delete"].trigger()
    assert window.session.document.network.removed_edges


def test_without_a_bias_no_digits_are_named():
    network = scene("scratch").network
    assert "digits" not in " ".join(key_hints(Node(1, 0), network, in_lesson=False))
    assert "digits" in " ".join(key_hints(Node(0, 0), network, in_lesson=False))


def test_in_a_lesson_the_arrows_are_the_lessons(window, qtbot):
    canvas = window.stage.canvas
    canvas.select(Node(1, 0))
    assert said(window).startswith("arrows: walk on")
    window.actions_by_name["lesson"].setChecked(True)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None)
    canvas.select(Node(1, 1))
    assert said(window).startswith("Alt+arrows: walk on")
    assert "Enter: its edges" in said(window)
    window.actions_by_name["lesson"].setChecked(False)
    wait_idle(qtbot, window.session)
    assert said(window).startswith("arrows: walk on")


def test_in_a_small_window_no_key_is_cut_off_and_the_way_out_is_said(qtbot, open_window):
    window = open_window("shapes")
    window.resize(1024, 700)
    window.stage.canvas.select(Node(1, 33))
    line = window.statusBar()
    qtbot.waitUntil(lambda: line.width() <= 1024)
    widest = min(part.geometry().left() for part in (line._pace, line._engine) if part.isVisible())
    qtbot.waitUntil(lambda: line.fontMetrics().horizontalAdvance(said(window)) + 6 < widest)
    assert said(window).endswith("Esc: select nothing")
    assert "Enter: enlarge its map" in said(window)
    short = said(window)
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: len(said(window)) > len(short))
    assert "Delete: remove it" in said(window)
