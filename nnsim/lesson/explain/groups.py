"""Which numbers a normalisation takes together, and how their mean and variance are written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnsim.engine.ops.operation import Op
from nnsim.lesson.notation import factor, mark, total
from nnsim.lesson.trace import Trace, Vector
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Node

OVER_BATCH = frozenset({"normalize_batch"})
"""Operations whose groups reach over all samples."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The numbers that share a mean and a variance.

    Attributes
    ----------
    trace : Trace
    op : Op
    number : int
        Which of the groups of a sample, from 0.
    sample : int
        Whose; of a batch normalisation all samples are in it.
    """

    trace: Trace
    op: Op
    number: int
    sample: int

    @classmethod
    def of(cls, trace: Trace, op: Op, unit: int, sample: int) -> Group:
        """The group of a unit."""
        width = trace.tape.buffers[op.source].width
        return cls(trace, op, unit * int(op.attributes.groups) // width, sample)

    @property
    def places(self) -> int:
        """Numbers of one sample in it."""
        return self.trace.tape.buffers[self.op.source].width // int(self.op.attributes.groups)

    @property
    def units(self) -> range:
        """Their units."""
        return range(self.number * self.places, (self.number + 1) * self.places)

    @property
    def samples(self) -> int:
        """Samples that are in it."""
        return self.trace.samples if self.op.kind in OVER_BATCH else 1

    @property
    def count(self) -> int:
        """Numbers in it."""
        return self.samples * self.places

    def values(self, matrix: Vector) -> Vector:
        """Its numbers of a matrix (n, width), one after the other."""
        rows = matrix if self.op.kind in OVER_BATCH else matrix[self.sample : self.sample + 1]
        return rows[:, self.units.start : self.units.stop].ravel()

    def node(self, layer: int, k: int) -> Node | None:
        """The cell behind the k-th number, if it is one of the shown sample."""
        sample, place = divmod(k, self.places)
        shown = self.samples == 1 or sample == self.sample
        return Node(layer, self.units.start + place) if shown else None

    def statistic(self, which: int) -> float:
        """Mean (1) or variance (2), as the operation found it."""
        found = self.trace.values[self.op.writes[which]]
        return float(found[0 if self.op.kind in OVER_BATCH else self.sample, self.number])


def mean_symbol(writer: Writer, group: Group, name: str) -> str:
    """``mean₂⁽³⁾`` or ``var₂⁽³⁾``."""
    letter = rf"\operatorname{{{name}}}"
    return writer.symbols.channel(letter, group.op.layer, group.number, int(group.op.attributes.groups))


def _summed(writer: Writer, group: Group, inside: str) -> str:
    """Σ over the numbers of a group, with their mean's factor."""
    if group.count == 1:
        return inside
    over = r"\sum_{s}" if group.places == 1 and group.samples > 1 else r"\sum"
    return rf"\frac{{1}}{{{group.count}}} {over} {inside}"


def _mean(group: Group, sum_: str) -> str:
    """A sum divided by how many numbers there are."""
    return sum_ if group.count == 1 else rf"\frac{{1}}{{{group.count}}} ({sum_})"


def mean_line(writer: Writer, group: Group, source: int) -> Line:
    """``mean = 1/N Σ x``"""
    values = group.values(group.trace.values[group.op.source])
    symbol = mark("activation", mean_symbol(writer, group, "mean"))

    def term(k: int) -> str:
        value = float(values[k])
        return factor(value, mark("activation", writer.number(value), group.node(source, k)))

    numbers = _mean(group, total(values, term, writer.style))
    found = mark("activation", writer.number(group.statistic(1)))
    rule = _summed(writer, group, mark("activation", writer.symbols.a(source)))
    if group.count == 1:
        return line(f"{symbol} = {rule}", f"{symbol} = {found}")
    return line(f"{symbol} = {rule}", f"{symbol} = {numbers} = {found}")


def variance_line(writer: Writer, group: Group, source: int) -> Line:
    """``var = 1/N Σ (x − mean)²``"""
    values, mean = group.values(group.trace.values[group.op.source]), group.statistic(1)
    symbol = mark("activation", mean_symbol(writer, group, "var"))

    def term(k: int) -> str:
        x = mark("activation", writer.number(float(values[k])), group.node(source, k))
        return rf"({x} - {writer.factor(mean)})^2"

    numbers = _mean(group, total((values - mean) ** 2, term, writer.style))
    found = mark("activation", writer.number(group.statistic(2)))
    mean_of = mark("activation", mean_symbol(writer, group, "mean"))
    rule = _summed(writer, group, rf"({mark('activation', writer.symbols.a(source))} - {mean_of})^2")
    return line(f"{symbol} = {rule}", f"{symbol} = {numbers} = {found}")


def mean_of_gradients(writer: Writer, group: Group, *, weighted: bool) -> tuple[Line, float]:
    """``mean(g)`` or ``mean(g x̂)`` of a group, and its value."""
    trace, op = group.trace, group.op
    slopes = trace.slope_at(op.target)
    assert slopes is not None
    g, x = group.values(slopes), group.values(trace.values[op.target])
    products = g * x if weighted else g
    value = float(np.mean(products))
    hat = mark("activation", writer.symbols.normalized(op.layer))
    inside = rf"{mark('gradient', 'g')} \, {hat}" if weighted else mark("gradient", "g")

    def term(k: int) -> str:
        own = factor(float(g[k]), mark("gradient", writer.number(float(g[k])), group.node(op.layer, k)))
        return rf"{own} \cdot {writer.factor(float(x[k]))}" if weighted else own

    left = rf"\operatorname{{mean}}({inside})"
    numbers = _mean(group, total(products, term, writer.style))
    rule = _summed(writer, group, inside)
    if group.count == 1 and not weighted:
        return line(f"{left} = {rule}", f"{left} = {writer.number(value)}"), value
    return line(f"{left} = {rule}", f"{left} = {numbers} = {writer.number(value)}"), value
