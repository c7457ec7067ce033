"""What generated digits are worth: how a network that has only seen them reads real ones."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Dataset
from nnsim.data.digits import load_digits
from nnsim.data.mnist import find_mnist
from nnsim.data.scenes import find_scene
from nnsim.engine.trainer import Trainer
from nnsim.model.data import DIGIT_CLASSES, DigitsData
from nnsim.model.document import Document
from nnsim.model.errors import DocumentError

SCENE = "mnist"
SAMPLES = 60_000
EPOCHS = 6
SEEDS = (1, 2, 3)

Counts = NDArray[np.int64]


def run(as_json: bool = False) -> int:
    """Train the scene's network on generated digits alone, test it on MNIST's test digits, and print.

    Parameters
    ----------
    as_json : bool
        Print one JSON object instead of lines.

    Returns
    -------
    int
        The exit status, 0.

    Raises
    ------
    DocumentError
        Where MNIST is not on this machine.
    """
    if find_mnist() is None:
        raise DocumentError(
            "bench --digits",
            "MNIST is not on this machine; name its folder with --data DIR or NNSIM_DATA_DIR",
        )
    document = find_scene(SCENE).document
    generated = load_digits(DigitsData("generated", SAMPLES))
    real = load_digits(DigitsData("mnist"))
    dataset = Dataset(
        generated.x,
        generated.y,
        real.validation_x,
        real.validation_y,
        real.task,
        real.classes,
        "generated",
        True,
    )
    counts = [read(document.with_new_seed(seed), dataset, EPOCHS) for seed in SEEDS]
    result = {"accuracy": [_accuracy(each) for each in counts], "confusion": np.sum(counts, axis=0).tolist()}
    print(json.dumps({"digits": result}) if as_json else _text(result))
    return 0


def read(document: Document, dataset: Dataset, epochs: int, engine: str = "jit") -> Counts:
    """Train, then count how the test digits were read.

    Returns
    -------
    array of int, shape (10, 10)
        Row: the digit; column: what it was taken for.
    """
    trainer = Trainer(document, dataset, engine=engine)
    trainer.run_steps(epochs * trainer.snapshot().batches)
    answer = trainer.answers(dataset.validation_x).argmax(axis=1)
    counts = np.zeros((DIGIT_CLASSES, DIGIT_CLASSES), np.int64)
    np.add.at(counts, (dataset.validation_y.argmax(axis=1), answer), 1)
    return counts


def _accuracy(counts: Counts) -> float:
    return float(counts.trace() / counts.sum())


def _text(result: dict[str, Any]) -> str:
    confusion = np.array(result["confusion"])
    lines = [
        f"Trained on {SAMPLES:,} generated digits for {EPOCHS} epochs, tested on MNIST's test digits:",
        f"  {np.mean(result['accuracy']):.1%} right"
        f" ({', '.join(f'{accuracy:.1%}' for accuracy in result['accuracy'])} from {len(SEEDS)} starts)",
        "",
        "  taken for " + "".join(f"{digit:6}" for digit in range(DIGIT_CLASSES)) + "   right",
    ]
    for digit, row in enumerate(confusion):
        share = row[digit] / max(1, row.sum())
        lines.append(f"  {digit:>9} " + "".join(f"{count:6}" for count in row) + f"  {share:6.1%}")
    return "\n".join(lines)
