"""What the lowering of each kind of layer writes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from nnsim.engine.buffers import Buffer
from nnsim.engine.ops.operation import Gradient, Op, Read, Use
from nnsim.model.network import Network
from nnsim.model.parameters import Layout


class Mode(Enum):
    """What a tape is for: a step of training, or a prediction, in which nothing is left to chance and no
    sample depends on another."""

    TRAIN = "train"
    EVAL = "eval"


@dataclass(slots=True)
class Builder:
    """A tape in the making.

    Attributes
    ----------
    network : Network
    layout : Layout
    mode : Mode
    seed : int
        Start of what is left to chance.
    buffers : list of Buffer
    ops : list of Op
    after : list of int
        Numbers of the operations that run after an update.
    outputs : list of int
        For each layer lowered so far, the buffer that holds what it puts out.
    """

    network: Network
    layout: Layout
    mode: Mode = Mode.TRAIN
    seed: int = 0
    buffers: list[Buffer] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    outputs: list[int] = field(default_factory=list)

    def buffer(self, role: str, layer: int, shape: tuple[int, ...], *, batched: bool = True) -> int:
        """Room for one more value; its number."""
        self.buffers.append(Buffer(role, layer, shape, batched))
        return len(self.buffers) - 1

    def output(self, layer: int) -> int:
        """Room for what a layer puts out; its number."""
        return self.buffer("a", layer, self.network.shapes[layer].sizes)

    def clock(self) -> int:
        """The buffer that tells the step: its last 24 bits, which a float32 holds, and those above."""
        for number, buffer in enumerate(self.buffers):
            if buffer.role == "clock":
                return number
        return self.buffer("clock", 0, (2,), batched=False)

    def sources(self, layer: int) -> list[int]:
        """Numbers of the buffers that a layer reads, in its order."""
        return [self.outputs[source] for source in self.network.sources(layer)]

    def use(self, layer: int, role: str, first: int = 0) -> Use:
        """One of a layer's parameters, from its number `first` on; absent where the layer has none."""
        tensor = self.layout.find(layer, role)
        return Use.absent() if tensor is None else Use(tensor.offset + first, tensor.offset)

    def op(
        self,
        kind: str,
        layer: int,
        reads: Iterable[int],
        writes: Iterable[int],
        uses: Iterable[Use] = (),
        *,
        beside: Iterable[int] = (),
        adds: bool = False,
        attributes: Any = (),
        after: bool = False,
    ) -> None:
        """One more operation; which gradients are written and which added is decided at the end."""
        if after:
            self.after.append(len(self.ops))
        operands = tuple(Read(value) for value in reads)
        self.ops.append(
            Op(kind, layer, operands, tuple(writes), tuple(uses), tuple(beside), adds, attributes)
        )


def settle_gradients(ops: list[Op], order: Iterable[int], unwanted: frozenset[int]) -> list[Op]:
    """Let the first operation on the way back that reaches an operand write its gradient, the others add.

    Parameters
    ----------
    ops : list of Op
    order : iterable of int
        Numbers of the operations in the order of the way back; the others get no say.
    unwanted : frozenset of int
        Buffers whose gradient nobody asks for.
    """
    settled = list(ops)
    values: set[int] = set()
    whole: set[int] = set()
    parts: set[int] = set()
    for number in order:
        op = settled[number]
        reads = tuple(replace(read, gradient=_mode(read, values, unwanted)) for read in op.reads)
        covers_all = op.kind in WHOLE_TENSORS
        uses = []
        for use in op.uses:
            again = use.tensor in whole or use.place in parts
            mode = Gradient.NONE if use.gradient == Gradient.NONE else Gradient(1 + again)
            uses.append(replace(use, gradient=mode))
            (whole if covers_all else parts).add(use.tensor if covers_all else use.place)
        values |= {read.value for read in reads if read.gradient != Gradient.NONE}
        settled[number] = replace(op, reads=reads, uses=tuple(uses))
    return settled


WHOLE_TENSORS = frozenset({"penalty"})
"""Operations that reach all of a tensor, of which others may reach a part each."""


def _mode(read: Read, reached: set[int], unwanted: frozenset[int]) -> Gradient:
    if read.value in unwanted or read.gradient == Gradient.NONE:
        return Gradient.NONE
    return Gradient.ADD if read.value in reached else Gradient.WRITE
