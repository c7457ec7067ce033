"""Asking what the network answers, while it learns."""

import numpy as np
import pytest

from nnsim.data.load import load
from nnsim.engine.snapshot import Sample
from nnsim.session.worker import Worker
from nnsim.session.workshop import Workshop
from tests.session.driving import run_until, scene, wait_idle

X = np.array([[0.3, 0.6], [-0.4, 0.1], [0.0, 0.0]], np.float32)


@pytest.fixture
def session(open_session, qtbot):
    opened = open_session(scene("playground"))
    wait_idle(qtbot, opened)
    return opened


@pytest.fixture
def heard(session):
    answers = []
    session.answered.connect(answers.append)
    return answers


def test_inputs_are_answered_as_the_network_answers_each_alone(session, heard, qtbot):
    session.ask(X)
    wait_idle(qtbot, session)
    assert len(heard) == 1
    assert heard[0].x is X
    for x, outputs in zip(X, heard[0].outputs, strict=True):
        session.follow(Sample(x))
        wait_idle(qtbot, session)
        np.testing.assert_allclose(outputs, session.snapshot.probe.activations[-1], rtol=1e-5)
    assert len(heard) == 1, "looking at inputs changes no answer"


def test_answers_follow_steps_resets_and_weights_set_by_hand(session, heard, qtbot):
    session.ask(X)
    wait_idle(qtbot, session)
    session.step_silently(3)
    wait_idle(qtbot, session)
    assert [answers.step for answers in heard] == [0, 3]
    session.set_values("Weight", np.array([0]), np.array([2.5]))
    wait_idle(qtbot, session)
    session.undo()
    wait_idle(qtbot, session)
    assert [answers.step for answers in heard] == [0, 3, 3, 3]
    assert not np.array_equal(heard[2].outputs, heard[1].outputs)
    np.testing.assert_array_equal(heard[3].outputs, heard[1].outputs)
    session.reset()
    wait_idle(qtbot, session)
    np.testing.assert_array_equal(heard[4].outputs, heard[0].outputs)


def test_after_a_run_the_answers_are_those_of_its_end(session, heard, qtbot):
    session.ask(X)
    run_until(qtbot, session, lambda snapshot: snapshot.step > 50)
    assert heard[-1].step == session.snapshot.step
    assert session.answers is heard[-1]


def test_whoever_leaves_off_hears_no_more(session, heard, qtbot):
    session.ask(X)
    wait_idle(qtbot, session)
    session.ask(None)
    assert session.answers is None
    session.step_silently(1)
    wait_idle(qtbot, session)
    assert len(heard) == 1


def test_a_network_of_other_inputs_is_not_asked(session, heard, qtbot):
    problems = []
    session.problem.connect(problems.append)
    session.ask(X)
    wait_idle(qtbot, session)
    session.open(scene("curve"))
    assert session.answers is None
    wait_idle(qtbot, session)
    assert len(heard) == 1
    assert not problems
    session.open(scene("playground"))
    wait_idle(qtbot, session)
    assert len(heard) == 2


def test_answers_survive_looks_that_nobody_fetched(qtbot):
    worker, document = Worker(), scene("playground")
    worker.start()
    try:
        worker.order(Workshop.load, document, load(document.data, document.training), None, "reference")
        worker.order(Workshop.answer, X)
        worker.order(Workshop.follow, Sample(X[0]))
        worker.order(Workshop.follow, None)
        qtbot.waitUntil(lambda: not worker.waiting, timeout=20_000)
        assert worker.take().answers.x is X
    finally:
        worker.stop()
