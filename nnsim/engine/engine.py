"""What the trainer asks of an engine, and what both engines are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Dataset
from nnsim.engine.lowering import Mode, lower, lower_training
from nnsim.engine.ops.losses import SUMMED
from nnsim.engine.tape import Tape
from nnsim.model.document import Document
from nnsim.model.parameters import Layout
from nnsim.model.training import Training

Vector = NDArray[np.floating[Any]]
Numbers = NDArray[np.int64]
_PIECE = 1_000_000
"""Numbers that the buffers of a piece of the samples hold, at most, however wide the network is."""


class Problem:
    """A document and its data, made ready for an engine.

    Attributes
    ----------
    document : Document
    dataset : Dataset
    layout : Layout
    tape : Tape
        What training runs, the penalty included.
    plain : Tape
        What a prediction runs, for probes and scores: no penalty, and nothing left to chance.
    removed : array of int
        Places of the removed edges among the parameters.
    mask : array of float32, shape (P,)
        1 where training may change the parameter, else 0.
    batch_size : int
        Samples in a batch, the last of an epoch excepted.
    shuffled : bool
        False for the full batch, which has no order.
    averages : bool
        Whether the loss is a mean over the batch rather than a sum.
    """

    def __init__(self, document: Document, dataset: Dataset) -> None:
        network, training = document.network, document.training
        self.document = document
        self.dataset = dataset
        self.layout = Layout(network)
        self.tape: Tape = lower_training(document)
        self.plain: Tape = lower(network, training.loss, mode=Mode.EVAL)
        self.removed = np.flatnonzero(self.layout.removed())
        self.mask = self.layout.trainable().astype(np.float32)
        samples = dataset.samples
        self.shuffled = 0 < training.batch_size < samples
        self.batch_size = training.batch_size if self.shuffled else samples
        self.averages = training.loss not in SUMMED

    @property
    def training(self) -> Training:
        """The training settings."""
        return self.document.training


@dataclass(slots=True)
class RunState:
    """Everything that training changes. An engine works on it in place, in its own precision.

    Attributes
    ----------
    theta, m, v : arrays, shape (P,)
        Parameters and the optimiser's two vectors.
    count : int
        Updates since the optimiser began.
    step : int
        Updates made so far.
    epoch : int
        Whole passes over the samples so far.
    cursor : int
        Samples of the current epoch already used.
    """

    theta: Vector
    m: Vector
    v: Vector
    count: int = 0
    step: int = 0
    epoch: int = 0
    cursor: int = 0

    def copy(self) -> RunState:
        """A state that shares no memory with this one."""
        return self.astype(self.theta.dtype)

    def astype(self, dtype: Any) -> RunState:
        """A copy in another precision."""
        vectors = (self.theta.astype(dtype), self.m.astype(dtype), self.v.astype(dtype))
        return RunState(*vectors, self.count, self.step, self.epoch, self.cursor)


@dataclass(frozen=True, slots=True)
class Slice:
    """What came of a call of :meth:`Engine.train`.

    Attributes
    ----------
    steps : int
        Updates made; the loss before each of them was finite.
    samples, hits : int
        Samples seen, and how many of them were answered right.
    loss : float
        Sum over the samples seen of their loss.
    failed : bool
        The loss of the next step, or of the last batch once more, is NaN or infinite.
    """

    steps: int
    samples: int
    hits: int
    loss: float
    failed: bool

    def __add__(self, later: Slice) -> Slice:
        return Slice(
            self.steps + later.steps,
            self.samples + later.samples,
            self.hits + later.hits,
            self.loss + later.loss,
            later.failed,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """One sample's way forwards and backwards; sequences have one entry for each layer."""

    activations: tuple[Vector, ...]
    pre_activations: tuple[Vector | None, ...]
    deltas: tuple[Vector | None, ...]
    gradient: Vector
    loss: float


class Engine(Protocol):
    """One way to run a tape.

    Attributes
    ----------
    name : str
    dtype : type
        Precision of the states it works on.
    """

    @property
    def name(self) -> str: ...

    @property
    def dtype(self) -> type[np.floating[Any]]: ...

    @property
    def gradient(self) -> Vector:
        """Of the last step of :meth:`train`, shape (P,), the penalty's share included."""

    def train(self, state: RunState, steps: int) -> Slice:
        """Make `steps` updates, or stop before the first whose loss is NaN or infinite."""

    def next_batch(self, state: RunState) -> Numbers:
        """Numbers of the samples that the next step would use."""

    def probe(self, theta: Vector, x: Vector, y: Vector) -> Pass:
        """Run one sample forwards and backwards."""

    def layer_outputs(self, theta: Vector, x: Vector, layers: Sequence[int]) -> tuple[Vector, ...]:
        """Activations of some layers, counted from 0, for many inputs, each (n, units)."""

    def score(self, theta: Vector, x: Vector, y: Vector) -> tuple[float, int]:
        """Loss of many samples, and how many of them are answered right."""


def hits(prediction: Vector, y: Vector, task: str) -> int:
    """How many predictions answer right; 0 for a regression.

    Parameters
    ----------
    prediction, y : arrays, shape (n, outputs)
    task : str
        As in :class:`nnsim.data.dataset.Dataset`.
    """
    if task == "binary":
        return int(np.sum(np.all((prediction > 0.5) == (y > 0.5), axis=1)))
    if task == "multiclass":
        return int(np.sum(prediction.argmax(axis=1) == y.argmax(axis=1)))
    return 0


def piece(tape: Tape, most: int) -> int:
    """How many samples are run forwards at once where there are many: fewer for a wide network.

    Parameters
    ----------
    tape : Tape
    most : int
        For a narrow one.
    """
    width = sum(buffer.width for buffer in tape.buffers)
    return max(1, min(most, _PIECE // width))
