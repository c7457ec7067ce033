"""Units that have stopped learning are found, and no others."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.data.load import load
from nnsim.data.scenes import find_scene, shipped_names
from nnsim.engine.trainer import Trainer
from nnsim.model.health import Health
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Node, chain
from nnsim.model.warnings import fixed, warnings_of_training
from nnsim.session import health
from nnsim.session.health import FEWEST_SAMPLES, MOST_SAMPLES, look_over, samples_for
from tests.engine.networks import dataset, document, gate
from tests.session.driving import wait_idle


def trained(activation, theta, *, output="sigmoid", loss="bce", **dense):
    """2–2–1 with given parameters, on XOR."""
    network = chain(Input((2,)), Dense(2, activation, **dense), Dense(1, output))
    told = document(network, loss=loss)
    return Trainer(told, gate(0, 1, 1, 0), engine="reference", parameters=np.array(theta, float))


# Weights and biases of the hidden layer, then of the output.
ONE_DEAD = [1, 1, 1, 1, 0.5, -9, 1, 1, 0]
ALL_DEAD = [1, 1, 1, 1, -9, -9, 1, 1, 0]
STUCK = [50, 60, 70, -50, 20, 20, 1, 1, 0]
ALIVE = [1, 1, 1, -1, 0.5, 0.5, 1, 1, 0]


def test_a_rectified_unit_that_no_sample_wakes_is_dead():
    assert look_over(trained("relu", ONE_DEAD)).dead == (Node(1, 1),)
    assert look_over(trained("relu", ALIVE)) == Health(4)
    # The same unit still has a slope in the leaky kind, unless that slope is 0.
    assert look_over(trained("leaky_relu", ONE_DEAD)).dead == ()
    assert look_over(trained("leaky_relu", ONE_DEAD, negative_slope=0.0)).dead == (Node(1, 1),)


def test_what_is_dead_gets_no_gradient():
    trainer = trained("relu", ALL_DEAD)
    assert look_over(trainer).dead == (Node(1, 0), Node(1, 1))
    before = trainer.state.theta
    trainer.run_steps(20)
    assert (trainer.state.theta[:6] == before[:6]).all()


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_layer_at_its_ends_is_saturated_and_passes_nothing_back(activation):
    trainer = trained(activation, STUCK)
    assert look_over(trainer).saturated == (1,)
    norms = trainer.run_steps(1).gradient_norms
    assert norms[0] < 1e-3 * norms[1]
    assert look_over(trained(activation, ALIVE)).saturated == ()


def test_a_network_that_has_learned_may_be_sure():
    # h₁ fires from one input on, h₂ from both: XOR, with every unit at its end.
    right = [40, 40, 40, 40, -20, -60, 20, -20, -20]
    assert look_over(trained("tanh", right)).saturated == ()
    # The output's own end counts where its slope does.
    wrong = [1, 1, 1, 1, 0, 0, 0, 0, 40]
    assert look_over(trained("tanh", wrong, loss="mse")).saturated == (2,)
    assert look_over(trained("tanh", wrong, loss="bce")).saturated == ()


STUCK_AT_PLUS = [1, 1, 1, 1, 0, 0, 30, 30, 30]
NEVER_AWAKE = [1, 1, 1, 1, 0, 0, -3, -3, -3]


@pytest.mark.parametrize(
    ("output", "loss", "theta", "found"),
    [
        ("tanh", "bce", STUCK_AT_PLUS, Health(4, True, (), (2,))),
        ("tanh", "cross_entropy", STUCK_AT_PLUS, Health(4, True, (), (2,))),
        ("sigmoid", "cross_entropy", STUCK_AT_PLUS, Health(4, True, (), (2,))),
        ("relu", "bce", NEVER_AWAKE, Health(4, True, (Node(2, 0),))),
        ("relu", "cross_entropy", NEVER_AWAKE, Health(4, True, (Node(2, 0),))),
        # Taken together with the loss, or passed over by the rule, no slope is in the way.
        ("sigmoid", "bce", STUCK_AT_PLUS, Health(4)),
        ("relu", "perceptron", NEVER_AWAKE, Health(4)),
    ],
)
def test_an_output_that_passes_nothing_back_is_named_whatever_the_loss(output, loss, theta, found):
    trainer = trained("sigmoid", theta, output=output, loss=loss)
    assert look_over(trainer) == found
    before = trainer.state.theta
    trainer.run_steps(8)
    moved = np.abs(trainer.state.theta - before).max()
    assert (moved < 1e-9) == bool(found.dead or found.saturated)


def test_a_network_too_wide_is_not_looked_at():
    some = dataset(np.zeros((5000, 2)), np.zeros((5000, 1)))
    narrow, wide = (document(chain(Input((2,)), Dense(n), Dense(1))) for n in (4, 65_536))
    assert len(samples_for(narrow, some)) == MOST_SAMPLES
    assert len(samples_for(wide, some)) == 0
    assert FEWEST_SAMPLES <= MOST_SAMPLES


def test_two_looks_must_agree_while_training_runs():
    before, now = Health(4, True, (Node(1, 0), Node(1, 1)), (1,)), Health(4, True, (Node(1, 1),), (1, 2))
    assert now.steady(before) == Health(4, True, (Node(1, 1),), (1,))
    assert now.steady(Health()) == Health(4)


def test_the_fix_wakes_the_dead():
    for dense in ({}, {"negative_slope": 0.0}):
        trainer = trained("relu", ALL_DEAD, **dense)
        (warning,) = warnings_of_training(trainer.document, look_over(trainer))
        mended, origin = fixed(trainer.document, warning)
        trainer.set_document(mended, origin=origin)
        assert look_over(trainer).dead == ()
        before = trainer.state.theta
        trainer.run_steps(1)
        assert (trainer.state.theta[:6] != before[:6]).any()


@pytest.mark.parametrize("name", shipped_names())
def test_nothing_ails_what_ships(name):
    scene = find_scene(name)
    data = scene.document.data
    told = scene.document
    if data.kind == "digits":
        told = replace(told, data=replace(data, source="generated", samples=500))
    samples = load(told.data, told.training)
    trainer = Trainer(told, samples, engine="reference", parameters=scene.parameters)
    assert warnings_of_training(told, look_over(trainer)) == ()


def test_units_are_looked_over_again_only_where_they_may_be_others(open_session, qtbot, monkeypatch):
    looks = []
    monkeypatch.setattr(health, "look_over", lambda trainer: looks.append(trainer) or look_over(trainer))
    session = open_session("xor")
    seen = len(looks)
    for index in range(3):
        session.follow(index)
        wait_idle(qtbot, session)
    assert len(looks) == seen
    session.set_values("", np.array([0]), np.array([0.25]))
    wait_idle(qtbot, session)
    assert len(looks) == seen + 1
    session.step_silently(1)
    wait_idle(qtbot, session)
    assert len(looks) == seen + 2
