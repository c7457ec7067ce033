"""A network that reads an image, as it is painted and under a real mouse."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnsim.model.network import Edge
from nnsim.ui.graph import crowd, values
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.geometry import Node
from nnsim.ui.graph.primitives import Primitives
from nnsim.ui.graph.showing import CALM_MS
from nnsim.ui.graph.stage import StagePainter
from nnsim.ui.theme import DARK, THEMES
from tests.ui.graph.factory import (
    CLASSES,
    DIGITS,
    IMAGE,
    parameters,
    random_snapshot,
    snapshot_of,
    unlabelled,
)

BOTH = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
NAMES = tuple("0123456789")
WEIGHTS = np.zeros((3, 16))
WEIGHTS[0, 5], WEIGHTS[0, 6], WEIGHTS[1] = 2.0, -2.0, 0.5
X = np.zeros(16)
X[5] = X[6] = 1.0
SNAPSHOT = snapshot_of(
    IMAGE, parameters(IMAGE, weight1=WEIGHTS, bias1=[1.0, 0, 0], weight2=np.eye(2, 3)), X, stepped=False
)


def _canvas(qtbot, theme=DARK, network=IMAGE, snapshot=SNAPSHOT, outputs=()):
    canvas = GraphCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.setLocale(QLocale("en_US"))
    canvas.resize(900, 600)
    canvas.set_network(network, (), outputs)
    canvas.show_snapshot(snapshot)
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


def _color(canvas, item, dx=0.0, dy=0.0):
    image, at = canvas.grab().toImage(), canvas.position_of(item)
    ratio = image.devicePixelRatio()
    return image.pixelColor(round((at.x() + dx) * ratio), round((at.y() + dy) * ratio))


def _distance(color, name):
    other = QColor(name)
    return max(abs(getattr(color, c)() - getattr(other, c)()) for c in ("red", "green", "blue"))


def _pixels(canvas):
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[..., :3].astype(int)


def _aside(canvas):
    """Off the middle of a pixel, where its number may stand."""
    return 0.7 * float(canvas.screen_places.radii[0])


@BOTH
def test_a_unit_shows_the_weights_it_gives_to_the_pixels_and_no_number(qtbot, theme):
    canvas = _canvas(qtbot, theme)
    cell = 2 * float(canvas.screen_places.radii[16]) / 4
    assert _distance(_color(canvas, Node(1, 0), dx=-0.5 * cell, dy=-0.5 * cell), theme.positive) < 12
    assert _distance(_color(canvas, Node(1, 0), dx=0.5 * cell, dy=-0.5 * cell), theme.negative) < 12
    assert _distance(_color(canvas, Node(1, 0), dy=cell), theme.node_off) < 12
    assert _distance(_color(canvas, Node(1, 1), dx=0.5 * cell), theme.positive) < 12, "its own scale"


@BOTH
def test_the_ring_of_a_unit_that_answers_is_amber(qtbot, theme):
    canvas = _canvas(qtbot, theme)
    radius = float(canvas.screen_places.radii[16])
    lit, silent = (_distance(_color(canvas, Node(1, unit), dx=radius), theme.activation) for unit in (0, 2))
    assert lit < 60 < silent


@BOTH
def test_pointing_at_a_unit_shows_on_the_image_what_speaks_for_and_against_it(qtbot, theme):
    canvas = _canvas(qtbot, theme)
    aside = _aside(canvas)
    lit = [_distance(_color(canvas, Node(0, p), aside, aside), theme.activation) for p in (5, 6)]
    assert max(lit) < 20
    _move(canvas, canvas.position_of(Node(1, 0)))
    assert _distance(_color(canvas, Node(0, 5), aside, aside), theme.positive) < 12
    assert _distance(_color(canvas, Node(0, 6), aside, aside), theme.negative) < 12
    _move(canvas, canvas.position_of(Node(2, 0)))
    assert _distance(_color(canvas, Node(0, 6), aside, aside), theme.activation) < 20, "nothing is invented"


def test_the_lens_of_a_selected_unit_stays_and_gives_way_to_another(qtbot):
    canvas = _canvas(qtbot)
    aside = _aside(canvas)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.position_of(Node(1, 0)).toPoint())
    _move(canvas, QPointF(450, 60))
    assert _distance(_color(canvas, Node(0, 6), aside, aside), DARK.negative) < 12
    _move(canvas, canvas.position_of(Node(1, 1)))
    assert _distance(_color(canvas, Node(0, 6), aside, aside), DARK.positive) < 12
    _move(canvas, QPointF(450, 60))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert _distance(_color(canvas, Node(0, 6), aside, aside), DARK.activation) < 20


def test_what_the_lens_shows_is_said_beneath_the_image(qtbot):
    canvas = _canvas(qtbot)
    place = canvas.screen_places.rect(canvas.screen_places.geometry.layers[0])
    x, y = int(place.x), int(place.y + place.height)
    before = _pixels(canvas)[y + 10 : y + 60, x : x + 180]
    canvas.select(Node(1, 0))
    after = _pixels(canvas)[y + 10 : y + 60, x : x + 180]
    blue = QColor(DARK.positive)
    near = np.abs(after - [blue.blue(), blue.green(), blue.red()]).max(axis=2) < 60
    assert near.sum() > 15, "for, in the colour of what is positive"
    assert (np.abs(after - before).max(axis=2) > 60).sum() > 200


@BOTH
def test_a_unit_is_enlarged_on_its_card(qtbot, theme):
    canvas = _canvas(qtbot, theme, DIGITS, random_snapshot(DIGITS))
    _move(canvas, canvas.position_of(Node(1, 8)))
    canvas.grab()
    card = canvas.marking.inspector.card
    assert (card.picture.width(), card.picture.height()) == (28, 28)
    assert card.caption.startswith("full colour ±")
    with_picture = _pixels(canvas)
    canvas.marking.inspector.card = replace(card, picture=QImage(28, 28, QImage.Format.Format_RGB32))
    canvas.marking.inspector.card.picture.fill(QColor("white"))
    changed = (np.abs(_pixels(canvas) - with_picture).max(axis=2) > 0).sum()
    assert changed > 0.9 * 112 * 112


def test_pointing_at_a_pixel_tells_where_it_is_and_brings_out_its_edges(qtbot):
    canvas = _canvas(qtbot, network=DIGITS, snapshot=random_snapshot(DIGITS))
    pixel = Node(0, 5 * 28 + 9)
    edge = Edge(0, pixel.unit, 1, 8)
    weak = canvas._scene.layout.edge_index(edge) not in canvas._scene.edges.index
    assert weak, "not among the strongest"
    canvas.showing.set_all_edges(True)
    at = canvas.position_of(edge)
    canvas.showing.set_all_edges(False)
    _move(canvas, canvas.position_of(pixel))
    assert "row 6, column 10" in canvas.describe(pixel)
    drawn = canvas._painter.stage._pointed.screen(canvas._scene, canvas.screen_places, pixel)
    assert [drawn.edges.touching(pixel).all(), len(drawn.edges)] == [True, 16]
    there = _pixels(canvas)[round(at.y()) - 1 : round(at.y()) + 2, round(at.x())]
    _move(canvas, canvas.position_of(Node(0, 27 * 28)))
    elsewhere = _pixels(canvas)[round(at.y()) - 1 : round(at.y()) + 2, round(at.x())]
    assert np.abs(there - elsewhere).max() > 15


def test_pixels_tell_their_numbers_when_they_are_large(qtbot):
    canvas = _canvas(qtbot, network=DIGITS, snapshot=random_snapshot(DIGITS))

    def shades():
        at, reach = canvas.position_of(Node(0, 400)).toPoint(), int(canvas.screen_places.radii[0]) - 1
        around = _pixels(canvas)[at.y() - reach : at.y() + reach, at.x() - reach : at.x() + reach]
        return np.abs(around - around[0, 0]).max()

    assert shades() < 20
    canvas._camera.zoom(6.0, canvas.position_of(Node(0, 400)))
    assert shades() > 100
    canvas.select(Node(1, 2))
    assert shades() > 60, "and through the lens theirs"


@BOTH
def test_classes_stand_inside_the_outputs_and_their_probabilities_beside_them(qtbot, theme):
    canvas = _canvas(qtbot, theme, CLASSES, random_snapshot(CLASSES), NAMES)
    texts = canvas.showing.values.texts(
        canvas._scene.snapshot.probe, canvas.screen_places, QLocale("de_DE"), canvas._scene.names
    )[-10:]
    shares = canvas._scene.snapshot.probe.activations[-1]
    assert texts[0] == f"{100 * shares[0]:.1f}\u202f%".replace(".", ",")
    screen = canvas.screen_places
    for unit in range(10):
        number = screen.geometry.number(Node(3, unit))
        x, y = (round(v) for v in screen.centres[number])
        radius = float(screen.radii[number])
        right = _pixels(canvas)[y - 5 : y + 6, round(x + 1.25 * radius + 5) : round(x + 1.25 * radius + 45)]
        inside = _pixels(canvas)[y - 6 : y + 7, x - 5 : x + 6]
        assert np.ptp(right, axis=(0, 1)).max() > 60, "a percentage"
        assert np.ptp(inside, axis=(0, 1)).max() > 90, "a name"
    canvas.set_network(CLASSES, (), ())
    assert not canvas._scene.names.are_classes(3), "without names there are ŷ and values"


def test_every_edge_can_be_drawn_and_the_picture_says_so(qtbot):
    canvas = _canvas(qtbot, network=DIGITS, snapshot=random_snapshot(DIGITS))
    some = (_pixels(canvas)[60:480, 300:800] - 0).copy()
    assert canvas.picture.edges_note() == "showing the 700 strongest of 12,960 edges, by layer"
    canvas.showing.set_all_edges(True)
    assert canvas.picture.edges_note() == "all 12,960 edges"
    assert len(canvas.screen_places.edges) == 12_960
    assert (np.abs(_pixels(canvas)[60:480, 300:800] - some).max(axis=2) > 8).mean() > 0.1
    canvas.set_network(DIGITS.with_layer(2, replace(DIGITS.dense(2), activation="tanh")))
    assert canvas.picture.edges_note() == "all 12,960 edges", "the choice outlives an edit"
    canvas.showing.set_all_edges(False)
    assert len(canvas.screen_places.edges) == 700


def test_a_small_network_has_nothing_to_add(qtbot):
    canvas = _canvas(qtbot)
    canvas.showing.set_all_edges(True)
    assert canvas.picture.edges_note() == ""
    assert len(canvas.screen_places.edges) == 16 * 3 + 3 * 2


def test_a_crowd_is_drawn_in_portions_and_seen_when_it_is_whole(qtbot, monkeypatch):
    monkeypatch.setattr(crowd, "PORTION", 0.0)
    turns = []
    draw_on = StagePainter.draw_on
    monkeypatch.setattr(StagePainter, "draw_on", lambda self: turns.append(1) or draw_on(self))

    def grabbed(canvas):
        return canvas.grab().toImage()

    def settled(canvas):
        qtbot.waitUntil(lambda: not canvas._painter.drawing.isActive())
        return grabbed(canvas)

    canvas, other = (_canvas(qtbot, network=DIGITS, snapshot=random_snapshot(DIGITS)) for _ in range(2))
    other.draw_at_once()
    for each in (canvas, other):
        each.showing.set_all_edges(True)
    blank = grabbed(canvas)
    whole = settled(canvas)
    assert len(turns) > 3
    assert whole == grabbed(other) != blank
    picture = canvas._painter.stage._edges._crowd._picture
    canvas.show_snapshot(random_snapshot(DIGITS, seed=2))
    grabbed(canvas)
    assert canvas._painter.stage._edges._crowd._picture is picture, "the one before stands in"
    settled(canvas)
    assert canvas._painter.stage._edges._crowd._picture is not picture


def test_a_crowd_that_is_zoomed_stays_where_its_nodes_are(qtbot, monkeypatch):
    canvas = _canvas(qtbot, network=DIGITS, snapshot=random_snapshot(DIGITS))
    canvas.showing.set_all_edges(True)
    canvas.grab()
    qtbot.waitUntil(lambda: not canvas._painter.drawing.isActive())
    before = canvas.screen_places
    canvas._camera.zoom(2.0, QPointF(100, 50))
    now = canvas.screen_places
    picture = canvas._painter.stage._edges._crowd._picture
    image = QPixmap(canvas.size())
    with QPainter(image) as painter:
        place = crowd._place(before, now, painter, picture)
    node = before.centres[-1]
    seen = np.array([place.x(), place.y()]) + node * place.width() / picture.deviceIndependentSize().width()
    np.testing.assert_allclose(seen, now.centres[-1], atol=0.01)


def test_a_crowd_that_has_not_changed_is_not_drawn_again(qtbot, monkeypatch):
    canvas = _canvas(qtbot, network=DIGITS, snapshot=random_snapshot(DIGITS))
    canvas.showing.set_all_edges(True)
    canvas.draw_at_once()
    drawn = []
    draw = Primitives.first_and_count
    monkeypatch.setattr(Primitives, "first_and_count", lambda self: drawn.append(1) or draw(self))
    canvas.grab()
    assert drawn
    drawn.clear()
    canvas.grab()
    assert not drawn
    canvas.show_snapshot(random_snapshot(DIGITS, seed=2))
    canvas.grab()
    assert drawn


def test_a_drawing_nobody_has_labelled_shows_what_is_known_and_no_gradient(qtbot):
    canvas = _canvas(qtbot, snapshot=unlabelled(replace(SNAPSHOT)))
    canvas.set_overlay("gradient")
    text = canvas.describe(Node(1, 0))
    assert "h₁ = ReLU(z)" in text
    assert "δ" not in text
    canvas.set_overlay("contribution")
    assert canvas._scene.edge_values().any()
    canvas.play_step(unlabelled(replace(SNAPSHOT)), 1.0)
    for _ in range(5):
        canvas.showing.player.advance(0.19)
        assert not canvas.grab().isNull()


def test_while_somebody_draws_numbers_rest_and_are_exact_afterwards(qtbot, monkeypatch):
    # However long a picture takes here, it is a moment.
    for module in ("showing", "values"):
        monkeypatch.setattr(f"nnsim.ui.graph.{module}.REFRESH_MS", 3_600_000)
    older, newer = (unlabelled(random_snapshot(DIGITS, stepped=False, seed=seed)) for seed in (1, 2))
    canvas = _canvas(qtbot, network=DIGITS, snapshot=older)
    canvas.grab()
    written = canvas.showing.values.written
    canvas.show_snapshot(newer)
    assert canvas.showing.is_hurried
    canvas.grab()
    assert canvas.showing.values.written == written
    qtbot.waitUntil(
        lambda: not canvas.showing.is_hurried and canvas.showing.values.written > written,
        timeout=50 * CALM_MS,
    )
    assert canvas.showing.values._probe is newer.probe


class Clock:
    """A clock that goes on by some milliseconds with each look at it."""

    def __init__(self, goes_on=0):
        self.now, self.goes_on, self._begin = 0, goes_on, None

    def isValid(self):
        return self._begin is not None

    def start(self):
        self._begin = self.now

    def invalidate(self):
        self._begin = None

    def elapsed(self):
        passed, self.now = self.now - self._begin, self.now + self.goes_on
        return passed


def drawings(count):
    """What is known of a drawing, stroke by stroke."""
    return [unlabelled(random_snapshot(DIGITS, stepped=False, seed=seed)) for seed in range(count)]


def test_numbers_follow_a_drawing_though_a_picture_takes_longer_than_they_rest(qtbot):
    first, *later = drawings(4)
    canvas = _canvas(qtbot, network=DIGITS, snapshot=first)
    canvas.showing._read_at = clock = Clock()
    clock.start()
    canvas.grab()
    for snapshot in later:
        clock.now += values.REFRESH_MS + 1
        canvas.show_snapshot(snapshot)
        assert canvas.showing.is_hurried
        canvas.grab()
        assert canvas.showing.values._probe is snapshot.probe


def test_numbers_are_written_though_their_rest_ends_while_it_is_looked_at(qtbot, qtlog):
    first, second = drawings(2)
    canvas = _canvas(qtbot, network=DIGITS, snapshot=first)
    texts, around = values.ValueTexts(canvas), (canvas.screen_places, QLocale("en_US"), canvas._scene.names)
    texts._clock = clock = Clock(goes_on=60)
    texts.texts(first.probe, *around)
    clock.now += values.REFRESH_MS - 1
    with qtbot.waitSignal(texts.stale):
        texts.texts(second.probe, *around)
    texts.texts(second.probe, *around)
    assert texts._probe is second.probe
    # Older versions of Qt do not start a timer whose wait is over.
    assert not any("negative" in record.message for record in qtlog.records)


def test_classes_have_their_names_before_anything_is_computed(qtbot):
    canvas = _canvas(qtbot, network=CLASSES, snapshot=None, outputs=NAMES)
    x, y = canvas.position_of(Node(3, 4)).toTuple()
    inside = _pixels(canvas)[round(y) - 6 : round(y) + 7, round(x) - 5 : round(x) + 6]
    assert np.ptp(inside, axis=(0, 1)).max() > 90
