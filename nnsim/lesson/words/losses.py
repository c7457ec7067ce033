"""What is said of the loss, and of where its gradient begins."""

from __future__ import annotations

import numpy as np

from nnsim.engine.ops.losses import CLAMP, SUMMED
from nnsim.engine.ops.operation import FIRES_ABOVE
from nnsim.lesson.loss_terms import CLAMPED, FUSED, LOSSES
from nnsim.lesson.symbols import NORMS
from nnsim.lesson.words import perceptron
from nnsim.lesson.words.forward import one_of_each
from nnsim.lesson.words.here import Here
from nnsim.model.sentence import Sentence, sentence, translatable

_LOSSES = {
    "mse": translatable("The mean of the squared errors: large errors count most."),
    "sse": translatable("The sum of the squared errors: large errors count most."),
    "mae": translatable("The mean of the absolute errors: every error counts by its size."),
    "bce": translatable("Binary cross-entropy: being confidently wrong costs most."),
    "cross_entropy": translatable("Cross-entropy: only the probability of the right class counts."),
    "perceptron": translatable(
        "The perceptron's loss: 0 for a right answer, else how far the sum is on the wrong side."
    ),
}
_SQUARE = translatable("The squared error: a large one counts most.")
_ABSOLUTE = translatable("The size of the error, above or below.")
_CROSS_ENTROPY_ANY = translatable("Cross-entropy: each output's logarithm counts by its target.")
_BATCH_MEAN = translatable("The loss of the batch is the mean over its {count} samples.")
_BATCH_SUM = translatable("The loss of the batch is the sum over its {count} samples.")
_ANSWER = translatable("The answer is {answer}, its target {target}.")
_ANSWERS = translatable("Output {name} answers {answer}, its target is {target}.")
_CLASS = translatable("The right class is {name}: it has {answer}.")
_PENALTY = translatable(
    "L2 adds {l2} times the sum of all squared weights, so large weights must earn their keep."
)
_LEFT_ALONE = translatable("It counts weights alone: biases are left as they are.")
_LEFT_ALONE_NORMS = translatable("It counts weights alone: biases, γ and β are left as they are.")
_RISE_SUM = translatable("{answer} is below its target {target}: this sum should rise.")
_FALL_SUM = translatable("{answer} is above its target {target}: this sum should fall.")
_RISE = translatable("{answer} is below its target {target}: this answer should rise.")
_FALL = translatable("{answer} is above its target {target}: this answer should fall.")
_HAIR_RISE = translatable("The answer is a hair below its target {target}: it should rise that much.")
_HAIR_FALL = translatable("The answer is a hair above its target {target}: it should fall that much.")
_MET = translatable("The answer is its target {target}: nothing pulls at it.")
_LARGER = translatable("A larger {name} would make the loss smaller.")
_SMALLER = translatable("A smaller {name} would make the loss smaller.")
_RIGHT_CLASS = translatable("{name} is right and has {answer}: its sum should rise, the others should fall.")
_BOTH_WAYS = translatable("{rise} of the {outputs} outputs should rise, {fall} should fall.")
_BOTH_WAYS_AND_REST = translatable(
    "{rise} of the {outputs} outputs should rise, {fall} should fall, the rest may stay as it is."
)
_ONE_EACH = translatable("One output should rise, the other should fall.")
_SOME_RISE = translatable("{count} of the {outputs} outputs should rise, the rest may stay as it is.")
_SOME_FALL = translatable("{count} of the {outputs} outputs should fall, the rest may stay as it is.")
_ALL_RISE = translatable("All {outputs} outputs should rise.")
_ALL_FALL = translatable("All {outputs} outputs should fall.")
_BOTH_RISE = translatable("Both outputs should rise.")
_BOTH_FALL = translatable("Both outputs should fall.")
_NONE_MOVES = translatable("Nothing pulls at any output.")
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
}
_CROSS_ENTROPY_SLOPE_ANY = translatable(
    "Each output is pulled by its target, the harder the smaller the output was."
)
_CROSS_ENTROPY_FUSED_ANY = translatable(
    "Cross-entropy and softmax are taken together: ŷ times the sum of the targets is left, less the targets."
    " Their sum is not 1 here, so that this is not the simple error."
)
_NOTHING = translatable("Nothing will change.")
_PENALTY_ALONE = translatable("Only the penalty will move the weights.")
_STILL_MOVING = translatable("What the optimiser remembers of earlier steps will still move the weights.")
_ROUNDING = translatable("A sum of no more than a millionth counts as 0: that much may be rounding.")
_HELD = translatable(
    "An answer below {least} or above 1 − {least} is held there, so that its logarithm stays within bounds."
)
_HELD_SLOPE = translatable(
    "An answer below {least} or above 1 − {least} is held there, where the loss has no slope in it."
)
_OF_SAMPLES = translatable("The factor 1/{count} is that of the mean over {samples} samples.")
_OF_OUTPUTS = translatable("The factor 1/{count} is that of the mean over {outputs} outputs.")
_OF_BOTH = translatable(
    "The factor 1/{count} is that of the mean over {samples} samples and {outputs} outputs."
)


def loss(here: Here) -> list[Sentence]:
    """What was answered, what was wanted, and how the loss counts that."""
    trace, kind = here.trace, _plain_kind(here)
    said = [*_answered(here), _counting(here, kind)]
    if kind == "perceptron" and _hidden_by_rounding(here):
        said.append(sentence(_ROUNDING))
    if _held(here).any():
        said.append(sentence(_HELD, least=CLAMP))
    if trace.samples > 1:
        said.append(sentence(_BATCH_SUM if kind in SUMMED else _BATCH_MEAN, count=trace.samples))
    return said


def _plain_kind(here: Here) -> str:
    return here.part.kind.removesuffix("_logits")


def _counting(here: Here, kind: str) -> Sentence:
    """How a loss counts an error, of one output and sample or of several."""
    y = here.trace.y
    if kind == "cross_entropy" and not one_of_each(y):
        return sentence(_CROSS_ENTROPY_ANY)
    if kind == "perceptron" and not ((y == 0.0) | (y == 1.0)).all():
        return perceptron.any_targets(here)
    if y.size == 1 and kind in ("mse", "sse"):
        return sentence(_SQUARE)
    return sentence(_ABSOLUTE if y.size == 1 and kind == "mae" else _LOSSES[kind])


def _answered(here: Here) -> list[Sentence]:
    trace, unit = here.trace, here.unit
    y = trace.y[here.sample]
    if unit is not None:
        values = {"answer": _answer(here, unit), "target": float(y[unit])}
        if perceptron.passes_on_more(here):
            return [perceptron.answered(here, unit, **values, alone=len(y) == 1)]
        if len(y) == 1:
            return [sentence(_ANSWER, **values)]
        return [sentence(_ANSWERS, name=here.name(trace.last, unit), **values)]
    if _plain_kind(here) == "cross_entropy" and one_of_each(trace.y):
        right = int(np.argmax(y))
        return [sentence(_CLASS, name=here.name(trace.last, right), answer=_answer(here, right))]
    return []


def _answer(here: Here, unit: int) -> float:
    """ŷ; of the perceptron's loss what its threshold makes of z."""
    if here.part.kind == "perceptron":
        return float(here.trace.value("z", here.trace.last)[here.sample, unit] > FIRES_ABOVE)
    return float(here.trace.value("a", here.trace.last)[here.sample, unit])


def _hidden_by_rounding(here: Here) -> bool:
    return here.trace.fires_above(here.trace.last, here.sample) > 0.0


def _held(here: Here) -> np.ndarray:
    """Of which answers the loss takes the nearest that it can reckon with, shape (units,)."""
    answers = here.chosen(here.trace.value("a", here.trace.last))[here.sample]
    beyond: np.ndarray = (answers < CLAMP) | (answers > 1.0 - CLAMP)
    return beyond & (here.part.kind in CLAMPED)


def penalty(here: Here) -> list[Sentence]:
    """What large weights cost."""
    return [sentence(_PENALTY, l2=here.trace.document.training.l2), *left_alone(here)]


def left_alone(here: Here) -> list[Sentence]:
    """What the penalty does not count, where there is any."""
    trace = here.trace
    free = [tensor for tensor in trace.layout.tensors if tensor.spec.trained and not tensor.spec.penalised]
    if any(trace.network.layers[tensor.layer].kind in NORMS for tensor in free):
        return [sentence(_LEFT_ALONE_NORMS)]
    return [sentence(_LEFT_ALONE)] if any(tensor.role == "bias" for tensor in free) else []


# --- where the gradient begins


def loss_gradient(here: Here) -> list[Sentence]:
    """What should become of the answer, then how the gradient is got."""
    kind = here.part.kind
    right = _no_error(here) if kind == "perceptron" else []
    if _held(here).all():
        return [sentence(_HELD_SLOPE, least=CLAMP), *_share(here)]
    said = [*(right or _pull(here)), _slope(here)]
    if kind == "perceptron" and _hidden_by_rounding(here):
        said.append(sentence(_ROUNDING))
    if _held(here).any():
        said.append(sentence(_HELD_SLOPE, least=CLAMP))
    return said + _share(here)


def _slope(here: Here) -> Sentence:
    kind, trace = here.part.kind, here.trace
    if kind == "perceptron":
        return perceptron.rule(here)
    if kind == "cross_entropy" and not one_of_each(trace.y):
        return sentence(_CROSS_ENTROPY_SLOPE_ANY)
    if kind == "cross_entropy_logits" and not np.allclose(trace.y.sum(axis=1), 1.0):
        return sentence(_CROSS_ENTROPY_FUSED_ANY)
    return sentence(_SLOPES[kind])


def _gradient(here: Here) -> np.ndarray:
    """∂L/∂z or ∂L/∂ŷ of the shown sample, as this operation hands it on, shape (outputs,)."""
    found: np.ndarray = here.trace.passed(here.part.op)[here.sample]
    return found


def _pull(here: Here) -> list[Sentence]:
    trace, unit, gradient = here.trace, here.unit, _gradient(here)
    if here.is_about_nothing:
        return []
    y = trace.y[here.sample]
    if unit is not None:
        return [_pull_at(here, unit, float(gradient[unit]), float(y[unit]))]
    rise, fall = int(np.sum(gradient < 0.0)), int(np.sum(gradient > 0.0))
    right = int(np.argmax(y))
    fused = here.part.kind == "cross_entropy_logits" and one_of_each(trace.y)
    if fused and rise == 1 and gradient[right] < 0.0:
        return [sentence(_RIGHT_CLASS, name=here.name(trace.last, right), answer=_answer(here, right))]
    return [_both_ways(rise, fall, len(y))] if np.isfinite(gradient).all() else []


def _both_ways(rise: int, fall: int, outputs: int) -> Sentence:
    """How many outputs should rise, and how many should fall."""
    if rise and fall:
        words = _BOTH_WAYS if rise + fall == outputs else _BOTH_WAYS_AND_REST
        return sentence(_ONE_EACH if outputs == 2 else words, outputs=outputs, rise=rise, fall=fall)
    count = rise or fall
    if not count:
        return sentence(_NONE_MOVES)
    some, every, both = (_SOME_RISE, _ALL_RISE, _BOTH_RISE) if rise else (_SOME_FALL, _ALL_FALL, _BOTH_FALL)
    if count < outputs:
        return sentence(some, count=count, outputs=outputs)
    return sentence(both if outputs == 2 else every, outputs=outputs)


def _pull_at(here: Here, unit: int, slope: float, target: float) -> Sentence:
    """Which way the loss pulls at one output: by the sign of its slope, and by nothing else."""
    answer, fused = _answer(here, unit), here.part.kind in FUSED
    more = perceptron.passes_on_more(here)
    if slope == 0.0 and answer == target:
        return perceptron.met(here, unit, answer) if more else sentence(_MET, target=target)
    if slope * (answer - target) > 0.0:
        rises = slope < 0.0
        if f"{answer:.3g}" == f"{target:.3g}":
            return sentence(_HAIR_RISE if rises else _HAIR_FALL, target=target)
        words = (_RISE_SUM, _FALL_SUM) if fused else (_RISE, _FALL)
        written = perceptron.fired(here, unit, answer) if more else answer
        return sentence(words[0] if rises else words[1], answer=written, target=target)
    name = here.name(here.trace.last, unit)
    if slope == 0.0 or np.isnan(slope):
        return sentence(_FLAT, name=name)
    return sentence(_LARGER if slope < 0.0 else _SMALLER, name=name)


_FLAT = translatable("The loss has no slope in {name} here.")


def _no_error(here: Here) -> list[Sentence]:
    """Where the perceptron is right about all samples: what that means for the weights."""
    trace = here.trace
    handed = here.chosen(trace.passed(here.part.op))
    if handed.any():
        return []
    said = [perceptron.right(here, one=handed.size == 1)]
    if trace.passed(here.part.op).any():
        return said
    if (trace.after.theta == trace.before.theta).all():
        return [*said, sentence(_NOTHING)]
    remembers = trace.before.m.any() or trace.before.v.any()
    if trace.document.training.l2 > 0.0 and not remembers:
        return [*said, sentence(_PENALTY_ALONE)]
    return [*said, sentence(_STILL_MOVING)] if remembers and not trace.gradient.any() else said


def _share(here: Here) -> list[Sentence]:
    """Where the factor in front of the formula comes from."""
    trace, loss = here.trace, LOSSES[here.part.kind]
    samples = trace.samples if loss.averages else 1
    outputs = trace.y.shape[1] if loss.per_output else 1
    if samples * outputs == 1:
        return []
    template = _OF_BOTH if min(samples, outputs) > 1 else (_OF_SAMPLES if samples > 1 else _OF_OUTPUTS)
    return [sentence(template, count=samples * outputs, samples=samples, outputs=outputs)]
