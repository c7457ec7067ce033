"""Fields and panels of the real window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from nnsim.model.data import SurfaceData, TableData, ToyData
from nnsim.model.edits import remove_layer
from nnsim.session.pace import FASTEST
from tests.session.driving import Heard, parameters, run_until, scene, wait_idle


def type_into(qtbot, combo, text):
    """Replace the text of a field, as one does by hand."""
    combo.setFocus()
    combo.lineEdit().selectAll()
    qtbot.keyClick(combo.lineEdit(), Qt.Key.Key_Backspace)
    qtbot.keyClicks(combo.lineEdit(), text)


def choose(combo, words):
    """Pick an entry, as a click on it does."""
    index = combo.findText(words)
    assert index >= 0, words
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def test_a_number_may_be_typed(open_window, qtbot):
    window = open_window()
    rate = window.training_panel.rate
    type_into(qtbot, rate, "0.25")
    assert window.session.document.training.optimizer.learning_rate == 0.1
    qtbot.keyClick(rate.lineEdit(), Qt.Key.Key_Return)
    assert window.session.document.training.optimizer.learning_rate == 0.25
    assert window.session.undo_stack.undoText() == "Learning rate"


@pytest.mark.parametrize("text", ["abc", "", "-1", "1001", "1e999", "nan", "inf"])
def test_a_number_that_cannot_be_used_marks_the_field_until_it_is_left(open_window, qtbot, text):
    window = open_window()
    rate = window.training_panel.rate
    document = window.session.document
    type_into(qtbot, rate, text)
    assert rate.property("invalid") is True
    window.stage.canvas.setFocus()
    assert rate.currentText() == "0.1"
    assert rate.property("invalid") is False
    assert window.session.document is document


@pytest.mark.parametrize(("text", "size"), [("3", 3), ("2.5", 1), ("full batch", 0), ("0", 0)])
def test_the_batch_size_is_a_whole_number_or_words(open_window, qtbot, text, size):
    window = open_window()
    type_into(qtbot, window.training_panel.batch, text)
    window.stage.canvas.setFocus()
    assert window.session.document.training.batch_size == size


def test_a_choice_takes_effect_and_can_be_undone(open_window, qtbot):
    window = open_window()
    choose(window.training_panel.optimizer, "Adam")
    choose(window.training_panel.loss, "Mean squared error")
    choose(window.network_panel.activations[0], "ReLU")
    document = window.session.document
    assert document.training.optimizer.kind == "adam"
    assert document.training.loss == "mse"
    assert document.network.dense(1).activation == "relu"
    for _ in range(3):
        window.session.undo_stack.undo()
    assert window.training_panel.optimizer.currentText() == "SGD"
    assert window.training_panel.loss.currentText() == "Binary cross-entropy"
    assert window.network_panel.activations[0].currentText() == "tanh"


def test_where_rmsprop_is_chosen_its_difference_from_pytorch_is_told(open_window, qtbot):
    window = open_window()
    field = window.training_panel.optimizer
    tips = [field.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(field.count())]
    assert all(tips)
    assert [field.itemText(i) for i, tip in enumerate(tips) if "PyTorch" in tip] == ["RMSprop"]
    assert "PyTorch" not in field.toolTip()
    choose(field, "RMSprop")
    assert "0.99" in field.toolTip()
    assert "outside the root" in field.toolTip()


def test_units_are_one_gesture_and_the_stage_follows(open_window, qtbot):
    window = open_window()
    units = window.network_panel.units[0]
    for _ in range(3):
        units.stepUp()
    wait_idle(qtbot, window.session)
    assert window.session.document.network.dense(1).units == 7
    assert window.session.undo_stack.count() == 1
    assert len(window.stage.canvas._scene.snapshot.probe.activations[1]) == 7
    window.session.undo_stack.undo()
    assert units.value() == 4


def test_a_wheel_over_a_field_changes_nothing(open_window, application):
    window = open_window()
    document = window.session.document
    panel, network = window.training_panel, window.network_panel
    fields = (panel.loss, panel.rate, panel.batch, network.activations[0], network.units[0], window.bar.scene)
    for field in fields:
        middle = QPointF(field.rect().center())
        event = QWheelEvent(
            middle,
            field.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        application.sendEvent(field, event)
    assert window.session.document is document


def test_other_data_keeps_the_weights_and_fits_loss_and_output(open_window, qtbot):
    window = open_window()
    session, dataset = window.session, window.data_panel.dataset
    weights = parameters(session)
    assert not window.data_panel.samples.isVisible()
    choose(dataset, "Circles")
    wait_idle(qtbot, session)
    assert session.document.data == ToyData("circles")
    assert session.document.training.loss == "bce"
    assert window.data_panel.samples.isVisible()
    choose(dataset, "Plane (regression)")
    wait_idle(qtbot, session)
    assert isinstance(session.document.data, SurfaceData)
    assert session.document.training.loss == "mse"
    assert session.document.network.output_activation == "identity"
    assert parameters(session) == weights
    assert window.accuracy.isHidden()
    assert "Accuracy" not in window.bar.readout.text()
    choose(dataset, "XOR gate")
    wait_idle(qtbot, session)
    assert session.document.training.loss == "bce"
    assert session.document.network.output_activation == "sigmoid"
    assert not window.accuracy.isHidden()
    assert session.undo_stack.count() == 3


def test_size_noise_and_validation_of_the_data(open_window, qtbot):
    window = open_window("playground")
    panel, session = window.data_panel, window.session
    assert (panel.samples.currentText(), panel.split.currentText()) == ("300", "30.0 %")
    choose(panel.samples, "100")
    choose(panel.noise, "0.2")
    choose(panel.split, "20.0 %")
    wait_idle(qtbot, session)
    assert session.document.data == replace(scene("playground").data, samples=100, noise=0.2)
    assert session.dataset.samples == 80
    assert len(session.dataset.validation_x) == 20
    assert "Validation" in window.bar.readout.text()


def test_a_sample_can_be_looked_at(open_window, qtbot):
    window = open_window()
    sample = window.data_panel.sample
    assert sample.itemText(0) == "follow training"
    assert sample.count() == 5
    choose(sample, sample.itemText(3))
    wait_idle(qtbot, window.session)
    assert window.session.snapshot.probe.index == 2
    assert window.stage.canvas._scene.snapshot.probe.index == 2


def test_the_perceptron_settles_and_says_so(open_window, qtbot):
    window = open_window("perceptron")
    session, heard = window.session, Heard(window.session)
    session.set_pace(60.0)
    session.run()
    qtbot.waitUntil(lambda: heard.settled == 1, timeout=20_000)
    wait_idle(qtbot, session)
    assert window.statusBar().currentMessage() == "Settled: every sample is answered right."
    assert "4 of 4 right" in window.answer._verdict.text()
    assert "settled" in window.answer._verdict.text()
    # A single neuron's answer is divided by a line.
    assert len(window.answer.plane._line.getData()[0]) == 2


def test_the_perceptron_never_settles_on_xor_and_the_panel_says_why(open_window, qtbot):
    window = open_window("perceptron")
    session = window.session
    choose(window.data_panel.dataset, "XOR gate")
    assert session.document.training.loss == "perceptron"
    session.set_pace(FASTEST)
    run_until(qtbot, session, lambda snapshot: snapshot.step > 200)
    assert "no straight line splits XOR" in window.answer._verdict.text()
    assert window.statusBar().currentMessage() == ""


def column(window, number):
    rows = window.answer.table.rows
    return [rows.data(rows.index(row, number)) for row in range(rows.rowCount())]


def test_the_table_shows_predictions_once_there_are_some(open_window, qtbot):
    window = open_window("scratch", settle=False, shown=False)
    assert column(window, 0) == ["0  0  1", "0  1  1", "1  0  1", "1  1  1"]
    assert column(window, 1) == ["0", "1", "1", "0"]
    assert column(window, 2) == column(window, 3) == ["–"] * 4
    wait_idle(qtbot, window.session)
    first = column(window, 2)
    assert all(0.0 < float(text) < 1.0 for text in first)
    window.session.train_epochs(1500)
    wait_idle(qtbot, window.session)
    assert column(window, 2) != first
    assert column(window, 3) == ["✓"] * 4
    assert [round(float(text)) for text in column(window, 2)] == [0, 1, 1, 0]


def test_no_gradient_is_shown_before_the_first_step(open_window, qtbot):
    window = open_window()
    norms = window.gradients.plot
    assert norms._norms is None
    assert norms.accessibleDescription() == ""
    window.session.step()
    qtbot.waitUntil(lambda: norms._norms is not None, timeout=10_000)
    assert len(norms._norms) == 2
    assert norms.accessibleDescription().startswith("Hidden 1: ")
    window.session.reset()
    wait_idle(qtbot, window.session)
    assert norms._norms is None
    assert norms.accessibleDescription() == ""


def test_divergence_is_explained(open_window, qtbot):
    window = open_window("playground")
    session = window.session
    choose(window.data_panel.dataset, "Plane (regression)")
    choose(window.training_panel.optimizer, "SGD")
    type_into(qtbot, window.training_panel.rate, "1000")
    window.stage.canvas.setFocus()
    session.set_pace(FASTEST)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.stage.notice.isVisible(), timeout=20_000)
    assert "finite" in window.stage.notice.text
    assert not session.running
    qtbot.mouseClick(window.stage.notice.close_button, Qt.MouseButton.LeftButton)
    assert not window.stage.notice.isVisible()


def test_one_input_is_a_curve(open_window, qtbot):
    document = scene("xor")
    network = document.network
    line = replace(
        document,
        network=replace(network, layers=(replace(network.input, shape=(1,)), *network.layers[1:])),
        data=SurfaceData("sine"),
        training=replace(document.training, loss="mse"),
    )
    window = open_window(line)
    assert window.answer.shown.plot is window.answer.curve
    assert len(window.answer.curve._curve.getData()[0]) == 241
    assert not window.actions_by_name["maps"].isEnabled()


def test_a_table_of_the_users_own_stays_the_only_choice(open_window):
    window = open_window("scratch")
    dataset = window.data_panel.dataset
    assert [dataset.itemText(i) for i in range(dataset.count())] == ["Table"]
    assert isinstance(dataset.currentData(), TableData)


def test_a_list_left_unfolded_chooses_nothing_for_a_layer_that_is_gone(open_window, qtbot):
    window = open_window("playground")
    session, panel = window.session, window.network_panel
    unfolded = panel.activations[2]
    session.edit_network("Layer", remove_layer(session.document.network, 1))
    document = session.document
    # Before the event loop has taken the row away.
    unfolded.activated.emit(0)
    assert session.document is document
    wait_idle(qtbot, session)
