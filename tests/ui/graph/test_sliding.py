"""The sliding window: what it sees, what moves it, and the cards that show it."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnsim.model.connectivity import Connectivity
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Node, chain
from nnsim.ui.graph import sliding
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.filter_card import FilterCard
from nnsim.ui.graph.looks_for import direction, strongest_patches
from nnsim.ui.graph.sight import cell_over, sight_of
from nnsim.ui.graph.sight_view import sums
from nnsim.ui.graph.sliding import PLACE_MS, SlidingWindow
from nnsim.ui.graph.window_card import WindowCard
from nnsim.ui.theme import DARK
from tests.engine.networks import dataset
from tests.ui.graph.pictures import DIGITS, NETWORKS, RESIDUAL, SHAPES, snapshot

CELL = Node(1, 1 * 100 + 4 * 10 + 6)
LOCALE = QLocale("en_US")


class Stand(QObject):
    """As much of a session as a filter's card asks for."""

    data_changed = Signal()
    running = False

    def __init__(self, data):
        super().__init__()
        self.dataset = data


@pytest.fixture
def stage(qtbot):
    def make(name="shapes"):
        canvas = GraphCanvas(DARK)
        qtbot.addWidget(canvas)
        canvas.setLocale(LOCALE)
        canvas.resize(900, 700)
        canvas.set_network(NETWORKS[name])
        canvas.show_snapshot(snapshot(name))
        with qtbot.waitExposed(canvas):
            canvas.show()
        return canvas, SlidingWindow(canvas, canvas)

    return make


def _move(canvas, at):
    at = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_a_filter_s_sight_adds_up():
    shown = snapshot("shapes")
    sight = sight_of(Connectivity(SHAPES), shown, CELL)
    image = shown.probe.x.reshape(12, 12)
    np.testing.assert_array_equal(sight.patch, image[4:7, 6:9])
    np.testing.assert_allclose(sight.products, sight.weights * sight.patch)
    assert sight.total + sight.bias == pytest.approx(sight.z, rel=1e-5)
    assert max(sight.z, 0.0) == pytest.approx(sight.value)
    assert sight.shared == 9


def test_over_several_maps_the_one_that_adds_most_is_shown_and_the_others_are_summed():
    shown, node = snapshot("digits"), Node(3, 5 * 100 + 37)
    sight = sight_of(Connectivity(DIGITS), shown, node)
    parts = [sight_of(Connectivity(DIGITS), shown, node, i).products.sum() for i in range(8)]
    assert sight.channel == int(np.argmax(np.abs(parts)))
    assert sum(parts) + sight.bias == pytest.approx(sight.z, rel=1e-5)
    words = " ".join(text for line in sums(sight, LOCALE) for _, text in line)
    assert "other 7 maps" in words


def test_outside_of_the_image_there_is_0():
    sight = sight_of(Connectivity(RESIDUAL), snapshot("residual"), Node(1, 0))
    assert not sight.patch[0].any()
    assert not sight.patch[:, 0].any()
    assert sight.patch[1:, 1:].all()


def test_a_pool_s_sight_says_who_won():
    shown = snapshot("shapes")
    sight = sight_of(Connectivity(SHAPES), shown, Node(2, 25 + 7))
    assert sight.patch[sight.winner] == sight.value == sight.patch.max()


def test_there_is_no_sight_without_a_window_or_without_numbers():
    edges = Connectivity(SHAPES)
    assert sight_of(edges, snapshot("shapes"), Node(3, 1)) is None
    assert sight_of(edges, None, CELL) is None


@pytest.mark.parametrize(("row", "column", "place"), [(0, 0, (0, 0)), (5, 7, (4, 6)), (11, 11, (9, 9))])
def test_over_the_input_the_window_s_middle_is_at_the_pointer(row, column, place):
    assert cell_over(SHAPES, 1, 2, row, column) == Node(1, 200 + place[0] * 10 + place[1])


def test_the_pointer_moves_the_window_over_map_and_image(stage):
    canvas, window = stage()
    assert window.cell == Node(1, 0)
    _move(canvas, canvas.position_of(CELL))
    assert window.cell == CELL
    # Pixel (8, 3) of the image: the window's first row and column are one less. It stays with map 2.
    _move(canvas, canvas.position_of(Node(0, 8 * 12 + 3)))
    assert window.cell == Node(1, 100 + 7 * 10 + 2)


def test_arrows_move_it_by_one_pixel(stage):
    canvas, window = stage()
    canvas.setFocus()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.position_of(CELL).toPoint())
    for key, step in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 10),
        (Qt.Key.Key_Left, -1),
        (Qt.Key.Key_Up, -10),
    ):
        before = window.cell.unit
        QTest.keyClick(canvas, key)
        assert window.cell == Node(1, before + step)


def test_it_slides_by_itself_and_waits_while_one_points(stage, qtbot):
    canvas, window = stage()
    window.play(True)
    first = window.cell
    qtbot.waitUntil(lambda: window.cell != first, timeout=20 * PLACE_MS)
    assert window.cell == Node(1, first.unit + 1)
    assert canvas.marking.window == window.cell
    _move(canvas, canvas.position_of(Node(3, 1)))
    before = window.cell
    window.advance()
    assert window.cell == before
    _move(canvas, QPointF(3, 690))
    window.advance()
    assert window.cell == Node(1, before.unit + 1)
    window.play(False)
    assert canvas.marking.window is None


def test_at_the_end_of_the_map_it_begins_again(stage):
    canvas, window = stage()
    _move(canvas, canvas.position_of(Node(1, 199)))
    _move(canvas, QPointF(3, 690))
    window.advance()
    assert window.cell == Node(1, 100)


def test_it_is_quicker_at_a_quicker_pace(stage):
    window = stage()[1]
    intervals = []
    for pace in (1.0, 4.0, 8.0, 1000.0, float("inf")):
        window.set_pace(pace)
        intervals.append(window._timer.interval())
    assert intervals == [PLACE_MS, PLACE_MS, PLACE_MS / 2, round(PLACE_MS / 8), PLACE_MS]


def test_the_card_tells_the_place_and_the_numbers(stage, qtbot):
    canvas, window = stage()
    card = WindowCard(window, canvas, DARK)
    card.setLocale(LOCALE)
    qtbot.addWidget(card)
    card.show()
    _move(canvas, canvas.position_of(CELL))
    assert card.accessibleName() == "Map 2 · row 5, column 7"
    sight = window.sight
    assert f"= z {sight.z:.3g}".replace("-", "−") in card.view.accessibleName()
    assert "The same 9 weights" in card._hint.text()
    assert not card.grab().toImage().isNull()


def test_the_play_button_lets_it_slide(stage, qtbot):
    canvas, window = stage()
    card = WindowCard(window, canvas, DARK)
    qtbot.addWidget(card)
    card.play.click()
    assert window.is_playing
    card.play.click()
    assert not window.is_playing


def test_without_a_window_there_is_no_card(stage, qtbot):
    canvas, window = stage()
    canvas.set_network(chain(Input((2,)), Dense(1)))
    card = WindowCard(window, canvas, DARK)
    qtbot.addWidget(card)
    assert card.isHidden()
    assert window.cell is None
    window.play(True)
    assert not window.is_playing


def test_the_strongest_patches_are_those_of_all_places_of_all_pictures():
    random = np.random.default_rng(0)
    images, weights = random.normal(size=(70, 2, 6, 7)), random.normal(size=(3, 2, 3, 2))
    looks = strongest_patches(weights, images, (2, 1), (1, 0), lambda: True)
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (0, 0)))
    for number, kernel in enumerate(weights):
        best = sorted(
            (
                max((image[:, i : i + 3, j : j + 2] * kernel).sum() for i in range(0, 6, 2) for j in range(6))
                for image in padded
            ),
            reverse=True,
        )
        np.testing.assert_allclose(looks.sums[number], best[:5], rtol=1e-4)
        np.testing.assert_allclose(
            (looks.patches[number] * kernel).sum(axis=(1, 2, 3)), looks.sums[number], rtol=1e-4
        )
    assert strongest_patches(weights, images, (1, 1), (0, 0), lambda: False) is None


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (np.tile([-1.0, 0, 1], (3, 1)), "right"),
        (np.tile([[1.0], [0], [-1]], (1, 3)), "above"),
        (np.add.outer([-1.0, 0, 1], [-1.0, 0, 1]), "lower_right"),
        (np.array([[-1.0, 0, -1], [0, 3, 0], [-1, 0, -1]]), "spot"),
        (np.array([[1.0, -1, 1], [-1, 1, -1], [1, -1, 1]]), None),
        (np.ones((3, 3)), None),
    ],
)
def test_a_filter_is_called_after_where_it_rises_only_if_it_does(weights, words):
    assert direction(weights) == words


def test_the_filter_s_card_finds_its_patches_beside_the_window(stage, qtbot):
    canvas, window = stage()
    random = np.random.default_rng(2)
    data = dataset(random.uniform(0, 1, (20, 144)), np.eye(4)[random.integers(0, 4, 20)], "multiclass")
    card = FilterCard(Stand(data), window, canvas, DARK)
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.looking.found, timeout=20_000):
        card.show()
    _move(canvas, canvas.position_of(Node(1, 305)))
    assert card.accessibleName() == "What filter 4 looks for"
    assert len(card.picture._patches) == 5
    assert "training pictures" in card._note.text()
    card.stop()


@pytest.mark.parametrize("width", [230, 300, 420])
def test_the_card_has_room_for_every_line_in_any_width(stage, qtbot, width):
    canvas, window = stage("digits")
    card = WindowCard(window, canvas, DARK)
    card.setLocale(LOCALE)
    qtbot.addWidget(card)
    card.setFixedWidth(width)
    with qtbot.waitExposed(card):
        card.show()
    for cell in (Node(1, 2000), Node(3, 537), Node(2, 30)):
        _move(canvas, canvas.position_of(cell))
        assert window.cell == cell
        assert card.view.height() == card.view.heightForWidth(card.view.width())
        image = card.view.grab().toImage()
        # The last line is written: something stands in its height that is not the ground.
        rows = range(image.height() - 20, image.height() - 3)
        colors = {image.pixel(x, y) for y in rows for x in range(120)}
        assert len(colors) > 5


def test_a_card_that_nobody_sees_asks_for_no_numbers_and_catches_up(stage, qtbot, monkeypatch):
    canvas, window = stage()
    card = WindowCard(window, canvas, DARK)
    card.setLocale(LOCALE)
    qtbot.addWidget(card)
    asked = []
    monkeypatch.setattr(sliding, "sight_of", lambda *args: asked.append(args) or sight_of(*args))
    _move(canvas, canvas.position_of(CELL))
    canvas.show_snapshot(snapshot("shapes"))
    assert asked == []
    card.show()
    assert card.accessibleName() == "Map 2 · row 5, column 7"
    assert f"= z {window.sight.z:.3g}".replace("-", "−") in card.view.accessibleName()
