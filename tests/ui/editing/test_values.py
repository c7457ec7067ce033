"""Weights, biases and inputs are typed, dragged and turned in place."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from nnsim.model.network import Edge, Node
from nnsim.model.parameters import Layout
from tests.session.driving import Heard, parameters, run_until, scene, wait_idle
from tests.ui.editing.hands import (
    ALT,
    LEFT,
    SHIFT,
    click,
    double_click,
    drag,
    key,
    move,
    place,
    press,
    release,
    there_and_back,
    wheel,
)

Key = Qt.Key
EDGE, NEURON = Edge(0, 0, 1, 1), Node(1, 2)


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def canvas(window):
    return window.stage.canvas


def number(window, item):
    """A weight or bias as it is now."""
    session = window.session
    layout = Layout(session.document.network)
    if isinstance(item, Edge):
        return float(session.snapshot.parameters[layout.edge_index(item)])
    return float(session.snapshot.parameters[layout.find(item.layer, "bias").offset + item.unit])


@pytest.mark.parametrize("item", [EDGE, NEURON])
def test_a_double_click_opens_a_field_and_enter_sets_the_number(window, canvas, qtbot, item):
    double_click(qtbot, canvas, item)
    line = window.editor.field.line
    assert window.focusWidget() is line
    with there_and_back(qtbot, window.session):
        qtbot.keyClicks(line, "-1.25")
        qtbot.keyClick(line, Key.Key_Return)
    assert number(window, item) == -1.25
    assert not window.editor.field.isVisible()
    assert window.focusWidget() is canvas
    assert canvas.selection == {item}


def test_typing_on_what_is_selected_begins_the_number(window, canvas, qtbot):
    click(qtbot, canvas, EDGE)
    line = window.editor.field.line
    for first in ("2", "-", "."):
        qtbot.keyClicks(canvas, first)
        assert line.text() == first
        qtbot.keyClicks(line, "5")
        qtbot.keyClick(line, Key.Key_Return)
        wait_idle(qtbot, window.session)
        assert number(window, EDGE) == float(f"{first}5")


def test_digits_choose_overlays_while_nothing_is_selected(window, qtbot):
    key(qtbot, window, Key.Key_3)
    assert not window.editor.field.isVisible()
    assert window.actions_by_name["gradient"].isChecked()


def test_f2_opens_the_field_and_escape_leaves_the_number(window, canvas, qtbot):
    before = parameters(window.session)
    click(qtbot, canvas, NEURON)
    key(qtbot, window, Key.Key_F2)
    qtbot.keyClicks(window.editor.field.line, "7")
    qtbot.keyClick(window.editor.field.line, Key.Key_Escape)
    wait_idle(qtbot, window.session)
    assert parameters(window.session) == before
    assert not window.editor.field.isVisible()
    assert window.focusWidget() is canvas


def test_what_is_no_number_is_told_in_place(window, canvas, qtbot):
    double_click(qtbot, canvas, EDGE)
    field, before = window.editor.field, parameters(window.session)
    for text in ("abc", "", "1e999", "nan", "inf", "2000000"):
        field.line.clear()
        qtbot.keyClicks(field.line, text)
        assert not field.fault.isVisible()
        qtbot.keyClick(field.line, Key.Key_Return)
        assert field.isVisible(), text
        assert field.fault.isVisible(), text
        assert canvas.rect().contains(field.geometry())
        qtbot.keyClicks(field.line, "1")
    wait_idle(qtbot, window.session)
    assert parameters(window.session) == before
    qtbot.keyClick(field.line, Key.Key_Return)
    wait_idle(qtbot, window.session)
    assert number(window, EDGE) == 1.0


def test_all_selected_edges_get_the_number(window, canvas, qtbot):
    others = (EDGE, Edge(0, 1, 1, 0), Edge(1, 3, 2, 0))
    canvas.select_all(others)
    with there_and_back(qtbot, window.session):
        qtbot.keyClicks(canvas, "3")
        qtbot.keyClick(window.editor.field.line, Key.Key_Return)
    assert [number(window, edge) for edge in others] == [3.0, 3.0, 3.0]


def test_a_layer_without_biases_says_so(open_window, qtbot):
    window = open_window("scratch")
    heard = Heard(window.session)
    double_click(qtbot, window.stage.canvas, Node(1, 0))
    assert "no bias" in heard.problems[0]
    assert not window.editor.field.isVisible()


@pytest.mark.parametrize("item", [EDGE, NEURON])
def test_alt_and_a_drag_upwards_raise_the_number_in_one_entry(window, canvas, qtbot, item):
    start, before = place(canvas, item), number(window, item)
    up = [start - QPointF(0, 10), start - QPointF(3, 25), start - QPointF(0, 40)]
    with there_and_back(qtbot, window.session):
        drag(qtbot, canvas, start, *up, modifiers=ALT)
    assert number(window, item) == pytest.approx(before + 0.40, abs=1e-6)
    assert canvas.selection == frozenset()


def test_a_drag_is_one_entry_while_it_learns_too(open_window, qtbot):
    window = open_window(scene("xor", l2=0.0))
    session, canvas = window.session, window.stage.canvas
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 3, timeout=20_000)
    start = place(canvas, EDGE)
    drag(qtbot, canvas, start, start - QPointF(0, 10), start - QPointF(0, 40), modifiers=ALT)
    assert session.running
    session.pause()
    wait_idle(qtbot, session)
    texts = [session.undo_stack.text(i) for i in range(session.undo_stack.count())]
    assert texts.count("Weight") == 1


def test_escape_takes_a_drag_back(window, canvas, qtbot):
    start, before = place(canvas, EDGE), number(window, EDGE)
    press(qtbot, canvas, start, ALT)
    move(canvas, start - QPointF(0, 50), LEFT, ALT)
    wait_idle(qtbot, window.session)
    assert number(window, EDGE) == pytest.approx(before + 0.5, abs=1e-6)
    key(qtbot, window, Key.Key_Escape)
    release(qtbot, canvas, start)
    wait_idle(qtbot, window.session)
    assert number(window, EDGE) == before


def test_shift_drags_ten_times_as_far(window, canvas, qtbot):
    start, before = place(canvas, EDGE), number(window, EDGE)
    drag(qtbot, canvas, start, start + QPointF(0, 10), modifiers=ALT | SHIFT)
    wait_idle(qtbot, window.session)
    assert number(window, EDGE) == pytest.approx(before - 1.0, abs=1e-6)


def test_alt_and_the_wheel_make_fine_steps_in_one_entry(window, canvas, qtbot):
    at, before = place(canvas, NEURON), number(window, NEURON)
    with there_and_back(qtbot, window.session):
        wheel(canvas, at, 1)
        wheel(canvas, at, 1)
        wait_idle(qtbot, window.session)
        wheel(canvas, at, 1)
        wheel(canvas, at, 1, ALT | SHIFT)
    assert number(window, NEURON) == pytest.approx(before + 0.13, abs=1e-6)
    assert canvas._camera.view.scale == 1.0


def test_dragging_an_input_shows_another_input(window, canvas, qtbot):
    before = parameters(window.session)
    start = place(canvas, Node(0, 1))
    drag(qtbot, canvas, start, start - QPointF(0, 30), modifiers=ALT)
    wait_idle(qtbot, window.session)
    assert window.session.snapshot.probe.x[1] == pytest.approx(0.30, abs=1e-6)
    assert window.session.snapshot.probe.activations[0][1] == pytest.approx(0.30, abs=1e-6)
    assert parameters(window.session) == before


def test_an_input_can_be_typed(window, canvas, qtbot):
    double_click(qtbot, canvas, Node(0, 0))
    qtbot.keyClicks(window.editor.field.line, "0.75")
    qtbot.keyClick(window.editor.field.line, Key.Key_Return)
    wait_idle(qtbot, window.session)
    assert window.session.snapshot.probe.x[0] == pytest.approx(0.75)


def test_zero_and_randomise_change_what_is_selected_alone(window, canvas, qtbot):
    session = window.session
    layout = Layout(session.document.network)
    mine = [layout.edge_index(Edge(0, i, *NEURON)) for i in range(2)]
    mine.append(layout.find(1, "bias").offset + NEURON.unit)
    before = session.snapshot.parameters.copy()
    click(qtbot, canvas, NEURON)
    for which, check in ((Key.Key_X, lambda w: w[mine[:2]].all()), (Key.Key_Z, lambda w: not w[mine].any())):
        with there_and_back(qtbot, session):
            key(qtbot, window, which)
        now = session.snapshot.parameters
        assert check(now)
        assert not np.array_equal(now[mine], before[mine])
        assert np.array_equal(np.delete(now, mine), np.delete(before, mine))


def test_initialising_again_brings_the_start_back(window, canvas, qtbot):
    session = window.session
    start = session.snapshot.parameters.copy()
    run_until(qtbot, session, lambda snapshot: snapshot.step > 5)
    trained = session.snapshot.parameters.copy()
    click(qtbot, canvas, EDGE)
    index = Layout(session.document.network).edge_index(EDGE)
    with there_and_back(qtbot, session):
        key(qtbot, window, Key.Key_R, SHIFT)
    now = session.snapshot.parameters
    assert now[index] == start[index] != trained[index]
    assert np.array_equal(np.delete(now, index), np.delete(trained, index))
