"""Activations: ``a = f(z)``."""

from __future__ import annotations

from nnsim.lesson.backward import activation_gradient
from nnsim.lesson.concern import of_layer, whole_layer
from nnsim.lesson.explain.action import Action, Explanation, called, hands_on
from nnsim.lesson.forward import activation
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import Symbols
from nnsim.lesson.tensors import Collector
from nnsim.lesson.trace import Trace
from nnsim.lesson.words import backward, forward
from nnsim.model.sentence import translatable

_THERE = translatable("Activations of layer {layer}")
_BACK = translatable("Back through the activations of layer {layer}")


def _there(collector: Collector) -> None:
    layer = collector.part.layer
    collector.z(layer)
    collector.tensor(layer, "slope")
    collector.a(layer)


def _back(collector: Collector) -> None:
    layer = collector.part.layer
    collector.slope("a", layer)
    collector.z(layer)
    collector.a(layer)
    collector.tensor(layer, "slope", grad=True)
    collector.slope("z", layer)


def _back_written(trace: Trace, part: Part) -> tuple[str, ...]:
    slope = trace.layout.find(part.layer, "slope")
    own = () if slope is None else (f"{slope.name}.grad",)
    return (f"z{part.layer}.grad", *own)


def _delta(symbols: Symbols, trace: Trace, part: Part) -> str:
    return symbols.plain("δ", part.layer)


def _explained(*, by_unit: bool) -> Explanation:
    lit = of_layer if by_unit else whole_layer
    return Explanation(
        forward=(
            Action(
                "activation",
                "forward",
                called(_THERE),
                lambda symbols, trace, part: symbols.plain("a", part.layer),
                activation,
                forward.activation,
                _there,
                lambda trace, part: (f"a{part.layer}",),
                lit,
                by_unit=by_unit,
            ),
        ),
        backward=(
            Action(
                "activation_gradient",
                "backward",
                called(_BACK),
                _delta,
                activation_gradient,
                backward.activation_gradient,
                _back,
                _back_written,
                lit,
                by_unit=by_unit,
                happens=hands_on,
            ),
        ),
    )


ACTIVATION = _explained(by_unit=True)
SOFTMAX = _explained(by_unit=False)
