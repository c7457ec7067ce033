"""Neurons, layers and edges are added and taken away on the stage, and all of it can be taken back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt

from nnsim.model.network import Edge, Node
from nnsim.ui.graph.paint_frozen import frozen_nodes
from tests.session.driving import Heard, wait_idle
from tests.ui.editing.hands import (
    CTRL,
    LEFT,
    SHIFT,
    click,
    drag,
    key,
    move,
    press,
    release,
    right_click,
    there_and_back,
)

Key = Qt.Key


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def canvas(window):
    return window.stage.canvas


def units(window):
    return [layer.units for layer in window.session.document.network.layers]


def over_heading(canvas, layer):
    """A point on the heading of a layer."""
    return QPointF(canvas.position_of(Node(layer, 0)).x(), 20)


def answers(window):
    """What the network says to the sample on the stage."""
    return window.session.snapshot.probe.activations[-1].tolist()


def test_a_plus_at_the_heading_adds_a_neuron_that_changes_nothing_yet(window, canvas, qtbot):
    plus = window.editor.handles.neuron_plus
    assert not plus.isVisible()
    move(canvas, over_heading(canvas, 1))
    assert plus.isVisible()
    before = answers(window)
    with there_and_back(qtbot, window.session):
        qtbot.mouseClick(plus, LEFT)
        assert units(window) == [2, 5, 1]
        assert canvas.selection == {Node(1, 4)}
    assert answers(window) == before


def test_the_plus_signs_go_when_the_pointer_does(window, canvas):
    handles = window.editor.handles
    move(canvas, over_heading(canvas, 1))
    assert handles.neuron_plus.isVisible()
    assert handles.layer_plus.isVisible()
    move(canvas, over_heading(canvas, 0))
    assert not handles.neuron_plus.isVisible(), "the data decides the inputs"
    move(canvas, QPointF(20, 300))
    assert not handles.layer_plus.isVisible()


def test_a_plus_between_two_layers_inserts_one(window, canvas, qtbot):
    gap = (over_heading(canvas, 0) + over_heading(canvas, 1)) / 2
    move(canvas, gap)
    with there_and_back(qtbot, window.session):
        qtbot.mouseClick(window.editor.handles.layer_plus, LEFT)
        offered = {action.text(): action for action in window.editor.menus.open.actions()}
        assert not offered["Convolution"].isEnabled()
        assert "an image" in offered["Convolution"].toolTip()
        offered["Dense"].trigger()
        assert len(units(window)) == 4
        assert canvas.selection == {Node(1, 0)}


def test_insert_and_shift_insert_do_so_by_keys(window, canvas, qtbot):
    click(qtbot, canvas, Node(1, 1))
    with there_and_back(qtbot, window.session, 2):
        key(qtbot, window, Key.Key_Insert)
        assert units(window) == [2, 5, 1]
        key(qtbot, window, Key.Key_Insert, SHIFT)
        assert len(units(window)) == 4


@pytest.mark.parametrize("which", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_removes_the_selected_neurons(window, canvas, qtbot, which):
    click(qtbot, canvas, Node(1, 1))
    click(qtbot, canvas, Node(1, 2), SHIFT)
    assert canvas.selection == {Node(1, 1), Node(1, 2)}
    with there_and_back(qtbot, window.session):
        key(qtbot, window, which)
        assert units(window) == [2, 2, 1]
        assert canvas.selection == frozenset()
    assert window.session.undo_stack.undoText() == "Remove neurons"


def test_delete_cuts_the_selected_edge_and_drawing_it_brings_it_back(window, canvas, qtbot):
    edge, session = Edge(0, 0, 1, 1), window.session
    click(qtbot, canvas, edge)
    with there_and_back(qtbot, session):
        key(qtbot, window, Key.Key_Delete)
        assert session.document.network.removed_edges == {edge}
    with there_and_back(qtbot, session):
        _draw(qtbot, window, Node(0, 0), Node(1, 1))
        assert not session.document.network.removed_edges
        assert canvas.selection == {edge}


def _draw(qtbot, window, source, target):
    """Drag from the handle at a neuron's rim to another neuron."""
    canvas = window.stage.canvas
    move(canvas, canvas.position_of(source))
    grip = window.editor.handles.grip_place()
    drag(qtbot, canvas, grip, (grip + canvas.position_of(target)) / 2, canvas.position_of(target))


def test_drawing_over_a_layer_makes_a_skip_connection(window, canvas, qtbot):
    with there_and_back(qtbot, window.session):
        _draw(qtbot, window, Node(0, 1), Node(2, 0))
        network = window.session.document.network
        assert (0, 2) in network.connections
        assert network.removed_edges == {Edge(0, 0, 2, 0)}


def test_escape_calls_the_drawing_off(window, canvas, qtbot):
    document, end = window.session.document, canvas.position_of(Node(2, 0))
    move(canvas, canvas.position_of(Node(0, 1)))
    press(qtbot, canvas, window.editor.handles.grip_place())
    move(canvas, end, LEFT)
    assert window.editor.gesture is not None
    key(qtbot, window, Key.Key_Escape)
    assert window.editor.gesture is None
    release(qtbot, canvas, end)
    assert window.session.document is document
    assert canvas.selection == frozenset()


def test_a_neuron_that_is_connected_already_refuses_with_words(window, qtbot):
    heard, document = Heard(window.session), window.session.document
    _draw(qtbot, window, Node(0, 0), Node(1, 0))
    assert "already connected" in heard.problems[0]
    assert window.session.document is document


def test_the_output_has_no_handle(window, canvas):
    move(canvas, canvas.position_of(Node(2, 0)))
    assert window.editor.handles.grip_place() is None


def test_two_selected_neurons_are_connected_by_a_key(window, canvas, qtbot):
    click(qtbot, canvas, Node(0, 0))
    click(qtbot, canvas, Node(2, 0), SHIFT)
    with there_and_back(qtbot, window.session):
        key(qtbot, window, Key.Key_C)
        assert (0, 2) in window.session.document.network.connections


def test_inputs_and_outputs_are_refused_with_words(window, canvas, qtbot):
    heard, document = Heard(window.session), window.session.document
    for node in (Node(0, 0), Node(2, 0)):
        click(qtbot, canvas, node)
        for which in (Key.Key_Delete, Key.Key_Insert):
            heard.problems.clear()
            key(qtbot, window, which)
            assert len(heard.problems) == 1
            assert "data" in heard.problems[0]
    assert window.session.document is document


def test_ctrl_d_duplicates_and_the_network_says_the_same(window, canvas, qtbot):
    before = answers(window)
    click(qtbot, canvas, Node(1, 1))
    with there_and_back(qtbot, window.session):
        key(qtbot, window, Key.Key_D, CTRL)
        assert units(window) == [2, 5, 1]
        assert canvas.selection == {Node(1, 2)}
    assert answers(window) == pytest.approx(before, abs=1e-6)


def test_copy_and_paste_duplicate_what_was_copied(window, canvas, qtbot):
    click(qtbot, canvas, Node(1, 0))
    click(qtbot, canvas, Node(1, 3), SHIFT)
    key(qtbot, window, Key.Key_C, CTRL)
    key(qtbot, window, Key.Key_Escape)
    with there_and_back(qtbot, window.session):
        key(qtbot, window, Key.Key_V, CTRL)
        assert units(window) == [2, 6, 1]
        assert canvas.selection == {Node(1, 1), Node(1, 5)}


def test_pasting_nothing_is_told(window, qtbot):
    heard = Heard(window.session)
    key(qtbot, window, Key.Key_V, CTRL)
    assert "no copied neurons" in heard.problems[0]


def test_k_freezes_and_thaws(window, canvas, qtbot):
    session, edges = window.session, {Edge(0, 0, 1, 2), Edge(0, 1, 1, 2)}
    click(qtbot, canvas, Node(1, 2))
    with there_and_back(qtbot, session):
        key(qtbot, window, Key.Key_K)
        assert session.document.network.frozen_edges == edges
    with there_and_back(qtbot, session):
        key(qtbot, window, Key.Key_K)
        assert not session.document.network.frozen_edges
    with there_and_back(qtbot, session):
        key(qtbot, window, Key.Key_K, SHIFT)
        assert session.document.network.dense(1).frozen


def test_a_frozen_edge_bears_a_lock(window, canvas, qtbot):
    edge = Edge(0, 0, 1, 2)
    canvas.select(edge)
    plain = canvas.grab().toImage()
    key(qtbot, window, Key.Key_K)
    wait_idle(qtbot, window.session)
    locked = canvas.grab().toImage()
    at = canvas.position_of(edge).toPoint()
    assert locked.pixelColor(at) != plain.pixelColor(at)


def test_a_neuron_whose_weights_are_all_frozen_bears_one_lock(window, canvas, qtbot):
    network = window.session.document.network
    assert frozen_nodes(network) == []
    edges = [Edge(0, 0, 1, 2), Edge(0, 1, 1, 2), Edge(0, 0, 1, 1)]
    assert frozen_nodes(replace(network, frozen_edges=frozenset(edges))) == [Node(1, 2)]
    cut = replace(network, frozen_edges=frozenset(edges), removed_edges=frozenset({Edge(0, 1, 1, 1)}))
    assert frozen_nodes(cut) == [Node(1, 1), Node(1, 2)]


def test_a_layer_is_removed_and_all_hidden_neurons_are_selected(window, canvas, qtbot):
    click(qtbot, canvas, Node(1, 0))
    with there_and_back(qtbot, window.session):
        key(qtbot, window, Key.Key_Delete, SHIFT)
        assert units(window) == [2, 1]
    window.session.undo()
    key(qtbot, window, Key.Key_A, CTRL)
    assert canvas.selection == {Node(1, i) for i in range(4)}
    key(qtbot, window, Key.Key_Escape)
    assert canvas.selection == frozenset()


def test_what_was_selected_stays_so_under_its_new_number(window, canvas, qtbot):
    canvas.select(Edge(1, 3, 2, 0))
    window.editor.structure.set_activation([1], "relu")
    assert canvas.selection == {Edge(1, 3, 2, 0)}
    canvas.select(Node(1, 2))
    key(qtbot, window, Key.Key_C, CTRL)
    canvas.select(Node(1, 0))
    key(qtbot, window, Key.Key_Delete)
    key(qtbot, window, Key.Key_V, CTRL)
    assert canvas.selection == {Node(1, 2)}, "the copy of what is number 1 now"


def test_editing_goes_on_while_it_learns(window, canvas, qtbot):
    session = window.session
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 3, timeout=20_000)
    click(qtbot, canvas, Node(1, 0))
    key(qtbot, window, Key.Key_Insert)
    assert session.running
    assert units(window) == [2, 5, 1]
    step = session.snapshot.step
    qtbot.waitUntil(lambda: session.snapshot.step > step + 3, timeout=20_000)
    session.pause()
    wait_idle(qtbot, session)
    assert len(session.snapshot.probe.activations[1]) == 5


OFFERED = (
    (Node(1, 0), {"Add neuron", "Remove", "Set value…", "Freeze or thaw"}, {"Connect"}),
    (Edge(0, 0, 1, 1), {"Set value…", "Remove", "Randomise"}, {"Add neuron"}),
    (Node(0, 0), {"Set value…", "Insert layer"}, {"Remove"}),
    (None, {"Select all hidden neurons", "Undo"}, {"Remove"}),
)


def test_a_right_click_offers_what_applies(window, canvas):
    for item, offered, missing in OFFERED:
        canvas.select(None)
        right_click(canvas, QPointF(20, 300) if item is None else canvas.position_of(item))
        menu = window.editor.menus.open
        texts = {action.text() for action in menu.actions()}
        assert offered <= texts
        assert not missing & texts
        assert canvas.selection == (frozenset() if item is None else {item})
        menu.close()


def test_the_menu_of_a_heading_changes_the_layer(window, canvas, qtbot):
    right_click(canvas, over_heading(canvas, 1))
    menu = window.editor.menus.open
    choices = menu.actions()[0].menu()
    relu = next(action for action in choices.actions() if action.text() == "ReLU")
    with there_and_back(qtbot, window.session):
        relu.trigger()
        assert window.session.document.network.dense(1).activation == "relu"
    menu.close()


def test_a_choice_in_the_menu_is_carried_out(window, canvas, qtbot):
    right_click(canvas, canvas.position_of(Node(1, 0)))
    menu = window.editor.menus.open
    with there_and_back(qtbot, window.session):
        menu.setActiveAction(window.actions_by_name["duplicate"])
        qtbot.keyClick(menu, Key.Key_Return)
        assert units(window) == [2, 5, 1]


def test_an_edit_ends_a_lesson_on_what_was(window, canvas, qtbot):
    key(qtbot, window, Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None, timeout=20_000)
    canvas.select(Node(1, 0))
    with there_and_back(qtbot, window.session):
        key(qtbot, window, Key.Key_Insert)
        assert window.lessons.lesson is None
        assert units(window) == [2, 5, 1]
