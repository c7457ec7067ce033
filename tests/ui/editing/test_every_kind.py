"""A network with a layer of every kind in the real window."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from nnsim.model import edits
from nnsim.model.connectivity import Connectivity
from nnsim.model.data import TableData
from nnsim.model.document import Document
from nnsim.model.layers import KINDS, Activation, Add, Conv2d, Dense, GroupNorm, Input
from nnsim.model.network import Edge, Network, Node, chain
from nnsim.model.training import Optimizer, Training
from nnsim.ui.panels.name_line import NameLine
from tests.engine.networks import pictures
from tests.session.driving import Heard, parameters, wait_idle
from tests.ui.editing.hands import right_click, there_and_back


def whole(network):
    """A document around a network, over random numbers."""
    random = np.random.default_rng(1)
    x, y = (
        tuple(map(tuple, random.normal(size=(6, n)).round(3).tolist()))
        for n in (network.input.units, network.outputs)
    )
    training = Training("mse", Optimizer("adam", 0.01), batch_size=3)
    return Document(network, TableData(x, y, "regression"), training)


@pytest.fixture
def window(open_window):
    """A window with every kind of layer open."""
    network = pictures("plain")
    assert {layer.kind for layer in network.layers} == set(KINDS)
    return open_window(whole(network))


def test_each_layer_has_a_row_that_says_what_it_is(window):
    rows = window.network_panel.rows
    words = [row.label.text() for row in rows]
    assert words[0] == "Convolution"
    assert "Max pool" in words
    assert words[-1] == "Output"
    assert rows[0].button.text() == "4 · 3×3 · tanh"
    assert rows[7].button.text() == "2×2"
    assert rows[9].button.text() == "0.3"
    assert rows[4].button.text() == "4×5×4"
    assert rows[4].button.toolTip().endswith("to change its name")
    assert "shared by every place of the image" in window.network_panel.weights.text()


def test_it_trains_and_steps_and_every_cell_can_be_inspected(window, qtbot):
    session = window.session
    heard = Heard(session)
    before = parameters(session)
    session.step()
    session.step_silently(3)
    wait_idle(qtbot, session)
    assert parameters(session) != before
    network = session.document.network
    for layer in range(len(network.layers)):
        window.stage.canvas.select(Node(layer, network.units(layer) - 1))
        assert window.inspector.isVisible()
    for source, layer in network.connections:
        cells = Connectivity(network).into(Node(layer, network.units(layer) - 1))
        first = int(np.flatnonzero(cells.layers == source)[0]) if source in cells.layers else 0
        window.stage.canvas.select(Edge(*cells.node(first), layer, network.units(layer) - 1))
        assert window.inspector.isVisible()
    assert heard.problems == []


def test_a_setting_is_changed_in_its_row_and_undone(window, qtbot):
    session, row = window.session, window.network_panel.rows[0]
    start, before = session.document, parameters(session)
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert row.form.isVisible()
    row.fields["padding"].boxes[0].setValue(1)
    row.fields["padding"].boxes[1].setValue(1)
    wait_idle(qtbot, session)
    assert session.document.network.layers[1].padding == (1, 1)
    assert session.document.network.shapes[1].sizes == (4, 7, 6)
    assert window.network_panel.rows[0].form.isVisible()
    while session.undo_stack.canUndo():
        session.undo()
    wait_idle(qtbot, session)
    assert session.document == start
    assert parameters(session) == before


def test_what_does_not_fit_is_refused_with_the_layer_and_what_is_allowed(window, qtbot):
    session, heard = window.session, Heard(window.session)
    row = window.network_panel.rows[0]
    row.button.click()
    row.fields["kernel"].boxes[0].setValue(9)
    assert heard.problems[0].startswith("That does not fit. conv1: kernel is 9 high")
    assert "allowed: 1 to 7" in heard.problems[0]
    assert row.fields["kernel"].boxes[0].value() == 3
    assert session.document.network.layers[1].kernel == (3, 3)


def test_it_is_saved_and_opened_again_with_what_it_learned(window, open_window, qtbot, tmp_path):
    session = window.session
    session.step_silently(3)
    session.edit_network("Units", edits.set_fields(session.document.network, 13, units=4))
    wait_idle(qtbot, session)
    document, learned = session.document, parameters(session)
    path = tmp_path / "every.nnsim"
    window.files._write(path, None)
    other = open_window()
    other.files.open(str(path))
    wait_idle(qtbot, other.session)
    assert other.session.document.network == document.network
    assert parameters(other.session) == learned


def test_a_new_network_may_read_images(open_window, qtbot):
    window = open_window()
    window.actions_by_name["new_images"].trigger()
    wait_idle(qtbot, window.session)
    assert [layer.kind for layer in window.session.document.network.layers][:3] == [
        "input", "conv2d", "max_pool2d"
    ]  # fmt: skip
    assert window.files.path is None


def test_between_two_layers_any_kind_that_fits_is_inserted_and_taken_back(window, qtbot):
    session, menus = window.session, window.editor.menus
    start, before = session.document, parameters(session)
    menus.show_between(10, 11, window.mapToGlobal(window.rect().center()))
    offered = {action.text(): action for action in menus.open.actions()}
    assert offered["Max pool"].isEnabled()
    menus.open.close()
    menus.show_between(0, 1, window.mapToGlobal(window.rect().center()))
    offered = {action.text(): action for action in menus.open.actions()}
    assert "reads 84 features" in offered["Flatten"].toolTip()
    offered["Convolution"].trigger()
    wait_idle(qtbot, session)
    assert session.document.network.layers[1].kind == "conv2d"
    assert len(window.network_panel.rows) == len(start.network.layers)
    session.undo()
    wait_idle(qtbot, session)
    assert session.document == start
    assert parameters(session) == before


def test_gradients_are_clipped_and_weights_held_from_the_panel(open_window):
    window = open_window()
    panel, session = window.training_panel, window.session
    assert panel.clip.currentText() == panel.longest.currentText() == "off"
    panel.clip.activated.emit(2)
    panel.longest.activated.emit(3)
    assert session.document.training.clip_norm == 1.0
    assert session.document.training.max_norm == 2.0
    session.undo()
    assert panel.longest.currentText() == "off"


def test_filters_are_added_and_removed_by_key_like_neurons(open_window, qtbot):
    window = open_window("shapes")
    session, canvas = window.session, window.stage.canvas
    start, before = session.document, parameters(session)
    canvas.setFocus()
    canvas.select(Node(1, 250))
    qtbot.keyClick(canvas, Qt.Key.Key_Insert)
    wait_idle(qtbot, session)
    assert session.undo_stack.undoText() == "Add filter"
    assert session.document.network.shapes[2].channels == 5
    assert canvas.selection == {Node(1, 400)}
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    wait_idle(qtbot, session)
    assert session.undo_stack.undoText() == "Remove filters"
    assert parameters(session) == before
    canvas.select(Node(2, 0))
    qtbot.keyClick(canvas, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    wait_idle(qtbot, session)
    assert [layer.kind for layer in session.document.network.layers] == [
        "input", "conv2d", "max_pool2d", "conv2d", "dense"
    ]  # fmt: skip
    while session.undo_stack.canUndo():
        session.undo()
    wait_idle(qtbot, session)
    assert session.document == start
    assert parameters(session) == before


def test_a_number_of_a_filter_is_set_in_the_inspector(open_window, qtbot):
    window = open_window("shapes")
    session = window.session
    network = session.document.network
    cells = Connectivity(network).into(Node(1, 0))
    window.stage.canvas.select(Edge(*cells.node(4), 1, 0))
    assert window.inspector.value.isVisible()
    window.inspector.value.chosen.emit(0.75)
    wait_idle(qtbot, session)
    assert session.snapshot.parameters[cells.parameters[4]] == 0.75
    session.undo()
    wait_idle(qtbot, session)
    assert session.snapshot.parameters[cells.parameters[4]] != 0.75


def test_what_would_fit_is_one_click_away_and_the_layer_is_marked(window, qtbot):
    session, notice, canvas = window.session, window.stage.notice, window.stage.canvas
    row = window.network_panel.rows[0]
    row.button.click()
    with there_and_back(qtbot, session):
        row.fields["kernel"].boxes[0].setValue(9)
        assert notice.text.startswith("That does not fit. conv1: kernel is 9 high")
        assert {node.layer for node in canvas.marking.warned} == {1}
        assert notice.buttons[0].text() == "Use Window 7×3 in conv1"
        qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert session.document.network.layers[1].kernel == (7, 3)
    assert not notice.isVisible()
    assert canvas.marking.warned == frozenset()


def test_an_offer_goes_with_the_network_it_was_made_for(window, qtbot):
    session, notice, canvas = window.session, window.stage.notice, window.stage.canvas
    window.network_panel.rows[0].fields["kernel"].boxes[0].setValue(9)
    assert notice.isVisible()
    session.edit_network("Bias", edits.set_fields(session.document.network, 1, bias=False))
    assert not notice.isVisible()
    assert canvas.marking.warned == frozenset()
    window.network_panel.rows[0].fields["kernel"].boxes[0].setValue(9)
    assert canvas.marking.warned != frozenset()
    qtbot.mouseClick(notice.close_button, Qt.MouseButton.LeftButton)
    assert canvas.marking.warned == frozenset()


def test_a_filter_more_that_groups_do_not_divide_is_offered_with_groups_that_do(open_window, qtbot):
    network = chain(Input((1, 5, 5)), Conv2d(4), GroupNorm(2), Dense(2, "identity"))
    window = open_window(whole(network))
    session, canvas, notice = window.session, window.stage.canvas, window.stage.notice
    canvas.setFocus()
    canvas.select(Node(1, 0))
    with there_and_back(qtbot, session):
        qtbot.keyClick(canvas, Qt.Key.Key_Insert)
        assert {node.layer for node in canvas.marking.warned} == {2}
        qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert session.undo_stack.undoText() == "Add filter"
    assert [session.document.network.shapes[2].channels, session.document.network.layers[2].groups] == [5, 1]


@pytest.mark.parametrize("by_key", [False, True])
def test_a_layer_is_added_before_the_output(window, qtbot, by_key):
    session, button = window.session, window.network_panel.add_button
    before = len(session.document.network.layers)
    with there_and_back(qtbot, session):
        if by_key:
            keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            qtbot.keyClick(window, Qt.Key.Key_Insert, keys)
        else:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        offered = {action.text(): action for action in window.editor.menus.open.actions()}
        offered["Dropout"].trigger()
        window.editor.menus.open.close()
    layers = session.document.network.layers
    assert len(layers) == before + 1
    assert layers[-2].kind == "dropout"


def test_a_layer_is_renamed_in_its_row(window, qtbot):
    session, heard = window.session, Heard(window.session)
    row = window.network_panel.rows[0]
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    line = row.fields["name"]
    with there_and_back(qtbot, session):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
        line.selectAll()
        qtbot.keyClicks(line, "edges")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert session.document.network.names[1] == line.text() == "edges"
    assert session.undo_stack.undoText() == "Name"
    assert window.stage.canvas.hasFocus()
    taken = session.document.network.names[2]
    for typed, why in ((taken, "already"), ("2nd", "no name")):
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert why in heard.problems.pop()
        assert session.document.network.names[1] == line.text() == "edges"
    line.setFocus()
    qtbot.keyClicks(line, "x")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "edges"


def test_any_layer_is_renamed_from_the_menu_of_its_heading(open_window, qtbot):
    window = open_window("xor")
    session, canvas, menus = window.session, window.stage.canvas, window.editor.menus
    screen = canvas.screen_places
    middle = screen.rect(screen.geometry.layers[1]).middle[0]
    with there_and_back(qtbot, session):
        right_click(canvas, QPointF(middle, screen.geometry.viewport.heading_room / 2))
        line = menus.open.findChild(NameLine)
        assert line.text() == "hidden1"
        line.parentWidget().popup(window.mapToGlobal(window.rect().center()))
        line.selectAll()
        qtbot.keyClicks(line, "bend")
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert not menus.open.isVisible()
    assert session.document.network.names == ("input", "bend", "output")


def test_what_is_forgotten_with_a_layer_is_told(open_window, qtbot):
    window = open_window("shapes")
    session, canvas, heard = window.session, window.stage.canvas, Heard(window.session)
    canvas.setFocus()
    canvas.select(Node(1, 0))
    with there_and_back(qtbot, session):
        qtbot.keyClick(canvas, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
        assert heard.problems[0].startswith("What conv1 had learned went with it")
    del heard.problems[:]
    canvas.select(Node(1, 0))
    qtbot.keyClick(canvas, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    wait_idle(qtbot, session)
    assert [layer.kind for layer in session.document.network.layers] == ["input", "dense"]
    assert heard.problems == []


def residual():
    """Filters, filters of filters, and their sum."""
    same = {"kernel": (3, 3), "padding": (1, 1)}
    layers = (Input((1, 6, 6)), Conv2d(4, **same), Conv2d(4, **same), Add(), Dense(2, "identity"))
    return Network(layers, ((0, 1), (1, 2), (1, 3), (2, 3), (3, 4)))


def test_both_branches_of_a_sum_are_widened_by_a_click(open_window, qtbot):
    window = open_window(whole(residual()))
    session, canvas, notice = window.session, window.stage.canvas, window.stage.notice
    canvas.setFocus()
    canvas.select(Node(2, 0))
    with there_and_back(qtbot, session):
        qtbot.keyClick(canvas, Qt.Key.Key_Insert)
        assert notice.text.startswith("That does not fit. add1: would add")
        assert {node.layer for node in canvas.marking.warned} == {3}
        assert notice.buttons[0].text() == "Use Filters 5 in conv1"
        qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert [shape.channels for shape in session.document.network.shapes[1:4]] == [5, 5, 5]


def test_a_softmax_over_an_image_is_offered_behind_a_flatten(open_window, qtbot):
    network = chain(Input((1, 5, 5)), Conv2d(4), Activation("relu"), Dense(2, "identity"))
    window = open_window(whole(network))
    session, notice = window.session, window.stage.notice
    with there_and_back(qtbot, session):
        window.editor.structure.set_activation([2], "softmax")
        assert {node.layer for node in window.stage.canvas.marking.warned} == {2}
        assert notice.buttons[0].text() == "Insert between conv1 and activation1: Flatten"
        qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert [layer.kind for layer in session.document.network.layers][1:4] == [
        "conv2d",
        "flatten",
        "activation",
    ]


def test_what_needs_an_image_is_offered_where_there_is_one(open_window, qtbot):
    network = chain(Input((1, 5, 5)), Conv2d(4), Dense(3), Dense(2, "identity"))
    window = open_window(whole(network))
    session, menus, notice = window.session, window.editor.menus, window.stage.notice
    menus.show_between(2, 3, window.mapToGlobal(window.rect().center()))
    offered = {action.text(): action for action in menus.open.actions()}
    with there_and_back(qtbot, session):
        offered["Convolution"].trigger()
        menus.open.close()
        assert "allowed: an image" in notice.text
        assert {node.layer for node in window.stage.canvas.marking.warned} == {3}
        assert notice.buttons[0].text() == "Insert between conv1 and hidden1: Convolution"
        qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert [layer.kind for layer in session.document.network.layers][1:4] == ["conv2d", "conv2d", "dense"]


def test_a_way_round_is_joined_to_a_sum_by_a_drag_and_a_click(open_window, qtbot):
    layers = residual().layers
    network = Network(layers, ((0, 1), (1, 2), (2, 3), (3, 4)))
    window = open_window(whole(network))
    session, notice = window.session, window.stage.notice
    with there_and_back(qtbot, session):
        window.editor.structure.join(Node(1, 0), Node(3, 0))
        assert notice.buttons[0].text() == "Connect all of conv1 with add1"
        qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert (1, 3) in session.document.network.connections


@pytest.mark.parametrize("by", ["key", "box", "menu", "edge"])
def test_one_filter_is_frozen_and_training_leaves_it_alone(open_window, qtbot, by):
    window = open_window("shapes")
    session, canvas = window.session, window.stage.canvas
    canvas.setFocus()
    canvas.select(Node(1, 150))
    with there_and_back(qtbot, session):
        if by == "key":
            qtbot.keyClick(canvas, Qt.Key.Key_K)
        elif by == "box":
            box = window.inspector.layer.filter_frozen
            qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
        elif by == "menu":
            right_click(canvas, canvas.position_of(Node(1, 150)))
            menu = window.editor.menus.open
            next(action for action in menu.actions() if action.text() == "Freeze or thaw").trigger()
            menu.close()
        else:
            cells = Connectivity(session.document.network).into(Node(1, 150))
            canvas.select(Edge(*cells.node(0), 1, 150))
            qtbot.keyClick(canvas, Qt.Key.Key_K)
            button = window.stage.notice.buttons[0]
            assert button.text() == "Freeze all of filter 2 of conv1"
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.document.network.layers[1].frozen_filters == (1,)
    assert "filter frozen" in canvas.describe(Node(1, 150))
    before = np.array(session.snapshot.parameters)
    session.step_silently(3)
    wait_idle(qtbot, session)
    moved = (session.snapshot.parameters != before)[:36].reshape(4, 9).any(axis=1)
    assert moved.tolist() == [True, False, True, True]
