"""What is said on the way back."""

from __future__ import annotations

import numpy as np

from nnsim.lesson.focus import Focus
from nnsim.lesson.words.forward import removed
from nnsim.lesson.words.here import Here
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import Sentence, counted, sentence, translatable

_THROUGH = translatable(
    "Multiplied by the activation's slope, the gradient passes from what a neuron answered to its sum."
)
_IDENTITY = translatable("The sum passed as it is, so its slope is 1 and the gradient passes as it is, too.")
_NO_SLOPE = translatable("A step is flat on both sides: its slope is 0, so no gradient gets through.")
_DEAD_ONE = translatable("{count} of {units} neurons has slope 0 here and lets nothing through.")
_DEAD = translatable("{count} of {units} neurons have slope 0 here and let nothing through.")
_DEAD_BATCH_ONE = translatable(
    "{count} of {units} neurons has slope 0 for all samples and lets nothing through."
)
_DEAD_BATCH = translatable("{count} of {units} neurons have slope 0 for all samples and let nothing through.")
_DEAD_UNIT = translatable("The slope of {name} is 0 here: it lets nothing through.")
_FADING = translatable("The slope is at most {slope} here: the gradient fades on its way.")
_THROUGH_SOFTMAX = translatable(
    "Each sum moves every share, since they add up to 1: what the others lose is taken off."
)
_SOFTMAX_ONE = translatable("Softmax of a single sum never moves: no gradient gets through.")
_SLOPE_LEARNED = translatable("The learned slope gets its own gradient, from the sums that are not positive.")
_RISE = translatable("So the sum of {name} should rise.")
_FALL = translatable("So the sum of {name} should fall.")
_STAY = translatable("Nothing reaches the sum of {name}.")
_WEIGHTS = translatable(
    "A weight's gradient is the signal that came back to its neuron times what the weight was multiplied by."
)
_WEIGHTS_BIAS = translatable("The bias was multiplied by 1, so its gradient is the signal itself.")
_WEIGHTS_BATCH = translatable("Each of the {count} samples adds its share.")
MORE = translatable("A larger weight would make the loss smaller.")
LESS = translatable("A smaller weight would make the loss smaller.")
_SILENT_INPUT = translatable("{name} was 0: this weight had no part in the answer and gets no gradient.")
NO_GRADIENT = translatable("No gradient reaches this weight.")
_SOURCE = translatable(
    "Each neuron collects what comes back along its edges: each weight passes its neuron's signal on."
)
SOURCE_INPUT = translatable(
    "An input collects what comes back along its edges, too. It is given, not learned: its gradient tells how"
    " the loss would change with it."
)
SOURCE_MORE = translatable("Layer {layer} also feeds others: this share adds to what has already come back.")
_PENALTY_SLOPE = translatable("2λw is added to each weight's gradient, which pulls the weight towards 0.")
_VANISHING = 0.05


def activation_gradient(here: Here) -> list[Sentence]:
    """Through the activations, and what that asks of the sum of the one that is meant."""
    kind, units = here.part.kind, here.trace.network.units(here.layer)
    if kind == "softmax":
        return [sentence(_SOFTMAX_ONE if units == 1 else _THROUGH_SOFTMAX)]
    if kind == "step":
        return [sentence(_NO_SLOPE)]
    said = [sentence(_IDENTITY if kind == "identity" else _THROUGH), *_lost(here)]
    if here.unit is not None and not here.is_about_nothing:
        delta = here.trace.slope("z", here.layer)
        if delta is not None:
            said.append(_towards(here, float(delta[here.sample, here.unit])))
    if kind == "prelu" and not isinstance(here.focus, Node | Edge):
        said.append(sentence(_SLOPE_LEARNED))
    return said


def _lost(here: Here) -> list[Sentence]:
    """What gets lost on the way: where the slope is 0, or next to it."""
    trace = here.trace
    slopes = here.chosen(trace.derivative(trace.tape.ops[here.part.op]))
    if here.unit is not None:
        if not slopes[here.sample].any():
            return [sentence(_DEAD_UNIT, name=here.name(here.layer, here.unit))]
    else:
        dead = int(np.sum(~slopes.any(axis=0)))
        if dead:
            words = (_DEAD_ONE, _DEAD) if trace.samples == 1 else (_DEAD_BATCH_ONE, _DEAD_BATCH)
            return [counted(*words, dead, units=slopes.shape[1])]
    if here.part.kind in ("sigmoid", "tanh") and 0.0 < slopes.max() < _VANISHING:
        return [sentence(_FADING, slope=float(slopes.max()))]
    return []


def _towards(here: Here, delta: float) -> Sentence:
    assert here.unit is not None
    template = _RISE if delta < 0.0 else (_FALL if delta > 0.0 else _STAY)
    return sentence(template, name=here.name(here.layer, here.unit))


def weight_gradient(here: Here) -> list[Sentence]:
    """Of an edge in focus first which way it should go."""
    trace = here.trace
    if is_about_the_input(here.part.action, here.source, here.focus):
        return [sentence(SOURCE_INPUT)]
    edge = here.edge
    alone = edge is not None and not here.is_about_nothing
    said = [_of_edge(here, edge)] if edge is not None and alone else []
    said.append(sentence(_WEIGHTS))
    if trace.tape.ops[here.part.op].bias >= 0 and not alone:
        said.append(sentence(_WEIGHTS_BIAS))
    if trace.samples > 1:
        said.append(sentence(_WEIGHTS_BATCH, count=trace.samples))
    return said + removed(here)


def is_about_the_input(action: str, source: int, focus: Focus | None) -> bool:
    """Whether a focus turns the gradients of the weights that read the input into that of the input."""
    return action == "weight_gradient" and isinstance(focus, Node) and focus.layer == source == 0


def _of_edge(here: Here, edge: Edge) -> Sentence:
    trace = here.trace
    place = trace.layout.edge_index(edge)
    gradient = float(trace.gradient[place] - trace.penalty_gradient[place])
    if gradient != 0.0:
        return sentence(MORE if gradient < 0.0 else LESS)
    if not trace.value("a", edge.source_layer)[:, edge.source_unit].any():
        return sentence(_SILENT_INPUT, name=here.name(edge.source_layer, edge.source_unit))
    return sentence(NO_GRADIENT)


def source_gradient(here: Here) -> list[Sentence]:
    """What comes back along the edges, and whether more came before."""
    tape, part = here.trace.tape, here.part
    op = tape.ops[part.op]
    first = next(number for number in tape.backward if tape.ops[number].source == op.source)
    return [sentence(_SOURCE), *([] if first == part.op else [sentence(SOURCE_MORE, layer=part.layer)])]


def penalty_gradient(here: Here) -> list[Sentence]:
    """What the penalty adds."""
    return [sentence(_PENALTY_SLOPE)]
