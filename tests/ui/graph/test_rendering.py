"""What is painted: pixels at the places that matter."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, chain
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.geometry import Node
from nnsim.ui.theme import THEMES
from tests.ui.graph.factory import NETWORKS, XOR, parameters, random_snapshot, snapshot_of

# Two inputs, one output, no bias: one strong positive and one strong negative weight.
NETWORK = chain(Input((2,)), Dense(1, "tanh", bias=False))
THETA = parameters(NETWORK, weight1=[[1.5, -1.5]])
SAMPLE = np.array([1.0, -1.0])
BOTH = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


def _canvas(qtbot, theme, network=NETWORK, snapshot=None, overlay="weight"):
    canvas = GraphCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(900, 600)
    canvas.set_network(network)
    canvas.set_overlay(overlay)
    canvas.show_snapshot(snapshot)
    return canvas


def _color(canvas, item, dx=0.0, dy=0.0):
    image = canvas.grab().toImage()
    at = canvas.position_of(item)
    ratio = image.devicePixelRatio()
    return image.pixelColor(round((at.x() + dx) * ratio), round((at.y() + dy) * ratio))


def _distance(color, name):
    other = QColor(name)
    return max(abs(getattr(color, c)() - getattr(other, c)()) for c in ("red", "green", "blue"))


def _share_like(canvas, role, theme, reach=28):
    """Share of the pixels, legend left out, that are about the colour of a role."""
    image = canvas.grab().toImage().convertToFormat(canvas.grab().toImage().Format.Format_RGB32)
    pixels = (
        np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)[:520, :, :3].astype(int)
    )
    want = QColor(getattr(theme, role))
    return (np.abs(pixels - [want.blue(), want.green(), want.red()]).max(axis=2) < reach).mean()


@BOTH
def test_a_lit_node_is_amber_and_a_silent_one_is_not(qtbot, theme):
    snapshot = snapshot_of(NETWORK, THETA, np.array([1.0, 0.0]), stepped=False)
    canvas = _canvas(qtbot, theme, snapshot=snapshot)
    assert _distance(_color(canvas, Node(0, 0), dx=-15, dy=14), theme.activation) < 30
    assert _distance(_color(canvas, Node(0, 1), dx=-15, dy=14), theme.node_off) < 30


@BOTH
def test_a_negative_activation_is_a_hollow_ring(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE, stepped=False))
    radius = float(canvas.screen_places.radii[1])
    assert _distance(_color(canvas, Node(0, 1), dx=-radius + 2.5), theme.negative) < 30
    assert _distance(_color(canvas, Node(0, 1), dy=0.6 * radius), theme.node_off) < 30


@BOTH
def test_edge_colours_follow_the_sign(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE, stepped=False))
    positive, negative = _color(canvas, Edge(0, 0, 1, 0)), _color(canvas, Edge(0, 1, 1, 0))
    assert _distance(positive, theme.positive) < _distance(positive, theme.negative)
    assert _distance(negative, theme.negative) < _distance(negative, theme.positive)
    assert positive.blue() > positive.red()
    assert negative.red() > negative.blue()


@BOTH
def test_no_gradient_is_painted_before_a_step_and_magenta_after_it(qtbot, theme):
    fresh = snapshot_of(NETWORK, THETA, SAMPLE, stepped=False)
    canvas = _canvas(qtbot, theme, snapshot=fresh, overlay="gradient")
    assert _share_like(canvas, "gradient", theme, 60) == 0
    canvas.show_snapshot(snapshot_of(NETWORK, THETA, SAMPLE))
    assert _share_like(canvas, "gradient", theme, 60) > 0
    canvas.set_overlay("update")
    assert _share_like(canvas, "gradient", theme, 60) == 0
    assert _share_like(canvas, "update", theme, 60) > 0


@BOTH
def test_negative_edges_are_dashed_where_signs_are_asked_for(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE, stepped=False))
    solid = _share_like(canvas, "negative", theme, 90)
    canvas.set_sign_glyphs(True)
    assert _share_like(canvas, "negative", theme, 90) < 0.9 * solid


@BOTH
@pytest.mark.parametrize("overlay", ["gradient", "update"])
def test_negative_gradients_and_updates_are_dashed_for_their_colour_tells_no_sign(qtbot, theme, overlay):
    snapshot = snapshot_of(NETWORK, THETA, SAMPLE)
    sizes = np.abs(snapshot.last_gradient)
    shares = []
    for values in (sizes, -sizes):
        signed = replace(snapshot, last_gradient=values, last_update=values)
        shares.append(
            _share_like(_canvas(qtbot, theme, snapshot=signed, overlay=overlay), overlay, theme, 90)
        )
    assert 0 < shares[1] < 0.9 * shares[0]


@BOTH
@pytest.mark.parametrize(("bias", "role"), [(1.0, "positive"), (-1.0, "negative")])
def test_a_bias_is_an_arc_over_its_node_in_the_colour_of_its_sign(qtbot, theme, bias, role):
    network = chain(Input((2,)), Dense(1, "identity"))
    theta = parameters(network, weight1=[[1.0, 1.0]], bias1=[bias])
    canvas = _canvas(qtbot, theme, network, snapshot_of(network, theta, np.ones(2), stepped=False))
    radius = float(canvas.screen_places.radii[2])
    width = 0.11 * radius
    assert _distance(_color(canvas, Node(1, 0), dy=-(radius + 0.7 * width + 1)), getattr(theme, role)) < 40
    assert _distance(_color(canvas, Node(1, 0), dy=radius + 0.7 * width + 1), getattr(theme, role)) > 60


@BOTH
def test_the_loss_then_each_delta_is_written_as_it_is_computed(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE, stepped=False))
    # Two layers, 4.8 s: forward until 1 s, loss until 2 s, back until 3 s.
    canvas.play_step(snapshot_of(NETWORK, THETA, SAMPLE), 4.8)
    top = canvas.position_of(Node(1, 0)).y() - float(canvas.screen_places.radii[2])
    x = canvas.position_of(Node(1, 0)).x()

    def magenta(left, right, above, below):
        image = canvas.grab().toImage()
        ratio = image.devicePixelRatio()
        want = QColor(theme.gradient)
        return sum(
            _distance(image.pixelColor(round((x + dx) * ratio), round((top + dy) * ratio)), want) < 60
            for dx in range(left, right)
            for dy in range(above, below)
        )

    canvas.showing.player.advance(0.9)
    assert magenta(-40, 40, -30, 20) == 0
    canvas.showing.player.advance(0.9)
    assert magenta(-40, 40, -30, -8) > 20, "L"
    assert magenta(-8, 8, -3, 3) > 5, "the ring of δ grows with the loss"
    canvas.showing.player.advance(0.9)
    assert magenta(-40, 40, -30, -8) > 20, "δ"


def _ink(canvas, x, y, width, height):
    """Number of pixels about a point that differ from the most common one by more than the grid does."""
    image = canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    ground = QColor(image.pixelColor(round((x - width / 2) * ratio), round((y - height / 2) * ratio)))
    return sum(
        _distance(image.pixelColor(round((x + dx) * ratio), round((y + dy) * ratio)), ground.name()) > 60
        for dx in range(-width // 2, width // 2)
        for dy in range(-height // 2, height // 2)
    )


@BOTH
def test_layers_have_headings_and_nodes_have_names(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE, stepped=False))
    radius = float(canvas.screen_places.radii[0])
    for layer in (0, 1):
        at = canvas.position_of(Node(layer, 0))
        assert _ink(canvas, at.x(), 23, 60, 14) > 30
        assert _ink(canvas, at.x(), at.y() + radius + 15, 20, 14) > 5


@BOTH
def test_gradient_keeps_flowing_while_training_runs(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE), overlay="gradient")
    canvas.set_running(True)
    first = canvas.grab().toImage()
    canvas.showing.player.advance(0.2)
    assert canvas.grab().toImage() != first
    canvas.set_running(False)
    rest = canvas.grab().toImage()
    canvas.showing.player.advance(0.2)
    assert canvas.grab().toImage() == rest


@BOTH
def test_a_removed_edge_is_not_drawn(qtbot, theme):
    edge = Edge(0, 0, 1, 0)
    snapshot = snapshot_of(NETWORK, THETA, SAMPLE, stepped=False)
    canvas = _canvas(qtbot, theme, snapshot=snapshot)
    at = canvas.position_of(edge)
    ratio = canvas.devicePixelRatioF()

    def there():
        image = canvas.grab().toImage()
        return image.pixelColor(round(at.x() * ratio), round(at.y() * ratio))

    assert _distance(there(), theme.window) > 60
    canvas.set_network(replace(NETWORK, removed_edges=frozenset({edge})))
    canvas.show_snapshot(snapshot)
    assert _distance(there(), theme.window) < 25


@BOTH
def test_selecting_fades_the_others(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE, stepped=False))
    before = _distance(_color(canvas, Edge(0, 1, 1, 0)), theme.window)
    canvas.select(Edge(0, 0, 1, 0))
    assert _distance(_color(canvas, Edge(0, 1, 1, 0)), theme.window) < 0.3 * before


@BOTH
def test_a_selected_node_wears_a_ring_and_a_selected_edge_a_sheath(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE, stepped=False))
    reach = float(canvas.screen_places.radii[0]) * 1.12 + 3

    def nearest():
        # The ring's line may lie half on one pixel and half on the next.
        return min(_distance(_color(canvas, Node(0, 0), dx=d - reach), theme.text) for d in (-1.0, 0.0, 1.0))

    canvas.select(Node(0, 0))
    assert nearest() < 60
    canvas.select(None)
    assert nearest() > 60
    edge = Edge(0, 0, 1, 0)
    half = canvas.screen_places.thickest / 2
    before = _color(canvas, edge, dy=-half - 3)
    canvas.select(edge)
    assert _distance(_color(canvas, edge, dy=-half - 3), before.name()) > 15


@BOTH
def test_pulses_of_gradient_appear_on_the_way_back(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE, stepped=False))
    # Two layers: 1 beat forward, 1 loss, 1 back, 1.4 update, 0.4 rest: 4.8 in all.
    canvas.play_step(snapshot_of(NETWORK, THETA, SAMPLE), 4.8)
    canvas.showing.player.advance(0.5)
    assert _share_like(canvas, "gradient", theme, 60) == 0
    canvas.showing.player.advance(2.0)
    assert _share_like(canvas, "gradient", theme, 60) > 0


@BOTH
def test_values_not_reached_by_the_wave_are_not_written(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE, stepped=False))
    # The middle of the output, where its number stands, is plain until the wave arrives.
    canvas.play_step(snapshot_of(NETWORK, THETA, SAMPLE), 4.8)
    canvas.showing.player.advance(0.3)
    image = canvas.grab().toImage()
    at, ratio = canvas.position_of(Node(1, 0)), image.devicePixelRatio()
    middle = [
        image.pixelColor(round((at.x() + dx) * ratio), round((at.y() + dy) * ratio))
        for dx in range(-12, 13)
        for dy in range(-5, 6)
    ]
    assert max(_distance(color, theme.node_off) for color in middle) < 25


@BOTH
def test_a_heat_map_fills_the_node_it_belongs_to(qtbot, theme):
    canvas = _canvas(qtbot, theme, snapshot=snapshot_of(NETWORK, THETA, SAMPLE, stepped=False))
    low_then_high = np.concatenate([-np.ones((5, 10)), np.ones((5, 10))])
    canvas.set_node_maps([None, low_then_high[None]])
    assert _distance(_color(canvas, Node(1, 0), dy=-12), theme.positive) < 12
    assert _distance(_color(canvas, Node(1, 0), dy=12), theme.negative) < 12
    canvas.set_node_maps(None)
    assert _distance(_color(canvas, Node(1, 0), dy=-14), theme.negative) > 12


@BOTH
@pytest.mark.parametrize("zooms", [3, 10])
def test_a_node_stays_lit_however_near(qtbot, theme, zooms):
    snapshot = snapshot_of(NETWORK, THETA, np.array([1.0, 0.0]), stepped=False)
    canvas = _canvas(qtbot, theme, snapshot=snapshot)
    for _ in range(zooms):
        canvas._camera.zoom(1.25, canvas.position_of(Node(0, 0)))
    radius = float(canvas.screen_places.radii[0])
    assert _distance(_color(canvas, Node(0, 0), dx=-0.5 * radius, dy=0.5 * radius), theme.activation) < 30


@BOTH
def test_the_legend_stays_readable_over_a_zoomed_picture(qtbot, theme):
    network = chain(Input((4, 4)), Dense(2, "tanh"))
    snapshot = snapshot_of(network, random_snapshot(network).parameters, np.ones(16), stepped=False)
    canvas = _canvas(qtbot, theme, network, snapshot)
    canvas._camera.zoom(8.0, canvas.position_of(Node(0, 5)))
    image = canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    amber, legend = (image.pixelColor(round(300 * ratio), round(y * ratio)) for y in (300, 595))
    assert _distance(amber, theme.activation) < 30
    assert _distance(legend, theme.window) < 40


@BOTH
def test_an_image_input_shows_its_pixels(qtbot, theme):
    network = chain(Input((4, 4)), Dense(2, "tanh"))
    x = np.zeros(16)
    x[5] = 1.0
    snapshot = snapshot_of(network, random_snapshot(network).parameters, x, stepped=False)
    canvas = _canvas(qtbot, theme, network, snapshot)
    aside = 0.7 * float(canvas.screen_places.radii[5])
    assert _distance(_color(canvas, Node(0, 5), dx=aside, dy=aside), theme.activation) < 20
    assert _distance(_color(canvas, Node(0, 6), dx=aside, dy=aside), theme.node_off) < 20


@pytest.mark.parametrize("overlay", ["weight", "contribution", "gradient", "update"])
@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_and_overlay_is_painted_in_every_state(qtbot, name, overlay):
    network = NETWORKS[name]
    canvas = _canvas(qtbot, THEMES["dark"], network, overlay=overlay)
    absent = canvas.grab().toImage()
    snapshot = random_snapshot(network)
    canvas.show_snapshot(snapshot)
    canvas.set_sign_glyphs(True)
    assert canvas.grab().toImage() != absent
    canvas.play_step(snapshot, 1.0)
    for _ in range(3):
        canvas.showing.player.advance(0.24)
        canvas.grab()
    canvas.set_running(True)
    canvas.set_theme(THEMES["light"])
    assert canvas.grab().toImage().pixelColor(3, 3).lightness() > 200


def test_large_numbers_and_none_at_all_do_not_break_the_picture(qtbot):
    snapshot = random_snapshot(XOR)
    snapshot.probe.activations[1][:] = [np.nan, np.inf, -np.inf, 1e30]
    snapshot.parameters[:3] = [np.nan, np.inf, 1e30]
    canvas = _canvas(qtbot, THEMES["dark"], XOR, snapshot)
    assert not canvas.grab().isNull()
    assert "NaN" in canvas.describe(Node(1, 0))
