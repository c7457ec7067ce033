"""A step goes forward, weighs the loss, comes back, and updates."""

import numpy as np
import pytest

from nnsim.ui.graph import frames
from nnsim.ui.graph.animation import Timeline, ease, has_delta, lit, travelled
from nnsim.ui.graph.scales import LEVELS
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.sprites import ABSENT
from nnsim.ui.graph.viewport import Viewport
from tests.ui.graph.factory import SKIP, XOR, random_snapshot, snapshot_of

# Three layers: 2 beats forward, 1 loss, 2 back, 1.4 update, 0.4 rest make 6.8; so a beat is a second.
SECONDS = 6.8


@pytest.mark.parametrize(
    ("at", "phase", "front"),
    [
        (0.0, "forward", 0.0),
        (1.0, "forward", 1.0),
        (1.5, "forward", 1.5),
        (2.5, "loss", 2.0),
        (3.5, "backward", 1.5),
        (4.5, "backward", 0.5),
        (5.7, "update", 0.0),
        (6.6, "rest", 0.0),
        (6.9, "done", 0.0),
    ],
)
def test_the_wave_is_where_the_clock_says(at, phase, front):
    moment = Timeline(3, SECONDS).at(at)
    assert moment.phase == phase
    assert moment.front == pytest.approx(front)


def test_layers_light_up_as_the_wave_arrives():
    line = Timeline(3, SECONDS)
    assert lit(line.at(0.0), 0) == 1
    assert lit(line.at(0.7), 1) == 0
    assert lit(line.at(0.875), 1) == pytest.approx(0.5)
    assert lit(line.at(1.0), 1) == 1
    assert lit(line.at(1.0), 2) == 0
    assert lit(line.at(3.0), 2) == 1


def test_the_gradient_reaches_layers_from_the_output_back():
    line = Timeline(3, SECONDS)
    assert not has_delta(line.at(1.0), 1)
    assert has_delta(line.at(3.1), 2)
    assert not has_delta(line.at(3.9), 1)
    assert has_delta(line.at(4.1), 1)
    assert has_delta(line.at(5.5), 1)


def test_a_skip_connection_takes_as_long_as_the_layers_it_passes():
    line = Timeline(4, 3 + 1 + 3 + 1.8)
    assert travelled(line.at(1.5), 0, 3) == pytest.approx(0.5)
    assert travelled(line.at(1.5), 1, 2) == pytest.approx(0.5)


def test_easing_starts_and_ends_at_rest():
    assert [ease(s) for s in (0.0, 0.5, 1.0)] == [0.0, 0.5, 1.0]
    assert ease(0.1) < 0.1


@pytest.fixture
def step():
    return random_snapshot(XOR)


@pytest.fixture
def scene(step):
    scene = Scene(XOR, (), (), Viewport(900, 600))
    scene.show(step)
    frames.prepare(scene, step)
    return scene


def _frame(scene, step, at, layers=3):
    return frames.moment_of(scene, step, Timeline(layers, SECONDS).at(at))


def test_forward_shows_only_what_has_been_reached(scene, step):
    frame = _frame(scene, step, 0.5)
    hidden, output = scene.geometry.span(1), scene.geometry.span(2)
    assert (frame.levels[:2] != ABSENT).all()
    assert (frame.levels[hidden] == ABSENT).all()
    assert (frame.levels[output] == ABSENT).all()
    later = _frame(scene, step, 1.2)
    assert (later.levels[hidden] != ABSENT).all()
    assert (later.levels[output] == ABSENT).all()
    assert later.probe is step.before, "values of the step, not of what came of it"


def test_light_travels_right_and_gradient_left(scene, step):
    first, second = _frame(scene, step, 0.3), _frame(scene, step, 0.6)
    assert first.pulses[0].role == "activation"
    assert second.pulses[0].where.max() > first.pulses[0].where.max()
    assert (scene.edges.layer[first.pulses[0].edges] == 1).all(), "only where the wave is"
    back, later = _frame(scene, step, 3.3), _frame(scene, step, 3.6)
    assert back.pulses[0].role == "gradient"
    assert (scene.edges.layer[back.pulses[0].edges] == 2).all()
    # At 3.3 s the front is at layer 1.7; the tail behind it lies nearer to the output.
    assert back.pulses[0].where.min() == pytest.approx(0.7)
    assert back.pulses[0].where.max() == pytest.approx(0.7 + 0.26)
    assert later.pulses[0].where.min() < back.pulses[0].where.min()


def test_pulses_are_as_large_as_the_gradient(scene, step):
    pulses = _frame(scene, step, 3.5).pulses[0]
    gradient = np.abs(step.last_gradient[scene.edges.index[pulses.edges]])
    assert pulses.sizes == pytest.approx(gradient / scene.scales["gradient"].full)


def test_scales_keep_still_while_a_step_plays(scene, step):
    before = {name: scale.full for name, scale in scene.scales.items()}
    for at in np.linspace(0, 7, 30):
        _frame(scene, step, at)
    assert {name: scale.full for name, scale in scene.scales.items()} == before
    assert all(before.values())


def test_an_input_of_zero_sends_no_light():
    step = random_snapshot(XOR)
    step.before.activations[0][1] = 0.0
    scene = Scene(XOR, (), (), Viewport(900, 600))
    scene.show(step)
    frames.prepare(scene, step)
    edges = _frame(scene, step, 0.5).pulses[0].edges
    assert set(scene.edges.source_unit[edges].tolist()) == {0}


def test_the_loss_is_shown_on_its_beat_and_no_gradient_before(scene, step):
    assert _frame(scene, step, 1.0).loss is None
    assert not _frame(scene, step, 1.0).deltas
    beat = _frame(scene, step, 2.9)
    assert beat.loss == step.before.loss
    assert beat.deltas[1] is None
    assert beat.deltas[2] is not None


def test_a_change_is_laid_over_the_old_weights_and_then_they_move(scene, step):
    full = scene.scales["weight"].full
    old = (step.parameters - step.last_update)[scene.edges.index]
    new = step.parameters[scene.edges.index]
    # Half-way through the update, at 5 + 0.7 s, and half-way through what follows, at 6.4 + 0.2 s.
    for seconds, weights in ((1.0, old), (5.7, old), (6.6, (old + new) / 2), (7.0, new)):
        shown = _frame(scene, step, seconds).edges[0].shares
        assert shown == pytest.approx(np.clip(weights / full, -1, 1))
    half = _frame(scene, step, 5.7)
    assert half.edges[1].style == "update"
    # Half of the way up: the green comes with the change and goes with the rest.
    assert half.edges[1].opacity == pytest.approx(frames.UPDATE_OPACITY / 2)
    assert _frame(scene, step, 6.6).edges[1].opacity == pytest.approx(frames.UPDATE_OPACITY / 2)


def test_the_end_of_a_step_is_the_snapshot_at_rest(scene, step):
    end = _frame(scene, step, 7.0)
    assert end.levels.tolist() == frames.still(scene).levels.tolist()


def test_every_phase_of_a_network_with_skips_can_be_drawn():
    step = random_snapshot(SKIP)
    scene = Scene(SKIP, (), (), Viewport(900, 600))
    scene.show(step)
    frames.prepare(scene, step)
    for at in np.linspace(0, 9, 40):
        frame = _frame(scene, step, at, layers=4)
        assert len(frame.levels) == len(scene.geometry.radii)
        assert np.abs(frame.levels[frame.levels != ABSENT]).max(initial=0) <= LEVELS


def test_flow_shows_the_current_gradient_and_nothing_before_a_step(step):
    scene = Scene(XOR, (), (), Viewport(900, 600))
    scene.set_overlay("gradient")
    scene.show(random_snapshot(XOR, stepped=False))
    assert frames.flowing(scene, 0.3).pulses == ()
    scene.show(step)
    pulses = frames.flowing(scene, 0.3).pulses[0]
    gradient = np.abs(step.last_gradient[scene.edges.index[pulses.edges]])
    assert pulses.sizes == pytest.approx(gradient / scene.scales["gradient"].full)
    # Three pulses a third apart; at phase 0.3 at 1 - 0.3, 1 - 0.633 and 1 - 0.967; later, further left.
    assert sorted({round(float(t), 3) for t in pulses.where}) == [0.033, 0.367, 0.7]
    assert frames.flowing(scene, 0.31).pulses[0].where.min() < pulses.where.min()


def test_inputs_keep_their_brightness_from_sample_to_sample():
    scene = Scene(SKIP, (), (), Viewport(900, 600))
    for x in ([2.0, -1.0], [0.02, 0.01]):
        scene.show(snapshot_of(SKIP, np.zeros(scene.layout.size), np.array(x)))
    assert scene.brightness[0].full == 2
    assert frames.still(scene).levels[:2].tolist() == [1, 1], "nearly silent, not bright"
