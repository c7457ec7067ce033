"""The penalty on large weights: ``λ Σ w²``."""

from __future__ import annotations

import numpy as np

from nnsim.lesson.concern import every_parameter
from nnsim.lesson.explain.action import Action, Explanation, called
from nnsim.lesson.loss_gradients import penalty_gradient
from nnsim.lesson.losses import penalty
from nnsim.lesson.part import Part
from nnsim.lesson.tensors import Collector
from nnsim.lesson.trace import Trace
from nnsim.lesson.words import backward, losses
from nnsim.model.parameters import Tensor
from nnsim.model.sentence import translatable

_PRICE = translatable("The price of large weights")
_PULL = translatable("The penalty pulls at the weights")


def _penalised(trace: Trace) -> list[Tensor]:
    return [tensor for tensor in trace.layout.tensors if tensor.spec.penalised]


def _there(collector: Collector) -> None:
    for tensor in _penalised(collector.trace):
        collector.tensor(tensor.layer, tensor.role)
    collector.found["penalty"] = np.array(collector.trace.penalty)


def _back(collector: Collector) -> None:
    for tensor in _penalised(collector.trace):
        collector.tensor(tensor.layer, tensor.role, grad=True)


def _pulled(trace: Trace, part: Part) -> tuple[str, ...]:
    return tuple(f"{tensor.name}.grad" for tensor in _penalised(trace))


PENALTY = Explanation(
    forward=(
        Action(
            "penalty",
            "loss",
            called(_PRICE),
            lambda symbols, trace, part: "λΣw²",
            penalty,
            losses.penalty,
            _there,
            lambda trace, part: ("penalty",),
            every_parameter,
        ),
    ),
    backward=(
        Action(
            "penalty_gradient",
            "backward",
            called(_PULL),
            lambda symbols, trace, part: "+ 2λw",
            penalty_gradient,
            backward.penalty_gradient,
            _back,
            _pulled,
            every_parameter,
            reach=None,
            caption=lambda symbols, trace, part: f"∂L/∂{symbols.plain('W', 1)}",
        ),
    ),
)
