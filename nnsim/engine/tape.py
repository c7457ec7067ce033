"""A network lowered to a table of operations over numbered buffers.

Run from the first entry to the last it is inference, from the last to the first it is autograd. Both
engines and the lesson read the same tape, so what is explained is what is executed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.buffers import Buffer
from nnsim.engine.ops.operation import (
    ADD_TARGET,
    ATTRIBUTES,
    COLUMNS,
    PREDICTION,
    SOURCE,
    TARGET,
    WEIGHT,
    Op,
    bits,
)
from nnsim.model.network import Network


@dataclass(frozen=True, slots=True)
class Tape:
    """The operations of a network in forward order.

    Attributes
    ----------
    network : Network
    buffers : tuple of Buffer
    ops : tuple of Op
    backward : tuple of int
        Numbers of the operations that run on the way back, in that order. Those of a layer that
        reaches no output are missing: its gradient is 0 and stays 0.
    after : tuple of int
        Numbers of the operations that run once an update is made, and neither forwards nor backwards.
    outputs : tuple of int
        For each layer the number of the buffer that holds what it puts out.
    parameters : int
        Length of the parameter vector.
    """

    network: Network
    buffers: tuple[Buffer, ...]
    ops: tuple[Op, ...]
    backward: tuple[int, ...]
    after: tuple[int, ...]
    outputs: tuple[int, ...]
    parameters: int

    def buffer(self, role: str, layer: int) -> int:
        """Number of a buffer.

        Raises
        ------
        KeyError
            Where the tape has no such buffer.
        """
        for number, buffer in enumerate(self.buffers):
            if buffer.role == role and buffer.layer == layer:
                return number
        raise KeyError((role, layer))

    @property
    def output(self) -> int:
        """Number of the buffer that holds ŷ."""
        return self.outputs[-1]

    @property
    def expected(self) -> int:
        """Number of the buffer that holds y."""
        return self.buffer("y", len(self.network.layers) - 1)

    @property
    def loss(self) -> int:
        """Number of the buffer that holds the shares of the loss."""
        return self.buffer("loss", len(self.network.layers) - 1)

    @property
    def clock(self) -> int | None:
        """Number of the buffer that tells the step; None where nothing is left to chance."""
        return next((i for i, buffer in enumerate(self.buffers) if buffer.role == "clock"), None)

    def sums(self, layer: int) -> int:
        """Number of the buffer that holds a layer's z; what it puts out where it has no such sums."""
        for number, buffer in enumerate(self.buffers):
            if buffer.role == "z" and buffer.layer == layer:
                return number
        return self.outputs[layer]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of operation that occur, each once."""
        return tuple(dict.fromkeys(op.kind for op in self.ops))

    @property
    def forward(self) -> tuple[int, ...]:
        """Numbers of the operations that run on the way there, in that order."""
        return tuple(number for number in range(len(self.ops)) if number not in self.after)

    def starts(self, capacity: int) -> NDArray[np.int64]:
        """Where each buffer starts in one flat vector, and its end, for batches up to `capacity`."""
        sizes = [buffer.rows(capacity) * buffer.width for buffer in self.buffers]
        return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)

    def rows(self, capacity: int) -> NDArray[np.int64]:
        """The operations as a matrix of integers for the compiled engine.

        Parameters
        ----------
        capacity : int
            Samples that a buffer has room for.

        Returns
        -------
        array of int64, shape (operations, COLUMNS)
            Columns as in :mod:`nnsim.engine.ops.operation`.
        """
        starts = self.starts(capacity)
        rows = np.zeros((len(self.ops), COLUMNS), np.int64)
        rows[:, [SOURCE, WEIGHT, WEIGHT + 2]] = -1
        for row, op in zip(rows, self.ops, strict=True):
            for i, read in enumerate(op.reads):
                first = SOURCE + 3 * i
                row[first : first + 3] = starts[read.value], self.buffers[read.value].width, read.gradient
            for i, number in enumerate(op.writes):
                first = TARGET + 2 * i
                row[first : first + 2] = starts[number], self.buffers[number].width
            row[ADD_TARGET] = op.adds
            for i, use in enumerate(op.uses):
                first = WEIGHT + 2 * i
                row[first : first + 2] = use.place, use.gradient
            row[PREDICTION : PREDICTION + len(op.beside)] = starts[list(op.beside)]
            numbers = [bits(value) if isinstance(value, float) else value for value in op.attributes]
            row[ATTRIBUTES : ATTRIBUTES + len(numbers)] = numbers
        return rows
