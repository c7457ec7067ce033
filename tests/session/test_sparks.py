"""The course of a few parameters."""

from dataclasses import replace

import numpy as np

from nnsim.model.edits import add_units, freeze
from nnsim.model.network import Edge
from nnsim.session import sparks as module
from nnsim.session.sparks import POINTS, Sparks
from tests.session.driving import scene, wait_idle


def steps_of(sparks):
    return sparks.series()[0].tolist()


def test_a_small_network_has_a_past_before_anything_is_selected(open_session, qtbot):
    session = open_session()
    sparks = Sparks(session)
    seen = [session.snapshot.parameters[3]]
    for _ in range(3):
        session.step_silently(2)
        wait_idle(qtbot, session)
        seen.append(session.snapshot.parameters[3])
    sparks.follow(np.array([3]))
    steps, values = sparks.series()
    assert steps.tolist() == [0, 2, 4, 6]
    assert values.tolist() == seen


def test_of_several_the_mean_size_is_told(open_session):
    session = open_session()
    sparks = Sparks(session)
    sparks.follow(np.array([0, 1, 2]))
    assert np.allclose(sparks.series()[1], np.abs(session.snapshot.parameters[:3]).mean(), rtol=1e-6)


def test_what_has_been_undone_is_forgotten(open_session, qtbot):
    session = open_session()
    sparks = Sparks(session)
    sparks.follow(np.array([0]))
    session.step_silently(3)
    wait_idle(qtbot, session)
    session.step_silently(3)
    wait_idle(qtbot, session)
    assert steps_of(sparks) == [0, 3, 6]
    session.undo()
    wait_idle(qtbot, session)
    assert steps_of(sparks) == [0, 3]


def test_a_value_set_by_hand_takes_the_place_of_the_one_before(open_session, qtbot):
    session = open_session()
    sparks = Sparks(session)
    sparks.follow(np.array([0]))
    session.set_values("Weight", np.array([0]), np.array([2.5]))
    wait_idle(qtbot, session)
    assert (steps_of(sparks), sparks.series()[1].tolist()) == ([0], [2.5])


def test_no_more_than_a_ring_full_is_kept(open_session):
    session = open_session()
    sparks = Sparks(session)
    sparks.follow(np.array([0]))
    for step in range(1, POINTS + 50):
        sparks.record(replace(session.snapshot, step=step))
    assert steps_of(sparks) == list(range(50, POINTS + 50))


def test_of_a_large_network_only_what_is_followed_is_kept(open_session, qtbot, monkeypatch):
    monkeypatch.setattr(module, "WHOLE", 5)
    session = open_session()
    sparks = Sparks(session)
    assert steps_of(sparks) == []
    sparks.follow(np.array([2]))
    session.step_silently(1)
    wait_idle(qtbot, session)
    assert steps_of(sparks) == [0, 1]
    assert sparks.series()[1][-1] == session.snapshot.parameters[2]
    assert sparks._rows.shape == (POINTS, 1)
    sparks.follow(np.array([2, 3]))
    assert steps_of(sparks) == [1]


def test_other_places_mean_other_parameters(open_session, qtbot):
    session = open_session()
    sparks = Sparks(session)
    sparks.follow(np.array([0]))
    session.step_silently(4)
    wait_idle(qtbot, session)
    network = session.document.network
    session.edit_network("Freeze", freeze(network, [Edge(0, 0, 1, 0)], True))
    wait_idle(qtbot, session)
    assert steps_of(sparks) == [0, 4]
    session.edit_network("Add neuron", add_units(session.document.network, 1))
    wait_idle(qtbot, session)
    assert steps_of(sparks) == [4]


def test_opening_another_document_begins_anew(open_session, qtbot):
    session = open_session()
    sparks = Sparks(session)
    sparks.follow(np.array([0]))
    session.step_silently(4)
    wait_idle(qtbot, session)
    session.open(scene("playground"))
    wait_idle(qtbot, session)
    assert steps_of(sparks) == [0]


def test_values_on_their_way_to_infinity_are_kept_without_complaint(open_session):
    session = open_session()
    sparks = Sparks(session)
    huge = np.full_like(session.snapshot.parameters, 1e308, dtype=np.float64)
    sparks.record(replace(session.snapshot, step=1, parameters=huge))
    sparks.follow(np.array([0]))
    assert sparks.series()[1][-1] == 1e308
    sparks.follow(np.array([0, 1, 2]))
    assert sparks.series()[1][-1] == np.inf
