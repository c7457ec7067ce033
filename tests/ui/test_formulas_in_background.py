"""Formulas are drawn in a thread beside the window, and appear when they are there."""

import threading
from itertools import product

import pytest
from PySide6.QtGui import QImage

from nnsim.data.scenes import find_scene
from nnsim.lesson.notation import Formula
from nnsim.lesson.steps import steps
from nnsim.ui.lesson import typesetting
from nnsim.ui.lesson.formula_view import FormulaView
from nnsim.ui.theme import DARK
from tests.lesson.lessons import traced


@pytest.fixture
def lines():
    """Two steps of a lesson."""
    return [step.lines(None) for step in steps(traced(find_scene("xor").document, [[0, 1]], [[1]]))[:2]]


def count(lines):
    """How many formulas are written."""
    return sum(len(line.written) for line in lines)


@pytest.fixture
def view(qtbot, monkeypatch):
    monkeypatch.setattr(FormulaView, "in_background", True)
    monkeypatch.setattr(typesetting, "_drawings", {})
    view = FormulaView(DARK)
    qtbot.addWidget(view)
    view.resize(900, 300)
    yield view
    for thread in threading.enumerate():
        if thread.name == "nnsim-formulas":
            thread.join()


def test_nothing_is_typeset_while_the_window_waits(view, lines, qtbot, monkeypatch):
    threads = set()
    draw = typesetting._draw
    monkeypatch.setattr(
        typesetting, "_draw", lambda *key: threads.add(threading.current_thread().name) or draw(*key)
    )
    view.show_lines(lines[0])
    assert view._page._places == []
    assert view.accessibleDescription()
    qtbot.waitUntil(lambda: len(view._page._places) == count(lines[0]), timeout=60_000)
    assert "nnsim-formulas" in threads
    assert not view._timer.isActive()


def test_what_is_expected_is_there_at_once(view, lines, qtbot):
    view.show_lines(lines[0])
    view.expect([lines[1]])
    ahead = [each for line in lines[1] for each in (line.symbols, line.numbers) if each is not None]
    qtbot.waitUntil(lambda: all(typesetting.is_drawn(each, DARK) for each in ahead), timeout=60_000)
    view.show_lines(lines[1])
    assert len(view._page._places) == count(lines[1])


def test_until_the_next_are_drawn_the_last_stay_and_are_faint(view, lines, qtbot, monkeypatch):
    view.setStyleSheet("QWidget { background: black }")
    view.show_lines(lines[0])
    qtbot.waitUntil(lambda: bool(view._page._places), timeout=60_000)

    def darkest() -> int:
        image = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        ground = image.pixelColor(image.width() - 3, image.height() - 3).lightness()
        pixels = product(range(0, image.width() // 3, 2), range(image.height() // 3))
        return max(abs(image.pixelColor(x, y).lightness() - ground) for x, y in pixels)

    strong, rows, held = darkest(), view._page._places, threading.Event()
    draw = typesetting._draw
    monkeypatch.setattr(typesetting, "_draw", lambda *key: held.wait(60) and draw(*key))
    view.show_lines(lines[1])
    assert view._page._places is rows
    assert darkest() < 0.5 * strong
    # What does not belong to the step answers to no mouse.
    assert not view._page.spots
    view.resize(700, 260)
    assert not view._page.spots
    held.set()
    qtbot.waitUntil(lambda: view._page._places is not rows, timeout=60_000)
    assert len(view._page._places) == count(lines[1])
    assert darkest() > 0.5 * strong


def test_what_is_not_wanted_any_more_is_left_off(view, lines, qtbot):
    view.show_lines(lines[0])
    view.show_lines(())
    assert view._page._places == []
    qtbot.waitUntil(lambda: not view._scribe._is_busy, timeout=60_000)
    assert view._page._places == []


def test_a_formula_that_cannot_be_drawn_ends_nothing_in_its_thread(view, monkeypatch, qtbot):
    def fail(*_):
        raise ValueError("no")

    monkeypatch.setattr(typesetting, "_draw", fail)
    monkeypatch.setattr(typesetting, "_failed", set())
    formula = Formula("x")
    view._scribe.want([formula], DARK)
    qtbot.waitUntil(lambda: typesetting.is_drawn(formula, DARK), timeout=20_000)


def test_what_is_drawn_is_shown_without_waiting_for_what_is_being_drawn(view, lines):
    formula = lines[0][0].written[0]
    typesetting._draw(formula, DARK)
    typesetting.typeset.cache_clear()
    showing = threading.Thread(target=typesetting.typeset, args=(formula, DARK), daemon=True)
    with typesetting._one_at_a_time:
        showing.start()
        showing.join(20)
        assert not showing.is_alive()


def test_of_too_many_drawings_the_oldest_goes(view, lines, monkeypatch):
    monkeypatch.setattr(typesetting, "_MOST", 2)
    first, *others = [formula for line in lines[0] + lines[1] for formula in line.written][:3]
    for formula in (first, *others):
        typesetting._draw(formula, DARK)
    assert [typesetting.is_drawn(each, DARK) for each in (first, *others)] == [False, True, True]


def test_what_scrolls_is_shown_until_something_shorter_is_drawn(view, lines, qtbot, monkeypatch):
    shorter, held, draw = lines[0][:1], threading.Event(), typesetting._draw
    ready = {formula for line in lines[1] for formula in line.written}
    monkeypatch.setattr(
        typesetting,
        "_draw",
        lambda formula, *key: (formula in ready or held.wait(60)) and draw(formula, *key),
    )
    view.resize(160, 24)
    view.show_lines(lines[1], shorter)
    qtbot.waitUntil(lambda: len(view._page._places) == count(lines[1]), timeout=60_000)
    assert not view._page.is_waiting
    held.set()
    qtbot.waitUntil(lambda: len(view._page._places) == count(shorter), timeout=60_000)
    # With more room there is all of it again.
    view.resize(1200, 400)
    view.show()
    qtbot.waitUntil(lambda: len(view._page._places) == count(lines[1]), timeout=60_000)
