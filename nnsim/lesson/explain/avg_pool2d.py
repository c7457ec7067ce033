"""Average pool: of each window the mean; everything in it gets the same share of the gradient."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.operation import Op
from nnsim.lesson.cells import Back, cell_in
from nnsim.lesson.explain.action import called
from nnsim.lesson.explain.passing import passing, seen_by, windows_over
from nnsim.lesson.focus import ChannelFocus, Focus
from nnsim.lesson.notation import total
from nnsim.lesson.part import Part
from nnsim.lesson.trace import Trace
from nnsim.lesson.window import Place
from nnsim.lesson.words.backward import SOURCE_MORE
from nnsim.lesson.words.here import Here
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Node
from nnsim.model.sentence import Sentence, counted, sentence, translatable

_MEAN = translatable("The mean of each window of layer {layer}")
_BACK = translatable("Back from the means to layer {layer}")
_RULE = translatable("Of each window the mean goes on: every number in it counts the same.")
_MARGIN = translatable(
    "Where it reaches over the edge, 0 is counted: the sum is divided by {count} all the same."
)
_SHARE = translatable("Each number of a window has 1/{count} of its mean, and so of its gradient.")
_SEEN_ONE = translatable("{name} was in {count} window.")
_SEEN = translatable("{name} was in {count} windows and collects from all of them.")
_UNSEEN = translatable("{name} was in no window: nothing comes back to it.")


def _count(op: Op) -> int:
    return int(op.attributes.kernel_height * op.attributes.kernel_width)


def _unit(trace: Trace, part: Part, focus: Focus | None, sample: int) -> int:
    return cell_in(trace, part.layer, focus, trace.results[part.op][sample])


def _there(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    source = trace.tape.buffers[op.source].layer
    unit = _unit(trace, part, focus, writer.sample)
    terms = [writer.a(source, cell) for _, cell in seen_by(Place.of(op, unit))]
    value = float(trace.results[part.op][writer.sample, unit])
    a = writer.term("activation", writer.symbols.a(part.layer, unit), value, Node(part.layer, unit))
    values = np.array([term.value for term in terms])
    share = rf"\frac{{1}}{{{_count(op)}}}"
    symbols = total(values, lambda k: terms[k].symbol, writer.style)
    numbers = total(values, lambda k: terms[k].factor, writer.style)
    if len(terms) == 1:
        return [
            line(
                rf"{a.symbol} = {share} \cdot {symbols}",
                rf"{a.symbol} = {share} \cdot {numbers} = {a.number}",
            )
        ]
    return [line(f"{a.symbol} = {share} ({symbols})", f"{a.symbol} = {share} ({numbers}) = {a.number}")]


def _source_unit(trace: Trace, part: Part, focus: Focus | None, sample: int) -> int:
    op = trace.tape.ops[part.op]
    passed = trace.passed(part.op)[sample]
    if isinstance(focus, Node) and focus.layer == op.layer:
        seen = [cell for _, cell in seen_by(Place.of(op, focus.unit))]
        return max(seen, key=lambda cell: abs(passed[cell])) if seen else 0
    if isinstance(focus, ChannelFocus) and focus.layer == op.layer:
        focus = ChannelFocus(part.layer, focus.channel)
    return cell_in(trace, part.layer, focus, passed)


def _back(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    unit = _source_unit(trace, part, focus, writer.sample)
    terms = [writer.slope_a(op.layer, u) for u in windows_over(trace, op, unit)]
    back = Back(writer, part, part.layer, unit)
    if not terms:
        return [line(back.symbols("0"), back.numbers("" if back.is_first else "0"))]
    values = np.array([term.value for term in terms])
    symbols = total(values, lambda k: terms[k].symbol, writer.style)
    numbers = total(values, lambda k: terms[k].factor, writer.style)
    share = rf"\frac{{1}}{{{_count(op)}}}"
    if len(terms) > 1:
        return [line(back.symbols(f"{share} ({symbols})"), back.numbers(f"{share} ({numbers})"))]
    return [line(back.symbols(rf"{share} \cdot {symbols}"), back.numbers(rf"{share} \cdot {numbers}"))]


def _say_there(here: Here) -> list[Sentence]:
    trace, op = here.trace, here.trace.tape.ops[here.part.op]
    place = Place.of(op, _unit(trace, here.part, here.focus, here.sample))
    return [sentence(_RULE), *([sentence(_MARGIN, count=_count(op))] if place.is_at_the_margin else [])]


def _say_back(here: Here) -> list[Sentence]:
    trace, op = here.trace, here.trace.tape.ops[here.part.op]
    unit = _source_unit(trace, here.part, here.focus, here.sample)
    count, name = len(windows_over(trace, op, unit)), here.name(here.layer, unit)
    said = [sentence(_SHARE, count=_count(op))]
    said.append(counted(_SEEN_ONE, _SEEN, count, name=name) if count else sentence(_UNSEEN, name=name))
    return said if trace.earlier(here.part.op) is None else [*said, sentence(SOURCE_MORE, layer=here.layer)]


AVG_POOL2D = passing(
    ("avg_pool", "avg_pool_gradient"),
    (called(_MEAN), called(_BACK)),
    (_there, _back),
    (_say_there, _say_back),
)
