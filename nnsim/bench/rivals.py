"""Who is measured. Each rival gets a case and returns a function that makes `n` training steps."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice, pairwise
from typing import Any, Protocol

import numpy as np

from nnsim.bench.cases import Case
from nnsim.data.dataset import Dataset
from nnsim.engine.engine import Problem, RunState
from nnsim.engine.initialize import initial_parameters
from nnsim.model.document import Document

Steps = Callable[[int], None]


class Timed(Protocol):
    """What is measured: a document with its data, trained in batches."""

    @property
    def batch(self) -> int: ...

    @property
    def samples(self) -> int: ...

    @property
    def optimizer(self) -> str: ...

    @property
    def learning_rate(self) -> float: ...

    @property
    def binary(self) -> bool: ...

    def document(self) -> Document: ...

    def dataset(self) -> Dataset: ...


def _batches(case: Timed) -> Iterator[Any]:
    """Numbers of the samples of one batch after the other, shuffled anew for each epoch, without end."""
    random = np.random.default_rng(1)
    while True:
        order = random.permutation(case.samples)
        for start in range(0, case.samples, case.batch):
            yield order[start : start + case.batch]


def nnsim_jit(case: Timed) -> Steps:
    """nnsim's compiled engine, counting of right answers included."""
    from nnsim.engine.compiled import JitEngine

    problem = Problem(case.document(), case.dataset())
    engine = JitEngine(problem)
    theta = initial_parameters(problem.document)
    state = RunState(theta, np.zeros_like(theta), np.zeros_like(theta))

    def steps(n: int) -> None:
        engine.train(state, n)

    return steps


def numpy_plain(case: Case) -> Steps:
    """What one writes by hand in NumPy: float32, in place where that is easy."""
    random = np.random.default_rng(1)
    dataset, rate = case.dataset(), np.float32(case.learning_rate)
    weights = [random.normal(0, 0.1, shape).astype(np.float32) for shape in pairwise(case.sizes)]
    biases = [np.zeros(units, np.float32) for units in case.sizes[1:]]
    parameters = [*weights, *biases]
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in parameters]
    batches = _batches(case)
    count = 0

    def update(gradients: list[Any]) -> None:
        nonlocal count
        count += 1
        if case.optimizer == "sgd":
            for p, g in zip(parameters, gradients, strict=True):
                p -= rate * g
            return
        scale = np.float32(case.learning_rate * (1 - 0.999**count) ** 0.5 / (1 - 0.9**count))
        for p, g, (m, v) in zip(parameters, gradients, moments, strict=True):
            m += np.float32(0.1) * (g - m)
            v += np.float32(0.001) * (g * g - v)
            p -= scale * m / (np.sqrt(v) + np.float32(1e-8))

    def step(x: Any, y: Any) -> None:
        activations = [x]
        for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
            z = activations[-1] @ w + b
            if layer < len(weights) - 1:
                z = np.tanh(z) if case.hidden == "tanh" else np.maximum(z, 0)
            elif case.binary:
                z = 1 / (1 + np.exp(-z))
            else:
                e = np.exp(z - z.max(axis=1, keepdims=True))
                z = e / e.sum(axis=1, keepdims=True)
            activations.append(z)
        delta = (activations[-1] - y) / np.float32(len(x))
        gradients: list[Any] = [None] * len(parameters)
        for layer in reversed(range(len(weights))):
            a = activations[layer]
            gradients[layer] = a.T @ delta
            gradients[len(weights) + layer] = delta.sum(axis=0)
            if layer:
                delta = delta @ weights[layer].T
                delta *= 1 - a * a if case.hidden == "tanh" else a > 0
        update(gradients)

    def steps(n: int) -> None:
        for batch in islice(batches, n):
            step(dataset.x[batch], dataset.y[batch])

    return steps


def torch_eager(case: Case, threads: int) -> Steps:
    """PyTorch as its tutorials write it."""
    from torch import nn

    modules: list[Any] = []
    for inputs, units in pairwise(case.sizes):
        modules += [nn.Linear(inputs, units), nn.Tanh() if case.hidden == "tanh" else nn.ReLU()]
    return torch_steps(case, nn.Sequential(*modules[:-1]), threads)


def torch_steps(case: Timed, model: Any, threads: int) -> Steps:
    """PyTorch's loop as its tutorials write it, but for their slow loaders: a batch is one indexing."""
    import torch
    from torch import nn

    loss = nn.BCEWithLogitsLoss() if case.binary else nn.CrossEntropyLoss()
    kinds = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}
    optimizer = kinds[case.optimizer](model.parameters(), lr=case.learning_rate)
    dataset = case.dataset()
    x = torch.from_numpy(dataset.x)
    y = torch.from_numpy(dataset.y if case.binary else dataset.y.argmax(axis=1))
    batches = map(torch.from_numpy, _batches(case))

    def steps(n: int) -> None:
        torch.set_num_threads(threads)
        for batch in islice(batches, n):
            optimizer.zero_grad()
            loss(model(x[batch]), y[batch]).backward()
            optimizer.step()

    return steps


def sklearn_partial_fit(case: Case) -> Steps:
    """scikit-learn's ``MLPClassifier``, one call of ``partial_fit`` for each batch."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        hidden_layer_sizes=case.sizes[1:-1],
        activation=case.hidden,
        solver=case.optimizer,
        alpha=0.0,
        batch_size=case.batch,
        learning_rate_init=case.learning_rate,
        momentum=0.0,
    )
    dataset = case.dataset()
    y = dataset.y[:, 0] if case.binary else dataset.y.argmax(axis=1)
    classes = np.arange(max(2, case.sizes[-1]))
    batches = _batches(case)

    def steps(n: int) -> None:
        for batch in islice(batches, n):
            model.partial_fit(dataset.x[batch], y[batch], classes=classes)

    return steps


def bare_sgemm(case: Case) -> Steps:
    """Only the matrix products of a step, into memory that is there already: what one core can do."""
    from scipy.linalg.blas import sgemm

    def matrix(*shape: int) -> Any:
        return np.ones(shape, np.float32, order="F")

    products = [(matrix(m, k), matrix(k, n), matrix(m, n)) for m, n, k in case.products()]

    def steps(n: int) -> None:
        for _ in range(n):
            for a, b, c in products:
                sgemm(1.0, a, b, c=c, overwrite_c=True)

    return steps


def rivals(cores: int) -> dict[str, Callable[[Case], Steps]]:
    """Everybody who is installed, by name; PyTorch once for each number of threads worth trying."""
    found: dict[str, Callable[[Case], Steps]] = {"nnsim": nnsim_jit, "numpy": numpy_plain}
    if importlib.util.find_spec("torch"):
        for threads in sorted({1, 2, cores}):
            if threads <= cores:
                found[f"torch {threads}"] = partial(torch_eager, threads=threads)
    if importlib.util.find_spec("sklearn"):
        found["sklearn"] = sklearn_partial_fit
    found["sgemm"] = bare_sgemm
    return found
