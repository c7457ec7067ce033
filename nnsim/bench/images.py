"""Convolutional networks: training speed beside PyTorch's at its best number of threads, and the window's."""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from nnsim.bench import race
from nnsim.bench.budgets.report import figures_of
from nnsim.bench.race import Race
from nnsim.bench.report import measure
from nnsim.bench.rivals import nnsim_jit, torch_steps
from nnsim.bench.torch_model import torch_model
from nnsim.data.dataset import Dataset
from nnsim.data.mnist import find_mnist
from nnsim.model.data import GateData
from nnsim.model.document import Document
from nnsim.model.layers import Conv2d, Dense, Flatten, Input, Layer, MaxPool2d
from nnsim.model.network import chain
from nnsim.model.training import Optimizer, Training


@dataclass(frozen=True, slots=True)
class ImageCase:
    """Filters of 3 × 3 and pools of 2 × 2, one after the other, then classes.

    Attributes
    ----------
    side : int
        Of the images, which have one channel.
    filters : tuple of int
        Of each convolution.
    classes : int
    batch : int
    samples : int
        Size of the made-up data set.
    """

    optimizer: ClassVar[str] = "sgd"
    learning_rate: ClassVar[float] = 0.05
    binary: ClassVar[bool] = False

    side: int
    filters: tuple[int, ...]
    classes: int
    batch: int
    samples: int = 2048

    @property
    def name(self) -> str:
        """Such as ``28×28, 8@3×3 – 16@3×3 – 10, batch 32``."""
        layers = " – ".join([*(f"{count}@3×3" for count in self.filters), str(self.classes)])
        return f"{self.side}×{self.side}, {layers}, batch {self.batch}"

    def document(self) -> Document:
        """The case as a document; the data it names is not used."""
        layers: list[Layer] = [Input((1, self.side, self.side))]
        for count in self.filters:
            layers += [Conv2d(count, (3, 3)), MaxPool2d()]
        layers += [Flatten(), Dense(self.classes, "softmax")]
        optimizer = Optimizer(self.optimizer, self.learning_rate)
        training = Training("cross_entropy", optimizer, self.batch, initializer="he_uniform")
        return Document(chain(*layers), GateData(), training)

    def dataset(self) -> Dataset:
        """Noise with noise to learn."""
        random = np.random.default_rng(1)
        x = random.random((self.samples, self.side**2), np.float32)
        y = np.eye(self.classes, dtype=np.float32)[random.integers(0, self.classes, self.samples)]
        return Dataset(x, y, x[:0], y[:0], "multiclass", tuple(map(str, range(self.classes))))


CASES = (ImageCase(28, (8, 16), 10, 32), ImageCase(12, (4,), 4, 16))


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that the window does with the digits' convolutional network.

    Attributes
    ----------
    name : str
    module : str
        Of the budgets: prints its figures as JSON.
    figure : str
        Which of them, in CPU seconds of the window's thread.
    most : float
        What it may be.
    """

    name: str
    module: str
    figure: str
    most: float


SCENE = "mnist-conv"
RACES = (Race(SCENE, 0.985, 4, (1,)),)
ERRANDS = (
    Errand("mouse to prediction", "prediction", "cost", 0.010),
    Errand("the stage's whole frame", "stage", "cost", 0.014),
    Errand("entering the lesson", "lesson", "entering", 0.400),
    Errand("a step of the lesson", "lesson", "cost", 0.040),
)


def compare(case: ImageCase) -> dict[str, Any]:
    """One case: samples per second, and how many times faster than PyTorch nnsim is."""
    contenders = {"nnsim": nnsim_jit(case)}
    if importlib.util.find_spec("torch"):
        cores = os.cpu_count() or 1
        for threads in sorted({1, 2, cores}):
            if threads <= cores:
                model = torch_model(case.document())
                contenders[f"torch {threads}"] = torch_steps(case, model, threads)
    samples = {name: pace * case.batch for name, pace in measure(contenders).items()}
    rivals = [pace for name, pace in samples.items() if name != "nnsim"]
    ratio = samples["nnsim"] / max(rivals) if rivals else None
    return {"case": case.name, "samples_per_second": samples, "nnsim_is_faster_by": ratio}


def done(errands: Sequence[Errand]) -> list[dict[str, Any]]:
    """What each errand costs; `error` in its place where it could not be measured."""
    found = {module: figures_of(module, SCENE) for module in {errand.module for errand in errands}}
    out = []
    for errand in errands:
        figures = found[errand.module]
        cost = {"cost": figures[errand.figure]} if "error" not in figures else {"error": figures["error"]}
        out.append({"name": errand.name, "most": errand.most, **cost})
    return out


def run(
    as_json: bool = False,
    cases: Sequence[ImageCase] = CASES,
    races: Sequence[Race] = RACES,
    errands: Sequence[Errand] = ERRANDS,
) -> int:
    """Measure and print.

    Parameters
    ----------
    as_json : bool
        Print one JSON object instead of a table.
    cases : sequence of ImageCase
    races : sequence of Race
        Left out where MNIST is not on this machine.
    errands : sequence of Errand

    Returns
    -------
    int
        The exit status, 0.
    """
    results = [compare(case) for case in cases]
    if not as_json:
        print(f"{'':44}{'samples/s':>12}{'× PyTorch':>12}")
        print("\n".join(map(_line, results)), end="\n\n", flush=True)
    races_run = race.run_all(races, tell=not as_json) if find_mnist() is not None else []
    costs = done(errands)
    if as_json:
        print(json.dumps({"results": results, "mnist": races_run, "window": costs}))
        return 0
    if not races_run:
        print(f"{SCENE}: no race, MNIST is not on this machine; name its folder with --data DIR\n")
    print(f"{SCENE} in the window, CPU of its thread")
    print("\n".join(map(_cost, costs)))
    return 0


def _line(result: Mapping[str, Any]) -> str:
    ratio = result["nnsim_is_faster_by"]
    words = "–" if ratio is None else f"{ratio:.1f}"
    return f"{result['case']:44}{result['samples_per_second']['nnsim']:12,.0f}{words:>12}"


def _cost(result: Mapping[str, Any]) -> str:
    if "error" in result:
        return f"  {result['name']:26}not measured: {result['error']}"
    over = "   over" if result["cost"] > result["most"] else ""
    return f"  {result['name']:26}{1000 * result['cost']:8.1f} ms (at most {1000 * result['most']:g}){over}"
