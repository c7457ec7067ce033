"""The stage under a real mouse and keyboard."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from nnsim.data.dataset import Dataset
from nnsim.engine.trainer import Trainer
from nnsim.model.data import GateData
from nnsim.model.document import Document
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, chain
from nnsim.model.parameters import Layout
from nnsim.model.training import Training
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.edges import choose
from nnsim.ui.graph.geometry import Node, arrange
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.values import ValueTexts
from nnsim.ui.graph.view import View
from nnsim.ui.graph.viewport import Viewport
from nnsim.ui.graph.words import Names
from nnsim.ui.theme import DARK, LIGHT
from tests.ui.graph.factory import DIGITS, PLAYGROUND, XOR, random_snapshot

EMPTY = QPoint(20, 300)
NAMES = Names(XOR)


@pytest.fixture
def canvas(qtbot):
    canvas = GraphCanvas(DARK)
    qtbot.addWidget(canvas)
    canvas.resize(900, 600)
    canvas.set_network(XOR)
    canvas.show_snapshot(random_snapshot(XOR))
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


def _move(canvas, at, buttons=Qt.MouseButton.NoButton):
    at = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), Qt.MouseButton.NoButton, buttons,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def _click(qtbot, canvas, at):
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPointF(at).toPoint())


def _drag(qtbot, canvas, start, end):
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    _move(canvas, end, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def _wheel(canvas, at, delta):
    at = QPointF(at)
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_hovering_tells_what_is_there_and_leaving_tells_nothing_is(canvas):
    seen = []
    canvas.hovered.connect(seen.append)
    _move(canvas, canvas.position_of(Node(1, 2)))
    _move(canvas, canvas.position_of(Edge(0, 0, 1, 0)))
    _move(canvas, EMPTY)
    assert seen == [Node(1, 2), Edge(0, 0, 1, 0), None]
    assert isinstance(seen[0], Node)
    _move(canvas, canvas.position_of(Node(0, 0)))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert seen[3:] == [Node(0, 0), None]


def test_hovering_paints_a_card_inside_the_canvas(canvas):
    _move(canvas, canvas.position_of(Node(2, 0)))
    image = canvas.grab().toImage()
    card = [
        (x, y)
        for x in range(0, 900, 5)
        for y in range(0, 600, 5)
        if image.pixelColor(round(x * image.devicePixelRatio()), round(y * image.devicePixelRatio()))
        == QColor(DARK.card)
    ]
    assert len(card) > 100
    assert all(8 <= x <= 892 and 8 <= y <= 592 for x, y in card)
    at, radius = canvas.position_of(Node(2, 0)), float(canvas.screen_places.radii[6])
    assert min(np.hypot(x - at.x(), y - at.y()) for x, y in card) > radius, "the node stays in sight"


def test_clicking_selects_and_clicking_again_deselects(canvas, qtbot):
    seen = []
    canvas.selected.connect(seen.append)
    at = canvas.position_of(Node(1, 2))
    _click(qtbot, canvas, at)
    _click(qtbot, canvas, at)
    _click(qtbot, canvas, canvas.position_of(Edge(1, 0, 2, 0)))
    _click(qtbot, canvas, EMPTY)
    assert seen == [Node(1, 2), None, Edge(1, 0, 2, 0), None]


def test_dragging_empty_space_pans_and_does_not_deselect(canvas, qtbot):
    _click(qtbot, canvas, canvas.position_of(Node(1, 1)))
    before = canvas.position_of(Node(1, 1))
    _drag(qtbot, canvas, EMPTY, EMPTY + QPoint(60, 25))
    assert canvas.position_of(Node(1, 1)) - before == QPointF(60, 25)
    seen = []
    canvas.selected.connect(seen.append)
    _click(qtbot, canvas, canvas.position_of(Node(1, 1)))
    assert seen == [None], "it was still selected"


def test_dragging_a_node_does_not_pan(canvas, qtbot):
    at = canvas.position_of(Node(1, 1)).toPoint()
    before = canvas.position_of(Node(0, 0))
    _move(canvas, at)
    _drag(qtbot, canvas, at, at + QPoint(60, 25))
    assert canvas.position_of(Node(0, 0)) == before


def test_the_wheel_zooms_about_the_pointer(canvas):
    before, other = canvas.position_of(Node(1, 1)), canvas.position_of(Node(0, 0))
    _wheel(canvas, before, 240)
    after = canvas.position_of(Node(1, 1))
    assert (after - before).manhattanLength() < 1e-6
    assert canvas.position_of(Node(0, 0)).x() < other.x()


def test_fit_goes_back_to_the_whole_network(canvas, qtbot):
    before = canvas.position_of(Node(1, 1))
    canvas.zoom_in()
    canvas.zoom_in()
    assert canvas.position_of(Node(1, 1)) != before
    canvas.fit(animated=False)
    assert canvas.position_of(Node(1, 1)) == before
    canvas.zoom_out()
    canvas.fit()
    qtbot.waitUntil(lambda: canvas.position_of(Node(1, 1)) == before)


def test_a_double_click_on_empty_space_fits_and_on_a_node_keeps_it_selected(canvas, qtbot):
    before = canvas.position_of(Node(1, 1))
    canvas.zoom_in()
    _click(qtbot, canvas, EMPTY)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=EMPTY)
    qtbot.waitUntil(lambda: canvas.position_of(Node(1, 1)) == before)
    seen = []
    canvas.selected.connect(seen.append)
    at = before.toPoint()
    _click(qtbot, canvas, at)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert seen[-1] == Node(1, 1)


def test_a_larger_widget_shows_the_network_larger(canvas):
    before = canvas.position_of(Node(2, 0)) - canvas.position_of(Node(0, 0))
    canvas.resize(1500, 900)
    after = canvas.position_of(Node(2, 0)) - canvas.position_of(Node(0, 0))
    assert after.x() > before.x()


def test_resizing_while_zoomed_keeps_looking_at_the_same_part(canvas):
    at = canvas.position_of(Node(1, 1))
    canvas._camera.zoom(4.0, at)
    canvas.resize(1000, 700)
    there = canvas.position_of(Node(1, 1))
    assert abs(there.x() - at.x() * 1000 / 900) < 60
    assert abs(there.y() - at.y() * 700 / 600) < 60


def test_the_keyboard_walks_from_neuron_to_neuron(canvas, qtbot):
    seen = []
    canvas.selected.connect(seen.append)
    canvas.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Escape):
        qtbot.keyClick(canvas, key)
    assert seen == [Node(0, 0), Node(0, 1), Node(1, 3), Node(1, 2), None]


def test_what_is_selected_is_said_to_screen_readers(canvas, qtbot):
    assert canvas.accessibleName()
    assert "Arrow keys" in canvas.accessibleDescription()
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.accessibleDescription() == canvas.describe(Node(0, 0))


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Escape])
def test_arrows_are_taken_from_shortcuts_only_while_something_is_selected(canvas, key):
    def taken():
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(canvas, event)
        return event.isAccepted()

    assert not taken()
    canvas.select(Node(1, 1))
    assert taken()


def test_a_selection_that_is_gone_from_the_network_is_dropped(canvas):
    seen = []
    canvas.select(Node(1, 3))
    canvas.selected.connect(seen.append)
    canvas.set_network(replace(XOR, removed_edges=frozenset({Edge(0, 0, 1, 0)})))
    assert seen == []
    canvas.set_network(XOR.with_layer(1, replace(XOR.dense(1), units=3)))
    assert seen == [None]


def test_removed_edges_are_neither_hit_nor_kept_selected(canvas):
    edge = Edge(0, 0, 1, 0)
    at = canvas.position_of(edge)
    canvas.select(edge)
    seen = []
    canvas.selected.connect(seen.append)
    canvas.set_network(replace(XOR, removed_edges=frozenset({edge})))
    assert seen == [None]
    hovered = []
    canvas.hovered.connect(hovered.append)
    _move(canvas, at)
    assert edge not in hovered


def test_another_network_ends_the_hover(canvas):
    _move(canvas, canvas.position_of(Node(1, 1)))
    seen = []
    canvas.hovered.connect(seen.append)
    canvas.set_network(PLAYGROUND)
    assert seen == [None]


def test_describe_joins_the_facts(canvas):
    words = canvas.describe(Edge(0, 0, 1, 0))
    assert words.startswith("w = ")
    assert " · gradient ∂L/∂w = " in words
    canvas.show_snapshot(None)
    assert canvas.describe(Edge(0, 0, 1, 0)) == "w from x₁ to h₁"


def test_the_canvas_says_how_many_edges_it_leaves_out(canvas):
    assert canvas.picture.edges_note() == ""
    canvas.set_network(DIGITS)
    assert canvas.picture.edges_note() == "showing 700 of 12960 edges"
    canvas.show_snapshot(random_snapshot(DIGITS))
    assert canvas.picture.edges_note() == "showing the 700 strongest of 12960 edges, by layer"
    canvas.select(Node(1, 3))
    assert canvas.picture.edges_note() == "showing the 250 strongest of the 800 edges of this node"


def test_an_unknown_overlay_is_refused(canvas):
    with pytest.raises(ValueError, match="allowed: weight, contribution, gradient, update"):
        canvas.set_overlay("weights")


def test_a_step_plays_to_its_end_and_says_so(canvas, qtbot):
    step = random_snapshot(XOR, seed=2)
    with qtbot.assertNotEmitted(canvas.step_finished):
        canvas.play_step(step, 1000.0)
        canvas.showing.player.advance(500.0)
    with qtbot.waitSignal(canvas.step_finished):
        canvas.showing.player.advance(501.0)
    assert not canvas._player.is_ticking


def test_another_snapshot_ends_a_step_and_its_own_does_not(canvas, qtbot):
    step = random_snapshot(XOR, seed=2)
    canvas.play_step(step, 1000.0)
    with qtbot.assertNotEmitted(canvas.step_finished):
        canvas.show_snapshot(step)
    with qtbot.waitSignal(canvas.step_finished):
        canvas.show_snapshot(random_snapshot(XOR, seed=3))


def test_a_step_finishes_at_once_when_asked(canvas, qtbot):
    canvas.play_step(random_snapshot(XOR, seed=2), 1000.0)
    with qtbot.waitSignal(canvas.step_finished):
        canvas.showing.finish_animation()
    with qtbot.assertNotEmitted(canvas.step_finished):
        canvas.showing.finish_animation()


def test_the_clock_plays_a_step_by_itself(canvas, qtbot):
    with qtbot.waitSignal(canvas.step_finished):
        canvas.play_step(random_snapshot(XOR, seed=2), 0.05)


def test_timers_run_only_while_something_moves(canvas):
    canvas.set_running(True)
    assert not canvas._player.is_ticking, "weights stand still between snapshots"
    canvas.set_overlay("gradient")
    assert canvas._player.is_ticking
    canvas.set_overlay("weight")
    assert not canvas._player.is_ticking
    canvas.set_overlay("gradient")
    canvas.set_running(False)
    assert not canvas._player.is_ticking


def test_nothing_flows_before_there_is_a_gradient(canvas):
    canvas.show_snapshot(random_snapshot(XOR, stepped=False))
    canvas.set_overlay("gradient")
    canvas.set_running(True)
    assert not canvas._player.is_ticking


def test_a_canvas_without_a_network_can_be_used(qtbot):
    canvas = GraphCanvas(LIGHT)
    qtbot.addWidget(canvas)
    canvas.show_snapshot(None)
    canvas.set_node_maps(None)
    canvas.set_overlay("gradient")
    canvas.set_running(True)
    canvas.fit()
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    _move(canvas, QPoint(5, 5))
    assert canvas.grab().toImage().pixelColor(5, 5).name() == LIGHT.window
    assert canvas.picture.edges_note() == ""


def test_an_overlay_chosen_early_holds_for_the_network_that_comes(qtbot):
    canvas = GraphCanvas(LIGHT)
    qtbot.addWidget(canvas)
    canvas.set_overlay("gradient")
    canvas.set_network(XOR)
    canvas.show_snapshot(random_snapshot(XOR, stepped=False))
    assert canvas._scene.overlay == "gradient"


def test_numbers_rest_while_running_and_catch_up(qtbot, monkeypatch):
    monkeypatch.setattr("nnsim.ui.graph.values.REFRESH_MS", 60_000)
    texts = ValueTexts()
    screen = Screen(arrange(XOR, Viewport(900, 600)), choose(Layout(XOR), "weight", None), View())
    older, newer = random_snapshot(XOR, seed=4).probe, random_snapshot(XOR, seed=5).probe
    shown = texts.texts(older, screen, QLocale("C"), NAMES)
    assert shown[0] == f"{older.x[0]:.2f}"
    assert texts.texts(newer, screen, QLocale("C"), NAMES) == shown
    assert texts._timer.isActive(), "newer numbers will be asked for even if no frame comes"
    with qtbot.waitSignal(texts.stale):
        texts._timer.start(0)
    texts.refresh()
    assert texts.texts(newer, screen, QLocale("C"), NAMES)[0] == f"{newer.x[0]:.2f}"


def test_values_have_the_digits_there_is_room_for():
    texts = ValueTexts()
    probe = random_snapshot(XOR).probe
    probe.activations[1][:] = [9.996, 123.4, -0.001, 12345.0]
    screen = Screen(arrange(XOR, Viewport(900, 600)), choose(Layout(XOR), "weight", None), View())
    assert texts.texts(probe, screen, QLocale("C"), NAMES)[2:6] == [
        "10.0",
        "123",
        "0.00",
        "1.23\u202f·\u202f10⁴",
    ]
    small = Screen(screen.geometry, screen.edges, View(0.5))
    assert texts.texts(probe, small, QLocale("C"), NAMES)[2:4] == ["10", "123"]
    tiny = Screen(screen.geometry, screen.edges, View(0.3))
    assert set(texts.texts(probe, tiny, QLocale("C"), NAMES)) == {""}


def test_which_edges_are_strongest_is_up_to_date_at_rest(canvas):
    canvas.set_network(DIGITS)
    canvas.show_snapshot(random_snapshot(DIGITS, seed=1))
    canvas.show_snapshot(random_snapshot(DIGITS, seed=2))
    expected = choose(Layout(DIGITS), "weight", random_snapshot(DIGITS, seed=2))
    assert canvas._scene.edges.index.tolist() == expected.index.tolist()


def test_a_selected_node_keeps_its_edges_when_the_network_is_edited(canvas):
    canvas.set_network(DIGITS)
    canvas.select(Node(1, 3))
    canvas.set_network(DIGITS.with_layer(2, replace(DIGITS.dense(2), activation="tanh")))
    assert canvas._scene.edges.touching(Node(1, 3)).all()


def test_the_card_changes_no_more_often_than_the_numbers(canvas):
    _move(canvas, canvas.position_of(Node(2, 0)))
    canvas.grab()
    first = canvas.marking.inspector.card
    canvas.set_running(True)
    canvas.grab()
    canvas.show_snapshot(random_snapshot(XOR, seed=5))
    canvas.set_running(False)
    canvas.grab()
    assert canvas.marking.inspector.card != first
    assert " · ".join(canvas.marking.inspector.card.lines) == canvas.describe(Node(2, 0))


def test_it_shows_what_a_real_trainer_hands_out(canvas, qtbot):
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    y = np.array([[0], [1], [1], [0]], np.float32)
    none = np.zeros((0, 2), np.float32), np.zeros((0, 1), np.float32)
    document = Document(PLAYGROUND, GateData("xor"), Training(loss="bce"))
    trainer = Trainer(document, Dataset(x, y, *none, "binary", ("0", "1")), engine="reference")
    canvas.set_network(PLAYGROUND, ("a", "b"), ("xor",))
    canvas.show_snapshot(trainer.snapshot())
    canvas.set_overlay("gradient")
    fresh = canvas.grab().toImage()
    snapshot = trainer.run_steps(1)
    canvas.play_step(snapshot, 10.0)
    for _ in range(12):
        canvas.showing.player.advance(1.0)
        canvas.grab()
    assert canvas.grab().toImage() != fresh
    assert "ŷ · Output" in canvas.describe(Node(3, 0))
    edge = Edge(2, 0, 3, 0)
    assert "gradient ∂L/∂w" in canvas.describe(edge)


def test_one_edge_that_stands_out_of_thousands_is_the_only_smooth_path(canvas, monkeypatch):
    canvas.set_network(DIGITS)
    canvas.show_snapshot(random_snapshot(DIGITS))
    canvas.showing.set_all_edges(True)
    edges = canvas.screen_places.edges
    assert len(edges) > 2000
    canvas.select(edges.edge(7))
    made, path = [], Screen.path
    monkeypatch.setattr(Screen, "path", lambda self, i: made.append(i) or path(self, i))
    canvas.grab()
    assert set(made) == {7}
    assert "paths" not in vars(canvas.screen_places)


def test_of_what_stays_selected_no_number_of_the_network_before_is_told(canvas):
    node, edge = Node(1, 0), Edge(1, 3, 2, 0)
    canvas.select_all((node, edge), first=edge)
    # One input more and one unit less: the node is still there, the edge is not.
    other = chain(Input((3,)), Dense(3, "tanh"), Dense(1, "sigmoid"))
    canvas.set_network(other)
    assert canvas.selection == {node}
    assert canvas.describe(node) == canvas.accessibleDescription()
    assert "z = " not in canvas.describe(node)
    canvas.show_snapshot(random_snapshot(other))
    assert "z = " in canvas.describe(node)
