"""What is said of the perceptron's loss: it looks at what fires, whatever the output makes of its sum."""

from __future__ import annotations

from nnsim.lesson.plain import plain
from nnsim.lesson.symbols import symbols_of
from nnsim.lesson.words.here import Here
from nnsim.model.sentence import Sentence, sentence, translatable

_FIRED = translatable("1[{z} > {least}]")
_FIRED_VALUE = translatable("1[{z} > {least}] = {value}")
_ANSWER = translatable("What counts is {answer}, its target {target}.")
_ANSWERS = translatable("Of output {name} what counts is {answer}, its target is {target}.")
_MET = translatable("{answer} is its target: nothing pulls at it.")
_ANY = translatable("The perceptron's loss: each error {fired} − y times its sum.")
_RULE = translatable(
    "The threshold has no slope, so the perceptron rule takes {fired} − y, which is −e, for ∂L/∂z."
)
_RULE_ALL = translatable("The threshold has no slope, so the perceptron rule takes {fired} − y for ∂L/∂z.")
_ANSWER_RIGHT = translatable("The answer is right, e = 0: it sends no gradient back.")
_ANSWERS_RIGHT = translatable("All answers are right, e = 0: they send no gradient back.")
_ANSWERS_RIGHT_ALL = translatable("All answers are right: they send no gradient back.")
_SUM_RIGHT = translatable("The sum is on the right side, e = 0: it sends no gradient back.")
_SUMS_RIGHT = translatable("All sums are on the right side, e = 0: they send no gradient back.")
_SUMS_RIGHT_ALL = translatable("All sums are on the right side: they send no gradient back.")


def passes_on_more(here: Here) -> bool:
    """Whether the loss is the perceptron's and the output is no step: then ŷ is not what fires."""
    return here.part.kind == "perceptron" and here.trace.network.output_activation != "step"


def fired(here: Here, unit: int | None = None, value: float | None = None) -> str | Sentence:
    """What fires, in symbols; with its value where that is given."""
    last = here.trace.last
    z = plain(symbols_of(here.trace.document).z(last, unit))
    least = here.trace.fires_above(last, here.sample)
    if value is None:
        return sentence(_FIRED, z=z, least=least) if passes_on_more(here) else "ŷ"
    return sentence(_FIRED_VALUE, z=z, least=least, value=value)


def answered(here: Here, unit: int, answer: float, target: float, *, alone: bool) -> Sentence:
    """What counts of an output that is no step."""
    counts = fired(here, unit, answer)
    if alone:
        return sentence(_ANSWER, answer=counts, target=target)
    return sentence(_ANSWERS, name=here.name(here.trace.last, unit), answer=counts, target=target)


def met(here: Here, unit: int, value: float) -> Sentence:
    """What counts is what was wanted."""
    return sentence(_MET, answer=fired(here, unit, value))


def any_targets(here: Here) -> Sentence:
    """How errors count that are not 0, 1 or −1."""
    return sentence(_ANY, fired=fired(here))


def rule(here: Here) -> Sentence:
    """Where ∂L/∂z comes from; e is written for one output alone."""
    return sentence(_RULE_ALL if here.unit is None else _RULE, fired=fired(here))


def right(here: Here, one: bool) -> Sentence:
    """No error anywhere: of one output and sample, or of several."""
    more = passes_on_more(here)
    if one:
        return sentence(_SUM_RIGHT if more else _ANSWER_RIGHT)
    if here.unit is None:
        return sentence(_SUMS_RIGHT_ALL if more else _ANSWERS_RIGHT_ALL)
    return sentence(_SUMS_RIGHT if more else _ANSWERS_RIGHT)
