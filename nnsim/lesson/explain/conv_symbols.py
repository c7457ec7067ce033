"""How a convolution's cells, filters and sums are written, and where their numbers are."""

from __future__ import annotations

from nnsim.engine.ops.conv2d import Window
from nnsim.engine.ops.operation import Op
from nnsim.lesson.notation import GAP, WHOLE_SIDE, mark
from nnsim.lesson.part import Part
from nnsim.lesson.trace import Trace, Vector
from nnsim.lesson.writer import Writer


def op_of(writer: Writer, part: Part) -> Op:
    """The convolution that a part of the lesson is about."""
    return writer.trace.tape.ops[part.op]


def weights_of(trace: Trace, op: Op) -> Vector:
    """All filters, shape (filters, channels, kernel height, kernel width)."""
    weight = trace.layout.view(trace.before.theta, op.layer, "weight")
    assert weight is not None
    return weight


def some(count: int) -> tuple[int, ...]:
    """Rows or columns of a window that are written."""
    return tuple(range(count)) if count <= WHOLE_SIDE else (0, 1, 2, GAP)


def above(writer: Writer, layer: int) -> str:
    """What stands above a layer's symbols."""
    return writer.symbols.z(layer)[1:]


def outer_cell(op: Op, first: str, row: str, column: str) -> str:
    """A cell of what a convolution writes, by running indices."""
    return f"[{f'{first},' if op.attributes.filters > 1 else ''}{row},{column}]"


def inner_cell(op: Op, channel_: str, row: str, column: str) -> str:
    """A cell of what it reads."""
    return f"[{f'{channel_},' if op.attributes.channels > 1 else ''}{row},{column}]"


def filter_weight(writer: Writer, op: Op, *, o: str, c: str, i: str, j: str) -> str:
    """A weight of the filters, by indices."""
    window: Window = op.attributes
    outer = [index for index, size in ((o, window.filters), (c, window.channels)) if size > 1]
    return f"{writer.symbols.tensor(op.layer, 'weight')}[{','.join([*outer, i, j])}]"


def sum_over(op: Op, *indices: str) -> str:
    """Σ over the running indices that there are."""
    kept = [i for i in indices if i != "c" or op.attributes.channels > 1]
    kept = [i for i in kept if i != "o" or op.attributes.filters > 1]
    return rf"\sum_{{{','.join(kept)}}}"


def bias_symbol(writer: Writer, op: Op, index: str) -> str:
    """The bias of one filter, by an index."""
    below = f"_{{{index}}}" if op.attributes.filters > 1 else ""
    return mark("weight", f"b{below}{above(writer, op.layer)}")


def index_range(first: int, last: int) -> str:
    """Rows or columns from one to another, as an index."""
    return str(first) if first == last else f"{first}..{last}"
