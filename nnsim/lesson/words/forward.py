"""What is said on the way forwards."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.operation import FIRES_ABOVE
from nnsim.lesson.words.here import Here
from nnsim.model.network import Edge
from nnsim.model.sentence import Sentence, counted, sentence, translatable

_INPUT = translatable("The sample stands at the input; its target is kept until the loss.")
_INPUTS = translatable("{count} samples go through together. The numbers here are those of one of them.")
_SUM_OVER_S = translatable("A sum over s adds up all {count} samples.")
_AFFINE = translatable(
    "Each neuron multiplies what comes in by its weights and adds it up, with its bias on top."
)
_AFFINE_PLAIN = translatable("Each neuron multiplies what comes in by its weights and adds it up.")
_SKIP = translatable("This connection comes from layer {source} and adds to the sum that is already there.")
_REMOVED_ONE = translatable("{count} edge is taken out: its weight is 0 and stays 0.")
_REMOVED = translatable("{count} edges are taken out: their weights are 0 and stay 0.")
_REMOVED_UNIT_ONE = translatable("{count} edge into {name} is taken out: its weight is 0 and stays 0.")
_REMOVED_UNIT = translatable("{count} edges into {name} are taken out: their weights are 0 and stay 0.")
_ACTIVATIONS = {
    "identity": translatable("The sum passes as it is."),
    "step": translatable("The neuron fires, 1, if its sum is above {least}, and else is silent, 0."),
    "sigmoid": translatable("The sigmoid squeezes each sum into the range from 0 to 1."),
    "tanh": translatable("The hyperbolic tangent squeezes each sum into the range from −1 to 1."),
    "relu": translatable("Positive sums pass as they are, negative ones become 0."),
    "leaky_relu": translatable("Positive sums pass as they are, negative ones are multiplied by {slope}."),
    "prelu": translatable(
        "Positive sums pass as they are, negative ones are multiplied by {slope}, which is itself learned."
    ),
    "elu": translatable("Positive sums pass as they are, negative ones bend smoothly towards −1."),
    "softmax": translatable("Softmax turns the sums into shares that add up to 1."),
}
_PRELU_FROZEN = translatable(
    "Positive sums pass as they are, negative ones are multiplied by {slope}, which is frozen here."
)
_SOFTMAX_CLASSES = translatable(
    "Softmax turns the sums into shares that add up to 1: one probability a class."
)
_SOFTMAX_ONE = translatable("Softmax of a single sum is 1, whatever the sum.")
_ROUNDING = translatable("A sum of no more than a millionth counts as 0: that much may be rounding.")
_PASSES = translatable("The sum of {name} is positive and passes as it is.")
_SILENT = translatable("The sum of {name} is not positive: it is silent and passes on 0.")
_FIRES = translatable("The sum of {name} is above {least}: it fires.")
_RESTS = translatable("The sum of {name} is not above {least}: it is silent.")
_SILENT_ONE = translatable("{count} of {units} neurons is silent for this sample.")
_SILENT_MANY = translatable("{count} of {units} neurons are silent for this sample.")
_BY_SIGN = {"relu": (_PASSES, _SILENT), "step": (_FIRES, _RESTS)}


def given(here: Here) -> list[Sentence]:
    """The sample, or the batch, enters."""
    samples = here.trace.samples
    together = (_INPUTS, _SUM_OVER_S) if samples > 1 else ()
    return [sentence(_INPUT), *(sentence(words, count=samples) for words in together)]


def affine(here: Here) -> list[Sentence]:
    """A sum, or what a later connection adds to it."""
    op = here.trace.tape.ops[here.part.op]
    if op.adds:
        said = [sentence(_SKIP, source=here.source)]
    else:
        said = [sentence(_AFFINE if op.bias >= 0 else _AFFINE_PLAIN)]
    return said + removed(here)


def removed(here: Here) -> list[Sentence]:
    """How many edges are not there, unless the one in focus is all there is to tell."""
    count, focus = here.removed(), here.focus
    told = count == 1 and isinstance(focus, Edge) and focus == here.edge
    if not count or (told and focus in here.trace.network.removed_edges):
        return []
    if here.unit is None:
        return [counted(_REMOVED_ONE, _REMOVED, count)]
    return [counted(_REMOVED_UNIT_ONE, _REMOVED_UNIT, count, name=here.name(here.layer, here.unit))]


def activation(here: Here) -> list[Sentence]:
    """What becomes of the sum: first that of this neuron, where its sign decides."""
    trace, kind = here.trace, here.part.kind
    z = here.chosen(trace.value("z", here.layer))[here.sample]
    said = _of_sign(here, z) if kind in _BY_SIGN else []
    said.append(_rule(here))
    if kind == "step" and trace.fires_above(here.layer, here.sample) > 0.0:
        said.append(sentence(_ROUNDING))
    return said


def _of_sign(here: Here, z: np.ndarray) -> list[Sentence]:
    kind = here.part.kind
    positive = z > (FIRES_ABOVE if kind == "step" else 0.0)
    if here.unit is not None:
        yes, no = _BY_SIGN[kind]
        least = {"least": here.trace.fires_above(here.layer, here.sample)} if kind == "step" else {}
        return [sentence(yes if positive[0] else no, name=here.name(here.layer, here.unit), **least)]
    silent = int(np.sum(~positive))
    return [counted(_SILENT_ONE, _SILENT_MANY, silent, units=len(z))] if silent else []


def _rule(here: Here) -> Sentence:
    trace, kind = here.trace, here.part.kind
    op, units = trace.tape.ops[here.part.op], trace.network.units(here.layer)
    if kind == "softmax":
        if units == 1:
            return sentence(_SOFTMAX_ONE)
        classes = here.layer == trace.last and one_of_each(trace.y)
        return sentence(_SOFTMAX_CLASSES if classes else _ACTIVATIONS[kind])
    if kind == "step":
        return sentence(_ACTIVATIONS[kind], least=trace.fires_above(here.layer, here.sample))
    if kind == "leaky_relu":
        return sentence(_ACTIVATIONS[kind], slope=float(op.attributes.slope))
    if kind == "prelu":
        template = _ACTIVATIONS[kind] if trace.trainable[op.weight] else _PRELU_FROZEN
        return sentence(template, slope=float(trace.before.theta[op.weight]))
    return sentence(_ACTIVATIONS[kind])


def one_of_each(y: np.ndarray) -> bool:
    """Whether every sample's targets are a single 1 among zeros."""
    return bool(((y == 0.0) | (y == 1.0)).all() and (y.sum(axis=1) == 1.0).all())
