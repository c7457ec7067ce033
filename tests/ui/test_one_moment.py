"""One sample and one moment, everywhere on the window: that of the step on the stage."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnsim.model.network import Edge, Node
from nnsim.model.parameters import Layout
from nnsim.ui.graph.animation import Moment
from nnsim.ui.graph.known import Reach, reach_of
from nnsim.ui.graph.words import exact
from nnsim.ui.lesson import typesetting
from nnsim.ui.lesson.formula_view import FormulaView
from tests.session.driving import wait_idle

NODE, EDGE = Node(1, 1), Edge(0, 0, 1, 1)


def begin_lesson(qtbot, window, grain="operation"):
    window.lessons.set_grain(grain)
    qtbot.keyClick(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None)
    return window.lessons.lesson


@pytest.fixture
def window(qtbot, open_window):
    window = open_window("xor")
    window.session.train_epochs(5)
    wait_idle(qtbot, window.session)
    return window


def ring(window) -> tuple[float, float]:
    """Where the plot marks a sample."""
    x, y = window.answer.plane._looked_at.getData()
    return float(x[0]), float(y[0])


def on_stage(window) -> tuple[float, float]:
    """The inputs that the stage shows."""
    canvas = window.stage.canvas
    return tuple(canvas._player.frame(canvas._scene).probe.x.tolist())


def told(window, item) -> str:
    return window.stage.canvas.describe(item)


@pytest.mark.parametrize(
    ("moment", "reach"),
    [
        (Moment("forward", 0.5, 0.0), Reach(0, 0, 3, 3)),
        (Moment("forward", 0.5, 0.5), Reach(1, 0, 3, 3)),
        (Moment("forward", 0.5, 1.0), Reach(1, 1, 3, 3)),
        (Moment("loss", 0.0, 2.0), Reach(2, 2, 3, 3)),
        (Moment("backward", 0.5, 2.0), Reach(2, 2, 2, 3)),
        (Moment("backward", 0.5, 1.5), Reach(2, 2, 2, 2)),
        (Moment("backward", 0.5, 1.25), Reach(2, 2, 2, 2)),
        (Moment("backward", 0.5, 1.0), Reach(2, 2, 1, 2)),
        (Moment("backward", 0.5, 0.5), Reach(2, 2, 1, 1)),
        (Moment("update", 1.0, 0.0), Reach(2, 2, 0, 0, updates=True)),
        (Moment("rest", 0.5, 0.0), Reach(2, 2, 0, 0, updates=True, ends=True)),
    ],
)
def test_how_far_a_step_has_come(moment, reach):
    assert reach_of(moment, 2) == reach


def test_a_tooltip_multiplies_the_weights_that_its_sum_came_from(qtbot, window):
    lesson = begin_lesson(qtbot, window)
    trace, layout = lesson.trace, Layout(window.session.document.network)
    weight = float(trace.before.theta[layout.edge_index(EDGE)])
    z = float(trace.value("z", 1)[0][NODE.unit])
    locale = window.stage.canvas.locale()
    for index, step in enumerate(lesson.steps):
        lesson.go(index)
        assert f"w = {exact(locale, weight)} from" in told(window, EDGE), step.chip
        sums = [line for line in told(window, NODE).split(" · ") if line.startswith("z = ")]
        assert all(line.endswith(f" = {exact(locale, z)}") for line in sums), step.chip


def test_nothing_is_told_before_it_is_computed(qtbot, window):
    lesson = begin_lesson(qtbot, window)
    chips = [step.chip for step in lesson.steps]
    window.stage.canvas.select(NODE)
    first_told = {"z = ": "z⁽¹⁾", "h₂ = ": "h", "δ = ": "δ⁽¹⁾", "∂L/∂b": "∂L/∂W⁽¹⁾", "Δb": "Δw"}
    facts = {"z": "z⁽¹⁾", "a": "h", "delta": "δ⁽¹⁾", "bias_gradient": "∂L/∂W⁽¹⁾", "bias_update": "Δw"}
    for index, _ in enumerate(chips):
        lesson.go(index)
        for words, chip in first_told.items():
            assert (words in told(window, NODE)) == (index >= chips.index(chip)), (words, chips[index])
        for key, chip in facts.items():
            shown = window.inspector.facts.values[key].text()
            assert (shown != "–") == (index >= chips.index(chip)), (key, chips[index])


def test_a_neuron_shows_its_sum_until_its_activation_is_known(qtbot, window):
    lesson = begin_lesson(qtbot, window)
    canvas = window.stage.canvas

    def written(node) -> str:
        canvas.grab()
        return canvas.showing.values._texts[canvas._scene.geometry.number(node)]

    assert written(NODE) == ""
    lesson.go(1)
    z = float(lesson.trace.value("z", 1)[0][NODE.unit])
    assert written(NODE) == f"z {z:.2f}".replace("-", "−")
    lesson.go(2)
    assert "z" not in written(NODE)
    assert written(NODE)
    assert written(Node(2, 0)) == ""


def test_the_card_has_the_new_weight_in_the_very_next_picture(qtbot, window):
    session, canvas = window.session, window.stage.canvas
    qtbot.mouseMove(canvas, canvas.position_of(NODE).toPoint())
    canvas.grab()
    place = Layout(session.document.network).find(1, "bias").offset + NODE.unit
    session.set_values("Bias", np.array([place]), np.array([2.25]))
    with qtbot.waitSignal(session.snapshot_changed):
        pass
    canvas.grab()
    assert any("2.25" in line for line in canvas.marking.inspector.card.lines)


def test_while_a_step_plays_plot_note_and_inspector_are_at_its_sample(qtbot, window):
    canvas, session = window.stage.canvas, window.session
    for _ in range(4):
        with qtbot.waitSignal(session.stepped):
            qtbot.keyClick(window, Qt.Key.Key_Right)
        canvas.select(Node(0, 0))
        before, after = session.snapshot.before, session.snapshot.probe
        assert on_stage(window) == ring(window) == tuple(before.x.tolist())
        assert f"sample {before.index + 1}," in window.note._sample.text()
        assert float(window.inspector.facts.values["x"].text()) == before.x[0]
        canvas.showing.finish_animation()
        assert on_stage(window) == ring(window) == tuple(after.x.tolist())
        assert f"sample {after.index + 1}," in window.note._sample.text()
        assert float(window.inspector.facts.values["x"].text()) == after.x[0]
        wait_idle(qtbot, session)


def test_a_lesson_rings_its_own_sample(qtbot, window):
    begin_lesson(qtbot, window)
    assert on_stage(window) == ring(window) == tuple(window.lessons.lesson.trace.x[0].tolist())
    qtbot.keyClick(window, Qt.Key.Key_L)
    wait_idle(qtbot, window.session)
    assert on_stage(window) == ring(window)


def test_no_formula_of_another_sample_stays_until_those_of_a_lesson_are_drawn(qtbot, window, monkeypatch):
    monkeypatch.setattr(FormulaView, "in_background", True)
    page, held, draw = window.strip.formula.page, threading.Event(), typesetting._draw
    first = begin_lesson(qtbot, window)
    window.lessons.last()
    qtbot.waitUntil(lambda: bool(page._places) and not page.is_waiting, timeout=60_000)
    monkeypatch.setattr(typesetting, "_drawings", {})
    monkeypatch.setattr(typesetting, "_draw", lambda *key: held.wait(60) and draw(*key))
    typesetting.typeset.cache_clear()
    try:
        window.lessons.next()
        qtbot.waitUntil(lambda: window.lessons.lesson not in (None, first), timeout=20_000)
        assert page.is_waiting
        assert page._places == []
    finally:
        held.set()
    qtbot.waitUntil(lambda: bool(page._places), timeout=60_000)
    for thread in [thread for thread in threading.enumerate() if thread.name == "nnsim-formulas"]:
        thread.join(60)


def test_while_it_runs_card_inspector_and_nodes_tell_of_one_moment(qtbot, window):
    session, canvas = window.session, window.stage.canvas
    canvas.select(EDGE)
    qtbot.mouseMove(canvas, canvas.position_of(EDGE).toPoint())
    place, locale = Layout(session.document.network).edge_index(EDGE), canvas.locale()
    seen = set()
    qtbot.keyClick(window, Qt.Key.Key_Space)
    while len(seen) < 3:
        with qtbot.waitSignal(session.snapshot_changed):
            pass
        canvas.grab()
        weight = float(canvas.showing.read.parameters[place])
        seen.add(weight)
        assert any(
            line.startswith(f"w = {exact(locale, weight)} ") for line in canvas.marking.inspector.card.lines
        )
        assert window.inspector.value._value == weight
        assert window.inspector._shown() is canvas.showing.read
    qtbot.keyClick(window, Qt.Key.Key_Space)
    wait_idle(qtbot, session)
    assert window.inspector._shown() is canvas.showing.read is session.snapshot


def test_at_the_update_stage_card_and_inspector_have_the_weights_that_it_begins_with(qtbot, window):
    lesson, canvas = begin_lesson(qtbot, window), window.stage.canvas
    lesson.go(len(lesson.steps) - 1)
    canvas.showing.player.advance(10.0)
    canvas.select(EDGE)
    before = lesson.trace.before.theta
    assert canvas._player.frame(canvas._scene).parameters == pytest.approx(before)
    weight = float(before[Layout(window.session.document.network).edge_index(EDGE)])
    assert f"w = {exact(canvas.locale(), weight)} from" in told(window, EDGE)
    assert float(window.inspector._shown().parameters[window.inspector._place()]) == pytest.approx(weight)


def test_beside_an_answer_stands_its_target(qtbot, window, monkeypatch):
    canvas, written = window.stage.canvas, []
    texts = type(canvas._painter.stage._nodes._texts)
    write = texts.write_from
    monkeypatch.setattr(
        texts, "write_from", lambda self, *given: written.append(given[3]) or write(self, *given)
    )
    for sample in range(4):
        window.session.follow(sample)
        qtbot.waitUntil(lambda sample=sample: window.session.snapshot.probe.index == sample)
        written.clear()
        canvas.grab()
        target = int(window.session.dataset.y[sample, 0])
        assert f"ŷ · y = {target}" in written
        assert f"target y = {target}" in told(window, Node(2, 0)).split(" · ")
        assert "target" not in told(window, NODE)


def test_beside_the_classes_the_right_one_has_its_target(qtbot, open_window, monkeypatch):
    window = open_window("mnist")
    wait_idle(qtbot, window.session)
    canvas, written = window.stage.canvas, []
    texts = type(canvas._painter.stage._nodes._texts)
    write = texts.write_from
    monkeypatch.setattr(
        texts, "write_from", lambda self, *given: written.append(given[1:4]) or write(self, *given)
    )
    canvas.grab()
    # What one draws has no target.
    assert not any(text.startswith("y =") for _, _, text in written)
    window.session.follow(0)
    qtbot.waitUntil(lambda: window.session.snapshot.probe.y is not None, timeout=20_000)
    written.clear()
    canvas.grab()
    y = window.session.snapshot.probe.y
    right = Node(len(window.session.document.network.layers) - 1, int(np.argmax(y)))
    ((_, height, text),) = (found for found in written if found[2].startswith("y ="))
    assert text == "y = 1"
    assert 0 < height - canvas.position_of(right).y() < 25
    canvas.select(right)
    assert window.inspector.facts.values["target"].text() == "1.000"


def test_what_a_window_sees_adds_up_in_every_step_of_a_lesson(qtbot, open_window):
    window = open_window("shapes")
    lesson = begin_lesson(qtbot, window, "phase")
    for index in range(len(lesson.steps)):
        lesson.go(index)
        # Numbers are read out again when training comes to rest.
        window.stage.canvas.set_running(False)
        sight = window.sliding.sight
        if sight.z is not None:
            assert sight.total + sight.bias == pytest.approx(sight.z, abs=1e-6)


def test_layers_of_maps_have_their_own_names_beside_their_gradients(open_window):
    window = open_window("shapes")
    kinds = [layer.kind for layer in window.session.document.network.layers[1:-1]]
    names = window.gradients.plot._names
    assert "conv2d" in kinds
    assert names[kinds.index("conv2d")] == "Convolution"
    assert names[-1] == "Output"
