"""What operations share that work on each number alone: dropout, scale and shift."""

from __future__ import annotations

from nnsim.lesson.cells import cell_in
from nnsim.lesson.focus import ChannelFocus, Focus, ParameterFocus
from nnsim.lesson.part import Part
from nnsim.lesson.trace import Vector
from nnsim.lesson.writer import Writer
from nnsim.model.network import Edge, Node


def unit_meant(writer: Writer, part: Part, focus: Focus | None, values: Vector) -> int | None:
    """The number that is told of: what a focus means at either end; of images the strongest, of rows all.

    Parameters
    ----------
    writer : Writer
    part : Part
    focus : Focus or None
    values : array, shape (width,)
        By whose size the strongest is chosen.
    """
    op = writer.trace.tape.ops[part.op]
    ends = op.layer, writer.trace.tape.buffers[op.source].layer
    if isinstance(focus, Node | Edge) and focus.layer in ends:
        return focus.unit
    if writer.symbols.is_map(op.layer):
        return cell_in(writer.trace, op.layer, on_layer(focus, ends, op.layer), values)
    return 0 if len(values) == 1 else None


def on_layer(focus: Focus | None, ends: tuple[int, int], layer: int) -> Focus | None:
    """The same map or parameter of a layer, where a focus means that at the other end."""
    if isinstance(focus, ChannelFocus) and focus.layer in ends:
        return ChannelFocus(layer, focus.channel)
    if isinstance(focus, ParameterFocus) and focus.layer == ends[0]:
        return focus._replace(layer=layer)
    return focus
