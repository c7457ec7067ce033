"""Add: a residual; the gradient goes both ways."""

from __future__ import annotations

from nnsim.lesson.explain.action import called
from nnsim.lesson.explain.joining import handed_back, source_unit
from nnsim.lesson.explain.passing import passing
from nnsim.lesson.focus import Focus
from nnsim.lesson.part import Part
from nnsim.lesson.words.backward import SOURCE_MORE
from nnsim.lesson.words.here import Here
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Node
from nnsim.model.sentence import Sentence, sentence, translatable

_THERE = translatable("Layer {layer} adds what it reads")
_BACK = translatable("Back to layer {layer}, past the sum")
_TAKES = translatable("Layer {layer} begins with the numbers of layer {source} as they are.")
_ADDS = translatable("The numbers of layer {source} are added to those that are there, each to its like.")
_BOTH = translatable(
    "A sum passes the gradient as it is to each of the {count} layers that were added: each gets all of it."
)


def _there(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    if not op.adds:
        found = trace.results[part.op][writer.sample]
        source = trace.tape.buffers[op.source].layer
        unit = source_unit(trace, part, focus, writer.sample)
        a = writer.a(source, unit)
        own = writer.term(
            "activation", writer.symbols.a(part.layer, unit), found[unit], Node(part.layer, unit)
        )
        return [line(f"{own.symbol} = {a.symbol}", f"{own.symbol} = {a.symbol} = {own.number}")]
    source = trace.tape.buffers[op.source].layer
    unit = source_unit(trace, part, focus, writer.sample)
    a, earlier = writer.a(source, unit), float(trace.results[part.op - 1][writer.sample, unit])
    own = writer.term(
        "activation",
        writer.symbols.a(part.layer, unit),
        float(trace.results[part.op][writer.sample, unit]),
        Node(part.layer, unit),
    )
    return [
        line(
            rf"{own.symbol} \leftarrow {own.symbol} + {a.symbol}",
            rf"{own.symbol} \leftarrow {writer.number(earlier)} + {a.factor} = {own.number}",
        )
    ]


def _say_there(here: Here) -> list[Sentence]:
    op = here.trace.tape.ops[here.part.op]
    return [sentence(_ADDS if op.adds else _TAKES, layer=here.layer, source=here.source)]


def _say_back(here: Here) -> list[Sentence]:
    layer = here.trace.tape.ops[here.part.op].layer
    said = [sentence(_BOTH, count=len(here.trace.network.sources(layer)))]
    first = here.trace.earlier(here.part.op) is None
    return said if first else [*said, sentence(SOURCE_MORE, layer=here.layer)]


ADD = passing(
    ("add", "add_gradient"), (called(_THERE), called(_BACK)), (_there, handed_back), (_say_there, _say_back)
)
