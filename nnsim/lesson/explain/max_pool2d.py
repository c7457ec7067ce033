"""Max pool: of each window the largest number; only that gets the gradient."""

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

_MOST = 9
"""Numbers of a window up to which all are written."""
_LARGEST = translatable("The largest of each window of layer {layer}")
_BACK = translatable("Back to the winners in layer {layer}")
_RULE = translatable(
    "Of each window only the largest number goes on: the maps get smaller, what stood out stays."
)
_WON = translatable("{name} wins this window.")
_TIE = translatable("{count} are equal here: the first of them, {name}, wins.")
_ONLY = translatable(
    "Only the winner gets the gradient: had another number of the window been a little larger, nothing would"
    " have changed."
)
_ONLY_OF_EQUALS = translatable("Only the winner gets the gradient, though another was as large here.")
_COLLECTS_ONE = translatable("{name} won {count} window and gets its gradient.")
_COLLECTS = translatable("{name} won {count} windows and gets the gradients of all of them.")
_NEVER = translatable("{name} won no window, so it gets nothing.")


def winner(trace: Trace, op: Op, unit: int, sample: int) -> int:
    """The cell of the source that won a unit's window."""
    place = Place.of(op, unit)
    k = int(trace.values[op.writes[1]][sample, unit])
    found = place.source(place.channel, *divmod(k, place.window.kernel_width))
    assert found is not None
    return found


def _unit(trace: Trace, part: Part, focus: Focus | None, sample: int) -> int:
    return cell_in(trace, part.layer, focus, trace.results[part.op][sample])


def _there(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    source = trace.tape.buffers[op.source].layer
    unit = _unit(trace, part, focus, writer.sample)
    units = [cell for _, cell in seen_by(Place.of(op, unit))]
    values = trace.value("a", source)[writer.sample]
    if len(units) > _MOST:
        # The winner is among the largest.
        kept = set(np.argsort(-values[units], kind="stable")[: _MOST - 1].tolist())
        units = [cell for k, cell in enumerate(units) if k in kept]
    terms = [writer.a(source, cell) for cell in units]
    gap = r",\ \ldots" if len(terms) < len(list(seen_by(Place.of(op, unit)))) else ""
    a = writer.term(
        "activation",
        writer.symbols.a(part.layer, unit),
        float(trace.results[part.op][writer.sample, unit]),
        Node(part.layer, unit),
    )
    symbols = r",\ ".join(term.symbol for term in terms) + gap
    numbers = r",\ ".join(term.number for term in terms) + gap
    return [line(rf"{a.symbol} = \max({symbols})", rf"{a.symbol} = \max({numbers}) = {a.number}")]


def _source_unit(trace: Trace, part: Part, focus: Focus | None, sample: int) -> int:
    """The cell of the source that is told of: of a window in focus, its winner."""
    op = trace.tape.ops[part.op]
    if isinstance(focus, Node) and focus.layer == op.layer:
        return winner(trace, op, focus.unit, sample)
    if isinstance(focus, ChannelFocus) and focus.layer == op.layer:
        focus = ChannelFocus(part.layer, focus.channel)
    return cell_in(trace, part.layer, focus, trace.passed(part.op)[sample])


def _won(trace: Trace, op: Op, unit: int, sample: int) -> list[int]:
    """The units whose windows a cell won."""
    return [u for u in windows_over(trace, op, unit) if winner(trace, op, u, sample) == unit]


def _back(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    unit = _source_unit(trace, part, focus, writer.sample)
    won = _won(trace, op, unit, writer.sample)
    terms = [writer.slope_a(op.layer, u) for u in won]
    back = Back(writer, part, part.layer, unit)
    symbols = " + ".join(term.symbol for term in terms) or "0"
    values = np.array([term.value for term in terms])
    numbers = total(values, lambda k: terms[k].factor, writer.style)
    plain = back.is_first and len(terms) < 2
    return [line(back.symbols(symbols), back.numbers("" if plain else numbers))]


def _say_there(here: Here) -> list[Sentence]:
    trace, op = here.trace, here.trace.tape.ops[here.part.op]
    unit = _unit(trace, here.part, here.focus, here.sample)
    best = winner(trace, op, unit, here.sample)
    values = trace.value("a", here.source)[here.sample]
    equal = sum(bool(values[cell] == values[best]) for _, cell in seen_by(Place.of(op, unit)))
    name = here.name(here.source, best)
    return [
        sentence(_RULE),
        sentence(_WON, name=name) if equal == 1 else sentence(_TIE, count=equal, name=name),
    ]


def _has_equals(here: Here, unit: int) -> bool:
    """Whether another number was as large in one of the windows that a cell won."""
    trace, op = here.trace, here.trace.tape.ops[here.part.op]
    values = trace.value("a", here.layer)[here.sample]
    windows = (seen_by(Place.of(op, u)) for u in _won(trace, op, unit, here.sample))
    return any(values[cell] == values[unit] for window in windows for _, cell in window if cell != unit)


def _say_back(here: Here) -> list[Sentence]:
    trace, op = here.trace, here.trace.tape.ops[here.part.op]
    unit = _source_unit(trace, here.part, here.focus, here.sample)
    count = len(_won(trace, op, unit, here.sample))
    name = here.name(here.layer, unit)
    said = [sentence(_ONLY_OF_EQUALS if _has_equals(here, unit) else _ONLY)]
    said.append(counted(_COLLECTS_ONE, _COLLECTS, count, name=name) if count else sentence(_NEVER, name=name))
    return said if trace.earlier(here.part.op) is None else [*said, sentence(SOURCE_MORE, layer=here.layer)]


MAX_POOL2D = passing(
    ("max_pool", "max_pool_gradient"),
    (called(_LARGEST), called(_BACK)),
    (_there, _back),
    (_say_there, _say_back),
)
