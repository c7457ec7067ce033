"""The arrays that a part reads and writes, by name.

``x``, ``y``, ``z1``, ``a1`` and ``loss`` are as in the formulas, the number that of the layer; parameters
are named as in a `.nnsim` file; ``.grad`` is ∂L/∂ of what stands before it, as in PyTorch, and ``.new`` a
parameter after the update. For a single sample the axis of the batch is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.lesson.parts import FUSED, Part
from nnsim.lesson.trace import Trace
from nnsim.model.network import Node
from nnsim.model.parameters import Tensor

Array = NDArray[np.floating[Any]]
Arrays = dict[str, Array]


class _Arrays:
    def __init__(self, trace: Trace, part: Part, node: Node | None) -> None:
        self.trace = trace
        self.part = part
        self.node = node
        self.found: Arrays = {}

    def batch(self, name: str, values: Array) -> None:
        self.found[name] = values[0] if self.trace.samples == 1 else values

    def a(self, layer: int) -> None:
        self.batch(f"a{layer}" if layer else "x", self.trace.value("a", layer))

    def z(self, layer: int) -> None:
        self.batch(f"z{layer}", self.trace.value("z", layer))

    def slope(self, role: str, layer: int) -> None:
        slope = self.trace.slope(role, layer)
        if slope is not None:
            self.batch(f"{role}{layer}.grad", slope)

    def tensor(self, layer: int, role: str, *, grad: bool = False, new: bool = False) -> None:
        tensor, trace = self.trace.layout.find(layer, role), self.trace
        if tensor is None:
            return
        self.found[tensor.name] = trace.before.theta[tensor.span].reshape(tensor.shape)
        if grad:
            self.found[f"{tensor.name}.grad"] = trace.gradient[tensor.span].reshape(tensor.shape)
        if new:
            self.found[f"{tensor.name}.new"] = trace.after.theta[tensor.span].reshape(tensor.shape)

    @property
    def source(self) -> int:
        return self.trace.tape.buffers[self.trace.tape.ops[self.part.op].source].layer


def _input(arrays: _Arrays) -> None:
    arrays.a(0)
    arrays.batch("y", arrays.trace.y)


def _affine(arrays: _Arrays) -> None:
    layer = arrays.part.layer
    arrays.a(arrays.source)
    arrays.tensor(layer, "weight")
    arrays.tensor(layer, "bias")
    arrays.batch(f"z{layer}", arrays.trace.results[arrays.part.op])


def _activation(arrays: _Arrays) -> None:
    layer = arrays.part.layer
    arrays.z(layer)
    arrays.tensor(layer, "slope")
    arrays.a(layer)


def _loss(arrays: _Arrays) -> None:
    if arrays.part.kind in FUSED:
        arrays.z(arrays.part.layer)
    arrays.a(arrays.part.layer)
    arrays.batch("y", arrays.trace.y)
    arrays.batch("loss", arrays.trace.shares)


def _penalty(arrays: _Arrays) -> None:
    for layer in range(1, arrays.trace.last + 1):
        arrays.tensor(layer, "weight")
    arrays.found["penalty"] = np.array(arrays.trace.penalty)


def _loss_gradient(arrays: _Arrays) -> None:
    arrays.a(arrays.part.layer)
    arrays.batch("y", arrays.trace.y)
    arrays.slope("z" if arrays.part.kind in FUSED else "a", arrays.part.layer)


def _penalty_gradient(arrays: _Arrays) -> None:
    for layer in range(1, arrays.trace.last + 1):
        arrays.tensor(layer, "weight", grad=True)


def _activation_gradient(arrays: _Arrays) -> None:
    layer = arrays.part.layer
    arrays.slope("a", layer)
    arrays.z(layer)
    arrays.a(layer)
    arrays.tensor(layer, "slope", grad=True)
    arrays.slope("z", layer)


def _weight_gradient(arrays: _Arrays) -> None:
    trace, layer = arrays.trace, arrays.part.layer
    arrays.slope("z", layer)
    arrays.a(arrays.source)
    weight = trace.layout.weight(layer)
    # The penalty's share comes later.
    data = (trace.gradient - trace.penalty_gradient)[weight.span].reshape(weight.shape)
    columns = trace.layout.columns(arrays.source, layer)
    whole = len(trace.network.sources(layer)) == 1
    arrays.found[f"{weight.name}.grad" + ("" if whole else f"[:, {columns.start}:{columns.stop}]")] = data[
        :, columns
    ]
    bias = trace.layout.view(trace.gradient, layer, "bias")
    if bias is not None and trace.tape.ops[arrays.part.op].bias >= 0:
        arrays.found[f"layers.{layer}.bias.grad"] = bias


def _source_gradient(arrays: _Arrays) -> None:
    layer = arrays.trace.tape.ops[arrays.part.op].layer
    arrays.slope("z", layer)
    arrays.tensor(layer, "weight")
    arrays.batch(f"a{arrays.part.layer}.grad", arrays.trace.handed[arrays.part.op])


def _update(arrays: _Arrays) -> None:
    for tensor in _updated(arrays.trace, arrays.node):
        arrays.tensor(tensor.layer, tensor.role, grad=True, new=True)


def _updated(trace: Trace, node: Node | None) -> list[Tensor]:
    return [tensor for tensor in trace.layout.tensors if node is None or tensor.layer == node.layer]


_ARRAYS: dict[str, Callable[[_Arrays], None]] = {
    "input": _input,
    "affine": _affine,
    "activation": _activation,
    "loss": _loss,
    "penalty": _penalty,
    "loss_gradient": _loss_gradient,
    "penalty_gradient": _penalty_gradient,
    "activation_gradient": _activation_gradient,
    "weight_gradient": _weight_gradient,
    "source_gradient": _source_gradient,
    "update": _update,
}


def arrays(trace: Trace, part: Part, node: Node | None = None) -> Arrays:
    """What a part reads, then what it writes, by name; of an update by neuron, its layer's."""
    found = _Arrays(trace, part, node)
    _ARRAYS[part.action](found)
    return found.found


def written(trace: Trace, part: Part, node: Node | None = None) -> tuple[str, ...]:
    """Names of what a part writes: known from this step on, and not before."""
    layer = part.layer
    if part.action == "update":
        return tuple(f"{tensor.name}.new" for tensor in _updated(trace, node))
    if part.action == "weight_gradient":
        return tuple(name for name in arrays(trace, part) if name.startswith("layers."))
    if part.action == "penalty_gradient":
        return tuple(f"{t.name}.grad" for t in trace.layout.tensors if t.role == "weight")
    names = {
        "input": ("x", "y"),
        "affine": (f"z{layer}",),
        "activation": (f"a{layer}",),
        "loss": ("loss",),
        "penalty": ("penalty",),
        "loss_gradient": (f"{'z' if part.kind in FUSED else 'a'}{layer}.grad",),
        "activation_gradient": (f"z{layer}.grad",)
        + ((f"layers.{layer}.slope.grad",) if part.kind == "prelu" else ()),
        "source_gradient": (f"a{layer}.grad",),
    }
    return names[part.action]
