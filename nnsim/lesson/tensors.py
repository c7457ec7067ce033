"""The arrays that a part reads and writes, by name.

``x``, ``y``, ``z1``, ``a1`` and ``loss`` are as in the formulas, the number that of the layer; parameters
are named as in a `.nnsim` file, other values by role and layer, such as ``mean3``; ``.grad`` is ∂L/∂ of
what stands before it, as in PyTorch, and ``.new`` a parameter after the update. For a single sample the
axis of the batch is left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.ops.operation import Op
from nnsim.lesson.focus import ChannelFocus, LayerFocus
from nnsim.lesson.part import Part
from nnsim.lesson.trace import Trace
from nnsim.model.network import Node
from nnsim.model.parameters import Tensor

Array = NDArray[np.floating[Any]]
Arrays = dict[str, Array]
About = Node | ChannelFocus | LayerFocus | None


class Collector:
    """Collects the arrays of one part.

    Attributes
    ----------
    trace : Trace
    part : Part
    about : Node, ChannelFocus, LayerFocus or None
        The neuron, map or layer whose step it is, if it is one's.
    found : dict from str to array
    """

    def __init__(self, trace: Trace, part: Part, about: About = None) -> None:
        self.trace = trace
        self.part = part
        self.about = about
        self.found: Arrays = {}

    def batch(self, name: str, values: Array) -> None:
        """One row for each sample; of a single sample that row."""
        self.found[name] = values[0] if self.trace.samples == 1 else values

    def a(self, layer: int) -> None:
        """What a layer puts out."""
        self.batch(f"a{layer}" if layer else "x", self.trace.value("a", layer))

    def z(self, layer: int) -> None:
        """Its sums; where it has none of its own, those of the layer that it bends."""
        self.batch(f"z{layer}", self.trace.value("z", layer))

    def value(self, number: int) -> None:
        """Any buffer by its number."""
        buffer = self.trace.tape.buffers[number]
        values = self.trace.values[number]
        name = value_name(self.trace, number)
        if buffer.batched:
            self.batch(name, values)
        else:
            self.found[name] = values[0]

    def slope(self, role: str, layer: int) -> None:
        """∂L/∂ a value, where the way back reaches it."""
        slope = self.trace.slope(role, layer)
        if slope is not None:
            self.batch(f"{role}{layer}.grad", slope)

    def slope_at(self, number: int) -> None:
        """∂L/∂ any buffer by its number, where the way back reaches it."""
        slope = self.trace.slope_at(number)
        if slope is not None:
            self.batch(f"{gradient_name(self.trace, number)}", slope)

    def tensor(self, layer: int, role: str, *, grad: bool = False, new: bool = False) -> None:
        """A tensor before the update, its gradient, and as the optimiser leaves it."""
        tensor, trace = self.trace.layout.find(layer, role), self.trace
        if tensor is None:
            return
        self.found[tensor.name] = trace.before.theta[tensor.span].reshape(tensor.shape)
        if grad:
            self.found[f"{tensor.name}.grad"] = trace.gradient[tensor.span].reshape(tensor.shape)
        if new:
            self.found[f"{tensor.name}.new"] = trace.updated[tensor.span].reshape(tensor.shape)

    @property
    def op(self) -> Op:
        """The operation on the tape."""
        return self.trace.tape.ops[self.part.op]

    @property
    def source(self) -> int:
        """The layer that the part's operation reads."""
        return self.trace.tape.buffers[self.trace.tape.ops[self.part.op].source].layer


def value_name(trace: Trace, number: int) -> str:
    """What a buffer is called: ``x``, ``a1``, ``z1``, ``mean3`` …"""
    buffer = trace.tape.buffers[number]
    return "x" if buffer.role == "a" and buffer.layer == 0 else buffer.name


def gradient_name(trace: Trace, number: int) -> str:
    """What its gradient is called: ``a0.grad``, ``z1.grad`` …"""
    return f"{trace.tape.buffers[number].name}.grad"


def updated_tensors(trace: Trace, about: About) -> list[Tensor]:
    """The tensors that the optimiser moves; of a neuron or map, its layer's."""
    return [t for t in trace.layout.tensors if t.spec.trained and (about is None or t.layer == about.layer)]
