"""Weighted sums: ``z = W a + b``."""

from __future__ import annotations

from nnsim.lesson.backward import source_gradient, weight_gradient
from nnsim.lesson.concern import back_along, source_of, sums
from nnsim.lesson.explain.action import Action, Explanation, called, not_to_the_input, read_by
from nnsim.lesson.forward import affine
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import Symbols
from nnsim.lesson.tensors import Collector, gradient_name
from nnsim.lesson.trace import Trace
from nnsim.lesson.words import backward, forward
from nnsim.lesson.words.here import Here
from nnsim.model.sentence import Sentence, sentence, translatable

_SUMS = translatable("Weighted sums of layer {layer}")
_SHARES = translatable("The share of each weight of layer {layer}")
_BACK = translatable("Back to layer {layer}")
_INPUT_GRADIENT = translatable("Back to the input")


def _title(here: Here) -> Sentence:
    if backward.is_about_the_input(here.part.action, here.source, here.focus):
        return sentence(_INPUT_GRADIENT)
    return sentence(_SHARES, layer=here.layer)


def _sums(collector: Collector) -> None:
    layer = collector.part.layer
    collector.a(collector.source)
    collector.tensor(layer, "weight")
    collector.tensor(layer, "bias")
    collector.batch(f"z{layer}", collector.trace.results[collector.part.op])


def _shares(collector: Collector) -> None:
    trace, layer = collector.trace, collector.part.layer
    collector.slope("z", layer)
    collector.a(collector.source)
    weight = trace.layout.weight(layer)
    # The penalty's share comes later.
    data = (trace.gradient - trace.penalty_gradient)[weight.span].reshape(weight.shape)
    columns = trace.layout.columns(collector.source, layer)
    collector.found[_weight_name(trace, collector.part)] = data[:, columns]
    bias = trace.layout.find(layer, "bias")
    if bias is not None and collector.op.bias >= 0:
        collector.found[f"{bias.name}.grad"] = trace.gradient[bias.span]


def _weight_name(trace: Trace, part: Part) -> str:
    """Of the gradient of one connection's weights."""
    source, weight = source_of(trace, part), trace.layout.weight(part.layer)
    columns = trace.layout.columns(source, part.layer)
    whole = len(trace.network.sources(part.layer)) == 1
    return f"{weight.name}.grad" + ("" if whole else f"[:, {columns.start}:{columns.stop}]")


def _shares_written(trace: Trace, part: Part) -> tuple[str, ...]:
    bias = trace.layout.find(part.layer, "bias")
    own = () if bias is None or trace.tape.ops[part.op].bias < 0 else (f"{bias.name}.grad",)
    return (_weight_name(trace, part), *own)


def _back(collector: Collector) -> None:
    layer = collector.op.layer
    collector.slope("z", layer)
    collector.tensor(layer, "weight")
    name = gradient_name(collector.trace, collector.op.source)
    collector.batch(name, collector.trace.passed(collector.part.op))


def _weights_chip(symbols: Symbols, trace: Trace, part: Part) -> str:
    return f"∂L/∂{symbols.plain('W', part.layer, source_of(trace, part))}"


AFFINE = Explanation(
    forward=(
        Action(
            "affine",
            "forward",
            called(_SUMS),
            lambda symbols, trace, part: symbols.plain("z", part.layer, source_of(trace, part)),
            affine,
            forward.affine,
            _sums,
            lambda trace, part: (f"z{part.layer}",),
            sums,
            reach=-0.5,
            by_unit=True,
        ),
    ),
    backward=(
        Action(
            "weight_gradient",
            "backward",
            _title,
            _weights_chip,
            weight_gradient,
            backward.weight_gradient,
            _shares,
            _shares_written,
            sums,
            reach=-0.5,
            by_unit=True,
        ),
        Action(
            "source_gradient",
            "backward",
            called(_BACK),
            lambda symbols, trace, part: f"∂L/∂{symbols.plain('a', part.layer)}",
            source_gradient,
            backward.source_gradient,
            _back,
            lambda trace, part: (gradient_name(trace, trace.tape.ops[part.op].source),),
            back_along,
            reach=0.25,
            by_unit=True,
            layer=read_by,
            happens=not_to_the_input,
        ),
    ),
)
