"""Which cell of an image is written out, and what comes back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nnsim.engine.ops.operation import Matrix
from nnsim.lesson.focus import ChannelFocus, Focus, ParameterFocus
from nnsim.lesson.notation import mark
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import slope
from nnsim.lesson.trace import Trace, Vector
from nnsim.lesson.writer import Writer
from nnsim.model.network import Edge, Node


def cell_in(trace: Trace, layer: int, focus: Focus | None, values: Vector) -> int:
    """The cell of a layer that a focus means; else the strongest, in the map that it means or in all.

    Parameters
    ----------
    trace : Trace
    layer : int
    focus : Focus or None
    values : array, shape (units,)
        By whose size the strongest is chosen.
    """
    if isinstance(focus, Node | Edge) and focus.layer == layer:
        return focus.unit
    if isinstance(focus, Edge) and focus.source_layer == layer:
        return focus.source_unit
    places = trace.network.shapes[layer].places
    sizes = np.nan_to_num(np.abs(values), posinf=np.finfo(float).max)
    channel = channel_in(layer, focus)
    if channel is None or trace.network.shapes[layer].channels <= channel:
        return int(np.argmax(sizes))
    first = channel * places
    return first + int(np.argmax(sizes[first : first + places]))


def channel_in(layer: int, focus: Focus | None) -> int | None:
    """The map of a layer that a focus means by itself or by one of its parameters."""
    if isinstance(focus, ChannelFocus) and focus.layer == layer:
        return focus.channel
    if isinstance(focus, ParameterFocus) and focus.layer == layer and focus.role != "slope":
        return focus.at[0]
    return None


def position(sizes: Sequence[int], unit: int) -> tuple[int, ...]:
    """Channel, row and column of a cell, from 0."""
    return tuple(int(i) for i in np.unravel_index(unit, tuple(sizes)))


class Back:
    """How what comes back to one cell is written: on top of what has come before, if anything has.

    Parameters
    ----------
    writer : Writer
    part : Part
    layer, unit : int
        The cell whose gradient it is.
    called : function (layer, unit) → str, optional
        What the gradient is called; else ∂L/∂ its activation.
    """

    def __init__(
        self,
        writer: Writer,
        part: Part,
        layer: int,
        unit: int,
        called: Callable[[int, int], str] | None = None,
    ) -> None:
        trace, item = writer.trace, Node(layer, unit)
        value = float(trace.passed(part.op)[writer.sample, unit])
        earlier: Matrix | None = trace.earlier(part.op)
        symbol = slope(writer.symbols.a(layer, unit)) if called is None else called(layer, unit)
        self.left = mark("gradient", symbol, item)
        self.result = mark("gradient", writer.number(value), item)
        self.is_first = earlier is None
        self._so_far = "" if earlier is None else writer.number(float(earlier[writer.sample, unit]))

    def symbols(self, formula: str) -> str:
        """The whole formula in symbols."""
        if self.is_first:
            return f"{self.left} = {formula}"
        return rf"{self.left} \leftarrow {self.left} + {formula}"

    def numbers(self, arithmetic: str) -> str:
        """The whole formula with numbers; what is but the result is not written twice."""
        if self.is_first:
            return f"{self.left} = {arithmetic}{' = ' if arithmetic else ''}{self.result}"
        return rf"{self.left} \leftarrow {self._so_far} + {arithmetic} = {self.result}"
