"""Runs whose loss ceases to be finite."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.engine.trainer import Trainer
from nnsim.model.layers import Dense, Input
from nnsim.model.network import chain
from nnsim.model.training import Optimizer
from tests.engine.networks import dataset, document, gate, xor

ENGINES = ("jit", "reference")


def _exploding(rate, batch_size=1, activation="identity"):
    network = chain(Input((1,)), Dense(1, activation, bias=False), Dense(1, "identity", bias=False))
    start = (("hidden1.weight", (2.0,)), ("output.weight", (2.0,)))
    return document(network, Optimizer("sgd", rate), start, loss="sse", batch_size=batch_size)


DATA = dataset([[1.0], [2.0], [-1.0]], [[1.0], [1.0], [0.0]])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("batch_size", [0, 1, 2])
@pytest.mark.parametrize("steps", [1, 2, 7, 400])
def test_the_last_finite_parameters_are_kept(engine, batch_size, steps):
    trainer = Trainer(_exploding(10.0, batch_size), DATA, engine=engine)
    for _ in range(400 // steps):
        end = trainer.run_steps(steps)
        assert np.isfinite(end.parameters).all()
        if end.diverged:
            break
    assert end.diverged
    # It got somewhere before that, and stands where a step more is too many.
    assert end.step < 30
    assert np.abs(end.parameters).max() > 100
    assert np.isfinite(end.last_update).all()
    assert np.isfinite(end.last_gradient).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_one_slice_or_many_end_at_parameters_of_the_same_run(engine):
    slow = Trainer(_exploding(10.0), DATA, engine=engine)
    path = [slow.snapshot().parameters]
    while not (now := slow.run_steps(1)).diverged:
        path.append(now.parameters)
    fast = Trainer(_exploding(10.0), DATA, engine=engine).run_steps(1000)
    assert fast.diverged
    np.testing.assert_array_equal(fast.parameters, path[fast.step])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_goes_on_from_there_with_a_lower_rate(engine):
    trainer = Trainer(_exploding(0.9, 0), DATA, engine=engine)
    assert trainer.run_steps(1000).diverged
    stopped = trainer.snapshot()
    assert stopped.diverged
    calm = replace(
        trainer.document, training=replace(trainer.document.training, optimizer=Optimizer("sgd", 0.0))
    )
    trainer.set_document(calm)
    after = trainer.run_steps(5)
    assert not after.diverged
    assert after.step == stopped.step + 5
    np.testing.assert_array_equal(after.parameters, stopped.parameters)
    trainer.set_document(_exploding(0.01))
    trainer.reset()
    assert not trainer.run_steps(200).diverged


def test_infinite_parameters_behind_a_finite_loss_are_not_kept():
    # A step output is 0 or 1 whatever overflows before it, and the penalty's gradient overflows the weight.
    network = chain(Input((1,)), Dense(1, "step", bias=False))
    start = (("output.weight", (1e38,)),)
    doc = document(network, Optimizer("sgd", 1000.0), start, loss="mse", batch_size=0, l2=10.0)
    trainer = Trainer(doc, dataset([[1.0]], [[1.0]]), engine="jit")
    end = trainer.run_steps(5)
    assert end.diverged
    assert end.parameters.tolist() == [np.float32(1e38)]
    assert end.train.loss == 0.0


def test_a_nan_in_the_data_stops_before_the_first_step():
    trainer = Trainer(xor(batch_size=0), gate(0, 1, 1, 0), engine="jit")
    bad = dataset([[0, 0], [0, np.nan]], [[0], [1]], "binary")
    trainer.set_document(trainer.document, bad)
    start = trainer.snapshot().parameters
    end = trainer.run_for(0.01)
    assert end.diverged
    assert end.step == 0
    np.testing.assert_array_equal(end.parameters, start)
