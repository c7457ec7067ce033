"""Every way on which a change of a weight or a unit reaches the loss.

By the chain rule, a gradient is the sum over these paths of the product of the local derivatives along
each. They are those of the tape: where loss and activation are one operation, one factor stands for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.ops.losses import LOSSES
from nnsim.engine.ops.operation import Gradient, Op
from nnsim.lesson.trace import Trace
from nnsim.model.network import Edge, Node

Vector = NDArray[np.floating[Any]]
MOST_PATHS = 256
"""More are counted, but not listed."""


class Factor(NamedTuple):
    """One local derivative on a path.

    Attributes
    ----------
    kind : str
        ``loss`` (∂L/∂ŷ, or ∂L/∂z where the tape takes it at once), ``activation`` (f′(z), or ∂a_k/∂z_j of
        a softmax), ``weight`` (∂z/∂a = w) or ``input`` (∂z/∂w = a, the first factor of an edge).
    item : Node or Edge
        Where it stands: the unit, or the edge whose weight it is.
    values : array, shape (n,)
        One for each sample of the batch.
    """

    kind: str
    item: Node | Edge
    values: Vector


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """One way to the loss.

    Attributes
    ----------
    nodes : tuple of Node
        The units it passes, from the start to the output.
    factors : tuple of Factor
        From the loss back to the start, as the chain rule is written.
    """

    nodes: tuple[Node, ...]
    factors: tuple[Factor, ...]

    @property
    def products(self) -> Vector:
        """What each sample contributes on this path, shape (n,)."""
        product: Vector = np.prod([factor.values for factor in self.factors], axis=0)
        return product

    @property
    def product(self) -> float:
        """The path's share of the gradient."""
        return float(self.products.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """All paths from a node or an edge to the loss.

    Attributes
    ----------
    start : Node or Edge
        Of a node, the derivative is that by its activation, or by z where the loss reads that; of an edge,
        by its weight.
    count : int
    paths : tuple of Path
        Empty where there are more than :data:`MOST_PATHS`.
    """

    start: Node | Edge
    count: int
    paths: tuple[Path, ...]

    @property
    def total(self) -> float | None:
        """Sum over the paths: ∂L/∂ the start, the penalty left out; None where they are not listed."""
        return sum(path.product for path in self.paths) if len(self.paths) == self.count else None


class _Hop(NamedTuple):
    """One operation's way from one number to another; no target where the loss is reached."""

    target: tuple[int, int] | None
    factor: Factor


def paths(trace: Trace, start: Node | Edge) -> Paths:
    """Find every path from a node or an edge to the loss."""
    if isinstance(start, Edge):
        if start in trace.network.removed_edges:
            return Paths(start, 0, ())
        place = trace.tape.buffer("z", start.layer), start.unit
        entered = Node(start.source_layer, start.source_unit)
        nodes: tuple[Node, ...] = (entered, Node(start.layer, start.unit))
        a = trace.value("a", start.source_layer)[:, start.source_unit]
        begin: tuple[Factor, ...] = (Factor("input", entered, a),)
    else:
        fused = start.layer == trace.last and trace.slope("a", start.layer) is None
        place = trace.tape.buffer("z" if fused else "a", start.layer), start.unit
        nodes, begin = (start,), ()
    walker = _Walker(trace)
    count = walker.count(*place)
    found = tuple(walker.walk(place, nodes, begin)) if count <= MOST_PATHS else ()
    return Paths(start, count, found)


class _Walker:
    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        tape = trace.tape
        self._readers: dict[int, list[int]] = {}
        for number in tape.backward:
            op = tape.ops[number]
            if op.source >= 0 and op.source_gradient != Gradient.NONE:
                self._readers.setdefault(op.source, []).append(number)
        self._derivatives: dict[int, Vector] = {}
        self.count = cache(self._count)

    def _count(self, buffer: int, unit: int) -> int:
        """Number of paths, without walking them."""
        tape, found = self._trace.tape, 0
        for number in self._readers.get(buffer, ()):
            op = tape.ops[number]
            width = tape.buffers[op.target].width
            if op.kind in LOSSES:
                found += 1
            elif op.kind not in ("affine", "softmax"):
                found += self.count(op.target, unit)
            elif not self._trace.network.removed_edges:
                # All units of a layer have as many paths.
                found += width * self.count(op.target, 0)
            elif op.kind == "affine":
                found += sum(self.count(op.target, edge.unit) for edge in self._edges(op, unit))
            else:
                found += sum(self.count(op.target, k) for k in range(width))
        return found

    def _edges(self, op: Op, unit: int) -> Iterator[Edge]:
        tape, removed = self._trace.tape, self._trace.network.removed_edges
        source = tape.buffers[op.source].layer
        edges = (Edge(source, unit, op.layer, j) for j in range(tape.buffers[op.target].width))
        return (edge for edge in edges if edge not in removed)

    def _hops(self, buffer: int, unit: int) -> Iterator[_Hop]:
        for number in self._readers.get(buffer, ()):
            op = self._trace.tape.ops[number]
            if op.kind == "affine":
                yield from self._affine(op, unit)
            elif op.kind == "softmax":
                yield from self._softmax(op, unit)
            elif op.kind in LOSSES:
                yield _Hop(None, Factor("loss", Node(op.layer, unit), self._trace.passed(number)[:, unit]))
            else:
                slope = self._derivative(number)[:, unit]
                yield _Hop((op.target, unit), Factor("activation", Node(op.layer, unit), slope))

    def _affine(self, op: Op, unit: int) -> Iterator[_Hop]:
        trace = self._trace
        for edge in self._edges(op, unit):
            weight = trace.before.theta[trace.layout.edge_index(edge)]
            yield _Hop((op.target, edge.unit), Factor("weight", edge, np.full(trace.samples, weight)))

    def _softmax(self, op: Op, unit: int) -> Iterator[_Hop]:
        a = self._trace.values[op.target]
        for k in range(a.shape[1]):
            jacobian = a[:, k] * (float(k == unit) - a[:, unit])
            yield _Hop((op.target, k), Factor("activation", Node(op.layer, k), jacobian))

    def _derivative(self, number: int) -> Vector:
        if number not in self._derivatives:
            self._derivatives[number] = self._trace.derivative(self._trace.tape.ops[number])
        return self._derivatives[number]

    def walk(
        self, place: tuple[int, int], nodes: tuple[Node, ...], factors: tuple[Factor, ...]
    ) -> Iterator[Path]:
        """Every path that goes on from a number, depth first."""
        for hop in self._hops(*place):
            found = (hop.factor, *factors)
            if hop.target is None:
                yield Path(nodes, found)
                continue
            node = Node(self._trace.tape.buffers[hop.target[0]].layer, hop.target[1])
            yield from self.walk(hop.target, nodes if nodes[-1] == node else (*nodes, node), found)
