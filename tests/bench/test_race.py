"""The race to an accuracy: its arithmetic and its fairness; its figures are never asserted."""

import importlib.util
import json

import numpy as np
import pytest

from nnsim.bench import race
from nnsim.bench.racers import Nnsim, Torch, Way
from nnsim.data.dataset import Dataset
from nnsim.engine.trainer import Trainer
from nnsim.model.layers import Conv2d, Dense, Flatten, Input, MaxPool2d
from nnsim.model.network import chain
from nnsim.model.training import Optimizer
from tests.engine.networks import document

needs_torch = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="needs PyTorch")


def _data(samples=200):
    random = np.random.default_rng(1)
    x = random.normal(size=(samples, 4)).astype(np.float32)
    y = np.eye(3, dtype=np.float32)[np.argmax(x[:, :3], axis=1)]
    x.flags.writeable = False
    return Dataset(x[40:], y[40:], x[:40], y[:40], "multiclass", source="mnist", is_test=True)


def _described(optimizer="adam", rate=0.01):
    network = chain(Input((4,)), Dense(8, "relu"), Dense(3, "softmax"))
    return document(network, Optimizer(optimizer, rate), loss="cross_entropy", batch_size=16)


@needs_torch
def test_both_take_the_same_steps_over_images():
    layers = Input((1, 8, 8)), Conv2d(3, (3, 3)), MaxPool2d(), Flatten(), Dense(3, "softmax")
    images = np.random.default_rng(1).random((60, 64), np.float32)
    y = np.eye(3, dtype=np.float32)[images[:, :3].argmax(axis=1)]
    data = Dataset(images[20:], y[20:], images[:20], y[:20], "multiclass")
    for network in (chain(*layers), chain(*(layer for layer in layers if layer.kind != "flatten"))):
        described = document(network, Optimizer("adam", 0.01), loss="cross_entropy", batch_size=16)
        torch, mine = Torch(described, data, Way(1, False)), Trainer(described, data)
        torch.prepare(7)
        torch.train(7)
        theirs = np.concatenate([p.detach().numpy().ravel() for p in torch._model.parameters()])
        np.testing.assert_allclose(theirs, mine.run_steps(7).parameters, rtol=1e-3, atol=1e-5)
        assert torch.accuracy() == pytest.approx(mine.evaluate()[1].accuracy)


@needs_torch
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize("fused", [False, True])
def test_both_take_the_same_steps(optimizer, fused):
    described, data = _described(optimizer), _data()
    torch, mine = Torch(described, data, Way(1, fused)), Trainer(described, data)
    torch.prepare(25)  # more than two epochs of ten batches
    torch.train(25)
    theta = mine.run_steps(25).parameters
    theirs = np.concatenate([p.detach().numpy().ravel() for p in torch._model.parameters()])
    np.testing.assert_allclose(theirs, theta, rtol=1e-3, atol=1e-5)
    assert torch.accuracy() == pytest.approx(mine.evaluate()[1].accuracy)


class _Learner:
    """Answers a tenth more right after each training, and says what it was asked."""

    def __init__(self):
        self.steps, self.prepared, self.trained = 0, 0, 0

    def prepare(self, steps):
        self.prepared += steps

    def train(self, steps):
        self.steps += steps
        self.trained += 1

    def accuracy(self):
        return self.trained / 10


def test_a_run_is_watched_until_the_goal_and_goes_on_to_the_end():
    learner = _Learner()
    found = race.run_together({"it": learner}, _described(), _data(), 0.35, 2)["it"]
    assert learner.steps == learner.prepared == 20  # two epochs of ten batches
    assert found.epochs_to_goal == pytest.approx(4 / race.LOOKS)
    assert found.seconds > 0
    assert found.accuracy == 2 * race.LOOKS / 10
    never = race.run_together({"it": _Learner()}, _described(), _data(), 99.0, 1)["it"]
    assert (never.seconds, never.epochs_to_goal) == (None, None)


def test_ratios_are_of_medians():
    medians = {
        "nnsim": {"seconds": 0.5, "samples_per_second": 60.0},
        "torch": {"seconds": 2.0, "samples_per_second": 20.0},
    }
    assert race._ratios(medians) == {"time_to_goal": 4.0, "samples_per_second": 3.0}
    medians["torch"]["seconds"] = None
    assert race._ratios(medians)["time_to_goal"] is None


@pytest.fixture
def small(monkeypatch):
    """A scene of our own, and nobody else who runs."""

    class _Scene:
        document = _described()

    monkeypatch.setattr(race, "find_scene", lambda name: _Scene)
    monkeypatch.setattr(race, "load", lambda data, training: _data())
    monkeypatch.setattr(race.importlib.util, "find_spec", lambda name: None)
    return race.Race("small", 0.5, 1, (1, 2))


def test_figures_as_json_and_as_a_table(small, capsys):
    assert race.run(True, [small]) == 0
    (result,) = json.loads(capsys.readouterr().out)["mnist"]
    assert (result["layers"], result["batch"], result["seeds"]) == ([4, 8, 3], 16, [1, 2])
    assert len(result["runs"]["nnsim"]) == 2
    assert result["nnsim_is_faster_by"]["time_to_goal"] is None
    assert race.run(False, [small]) == 0
    out = capsys.readouterr().out
    assert "small: 4 – 8 – 3, batch 16, adam 0.01" in out
    assert "Not counted for either" in out


def test_without_mnist_it_says_what_to_do(small, monkeypatch, capsys):
    generated = Dataset(*[_data().x[:, :3]] * 4, "multiclass", source="generated")
    monkeypatch.setattr(race, "load", lambda data, training: generated)
    assert race.run(False, [small]) == 1
    assert "NNSIM_DATA_DIR" in capsys.readouterr().err


def test_preparing_is_timed():
    assert Nnsim(_described(), _data()).preparing > 0
