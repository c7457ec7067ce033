"""Layers of other kinds than dense ones: where they stand, how they look, what joins them."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgGenerator

from nnsim.model.connectivity import Connectivity
from nnsim.model.layers import Conv2d, Dense, Input
from nnsim.model.network import Node, chain
from nnsim.model.parameters import Layout
from nnsim.ui.graph import scene as stage_scene
from nnsim.ui.graph.animation import Moment
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.geometry import arrange
from nnsim.ui.graph.headings import two_lines
from nnsim.ui.graph.ribbons import (
    MOST_RIBBONS,
    RibbonSet,
    links_of,
    ribbon_values,
    ribbons_of,
    snapshot_values,
    strongest,
)
from nnsim.ui.graph.viewport import Viewport
from nnsim.ui.graph.views.paint_sheet import filter_boxes
from nnsim.ui.graph.words import Names, brief
from nnsim.ui.theme import DARK, THEMES
from tests.counting import calls_of
from tests.session.driving import scene
from tests.test_every_kind import NETWORK as EVERY
from tests.ui.graph.pictures import DIGITS, NETWORKS, RESIDUAL, SHAPES, snapshot

SIZES = [(740, 620), (560, 480), (1400, 900), (1024, 300)]
BOTH = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def _canvas(qtbot, name, theme=DARK, size=(760, 620), steps=1):
    canvas = GraphCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.setLocale(QLocale("en_US"))
    canvas.resize(*size)
    canvas.set_network(NETWORKS[name])
    canvas.show_snapshot(snapshot(name, steps))
    return canvas


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NETWORKS)
def test_everything_stands_beside_one_another_in_the_viewport(name, size):
    viewport = Viewport(*size)
    places = arrange(NETWORKS[name], viewport)
    assert len(places.centres) == sum(shape.size for shape in NETWORKS[name].shapes)
    low, high = places.centres.min(axis=0), places.centres.max(axis=0)
    assert low[0] >= 0
    assert high[0] <= viewport.width
    assert low[1] >= viewport.heading_room - 1
    assert high[1] <= viewport.height - viewport.legend_room + 1
    for one, other in pairwise(places.layers):
        assert one.rect.x + one.rect.width <= other.rect.x


@pytest.mark.parametrize("size", [(375, 270), (422, 270), (692, 304), (755, 405), (1080, 500)])
def test_filters_and_layers_keep_apart_on_a_low_stage(size):
    places = arrange(scene("mnist-conv").network, Viewport(*size)).layers
    for one, other in pairwise(places):
        assert one.rect.x + one.rect.width <= other.rect.x
    sheet = places[1].sheet
    assert sheet.filter_side > 0
    (wide, high), corners = sheet.size, sheet.corners
    for x, y in sheet.filter_boxes():
        beside = (corners[:, 0] < x + sheet.filter_side) & (x < corners[:, 0] + wide)
        across = (corners[:, 1] < y + sheet.filter_side) & (y < corners[:, 1] + high)
        assert not (beside & across).any()
        assert x >= places[0].rect.x + places[0].rect.width


def test_a_kind_and_its_shape_choose_the_view():
    kinds = [place.kind for place in arrange(RESIDUAL, Viewport(900, 600)).layers]
    assert kinds == ["plane", *["maps"] * 6, "strip", "strip", "column", "strip", "column"]


def test_a_cell_stands_where_its_number_says():
    # Channel 2, row 1, column 3 of 4×10×10: 2 · 100 + 1 · 10 + 3.
    place = arrange(SHAPES, Viewport(900, 600)).layers[1]
    corner, pixel = place.sheet.corners[2], place.sheet.width
    assert (place.centres[213] - corner).tolist() == pytest.approx([3.5 * pixel, 1.5 * pixel])
    assert place.sheet.cell_at(*place.centres[213]) == 213
    assert place.sheet.cell_at(corner[0] - 1, corner[1] + 1) is None


@pytest.mark.parametrize("name", NETWORKS)
def test_every_cell_is_hit_where_it_is_drawn(qtbot, name):
    canvas = _canvas(qtbot, name)
    network = NETWORKS[name]
    for layer in range(len(network.layers)):
        for unit in {0, network.units(layer) // 2, network.units(layer) - 1}:
            assert canvas.item_at(canvas.position_of(Node(layer, unit))) == Node(layer, unit)


@BOTH
def test_maps_are_lit_cell_by_cell(qtbot, theme):
    canvas = _canvas(qtbot, "shapes", theme, size=(900, 700))
    values = snapshot("shapes").probe.activations[1]
    image = canvas.grab().toImage()
    off, lit = QColor(theme.node_off), QColor(theme.activation)

    def share(unit):
        at = canvas.position_of(Node(1, unit))
        color = image.pixelColor(round(at.x()), round(at.y()))
        return (color.blue() - off.blue()) / (lit.blue() - off.blue())

    brightest, dark = int(values.argmax()), int(values.argmin())
    assert share(brightest) > 0.4
    assert abs(share(dark)) < 0.05 + values[dark] / values.max()


def test_headings_name_the_kind_and_the_shape_in_order():
    names = Names(DIGITS)
    assert names.headings(1)[0] == "Convolution · ReLU\n8×24×24"
    assert names.headings(2)[0] == "Max pool\n8×12×12"
    assert names.headings(0)[0] == "Input\n1×28×28"
    assert names.headings(5)[0] == "Output · softmax\n10"


def test_a_ribbon_is_one_filter_with_the_mean_of_its_weights():
    ribbons, layout = ribbons_of(DIGITS), Layout(DIGITS)
    theta = np.random.default_rng(0).normal(size=layout.size)
    values = ribbon_values(layout, ribbons, "weight", theta, None)
    # 8 filters over the image, 16 over 8 maps, 10 units over 16 maps.
    assert len(ribbons) == 8 + 8 * 16 + 16 * 10
    at = np.flatnonzero((ribbons.layer == 3) & (ribbons.channel == 5) & (ribbons.source_channel == 2))
    kernel = layout.view(theta, 3, "weight")[5, 2]
    assert values[at] == pytest.approx(np.sign(kernel.sum()) * np.abs(kernel).mean())


@pytest.mark.parametrize("name", ["digits", "branches"])
def test_a_ribbon_of_contributions_is_the_mean_over_all_its_edges(name):
    network, shown = NETWORKS[name], snapshot(name)
    layout, ribbons, edges = Layout(network), ribbons_of(network), Connectivity(network)
    values = ribbon_values(layout, ribbons, "contribution", shown.parameters, shown.probe)
    random = np.random.default_rng(1)
    for i in random.choice(len(ribbons), 12, replace=False).tolist():
        layer, source = int(ribbons.layer[i]), int(ribbons.source_layer[i])
        inside, outside = network.shapes[source].places, network.shapes[layer].places
        products = []
        for unit in range(ribbons.channel[i] * outside, (ribbons.channel[i] + 1) * outside):
            cells = edges.into(Node(layer, int(unit)))
            cells = cells.where(
                (cells.layers == source) & (cells.units // inside == ribbons.source_channel[i])
            )
            products.append(shown.parameters[cells.parameters] * shown.probe.activations[source][cells.units])
        products = np.concatenate(products)
        assert values[i] == pytest.approx(np.sign(products.sum()) * np.abs(products).mean(), rel=1e-5)


def test_layers_without_weights_are_joined_channel_by_channel():
    links = links_of(DIGITS)
    assert sorted(zip(links.layer.tolist(), links.channel.tolist(), strict=True)) == [
        *((2, i) for i in range(8)), *((4, i) for i in range(16)),
    ]  # fmt: skip


@pytest.mark.parametrize("overlay", ["weight", "contribution", "gradient", "update"])
@pytest.mark.parametrize("name", NETWORKS)
def test_every_overlay_is_painted_and_told(qtbot, name, overlay):
    canvas = _canvas(qtbot, name, size=(1300, 900))
    canvas.set_overlay(overlay)
    canvas.grab()
    words = " ".join(entry.whole or entry.text for entry in canvas.picture.legend.shown)
    assert "a ribbon is one filter" in words
    assert "thickest ribbon" in words


def _tiles(canvas, layer):
    """The pictures of a layer's filters, as they are painted."""
    image = canvas.grab().toImage()
    sheet = canvas._scene.geometry.layers[layer].sheet
    return [image.copy(*map(round, box.getRect())) for box in filter_boxes(canvas.screen_places, sheet, 3, 3)]


def test_filters_stand_beside_their_maps_in_the_colours_of_their_signs(qtbot):
    canvas = _canvas(qtbot, "shapes", size=(900, 700))
    weights = canvas.showing.filters(1)[:, 0]
    largest = np.abs(weights).max()
    for tile, kernel in zip(_tiles(canvas, 1), weights, strict=True):
        for (row, column), weight in np.ndenumerate(kernel):
            color = tile.pixelColor(
                round((column + 0.5) * tile.width() / 3), round((row + 0.5) * tile.height() / 3)
            )
            if abs(weight) > 0.2 * largest:
                assert (color.blue() > color.red()) == (weight > 0)


def test_filters_show_what_the_edges_do(qtbot):
    canvas = _canvas(qtbot, "shapes", size=(900, 700))
    before = _tiles(canvas, 1)
    canvas.set_overlay("gradient")
    after = _tiles(canvas, 1)
    assert all(one != other for one, other in zip(before, after, strict=True))
    colors = [tile.pixelColor(x, y) for tile in after for x in (5, 15) for y in (5, 15)]
    # Magenta and the silent ground between: never green above both others.
    assert not any(color.green() > max(color.red(), color.blue()) for color in colors)


def test_of_many_ribbons_the_strongest_are_drawn_and_the_legend_says_how_many(qtbot):
    canvas = _canvas(qtbot, "digits", size=(1300, 900))
    scene, shown = canvas._scene, snapshot("digits")
    values = np.abs(ribbon_values(scene.layout, scene.all_ribbons, "weight", shown.parameters, None))
    assert (len(scene.all_ribbons), len(scene.ribbons)) == (296, MOST_RIBBONS)
    drawn = np.abs(scene.ribbon_values())
    for layer, kept in ((1, 8), (3, 96), (5, 96)):
        mine = values[scene.all_ribbons.layer == layer]
        assert sorted(drawn[scene.ribbons.layer == layer]) == pytest.approx(sorted(mine)[-kept:])
    canvas.grab()
    words = " ".join(entry.whole or entry.text for entry in canvas.picture.legend.shown)
    assert "the 200 strongest of 296 ribbons" in words


def test_in_an_update_the_legend_says_what_the_green_ribbons_stand_for(qtbot):
    canvas = _canvas(qtbot, "shapes")
    canvas.hold(snapshot("shapes"), Moment("update", 1.0, 0.0), None)
    canvas.grab()
    told = [entry.text for entry in canvas.picture.legend.shown if "Δw" in entry.text]
    full = canvas._scene.ribbon_scales["update"].full
    assert full > 0
    assert any(text == f"mean |Δw| = {brief(canvas.locale(), full)}" for text in told)
    assert "|Δw| = 0" not in told


def test_a_drawing_for_print_has_its_ribbons_and_maps(qtbot, tmp_path):
    canvas = _canvas(qtbot, "shapes")
    generator = QSvgGenerator()
    path = tmp_path / "stage.svg"
    generator.setFileName(str(path))
    generator.setSize(canvas.size())
    with QPainter(generator) as painter:
        canvas.paint_on(painter, 1.0)
    text = path.read_text("utf-8")
    # 4 maps, 4 pools and the input as pictures; 20 ribbons and 4 plain lines as curves.
    assert text.count("<image") >= 9
    assert text.count(" C") >= 24


def test_while_training_runs_other_ribbons_are_not_chosen_at_every_snapshot(qtbot):
    canvas = _canvas(qtbot, "digits")
    canvas.set_running(True)
    scene, shown = canvas._scene, snapshot("digits")
    scene._ribbons_until = float("inf")
    before = scene.ribbons
    other = np.random.default_rng(5).normal(size=len(shown.parameters))
    canvas.show_snapshot(replace(shown, parameters=other))
    assert scene.ribbons is before
    canvas.set_running(False)
    assert not scene.ribbons.is_like(before)


def test_where_a_window_looks_at_padding_nothing_is_contributed():
    """Ones through a filter of ones: each edge brings 1, however many of them there are at a corner."""
    network = chain(Input((1, 4, 4)), Conv2d(2, (3, 3), padding=(2, 1)), Dense(1))
    layout, ribbons = Layout(network), ribbons_of(network)
    ones = tuple(np.ones(shape.size) for shape in network.shapes)
    probe = replace(snapshot("branches").probe, activations=ones)
    values = ribbon_values(layout, ribbons, "contribution", np.ones(layout.size), probe)
    assert values[ribbons.layer == 1] == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize("width", [414, 700, 1100])
@pytest.mark.parametrize("name", [*NETWORKS, "every"])
def test_no_heading_stands_over_another(qtbot, name, width):
    network = EVERY if name == "every" else NETWORKS[name]
    canvas = GraphCanvas(DARK)
    qtbot.addWidget(canvas)
    canvas.resize(width, 510)
    canvas.set_network(network)
    screen, font = canvas.showing.screen, QFont(canvas.font())
    font.setPixelSize(13)
    headings = [Names(network).headings(layer) for layer in range(len(network.layers))]
    placed = two_lines(screen, headings, font)
    boxes = [
        QRectF(
            each.x,
            each.y - 0.7 * each.font.pixelSize(),
            QFontMetricsF(each.font).horizontalAdvance(each.text),
            0.7 * each.font.pixelSize(),
        )
        for each in placed
    ]
    for i, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[i + 1 :]), placed[i].text
        assert box.bottom() <= screen.geometry.viewport.heading_room
    assert sum(each.role == "muted" for each in placed) == len(network.layers)


def test_the_strongest_of_many_ribbons_are_found_in_as_many_calls_as_those_of_few():
    def ribbons(count):
        layers = np.repeat([1, 3], count)
        return RibbonSet(layers - 1, np.arange(2 * count) % 7, layers, np.arange(2 * count) % 11)

    few, many = ribbons(MOST_RIBBONS), ribbons(10 * MOST_RIBBONS)
    assert calls_of(lambda: strongest(many, None)) <= calls_of(lambda: strongest(few, None)) + 10
    chosen = strongest(many, np.arange(len(many), dtype=float))
    assert np.bincount(chosen.layer).tolist() == [0, MOST_RIBBONS // 2, 0, MOST_RIBBONS // 2]


def test_what_ribbons_show_is_reckoned_once_for_a_picture(qtbot, monkeypatch):
    canvas, reckoned = _canvas(qtbot, "digits"), []
    monkeypatch.setattr(
        stage_scene, "snapshot_values", lambda *args: reckoned.append(args) or snapshot_values(*args)
    )
    canvas.show_snapshot(snapshot("digits"))
    reckoned.clear()
    canvas.grab()
    canvas.grab()
    assert reckoned == []
    canvas.set_overlay("contribution")
    assert reckoned
