"""Dropout: numbers left out by chance in training, the others made larger by 1/(1 − p)."""

from __future__ import annotations

import numpy as np

from nnsim.lesson.cells import Back
from nnsim.lesson.explain.action import called
from nnsim.lesson.explain.one_by_one import unit_meant
from nnsim.lesson.explain.passing import passing
from nnsim.lesson.focus import Focus
from nnsim.lesson.notation import mark
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import slope
from nnsim.lesson.trace import Vector
from nnsim.lesson.words.backward import SOURCE_MORE
from nnsim.lesson.words.here import Here
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.network import Node
from nnsim.model.sentence import Sentence, counted, sentence, translatable

_THERE = translatable("Some numbers of layer {layer} are left out")
_BACK = translatable("Back to layer {layer}, past what was left out")
_RULE = translatable(
    "Each number is left out with probability {rate}; the others are multiplied by 1/(1 − {rate}) = {scale},"
    " so that on average their sum stays the same."
)
_OUT_ONE = translatable("In this step {count} of {units} is left out.")
_OUT = translatable("In this step {count} of {units} are left out.")
_IS_OUT = translatable("In this step {name} is left out.")
_STAYS = translatable("In this step {name} stays.")
_PREDICTS = translatable("When the network predicts, nothing is left out and nothing multiplied.")
_GETS = translatable(
    "What was left out had no part in the answer and gets no gradient; the others get {scale} times theirs."
)


def _mask(writer: Writer, part: Part) -> Vector:
    """What each number was multiplied by: 0 or 1/(1 − p)."""
    drawn = writer.trace.values[writer.trace.tape.ops[part.op].writes[1]]
    mask: Vector = drawn[writer.sample]
    return mask


def _factor(writer: Writer, part: Part, unit: int) -> str:
    """m/(1 − p) of one number, worked out as far as it is told."""
    kept = 1 if _mask(writer, part)[unit] else 0
    rate = writer.number(writer.trace.tape.ops[part.op].attributes.rate)
    return rf"\frac{{{kept}}}{{1 - {rate}}}"


def _m(writer: Writer, part: Part, unit: int) -> str:
    layer = writer.trace.tape.ops[part.op].layer
    below = f"_{{{writer.symbols.number(layer, unit)}}}" if not writer.symbols.is_map(layer) else ""
    return rf"\frac{{m{below}{writer.symbols.cell(layer, unit)}}}{{1 - p}}"


def _there(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    source = trace.tape.buffers[op.source].layer
    read, left = trace.value("a", source)[writer.sample], trace.value("a", op.layer)[writer.sample]
    unit = unit_meant(writer, part, focus, left)
    if unit is None:
        own, read_ = (mark("activation", writer.symbols.a(layer)) for layer in (op.layer, source))
        rows = [writer.row("activation", values, op.layer) for values in (read, _mask(writer, part), left)]
        symbols = rf"{own} = {read_} \odot \frac{{m}}{{1 - p}}"
        return [line(symbols, rf"{own} = {rows[0]} \odot {rows[1]} = {rows[2]}")]
    a, own_term = writer.a(source, unit), writer.a(op.layer, unit)
    return [
        line(
            rf"{own_term.symbol} = {a.symbol} \cdot {_m(writer, part, unit)}",
            rf"{own_term.symbol} = {a.factor} \cdot {_factor(writer, part, unit)} = {own_term.number}",
        )
    ]


def _back(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace, op = writer.trace, writer.trace.tape.ops[part.op]
    upstream = writer.slope("a", op.layer)[writer.sample]
    unit = unit_meant(writer, part, focus, trace.passed(part.op)[writer.sample])
    if unit is not None:
        up, back = writer.slope_a(op.layer, unit), Back(writer, part, part.layer, unit)
        return [
            line(
                back.symbols(rf"{up.symbol} \cdot {_m(writer, part, unit)}"),
                back.numbers(rf"{up.factor} \cdot {_factor(writer, part, unit)}"),
            )
        ]
    left = mark("gradient", slope(writer.symbols.a(part.layer)))
    above = mark("gradient", slope(writer.symbols.a(op.layer)))
    earlier = trace.earlier(part.op)
    rows = [
        writer.row("gradient", upstream, op.layer),
        writer.row("activation", _mask(writer, part), op.layer),
        writer.row("gradient", trace.passed(part.op)[writer.sample], op.layer),
    ]
    product, numbers = rf"{above} \odot \frac{{m}}{{1 - p}}", rf"{rows[0]} \odot {rows[1]} = {rows[2]}"
    if earlier is None:
        return [line(f"{left} = {product}", f"{left} = {numbers}")]
    so_far = writer.row("gradient", earlier[writer.sample], op.layer)
    return [line(rf"{left} \leftarrow {left} + {product}", rf"{left} \leftarrow {so_far} + {numbers}")]


def _scale(here: Here) -> float:
    return float(1.0 / (1.0 - here.trace.tape.ops[here.part.op].attributes.rate))


def _say_there(here: Here) -> list[Sentence]:
    trace, op = here.trace, here.trace.tape.ops[here.part.op]
    mask = trace.values[op.writes[1]][here.sample]
    said = [sentence(_RULE, rate=float(op.attributes.rate), scale=_scale(here))]
    if isinstance(here.focus, Node) and here.focus.layer in (op.layer, here.source):
        name = here.name(here.source, here.focus.unit)
        said.append(sentence(_STAYS if mask[here.focus.unit] else _IS_OUT, name=name))
    else:
        said.append(counted(_OUT_ONE, _OUT, int(np.sum(mask == 0.0)), units=len(mask)))
    return [*said, sentence(_PREDICTS)]


def _say_back(here: Here) -> list[Sentence]:
    said = [sentence(_GETS, scale=_scale(here))]
    first = here.trace.earlier(here.part.op) is None
    return said if first else [*said, sentence(SOURCE_MORE, layer=here.layer)]


DROPOUT = passing(
    ("dropout", "dropout_gradient"),
    (called(_THERE), called(_BACK)),
    (_there, _back),
    (_say_there, _say_back),
)
