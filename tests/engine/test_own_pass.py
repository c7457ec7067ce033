"""A sample's own way through a step is the way that training takes: its masks, its batch's statistics."""

import numpy as np
import pytest

from nnsim.data.dataset import Dataset
from nnsim.engine.engine import Problem
from nnsim.engine.own_pass import trains_otherwise
from nnsim.engine.trainer import ENGINES, Trainer
from nnsim.model.layers import BatchNorm, Conv2d, Dense, Dropout, Input
from nnsim.model.network import chain
from tests.engine.networks import dataset, document

RANDOM = np.random.default_rng(4)
DATA = dataset(RANDOM.normal(size=(7, 16)), RANDOM.normal(size=(7, 2)))
CHANCE = chain(
    Input((1, 4, 4)), Conv2d(3), Dropout(0.5), Dense(6, "tanh"), Dropout(0.3), Dense(2, "identity")
)
NORMED = chain(Input((1, 4, 4)), Conv2d(3), BatchNorm(), Dropout(0.4), Dense(2, "identity"))
PLAIN = chain(Input((1, 4, 4)), Conv2d(3), Dense(2, "identity"))


@pytest.fixture(params=ENGINES)
def engine(request):
    return request.param


@pytest.mark.parametrize("network", [CHANCE, NORMED], ids=["chance", "normed"])
def test_the_samples_of_a_batch_have_its_gradient_between_them(network, engine):
    trainer = Trainer(document(network, batch_size=3, loss="mse"), DATA, engine=engine)
    trainer.run_steps(1)
    own = [trainer.walked(place) for place in range(3)]
    batch = trainer.upcoming_batch()
    snapshot = trainer.run_steps(1)
    assert [probe.index for probe in own] == batch.tolist()
    assert np.mean([probe.gradient for probe in own], axis=0) == pytest.approx(
        snapshot.last_gradient, abs=1e-6
    )
    first = trainer.last_walked()
    for made, seen in zip(own[0].activations, first.activations, strict=True):
        assert made == pytest.approx(seen, abs=1e-12)


def test_what_training_left_out_is_out_and_what_predicts_leaves_nothing_out(engine):
    trainer = Trainer(document(CHANCE, batch_size=1, loss="mse"), DATA, engine=engine)
    snapshot = trainer.run_steps(3)
    walked = trainer.last_walked()
    read, made = walked.activations[3:5]
    assert set(np.round(made / read, 6).tolist()) <= {0.0, round(1 / 0.7, 6)}
    assert walked.gradient == pytest.approx(snapshot.last_gradient, abs=1e-6)
    assert (snapshot.probe.activations[3] == snapshot.probe.activations[4]).all()


def test_a_network_that_trains_as_it_predicts_is_walked_as_ever(engine):
    assert not trains_otherwise(Problem(document(PLAIN, loss="mse", l2=0.1), DATA))
    trainer = Trainer(document(PLAIN, batch_size=2, loss="mse"), DATA, engine=engine)
    snapshot = trainer.run_steps(2)
    assert (trainer.last_walked().gradient == snapshot.before.gradient).all()


def test_a_taught_sample_is_walked_alone(engine):
    trainer = Trainer(document(CHANCE, batch_size=3, loss="mse"), DATA, engine=engine)
    sample = trainer.sample(5)
    assert isinstance(trainer.dataset, Dataset)
    snapshot = trainer.teach(sample)
    assert trainer.last_walked().gradient == pytest.approx(snapshot.last_gradient, abs=1e-6)
