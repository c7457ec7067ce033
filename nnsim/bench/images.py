"""Training speed of convolutional networks beside PyTorch's at its best number of threads."""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from nnsim.bench.report import measure
from nnsim.bench.rivals import Steps, nnsim_jit, torch_steps
from nnsim.data.dataset import Dataset
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


def _torch(case: ImageCase, threads: int) -> Steps:
    from torch import nn

    modules: list[Any] = [nn.Unflatten(1, (1, case.side, case.side))]
    for before, count in zip((1, *case.filters), case.filters, strict=False):
        modules += [nn.Conv2d(before, count, 3), nn.ReLU(), nn.MaxPool2d(2)]
    network = case.document().network
    modules += [nn.Flatten(), nn.Linear(network.units(-2), case.classes)]
    return torch_steps(case, nn.Sequential(*modules), threads)


def compare(case: ImageCase) -> dict[str, Any]:
    """One case: samples per second, and how many times faster than PyTorch nnsim is."""
    contenders = {"nnsim": nnsim_jit(case)}
    if importlib.util.find_spec("torch"):
        cores = os.cpu_count() or 1
        contenders |= {f"torch {n}": _torch(case, n) for n in sorted({1, 2, cores}) if n <= cores}
    samples = {name: pace * case.batch for name, pace in measure(contenders).items()}
    rivals = [pace for name, pace in samples.items() if name != "nnsim"]
    ratio = samples["nnsim"] / max(rivals) if rivals else None
    return {"case": case.name, "samples_per_second": samples, "nnsim_is_faster_by": ratio}


def run(as_json: bool = False, cases: Sequence[ImageCase] = CASES) -> int:
    """Measure and print.

    Parameters
    ----------
    as_json : bool
        Print one JSON object instead of a table.
    cases : sequence of ImageCase

    Returns
    -------
    int
        The exit status, 0.
    """
    results = [compare(case) for case in cases]
    if as_json:
        print(json.dumps({"results": results}))
        return 0
    print(f"{'':44}{'samples/s':>12}{'× PyTorch':>12}")
    for result in results:
        ratio = result["nnsim_is_faster_by"]
        words = "–" if ratio is None else f"{ratio:.1f}"
        print(f"{result['case']:44}{result['samples_per_second']['nnsim']:12,.0f}{words:>12}")
    return 0
