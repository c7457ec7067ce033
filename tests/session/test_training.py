"""A session without widgets: load, step, run, pause, reset."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.engine.trainer import Trainer
from nnsim.model.data import ToyData
from nnsim.session.pace import FASTEST
from nnsim.session.updates import Update
from nnsim.session.workshop import MOST_PREDICTIONS
from tests.session.driving import Heard, parameters, run_until, scene, wait_idle


def test_a_document_is_shown_before_any_step(open_session):
    session = open_session("xor")
    assert session.snapshot.step == 0
    assert session.snapshot.last_gradient is None
    assert session.snapshot.gradient_norms is None
    assert session.predictions.shape == (4, 1)
    assert [layer.shape for layer in session.field.layers] == [(2, 96, 96), (4, 96, 96), (1, 96, 96)]
    assert len(session.history.rows) == 1


def test_nothing_is_known_until_it_is_computed(open_session):
    session = open_session("xor", settle=False)
    assert session.snapshot is session.field is session.predictions is None
    assert session.history.columns().shape == (5, 0)


def test_a_step_is_one_update_and_may_be_animated(open_session, qtbot):
    session = open_session(scene("xor", batch_size=2))
    heard = Heard(session)
    assert session.step_unit == "batch"
    session.step()
    wait_idle(qtbot, session)
    assert heard.steps == [(1, 2.0)]
    assert (session.snapshot.batch, session.snapshot.batches) == (1, 2)
    session.set_step_unit("epoch")
    session.step()
    wait_idle(qtbot, session)
    assert [step for step, _ in heard.steps] == [1, 3]


def test_stepping_by_sample_walks_through_the_batch_and_then_updates(open_session, qtbot):
    session = open_session(scene("xor", batch_size=4))
    session.set_step_unit("sample")
    start, gradients, seen = parameters(session), [], []
    for place in (1, 2, 3):
        session.step()
        wait_idle(qtbot, session)
        snapshot = session.snapshot
        assert session.sample_of_batch == (place, 4)
        assert snapshot.step == 0
        assert parameters(session) == start
        assert snapshot.last_update is None
        gradients.append(snapshot.last_gradient)
        seen.append(snapshot.probe.index)
    session.step()
    wait_idle(qtbot, session)
    snapshot = session.snapshot
    gradients.append(snapshot.before.gradient)
    seen.append(snapshot.before.index)
    assert session.sample_of_batch == (4, 4)
    assert snapshot.step == 1
    assert parameters(session) != start
    assert sorted(seen) == [0, 1, 2, 3]
    # The loss averages over the batch, so its gradient is the mean of those that were shown; in float32
    # where the compiled engine is ready.
    np.testing.assert_allclose(snapshot.last_gradient, np.mean(gradients, axis=0), rtol=1e-5, atol=1e-7)


def test_running_goes_on_until_paused(open_session, qtbot):
    session = open_session("xor")
    session.set_pace(1000.0)
    run_until(qtbot, session, lambda snapshot: snapshot.step > 20)
    assert not session.running
    stopped = session.snapshot.step
    session.follow(1)
    wait_idle(qtbot, session)
    assert session.snapshot.step == stopped
    assert session.snapshot.probe.index == 1


def test_a_slow_run_shows_each_step_as_a_whole(open_session, qtbot):
    session = open_session("xor")
    heard = Heard(session)
    session.set_pace(4.0)
    assert session.animated
    run_until(qtbot, session, lambda snapshot: snapshot.step == 2)
    assert heard.steps[:2] == [(1, 0.25), (2, 0.25)]


def test_changing_the_pace_while_running_takes_effect(open_session, qtbot):
    session = open_session("xor")
    session.set_pace(1.0)
    session.run()
    session.set_pace(FASTEST)
    qtbot.waitUntil(lambda: session.snapshot.step > 100, timeout=20_000)
    assert session.pace_measured > 0
    session.toggle()
    assert not session.running


def test_reset_is_the_same_start_and_the_same_course_bit_for_bit(open_session, qtbot):
    session = open_session("playground")
    start = parameters(session)
    session.step()
    wait_idle(qtbot, session)
    first = parameters(session)
    session.set_pace(FASTEST)
    run_until(qtbot, session, lambda snapshot: snapshot.step > 30)
    session.reset()
    wait_idle(qtbot, session)
    assert parameters(session) == start != first
    assert session.snapshot.step == 0
    assert session.snapshot.last_gradient is None
    assert [row[0] for row in session.history.rows] == [0.0]
    session.step()
    wait_idle(qtbot, session)
    assert parameters(session) == first


def test_a_new_seed_is_another_start_that_can_be_taken_back(open_session, qtbot):
    session = open_session("xor")
    start = parameters(session)
    session.new_seed()
    wait_idle(qtbot, session)
    assert parameters(session) != start
    assert session.document.training.seed == 2
    session.undo_stack.undo()
    session.reset()
    wait_idle(qtbot, session)
    assert parameters(session) == start


def test_so_many_epochs_leave_a_curve(open_session, qtbot):
    session = open_session("xor")
    heard = Heard(session)
    session.train_epochs(100)
    with qtbot.waitSignal(session.idle, timeout=30_000):
        pass
    assert session.snapshot.epoch == 100
    assert session.snapshot.step == 400
    epochs = session.history.columns()[0]
    assert 50 < len(epochs) <= 201
    assert (np.diff(epochs) > 0).all()
    assert (heard.idle, heard.settled) == (1, 0)


@pytest.mark.parametrize("way", ["run", "step", "train_epochs"])
def test_divergence_stops_with_words_and_finite_parameters(open_session, qtbot, way):
    network = scene("playground").network
    output = replace(network.output, activation="identity")
    document = replace(
        scene("playground", loss="mse", l2=0.0),
        network=network.with_layer(3, output),
        data=ToyData("circles", samples=60),
    )
    session = open_session(document)
    heard = Heard(session)
    session.edit_optimizer("Learning rate", kind="sgd", learning_rate=1000.0)
    session.set_step_unit("epoch")
    session.set_pace(FASTEST)
    for _ in range(100):
        {"run": session.run, "step": session.step, "train_epochs": lambda: session.train_epochs(50)}[way]()
        wait_idle(qtbot, session)
        if heard.diverged:
            break
    assert heard.diverged == 1
    assert not session.running
    assert session.snapshot.diverged
    assert np.isfinite(session.snapshot.parameters).all()
    # A word is said anew each time it is tried again.
    session.step()
    wait_idle(qtbot, session)
    assert heard.diverged == 2


def test_the_perceptron_rule_settles_on_a_gate_that_a_line_can_split(open_session, qtbot):
    session = open_session("perceptron")
    heard = Heard(session)
    session.set_pace(60.0)
    session.run()
    qtbot.waitUntil(lambda: heard.settled == 1, timeout=20_000)
    assert not session.running
    assert session.snapshot.train.accuracy == 1.0


def test_the_perceptron_rule_never_settles_on_xor(open_session, qtbot):
    document = scene("perceptron")
    session = open_session(replace(document, data=replace(document.data, gate="xor")))
    heard = Heard(session)
    session.set_pace(FASTEST)
    run_until(qtbot, session, lambda snapshot: snapshot.step > 400)
    assert heard.settled == 0


@pytest.mark.parametrize(("samples", "told"), [(MOST_PREDICTIONS, True), (MOST_PREDICTIONS + 1, False)])
def test_predictions_are_listed_for_small_data_only(open_session, samples, told):
    document = scene("playground", validation_split=0.0)
    session = open_session(replace(document, data=ToyData("moons", samples=samples)))
    assert (session.predictions is not None) == told


def test_another_document_never_shows_the_values_of_the_one_before(open_session, qtbot):
    session = open_session("xor")
    session.set_pace(FASTEST)
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 50, timeout=20_000)
    heard = Heard(session)
    session.open(scene("scratch"))
    assert not session.running
    assert session.snapshot is session.field is session.predictions is None
    wait_idle(qtbot, session)
    # 3–4–1 without biases: 12 + 4 parameters; XOR has 17.
    assert set(heard.sizes) == {16}
    assert session.field is None
    assert session.snapshot.step == 0
    session.open(scene("perceptron"))
    wait_idle(qtbot, session)
    assert len(session.field.layers) == 2


@pytest.mark.parametrize("way", ["open", "reset", "edit"])
def test_what_was_still_under_way_is_out_of_date(open_session, way):
    session = open_session("xor")
    late = Update(session._worker._done, replace(session.snapshot, step=99))
    {
        "open": lambda: session.open(scene("scratch")),
        "reset": session.reset,
        "edit": lambda: session.edit_training("Batch size", batch_size=2),
    }[way]()
    session._receive(late)
    assert session.snapshot is None or session.snapshot.step != 99


def test_an_error_while_training_stops_it_with_words(open_session, qtbot, monkeypatch):
    session = open_session("xor")
    heard = Heard(session)

    def fail(*_):
        raise MemoryError("out of memory")

    monkeypatch.setattr(Trainer, "run_for", fail)
    session.set_pace(FASTEST)
    session.run()
    wait_idle(qtbot, session)
    assert heard.problems == ["out of memory"]
    assert not session.running
    monkeypatch.undo()
    session.step()
    wait_idle(qtbot, session)
    assert session.snapshot.step == 1


def test_nothing_ticks_when_idle(open_session, qtbot):
    session = open_session("xor")
    session.set_pace(2.0)
    run_until(qtbot, session, lambda snapshot: snapshot.step == 1)
    assert not session._step_timer.isActive()
    assert not session._frame_timer.isActive()
