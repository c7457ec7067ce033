"""What is said of normalisations: over which numbers they are, and what that means on the way back."""

from __future__ import annotations

from nnsim.lesson.cells import cell_in
from nnsim.lesson.explain.groups import OVER_BATCH, Group
from nnsim.lesson.explain.one_by_one import on_layer
from nnsim.lesson.words.backward import SOURCE_MORE
from nnsim.lesson.words.here import Here
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import Sentence, sentence, translatable

_MAP_OF_BATCH = translatable(
    "Mean and variance are over map {channel} of all {samples} samples of the batch: {count} numbers."
)
_NUMBER_OF_BATCH = translatable(
    "Mean and variance of each number are over the {samples} samples of the batch, not over its neighbours."
)
_MAP = translatable("Mean and variance are over the {count} places of map {channel}, of this sample alone.")
_MAPS = translatable(
    "Mean and variance are over maps {first} to {last} together, of this sample alone: {count} numbers."
)
_NUMBERS = translatable("Mean and variance are over numbers {first} to {last} of this sample alone.")
_SAMPLE = translatable("Mean and variance are over all {count} numbers of this sample alone.")
_ALONE = translatable("A single number is its own mean: whatever it was, 0 is left of it.")
_THEN = translatable("Then each number says how many standard deviations it is above or below that mean.")
_TOGETHER = translatable(
    "So no sample can be walked by itself here: its numbers depend on the others of its batch."
)
_PREDICTS = translatable("When the network predicts, running statistics take the place of the batch's.")
_BACK = translatable(
    "Mean and variance depend on every number, too, so the gradient comes back through both: what would move"
    " all of them alike, or only spread them, is taken off."
)
_BACK_TOGETHER = translatable("A sample's gradient depends on the other samples, as its numbers did.")
_RUNNING = translatable(
    "To predict, running statistics stand for mean and variance, so that no sample depends on another."
)
_RUNNING_BACK = translatable(
    "The running statistics do not depend on this sample: the gradient is only divided."
)


def _group(here: Here) -> Group:
    """The group that the formulas are about."""
    trace, op = here.trace, here.trace.tape.ops[here.part.op]
    ends = op.layer, here.source
    if isinstance(here.focus, Node | Edge) and here.focus.layer in ends:
        unit = here.focus.unit
    else:
        values = trace.values[op.target] if here.part.phase == "forward" else trace.passed(here.part.op)
        unit = cell_in(trace, op.layer, on_layer(here.focus, ends, op.layer), values[here.sample])
    return Group.of(trace, op, unit, here.sample)


def _over(here: Here, group: Group) -> Sentence:
    """Over which numbers mean and variance are taken."""
    shape = here.trace.network.shapes[group.op.layer]
    first = group.units.start // shape.places + 1
    last = (group.units.stop - 1) // shape.places + 1
    if group.op.kind in OVER_BATCH:
        template = _MAP_OF_BATCH if shape.is_image else _NUMBER_OF_BATCH
        return sentence(template, channel=first, samples=group.samples, count=group.count)
    if group.count == shape.size:
        return sentence(_SAMPLE, count=group.count)
    if not shape.is_image:
        return sentence(_NUMBERS, first=first, last=last)
    if first == last:
        return sentence(_MAP, count=group.count, channel=first)
    return sentence(_MAPS, first=first, last=last, count=group.count)


def say_there(here: Here) -> list[Sentence]:
    """Over which numbers; of a batch, why no sample can be walked alone."""
    group = _group(here)
    said = [_over(here, group), sentence(_ALONE if group.count == 1 else _THEN)]
    if group.op.kind not in OVER_BATCH:
        return said
    together = [sentence(_TOGETHER)] if here.trace.samples > 1 else []
    return [*said, *together, sentence(_PREDICTS)]


def say_back(here: Here) -> list[Sentence]:
    """Why the gradient is not only divided."""
    op = here.trace.tape.ops[here.part.op]
    said = [sentence(_BACK)]
    if op.kind in OVER_BATCH and here.trace.samples > 1:
        said.append(sentence(_BACK_TOGETHER))
    return said + _more(here)


def _more(here: Here) -> list[Sentence]:
    first = here.trace.earlier(here.part.op) is None
    return [] if first else [sentence(SOURCE_MORE, layer=here.layer)]


def say_running(here: Here) -> list[Sentence]:
    """By running statistics."""
    return [sentence(_RUNNING), sentence(_THEN)]


def say_running_back(here: Here) -> list[Sentence]:
    """Back past them."""
    return [sentence(_RUNNING_BACK), *_more(here)]
