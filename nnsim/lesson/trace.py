"""Everything that one pass of learning computes: forward, loss, backward and update, in float64.

The operations are those of the tape that training runs, executed by the reference engine; what every one
of them wrote is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.engine.engine import RunState
from nnsim.engine.lowering import Mode, lower
from nnsim.engine.ops import OPERATIONS
from nnsim.engine.ops.operation import FIRES_ABOVE, Gradient, Matrix, Op
from nnsim.engine.optimizers import UPDATES, clip
from nnsim.engine.reference import finish, new_buffers, set_clock
from nnsim.engine.tape import Tape
from nnsim.lesson.focus import Focus, ParameterFocus, parameter_index
from nnsim.model.connectivity import NO_PARAMETER, Connectivity
from nnsim.model.document import Document
from nnsim.model.layers import ACTIVATIONS
from nnsim.model.network import Edge, Network, Node
from nnsim.model.parameters import Layout

Vector = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """One step of training, taken apart.

    Attributes
    ----------
    document : Document
    joins : Connectivity
        Which cells the cells of its layers are computed from.
    tape : Tape
        As training runs it, penalty included; it goes on to ∂L/∂x, which training leaves out.
    results : tuple of arrays, shape (n, width)
        For each operation of the tape what stood in the first value that it writes after it; empty where
        it writes none.
    handed : mapping from (int, int) to array, shape (n, width)
        For each operation and each of its reads that hands a gradient on: ∂L/∂(what it read) after it,
        the shares of the operations before it on the way back included.
    values : tuple of arrays, shape (n, width)
        Each buffer at the end of the forward pass.
    gradient : array, shape (P,)
        ∂(loss + penalty)/∂θ; 0 for an edge that is not there.
    penalty_gradient : array, shape (P,)
        The penalty's share of it.
    clipped : array, shape (P,)
        The gradient as the optimiser gets it: shortened where it is longer than the training allows.
    updated : array, shape (P,)
        The parameters as the optimiser leaves them, before lengths are limited and statistics follow.
    before, after : RunState
        Parameters, optimiser vectors and count of updates, before and after the step.
    trainable : array of bool, shape (P,)
        Where the update may change a parameter.
    """

    document: Document
    layout: Layout
    joins: Connectivity
    tape: Tape
    results: tuple[Matrix, ...]
    handed: Mapping[tuple[int, int], Matrix]
    values: tuple[Matrix, ...]
    gradient: Vector
    penalty_gradient: Vector
    clipped: Vector
    updated: Vector
    before: RunState
    after: RunState
    trainable: NDArray[np.bool_]

    @property
    def network(self) -> Network:
        """What is trained."""
        return self.document.network

    @property
    def last(self) -> int:
        """Number of the output layer."""
        return len(self.network.layers) - 1

    @property
    def samples(self) -> int:
        """Samples in the batch."""
        return len(self.values[0])

    @property
    def x(self) -> Matrix:
        """Inputs, shape (n, features)."""
        return self.values[0]

    @property
    def y(self) -> Matrix:
        """Targets, shape (n, outputs)."""
        return self.values[self.tape.expected]

    @property
    def shares(self) -> Vector:
        """Each sample's share of the loss, shape (n,); they add up to it."""
        shares: Vector = self.values[self.tape.loss][:, 0]
        return shares

    @property
    def loss(self) -> float:
        """Loss of the batch, the penalty left out."""
        return float(self.shares.sum())

    @property
    def penalty(self) -> float:
        """λΣw²; 0 where there is no penalty."""
        l2 = self.document.training.l2
        return float(self.value("penalty", self.last)[0, 0]) if l2 > 0 else 0.0

    @property
    def gradient_norm(self) -> float:
        """Length of the gradient over what the update may change."""
        return float(np.sqrt(np.sum(self.gradient[self.trainable] ** 2)))

    def buffer(self, role: str, layer: int) -> int:
        """Number of a buffer; ``a`` is what a layer puts out, ``z`` what its activation reads.

        Of a layer without an activation ``z`` is what it puts out, too.
        """
        output = self.tape.outputs[layer]
        if role != "z":
            return output if role == "a" else self.tape.buffer(role, layer)
        bend = next((op for op in self.tape.ops if op.writes and op.target == output), None)
        return output if bend is None or bend.kind not in ACTIVATIONS else bend.source

    def value(self, role: str, layer: int) -> Matrix:
        """A buffer at the end of the forward pass, shape (n, units)."""
        return self.values[self.buffer(role, layer)]

    def slope(self, role: str, layer: int) -> Matrix | None:
        """∂L/∂ a buffer, shape (n, units); None where the backward pass does not reach it."""
        return self.slope_at(self.buffer(role, layer))

    def slope_at(self, buffer: int) -> Matrix | None:
        """∂L/∂ a buffer by its number, complete; None where the backward pass does not reach it."""
        last = self.readers(buffer)[-1:]
        return self.handed[last[0]] if last else None

    def readers(self, buffer: int) -> list[tuple[int, int]]:
        """The operations that hand a gradient to a buffer, each with its read, in the way back's order."""
        return [key for key in self.handed if self.tape.ops[key[0]].reads[key[1]].value == buffer]

    def passed(self, number: int, read: int = 0) -> Matrix:
        """∂L/∂ what an operation read, once it has added its share."""
        return self.handed[number, read]

    def earlier(self, number: int, read: int = 0) -> Matrix | None:
        """The same before that operation's share came; None where it is the first."""
        keys = self.readers(self.tape.ops[number].reads[read].value)
        place = keys.index((number, read))
        return self.handed[keys[place - 1]] if place > 0 else None

    def fires_above(self, layer: int, sample: int) -> float:
        """Above which sum a step fires: 0, told exactly where a sum of the sample lies in between."""
        z = self.value("z", layer)[sample]
        return FIRES_ABOVE if ((z > 0.0) & (z <= FIRES_ABOVE)).any() else 0.0

    def place_of(self, focus: Focus | None) -> int | None:
        """Place, in the flat vector, of the parameter that a focus is or stands on; None without one."""
        if isinstance(focus, ParameterFocus):
            return parameter_index(self.layout, focus)
        if not isinstance(focus, Edge):
            return None
        if self.network.layers[focus.layer].kind == "dense":
            return self.layout.edge_index(focus)
        place = self.joins.parameter(focus)
        return None if place == NO_PARAMETER else place

    def is_penalised(self, place: int) -> bool:
        """Whether the penalty counts the parameter at a place of the flat vector."""
        tensors = (t for t in self.layout.tensors if t.spec.penalised)
        return any(t.offset <= place < t.offset + t.size for t in tensors)

    def entering(self, node: Node) -> NDArray[np.intp]:
        """Places, in the flat vector, of the weights into a unit and of its bias; of a cell, of its map's."""
        shape, found = self.network.shapes[node.layer], [np.zeros(0, np.intp)]
        for tensor in self.layout.tensors:
            if tensor.layer == node.layer and tensor.role in ("weight", "bias"):
                by_cell = tensor.shape == shape.sizes
                row = node.unit if by_cell else node.unit // shape.places
                length = tensor.size // (shape.size if by_cell else shape.channels)
                found.append(tensor.offset + row * length + np.arange(length))
        return np.concatenate(found)

    def is_at_rest(self, node: Node) -> bool:
        """Whether the weights into a unit and its bias have no gradient and do not move.

        What has neither is not at rest: it has nothing that could move.
        """
        places = self.entering(node)
        if not len(places):
            return False
        still = bool((self.updated[places] == self.before.theta[places]).all())
        return still and not self.gradient[places].any()

    def derivative(self, op: Op) -> Matrix:
        """f′(z) of an activation that works on each number alone, shape (n, units)."""
        dvalues: list[Matrix] = [np.zeros(0)] * len(self.values)
        dvalues[op.target] = np.ones_like(self.values[op.target])
        dvalues[op.source] = np.zeros_like(self.values[op.source])
        scratch = np.zeros_like(self.before.theta)
        with np.errstate(over="ignore", invalid="ignore"):
            OPERATIONS[op.kind].backward(
                op.with_gradients(Gradient.WRITE),
                self.before.theta,
                scratch,
                list(self.values),
                dvalues,
            )
        return dvalues[op.source]

    def answers_after(self) -> Matrix:
        """What the network answers to the batch once the step is made, shape (n, outputs).

        As it predicts: without dropout, and normalised by running statistics.
        """
        tape = lower(self.network, self.document.training.loss, mode=Mode.EVAL)
        values = new_buffers(tape, self.samples)
        values[0][...], values[tape.expected][...] = self.x, self.y
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            _forward(tape, self.after.theta, values)
        return values[tape.output]

    def activation(self, layer: int) -> Op:
        """The operation that makes a layer's activations of its z."""
        target = self.tape.outputs[layer]
        return next(op for op in self.tape.ops if op.writes and op.target == target)


def trace(document: Document, state: RunState, x: Vector, y: Vector, *, mode: Mode = Mode.TRAIN) -> Trace:
    """Run one step of training and keep everything.

    Parameters
    ----------
    document : Document
    state : RunState
        Where training stands (:attr:`nnsim.engine.trainer.Trainer.state`); it is not changed.
    x, y : arrays, shapes (n, features) and (n, outputs)
        The batch; one sample as a batch of one.
    mode : Mode
        EVAL takes a prediction apart, without dropout and by running statistics, and what its gradient
        would do.

    Raises
    ------
    ValueError
        Where the samples or the state do not fit the network.
    """
    network, training = document.network, document.training
    layout = Layout(network)
    _check(network, layout, state, x, y)
    tape = lower(
        network,
        training.loss,
        training.l2,
        mode=mode,
        seed=training.seed,
        max_norm=training.max_norm,
        input_gradient=True,
    )
    before = state.astype(np.float64)
    values = new_buffers(tape, len(x))
    values[0][...] = x
    values[tape.expected][...] = y
    set_clock(tape, values, before.step)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        results = _forward(tape, before.theta, values)
        gradient, handed = _backward(tape, before.theta, values)
        penalty = _penalty_gradient(tape, before.theta, values)
        removed = layout.removed()
        gradient[removed] = penalty[removed] = 0.0
        after, trainable = before.copy(), layout.trainable()
        after.count += 1
        after.step += 1
        settings, clipped = training.optimizer, gradient.copy()
        mask = trainable.astype(np.float64)
        clip(training.clip_norm, clipped, mask)
        UPDATES[settings.kind](settings, after.theta, clipped, after.m, after.v, mask, after.count)
        updated = after.theta.copy()
        finish(tape, after.theta, values)
    return Trace(
        document,
        layout,
        Connectivity(network),
        tape,
        results,
        handed,
        tuple(values),
        gradient,
        penalty,
        clipped,
        updated,
        before,
        after,
        trainable,
    )


def _check(network: Network, layout: Layout, state: RunState, x: Vector, y: Vector) -> None:
    wanted = (len(x), network.input.units), (len(x), network.outputs)
    if (x.shape, y.shape) != wanted or not len(x):
        raise ValueError(f"samples of shapes {x.shape} and {y.shape} do not fit the network")
    if len(state.theta) != layout.size:
        raise ValueError(f"the state has {len(state.theta)} parameters, the network {layout.size}")


def _forward(tape: Tape, theta: Vector, values: list[Matrix]) -> tuple[Matrix, ...]:
    results: list[Matrix] = [np.zeros((0, 0))] * len(tape.ops)
    for number in tape.forward:
        op = tape.ops[number]
        if op.adds:
            # What stands there is kept as the result of the operation before.
            values[op.target] = values[op.target].copy()
        OPERATIONS[op.kind].forward(op, theta, values)
        results[number] = values[op.target]
    return tuple(results)


def _backward(
    tape: Tape, theta: Vector, values: list[Matrix]
) -> tuple[Vector, dict[tuple[int, int], Matrix]]:
    gradient = np.zeros(tape.parameters)
    dvalues = [np.zeros_like(value) for value in values]
    handed = {}
    for number in tape.backward:
        op = tape.ops[number]
        for read in op.reads:
            if read.gradient == Gradient.ADD:
                dvalues[read.value] = dvalues[read.value].copy()
        OPERATIONS[op.kind].backward(op, theta, gradient, values, dvalues)
        for place, read in enumerate(op.reads):
            if read.gradient != Gradient.NONE:
                handed[number, place] = dvalues[read.value]
    return gradient, handed


def _penalty_gradient(tape: Tape, theta: Vector, values: list[Matrix]) -> Vector:
    gradient = np.zeros(tape.parameters)
    for op in tape.ops:
        if op.kind == "penalty":
            OPERATIONS[op.kind].backward(op, theta, gradient, values, [])
    return gradient
