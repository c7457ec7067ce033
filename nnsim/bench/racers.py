"""Two who learn the same: from the same weights, over the same batches, by the same rule."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Any, Protocol

import numpy as np

from nnsim.bench.torch_model import torch_model
from nnsim.data.dataset import Dataset
from nnsim.engine.engine import Problem, RunState
from nnsim.engine.initialize import initial_parameters
from nnsim.engine.shuffle import epoch_order
from nnsim.model.document import Document

_ROUNDS, _STEPS, _TRIED_ON = 6, 200, 4096
"""How each way to run PyTorch is tried: rounds, steps in each, samples."""


class Racer(Protocol):
    """A network in training."""

    def prepare(self, steps: int) -> None:
        """Do beforehand, for so many steps, what is not counted."""

    def train(self, steps: int) -> None:
        """Make that many updates."""

    def accuracy(self) -> float:
        """The share of the samples kept back that are answered right."""


Start = Callable[[Document, Dataset], Racer]


class Nnsim:
    """nnsim's compiled engine; it counts the right answers in each batch as well.

    Attributes
    ----------
    preparing : float
        Seconds that it took to compile or load the code, and to list what is not 0 in the data.
    """

    def __init__(self, document: Document, dataset: Dataset) -> None:
        from nnsim.engine.compiled import JitEngine

        begin = time.perf_counter()
        self._dataset = dataset
        self._engine = JitEngine(Problem(document, dataset))
        theta = initial_parameters(document).astype(np.float32)
        self._state = RunState(theta, np.zeros_like(theta), np.zeros_like(theta))
        self.preparing = time.perf_counter() - begin

    def prepare(self, steps: int) -> None:
        """Nothing: it shuffles while the clock runs."""

    def train(self, steps: int) -> None:
        """As in :class:`Racer`."""
        self._engine.train(self._state, steps)

    def accuracy(self) -> float:
        """As in :class:`Racer`."""
        data = self._dataset
        _, right = self._engine.score(self._state.theta, data.validation_x, data.validation_y)
        return right / len(data.validation_x)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to run PyTorch.

    Attributes
    ----------
    threads : int
    fused : bool
        Whether the optimiser works on all tensors in one compiled function.
    """

    threads: int
    fused: bool


class Torch:
    """PyTorch as its tutorials write it, but for their slow loaders: a batch is one indexing."""

    def __init__(self, document: Document, dataset: Dataset, way: Way = Way(1, False)) -> None:
        import torch

        self._torch = torch
        self._threads = way.threads
        self._model = torch_model(document)
        self._loss = torch.nn.CrossEntropyLoss()
        self._optimizer = _torch_optimizer(document, self._model, way.fused)
        # Copies: PyTorch warns of arrays that may not be written to.
        self._x, self._validation_x = (torch.tensor(x) for x in (dataset.x, dataset.validation_x))
        self._y, self._validation_y = (
            torch.from_numpy(y.argmax(axis=1)) for y in (dataset.y, dataset.validation_y)
        )
        self._batches = self._all_batches(document, dataset.samples)
        self._waiting: list[Any] = []

    def _all_batches(self, document: Document, samples: int) -> Iterator[Any]:
        size, seed = document.training.batch_size, document.training.seed
        for epoch in count():
            order = self._torch.from_numpy(epoch_order(seed, epoch, samples))
            yield from (order[start : start + size] for start in range(0, samples, size))

    def prepare(self, steps: int) -> None:
        """Shuffle ahead."""
        self._waiting = list(islice(self._batches, steps))

    def train(self, steps: int) -> None:
        """As in :class:`Racer`; of the batches prepared."""
        self._torch.set_num_threads(self._threads)
        for batch in self._waiting[:steps]:
            self._optimizer.zero_grad()
            self._loss(self._model(self._x[batch]), self._y[batch]).backward()
            self._optimizer.step()

    def accuracy(self) -> float:
        """As in :class:`Racer`."""
        with self._torch.no_grad():
            answers = self._model(self._validation_x).argmax(dim=1)
        return float((answers == self._validation_y).float().mean())


def _torch_optimizer(document: Document, model: Any, fused: bool) -> Any:
    from torch import optim

    settings = document.training.optimizer
    rate = settings.learning_rate
    kinds = {
        "sgd": lambda p: optim.SGD(p, lr=rate, fused=fused),
        "momentum": lambda p: optim.SGD(p, lr=rate, momentum=settings.momentum, fused=fused),
        "adam": lambda p: optim.Adam(
            p, lr=rate, betas=(settings.beta1, settings.beta2), eps=settings.epsilon, fused=fused
        ),
    }
    make: Any = kinds[settings.kind]
    return make(model.parameters())


def fastest_way(document: Document, dataset: Dataset) -> Way:
    """The way to run PyTorch that is fastest here, of all worth trying."""
    cores = os.cpu_count() or 1
    some = replace(dataset, x=dataset.x[:_TRIED_ON], y=dataset.y[:_TRIED_ON])
    racers = {
        way: Torch(document, some, way)
        for way in (Way(n, fused) for n in sorted({1, 2, cores}) if n <= cores for fused in (False, True))
    }
    best = dict.fromkeys(racers, float("inf"))
    for _ in range(_ROUNDS):
        for way, racer in racers.items():
            racer.prepare(_STEPS)
            begin = time.perf_counter()
            racer.train(_STEPS)
            best[way] = min(best[way], time.perf_counter() - begin)
    return min(best, key=best.__getitem__)
