"""What is said of the update."""

from __future__ import annotations

import numpy as np

from nnsim.lesson.focus import Focus, LayerFocus, ParameterFocus
from nnsim.lesson.symbols import NORMS
from nnsim.lesson.trace import Trace
from nnsim.lesson.words.here import Here
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import Sentence, counted, sentence, translatable
from nnsim.model.training import Optimizer

_SGD = translatable("The gradient points uphill; each parameter goes downhill, by η times its gradient.")
_RULES = {
    "sgd": _SGD,
    "momentum": translatable("The step builds up speed: {share} of the last one is kept."),
    "nesterov": translatable(
        "The step builds up speed, {share} of the last one, and looks ahead along its way."
    ),
    "rmsprop": translatable("Each parameter's step is divided by the usual size of its gradient."),
    "adam": translatable(
        "Momentum, and each parameter's step divided by the usual size of its gradient; both averages are"
        " corrected for their start at 0. This is update {count}."
    ),
}
_NO_MOMENTUM = translatable(
    "The momentum is 0, so nothing of the last step is kept: each parameter goes downhill, by η times its"
    " gradient."
)
_PERCEPTRON = translatable("The perceptron rule: each weight moves by η times the error e times its input.")
_PERCEPTRON_BATCH = translatable(
    "The perceptron rule: each weight moves by η times the mean, over the batch, of the error e times its"
    " input."
)
_RMSPROP_ELSEWHERE = translatable("PyTorch's RMSprop adds ε outside the root, and its usual ρ is 0.99.")
_NO_GRADIENT = translatable("Every gradient is 0: nothing moves.")
_NODE_AT_REST = translatable("Every gradient of {name} is 0 here: it stays as it is.")
_FROZEN_ONE = translatable("{count} parameter is frozen or taken out and stays as it is.")
_FROZEN = translatable("{count} parameters are frozen or taken out and stay as they are.")
_FROZEN_UNIT_ONE = translatable("{count} parameter of {name} is frozen or taken out and stays as it is.")
_FROZEN_UNIT = translatable("{count} parameters of {name} are frozen or taken out and stay as they are.")
_UP = translatable("This weight rises by {change}.")
_DOWN = translatable("This weight falls by {change}.")
_STAYS = translatable("This weight stays as it is.")
_MOVES = {
    ("bias", False): (
        translatable("This bias rises by {change}."),
        translatable("This bias falls by {change}."),
        translatable("This bias stays as it is."),
    ),
    ("slope", False): (
        translatable("This slope rises by {change}."),
        translatable("This slope falls by {change}."),
        translatable("This slope stays as it is."),
    ),
    ("weight", True): (
        translatable("This γ rises by {change}."),
        translatable("This γ falls by {change}."),
        translatable("This γ stays as it is."),
    ),
    ("bias", True): (
        translatable("This β rises by {change}."),
        translatable("This β falls by {change}."),
        translatable("This β stays as it is."),
    ),
}
"""What becomes of a parameter, by its role and whether its layer normalises, where it is no weight."""
_WEIGHT_IS_FROZEN = translatable("This weight is frozen: it works, but does not learn.")
_IS_FROZEN = {
    ("bias", False): translatable("This bias is frozen: it works, but does not learn."),
    ("slope", False): translatable("This slope is frozen: it works, but does not learn."),
    ("weight", True): translatable("This γ is frozen: it works, but does not learn."),
    ("bias", True): translatable("This β is frozen: it works, but does not learn."),
}


def update(here: Here) -> list[Sentence]:
    """What becomes of the weight in focus, the rule, and what may not move."""
    trace, focus = here.trace, here.focus
    if here.learns_nothing:
        return []
    place = trace.place_of(focus)
    said = [] if place is None else [_of_parameter(trace, focus, place)]
    still = not trace.gradient.any() and bool((trace.after.theta == trace.before.theta).all())
    if isinstance(focus, Node) and focus.layer > 0 and not still and trace.is_at_rest(focus):
        return [*_at_rest(here, focus), *_fixed(here)]
    said.append(sentence(_NO_GRADIENT) if still else _rule(trace))
    if here.part.kind == "rmsprop":
        said.append(sentence(_RMSPROP_ELSEWHERE))
    return said + _fixed(here)


def _at_rest(here: Here, node: Node) -> list[Sentence]:
    """Of a neuron that stays as it is, why, unless nothing of it may move."""
    learns = here.trace.trainable[here.trace.entering(node)].any()
    return [sentence(_NODE_AT_REST, name=here.name(*node))] if learns else []


def frozen(trace: Trace, focus: Focus | None) -> Sentence:
    """That the parameter in focus may not move."""
    return sentence(_IS_FROZEN.get(_called(trace, focus), _WEIGHT_IS_FROZEN))


def _called(trace: Trace, focus: Focus | None) -> tuple[str, bool]:
    """The role of a parameter, and whether its layer normalises: together they say what it is called."""
    role = focus.role if isinstance(focus, ParameterFocus) else "weight"
    return role, focus is not None and trace.network.layers[focus.layer].kind in NORMS


def _of_parameter(trace: Trace, focus: Focus | None, place: int) -> Sentence:
    up, down, stays = _MOVES.get(_called(trace, focus), (_UP, _DOWN, _STAYS))
    change = float(trace.updated[place] - trace.before.theta[place])
    if change > 0.0:
        return sentence(up, change=change)
    return sentence(down, change=-change) if change < 0.0 else sentence(stays)


def _rule(trace: Trace) -> Sentence:
    training = trace.document.training
    optimizer: Optimizer = training.optimizer
    plain = training.loss == "perceptron" and training.l2 == 0.0 and trace.last == 1
    if optimizer.kind == "sgd" and plain:
        return sentence(_PERCEPTRON if trace.samples == 1 else _PERCEPTRON_BATCH)
    if optimizer.kind in ("momentum", "nesterov") and optimizer.momentum == 0.0:
        return sentence(_NO_MOMENTUM)
    return sentence(_RULES[optimizer.kind], share=optimizer.momentum, count=trace.after.count)


def _fixed(here: Here) -> list[Sentence]:
    """How many of the parameters that are told of may not move."""
    trace, focus = here.trace, here.focus
    if isinstance(focus, Edge | ParameterFocus):
        return []
    if isinstance(focus, Node) and focus.layer > 0:
        count = int(np.sum(~trace.trainable[trace.entering(focus)]))
        words, names = (_FROZEN_UNIT_ONE, _FROZEN_UNIT), {"name": here.name(*focus)}
    else:
        told = [
            t
            for t in trace.layout.tensors
            if t.spec.trained and (not isinstance(focus, LayerFocus) or t.layer == focus.layer)
        ]
        count = sum(int(np.sum(~trace.trainable[tensor.span])) for tensor in told)
        words, names = (_FROZEN_ONE, _FROZEN), {}
    return [counted(*words, count, **names)] if count else []
