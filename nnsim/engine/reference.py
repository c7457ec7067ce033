"""The reference engine: the tape in float64 NumPy, written to be read.

It is the oracle that the compiled engine is tested against, and it serves while that one compiles.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnsim.engine.engine import Numbers, Pass, Problem, RunState, Slice, Vector, hits, piece
from nnsim.engine.ops import OPERATIONS
from nnsim.engine.ops.dropout import clock_numbers
from nnsim.engine.ops.operation import Matrix
from nnsim.engine.optimizers import UPDATES, clip
from nnsim.engine.shuffle import epoch_order
from nnsim.engine.tape import Tape

CHUNK = 1024
"""Samples run forwards at once where there are many."""


def new_buffers(tape: Tape, batch: int) -> list[Matrix]:
    """A matrix (batch, width) of zeros for each buffer of a tape; one row where it is the batch's."""
    return [np.zeros((buffer.rows(batch), buffer.width)) for buffer in tape.buffers]


def set_clock(tape: Tape, values: list[Matrix], step: int) -> None:
    """Tell a tape's clock, if it has one, how many steps were made before this one."""
    if tape.clock is not None:
        values[tape.clock][0] = clock_numbers(step)


def forward(tape: Tape, theta: Matrix, values: list[Matrix]) -> float:
    """Run a tape forwards on the input and targets that stand in `values`.

    Returns
    -------
    float
        Loss of the batch, the penalty left out.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        for number in tape.forward:
            op = tape.ops[number]
            OPERATIONS[op.kind].forward(op, theta, values)
        return float(values[tape.loss].sum())


def backward(tape: Tape, theta: Matrix, values: list[Matrix]) -> tuple[Matrix, list[Matrix]]:
    """Run a tape backwards after :func:`forward`.

    Returns
    -------
    grad : array, shape (P,)
        ∂(loss + penalty)/∂θ.
    dvalues : list of arrays, shape (batch, width)
        The same by every buffer that the backward pass reaches; 0 in the others.
    """
    grad = np.zeros(tape.parameters)
    dvalues = [np.zeros_like(value) for value in values]
    with np.errstate(over="ignore", invalid="ignore"):
        for number in tape.backward:
            op = tape.ops[number]
            OPERATIONS[op.kind].backward(op, theta, grad, values, dvalues)
    return grad, dvalues


def finish(tape: Tape, theta: Matrix, values: list[Matrix]) -> None:
    """What follows an update: running statistics, lengths that weights may have."""
    for number in tape.after:
        op = tape.ops[number]
        OPERATIONS[op.kind].forward(op, theta, values)


class ReferenceEngine:
    """As :class:`nnsim.engine.engine.Engine`.

    Parameters
    ----------
    problem : Problem
    """

    name = "reference"
    dtype = np.float64

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.gradient: Vector = np.zeros(problem.layout.size)
        self._order = np.arange(problem.dataset.samples)
        self._epoch = -1

    def _load(self, tape: Tape, x: Vector, y: Vector | None = None) -> list[Matrix]:
        values = new_buffers(tape, len(x))
        values[0][...] = x
        if y is not None:
            values[tape.expected][...] = y
        return values

    def next_batch(self, state: RunState) -> Numbers:
        """As in :class:`Engine`."""
        problem = self.problem
        if problem.shuffled and self._epoch != state.epoch:
            self._order = epoch_order(problem.training.seed, state.epoch, problem.dataset.samples)
            self._epoch = state.epoch
        return self._order[state.cursor : state.cursor + problem.batch_size].copy()

    def train(self, state: RunState, steps: int) -> Slice:
        """As in :class:`Engine`."""
        problem, dataset, tape = self.problem, self.problem.dataset, self.problem.tape
        seen = right = 0
        total = 0.0
        for step in range(steps):
            batch = self.next_batch(state)
            values = self._load(tape, dataset.x[batch], dataset.y[batch])
            set_clock(tape, values, state.step)
            loss = forward(tape, state.theta, values)
            if not np.isfinite(loss):
                return Slice(step, seen, right, total, failed=True)
            self.gradient, _ = backward(tape, state.theta, values)
            self._update(state)
            finish(tape, state.theta, values)
            self._advance(state, len(batch))
            seen += len(batch)
            right += hits(values[tape.output], values[tape.expected], dataset.task)
            total += loss * (len(batch) if problem.averages else 1)
        # The last update is judged by the batch that caused it.
        failed = steps > 0 and not np.isfinite(forward(tape, state.theta, values))
        return Slice(steps, seen, right, total, failed)

    def _update(self, state: RunState) -> None:
        training = self.problem.training
        settings = training.optimizer
        state.count += 1
        clip(training.clip_norm, self.gradient, self.problem.mask)
        with np.errstate(over="ignore", invalid="ignore"):
            UPDATES[settings.kind](
                settings, state.theta, self.gradient, state.m, state.v, self.problem.mask, state.count
            )

    def _advance(self, state: RunState, batch: int) -> None:
        state.step += 1
        state.cursor += batch
        if state.cursor >= self.problem.dataset.samples:
            state.cursor = 0
            state.epoch += 1

    def probe(self, theta: Vector, x: Vector, y: Vector) -> Pass:
        """As in :class:`Engine`."""
        tape = self.problem.plain
        values = self._load(tape, x[None], y[None])
        loss = forward(tape, theta, values)
        grad, dvalues = backward(tape, theta, values)
        layers = range(1, len(tape.network.layers))
        return Pass(
            tuple(values[number][0] for number in tape.outputs),
            (None, *(values[tape.sums(i)][0] for i in layers)),
            (None, *(dvalues[tape.sums(i)][0] for i in layers)),
            grad,
            loss,
        )

    def layer_outputs(self, theta: Vector, x: Vector, layers: Sequence[int]) -> tuple[Vector, ...]:
        """As in :class:`Engine`."""
        tape = self.problem.plain
        size = piece(tape, CHUNK)
        out = tuple(np.zeros((len(x), tape.network.units(layer))) for layer in layers)
        for start in range(0, len(x), size):
            values = self._load(tape, x[start : start + size])
            forward(tape, theta, values)
            for layer, found in zip(layers, out, strict=True):
                found[start : start + size] = values[tape.outputs[layer]]
        return out

    def score(self, theta: Vector, x: Vector, y: Vector) -> tuple[float, int]:
        """As in :class:`Engine`."""
        tape, right, total = self.problem.plain, 0, 0.0
        size = piece(tape, CHUNK)
        for start in range(0, len(x), size):
            values = self._load(tape, x[start : start + size], y[start : start + size])
            loss = forward(tape, theta, values)
            share = len(values[0]) / len(x) if self.problem.averages else 1.0
            total += loss * share
            right += hits(values[tape.output], values[tape.expected], self.problem.dataset.task)
        return total, right
