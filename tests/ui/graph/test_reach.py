"""A cell that is pointed at: what it comes from, what it goes to, and what is said of it."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnsim.lesson.concern import Channel, Concern
from nnsim.model.connectivity import Connectivity
from nnsim.model.network import Edge, Node
from nnsim.ui.graph.animation import Moment
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.hit import walk
from nnsim.ui.graph.paint_ribbons import kept_ribbons
from nnsim.ui.graph.reach import Window, edges_of, windows, winner
from nnsim.ui.graph.ribbons import ribbons_of
from nnsim.ui.graph.stage import concerned
from nnsim.ui.graph.views.paint_reach import window_box
from nnsim.ui.theme import DARK
from tests.ui.graph.pictures import DIGITS, NETWORKS, SHAPES, snapshot

# Map 2 of 4×10×10, row 4, column 6.
CELL = Node(1, 1 * 100 + 4 * 10 + 6)


def _canvas(qtbot, name="shapes"):
    canvas = GraphCanvas(DARK)
    qtbot.addWidget(canvas)
    canvas.setLocale(QLocale("en_US"))
    canvas.resize(900, 700)
    canvas.set_network(NETWORKS[name])
    canvas.show_snapshot(snapshot(name))
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


def _move(canvas, at):
    at = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def _changed(before, after, box):
    """Share of the pixels on the outline of a box that another picture has in another colour."""
    points = [(x, y) for x in range(round(box.left()), round(box.right())) for y in (box.top(), box.bottom())]
    other = [before.pixelColor(x, round(y)) != after.pixelColor(x, round(y)) for x, y in points]
    return np.mean(other)


def test_a_window_is_the_least_rectangle_around_what_a_cell_reads():
    edges = Connectivity(SHAPES)
    assert windows(SHAPES, edges.into(CELL)) == [Window(0, 0, 4, 6, 6, 8)]
    # The 2×2 pool that it goes into, row 2 and column 3 of map 2.
    assert windows(SHAPES, edges.out_of(CELL)) == [Window(2, 1, 2, 3, 2, 3)]
    assert windows(SHAPES, edges.into(Node(0, 0))) == []


def test_pointing_at_a_cell_frames_its_window_on_the_source(qtbot):
    canvas = _canvas(qtbot)
    before = canvas.grab().toImage()
    _move(canvas, canvas.position_of(CELL))
    canvas.setCursor(Qt.CursorShape.ArrowCursor)
    after = canvas.grab().toImage()
    box = window_box(canvas.screen_places, Window(0, 0, 4, 6, 6, 8))
    assert _changed(before, after, box) > 0.8
    color = after.pixelColor(round(box.left()), round(box.center().y()))
    text = QColor(DARK.text)
    assert abs(color.lightness() - text.lightness()) < 60
    assert _changed(before, after, box.translated(-50, 30)) < 0.2
    _move(canvas, QPointF(3, 690))
    assert canvas.grab().toImage() == before


def test_a_cell_s_edges_are_those_of_its_filter():
    shown = snapshot("shapes")
    edges = edges_of(Connectivity(SHAPES), CELL, "weight", shown, 100)
    # All 9 weights of filter 2, and none of the pool's.
    assert sorted(edges.index.tolist()) == list(range(9, 18))
    assert {tuple(edges.edge(i))[2:] for i in range(9)} == {tuple(CELL)}


def test_of_many_edges_the_strongest_are_shown():
    shown = snapshot("digits")
    node, edges = Node(3, 130), Connectivity(DIGITS)
    into = edges.into(node)
    values = np.abs(shown.parameters[into.parameters] * shown.probe.activations[2][into.units])
    some = edges_of(edges, node, "contribution", shown, 7)
    assert len(into) == 72
    assert set(some.index.tolist()) == set(into.parameters[np.argsort(-values)[:7]].tolist())


def test_a_max_pool_shows_who_won():
    shown = snapshot("shapes")
    image = shown.probe.activations[1].reshape(4, 10, 10)
    block = image[2, 2:4, 6:8]
    row, column = np.unravel_index(block.argmax(), (2, 2))
    won = winner(Connectivity(SHAPES), Node(2, 2 * 25 + 1 * 5 + 3), shown)
    assert won == Node(1, 200 + (2 + row) * 10 + 6 + column)
    assert winner(Connectivity(SHAPES), CELL, shown) is None


@pytest.mark.parametrize("name", NETWORKS)
def test_something_is_said_of_every_cell_and_edge(qtbot, name):
    canvas, network, edges = _canvas(qtbot, name), NETWORKS[name], Connectivity(NETWORKS[name])
    for layer in range(len(network.layers)):
        node = Node(layer, network.units(layer) - 1)
        assert canvas.describe(node)
        into = edges.into(node)
        for i in range(min(len(into), 2)):
            assert canvas.describe(Edge(*into.node(i), *node))


def test_a_cell_is_told_by_its_place_and_its_numbers(qtbot):
    canvas, shown = _canvas(qtbot), snapshot("shapes")
    words = canvas.describe(CELL)
    assert words.startswith("Convolution · map 2 · row 5, column 7")
    z, a = shown.probe.pre_activations[1][CELL.unit], shown.probe.activations[1][CELL.unit]
    assert f"a = ReLU(z) = {a:.5g}".replace("-", "−") in words
    assert f"= {z:.5g}".replace("-", "−") in words
    pool = canvas.describe(Node(2, 0))
    assert pool.startswith("Max pool · map 1 · row 1, column 1 · the largest of 4 numbers: ")


def test_arrows_walk_pixel_by_pixel_and_over_the_borders():
    right, left, up, down = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down
    assert walk(SHAPES, CELL, right) == Node(1, CELL.unit + 1)
    assert walk(SHAPES, CELL, down) == Node(1, CELL.unit + 10)
    # From the last column into the pool, first column, at the same height: row 5 of 10 is row 2 of 5.
    assert walk(SHAPES, Node(1, 159), right) == Node(2, 25 + 2 * 5)
    assert walk(SHAPES, Node(1, 150), left) == Node(0, 6 * 12 + 11)
    # Over the bottom into the next map, over the top of the first nowhere.
    assert walk(SHAPES, Node(1, 195), down) == Node(1, 205)
    assert walk(SHAPES, Node(1, 5), up) == Node(1, 5)
    assert walk(SHAPES, Node(2, 99), right) == Node(3, 3)
    assert walk(SHAPES, Node(3, 2), left) == Node(2, 2 * 25 + 2 * 5 + 4)
    assert walk(SHAPES, CELL, Qt.Key.Key_PageDown) == Node(2, 25 + 2 * 5 + 3)
    assert walk(SHAPES, CELL, Qt.Key.Key_PageUp) == Node(0, 4 * 12 + 7)


def test_keys_walk_the_selection_and_say_where_it_is(qtbot):
    canvas = _canvas(qtbot)
    canvas.setFocus()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.position_of(CELL).toPoint())
    assert canvas.selection == {CELL}
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.selection == {Node(1, CELL.unit + 10)}
    assert canvas.accessibleDescription().startswith("Convolution · map 2 · row 6, column 7")
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    assert canvas.first_selected.layer == 2
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.selection == frozenset()


def test_from_cell_to_cell_of_one_map_the_edges_go_along(qtbot):
    """The weights are the same, their cells are not."""
    canvas = _canvas(qtbot)
    seen = []
    for cell in (CELL, Node(1, CELL.unit + 21)):
        _move(canvas, canvas.position_of(cell))
        canvas.grab()
        seen.append(canvas._painter.stage._pointed._screen.edges)
    assert seen[0].index.tolist() == seen[1].index.tolist()
    assert seen[0].source.tolist() != seen[1].source.tolist()
    assert set(seen[1].unit.tolist()) == {CELL.unit + 21}


def _held(qtbot, concern):
    canvas, shown = _canvas(qtbot), snapshot("shapes")
    canvas.hold(shown, Moment("forward", 0.5, 1.0), concern)
    canvas.showing.player.advance(2.0)
    return canvas


def test_in_a_lesson_the_edges_that_it_is_about_are_drawn_and_its_cells_framed(qtbot):
    into = Connectivity(SHAPES).into(CELL)
    edges = frozenset(Edge(*into.node(i), *CELL) for i in range(len(into)))
    plain = _held(qtbot, Concern(frozenset({0})))
    canvas = _held(qtbot, Concern(frozenset({0}), frozenset({CELL}), edges=edges))
    before, after = plain.grab().toImage(), canvas.grab().toImage()
    assert _changed(before, after, window_box(canvas.screen_places, Window(1, 1, 4, 6, 4, 6))) > 0.5
    assert len(canvas._painter.stage._pointed._screen.edges) == 9


def test_in_a_lesson_a_map_lights_with_its_filter(qtbot):
    _, nodes = concerned(
        _held(qtbot, Concern()).screen_places, Concern(channels=frozenset({Channel(1, 2, 100)}))
    )
    assert np.flatnonzero(nodes).tolist() == list(range(144 + 200, 144 + 300))
    ribbons = ribbons_of(SHAPES)
    kept = kept_ribbons(SHAPES, ribbons, (), Concern(filters=frozenset({(0, Channel(1, 2, 100))})))
    assert [(int(ribbons.layer[i]), int(ribbons.channel[i])) for i in np.flatnonzero(kept)] == [(1, 2)]
