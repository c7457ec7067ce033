"""What is measured: networks, batch sizes and optimisers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nnsim.data.dataset import Dataset
from nnsim.model.data import GateData
from nnsim.model.document import Document
from nnsim.model.layers import Dense, Input
from nnsim.model.network import chain
from nnsim.model.training import Optimizer, Training

DIGITS_INK = 0.19
"""Share of MNIST's pixels that are not 0."""
LEARNING_RATES = {"sgd": 0.05, "adam": 0.001}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to train.

    Attributes
    ----------
    sizes : tuple of int
        Units of each layer, the input first. Hidden layers are `hidden`; the output is a sigmoid where
        it has one unit and a softmax otherwise, with the cross-entropy that belongs to it.
    batch : int
    optimizer : str
        ``sgd`` or ``adam``.
    samples : int
        Size of the made-up data set.
    hidden : str
        Activation of the hidden layers.
    ink : float
        Share of the inputs that are not 0.
    """

    sizes: tuple[int, ...]
    batch: int
    optimizer: str = "sgd"
    samples: int = 4096
    hidden: str = "relu"
    ink: float = 1.0

    @property
    def name(self) -> str:
        """Such as ``784–128–10, batch 32, adam``."""
        return f"{'–'.join(map(str, self.sizes))}, batch {self.batch}, {self.optimizer}"

    @property
    def binary(self) -> bool:
        """One output rather than one for each class."""
        return self.sizes[-1] == 1

    @property
    def learning_rate(self) -> float:
        """η."""
        return LEARNING_RATES[self.optimizer]

    def products(self) -> list[tuple[int, int, int]]:
        """The matrix products (m, n, k) of one training step; nobody needs the gradient of the input."""
        out = []
        for layer, (inputs, units) in enumerate(pairwise(self.sizes)):
            out += [(units, self.batch, inputs), (inputs, units, self.batch)]
            if layer > 0:
                out.append((inputs, self.batch, units))
        return out

    def document(self) -> Document:
        """The case as a document; the data it names is not used."""
        hidden = [Dense(units, self.hidden) for units in self.sizes[1:-1]]
        output = Dense(self.sizes[-1], "sigmoid" if self.binary else "softmax")
        training = Training(
            loss="bce" if self.binary else "cross_entropy",
            optimizer=Optimizer(self.optimizer, self.learning_rate),
            batch_size=self.batch,
        )
        return Document(chain(Input((self.sizes[0],)), *hidden, output), GateData(), training)

    def dataset(self) -> Dataset:
        """Noise with noise to learn: of how long a step takes, only the share of ink matters."""
        random = np.random.default_rng(1)
        x = random.random((self.samples, self.sizes[0]), np.float32)
        if self.ink < 1.0:
            x[random.random(x.shape, np.float32) >= self.ink] = 0.0
        if self.binary:
            y = random.integers(0, 2, (self.samples, 1)).astype(np.float32)
        else:
            y = np.eye(self.sizes[-1], dtype=np.float32)[random.integers(0, self.sizes[-1], self.samples)]
        task = "binary" if self.binary else "multiclass"
        return Dataset(x, y, x[:0], y[:0], task, tuple(map(str, range(max(2, self.sizes[-1])))))


def _digits(*sizes: int) -> list[Case]:
    return [
        Case(sizes, batch, optimizer, ink=DIGITS_INK) for batch in (32, 128) for optimizer in ("sgd", "adam")
    ]


CASES = (
    *(Case((2, 4, 2), 4, optimizer, samples=4, hidden="tanh") for optimizer in ("sgd", "adam")),
    *(Case((2, 8, 8, 8, 1), 10, optimizer, samples=200, hidden="tanh") for optimizer in ("sgd", "adam")),
    *_digits(784, 16, 16, 10),
    *_digits(784, 128, 10),
    *_digits(784, 512, 10),
)
