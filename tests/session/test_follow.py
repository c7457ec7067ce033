"""Looking at inputs from elsewhere, teaching them, and examining what is kept back."""

import numpy as np
import pytest

from nnsim.engine.snapshot import Sample
from nnsim.session.lesson_host import LessonHost
from tests.session.driving import parameters, scene, wait_idle

X = np.array([0.3, 0.6], np.float32)
ONE = np.array([1.0], np.float32)


@pytest.fixture
def session(open_session, qtbot):
    opened = open_session(scene("playground"))
    wait_idle(qtbot, opened)
    return opened


def test_an_input_from_elsewhere_goes_through_the_network_and_changes_nothing(session, qtbot):
    before = parameters(session)
    session.follow(Sample(X))
    wait_idle(qtbot, session)
    probe = session.snapshot.probe
    np.testing.assert_array_equal(probe.x, X)
    assert (probe.index, probe.loss) == (-1, None)
    assert parameters(session) == before
    session.step_silently(5)
    wait_idle(qtbot, session)
    np.testing.assert_array_equal(session.snapshot.probe.x, X)
    session.follow(None)
    wait_idle(qtbot, session)
    assert session.snapshot.probe.index >= 0


def test_teaching_moves_the_answer_towards_the_target(session, qtbot):
    session.follow(Sample(X, ONE))
    wait_idle(qtbot, session)
    before = session.snapshot.probe.activations[-1][0]
    session.teach(Sample(X, ONE))
    wait_idle(qtbot, session)
    assert session.snapshot.step == 1
    assert session.snapshot.probe.activations[-1][0] > before


def test_the_lesson_of_a_taught_sample_is_the_step_that_is_then_made(session, qtbot):
    host = LessonHost(session)
    host.start(Sample(X, ONE))
    wait_idle(qtbot, session)
    lesson = host.lesson
    assert lesson.numbers == (-1,)
    np.testing.assert_array_equal(lesson.trace.x, X[None])
    after = lesson.trace.answers_after()[0]
    host.last()
    host.leave()
    wait_idle(qtbot, session)
    session.follow(Sample(X))
    wait_idle(qtbot, session)
    np.testing.assert_allclose(session.snapshot.probe.activations[-1], after, rtol=1e-5)
    np.testing.assert_allclose(session.snapshot.parameters, lesson.trace.after.theta, rtol=1e-4, atol=1e-6)
    assert session.snapshot.step == 1


def test_a_lesson_that_is_left_early_has_taught_nothing(session, qtbot):
    before = parameters(session)
    host = LessonHost(session)
    host.start(Sample(X, ONE))
    wait_idle(qtbot, session)
    host.next()
    host.leave()
    wait_idle(qtbot, session)
    assert parameters(session) == before


def test_going_on_after_the_last_step_teaches_the_same_sample_again(session, qtbot):
    host = LessonHost(session)
    host.start(Sample(X, ONE))
    wait_idle(qtbot, session)
    first = host.lesson
    host.last()
    host.next()
    wait_idle(qtbot, session)
    assert host.lesson is not first
    assert host.lesson.numbers == (-1,)
    assert session.snapshot.step == 1
    np.testing.assert_allclose(host.lesson.trace.before.theta, first.trace.after.theta, rtol=1e-4, atol=1e-6)


def test_exams_are_held_while_they_are_wanted(session, qtbot):
    exams = []
    session.examined.connect(exams.append)
    session.step_silently(1)
    wait_idle(qtbot, session)
    assert not exams
    session.examine(True)
    wait_idle(qtbot, session)
    assert [exam.step for exam in exams] == [1]
    assert exams[0].samples == len(session.dataset.validation_x) == 90
    assert exams[0].accuracy == pytest.approx(session.snapshot.validation.accuracy)
    session.follow(Sample(X))
    wait_idle(qtbot, session)
    assert len(exams) == 1
    session.step_silently(1)
    wait_idle(qtbot, session)
    assert [exam.step for exam in exams] == [1, 2]
    session.examine(False)
    session.step_silently(1)
    wait_idle(qtbot, session)
    assert len(exams) == 2
