"""Losses: each sample's share, and where the gradient begins."""

from __future__ import annotations

from nnsim.lesson.concern import of_layer, whole_layer
from nnsim.lesson.explain.action import Action, Explanation, called
from nnsim.lesson.loss_gradients import loss_gradient
from nnsim.lesson.loss_terms import FUSED
from nnsim.lesson.losses import loss
from nnsim.lesson.part import Part
from nnsim.lesson.symbols import Symbols
from nnsim.lesson.tensors import Collector
from nnsim.lesson.trace import Trace
from nnsim.lesson.words import losses
from nnsim.model.sentence import translatable

_WRONG = translatable("How wrong is the answer?")
_WAY = translatable("Which way should the answer move?")


def _there(collector: Collector) -> None:
    if collector.part.kind in FUSED:
        collector.z(collector.part.layer)
    collector.a(collector.part.layer)
    collector.batch("y", collector.trace.y)
    collector.batch("loss", collector.trace.shares)


def _back(collector: Collector) -> None:
    collector.a(collector.part.layer)
    collector.batch("y", collector.trace.y)
    collector.slope("z" if collector.part.kind in FUSED else "a", collector.part.layer)


def _slope(symbols: Symbols, trace: Trace, part: Part) -> str:
    at_a = part.kind not in FUSED and trace.slope("a", part.layer) is not None
    return "∂L/∂ŷ" if at_a else symbols.plain("δ", part.layer)


LOSS = Explanation(
    forward=(
        Action(
            "loss",
            "loss",
            called(_WRONG),
            lambda symbols, trace, part: "L",
            loss,
            losses.loss,
            _there,
            lambda trace, part: ("loss",),
            whole_layer,
            # Of a batch, one share for each sample.
            caption=lambda symbols, trace, part: "L" if trace.samples == 1 else "ℓ",
        ),
    ),
    backward=(
        Action(
            "loss_gradient",
            "backward",
            called(_WAY),
            _slope,
            loss_gradient,
            losses.loss_gradient,
            _back,
            lambda trace, part: (f"{'z' if part.kind in FUSED else 'a'}{part.layer}.grad",),
            of_layer,
            by_unit=True,
        ),
    ),
)
