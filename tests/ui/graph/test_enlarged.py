"""Maps and filters enlarged in place, and whole maps selected, by real mouse and keys."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest

from nnsim.lesson.concern import Concern
from nnsim.lesson.focus import ChannelFocus, ParameterFocus
from nnsim.model.network import Node
from nnsim.ui.graph.animation import Moment
from nnsim.ui.graph.camera import NEAR_MS
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.view import View
from nnsim.ui.graph.views.paint_reach import reach_boxes
from nnsim.ui.graph.views.paint_sheet import filter_boxes, picture_boxes
from nnsim.ui.theme import DARK
from tests.ui.graph.pictures import NETWORKS, snapshot

CELL = Node(1, 146)


def _float32(shown):
    """As the compiled engine hands numbers out."""
    probe = shown.probe
    values = tuple(np.asarray(each, np.float32) for each in probe.activations)
    theta = shown.parameters.astype(np.float32)
    return replace(shown, parameters=theta, probe=replace(probe, activations=values))


@pytest.fixture
def canvas(qtbot):
    canvas = GraphCanvas(DARK)
    qtbot.addWidget(canvas)
    canvas.setLocale(QLocale("en_US"))
    canvas.resize(900, 700)
    canvas.set_network(NETWORKS["shapes"])
    canvas.show_snapshot(_float32(snapshot("shapes")))
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.setFocus()
    return canvas


def _double_click(canvas, at):
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)


def _arrived(qtbot, canvas):
    qtbot.waitUntil(lambda: canvas._camera._flight.state().value == 0, timeout=20 * NEAR_MS)


def _filter_middle(canvas, channel):
    sheet = canvas._scene.geometry.layers[1].sheet
    return filter_boxes(canvas.screen_places, sheet, 3, 3)[channel].center().toPoint()


def _size_of_map(canvas, channel):
    box = picture_boxes(canvas.screen_places, canvas._scene.geometry.layers[1].sheet)[channel]
    return box.width(), box.center()


def test_a_map_fills_the_stage_and_escape_leads_back(canvas, qtbot):
    before = _size_of_map(canvas, 1)[0]
    _double_click(canvas, canvas.position_of(CELL).toPoint())
    _arrived(qtbot, canvas)
    width, middle = _size_of_map(canvas, 1)
    assert width > 3 * before
    assert abs(middle.x() - 450) < 2
    # Its pixels are large enough for their numbers, those of others out of sight are not written.
    canvas.showing.values.refresh()
    canvas.grab()
    written = [unit for unit, text in enumerate(canvas.showing.values._texts[144:544]) if text]
    assert set(range(100, 200)) <= set(written)
    assert len(written) < 300
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    _arrived(qtbot, canvas)
    assert canvas._camera.view == View()
    # What was selected still is: Escape took the picture back, no more.
    assert canvas.selection
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.selection


def test_a_second_double_click_leads_back_too(canvas, qtbot):
    _double_click(canvas, canvas.position_of(CELL).toPoint())
    _arrived(qtbot, canvas)
    _double_click(canvas, canvas.position_of(CELL).toPoint())
    _arrived(qtbot, canvas)
    assert canvas._camera.view == View()


def test_the_way_takes_between_300_and_500_ms(canvas):
    canvas.enlarge(CELL)
    assert 300 <= canvas._camera._flight.duration() <= 500
    canvas.fit()
    assert 300 <= canvas._camera._flight.duration() <= 500


def test_a_filter_is_enlarged_with_its_numbers(canvas, qtbot):
    before = canvas.grab().toImage()
    _double_click(canvas, _filter_middle(canvas, 2))
    _arrived(qtbot, canvas)
    sheet = canvas._scene.geometry.layers[1].sheet
    box = filter_boxes(canvas.screen_places, sheet, 3, 3)[2]
    assert box.height() > 300
    after = canvas.grab().toImage()
    assert before.size() == after.size()
    place = box.adjusted(0, 0, -2 * box.width() / 3, -2 * box.height() / 3)
    row = round(place.center().y())
    colors = {after.pixel(x, row) for x in range(round(place.left()) + 3, round(place.right()) - 3)}
    assert len(colors) > 3


def test_enter_enlarges_the_selected_cell_s_map(canvas, qtbot):
    canvas.select(CELL)
    canvas.walk_into_edges()
    _arrived(qtbot, canvas)
    assert canvas._camera.is_near
    canvas.walk_into_edges()
    _arrived(qtbot, canvas)
    assert canvas._camera.view == View()


def test_discs_are_not_enlarged(canvas):
    assert not canvas.enlarge(Node(3, 1))
    assert not canvas.enlarge(None)


def test_a_click_on_a_filter_selects_its_whole_map(canvas):
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=_filter_middle(canvas, 3))
    assert canvas.selection == {Node(1, unit) for unit in range(300, 400)}
    before = canvas.grab().toImage()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 690))
    after = canvas.grab().toImage()
    box = picture_boxes(canvas.screen_places, canvas._scene.geometry.layers[1].sheet)[3].adjusted(
        -1, -1, 1, 1
    )
    x, y = round(box.center().x()), round(box.top())
    assert before.pixelColor(x, y).lightness() > after.pixelColor(x, y).lightness() + 60
    # One frame about the map, none about its hundred cells.
    middle = canvas.position_of(Node(1, 355))
    assert before.pixelColor(middle.toPoint()) == after.pixelColor(middle.toPoint())


def test_a_whole_map_is_meant_as_one_channel(canvas):
    meant = []
    canvas.selected.connect(meant.append)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=_filter_middle(canvas, 3))
    assert meant[-1] == ChannelFocus(1, 3)


def test_in_a_lesson_a_click_on_a_filter_means_the_weight_there(canvas):
    canvas.hold(snapshot("shapes"), Moment("forward", 0.5, 1.0), Concern(frozenset({1})))
    meant = []
    canvas.selected.connect(meant.append)
    sheet = canvas._scene.geometry.layers[1].sheet
    box = filter_boxes(canvas.screen_places, sheet, 3, 3)[2]
    at = QPoint(round(box.left() + 0.84 * box.width()), round(box.top() + 0.5 * box.height()))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert meant[-1] == ParameterFocus(1, "weight", (2, 0, 1, 2))


def test_a_card_leaves_the_cell_s_map_and_its_window_in_sight(canvas):
    node = Node(1, 245)
    boxes = reach_boxes(canvas._scene, canvas.screen_places, node)
    assert len(boxes) == 2
    assert boxes[0].contains(canvas.position_of(node))
    assert boxes[1].contains(canvas.position_of(Node(0, 5 * 12 + 6)))
