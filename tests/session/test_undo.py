"""Undoing edits and training: bit for bit, and with the right names."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.engine.snapshot import Sample
from nnsim.model.edits import insert_layer, remove_units
from nnsim.model.network import Node
from nnsim.model.parameters import Layout
from nnsim.session.lesson_host import LessonHost
from nnsim.session.pace import FASTEST
from tests.session.driving import parameters, run_until, scene, wait_idle


@pytest.fixture
def session(open_session):
    return open_session("playground")


def texts(session):
    return [session.undo_stack.text(i) for i in range(session.undo_stack.count())]


def undo(qtbot, session):
    session.undo()
    wait_idle(qtbot, session)


def redo(qtbot, session):
    session.redo()
    wait_idle(qtbot, session)


def state(session):
    snapshot = session.snapshot
    return session.document, parameters(session), snapshot.step, snapshot.epoch, snapshot.batch


def with_units(document, layer, units):
    changed = replace(document.network.dense(layer), units=units)
    return replace(document, network=document.network.with_layer(layer, changed))


def test_a_run_is_one_entry_that_tells_how_long_it_was(session, qtbot):
    start = state(session)
    session.set_pace(FASTEST)
    run_until(qtbot, session, lambda snapshot: snapshot.step > 30)
    end = state(session)
    # Where it happened to stop at the end of an epoch, whole epochs are told.
    length = f"{end[3]} epochs" if end[4] == 0 else f"{end[2]} steps"
    assert texts(session) == [f"{length} of training"]
    undo(qtbot, session)
    assert state(session) == start
    redo(qtbot, session)
    assert state(session) == end


def test_whole_epochs_are_called_so(session, qtbot):
    session.train_epochs(3)
    wait_idle(qtbot, session)
    session.train_epochs(1)
    wait_idle(qtbot, session)
    assert texts(session) == ["3 epochs of training", "1 epoch of training"]
    undo(qtbot, session)
    assert session.snapshot.epoch == 3


def test_each_single_step_is_an_entry(session, qtbot):
    for _ in range(2):
        session.step()
        wait_idle(qtbot, session)
    assert texts(session) == ["1 step of training"] * 2
    undo(qtbot, session)
    assert session.snapshot.step == 1


def test_looking_at_samples_is_no_entry(open_session, qtbot):
    session = open_session(scene("xor", batch_size=4))
    session.set_step_unit("sample")
    for _ in range(3):
        session.step()
        wait_idle(qtbot, session)
    assert texts(session) == []
    session.step()
    wait_idle(qtbot, session)
    assert texts(session) == ["1 epoch of training"]


def test_running_without_a_step_is_no_entry(session, qtbot):
    session.set_pace(1.0)
    session.set_step_unit("epoch")
    session.run()
    session.pause()
    wait_idle(qtbot, session)
    assert session.snapshot.step == 0 or texts(session)
    if session.snapshot.step == 0:
        assert texts(session) == []


def test_an_edit_in_the_middle_of_a_run_parts_it_in_two(session, qtbot):
    start = state(session)
    session.set_pace(FASTEST)
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 10, timeout=20_000)
    session.edit("Units", with_units(session.document, 1, 9))
    edited_at = session.snapshot.step
    qtbot.waitUntil(lambda: session.snapshot.step > edited_at + 50, timeout=20_000)
    assert session.running
    session.pause()
    wait_idle(qtbot, session)
    assert [text.split()[-1] for text in texts(session)] == ["training", "Units", "training"]
    end = state(session)
    for _ in range(3):
        undo(qtbot, session)
    assert state(session) == start
    for _ in range(3):
        redo(qtbot, session)
    assert state(session) == end


def test_a_removed_neuron_comes_back_with_all_it_had_learned(session, qtbot):
    session.train_epochs(2)
    wait_idle(qtbot, session)
    before = state(session)
    session.edit("Units", with_units(session.document, 1, 2))
    wait_idle(qtbot, session)
    assert len(session.snapshot.parameters) * 4 < len(before[1]) * 4
    session.train_epochs(1)
    wait_idle(qtbot, session)
    trained = state(session)
    undo(qtbot, session)
    undo(qtbot, session)
    assert state(session) == before
    redo(qtbot, session)
    redo(qtbot, session)
    assert state(session) == trained


def test_the_optimisers_memory_comes_back_too(session, qtbot):
    session.train_epochs(2)
    wait_idle(qtbot, session)
    session.edit_optimizer("Optimizer", kind="sgd")
    session.undo()
    session.train_epochs(1)
    wait_idle(qtbot, session)
    with_detour = parameters(session)
    undo(qtbot, session)
    session.train_epochs(1)
    wait_idle(qtbot, session)
    assert parameters(session) == with_detour


def test_reset_and_a_new_seed_can_be_taken_back(session, qtbot):
    session.train_epochs(1)
    wait_idle(qtbot, session)
    trained = state(session)
    for act, name in ((session.reset, "Reset"), (session.new_seed, "New seed")):
        act()
        wait_idle(qtbot, session)
        assert session.snapshot.step == 0
        assert session.undo_stack.undoText() == name
        fresh = state(session)
        undo(qtbot, session)
        assert state(session) == trained
        redo(qtbot, session)
        assert state(session) == fresh
        undo(qtbot, session)


def test_undo_while_running_stops_and_takes_the_run_back(session, qtbot):
    start = state(session)
    session.set_pace(FASTEST)
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 10, timeout=20_000)
    undo(qtbot, session)
    assert not session.running
    assert state(session) == start


def trained_a_little(session, qtbot):
    session.set_pace(FASTEST)
    session.run()
    qtbot.waitUntil(lambda: session.snapshot.step > 10, timeout=20_000)
    session.pause()


def test_a_run_is_remembered_once_the_worker_has_told_its_end(session, qtbot):
    trained_a_little(session, qtbot)
    assert session.is_ending
    assert texts(session) == []
    wait_idle(qtbot, session)
    assert not session.is_ending
    assert [text.split()[-1] for text in texts(session)] == ["training"]


@pytest.mark.parametrize("act", ["undo", "redo", "edit", "new_seed", "reset"])
def test_what_is_done_right_after_a_pause_comes_after_the_run(session, qtbot, act):
    start = state(session)
    trained_a_little(session, qtbot)
    if act == "edit":
        session.edit("Units", with_units(session.document, 1, 9))
    else:
        getattr(session, act)()
    assert not session.is_ending
    wait_idle(qtbot, session)
    names = {"edit": ["Units"], "new_seed": ["New seed"], "reset": ["Reset"]}.get(act, [])
    assert [text.split()[-1] for text in texts(session)[:1]] == ["training"]
    assert texts(session)[1:] == names
    while session.undo_stack.canUndo():
        undo(qtbot, session)
    assert state(session) == start


def test_runs_that_follow_each_other_at_once_are_an_entry_each(session, qtbot):
    start = state(session)
    trained_a_little(session, qtbot)
    session.step()
    session.step()
    wait_idle(qtbot, session)
    assert texts(session)[-1] == "1 step of training"
    assert all(text.endswith("of training") for text in texts(session))
    while session.undo_stack.canUndo():
        undo(qtbot, session)
    assert state(session) == start


def test_a_document_opened_right_after_a_pause_has_no_history(session, qtbot):
    trained_a_little(session, qtbot)
    session.open(scene("xor"))
    wait_idle(qtbot, session)
    assert texts(session) == []


def test_what_a_lesson_teaches_is_an_entry(session, qtbot):
    start = state(session)
    host = LessonHost(session)
    host.start(Sample(np.array([0.2, 0.1], np.float32), np.array([1.0], np.float32)))
    wait_idle(qtbot, session)
    host.last()
    host.leave()
    wait_idle(qtbot, session)
    assert session.snapshot.step == 1
    assert texts(session) == ["1 step of training"]
    undo(qtbot, session)
    assert state(session) == start


def test_the_history_is_bounded_by_memory(open_session):
    assert open_session("xor").undo_stack.undoLimit() == 200
    large = with_units(scene("playground"), 1, 4_000)
    large = with_units(large, 2, 1_000)
    assert open_session(large).undo_stack.undoLimit() == 2


def test_a_weight_set_by_hand_stays_set_and_comes_back(session, qtbot):
    session.train_epochs(1)
    wait_idle(qtbot, session)
    before = state(session)
    session.set_values("Weight", np.array([3, 5]), np.array([0.5, -0.25]))
    wait_idle(qtbot, session)
    assert session.snapshot.parameters[[3, 5]].tolist() == [0.5, -0.25]
    others = np.delete(session.snapshot.parameters.astype(np.float32), [3, 5])
    np.testing.assert_array_equal(others, np.delete(np.frombuffer(before[1], others.dtype), [3, 5]))
    undo(qtbot, session)
    assert state(session) == before
    redo(qtbot, session)
    assert session.snapshot.parameters[[3, 5]].tolist() == [0.5, -0.25]


def test_dragging_a_weight_is_one_entry_also_while_training(session, qtbot):
    before = state(session)
    for value in (0.1, 0.2, 0.3):
        session.set_values("Weight", np.array([3]), np.array([value]), "drag 1")
    wait_idle(qtbot, session)
    assert texts(session) == ["Weight"]
    session.set_pace(FASTEST)
    session.run()
    for value in (0.4, 0.5, 0.6):
        session.set_values("Weight", np.array([3]), np.array([value]), "drag 2")
        step = session.snapshot.step
        qtbot.waitUntil(lambda step=step: session.snapshot.step > step)
    session.pause()
    wait_idle(qtbot, session)
    assert [text.split()[-1] for text in texts(session)][-2:] == ["Weight", "training"]
    assert sum(text == "Weight" for text in texts(session)) == 2
    end = state(session)
    steps = len(texts(session))
    for _ in range(steps):
        undo(qtbot, session)
    assert state(session) == before
    for _ in range(steps):
        redo(qtbot, session)
    assert state(session) == end


def test_a_weight_that_is_no_number_is_refused(session, qtbot):
    before = parameters(session)
    problems = []
    session.problem.connect(problems.append)
    session.set_values("Weight", np.array([3]), np.array([np.nan]))
    wait_idle(qtbot, session)
    assert "finite" in problems[0]
    assert parameters(session) == before
    assert texts(session) == []


def test_a_neuron_taken_out_of_the_middle_leaves_the_others_as_they_were(session, qtbot):
    session.train_epochs(2)
    wait_idle(qtbot, session)
    before = state(session)
    weight = Layout(session.document.network).views(session.snapshot.parameters)["hidden1.weight"].copy()
    session.edit_network("Remove neuron", remove_units(session.document.network, [Node(1, 2)]))
    wait_idle(qtbot, session)
    after = Layout(session.document.network).views(session.snapshot.parameters)["hidden1.weight"]
    np.testing.assert_array_equal(after, np.delete(weight, 2, axis=0))
    undo(qtbot, session)
    assert state(session) == before
    redo(qtbot, session)
    after = Layout(session.document.network).views(session.snapshot.parameters)["hidden1.weight"]
    np.testing.assert_array_equal(after, np.delete(weight, 2, axis=0))


def test_a_new_layer_changes_the_answers_little_and_is_taken_back_wholly(session, qtbot):
    session.train_epochs(2)
    wait_idle(qtbot, session)
    before, answers = state(session), session.field.layers[-1].copy()
    session.edit_network("Layer", insert_layer(session.document.network, 1, 2))
    wait_idle(qtbot, session)
    assert len(session.document.network.layers) == 5
    assert np.abs(session.field.layers[-1] - answers).max() < 0.05
    undo(qtbot, session)
    assert state(session) == before
