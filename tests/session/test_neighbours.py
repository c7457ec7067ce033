"""Four trainings beside each other: what differs between them, and that they can be given up."""

import threading
from dataclasses import replace

import pytest

from nnsim.data.load import load
from nnsim.engine import jit
from nnsim.engine.trainer import Trainer
from nnsim.model.data import ShapesData
from nnsim.model.document import Document
from nnsim.model.layers import Conv2d, Dense, Input, MaxPool2d
from nnsim.model.network import chain
from nnsim.model.training import Optimizer, Training
from nnsim.session.neighbours import Comparison, contests, measured
from nnsim.session.patience import Patience

FILTERS = chain(Input((1, 12, 12)), Conv2d(4, (3, 3)), MaxPool2d(), Dense(4, "softmax"))


def document(samples: int = 60, epochs: int = 2, **training) -> Document:
    usual = {"validation_split": 0.5, "seed": 3, "initializer": "he_uniform", **training}
    settings = Training("cross_entropy", Optimizer("sgd", 0.1), 10, epochs=epochs, **usual)
    return Document(FILTERS, ShapesData(samples), settings)


def test_four_are_measured_that_differ_in_their_network_and_their_pixels_alone():
    four = contests(document())
    assert [(each.is_rival, each.is_shuffled) for each in four] == [
        (False, False),
        (False, True),
        (True, False),
        (True, True),
    ]
    own, _, rival, _ = (each.document.network for each in four)
    assert own == FILTERS
    assert [layer.kind for layer in rival.layers] == ["input", "dense", "dense"]
    assert len({each.document.training for each in four}) == 1
    for each in four:
        assert replace(each.document.data, shuffled=False) == document().data
        assert each.document.data.shuffled == each.is_shuffled
    # 4 filters of 9 and a bias, then 4 × 25 maps' pixels to 4 classes; 144 pixels to 16 to 4 classes.
    assert [each.parameters for each in four] == [444, 444, 2388, 2388]


def test_it_is_the_accuracy_of_a_training_of_its_own():
    described = document()
    trainer = Trainer(described, load(described.data, described.training), engine="reference")
    trainer.run_steps(2 * 3)  # 30 samples in batches of ten
    assert measured(described) == trainer.evaluate()[1].accuracy
    all_learned = document(validation_split=0.0)
    trainer = Trainer(all_learned, load(all_learned.data, all_learned.training), engine="reference")
    trainer.run_steps(2 * 6)
    assert measured(all_learned) == trainer.evaluate()[0].accuracy


def test_nobody_who_wants_to_know_no_more_is_told():
    assert measured(document(), goes_on=lambda: False) is None


@pytest.fixture
def slow_start(monkeypatch):
    """No compiled code."""
    monkeypatch.setattr(jit, "is_cached", lambda names: False)


def test_the_four_come_one_after_the_other(qtbot, slow_start):
    comparison, seen = Comparison(), []
    comparison.changed.connect(lambda: seen.append(len(comparison.accuracies)))
    comparison.begin(document())
    assert comparison.busy
    qtbot.waitUntil(lambda: not comparison.busy, timeout=60_000)
    assert comparison.accuracies == tuple(measured(each.document) for each in contests(document()))
    assert seen == sorted(seen)
    assert seen[-1] == 4


def test_it_can_be_stopped_and_forgets(qtbot, slow_start):
    comparison = Comparison()
    comparison.begin(document(epochs=10_000))
    comparison.stop(Patience(30.0))
    assert not comparison.busy
    assert comparison.accuracies == ()
    assert not any(thread.name == "nnsim-neighbours" for thread in threading.enumerate())
