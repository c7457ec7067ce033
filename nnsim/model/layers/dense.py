"""Every unit sees everything that feeds the layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.fields import Fields
from nnsim.model.layers.activations import ACTIVATIONS, PRELU_START, activation_settings
from nnsim.model.layers.layer import LARGEST_LAYER, ParameterSpec
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape, features


@dataclass(frozen=True, slots=True)
class Dense:
    """Every unit sees every number of the layers that feed this one: ``a = f(W x + b)``.

    Attributes
    ----------
    units : int
    activation : str
        One of :data:`ACTIVATIONS`.
    bias : bool
    negative_slope : float
        Slope of ``leaky_relu`` for z < 0; that of ``prelu`` is learned.
    frozen : bool
        Training leaves this layer's parameters as they are.
    """

    kind: ClassVar[str] = "dense"
    stem: ClassVar[str] = "hidden"
    fields: ClassVar[tuple[str, ...]] = ("units", "activation", "bias", "negative_slope", "frozen")
    form: ClassVar[tuple[Setting, ...]] = (
        Setting("units", "count", 1, LARGEST_LAYER),
        Setting("activation", "activation"),
        Setting("bias", "flag"),
    )

    units: int
    activation: str = "relu"
    bias: bool = True
    negative_slope: float = 0.01
    frozen: bool = False
    name: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """As :meth:`Layer.read`."""
        return cls(
            units=fields.integer("units", low=1, high=LARGEST_LAYER),
            activation=fields.text("activation", "relu", allowed=ACTIVATIONS),
            bias=fields.flag("bias", True),
            negative_slope=fields.number("negative_slope", 0.01, low=0.0, high=1.0),
            frozen=fields.flag("frozen", False),
        )

    def settings(self) -> dict[str, Any]:
        """As :meth:`Layer.settings`."""
        always = {"units": self.units, "activation": self.activation, "bias": self.bias}
        return always | activation_settings(self)

    def output_shape(self, inputs: Sequence[Shape]) -> Shape:
        """As :meth:`Layer.output_shape`."""
        return features(self.units)

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: ``weight`` (units, everything that feeds it), ``bias``, ``slope``."""
        fan_in = sum(shape.size for shape in inputs)
        weight = ParameterSpec("weight", (self.units, fan_in), fan_in, self.units, None, penalised=True)
        bias = (ParameterSpec("bias", (self.units,)),) if self.bias else ()
        slope = (ParameterSpec("slope", (1,), start=PRELU_START),) if self.activation == "prelu" else ()
        return (weight, *bias, *slope)
