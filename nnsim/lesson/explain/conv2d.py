"""Convolution: a filter slides over an image; each of its weights is used at every place."""

from __future__ import annotations

from nnsim.lesson.concern import Concern, back_along, channel, of_parameter, one_edge, source_of, sums
from nnsim.lesson.explain.action import Action, Explanation, called, not_to_the_input, read_by
from nnsim.lesson.explain.conv_backward import data_gradient, filter_gradient, image_gradient, weight_of
from nnsim.lesson.explain.conv_forward import convolution
from nnsim.lesson.explain.conv_words import (
    say_filter_gradient,
    say_image_gradient,
    say_sums,
    title_of_gradient,
)
from nnsim.lesson.focus import Focus, ParameterFocus
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import Symbols
from nnsim.lesson.tensors import Collector, gradient_name
from nnsim.lesson.trace import Trace
from nnsim.lesson.window import Place
from nnsim.model.network import Edge, Node
from nnsim.model.sentence import translatable

_SUMS = translatable("The filters of layer {layer} slide over the image")
_BACK = translatable("Back to layer {layer}")


def _sums_arrays(collector: Collector) -> None:
    collector.a(collector.source)
    collector.tensor(collector.part.layer, "weight")
    collector.tensor(collector.part.layer, "bias")
    collector.z(collector.part.layer)


def _gradient_arrays(collector: Collector) -> None:
    trace, layer = collector.trace, collector.part.layer
    collector.slope("z", layer)
    collector.a(collector.source)
    weight = trace.layout.weight(layer)
    collector.found[f"{weight.name}.grad"] = data_gradient(trace, collector.op)
    bias = trace.layout.find(layer, "bias")
    if bias is not None:
        collector.found[f"{bias.name}.grad"] = trace.gradient[bias.span]


def _gradients(trace: Trace, part: Part) -> tuple[str, ...]:
    tensors = (trace.layout.find(part.layer, role) for role in ("weight", "bias"))
    return tuple(f"{tensor.name}.grad" for tensor in tensors if tensor is not None)


def _image_arrays(collector: Collector) -> None:
    collector.slope("z", collector.op.layer)
    collector.tensor(collector.op.layer, "weight")
    name = gradient_name(collector.trace, collector.op.source)
    collector.batch(name, collector.trace.passed(collector.part.op))


def _filters(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """As :func:`sums`; of a filter's weight, all places that use it."""
    if isinstance(focus, ParameterFocus) and focus.layer == part.layer:
        return of_parameter(trace, focus) | Concern(frozenset({source_of(trace, part)}))
    return sums(trace, part, focus)


def _filter_share(trace: Trace, part: Part, focus: Focus | None) -> Concern:
    """An edge's weight is its filter's: with it all of the map lights up."""
    if isinstance(focus, Edge) and focus.layer == part.layer:
        weight = weight_of(trace, trace.tape.ops[part.op], focus)
        return one_edge(focus) | Concern(parameters=frozenset({weight}))
    if isinstance(focus, Node) and focus.layer == part.layer:
        number = Place.of(trace.tape.ops[part.op], focus.unit).channel
        map_, source = channel(trace, part.layer, number), source_of(trace, part)
        return Concern(frozenset({source}), channels=frozenset({map_}), filters=frozenset({(source, map_)}))
    return _filters(trace, part, focus)


def _filters_chip(symbols: Symbols, trace: Trace, part: Part) -> str:
    return f"∂L/∂{symbols.plain('K', part.layer)}"


CONV2D = Explanation(
    forward=(
        Action(
            "convolution",
            "forward",
            called(_SUMS),
            lambda symbols, trace, part: symbols.plain("z", part.layer),
            convolution,
            say_sums,
            _sums_arrays,
            lambda trace, part: (f"z{part.layer}",),
            _filters,
            reach=-0.5,
            by_unit=True,
        ),
    ),
    backward=(
        Action(
            "filter_gradient",
            "backward",
            title_of_gradient,
            _filters_chip,
            filter_gradient,
            say_filter_gradient,
            _gradient_arrays,
            _gradients,
            _filter_share,
            reach=-0.5,
            by_unit=True,
        ),
        Action(
            "image_gradient",
            "backward",
            called(_BACK),
            lambda symbols, trace, part: f"∂L/∂{symbols.plain('a', part.layer)}",
            image_gradient,
            say_image_gradient,
            _image_arrays,
            lambda trace, part: (gradient_name(trace, trace.tape.ops[part.op].source),),
            back_along,
            reach=0.25,
            by_unit=True,
            layer=read_by,
            happens=not_to_the_input,
        ),
    ),
)
