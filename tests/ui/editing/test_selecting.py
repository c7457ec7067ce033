"""Several neurons and edges are selected by mouse and keys, and edges are walked."""

import pytest
from PySide6.QtCore import QPointF, Qt

from nnsim.model.document import Document
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Node, chain
from nnsim.ui.theme import DARK, LIGHT
from tests.counting import calls_of
from tests.session.driving import scene
from tests.ui.editing.hands import CTRL, LEFT, SHIFT, click, drag, key, move, press

Key = Qt.Key
GROUND = QPointF(20, 300)


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def canvas(window):
    return window.stage.canvas


def corners(canvas, first, last):
    """A rectangle around two neurons."""
    return canvas.position_of(first) - QPointF(45, 45), canvas.position_of(last) + QPointF(45, 45)


def test_shift_and_a_click_add_and_take_away(canvas, qtbot):
    heard, firsts = [], []
    canvas.selection_changed.connect(heard.append)
    canvas.selected.connect(firsts.append)
    click(qtbot, canvas, Node(1, 0))
    click(qtbot, canvas, Edge(0, 1, 1, 3), SHIFT)
    click(qtbot, canvas, Node(1, 0), SHIFT)
    assert heard == [{Node(1, 0)}, {Node(1, 0), Edge(0, 1, 1, 3)}, {Edge(0, 1, 1, 3)}]
    assert firsts == [Node(1, 0), Edge(0, 1, 1, 3)]


def test_a_click_on_one_of_several_selects_it_alone_and_on_the_ground_nothing(canvas, qtbot):
    canvas.select_all([Node(1, 0), Node(1, 1)])
    click(qtbot, canvas, Node(1, 1))
    assert canvas.selection == {Node(1, 1)}
    qtbot.mouseClick(canvas, LEFT, pos=GROUND.toPoint())
    assert canvas.selection == frozenset()


def test_shift_and_a_drag_over_the_ground_select_what_is_inside(canvas, qtbot):
    view = canvas._camera.view
    click(qtbot, canvas, Node(2, 0))
    drag(qtbot, canvas, *corners(canvas, Node(1, 0), Node(1, 2)), modifiers=SHIFT)
    assert canvas.selection == {Node(2, 0), Node(1, 0), Node(1, 1), Node(1, 2)}
    assert canvas._camera.view == view


def test_a_drag_without_shift_pans_as_before(canvas, qtbot):
    drag(qtbot, canvas, *corners(canvas, Node(1, 0), Node(1, 2)))
    assert canvas.selection == frozenset()
    assert canvas._camera.view.dx == pytest.approx(90, abs=1)


def test_escape_calls_a_marquee_off(window, canvas, qtbot):
    start, end = corners(canvas, Node(1, 0), Node(1, 2))
    canvas.select(Node(0, 0))
    press(qtbot, canvas, start, SHIFT)
    move(canvas, end, LEFT, SHIFT)
    assert len(canvas.selection) == 4
    key(qtbot, window, Key.Key_Escape)
    assert canvas.selection == {Node(0, 0)}


def test_shift_and_arrows_select_more(window, canvas, qtbot):
    click(qtbot, canvas, Node(1, 0))
    key(qtbot, window, Key.Key_Down, SHIFT)
    key(qtbot, window, Key.Key_Down, SHIFT)
    assert canvas.selection == {Node(1, 0), Node(1, 1), Node(1, 2)}
    assert canvas.first_selected == Node(1, 2)
    key(qtbot, window, Key.Key_Up)
    assert canvas.selection == {Node(1, 1)}


def test_enter_leads_to_a_neurons_edges_and_arrows_walk_them(window, canvas, qtbot):
    click(qtbot, canvas, Node(1, 1))
    walked = []
    for which in (Key.Key_Return, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up):
        key(qtbot, window, which)
        walked.append(canvas.first_selected)
    into, out = [Edge(0, 0, 1, 1), Edge(0, 1, 1, 1)], Edge(1, 1, 2, 0)
    assert walked == [*into, out, out, into[1]]
    key(qtbot, window, Key.Key_Left)
    assert canvas.first_selected == Node(0, 1)


def test_enter_on_an_edge_opens_its_number(window, canvas, qtbot):
    click(qtbot, canvas, Node(1, 1))
    key(qtbot, window, Key.Key_Return)
    key(qtbot, window, Key.Key_Return)
    assert window.focusWidget() is window.editor.field.line
    assert canvas.selection == {Edge(0, 0, 1, 1)}


def test_ctrl_a_in_a_field_is_the_fields(window, canvas, qtbot):
    click(qtbot, canvas, Node(1, 1))
    key(qtbot, window, Key.Key_F2)
    qtbot.keyClicks(window.editor.field.line, "12")
    key(qtbot, window, Key.Key_A, CTRL)
    assert window.editor.field.line.selectedText() == "12"
    assert canvas.selection == {Node(1, 1)}


def test_an_edit_that_moves_nothing_keeps_the_view_and_the_values(window, canvas, qtbot):
    canvas.zoom_in()
    view, shown = canvas._camera.view, canvas._scene.snapshot
    click(qtbot, canvas, Node(1, 1))
    key(qtbot, window, Key.Key_K)
    assert canvas._camera.view == view
    assert canvas._scene.snapshot is shown is not None


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_what_is_wrong_is_ringed(open_window, theme):
    window = open_window(theme=theme)
    canvas, node = window.stage.canvas, Node(1, 2)
    number = canvas.screen_places.geometry.number(node)
    reach = 1.12 * canvas.screen_places.radii[number] + 3.0
    rim = (canvas.position_of(node) - QPointF(0.707 * reach, 0.707 * reach)).toPoint()
    canvas.marking.warn([node])
    color, wanted = canvas.grab().toImage().pixelColor(rim), theme.color("negative")
    assert color.red() > color.blue() + 40
    assert abs(color.hue() - wanted.hue()) < 20


def test_an_edit_of_a_thousand_neurons_walks_through_none_of_them_one_by_one(open_window, qtbot):
    document = scene("playground")
    wide = chain(Input((2,)), Dense(500, "tanh"), Dense(497, "tanh"), Dense(1, "sigmoid"))
    window = open_window(Document(wide, document.data, document.training))
    canvas, counts = window.stage.canvas, []
    for which, item in (
        (Key.Key_Insert, Node(1, 0)),
        (Key.Key_Delete, Node(1, 7)),
        (Key.Key_K, Node(1, 9)),
        (Key.Key_Delete, Edge(1, 3, 2, 8)),
        (Key.Key_Delete, Node(2, 4)),
    ):
        canvas.select(item)
        network = window.session.document.network
        counts.append(calls_of(lambda which=which: key(qtbot, window, which)))
        assert window.session.document.network != network
    assert max(counts) < 14_000
