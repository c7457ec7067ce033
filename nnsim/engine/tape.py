"""A network lowered to a table of operations over numbered buffers.

Run from the first entry to the last it is inference, from the last to the first it is autograd. Both
engines and the lesson read the same tape, so what is explained is what is executed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.ops.operation import COLUMNS, Op, SourceGradient, whole_parts
from nnsim.model.network import Network
from nnsim.model.parameters import Layout

FUSED = {("sigmoid", "bce"): "bce_logits", ("softmax", "cross_entropy"): "cross_entropy_logits"}
"""Output activation and loss whose gradient is taken together, at z."""
READS_Z = frozenset({*FUSED.values(), "perceptron"})
"""Losses that read the pre-activation of the output layer, so that its activation is passed over on
the way back."""


@dataclass(frozen=True, slots=True)
class Buffer:
    """A matrix (batch, width) of values, with one of gradients beside it.

    Attributes
    ----------
    role : str
        ``a`` activations (of layer 0: the input), ``z`` pre-activations, ``y`` targets, ``loss`` each
        sample's share of the loss, ``penalty`` the L2 penalty.
    layer : int
    width : int
    """

    role: str
    layer: int
    width: int

    @property
    def name(self) -> str:
        """Role and layer, such as ``z1``."""
        return f"{self.role}{self.layer}"


@dataclass(frozen=True, slots=True)
class Tape:
    """The operations of a network in forward order.

    Attributes
    ----------
    network : Network
    buffers : tuple of Buffer
    ops : tuple of Op
    backward : tuple of int
        Numbers of the operations that run on the way back, in that order. Those of a layer that
        reaches no output are missing: its gradient is 0 and stays 0.
    parameters : int
        Length of the parameter vector.
    """

    network: Network
    buffers: tuple[Buffer, ...]
    ops: tuple[Op, ...]
    backward: tuple[int, ...]
    parameters: int

    def buffer(self, role: str, layer: int) -> int:
        """Number of a buffer.

        Raises
        ------
        KeyError
            Where the tape has no such buffer.
        """
        for number, buffer in enumerate(self.buffers):
            if buffer.role == role and buffer.layer == layer:
                return number
        raise KeyError((role, layer))

    @property
    def output(self) -> int:
        """Number of the buffer that holds ŷ."""
        return self.buffer("a", len(self.network.layers) - 1)

    @property
    def expected(self) -> int:
        """Number of the buffer that holds y."""
        return self.buffer("y", len(self.network.layers) - 1)

    @property
    def loss(self) -> int:
        """Number of the buffer that holds the shares of the loss."""
        return self.buffer("loss", len(self.network.layers) - 1)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of operation that occur, each once."""
        return tuple(dict.fromkeys(op.kind for op in self.ops))

    def starts(self, capacity: int) -> NDArray[np.int64]:
        """Where each buffer starts in one flat vector, and its end, for batches up to `capacity`."""
        sizes = [capacity * buffer.width for buffer in self.buffers]
        return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)

    def rows(self, capacity: int) -> NDArray[np.int64]:
        """The operations as a matrix of integers for the compiled engine.

        Parameters
        ----------
        capacity : int
            Samples that a buffer has room for.

        Returns
        -------
        array of int64, shape (operations, COLUMNS)
            Columns as in :mod:`nnsim.engine.ops.operation`.
        """
        starts = self.starts(capacity)

        def place(buffer: int) -> tuple[int, int]:
            return (int(starts[buffer]), self.buffers[buffer].width) if buffer >= 0 else (-1, 0)

        rows = [
            (
                *place(op.source),
                *place(op.target),
                op.weight + op.column,
                op.stride,
                op.bias,
                op.add_target,
                op.add_weight,
                op.source_gradient,
                place(op.prediction)[0],
                place(op.expected)[0],
                *whole_parts(op.constant),
            )
            for op in self.ops
        ]
        return np.array(rows, np.int64).reshape(-1, COLUMNS)


def loss_kind(network: Network, loss: str) -> str:
    """The operation that computes a loss after the network's output activation."""
    return FUSED.get((network.output.activation, loss), loss)


def lower(network: Network, loss: str, l2: float = 0.0, *, input_gradient: bool = False) -> Tape:
    """Lower a network, its loss and its penalty to a tape.

    Parameters
    ----------
    network : Network
    loss : str
        One of :data:`nnsim.model.training.LOSSES`.
    l2 : float
        λ; no penalty is on the tape where it is 0.
    input_gradient : bool
        Whether the backward pass computes ∂L/∂x as well.
    """
    buffers = _buffers(network, l2)
    numbers = {(buffer.role, buffer.layer): i for i, buffer in enumerate(buffers)}
    layout = Layout(network)
    last = len(network.layers) - 1
    kind = loss_kind(network, loss)
    ops: list[Op] = []
    for layer in range(1, last + 1):
        ops += _affine(network, layout, layer, numbers, penalised=l2 > 0)
        ops.append(_activation(network, layout, layer, numbers))
    if kind in READS_Z:
        ops[-1] = replace(ops[-1], source_gradient=SourceGradient.NONE)
    ops.append(
        Op(
            kind,
            last,
            source=numbers["z" if kind in READS_Z else "a", last],
            target=numbers["loss", last],
            prediction=numbers["a", last],
            expected=numbers["y", last],
        )
    )
    if l2 > 0:
        ops += _penalties(layout, numbers["penalty", last], l2)
    wanted = None if input_gradient else numbers["a", 0]
    ops, backward = _backward(ops, _reaching(network), wanted)
    return Tape(network, tuple(buffers), tuple(ops), tuple(backward), layout.size)


def _buffers(network: Network, l2: float) -> list[Buffer]:
    buffers = [Buffer("a", 0, network.input.units)]
    for layer in range(1, len(network.layers)):
        units = network.layers[layer].units
        buffers += [Buffer("z", layer, units), Buffer("a", layer, units)]
    last = len(network.layers) - 1
    buffers += [Buffer("y", last, network.output.units), Buffer("loss", last, 1)]
    if l2 > 0:
        buffers.append(Buffer("penalty", last, 1))
    return buffers


def _affine(
    network: Network, layout: Layout, layer: int, numbers: dict[tuple[str, int], int], *, penalised: bool
) -> list[Op]:
    weight, bias = layout.weight(layer), layout.find(layer, "bias")
    return [
        Op(
            "affine",
            layer,
            source=numbers["a", source],
            target=numbers["z", layer],
            weight=weight.offset,
            column=layout.columns(source, layer).start,
            stride=weight.shape[1],
            bias=bias.offset if bias is not None and position == 0 else -1,
            add_target=position > 0,
            add_weight=penalised,
        )
        for position, source in enumerate(network.sources(layer))
    ]


def _activation(network: Network, layout: Layout, layer: int, numbers: dict[tuple[str, int], int]) -> Op:
    dense, slope = network.dense(layer), layout.find(layer, "slope")
    return Op(
        dense.activation,
        layer,
        source=numbers["z", layer],
        target=numbers["a", layer],
        weight=-1 if slope is None else slope.offset,
        constant=dense.negative_slope if dense.activation == "leaky_relu" else 0.0,
    )


def _penalties(layout: Layout, target: int, l2: float) -> list[Op]:
    weights = [tensor for tensor in layout.tensors if tensor.role == "weight"]
    return [
        Op(
            "penalty",
            tensor.layer,
            source=-1,
            target=target,
            weight=tensor.offset,
            stride=tensor.size,
            add_target=position > 0,
            constant=l2,
        )
        for position, tensor in enumerate(weights)
    ]


def _reaching(network: Network) -> set[int]:
    """The layers from which the output is reached."""
    reaching = {len(network.layers) - 1}
    for source, layer in sorted(network.connections, key=lambda pair: -pair[1]):
        if layer in reaching:
            reaching.add(source)
    return reaching


def _backward(ops: list[Op], reaching: set[int], unwanted: int | None) -> tuple[list[Op], list[int]]:
    """Let the first operation on the way back that reaches a source write its gradient, the others add."""
    written: set[int] = set()
    order = []
    for number in reversed(range(len(ops))):
        op = ops[number]
        if op.kind == "penalty":
            order.append(number)
        if op.kind == "penalty" or op.layer not in reaching:
            continue
        order.append(number)
        if op.source == unwanted:
            ops[number] = replace(op, source_gradient=SourceGradient.NONE)
        elif op.source in written and op.source_gradient != SourceGradient.NONE:
            ops[number] = replace(op, source_gradient=SourceGradient.ADD)
        written.add(op.source)
    return ops, order
