"""Edits: what they keep, when they are refused, and how they are taken back."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.model.data import GateData, TableData, ToyData
from nnsim.model.document import Document
from nnsim.session.pace import FASTEST
from nnsim.session.session import Session
from tests.session.driving import Heard, parameters, run_until, wait_idle


def set_activation(session: Session) -> None:
    network = session.document.network
    layer = replace(network.dense(1), activation="relu")
    session.edit("Activation", replace(session.document, network=network.with_layer(1, layer)))


EDITS = {
    "activation": set_activation,
    "optimizer": lambda s: s.edit_optimizer("Optimizer", kind="momentum"),
    "learning rate": lambda s: s.edit_optimizer("Learning rate", learning_rate=0.01),
    "loss": lambda s: s.edit_training("Loss", loss="mse"),
    "batch size": lambda s: s.edit_training("Batch size", batch_size=4),
    "data": lambda s: s.edit("Dataset", replace(s.document, data=ToyData("circles"))),
    "validation": lambda s: s.edit_training("Validation", validation_split=0.5),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_keeps_every_weight(open_session, qtbot, edit):
    session = open_session("xor")
    session.set_pace(FASTEST)
    run_until(qtbot, session, lambda snapshot: snapshot.step > 20)
    weights, step, document = parameters(session), session.snapshot.step, session.document
    edit(session)
    wait_idle(qtbot, session)
    assert session.document != document
    assert (parameters(session), session.snapshot.step) == (weights, step)
    session.undo_stack.undo()
    wait_idle(qtbot, session)
    assert session.document == document
    assert parameters(session) == weights
    session.undo_stack.redo()
    wait_idle(qtbot, session)
    assert session.document != document


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_training_goes_on_through_an_edit(open_session, qtbot, edit):
    session = open_session("xor")
    session.set_pace(FASTEST)
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 20, timeout=20_000)
    edit(session)
    step = session.snapshot.step
    qtbot.waitUntil(lambda: session.snapshot.step > step + 20, timeout=20_000)
    assert session.running


def test_an_edit_while_running_takes_effect_at_once(open_session, qtbot):
    session = open_session("xor")
    start = parameters(session)
    session.set_pace(FASTEST)
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 20, timeout=20_000)
    heard = Heard(session)
    session.edit_optimizer("Learning rate", learning_rate=0.0)
    qtbot.waitUntil(lambda: len(heard.sizes) > 1, timeout=20_000)
    # At rate 0 the weights stand still where they were.
    weights, step = parameters(session), session.snapshot.step
    qtbot.waitUntil(lambda: session.snapshot.step > step, timeout=20_000)
    assert parameters(session) == weights != start


def test_a_new_neuron_changes_no_answer_yet(open_session, qtbot):
    session = open_session("xor")
    session.set_pace(FASTEST)
    run_until(qtbot, session, lambda snapshot: snapshot.step > 20)
    answers = session.predictions
    network = session.document.network
    wider = network.with_layer(1, replace(network.dense(1), units=5))
    session.edit("Units", replace(session.document, network=wider))
    wait_idle(qtbot, session)
    assert len(session.snapshot.probe.activations[1]) == 5
    np.testing.assert_allclose(session.predictions, answers, atol=1e-12)


def three_inputs(document: Document) -> Document:
    return replace(document, data=TableData(x=((0.0, 0.0, 1.0),), y=((1.0,),), task="classification"))


def two_outputs(document: Document) -> Document:
    network = document.network
    return replace(document, network=network.with_layer(2, replace(network.output, units=2)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (three_inputs, "network.layers[0].shape: has 2 inputs; allowed: 3"),
        (two_outputs, "network.layers[2].units: is 2; allowed: 1"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused_with_words(open_session, qtbot, change, words):
    session = open_session("xor")
    heard, shown = Heard(session), []
    session.document_changed.connect(lambda: shown.append(session.document))
    document, weights = session.document, parameters(session)
    session.edit("Edit", change(document))
    wait_idle(qtbot, session)
    assert len(heard.problems) == 1
    assert heard.problems[0].startswith(words)
    assert session.document is document
    # The fields have to show again what is true.
    assert shown == [document]
    assert parameters(session) == weights
    assert not session.undo_stack.canUndo()


def test_a_document_that_does_not_fit_leaves_the_old_one(open_session):
    session = open_session("xor")
    document = session.document
    with pytest.raises(ValueError, match="3, as the data has"):
        session.open(three_inputs(document))
    assert session.document is document


def test_one_gesture_is_one_entry(open_session):
    session = open_session("xor")
    for rate in (0.2, 0.3, 0.4):
        session.edit_optimizer("Learning rate", "rate", learning_rate=rate)
    session.edit_training("L2", l2=0.1)
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    assert session.document.training.l2 == 0.0
    session.undo_stack.undo()
    assert session.document.training.optimizer.learning_rate == 0.1
    session.undo_stack.redo()
    assert session.document.training.optimizer.learning_rate == 0.4


def test_a_gesture_that_comes_back_leaves_no_entry(open_session):
    session = open_session("xor")
    session.edit_optimizer("Learning rate", "rate", learning_rate=0.2)
    session.edit_optimizer("Learning rate", "rate", learning_rate=0.1)
    assert session.undo_stack.count() == 0


def test_an_edit_to_the_same_is_no_edit(open_session):
    session = open_session("xor")
    session.edit_training("Loss", loss=session.document.training.loss)
    assert session.undo_stack.count() == 0


def test_a_sample_that_is_gone_is_looked_at_no_longer(open_session, qtbot):
    session = open_session("playground")
    session.follow(100)
    session.edit("Dataset", replace(session.document, data=GateData("or")))
    wait_idle(qtbot, session)
    assert session.followed is None
    assert session.snapshot.probe.index < 4


def test_smaller_data_goes_on_from_where_training_stands(open_session, qtbot):
    session = open_session("playground")
    session.set_pace(FASTEST)
    run_until(qtbot, session, lambda snapshot: snapshot.step > 30)
    points = len(session.history.rows)
    session.edit("Dataset", replace(session.document, data=GateData("xor")))
    session.step()
    wait_idle(qtbot, session)
    assert len(session.history.rows) >= points


def test_other_data_has_no_answers_until_they_are_computed(open_session, qtbot):
    session = open_session("xor")
    session.edit("Dataset", replace(session.document, data=ToyData("circles")))
    assert session.field is session.predictions is None
    wait_idle(qtbot, session)
    assert session.field.domain.low[0] < -0.5
