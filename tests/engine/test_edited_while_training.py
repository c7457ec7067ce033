"""Edits in the middle of a run: what was learned and the optimiser's vectors follow."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.engine.trainer import Trainer
from nnsim.model.carry import carry_moments, carry_over
from nnsim.model.edits import (
    add_units,
    connect,
    cut,
    duplicate_units,
    insert_layer,
    remove_layer,
    remove_units,
    set_bias,
)
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Node, chain
from nnsim.model.parameters import Layout
from nnsim.model.training import Optimizer
from tests.counting import calls_of
from tests.engine.networks import document, gate, xor

XOR = gate(0, 1, 1, 0)
NETWORK = chain(Input((2,)), Dense(4, "relu"), Dense(3, "tanh", bias=False), Dense(1, "sigmoid"))


def trained(optimizer="adam", engine="reference"):
    """A run in its middle."""
    doc = document(NETWORK, Optimizer(optimizer, 0.05), loss="bce", batch_size=1)
    trainer = Trainer(doc, XOR, engine=engine)
    trainer.run_steps(30)
    return trainer


def outputs(trainer):
    return trainer.layer_outputs(XOR.x)[-1]


NEUTRAL = {
    "add": lambda n: add_units(n, 1, 2, at=1),
    "duplicate": lambda n: duplicate_units(n, [Node(1, 0), Node(2, 2)]),
    "insert": lambda n: insert_layer(n, 1, 2),
    "skip": lambda n: connect(n, Node(0, 1), Node(3, 0)),
    "bias": lambda n: set_bias(n, 2, True),
}


@pytest.mark.parametrize("engine", ["jit", "reference"])
@pytest.mark.parametrize("edit", NEUTRAL.values(), ids=NEUTRAL)
def test_an_edit_in_the_middle_of_a_run_changes_no_answer(edit, engine):
    trainer = trained(engine=engine)
    before, steps = outputs(trainer), trainer.state.step
    made = edit(trainer.document.network)
    trainer.set_document(made.of(trainer.document), origin=made.origin)
    np.testing.assert_allclose(outputs(trainer), before, atol=1e-6)
    after = trainer.run_steps(3)
    assert (after.step, after.diverged) == (steps + 3, False)


def test_the_optimizer_follows_the_units():
    trainer = trained()
    old, before = trainer.layout, trainer.state
    made = remove_units(NETWORK, [Node(1, 0), Node(2, 1)])
    trainer.set_document(made.of(trainer.document), origin=made.origin)
    now = trainer.state
    assert (now.count, now.step) == (before.count, before.step)
    for was, vector in ((before.theta, now.theta), (before.m, now.m), (before.v, now.v)):
        assert was.any()
        expected = old.block(was, 1, 2)[[0, 2]][:, 1:]
        np.testing.assert_array_equal(trainer.layout.block(vector, 1, 2), expected)
        np.testing.assert_array_equal(trainer.layout.view(vector, 1, "bias"), old.view(was, 1, "bias")[1:])


def test_new_weights_have_no_momentum_and_copies_that_of_their_original():
    trainer = trained("momentum")
    old, before = trainer.layout, trainer.state.m
    made = duplicate_units(NETWORK, [Node(1, 1)])
    more = add_units(made.network, 1, at=0)
    for edit in (made, more):
        trainer.set_document(edit.of(trainer.document), origin=edit.origin)
    m = trainer.state.m
    assert before.any()
    np.testing.assert_array_equal(trainer.layout.block(m, 0, 1)[0], 0.0)
    np.testing.assert_array_equal(trainer.layout.block(m, 0, 1)[1:], old.block(before, 0, 1)[[0, 1, 1, 2, 3]])
    np.testing.assert_array_equal(trainer.layout.block(m, 1, 2)[:, 2], old.block(before, 1, 2)[:, 1])


def test_an_inserted_layer_has_no_momentum_and_leaves_that_of_the_others():
    trainer = trained("momentum")
    old, before = trainer.layout, trainer.state.m
    made = insert_layer(NETWORK, 1, 2)
    trainer.set_document(made.of(trainer.document), origin=made.origin)
    layout, m = trainer.layout, trainer.state.m
    for was, now in ((1, 1), (2, 3), (3, 4)):
        np.testing.assert_array_equal(layout.view(m, now, "weight"), old.view(before, was, "weight"))
    assert not layout.view(m, 2, "weight").any()
    back = remove_layer(made.network, 2)
    trainer.set_document(back.of(trainer.document), origin=back.origin)
    assert not trainer.layout.block(trainer.state.m, 1, 2).any()
    np.testing.assert_array_equal(trainer.layout.block(trainer.state.m, 2, 3), old.block(before, 2, 3))


def test_an_edge_that_comes_back_learns():
    edge = Edge(0, 1, 1, 2)
    trainer = Trainer(cut(xor().network, [edge]).of(xor()), XOR, engine="reference")
    place = trainer.layout.edge_index(edge)
    assert trainer.run_steps(8).parameters[place] == 0.0
    back = connect(trainer.document.network, Node(0, 1), Node(1, 2))
    trainer.set_document(back.of(trainer.document), origin=back.origin)
    assert trainer.snapshot().parameters[place] == 0.0
    assert trainer.run_steps(8).parameters[place] != 0.0


def test_the_same_network_from_elsewhere_is_carried_too():
    """Unit 0 removed and a new one at the end: the network is as before, its units are not."""
    trainer = trained()
    gone = remove_units(NETWORK, [Node(1, 0)])
    added = add_units(gone.network, 1)
    assert added.network == NETWORK
    origin = replace(added.origin, units=((0, 1), (1, 2, 3, None), (0, 1, 2), (0,)))
    old = trainer.state.theta
    trainer.set_document(trainer.document, origin=origin)
    kept = trainer.layout.block(trainer.state.theta, 0, 1)[:3]
    np.testing.assert_array_equal(kept, trainer.layout.block(old, 0, 1)[1:])


@pytest.mark.parametrize(
    "edit",
    [
        lambda n: add_units(n, 1),
        lambda n: duplicate_units(n, [Node(1, 3)]),
        lambda n: remove_units(n, [Node(2, 3)]),
        lambda n: insert_layer(n, 0, 1),
        lambda n: cut(n, [Edge(1, 0, 2, unit) for unit in range(500)]),
    ],
)
def test_an_edit_of_a_thousand_neurons_is_quick(edit):
    network = chain(Input((50,)), Dense(500, "tanh"), Dense(500, "tanh"), Dense(1))
    layout = Layout(network)
    theta = np.random.default_rng(1).normal(size=layout.size).astype(np.float32)
    made = edit(network)
    new = Layout(made.network)

    def edited():
        edit(network)
        carry_over(layout, theta, Layout(made.network), np.zeros(new.size, np.float32), made.origin)

    # 276,000 weights, and none is handled by itself.
    count = calls_of(edited)
    assert count < 10_000
    assert carry_moments(layout, theta, new, made.origin).shape == (new.size,)
