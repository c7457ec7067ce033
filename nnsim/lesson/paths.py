"""Every way on which a change of a weight or a unit reaches the loss.

By the chain rule, a gradient is the sum over these paths of the product of the local derivatives along
each. They are those of the tape: where loss and activation are one operation, one factor stands for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.ops.operation import Gradient
from nnsim.lesson.hops import Factor, Hop, hops
from nnsim.lesson.path_counts import path_counts
from nnsim.lesson.trace import Trace
from nnsim.model.network import Edge, Node

__all__ = ["MOST_PATHS", "Factor", "Path", "Paths", "paths"]

Vector = NDArray[np.floating[Any]]
MOST_PATHS = 256
"""More are counted, but not listed."""


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
    mixes : bool
        Whether a batch normalisation of several samples lies on the way: by it each sample reaches the loss
        of the others, so that no path is one sample's alone, and none is counted.
    """

    start: Node | Edge
    count: int
    paths: tuple[Path, ...]
    mixes: bool = False

    @property
    def total(self) -> float | None:
        """Sum over the paths: ∂L/∂ the start, the penalty left out; None where they are not listed."""
        whole = len(self.paths) == self.count and not self.mixes
        return sum(path.product for path in self.paths) if whole else None


def paths(trace: Trace, start: Node | Edge) -> Paths:
    """Find every path from a node or an edge to the loss."""
    if isinstance(start, Edge):
        if start in trace.network.removed_edges:
            return Paths(start, 0, ())
        place = trace.buffer("z", start.layer), start.unit
        entered = Node(start.source_layer, start.source_unit)
        nodes: tuple[Node, ...] = (entered, Node(start.layer, start.unit))
        a = trace.value("a", start.source_layer)[:, start.source_unit]
        begin: tuple[Factor, ...] = (Factor("input", entered, a),)
    else:
        fused = start.layer == trace.last and trace.slope("a", start.layer) is None
        place = trace.buffer("z" if fused else "a", start.layer), start.unit
        nodes, begin = (start,), ()
    counts = path_counts(trace).get(place[0])
    counted = 0.0 if counts is None else float(counts[place[1]])
    if np.isnan(counted):
        return Paths(start, 0, (), mixes=True)
    found = tuple(_Walker(trace).walk(place, nodes, begin)) if counted <= MOST_PATHS else ()
    return Paths(start, int(counted), found)


class _Walker:
    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._readers: dict[int, list[int]] = {}
        for number in trace.tape.backward:
            op = trace.tape.ops[number]
            if op.source >= 0 and op.source_gradient != Gradient.NONE:
                self._readers.setdefault(op.source, []).append(number)
        self._hops = cache(lambda number, unit: tuple(hops(trace, number, unit)))

    def walk(
        self, place: tuple[int, int], nodes: tuple[Node, ...], factors: tuple[Factor, ...]
    ) -> Iterator[Path]:
        """Every path that goes on from a number, depth first."""
        buffer, unit = place
        for number in self._readers.get(buffer, ()):
            target = self._trace.tape.ops[number].target
            for hop in self._hops(number, unit):
                yield from self._on(hop, target, nodes, (hop.factor, *factors))

    def _on(
        self, hop: Hop, target: int, nodes: tuple[Node, ...], factors: tuple[Factor, ...]
    ) -> Iterator[Path]:
        if hop.unit is None:
            yield Path(nodes, factors)
            return
        node = Node(self._trace.tape.buffers[target].layer, hop.unit)
        yield from self.walk((target, hop.unit), nodes if nodes[-1] == node else (*nodes, node), factors)
