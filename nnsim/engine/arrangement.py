"""How the compiled engine keeps the parameters of a network whose input is mostly 0.

The layout keeps the weights of each unit together. :mod:`nnsim.engine.sparse` wants those of each input
together, in panels of as many units as it works on at once. An update treats all parameters alike, so the
engine may keep them like that while it trains, and put them back where the layout says when it is done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.ops.operation import Op, Use
from nnsim.engine.tape import Tape

PANEL = 16
"""Units in a panel; the last panel of a layer is filled up with units that are none."""
WORTH_SPARSE = 1024
"""Weights in a connection from which it pays to look for inputs that are 0."""
CACHE_LINE = 64
ENTRY = 3
"""Integers (int64) that stand in the source buffer in place of a sample's inputs (float32)."""
FEWEST_INPUTS = 2 * ENTRY
"""Inputs from which a sample has room for its entry."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Another order of the parameters.

    Attributes
    ----------
    place : array of int, shape (P,)
        Where each parameter stands.
    size : int
        Length of the engine's vectors. What is no parameter's place holds 0 and stays 0.
    tape : Tape
        The operations, which look for the parameters there, and read the input by ``affine_sparse``.
    """

    place: NDArray[np.intp]
    size: int
    tape: Tape

    def arranged(self, vector: NDArray[Any]) -> NDArray[np.float32]:
        """A copy in this order, which starts on a line of the processor's cache."""
        memory = np.zeros(4 * self.size + CACHE_LINE, np.uint8)
        start = -memory.ctypes.data % CACHE_LINE
        own: NDArray[np.float32] = memory[start : start + 4 * self.size].view(np.float32)
        own[self.place] = vector
        return own


def sparse_readers(tape: Tape) -> tuple[Op, ...]:
    """The operations that read the input, if all of them can take it as a list of what is not 0."""
    source = tape.buffer("a", 0)
    inputs = tape.buffers[source].width
    readers = tuple(op for op in tape.ops if op.source == source)
    able = (
        inputs >= FEWEST_INPUTS
        and not tape.after
        and all(
            op.kind == "affine" and op.attributes.size == inputs and _weights(tape, op) >= WORTH_SPARSE
            for op in readers
        )
    )
    return readers if able else ()


def _weights(tape: Tape, op: Op) -> int:
    return tape.buffers[op.source].width * tape.buffers[op.target].width


def in_panels(tape: Tape) -> Arrangement:
    """The weights of the :func:`sparse_readers` first, in panels; then the rest as it was."""
    place = np.full(tape.parameters, -1, np.intp)
    sizes = {}
    size = 0
    for op in sparse_readers(tape):
        weights, inputs = np.arange(_weights(tape, op)), op.attributes.size
        unit, column = np.divmod(weights, inputs)
        panel, lane = np.divmod(unit, PANEL)
        place[op.weight + weights] = size + (panel * inputs + column) * PANEL + lane
        sizes[op.weight] = (int(panel[-1]) + 1) * inputs * PANEL
        size += sizes[op.weight]
    rest = np.flatnonzero(place < 0)
    place[rest] = size + np.arange(len(rest))
    size += len(rest)

    def moved(op: Op) -> Op:
        uses = tuple(_moved(use, place) for use in op.uses)
        if op.kind == "penalty":
            size = sizes.get(op.weight, op.attributes.size)
            return replace(op, uses=uses, attributes=op.attributes._replace(size=size))
        kind = "affine_sparse" if op.kind == "affine" and op.weight in sizes else op.kind
        return replace(op, kind=kind, uses=uses)

    return Arrangement(place, size, replace(tape, ops=tuple(map(moved, tape.ops)), parameters=size))


def _moved(use: Use, place: NDArray[np.intp]) -> Use:
    if use.place < 0:
        return use
    return replace(use, place=int(place[use.place]), tensor=int(place[use.tensor]))
