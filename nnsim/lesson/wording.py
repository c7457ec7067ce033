"""What each part of a pass is called and what it does, in a sentence or two.

Templates are English and marked for translation; what goes into them is kept apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from nnsim.engine.ops.losses import CLAMP
from nnsim.lesson.focus import Focus
from nnsim.lesson.parts import FUSED, Part
from nnsim.lesson.sentence import Sentence, sentence, translatable
from nnsim.lesson.trace import Trace
from nnsim.model.network import Edge, Node

Say = Callable[[Trace, Part], list[Sentence]]

PHASE_TITLES = {
    "input": translatable("The input"),
    "forward": translatable("Forward pass"),
    "loss": translatable("Loss"),
    "backward": translatable("Backward pass"),
    "update": translatable("Update"),
}
_TITLES = {
    "input": translatable("The sample enters"),
    "affine": translatable("Weighted sums of layer {layer}"),
    "activation": translatable("Activations of layer {layer}"),
    "loss": translatable("How wrong is the answer?"),
    "penalty": translatable("The price of large weights"),
    "loss_gradient": translatable("Which way should the answer move?"),
    "penalty_gradient": translatable("The penalty pulls at the weights"),
    "activation_gradient": translatable("Back through the activations of layer {layer}"),
    "weight_gradient": translatable("Which share has each weight of layer {layer}?"),
    "source_gradient": translatable("Back to layer {layer}"),
    "update": translatable("The parameters move"),
}
_UNIT_TITLES = {
    "forward": translatable("Neuron {unit} of layer {layer}"),
    "backward": translatable("Back through neuron {unit} of layer {layer}"),
    "update": translatable("Neuron {unit} of layer {layer} learns"),
}

_INPUT = translatable("The sample stands at the input; its target is kept until the loss.")
_INPUTS = translatable(
    "{count} samples pass side by side; the numbers shown are those of one of them at a time."
)
_AFFINE = translatable(
    "Each neuron multiplies what comes in by its weights and adds it up, with its bias on top."
)
_AFFINE_PLAIN = translatable("Each neuron multiplies what comes in by its weights and adds it up.")
_SKIP = translatable("This connection comes from layer {source} and adds to the sum that is already there.")
_REMOVED = translatable("{count} edges are taken out: their weight is 0 and stays 0.")
_ACTIVATIONS = {
    "identity": translatable("The sum passes as it is."),
    "step": translatable("The neuron fires, 1, if its sum is above 0, and else is silent, 0."),
    "sigmoid": translatable("The sigmoid squeezes each sum into the range from 0 to 1."),
    "tanh": translatable("The hyperbolic tangent squeezes each sum into the range from −1 to 1."),
    "relu": translatable("Positive sums pass as they are, negative ones become 0."),
    "leaky_relu": translatable("Positive sums pass; of negative ones a small share gets through."),
    "prelu": translatable("Positive sums pass; of negative ones a share that is itself learned."),
    "elu": translatable("Positive sums pass; negative ones bend smoothly towards −1."),
    "softmax": translatable("Softmax turns the sums into shares that add up to 1: one probability a class."),
}
_LOSSES = {
    "mse": translatable("The mean of the squared errors: large errors count most."),
    "sse": translatable("The sum of the squared errors: large errors count most."),
    "mae": translatable("The mean of the absolute errors: every error counts by its size."),
    "bce": translatable("Binary cross-entropy: being confidently wrong costs most."),
    "bce_logits": translatable("Binary cross-entropy: being confidently wrong costs most."),
    "cross_entropy": translatable("Cross-entropy: only the probability of the right class counts."),
    "cross_entropy_logits": translatable("Cross-entropy: only the probability of the right class counts."),
    "perceptron": translatable(
        "The perceptron's loss: 0 for a right answer, else how far the sum is on the wrong side."
    ),
}
_SHARED_TARGETS = {
    "loss": translatable("Cross-entropy: −ln ŷ of each class counts by its target."),
    "cross_entropy": translatable(
        "Each class with a target is pulled by it, the harder the less probable the class was."
    ),
    "cross_entropy_logits": translatable(
        "Cross-entropy and softmax are taken together: ŷ times the sum of the targets is left, less the"
        " targets. Their sum is not 1 here, so that this is not the plain error ŷ − y."
    ),
}
"""Of cross-entropy where a sample's targets are not a single 1."""
_BATCH_MEAN = translatable("The loss of the batch is the mean over its {count} samples.")
_BATCH_SUM = translatable("The loss of the batch is the sum over its {count} samples.")
_PENALTY = translatable(
    "L2 adds {l2} times the sum of all squared weights, so large weights must earn their keep."
)
_SLOPES = {
    "mse": translatable("Twice the error: the further off, the stronger the pull."),
    "sse": translatable("Twice the error: the further off, the stronger the pull."),
    "mae": translatable("Only the direction of the error counts, not its size."),
    "bce": translatable("The pull grows without bound as a confident answer proves wrong."),
    "cross_entropy": translatable("Only the right class is pulled, the harder the less probable it was."),
    "bce_logits": translatable(
        "Cross-entropy and sigmoid are taken together: ∂L/∂ŷ and σ′(z) cancel to the plain error ŷ − y."
    ),
    "cross_entropy_logits": translatable(
        "Cross-entropy and softmax are taken together: what is left of both is the plain error ŷ − y."
    ),
    "perceptron": translatable(
        "The threshold has no slope, so the perceptron rule hands its error e = y − ŷ on to z directly."
    ),
}
_RIGHT = translatable("The answer is right, e = 0: nothing will change.")
_CLAMPED = translatable(
    "An answer that leaves the range from 0 to 1 is held at its edge; there the loss has no slope."
)
_ONE_OF_BATCH = translatable("It carries the factor 1/{count} of the mean over the batch.")
_THROUGH = translatable("Multiplied by the activation's slope, the gradient passes from a to z.")
_NO_SLOPE = translatable("A step is flat on both sides: its slope is 0, so no gradient gets through.")
_DEAD = translatable("{count} of {units} neurons have slope 0 here and let nothing through.")
_FADING = translatable("The slope is at most {slope} here: the gradient fades on its way.")
_THROUGH_SOFTMAX = translatable(
    "Each sum moves every share, since they add up to 1: what the others lose is taken off."
)
_SLOPE_LEARNED = translatable("The learned slope gets its own gradient, from the sums that are not positive.")
_WEIGHTS = translatable(
    "A weight's gradient is the signal that came back to its neuron times what the weight carried forward."
)
_WEIGHTS_BIAS = translatable("The bias carries a constant 1, so its gradient is the signal itself.")
_WEIGHTS_BATCH = translatable("Each of the {count} samples adds its share.")
_SOURCE = translatable(
    "Each neuron collects what comes back along its edges: each weight passes its neuron's signal on."
)
_SOURCE_MORE = translatable("Layer {layer} also feeds others: this share adds to what has already come back.")
_PENALTY_SLOPE = translatable("Each weight's gradient grows by 2λw, which pulls the weight towards 0.")
_OPTIMIZERS = {
    "sgd": translatable("The gradient points uphill; each parameter goes downhill, by η times its gradient."),
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
_RMSPROP_ELSEWHERE = translatable("PyTorch's RMSprop adds ε outside the root, and its usual ρ is 0.99.")
_PERCEPTRON_UPDATE = translatable(
    "The perceptron rule: each weight moves by η times the error e times its input."
)
_FROZEN = translatable("{count} parameters are frozen or taken out and stay as they are.")


class Told(NamedTuple):
    """What is said about a part."""

    title: Sentence
    text: tuple[Sentence, ...]


def _input(trace: Trace, part: Part) -> list[Sentence]:
    return [sentence(_INPUT), *([sentence(_INPUTS, count=trace.samples)] if trace.samples > 1 else [])]


def _affine(trace: Trace, part: Part) -> list[Sentence]:
    op = trace.tape.ops[part.op]
    source = trace.tape.buffers[op.source].layer
    said = (
        [sentence(_SKIP, source=source)]
        if op.add_target
        else [sentence(_AFFINE if op.bias >= 0 else _AFFINE_PLAIN)]
    )
    removed = sum(
        (edge.source_layer, edge.layer) == (source, part.layer) for edge in trace.network.removed_edges
    )
    return said + ([sentence(_REMOVED, count=removed)] if removed else [])


def _activation(trace: Trace, part: Part) -> list[Sentence]:
    return [sentence(_ACTIVATIONS[part.kind])]


def _loss(trace: Trace, part: Part) -> list[Sentence]:
    said = [sentence(_LOSSES[part.kind] if _one_class(trace, part) else _SHARED_TARGETS["loss"])]
    if trace.samples > 1:
        said.append(sentence(_BATCH_SUM if part.kind == "sse" else _BATCH_MEAN, count=trace.samples))
    return said


def _penalty(trace: Trace, part: Part) -> list[Sentence]:
    return [sentence(_PENALTY, l2=trace.document.training.l2)]


def _one_class(trace: Trace, part: Part) -> bool:
    """Whether each sample's targets say one class, as far as the loss compares classes."""
    single = (np.count_nonzero(trace.y, axis=1) == 1) & (trace.y.max(axis=1) == 1.0)
    return bool(single.all()) or not part.kind.startswith("cross_entropy")


def _slope_words(trace: Trace, part: Part) -> str:
    shares = np.isclose(trace.y.sum(axis=1), 1.0).all()
    if _one_class(trace, part) or (part.kind == "cross_entropy_logits" and shares):
        return _SLOPES[part.kind]
    return _SHARED_TARGETS[part.kind]


def _loss_gradient(trace: Trace, part: Part) -> list[Sentence]:
    said = [sentence(_slope_words(trace, part))]
    found = trace.slope("z" if part.kind in FUSED else "a", trace.last)
    if part.kind == "perceptron" and found is not None and not found.any():
        said.append(sentence(_RIGHT))
    answers = trace.value("a", trace.last)
    if part.kind in ("bce", "cross_entropy") and not ((answers >= CLAMP) & (answers <= 1.0 - CLAMP)).all():
        said.append(sentence(_CLAMPED))
    if trace.samples > 1 and part.kind != "sse":
        said.append(sentence(_ONE_OF_BATCH, count=trace.samples))
    return said


_VANISHING = 0.05


def _activation_gradient(trace: Trace, part: Part) -> list[Sentence]:
    if part.kind == "softmax":
        return [sentence(_THROUGH_SOFTMAX)]
    if part.kind == "step":
        return [sentence(_NO_SLOPE)]
    said = [sentence(_THROUGH)]
    slopes = trace.derivative(trace.tape.ops[part.op])
    dead = int(np.sum(~slopes.any(axis=0)))
    if dead:
        said.append(sentence(_DEAD, count=dead, units=slopes.shape[1]))
    elif part.kind in ("sigmoid", "tanh") and slopes.max() < _VANISHING:
        said.append(sentence(_FADING, slope=float(slopes.max())))
    if part.kind == "prelu":
        said.append(sentence(_SLOPE_LEARNED))
    return said


def _weight_gradient(trace: Trace, part: Part) -> list[Sentence]:
    said = [sentence(_WEIGHTS)]
    if trace.tape.ops[part.op].bias >= 0:
        said.append(sentence(_WEIGHTS_BIAS))
    if trace.samples > 1:
        said.append(sentence(_WEIGHTS_BATCH, count=trace.samples))
    return said


def _source_gradient(trace: Trace, part: Part) -> list[Sentence]:
    tape = trace.tape
    op = tape.ops[part.op]
    first = next(number for number in tape.backward if tape.ops[number].source == op.source)
    return [sentence(_SOURCE), *([] if first == part.op else [sentence(_SOURCE_MORE, layer=part.layer)])]


def _penalty_gradient(trace: Trace, part: Part) -> list[Sentence]:
    return [sentence(_PENALTY_SLOPE)]


def _update(trace: Trace, part: Part) -> list[Sentence]:
    settings, training = trace.document.training.optimizer, trace.document.training
    if training.loss == "perceptron" and settings.kind == "sgd":
        said = [sentence(_PERCEPTRON_UPDATE)]
    else:
        said = [sentence(_OPTIMIZERS[part.kind], share=settings.momentum, count=trace.after.count)]
    if part.kind == "rmsprop":
        said.append(sentence(_RMSPROP_ELSEWHERE))
    fixed = int(np.sum(~trace.trainable))
    return said + ([sentence(_FROZEN, count=fixed)] if fixed else [])


_SAY: dict[str, Say] = {
    "input": _input,
    "affine": _affine,
    "activation": _activation,
    "loss": _loss,
    "penalty": _penalty,
    "loss_gradient": _loss_gradient,
    "penalty_gradient": _penalty_gradient,
    "activation_gradient": _activation_gradient,
    "weight_gradient": _weight_gradient,
    "source_gradient": _source_gradient,
    "update": _update,
}


def told(trace: Trace, part: Part) -> Told:
    """Title and sentences of one part."""
    return Told(sentence(_TITLES[part.action], layer=part.layer), tuple(_SAY[part.action](trace, part)))


def unit_title(phase: str, node: Node) -> Sentence:
    """Title of a step that is about one neuron; units are counted from 1, as in the formulas."""
    return sentence(_UNIT_TITLES[phase], unit=node.unit + 1, layer=node.layer)


_FOCUS_REMOVED = translatable("This edge is taken out: its weight is 0, and no gradient passes through it.")
_FOCUS_FROZEN = translatable("This weight is frozen: it works, but does not learn.")


def about(trace: Trace, focus: Focus | None) -> list[Sentence]:
    """What there is to say about the focus itself."""
    if not isinstance(focus, Edge):
        return []
    if focus in trace.network.removed_edges:
        return [sentence(_FOCUS_REMOVED)]
    frozen = not trace.trainable[trace.layout.edge_index(focus)]
    return [sentence(_FOCUS_FROZEN)] if frozen else []
