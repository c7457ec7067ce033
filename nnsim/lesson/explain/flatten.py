"""Flatten: an image as one row of numbers."""

from __future__ import annotations

from nnsim.lesson.cells import position
from nnsim.lesson.explain.action import called
from nnsim.lesson.explain.joining import copied, handed_back, source_unit
from nnsim.lesson.explain.passing import passing
from nnsim.lesson.focus import Focus
from nnsim.lesson.part import Part
from nnsim.lesson.words.backward import SOURCE_MORE
from nnsim.lesson.words.here import Here
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.sentence import Sentence, sentence, translatable

_ROW = translatable("The maps as one row of numbers")
_BACK = translatable("The row as maps again")
_SAME = translatable(
    "The same {count} numbers in one row: map after map, each row by row. Nothing is computed, only where"
    " they stand is forgotten."
)
_BACK_AGAIN = translatable("Each number's gradient goes back to where the number came from.")


def _there(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    """The number, and how its place in the row is counted."""
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    source = trace.tape.buffers[op.source].layer
    sizes = trace.network.shapes[source].sizes
    unit = source_unit(trace, part, focus, writer.sample)
    lines = copied(writer, part, focus)
    if len(sizes) == 3:
        channel, row, column = (i + 1 for i in position(sizes, unit))
        height, width = sizes[1:]
        counted = rf"(({channel} - 1) \cdot {height} + {row} - 1) \cdot {width} + {column}"
        lines.append(
            line(rf"k = ((c - 1) \cdot {height} + u - 1) \cdot {width} + v", f"k = {counted} = {unit + 1}")
        )
    return lines


def _say_there(here: Here) -> list[Sentence]:
    return [sentence(_SAME, count=here.trace.network.units(here.layer))]


def _say_back(here: Here) -> list[Sentence]:
    said = [sentence(_BACK_AGAIN)]
    first = here.trace.earlier(here.part.op) is None
    return said if first else [*said, sentence(SOURCE_MORE, layer=here.layer)]


FLATTEN = passing(
    ("flatten", "flatten_gradient"),
    (called(_ROW), called(_BACK)),
    (_there, handed_back),
    (_say_there, _say_back),
    by_unit=False,
)
