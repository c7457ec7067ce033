"""What is said of a convolution, there and back."""

from __future__ import annotations

from nnsim.lesson.cells import cell_in
from nnsim.lesson.focus import Focus, ParameterFocus, parameter_at, parameter_index
from nnsim.lesson.window import Place
from nnsim.lesson.words.backward import LESS, MORE, NO_GRADIENT, SOURCE_INPUT, SOURCE_MORE
from nnsim.lesson.words.here import Here
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import Sentence, counted, sentence, translatable

_SLIDES_ONE = translatable(
    "The filter slides over the image: at every place it multiplies what it sees by its weights and adds it"
    " up."
)
_SLIDES = translatable(
    "Each of the {count} filters slides over the image: at every place it multiplies what it sees by its"
    " weights and adds it up."
)
_SHOWN = translatable("Shown is the strongest sum, that of {name}.")
_SHOWN_MAP = translatable("Shown is the strongest sum of the map, that of {name}.")
_SEES = translatable("The window of {name} sees rows {top} to {bottom}, columns {left} to {right}.")
_SEES_ONE = translatable("The window of {name} sees row {top}, column {left}.")
_MARGIN = translatable("Where it reaches over the edge it sees 0.")
_SHARED = translatable("The same {weights} weights look at all {places} places of the image.")
_SHARED_BIAS = translatable(
    "The same {weights} weights and the same bias look at all {places} places of the image."
)
_USED = translatable(
    "One weight of a filter is used at {places} places, so its gradient is the sum over all of them."
)
_USED_BATCH = translatable(
    "One weight of a filter is used at {places} places of each of the {samples} samples, so its gradient is"
    " the sum over all of them."
)
_STEEPEST = translatable("Shown is the weight with the steepest gradient.")
_STEEPEST_FILTER = translatable("Shown is the weight of this filter with the steepest gradient.")
_BIAS = translatable(
    "A filter's bias is added at every place: its gradient is the sum over its map's signals."
)
_BIAS_MORE = translatable("A larger bias would make the loss smaller.")
_BIAS_LESS = translatable("A smaller bias would make the loss smaller.")
_BIAS_NOTHING = translatable("The signals of its map add up to 0: this bias gets no gradient.")
_COLLECTS = translatable(
    "A cell collects from every place whose window saw it: the weight that it met there passes that place's"
    " signal on."
)
_SEEN_ONE = translatable("{name} was seen once.")
_SEEN = translatable("{name} was seen {count} times.")
_SHARES = translatable("The gradient of the filters of layer {layer}")
_INPUT = translatable("Back to the input")


def _place(here: Here) -> tuple[Place, int]:
    """The place that the formulas are about, and its unit."""
    trace = here.trace
    unit = cell_in(trace, here.layer, here.focus, trace.value("z", here.layer)[here.sample])
    return Place.of(trace.tape.ops[here.part.op], unit), unit


def say_sums(here: Here) -> list[Sentence]:
    """What the filters do, and at which place they are looked at."""
    op = here.trace.tape.ops[here.part.op]
    place, unit = _place(here)
    window = place.window
    name = here.name(here.layer, unit)
    said = [counted(_SLIDES_ONE, _SLIDES, window.filters)]
    if not isinstance(here.focus, Node | Edge) or here.focus.layer != here.layer:
        said.append(sentence(_SHOWN if here.channel is None else _SHOWN_MAP, name=name))
    (top, bottom), (left, right) = place.rows, place.columns
    template = _SEES_ONE if (top, left) == (bottom, right) else _SEES
    said.append(sentence(template, name=name, top=top, bottom=bottom, left=left, right=right))
    if place.is_at_the_margin:
        said.append(sentence(_MARGIN))
    weights = window.channels * window.kernel_height * window.kernel_width
    shared = _SHARED_BIAS if op.bias >= 0 else _SHARED
    said.append(sentence(shared, weights=weights, places=window.out_height * window.out_width))
    return said


def title_of_gradient(here: Here) -> Sentence:
    """With a pixel of the input in focus it is about that."""
    if _is_about_the_input(here):
        return sentence(_INPUT)
    return sentence(_SHARES, layer=here.layer)


def _is_about_the_input(here: Here) -> bool:
    return isinstance(here.focus, Node) and here.focus.layer == here.source == 0


def say_filter_gradient(here: Here) -> list[Sentence]:
    """Of a weight in focus first which way it should go; then why its gradient is a sum."""
    if _is_about_the_input(here):
        return [sentence(SOURCE_INPUT)]
    trace, op = here.trace, here.trace.tape.ops[here.part.op]
    window, focus = op.attributes, _meant(here)
    if focus is not None and focus.role == "bias":
        return [_way(here, focus), sentence(_BIAS)]
    said = [] if focus is None else [_way(here, focus)]
    used = _USED if trace.samples == 1 else _USED_BATCH
    places = window.out_height * window.out_width
    said.append(sentence(used, places=places, samples=trace.samples))
    if focus is None:
        among = here.channel is not None or here.is_here(here.focus)
        said.append(sentence(_STEEPEST_FILTER if among else _STEEPEST))
        if op.bias >= 0:
            said.append(sentence(_BIAS))
    return said


def _meant(here: Here) -> ParameterFocus | None:
    """The weight or bias of the layer that is in focus, by itself or by one of its edges."""
    focus: Focus | None = here.focus
    if isinstance(focus, ParameterFocus) and focus.layer == here.layer:
        return focus if focus.role in ("weight", "bias") else None
    if isinstance(focus, Edge) and focus.layer == here.layer:
        return parameter_at(here.trace.layout, here.trace.joins.parameter(focus))
    return None


def _way(here: Here, focus: ParameterFocus) -> Sentence:
    """Which way a weight or a bias should go."""
    trace = here.trace
    place = parameter_index(trace.layout, focus)
    gradient = float(trace.gradient[place] - trace.penalty_gradient[place])
    is_bias = focus.role == "bias"
    if gradient == 0.0:
        return sentence(_BIAS_NOTHING if is_bias else NO_GRADIENT)
    if gradient < 0.0:
        return sentence(_BIAS_MORE if is_bias else MORE)
    return sentence(_BIAS_LESS if is_bias else LESS)


def say_image_gradient(here: Here) -> list[Sentence]:
    """From how many places a cell collects."""
    trace, op = here.trace, here.trace.tape.ops[here.part.op]
    layer = here.layer
    unit = cell_in(trace, layer, here.focus, trace.passed(here.part.op)[here.sample])
    found = trace.joins.out_of(Node(layer, unit))
    count = int((found.layers == op.layer).sum())
    said = [sentence(_COLLECTS), counted(_SEEN_ONE, _SEEN, count, name=here.name(layer, unit))]
    return said if trace.earlier(here.part.op) is None else [*said, sentence(SOURCE_MORE, layer=layer)]
