"""What flatten, add and concat share: one number of a layer is one number of another."""

from __future__ import annotations

from nnsim.lesson.cells import Back, cell_in
from nnsim.lesson.focus import ChannelFocus, Focus
from nnsim.lesson.part import Part
from nnsim.lesson.trace import Trace
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Edge, Node


def first_of(trace: Trace, part: Part) -> int:
    """Where what is read begins in what is written."""
    return int(trace.tape.ops[part.op].attributes.first)


def source_unit(trace: Trace, part: Part, focus: Focus | None, sample: int) -> int:
    """The unit of the source that is told of: that which a focus means at either end, else the strongest."""
    op = trace.tape.ops[part.op]
    buffer = trace.tape.buffers[op.source]
    own = (
        focus.unit - first_of(trace, part)
        if isinstance(focus, Node | Edge) and focus.layer == op.layer
        else -1
    )
    if 0 <= own < buffer.width:
        return own
    if isinstance(focus, ChannelFocus) and focus.layer == op.layer:
        focus = _channel_read(trace, part, focus)
    values = trace.values[op.source] if part.phase == "forward" else trace.passed(part.op)
    return cell_in(trace, buffer.layer, focus, values[sample])


def _channel_read(trace: Trace, part: Part, focus: ChannelFocus) -> Focus | None:
    """The channel of the source that a channel of the layer was."""
    layer = trace.tape.buffers[trace.tape.ops[part.op].source].layer
    channel = focus.channel - first_of(trace, part) // trace.network.shapes[layer].places
    inside = 0 <= channel < trace.network.shapes[layer].channels
    return ChannelFocus(layer, channel) if inside else None


def copied(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """``y = x``"""
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    source = trace.tape.buffers[op.source].layer
    unit = source_unit(trace, part, focus, writer.sample)
    a, own = writer.a(source, unit), writer.a(part.layer, unit + first_of(trace, part))
    return [line(f"{own.symbol} = {a.symbol}", f"{own.symbol} = {a.symbol} = {own.number}")]


def handed_back(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """``∂L/∂x = ∂L/∂y``, or on top of what came before."""
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    unit = source_unit(trace, part, focus, writer.sample)
    upstream = writer.slope_a(op.layer, unit + first_of(trace, part))
    back = Back(writer, part, part.layer, unit)
    return [line(back.symbols(upstream.symbol), back.numbers("" if back.is_first else upstream.factor))]
