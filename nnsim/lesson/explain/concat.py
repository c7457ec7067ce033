"""Concat: values laid one after the other."""

from __future__ import annotations

from nnsim.lesson.explain.action import called
from nnsim.lesson.explain.joining import copied, first_of, handed_back
from nnsim.lesson.explain.passing import passing
from nnsim.lesson.words.backward import SOURCE_MORE
from nnsim.lesson.words.here import Here
from nnsim.model.sentence import Sentence, sentence, translatable

_THERE = translatable("Layer {layer} lays what it reads side by side")
_BACK = translatable("Back to layer {layer}, its part alone")
_PLACED = translatable(
    "The {count} numbers of layer {source} stand at places {first} to {last}, as they are."
)
_OWN = translatable("Layer {layer} gets the gradients of its own {count} numbers, as they are.")


def _say_there(here: Here) -> list[Sentence]:
    first, count = first_of(here.trace, here.part), here.trace.network.units(here.source)
    return [sentence(_PLACED, count=count, source=here.source, first=first + 1, last=first + count)]


def _say_back(here: Here) -> list[Sentence]:
    said = [sentence(_OWN, layer=here.layer, count=here.trace.network.units(here.layer))]
    first = here.trace.earlier(here.part.op) is None
    return said if first else [*said, sentence(SOURCE_MORE, layer=here.layer)]


CONCAT = passing(
    ("concat", "concat_gradient"),
    (called(_THERE), called(_BACK)),
    (copied, handed_back),
    (_say_there, _say_back),
)
