"""What is said of the update."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnsim.lesson.focus import LayerFocus
from nnsim.lesson.sentence import Sentence, counted, sentence, translatable
from nnsim.lesson.trace import Trace
from nnsim.lesson.words.here import Here
from nnsim.model.network import Edge, Node
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
_FROZEN_ONE = translatable("{count} parameter is frozen or taken out and stays as it is.")
_FROZEN = translatable("{count} parameters are frozen or taken out and stay as they are.")
_FROZEN_UNIT_ONE = translatable("{count} parameter of {name} is frozen or taken out and stays as it is.")
_FROZEN_UNIT = translatable("{count} parameters of {name} are frozen or taken out and stay as they are.")
_UP = translatable("This weight rises by {change}.")
_DOWN = translatable("This weight falls by {change}.")
_STAYS = translatable("This weight stays as it is.")


def update(here: Here) -> list[Sentence]:
    """What becomes of the weight in focus, the rule, and what may not move."""
    trace, focus = here.trace, here.focus
    if here.learns_nothing:
        return []
    said = [_of_edge(trace, focus)] if isinstance(focus, Edge) else []
    still = not trace.gradient.any() and bool((trace.after.theta == trace.before.theta).all())
    said.append(sentence(_NO_GRADIENT) if still else _rule(trace))
    if here.part.kind == "rmsprop":
        said.append(sentence(_RMSPROP_ELSEWHERE))
    return said + _fixed(here)


def _of_edge(trace: Trace, focus: Edge) -> Sentence:
    place = trace.layout.edge_index(focus)
    change = float(trace.after.theta[place] - trace.before.theta[place])
    if change > 0.0:
        return sentence(_UP, change=change)
    return sentence(_DOWN, change=-change) if change < 0.0 else sentence(_STAYS)


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
    if isinstance(focus, Edge):
        return []
    if isinstance(focus, Node) and focus.layer > 0:
        count = int(np.sum(~trace.trainable[parameters_of(trace, focus)]))
        words, names = (_FROZEN_UNIT_ONE, _FROZEN_UNIT), {"name": here.name(*focus)}
    else:
        told = [
            t for t in trace.layout.tensors if not isinstance(focus, LayerFocus) or t.layer == focus.layer
        ]
        count = sum(int(np.sum(~trace.trainable[tensor.span])) for tensor in told)
        words, names = (_FROZEN_ONE, _FROZEN), {}
    return [counted(*words, count, **names)] if count else []


def parameters_of(trace: Trace, node: Node) -> NDArray[np.intp]:
    """Places of the weights into a unit and of its bias."""
    weight, bias = trace.layout.weight(node.layer), trace.layout.find(node.layer, "bias")
    fan_in = weight.shape[1]
    found = weight.offset + node.unit * fan_in + np.arange(fan_in)
    return found if bias is None else np.append(found, bias.offset + node.unit)
