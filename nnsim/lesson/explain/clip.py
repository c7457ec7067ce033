"""Gradient clipping: a gradient that is too long is shortened before the optimiser gets it."""

from __future__ import annotations

import numpy as np

from nnsim.lesson.concern import every_parameter
from nnsim.lesson.explain.action import Action, Explanation, called
from nnsim.lesson.focus import Focus
from nnsim.lesson.notation import mark, total
from nnsim.lesson.optimizers import NORM
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import slope
from nnsim.lesson.tensors import Collector
from nnsim.lesson.words.here import Here
from nnsim.lesson.writer import Line, Writer, line
from nnsim.model.sentence import Sentence, sentence, translatable

_TITLE = translatable("Is the gradient too long?")
_LONGER = translatable(
    "All gradients together are longer than {longest}: each is multiplied by {share}, so that their direction"
    " stays and their length becomes {longest}."
)
_FITS = translatable("All gradients together are no longer than {longest}: they stay as they are.")


def _lines(writer: Writer, part: Part, focus: Focus | None) -> list[Line]:
    trace = writer.trace
    longest, length = trace.document.training.clip_norm, trace.gradient_norm
    gradient = trace.gradient[trace.trainable]
    norm, one = NORM, rf"\left({mark('gradient', slope('w'))}\right)^2"
    squares = total(gradient**2, lambda k: f"{writer.base(float(gradient[k]))}^2", writer.style)
    numbers = rf"{norm} = \sqrt{{{squares}}} = {writer.number(length)}"
    lines = [line(rf"{norm} = \sqrt{{\sum {one}}}", numbers)]
    if length > longest:
        share = writer.number(longest / length)
        numbers = rf"\frac{{{writer.number(longest)}}}{{{writer.number(length)}}} = {share}"
        lines.append(
            line(rf"\frac{{c}}{{{norm}}}", rf"\frac{{c}}{{{norm}}} = {numbers}", numbers_suffice=True)
        )
    return lines


def _say(here: Here) -> list[Sentence]:
    trace = here.trace
    longest, length = trace.document.training.clip_norm, trace.gradient_norm
    if length > longest:
        return [sentence(_LONGER, longest=longest, share=longest / length)]
    return [sentence(_FITS, longest=longest)]


def _arrays(collector: Collector) -> None:
    for tensor in collector.trace.layout.tensors:
        if tensor.spec.trained:
            collector.tensor(tensor.layer, tensor.role, grad=True)
    collector.found["norm"] = np.array(collector.trace.gradient_norm)


CLIP = Explanation(
    after=(
        Action(
            "clip",
            "update",
            called(_TITLE),
            lambda symbols, trace, part: "‖∇L‖",
            _lines,
            _say,
            _arrays,
            lambda trace, part: ("norm",),
            every_parameter,
        ),
    ),
)
