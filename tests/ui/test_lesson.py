"""A lesson on the real window: walked by keys and mouse, forwards and backwards."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from nnsim.lesson.nudge import nudge
from nnsim.lesson.steps import Step
from nnsim.model.network import Edge, Node
from nnsim.ui.graph import backdrop
from nnsim.ui.graph.player import TRAVEL_SECONDS
from nnsim.ui.graph.texts import TextCache
from nnsim.ui.lesson.moments import moment_of
from nnsim.ui.numbers import number_in, signed
from tests.session.driving import wait_idle

CHIPS = ["x", "z⁽¹⁾", "h", "z⁽²⁾", "ŷ", "L", "δ⁽²⁾", "∂L/∂W⁽²⁾", "∂L/∂h", "δ⁽¹⁾", "∂L/∂W⁽¹⁾", "Δw"]


@pytest.fixture
def lesson_window(qtbot, open_window):
    """XOR with a lesson begun by its key."""
    window = open_window("xor")
    window.session.train_epochs(5)
    wait_idle(qtbot, window.session)
    begin(qtbot, window)
    return window


def begin(qtbot, window, grain="operation") -> None:
    window.lessons.set_grain(grain)
    qtbot.keyClick(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None, timeout=20_000)


def frame(window):
    """What the canvas paints once the picture has arrived at the step."""
    canvas = window.stage.canvas
    canvas.showing.player.advance(TRAVEL_SECONDS)
    return canvas._player.frame(canvas._scene)


def formulas(window) -> str:
    return window.strip.formula.accessibleDescription()


def test_a_lesson_begins_at_the_input_and_takes_the_notes_place(lesson_window):
    window = lesson_window
    assert window.strip.isVisible()
    assert not window.note.isVisible()
    assert [step.chip for step in window.lessons.lesson.steps] == CHIPS
    assert window.lessons.lesson.step.phase == "input"


def test_keys_walk_there_and_back(qtbot, lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    walked = [lesson.step.chip]
    for _ in CHIPS[1:]:
        qtbot.keyClick(window, Qt.Key.Key_Right)
        walked.append(lesson.step.chip)
    assert walked == CHIPS
    qtbot.keyClick(window, Qt.Key.Key_Left)
    assert lesson.step.chip == "∂L/∂W⁽¹⁾"
    qtbot.keyClick(window, Qt.Key.Key_Home)
    assert lesson.index == 0
    qtbot.keyClick(window, Qt.Key.Key_Left)
    assert lesson.index == 0
    qtbot.keyClick(window, Qt.Key.Key_End)
    assert lesson.at_end


def test_the_first_lesson_goes_by_phase_and_later_ones_as_was_last_chosen(qtbot, open_window):
    window = open_window("xor")
    qtbot.keyClick(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: window.lessons.lesson is not None)
    assert [step.phase for step in window.lessons.lesson.steps] == ["forward", "loss", "backward", "update"]
    assert window.strip.grain.currentData() == "phase"
    window.strip.grain.setCurrentIndex(2)
    window.strip.grain.activated.emit(2)
    window.files.abandon()
    window.close()
    again = open_window("xor")
    qtbot.keyClick(again, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: again.lessons.lesson is not None)
    assert again.strip.grain.currentData() == "neuron"


def test_arrows_walk_the_lesson_whatever_has_been_clicked_on(qtbot, lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    canvas = window.stage.canvas
    at = canvas.position_of(Node(1, 2)).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    for key, index in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 1)):
        qtbot.keyClick(canvas, key)
        assert lesson.index == index
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(canvas, key)
    assert canvas.selection == {Node(1, 2)}


def test_alt_and_the_arrows_walk_from_neuron_to_neuron_in_a_lesson_and_out_of_it(qtbot, lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    canvas, alt = window.stage.canvas, Qt.KeyboardModifier.AltModifier
    canvas.select(Node(1, 2))
    for key, node in (
        (Qt.Key.Key_Up, Node(1, 1)),
        (Qt.Key.Key_Right, Node(2, 0)),
        (Qt.Key.Key_Left, Node(1, 1)),
    ):
        qtbot.keyClick(canvas, key, alt)
        assert lesson.focus == node
    assert lesson.index == 0
    assert "Alt" in window.strip.keys.text()
    qtbot.keyClick(canvas, Qt.Key.Key_L)
    wait_idle(qtbot, window.session)
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.selection == {Node(1, 0)}
    qtbot.keyClick(canvas, Qt.Key.Key_Down, alt)
    assert canvas.selection == {Node(1, 1)}


def test_the_strip_is_dragged_higher_and_stays_so(qtbot, lesson_window):
    window = lesson_window
    before = window.strip.height()
    handle = window.upright.handle(1)
    middle = handle.rect().center()
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(handle, middle - QPoint(0, 60))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle)
    higher = window.strip.height()
    assert higher > before + 30
    qtbot.keyClick(window, Qt.Key.Key_L)
    wait_idle(qtbot, window.session)
    begin(qtbot, window)
    assert abs(window.strip.height() - higher) <= 1


def test_the_strip_is_as_high_as_its_steps_need_and_never_lower_on_the_way(qtbot, lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    strip, formula, heights = window.strip, window.strip.formula, []
    window.lessons.set_grain("operation")
    for index, _ in enumerate(lesson.steps):
        lesson.go(index)
        qtbot.wait(1)
        heights.append(strip.height())
    assert heights == sorted(heights)
    assert heights[0] < heights[-1] < 0.4 * window.height()
    lesson.go(1)
    assert strip.height() == heights[-1]
    # Where a pass begins the stage has its room again.
    lesson.go(0)
    assert formula.needed < formula.height()
    qtbot.waitUntil(lambda: strip.height() == heights[0])


@pytest.mark.parametrize("scene", ["xor", "playground", "mnist"])
def test_nothing_by_phase_needs_scrolling_or_small_letters_at_the_usual_size(qtbot, open_window, scene):
    window = open_window(scene)
    window.resize(1440, 900)
    begin(qtbot, window, "phase")
    lesson, formula = window.lessons.lesson, window.strip.formula
    for index, _ in enumerate(lesson.steps):
        lesson.go(index)
        window.grab()
        assert formula.page.height() <= formula.viewport().height()
        assert formula.page.width() <= formula.viewport().width()
        scales = [place.width() / typeset.size.width() for typeset, place in formula.page._places]
        assert min(scales) >= 0.6


def test_a_short_sentence_leaves_its_room_to_the_formulas(qtbot, lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    window.resize(1440, 900)
    lesson.go(len(lesson.steps) - 1)
    qtbot.waitUntil(lambda: window.strip.formula.width() > 0.7 * window.strip.width())


def test_the_timeline_is_clicked_and_dragged(qtbot, lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    timeline = window.strip.timeline

    def middle(step: int) -> QPoint:
        return timeline.places()[step].center().toPoint()

    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=middle(4))
    assert lesson.step.chip == "ŷ"
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=middle(4))
    qtbot.mouseMove(timeline, middle(7))
    qtbot.waitUntil(lambda: lesson.step.chip == "∂L/∂W⁽²⁾")
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=middle(7))


def test_nothing_is_shown_before_it_is_computed(lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    from nnsim.ui.graph.sprites import ABSENT

    def lit() -> list[bool]:
        return (frame(window).levels != ABSENT).tolist()

    def reached() -> list[bool]:
        return [delta is not None for delta in frame(window).deltas]

    # Nodes: x₁ x₂, h₁ … h₄, ŷ.
    lesson.go(CHIPS.index("z⁽¹⁾"))
    assert lit() == [True, True, False, False, False, False, False]
    lesson.go(CHIPS.index("h"))
    assert lit() == [True] * 6 + [False]
    lesson.go(CHIPS.index("L"))
    assert lit() == [True] * 7
    assert not any(reached()[:2])
    lesson.go(CHIPS.index("δ⁽²⁾"))
    assert reached() == [False, False, True]
    lesson.go(CHIPS.index("∂L/∂h"))
    assert reached() == [False, False, True]
    lesson.go(CHIPS.index("δ⁽¹⁾"))
    assert reached() == [False, True, True]


def test_the_picture_travels_to_a_step_and_then_stands_still(lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    player, canvas = window.stage.canvas._player, window.stage.canvas

    def places() -> np.ndarray:
        return np.concatenate([pulses.where for pulses in player.frame(canvas._scene).pulses])

    lesson.go(CHIPS.index("∂L/∂W⁽²⁾"))
    canvas.showing.player.advance(0.25 * TRAVEL_SECONDS)
    early = places()
    canvas.showing.player.advance(0.75 * TRAVEL_SECONDS)
    # Gradients travel left: nearer to the source, where the curve begins.
    assert places().min() < early.min()
    assert not player.is_ticking

    lesson.go(CHIPS.index("Δw"))
    before, index = lesson.trace.before.theta, canvas._scene.edges.index
    full = canvas._scene.scales["weight"].full

    def shares() -> np.ndarray:
        return player.frame(canvas._scene).edges[0].shares

    # The change is laid over the weights that it is a change of, from the beginning to the end.
    assert shares() == pytest.approx(np.clip(before[index] / full, -1, 1))
    canvas.showing.player.advance(TRAVEL_SECONDS)
    assert shares() == pytest.approx(np.clip(before[index] / full, -1, 1))
    assert not player.is_ticking


def test_only_what_a_step_is_about_is_lit(lesson_window):
    lesson = lesson_window.lessons.lesson
    lesson.go(CHIPS.index("∂L/∂W⁽²⁾"))
    concern = lesson.step.concern(None)
    assert concern.has_edge(Edge(1, 2, 2, 0))
    assert not concern.has_edge(Edge(0, 0, 1, 0))
    assert lesson_window.stage.canvas.picture.marks().concern == concern


def test_a_click_on_the_graph_turns_the_formula_into_that_scalars(qtbot, lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    canvas = window.stage.canvas
    lesson.go(CHIPS.index("h"))
    whole = formulas(window)
    at = canvas.position_of(Node(1, 2)).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert lesson.focus == Node(1, 2)
    assert "h_{3}" in formulas(window)
    assert formulas(window) != whole
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert lesson.focus is None
    assert formulas(window) == whole


def test_a_number_under_the_mouse_is_marked_on_the_graph_and_the_other_way_round(qtbot, lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    canvas, formula = window.stage.canvas, window.strip.formula
    lesson.go(CHIPS.index("h"))
    node = Node(1, 1)
    place = formula.places_of(node)[0].center().toPoint()
    qtbot.mouseMove(formula.page, place)
    qtbot.waitUntil(lambda: canvas.picture.marks().hovered == node)
    qtbot.mouseMove(formula.page, QPoint(formula.page.width() - 2, formula.page.height() - 2))
    qtbot.waitUntil(lambda: canvas.picture.marks().hovered is None)
    qtbot.mouseMove(canvas, canvas.position_of(node).toPoint())
    qtbot.waitUntil(lambda: formula.page._marked == node)


def test_a_layer_is_shown_as_a_table_of_colours(lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    tensor = window.strip.tensor
    lesson.go(CHIPS.index("h"))
    assert tensor.isVisible()
    values = np.atleast_2d(lesson.step.values["a1"])
    colors = tensor.views[0]._colors(0).astype(int)
    for value, (red, _, blue) in zip(values[0], colors[0], strict=True):
        # Near 0 it is the colour of the card.
        if abs(value) > 0.2 * np.abs(values).max():
            assert (blue > red) == (value > 0)
    lesson.go(CHIPS.index("L"))
    assert not tensor.isVisible()


def test_a_table_is_called_as_the_formulas_call_it(lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    named = {}
    for index in range(len(lesson.steps)):
        lesson.go(index)
        if window.strip.tensor.has_values:
            named[lesson.step.writes[0]] = window.strip.tensor.accessibleDescription().split(" · ")[0]
    assert named == {
        "z1": "z⁽¹⁾",
        "a1": "h",
        "output.weight.grad": "∂L/∂W⁽²⁾",
        "a1.grad": "∂L/∂h",
        "z1.grad": "δ⁽¹⁾",
        "hidden1.weight.grad": "∂L/∂W⁽¹⁾",
    }


def test_grains_cut_the_same_pass(qtbot, lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    lesson.go(CHIPS.index("δ⁽²⁾"))
    window.strip.grain.setCurrentIndex(0)
    window.strip.grain.activated.emit(0)
    assert [step.phase for step in lesson.steps] == ["forward", "loss", "backward", "update"]
    assert lesson.step.phase == "backward"


def test_after_the_last_step_the_update_is_made_and_the_next_pass_begins(qtbot, lesson_window):
    window, first = lesson_window, lesson_window.lessons.lesson
    before = window.session.snapshot.step
    qtbot.keyClick(window, Qt.Key.Key_End)
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.lessons.lesson is not first)
    assert window.session.snapshot.step == before + 1
    # The parameters that the lesson promised are those that training has now.
    promised = first.trace.after.theta
    assert np.allclose(window.session.snapshot.parameters, promised, rtol=1e-5, atol=1e-7)
    assert window.lessons.lesson.index == 0


@pytest.mark.parametrize(("at_end", "updates"), [(False, 0), (True, 1)])
def test_leaving_goes_on_from_exactly_there(qtbot, lesson_window, at_end, updates):
    window = lesson_window
    before = window.session.snapshot.step
    qtbot.keyClick(window, Qt.Key.Key_End if at_end else Qt.Key.Key_Right)
    qtbot.keyClick(window, Qt.Key.Key_L)
    wait_idle(qtbot, window.session)
    assert window.lessons.lesson is None
    assert window.session.snapshot.step == before + updates
    assert window.note.isVisible()
    assert not window.strip.isVisible()


def test_a_lesson_plays_on_by_itself_until_it_is_stopped(qtbot, lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    qtbot.keyClick(window, Qt.Key.Key_P)
    clock = window.lessons._clock
    assert clock.isActive()
    clock.timeout.emit()
    assert lesson.index == 1
    before = clock.interval()
    qtbot.keyClick(window, Qt.Key.Key_BracketRight)
    assert clock.interval() < before
    qtbot.keyClick(window, Qt.Key.Key_BracketLeft)
    assert clock.interval() == before
    qtbot.keyClick(window, Qt.Key.Key_P)
    assert not clock.isActive()
    qtbot.keyClick(window, Qt.Key.Key_P)
    qtbot.keyClick(window, Qt.Key.Key_L)
    assert not clock.isActive()
    assert not window.actions_by_name["lesson_play"].isChecked()


def test_the_weight_in_focus_is_nudged_once_its_gradient_is_known(lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    edge = Edge(1, 0, 2, 0)
    window.stage.canvas.select(edge)
    lesson.go(CHIPS.index("z⁽²⁾"))
    assert window.strip.nudges.text() == ""
    lesson.go(CHIPS.index("∂L/∂W⁽²⁾"))
    result = nudge(lesson.trace, edge)
    up, down = window.strip.nudges.text().splitlines()
    assert f"predicted {signed(result.predicted)}, measured {signed(result.measured)}" in up
    assert "−0.0100" in down


def test_running_ends_the_lesson(qtbot, lesson_window):
    window = lesson_window
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.lessons.lesson is None
    assert not window.actions_by_name["lesson"].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_Space)


def test_an_edit_ends_the_lesson(lesson_window):
    window = lesson_window
    window.session.edit_optimizer("Learning rate", learning_rate=0.3)
    assert window.lessons.lesson is None


@pytest.mark.parametrize("scene", ["perceptron", "scratch", "playground", "curve"])
def test_every_scene_has_its_lesson_and_every_step_its_formula(qtbot, open_window, scene):
    window = open_window(scene)
    begin(qtbot, window)
    lesson = window.lessons.lesson
    for index in range(len(lesson.steps)):
        lesson.go(index)
        assert formulas(window)
        assert moment_of(lesson.step).phase in ("forward", "loss", "backward", "update")
        assert all(formula.renderer.isValid() for formula, _ in window.strip.formula.page._places)


def test_a_key_step_puts_the_card_away(qtbot, lesson_window):
    window, canvas = lesson_window, lesson_window.stage.canvas
    at = canvas.position_of(Node(1, 1)).toPoint()
    # From elsewhere: a pointer that is there already makes no move.
    qtbot.mouseMove(canvas, at + QPoint(60, 60))
    qtbot.mouseMove(canvas, at)
    assert canvas.picture.marks().card is not None
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert canvas.picture.marks().card is None
    # The step may need more room, and the stage has less then.
    qtbot.mouseMove(canvas, canvas.position_of(Node(1, 1)).toPoint() + QPoint(1, 1))
    assert canvas.picture.marks().card is not None
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.picture.marks().card is None


def test_sums_of_a_layer_are_written_at_one_size(lesson_window, monkeypatch):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    lesson.go(CHIPS.index("z⁽¹⁾"))
    frame(window)
    sizes = {}
    write = TextCache.write_from

    def noted(texts, painter, x, y, text, size, bold, anchor):
        sizes[text] = size
        write(texts, painter, x, y, text, size, bold, anchor)

    monkeypatch.setattr(TextCache, "write_from", noted)
    window.stage.canvas.grab()
    sums = [size for text, size in sizes.items() if text.startswith("z ")]
    assert len(sums) == 4
    assert len(set(sums)) == 1
    assert sums[0] >= 10


def test_of_a_crowded_layer_the_largest_sums_are_written_and_do_not_touch(qtbot, open_window, monkeypatch):
    window = open_window("mnist-accurate")
    begin(qtbot, window)
    window.lessons.set_grain("operation")
    lesson = window.lessons.lesson
    lesson.go(next(i for i, step in enumerate(lesson.steps) if step.chip == "z⁽¹⁾"))
    frame(window)
    written = {}
    monkeypatch.setattr(
        TextCache, "write_from", lambda _, painter, x, y, text, size, *more: written.update({text: (y, size)})
    )
    window.stage.canvas.grab()
    sums = [(text, *at) for text, at in written.items() if text.startswith("z ")]
    assert 1 < len(sums) <= 4
    largest = max(abs(lesson.step.trace.value("z", 1)[0]))
    assert max(abs(number_in(text[2:])) for text, _, _ in sums) == pytest.approx(largest, abs=0.006)
    heights = sorted(y for _, y, _ in sums)
    assert all(below - above >= sums[0][2] for above, below in pairwise(heights))


def test_a_neurons_update_begins_with_its_steepest_weight(lesson_window):
    window, lesson = lesson_window, lesson_window.lessons.lesson
    lesson.go(CHIPS.index("Δw"))
    lesson.set_focus(Node(1, 2))
    trace = lesson.trace
    slopes = np.abs(trace.layout.block(trace.gradient, 0, 1)[2])
    first = formulas(window).split(";")[0]
    assert f"w_{{{3}{int(slopes.argmax()) + 1}}}" in first


def test_each_step_is_written_once_however_often_one_comes_by(lesson_window, monkeypatch):
    lesson, written = lesson_window.lessons.lesson, []
    digest = Step.digest
    monkeypatch.setattr(
        Step, "digest", lambda step, *args: written.append((step.index, args[-1])) or digest(step, *args)
    )
    for index in (1, 2, 3, 2, 1, 2, 3, 4):
        lesson.go(index)
    assert len(written) == len(set(written))
    assert {index for index, _ in written} == {1, 2, 3, 4}


def test_through_a_lesson_the_headings_are_painted_once(lesson_window, qapp, monkeypatch):
    painted, paint = [], backdrop._paint_headings
    monkeypatch.setattr(backdrop, "_paint_headings", lambda *args: painted.append(args) or paint(*args))
    canvas = lesson_window.stage.canvas
    # The strip's height, and with it the stage's, is another for some steps.
    canvas.setFixedHeight(canvas.height())
    qapp.processEvents()
    canvas.repaint()
    painted.clear()
    legends = set()
    for index in range(len(lesson_window.lessons.lesson.steps)):
        lesson_window.lessons.lesson.go(index)
        canvas.repaint()
        legends.add(canvas.picture.legend.shown)
    assert len(legends) > 1
    assert painted == []
