"""The inspector in the real window, under a real mouse and real keys."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QLocale, Qt

from nnsim.lesson.plain import plain
from nnsim.lesson.steps import steps
from nnsim.lesson.symbols import Symbols
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Node, chain
from nnsim.model.parameters import Layout
from nnsim.ui.graph.words import Names
from nnsim.ui.inspector.formulas import formulas
from nnsim.ui.inspector.selection import select
from nnsim.ui.inspector.value_field import ValueField
from nnsim.ui.theme import LIGHT
from tests.engine.networks import document
from tests.lesson.lessons import traced
from tests.session.driving import parameters, scene, wait_idle

EDGE, NEURON = Edge(0, 0, 1, 1), Node(1, 1)
LEFT = Qt.MouseButton.LeftButton


def click_on(qtbot, window, item):
    """A click on the stage."""
    canvas = window.stage.canvas
    qtbot.mouseClick(canvas, LEFT, pos=canvas.position_of(item).toPoint())


def press(qtbot, window, name):
    """A click on one of the inspector's buttons."""
    button = window.inspector.buttons.by_name[name]
    assert button.isVisible()
    qtbot.mouseClick(button, LEFT)
    wait_idle(qtbot, window.session)


def type_value(qtbot, window, text):
    """Type into the field as one does by hand."""
    field = window.inspector.value
    field.setFocus()
    qtbot.keyClicks(field, text)
    return field


def offered(window):
    return {name for name, button in window.inspector.buttons.by_name.items() if button.isVisible()}


def weight(window, edge=EDGE):
    return window.session.snapshot.parameters[Layout(window.session.document.network).edge_index(edge)]


def texts(window):
    return {key: label.text() for key, label in window.inspector.facts.values.items()}


def test_it_appears_with_a_click_and_goes_with_another(open_window, qtbot):
    window = open_window()
    panel = window.inspector
    assert not panel.isVisible()
    click_on(qtbot, window, EDGE)
    assert panel.isVisible()
    assert panel.accessibleName() == "Selected · weight"
    assert panel.title.text() == "x₁ → h₂"
    click_on(qtbot, window, NEURON)
    assert (panel.accessibleName(), panel.title.text()) == ("Selected · neuron", "h₂ · Hidden")
    qtbot.keyClick(window.stage.canvas, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_low_window_scrolls_to_it(open_window, qtbot):
    window = open_window()
    window.resize(1024, 700)
    click_on(qtbot, window, NEURON)
    column = window.left.widget(0)
    qtbot.waitUntil(lambda: column.verticalScrollBar().value() > 0, timeout=5_000)
    heading = window.inspector._heading
    assert column.viewport().rect().contains(heading.mapTo(column.viewport(), heading.rect().center()))


def test_what_is_not_computed_is_a_dash_and_then_a_number(open_window, qtbot):
    window = open_window()
    click_on(qtbot, window, EDGE)
    assert (texts(window)["gradient"], texts(window)["update"]) == ("–", "–")
    assert texts(window)["contribution"] != "–"
    window.session.step_silently(3)
    wait_idle(qtbot, window.session)
    assert "–" not in texts(window).values()
    assert float(window.inspector.value.text().replace("−", "-")) == pytest.approx(weight(window), rel=1e-5)
    assert window.inspector.spark.points == 2
    window.session.reset()
    wait_idle(qtbot, window.session)
    assert (texts(window)["gradient"], texts(window)["update"]) == ("–", "–")


def test_a_weight_is_typed_and_taken_back(open_window, qtbot):
    window = open_window()
    before = parameters(window.session)
    click_on(qtbot, window, EDGE)
    field = type_value(qtbot, window, "-1.25")
    assert parameters(window.session) == before
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_idle(qtbot, window.session)
    assert weight(window) == -1.25
    assert field.text() == "−1.25"
    assert window.session.undo_stack.undoText() == "Weight"
    window.session.undo()
    wait_idle(qtbot, window.session)
    assert parameters(window.session) == before
    assert float(field.text().replace("−", "-")) == pytest.approx(weight(window), rel=1e-5)


def test_what_is_no_number_marks_the_field_and_changes_nothing(open_window, qtbot):
    window = open_window()
    click_on(qtbot, window, EDGE)
    before = window.inspector.value.text()
    for text in ("abc", "1e9", "nan", "inf", "-", "1,2,3"):
        field = type_value(qtbot, window, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.property("invalid") is True
        assert window.session.undo_stack.count() == 0
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert field.property("invalid") is False
        assert field.text() == before


def test_numbers_are_read_as_the_language_writes_them(qtbot):
    usual = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    try:
        field = ValueField()
        qtbot.addWidget(field)
        with qtbot.waitSignal(field.chosen) as chosen:
            qtbot.keyClicks(field, "0,5")
            qtbot.keyClick(field, Qt.Key.Key_Return)
        assert chosen.args == [0.5]
        assert field.text() == "0,5"
    finally:
        QLocale.setDefault(usual)


def test_what_is_being_typed_is_left_alone(open_window, qtbot):
    window = open_window()
    click_on(qtbot, window, EDGE)
    field = type_value(qtbot, window, "3.")
    window.session.step_silently(2)
    wait_idle(qtbot, window.session)
    assert field.text() == "3."
    window.stage.canvas.setFocus()
    assert float(field.text().replace("−", "-")) == pytest.approx(weight(window), rel=1e-5)


def test_what_was_typed_is_undone_and_redone_from_the_field_itself(open_window, qtbot):
    window = open_window()
    before = parameters(window.session)
    click_on(qtbot, window, EDGE)
    field = type_value(qtbot, window, "2")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_idle(qtbot, window.session)
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_idle(qtbot, window.session)
    assert parameters(window.session) == before
    qtbot.keyClick(field, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    wait_idle(qtbot, window.session)
    assert weight(window) == 2.0


def test_a_weight_is_typed_while_training_runs(open_window, qtbot):
    window = open_window()
    session = window.session
    click_on(qtbot, window, EDGE)
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 3, timeout=20_000)
    field = type_value(qtbot, window, "9")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: weight(window) > 8, timeout=20_000)
    assert session.running
    session.pause()
    wait_idle(qtbot, session)
    assert "Weight" in [session.undo_stack.text(i) for i in range(session.undo_stack.count())]


def test_a_bias_is_typed(open_window, qtbot):
    window = open_window()
    click_on(qtbot, window, NEURON)
    field = type_value(qtbot, window, "0.75")
    qtbot.keyClick(field, Qt.Key.Key_Enter)
    wait_idle(qtbot, window.session)
    place = Layout(window.session.document.network).find(1, "bias").offset + 1
    assert window.session.snapshot.parameters[place] == 0.75
    assert window.session.undo_stack.undoText() == "Bias"


def test_buttons_for_an_edge(open_window, qtbot):
    window = open_window()
    session, before = window.session, parameters(window.session)
    click_on(qtbot, window, EDGE)
    assert offered(window) == {"zero", "randomise", "cut"}
    press(qtbot, window, "zero")
    assert weight(window) == 0.0
    press(qtbot, window, "randomise")
    assert weight(window) != 0.0
    press(qtbot, window, "cut")
    assert session.document.network.removed_edges == {EDGE}
    assert not window.inspector.isVisible()
    assert session.undo_stack.count() == 3
    for _ in range(3):
        session.undo()
    wait_idle(qtbot, session)
    assert parameters(session) == before
    assert session.document.network.removed_edges == frozenset()


def test_a_frozen_weight_stays_while_others_learn(open_window, qtbot):
    window = open_window()
    session, box = window.session, window.inspector.layer.frozen
    click_on(qtbot, window, EDGE)
    assert not box.isChecked()
    qtbot.mouseClick(box, LEFT, pos=box.rect().center() - box.rect().center() / 1.2)
    assert session.document.network.frozen_edges == {EDGE}
    before, others = weight(window), parameters(session)
    session.step_silently(5)
    wait_idle(qtbot, session)
    assert weight(window) == before
    assert parameters(session) != others
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert session.document.network.frozen_edges == frozenset()
    assert not box.isChecked()


def test_a_frozen_layer_is_told_at_its_weights(open_window, qtbot):
    window = open_window()
    click_on(qtbot, window, NEURON)
    box = window.inspector.layer.frozen
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert window.session.document.network.dense(1).frozen
    assert window.session.undo_stack.undoText() == "Freeze"
    click_on(qtbot, window, EDGE)
    assert box.isChecked()
    assert not box.isEnabled()


def test_a_neuron_and_a_layer_more(open_window, qtbot):
    window = open_window()
    session = window.session
    click_on(qtbot, window, NEURON)
    assert offered(window) == {"zero", "randomise", "remove", "neuron", "layer"}
    press(qtbot, window, "neuron")
    assert session.document.network.dense(1).units == 5
    press(qtbot, window, "layer")
    assert len(session.document.network.layers) == 4
    window.stage.canvas.select(NEURON)
    press(qtbot, window, "remove")
    assert session.document.network.dense(1).units == 4
    for _ in range(3):
        session.undo()
    wait_idle(qtbot, session)
    assert session.document == scene("xor")


def test_the_activation_of_a_neurons_layer(open_window, qtbot):
    window = open_window()
    click_on(qtbot, window, NEURON)
    field = window.inspector.layer.activation
    assert field.currentText() == "tanh"
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert window.session.document.network.dense(1).activation == field.currentData() != "tanh"
    assert window.session.undo_stack.undoText() == "Activation"


def test_outputs_and_inputs_are_the_datas(open_window, qtbot):
    window = open_window()
    click_on(qtbot, window, Node(2, 0))
    assert offered(window) == {"zero", "randomise", "layer"}
    click_on(qtbot, window, Node(0, 0))
    assert window.inspector.accessibleName() == "Selected · input"
    assert offered(window) == {"layer"}
    assert set(texts(window)) == {"x", "outgoing"}
    assert not window.inspector.value.isVisible()


def test_several_are_told_together(open_window, qtbot):
    window = open_window()
    canvas = window.stage.canvas
    for unit in (0, 2):
        at = canvas.position_of(Node(1, unit)).toPoint()
        qtbot.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ShiftModifier, at)
    panel = window.inspector
    assert panel.title.text() == "2 neurons"
    assert (texts(window)["neurons"], texts(window)["weights"]) == ("2", "4")
    before = window.session.snapshot.parameters
    press(qtbot, window, "zero")
    changed = np.flatnonzero(window.session.snapshot.parameters != before)
    assert set(changed) <= set(panel.selection.parameters(Layout(panel.selection.network)))
    assert window.session.undo_stack.count() == 1


def test_a_whole_layer_is_called_by_its_name(open_window):
    window = open_window()
    window.inspector.inspect([Node(1, unit) for unit in range(4)])
    assert window.inspector.accessibleName() == "Selected · layer"
    assert window.inspector.title.text() == "Hidden · 4 · tanh"


def test_moments_come_with_their_optimizer(open_window, qtbot):
    document = scene("xor")
    optimizer = replace(document.training.optimizer, kind="adam")
    window = open_window(replace(document, training=replace(document.training, optimizer=optimizer)))
    click_on(qtbot, window, EDGE)
    assert (texts(window)["first_moment"], texts(window)["second_moment"]) == ("–", "–")
    window.session.step_silently(1)
    wait_idle(qtbot, window.session)
    assert "–" not in texts(window).values()
    window.session.edit_optimizer("Optimizer", kind="sgd")
    assert set(texts(window)) == {"contribution", "gradient", "update"}


def test_a_lesson_is_told_by_its_own_sample_and_ends_before_a_change(open_window, qtbot):
    window = open_window()
    session = window.session
    click_on(qtbot, window, EDGE)
    window.actions_by_name["lesson"].trigger()
    qtbot.waitUntil(lambda: window.lessons.lesson is not None, timeout=10_000)
    wait_idle(qtbot, session)
    staged = window.lessons.lesson.staged
    window.lessons.last()
    place = Layout(session.document.network).edge_index(EDGE)
    shown = float(texts(window)["gradient"].replace("−", "-"))
    assert shown == pytest.approx(float(staged.last_gradient[place]), abs=1e-3)
    press(qtbot, window, "zero")
    assert window.lessons.lesson is None
    assert weight(window) == 0.0


def test_the_formula_is_typeset_in_the_colours_of_the_theme(open_window, qtbot):
    window = open_window()
    window.set_theme(LIGHT)
    click_on(qtbot, window, NEURON)
    formula = window.inspector.formula
    qtbot.waitUntil(lambda: bool(formula.accessibleDescription()), timeout=10_000)
    assert r"\sum_i" in formula.accessibleDescription()
    assert r"\text{tanh}" in formula.accessibleDescription()
    click_on(qtbot, window, Node(0, 0))
    assert not formula.isVisible()


def test_a_cell_without_a_formula_leaves_no_room_for_one(open_window, qtbot):
    window = open_window("shapes")
    window.stage.canvas.select(Node(1, 0))
    qtbot.waitUntil(window.inspector.isVisible)
    assert window.inspector.selection.kind == "neuron"
    assert not window.inspector.formula.isVisible()


def test_a_step_is_written_as_it_fires():
    network = chain(Input((2,)), Dense(1, "step"))
    lines = formulas(select(network, [Node(1, 0)]), Symbols(network))
    told = steps(traced(document(network), [[1, 1]], [[1]]))[2].lines()[0].symbols.latex
    assert lines[1].symbols.latex == told
    assert plain(told).replace("y\u0302", "ŷ") == "ŷ = step(z) = {1, z > 0; 0, z ≤ 0}"
    for z, least in ((-0.5, "0"), (0.5, "0"), (5e-7, "10⁻⁶")):
        lines = formulas(select(network, [Node(1, 0)]), Symbols(network), z)
        assert plain(lines[1].symbols.latex).endswith(f"step(z) = {{1, z > {least}; 0, z ≤ {least}}}")


def test_a_step_is_written_with_its_true_threshold_where_the_sum_is_next_to_nothing(open_window, qtbot):
    window = open_window(scene("perceptron"))
    session, node = window.session, Node(1, 0)
    click_on(qtbot, window, node)
    layout = Layout(session.document.network)
    places = np.arange(layout.size)

    def written():
        return window.inspector.formula.accessibleDescription()

    for bias, fires in ((5e-7, r"> 10^{-6} \\"), (0.5, r"> 0 \\")):
        session.set_values("", places, np.append(np.zeros(layout.size - 1), bias))
        qtbot.waitUntil(lambda fires=fires: fires in written(), timeout=10_000)


def test_a_neuron_is_called_in_formulas_as_on_the_stage():
    deep = chain(Input((2,)), Dense(2, "tanh"), Dense(3, "tanh"), Dense(3, "softmax"))
    names = Names(deep, (), ("0", "1", "2"))
    for node, name in ((Node(0, 1), "x₂"), (Node(2, 2), "h₃⁽²⁾"), (Node(3, 0), "ŷ₀")):
        assert names.name(node) == name
        assert plain(Symbols(deep, classes=True).node(node)).replace("y\u0302", "ŷ") == name
    assert names.label(Node(3, 0)) == "0"
    # One output for two classes is called after neither.
    assert Names(chain(Input((2,)), Dense(1, "sigmoid")), (), ("0", "1")).name(Node(1, 0)) == "ŷ"
