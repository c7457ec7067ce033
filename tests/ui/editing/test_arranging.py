"""Neurons and layers are dragged to other places, which the document keeps, and put back."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from nnsim.model.arrangement import WHOLE
from nnsim.model.files import open_file
from nnsim.model.network import Edge, Node
from nnsim.ui.file_dialogs import DISCARD
from nnsim.ui.graph.view import View
from nnsim.ui.theme import LIGHT
from tests.session.driving import parameters, wait_idle
from tests.ui.editing.hands import (
    CTRL,
    LEFT,
    SHIFT,
    click,
    drag,
    key,
    move,
    place,
    press,
    release,
    there_and_back,
)
from tests.ui.test_files import Answers

Key = Qt.Key
BY = QPointF(40, -25)


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def canvas(window):
    return window.stage.canvas


def nodes(window):
    layers = window.session.document.network.layers
    return [Node(i, unit) for i, layer in enumerate(layers) for unit in range(layer.units)]


def places(window):
    return {node: window.stage.canvas.position_of(node) for node in nodes(window)}


def went(window, before):
    """By how much each node that moved has done so."""
    now = places(window)
    gone = {node: (now[node] - at) for node, at in before.items()}
    return {node: (round(by.x(), 3), round(by.y(), 3)) for node, by in gone.items() if not by.isNull()}


def pull(qtbot, canvas, start, by=BY):
    """Drag in two moves."""
    start = QPointF(QPointF(start).toPoint())
    drag(qtbot, canvas, start, start + by / 2, start + by)


def heading(canvas, layer):
    screen = canvas.screen_places
    return QPointF(screen.rect(screen.geometry.layers[layer]).middle[0], 20)


def test_a_dragged_neuron_stays_where_it_is_put_and_so_do_the_others(window, canvas, qtbot):
    before = places(window)
    with there_and_back(qtbot, window.session):
        pull(qtbot, canvas, place(canvas, Node(1, 2)))
    assert went(window, before) == {Node(1, 2): (40, -25)}
    assert window.session.document.arrangement == ((1, 2, 40.0, -25.0),)
    assert canvas.selection == {Node(1, 2)}
    window.session.undo()
    assert went(window, before) == {}
    window.session.redo()
    assert went(window, before) == {Node(1, 2): (40, -25)}


def test_a_second_drag_begins_where_the_first_ended(window, canvas, qtbot):
    before = places(window)
    for _ in range(2):
        pull(qtbot, canvas, place(canvas, Node(1, 2)))
    assert went(window, before) == {Node(1, 2): (80, -50)}


def test_it_moves_under_the_pointer_and_is_found_there(window, canvas, qtbot):
    start = place(canvas, Node(1, 1))
    old = canvas.position_of(Edge(0, 0, 1, 1))
    move(canvas, start)
    press(qtbot, canvas, start)
    move(canvas, start + QPointF(70, 0), LEFT)
    assert canvas.position_of(Node(1, 1)).x() - start.x() == pytest.approx(70, abs=1)
    assert canvas.item_at(start + QPointF(70, 0)) == Node(1, 1)
    assert canvas.position_of(Edge(0, 0, 1, 1)) != old, "its edges follow"
    assert window.session.undo_stack.count() == 0, "nothing is written before it is let go"
    release(qtbot, canvas, start + QPointF(70, 0))
    assert window.session.undo_stack.count() == 1


def test_a_click_that_trembles_is_a_click(window, canvas, qtbot):
    start = place(canvas, Node(1, 1))
    drag(qtbot, canvas, start, start + QPointF(2, 1))
    assert canvas.selection == {Node(1, 1)}
    assert not window.session.document.arrangement


def test_escape_puts_it_back(window, canvas, qtbot):
    before, start = places(window), place(canvas, Node(1, 1))
    move(canvas, start)
    press(qtbot, canvas, start)
    move(canvas, start + BY, LEFT)
    assert went(window, before)
    key(qtbot, window, Key.Key_Escape)
    release(qtbot, canvas, start + BY)
    assert went(window, before) == {}
    assert window.session.undo_stack.count() == 0


def test_the_selected_neurons_move_together(window, canvas, qtbot):
    before = places(window)
    click(qtbot, canvas, Node(1, 0))
    click(qtbot, canvas, Node(1, 1), SHIFT)
    click(qtbot, canvas, Node(0, 0), SHIFT)
    pull(qtbot, canvas, place(canvas, Node(1, 1)))
    assert went(window, before) == dict.fromkeys((Node(0, 0), Node(1, 0), Node(1, 1)), (40, -25))
    assert len(canvas.selection) == 3
    assert window.session.undo_stack.count() == 1
    pull(qtbot, canvas, place(canvas, Node(2, 0)))
    assert went(window, before)[Node(1, 0)] == (40, -25), "another neuron goes alone"


def test_a_heading_takes_its_layer_along(window, canvas, qtbot):
    before, at = places(window), heading(canvas, 1)
    move(canvas, at)
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    with there_and_back(qtbot, window.session):
        pull(qtbot, canvas, at, QPointF(60, 10))
    assert went(window, before) == {Node(1, unit): (60, 10) for unit in range(4)}
    assert window.session.document.arrangement == ((1, WHOLE, 60.0, 10.0),)
    assert heading(canvas, 1).x() == pytest.approx(at.x() + 60), "the heading stays over its layer"
    move(canvas, QPointF(20, 300))
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_layer_selected_whole_moves_as_a_layer(window, canvas, qtbot):
    canvas.select_all(Node(1, unit) for unit in range(4))
    pull(qtbot, canvas, place(canvas, Node(1, 1)))
    assert window.session.document.arrangement == ((1, WHOLE, 40.0, -25.0),)


def test_beside_the_headings_a_drag_pans(window, canvas, qtbot):
    before = places(window)
    gap = (heading(canvas, 0) + heading(canvas, 1)) / 2 - QPointF(0, 14)
    pull(qtbot, canvas, gap)
    assert len(went(window, before)) == len(before)
    assert not window.session.document.arrangement


def test_zoomed_in_it_still_follows_the_pointer(window, canvas, qtbot):
    canvas.zoom_in()
    before = places(window)
    pull(qtbot, canvas, place(canvas, Node(1, 1)))
    moved = went(window, before)[Node(1, 1)]
    assert moved == pytest.approx((40, -25), abs=0.1)


def test_control_and_the_arrows_move_what_is_selected_as_one_step(window, canvas, qtbot):
    before = places(window)
    key(qtbot, window, Key.Key_Right, CTRL)
    assert went(window, before) == {}, "nothing is selected"
    click(qtbot, canvas, Node(1, 1))
    with there_and_back(qtbot, window.session):
        for which in (Key.Key_Right, Key.Key_Right, Key.Key_Up):
            key(qtbot, window, which, CTRL)
    assert went(window, before) == {Node(1, 1): (16, -8)}
    assert canvas.selection == {Node(1, 1)}


def test_tidy_puts_everything_back_as_one_step(window, canvas, qtbot):
    before = places(window)
    pull(qtbot, canvas, place(canvas, Node(1, 1)))
    pull(qtbot, canvas, heading(canvas, 2))
    with there_and_back(qtbot, window.session):
        key(qtbot, window, Key.Key_T, SHIFT)
        assert went(window, before) == {}
    assert window.session.document.arrangement == ()
    key(qtbot, window, Key.Key_T, SHIFT)
    assert window.session.undo_stack.count() == 3, "what is tidy stays so"


def test_fit_shows_what_was_moved_out_of_sight(window, canvas, qtbot):
    far = QPointF(-canvas.position_of(Node(1, 0)).x() - 300, -80)
    pull(qtbot, canvas, place(canvas, Node(1, 0)), far)
    assert canvas.position_of(Node(1, 0)).x() < 0
    canvas.fit(animated=False)
    for at in places(window).values():
        assert canvas.rect().adjusted(20, 40, -20, -40).contains(at.toPoint())
    canvas.resize(canvas.width() - 100, canvas.height())
    assert all(canvas.rect().contains(at.toPoint()) for at in places(window).values())
    key(qtbot, window, Key.Key_T, SHIFT)
    qtbot.waitUntil(lambda: canvas.screen_places.view == View())


def test_training_goes_on_bit_for_bit(open_window, qtbot):
    moved, still = open_window(), open_window()
    for window in (moved, still):
        window.session.step_silently(7)
        wait_idle(qtbot, window.session)
    before = moved.session.snapshot
    pull(qtbot, moved.stage.canvas, place(moved.stage.canvas, Node(1, 1)))
    wait_idle(qtbot, moved.session)
    after = moved.session.snapshot
    assert (after.step, after.epoch) == (before.step, before.epoch)
    assert np.array_equal(after.parameters, before.parameters)
    for window in (moved, still):
        window.session.step_silently(9)
        wait_idle(qtbot, window.session)
    assert parameters(moved.session) == parameters(still.session)


def test_a_run_goes_on_while_a_neuron_is_moved(window, canvas, qtbot):
    window.session.run()
    pull(qtbot, canvas, place(canvas, Node(1, 1)))
    assert window.session.running
    assert window.session.document.arrangement
    window.session.pause()
    wait_idle(qtbot, window.session)


def test_a_file_keeps_the_places(window, canvas, qtbot, tmp_path):
    pull(qtbot, canvas, place(canvas, Node(1, 1)))
    pull(qtbot, canvas, heading(canvas, 0))
    wait_idle(qtbot, window.session)
    arranged, document = places(window), window.session.document
    window.files.dialogs = Answers(tmp_path / "arranged.nnsim", DISCARD)
    key(qtbot, window, Key.Key_S, CTRL)
    assert open_file(tmp_path / "arranged.nnsim")[0] == document
    key(qtbot, window, Key.Key_T, SHIFT)
    assert went(window, arranged)
    window.files.open(str(tmp_path / "arranged.nnsim"))
    wait_idle(qtbot, window.session)
    assert window.session.document.arrangement == document.arrangement != ()
    canvas.fit(animated=False)
    assert went(window, arranged) == {}


def test_an_edit_of_the_network_keeps_the_places_of_what_stays(window, canvas, qtbot):
    for unit in (1, 3):
        pull(qtbot, canvas, place(canvas, Node(1, unit)), QPointF(30 + unit, 0))
    pull(qtbot, canvas, heading(canvas, 2))
    click(qtbot, canvas, Node(1, 1))
    with there_and_back(qtbot, window.session):
        key(qtbot, window, Key.Key_Delete)
        assert window.session.document.arrangement == ((1, 2, 33.0, 0.0), (2, WHOLE, 40.0, -25.0))
    click(qtbot, canvas, Node(1, 0))
    with there_and_back(qtbot, window.session):
        key(qtbot, window, Key.Key_Insert, SHIFT)
        assert window.session.document.arrangement == ((1, 2, 33.0, 0.0), (3, WHOLE, 40.0, -25.0))


def test_fewer_neurons_from_the_panel_leave_no_place_without_its_neuron(window, canvas, qtbot):
    pull(qtbot, canvas, place(canvas, Node(1, 3)))
    pull(qtbot, canvas, place(canvas, Node(1, 0)))
    session = window.session
    network = session.document.network
    smaller = network.with_layer(1, replace(network.dense(1), units=2))
    session.edit("Fewer", replace(session.document, network=smaller, start=()))
    assert session.document.arrangement == ((1, 0, 40.0, -25.0),)


def test_layers_moved_past_each_other_can_be_drawn_and_taken_hold_of(open_window, qtbot):
    window = open_window(theme=LIGHT)
    canvas = window.stage.canvas
    far = canvas.position_of(Node(2, 0)).x() - canvas.position_of(Node(0, 0)).x() + 90
    pull(qtbot, canvas, heading(canvas, 0), QPointF(far, 60))
    assert canvas.position_of(Node(0, 0)).x() > canvas.position_of(Node(2, 0)).x()
    assert not canvas.grab().isNull()
    pull(qtbot, canvas, place(canvas, Node(0, 0)), QPointF(-far, 0))
    assert canvas.position_of(Node(0, 0)).x() < canvas.position_of(Node(2, 0)).x()


def test_an_image_moves_as_a_whole(open_window, qtbot):
    window = open_window("mnist")
    canvas = window.stage.canvas
    start = place(canvas, Node(0, 400))
    pull(qtbot, canvas, start, QPointF(20, 30))
    assert window.session.document.arrangement == ((0, WHOLE, 20.0, 30.0),)
    assert canvas.position_of(Node(0, 0)) - canvas.position_of(Node(0, 783)) == QPointF(
        *(canvas.screen_places.geometry.centres[0] - canvas.screen_places.geometry.centres[783])
    )
    assert canvas.item_at(start + QPointF(20, 30)) == Node(0, 400)


def test_a_lesson_and_a_walk_through_a_batch_go_on(open_window, qtbot):
    window = open_window("playground")
    canvas, session = window.stage.canvas, window.session
    session.set_step_unit("sample")
    for _ in range(3):
        session.step()
        wait_idle(qtbot, session)
    assert session.sample_of_batch == (3, 10)
    pull(qtbot, canvas, canvas.position_of(Node(1, 0)), QPointF(25, 10))
    session.step()
    wait_idle(qtbot, session)
    assert session.sample_of_batch == (4, 10)
    window.lessons.start()
    wait_idle(qtbot, session)
    lesson = window.lessons.lesson
    pull(qtbot, canvas, canvas.position_of(Node(1, 1)), QPointF(25, 10))
    wait_idle(qtbot, session)
    assert window.lessons.lesson is lesson
    assert len(session.document.arrangement) == 2
