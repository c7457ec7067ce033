"""A sample on its own way through a step of training: masks and statistics are those of the step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnsim.data.dataset import Dataset
from nnsim.engine.engine import Numbers, Pass, Problem
from nnsim.engine.ops import OPERATIONS
from nnsim.engine.reference import forward, new_buffers, set_clock
from nnsim.engine.snapshot import Sample
from nnsim.engine.tape import Tape
from nnsim.model.parameters import Vector

MOST_WALKED = 2048
"""Samples of a batch, at most, that is run once more for one of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """Where a step of training sets out.

    Attributes
    ----------
    theta : array, shape (P,)
    data : Dataset
    batch : array of int
        Numbers of the samples in `data`.
    step : int
        Updates made before.
    """

    theta: Vector
    data: Dataset
    batch: Numbers
    step: int


@dataclass(frozen=True, slots=True, eq=False)
class LastStep:
    """The last update.

    Attributes
    ----------
    batch : array of int
        Numbers of its training samples; -1 for one from elsewhere.
    sample : Sample
        The first of them.
    gradient, update : arrays, shape (P,)
    walk : Walk
        From where.
    """

    batch: Numbers
    sample: Sample
    gradient: Vector
    update: Vector
    walk: Walk


def trains_otherwise(problem: Problem) -> bool:
    """Whether a step of training runs other operations than a prediction: dropout, statistics of a batch."""
    return _kinds(problem.tape) != _kinds(problem.plain)


def _kinds(tape: Tape) -> list[tuple[str, int]]:
    ops = (op for number, op in enumerate(tape.ops) if number not in tape.after)
    return [(op.kind, op.layer) for op in ops if op.kind != "penalty"]


def own_pass(problem: Problem, walk: Walk, row: int) -> Pass:
    """One sample of a batch, by its row there, as training runs it, and the gradient of its own loss."""
    tape, theta = problem.tape, walk.theta
    x, y = walk.data.x[walk.batch], walk.data.y[walk.batch]
    values = new_buffers(tape, len(x))
    values[0][...], values[tape.expected][...] = x, y
    set_clock(tape, values, walk.step)
    forward(tape, theta, values)
    gradient = np.zeros(tape.parameters)
    dvalues = [np.zeros_like(value) for value in values]
    others = np.arange(len(x)) != row
    scale = len(x) if problem.averages else 1
    with np.errstate(over="ignore", invalid="ignore"):
        for number in tape.backward:
            op = tape.ops[number]
            if op.kind == "penalty":
                continue
            OPERATIONS[op.kind].backward(op, theta, gradient, values, dvalues)
            if op.target == tape.loss:
                dvalues[op.source][others] = 0.0
                dvalues[op.source] *= scale
    layers = range(1, len(tape.network.layers))
    return Pass(
        tuple(values[number][row] for number in tape.outputs),
        (None, *(values[tape.sums(i)][row] for i in layers)),
        (None, *(dvalues[tape.sums(i)][row] for i in layers)),
        gradient,
        float(values[tape.loss][row, 0]) * scale,
    )
