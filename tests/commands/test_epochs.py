"""Runs whose epochs differ: fresh digits in each, and a learning rate that falls."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from nnsim.cli import main
from nnsim.commands.epochs import Epochs
from nnsim.data.dataset import Dataset
from nnsim.data.scenes import find_scene
from nnsim.engine.trainer import Trainer
from nnsim.model.data import DigitsData
from nnsim.model.document import Document, document_from_json
from nnsim.model.errors import DocumentError
from nnsim.model.files import open_file

DIGITS = {
    "format": 1,
    "title": {"en": "Digits"},
    "network": {
        "layers": [
            {"kind": "input", "shape": [28, 28]},
            {"kind": "dense", "units": 10, "activation": "softmax", "bias": True},
        ],
        "connections": [[0, 1]],
    },
    "data": {"kind": "digits", "source": "generated", "samples": 24},
    "training": {
        "loss": "cross_entropy",
        "optimizer": {"kind": "sgd", "learning_rate": 0.1},
        "batch_size": 10,
        "seed": 5,
    },
}


@pytest.fixture
def document() -> Document:
    """A small network on digits."""
    document = document_from_json(DIGITS)
    assert isinstance(document.data, DigitsData)
    return document


@pytest.fixture
def dataset() -> Dataset:
    """24 + 4 images of one stroke each."""
    x = np.zeros((28, 28, 28), np.float32)
    for i, image in enumerate(x):
        image[4:24, 6 + i // 2 : 9 + i // 2] = 1.0
    y = np.eye(10, dtype=np.float32)[np.arange(28) % 10]
    x = x.reshape(28, 784)
    return Dataset(x[:24], y[:24], x[24:], y[24:], "multiclass", tuple("0123456789"))


@pytest.fixture
def trainer(document, dataset) -> Trainer:
    """On them as they are."""
    return Trainer(document, dataset, engine="reference")


def test_each_epoch_has_its_own_copies_the_same_ones_in_each_run(document, dataset, trainer):
    epochs = Epochs(document, dataset, 3, augment=1.0)
    seen = []
    for epoch in (0, 1, 0):
        epochs.begin(trainer, epoch)
        seen.append(trainer.dataset)
    assert (seen[0].x != seen[1].x).any()
    assert (seen[0].x == seen[2].x).all()
    for given in seen:
        assert (given.x != dataset.x).any(axis=1).all()
        assert given.y is dataset.y
        assert given.validation_x is dataset.validation_x
    epochs.end(trainer)
    assert trainer.dataset is dataset
    assert trainer.document is document


def test_another_seed_has_other_copies(document, dataset, trainer):
    Epochs(document, dataset, 1, augment=1.0).begin(trainer, 0)
    first = trainer.dataset.x
    Epochs(document.with_new_seed(6), dataset, 1, augment=1.0).begin(trainer, 0)
    assert (trainer.dataset.x != first).any()


def test_the_learning_rate_falls_evenly_and_comes_back(document, dataset, trainer):
    epochs, rates = Epochs(document, dataset, 4, anneal=True), []
    for epoch in range(4):
        epochs.begin(trainer, epoch)
        rates.append(trainer.document.training.optimizer.learning_rate)
        assert trainer.dataset is dataset
    assert rates == pytest.approx([0.1, 0.075, 0.05, 0.025])
    epochs.end(trainer)
    assert trainer.document is document


def test_alike_epochs_leave_the_trainer_alone(document, dataset, trainer):
    epochs = Epochs(document, dataset, 4)
    trainer.run_steps(2)
    last = trainer.snapshot().last_update
    epochs.begin(trainer, 1)
    epochs.end(trainer)
    assert last is not None
    assert (trainer.snapshot().last_update == last).all()
    assert epochs.most_steps(3, 100) == 100
    assert Epochs(document, dataset, 4, anneal=True).most_steps(3, 100) == 3


def test_half_the_amount_changes_half_as_much(document, dataset, trainer):
    def change(amount: float) -> float:
        Epochs(document, dataset, 1, augment=amount).begin(trainer, 0)
        return float(np.abs(trainer.dataset.x - dataset.x).mean())

    assert 0 < change(0.2) < change(0.5) < change(1.0)


@pytest.mark.parametrize("amount", ["2.5", "-1", "nan", "much"])
def test_an_amount_beyond_reason_is_refused(capsys, amount):
    with pytest.raises(SystemExit):
        main(["train", "xor", "--augment", amount])
    assert "is not a number from 0 to 2" in capsys.readouterr().err


def test_only_digits_are_augmented(dataset):
    with pytest.raises(DocumentError, match="images of digits"):
        Epochs(find_scene("xor").document, dataset, 1, augment=1.0)


def test_the_command_says_so_in_one_sentence(capsys):
    assert main(["train", "xor", "--augment"]) == 2
    assert capsys.readouterr().err.startswith("nnsim: --augment: changes images of digits")


def test_the_command_trains_on_augmented_digits_and_saves_the_document_as_it_was(capsys, tmp_path):
    scene = tmp_path / "digits.json"
    scene.write_text(json.dumps(DIGITS))

    def run(name: str, *options: str) -> np.ndarray:
        path = str(tmp_path / f"{name}.nnsim")
        arguments = ["train", str(scene), "--engine", "reference", "--epochs", "2", "--save", path, "--json"]
        assert main([*arguments, *options]) == 0
        report = json.loads(capsys.readouterr().out)
        assert (report["epochs"], report["steps"]) == (2, 6)
        document, parameters = open_file(Path(path))
        assert document == document_from_json(DIGITS)
        return np.asarray(parameters)

    plain, fresh = run("plain"), run("fresh", "--augment", "--anneal")
    assert (plain != fresh).any()
    assert (run("again", "--augment", "--anneal") == fresh).all()
    assert (run("held", "--augment") != fresh).any()
