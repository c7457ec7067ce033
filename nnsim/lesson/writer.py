"""Hands out every quantity of a trace as a marked symbol and a marked number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.lesson.focus import Focus, Item, ParameterFocus, parameter_at, parameter_index
from nnsim.lesson.notation import (
    PLAIN,
    Formula,
    Style,
    Term,
    base,
    column,
    factor,
    mark,
    matrix,
    number,
    row,
    shown,
)
from nnsim.lesson.symbols import slope, symbols_of
from nnsim.lesson.trace import Trace
from nnsim.model.network import Edge, Node

Vector = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """One formula.

    Attributes
    ----------
    symbols : Formula
    numbers : Formula or None
        The same with its numbers, where it has any.
    numbers_suffice : bool
        Whether the symbols need not stand beside the numbers: they say no more.
    """

    symbols: Formula
    numbers: Formula | None = None
    numbers_suffice: bool = False

    @property
    def written(self) -> tuple[Formula, ...]:
        """What stands on the page."""
        if self.numbers is None:
            return (self.symbols,)
        return (self.numbers,) if self.numbers_suffice else (self.symbols, self.numbers)


def line(symbols: str, numbers: str | None = None, numbers_suffice: bool = False) -> Line:
    """A line from marked LaTeX."""
    return Line(Formula(symbols), None if numbers is None else Formula(numbers), numbers_suffice)


class Writer:
    """Writes the quantities of one sample of a trace.

    Parameters
    ----------
    trace : Trace
    sample : int
        Place of the sample in the batch.
    style : Style
    """

    def __init__(self, trace: Trace, sample: int = 0, style: Style = PLAIN) -> None:
        self.trace = trace
        self.sample = sample
        self.style = style
        self.symbols = symbols_of(trace.document)

    def number(self, value: float) -> str:
        """A number that nothing on the graph stands for."""
        return number(value, self.style)

    def factor(self, value: float) -> str:
        """The same as it stands in a product."""
        return factor(value, self.number(value))

    def base(self, value: float) -> str:
        """The same as it stands below an exponent."""
        return base(value, self.number(value))

    def term(self, role: str, symbol: str, value: float, item: Item | None = None) -> Term:
        """Any quantity."""
        sign = ("negative" if value < 0 else "positive") if role == "weight" else role
        return Term(mark(role, symbol, item), mark(sign, self.number(value), item), float(value))

    # --- one number

    def a(self, layer: int, unit: int) -> Term:
        """Activation, or input."""
        value = self.trace.value("a", layer)[self.sample, unit]
        return self.term("activation", self.symbols.a(layer, unit), value, Node(layer, unit))

    def z(self, layer: int, unit: int) -> Term:
        """Pre-activation."""
        value = self.trace.value("z", layer)[self.sample, unit]
        return self.term("activation", self.symbols.z(layer, unit), value, Node(layer, unit))

    def y(self, unit: int) -> Term:
        """Target."""
        value = float(self.trace.y[self.sample, unit])
        return Term(self.symbols.y(unit), self.number(value), value)

    def weight(self, edge: Edge) -> Term:
        """Weight before the update."""
        place = self.trace.place_of(edge)
        assert place is not None
        symbol = self.symbols.weight(edge)
        if self.trace.network.layers[edge.layer].kind != "dense":
            symbol = self.symbols.parameter(parameter_at(self.trace.layout, place))
        return self.term("weight", symbol, self.trace.before.theta[place], edge)

    def bias(self, layer: int, unit: int) -> Term | None:
        """Bias before the update, if there is one."""
        biases = self.trace.layout.view(self.trace.before.theta, layer, "bias")
        if biases is None:
            return None
        return self.term("weight", self.symbols.bias(layer, unit), biases[unit], Node(layer, unit))

    def parameter(self, focus: ParameterFocus) -> Term:
        """Any parameter before the update."""
        value = self.trace.before.theta[parameter_index(self.trace.layout, focus)]
        return self.term("weight", self.symbols.parameter(focus), value, focus)

    def penalised(self, focus: Focus | None) -> Term | None:
        """The parameter that a focus is or stands on, if the penalty counts it."""
        place = self.trace.place_of(focus)
        if place is None or not self.trace.is_penalised(place):
            return None
        return self.weight(focus) if isinstance(focus, Edge) else self._parameter_of(focus)

    def _parameter_of(self, focus: Focus | None) -> Term | None:
        return self.parameter(focus) if isinstance(focus, ParameterFocus) else None

    def alpha(self, layer: int) -> Term:
        """Learned slope before the update."""
        slopes = self.trace.layout.view(self.trace.before.theta, layer, "slope")
        assert slopes is not None
        return self.term("weight", self.symbols.alpha(layer), slopes[0])

    def delta(self, layer: int, unit: int) -> Term:
        """∂L/∂z of this sample."""
        value = self.slope("z", layer)[self.sample, unit]
        return self.term("gradient", self.symbols.delta(layer, unit), value, Node(layer, unit))

    def slope_a(self, layer: int, unit: int) -> Term:
        """∂L/∂a of this sample."""
        value = self.slope("a", layer)[self.sample, unit]
        return self.term("gradient", slope(self.symbols.a(layer, unit)), value, Node(layer, unit))

    def slope(self, role: str, layer: int) -> Vector:
        """∂L/∂ a buffer that the backward pass reaches, shape (n, units)."""
        found = self.trace.slope(role, layer)
        assert found is not None
        return found

    # --- whole layers

    def places(self, layer: int) -> tuple[int, ...]:
        """The units of a layer whose numbers are written, the same in every formula: what is lit."""
        strengths = np.abs(self.trace.value("a", layer)[self.sample])
        if layer == self.trace.last:
            strengths = np.maximum(strengths, np.abs(self.trace.y[self.sample]))
        return shown(strengths, self.style)

    def row(self, role: str, values: Vector, layer: int) -> str:
        """A layer's numbers on one line."""
        return row(lambda i: self.term(role, "", values[i], Node(layer, i)).number, self.places(layer))

    def column(self, role: str, values: Vector, layer: int) -> str:
        """A layer's numbers one below the other."""
        return column(lambda i: self.term(role, "", values[i], Node(layer, i)).number, self.places(layer))

    def targets(self) -> str:
        """The sample's targets on one line."""
        y = self.trace.y[self.sample]
        return row(lambda i: self.number(y[i]), self.places(self.trace.last))

    def matrix(self, role: str, values: Vector, source: int, layer: int) -> str:
        """Numbers of a connection's edges, shape (units, inputs)."""

        def entry(unit: int, i: int) -> str:
            return self.term(role, "", values[unit, i], Edge(source, i, layer, unit)).number

        return matrix(entry, self.places(layer), self.places(source))
