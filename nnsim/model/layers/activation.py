"""An activation that is a layer of its own, so that something can stand between it and the sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.fields import Fields
from nnsim.model.layers.activations import ACTIVATIONS, NEGATIVE_SLOPE, PRELU_START, activation_settings
from nnsim.model.layers.layer import ParameterSpec, ShapeError, only
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape
from nnsim.model.sentence import sentence, translatable

_WHAT = sentence(translatable("an activation"))


@dataclass(frozen=True, slots=True)
class Activation:
    """``a = f(x)``, number by number; softmax over all features.

    Attributes
    ----------
    function : str
        One of :data:`ACTIVATIONS`.
    negative_slope : float
        As in :class:`Dense`.
    frozen : bool
    """

    kind: ClassVar[str] = "activation"
    stem: ClassVar[str] = "activation"
    fields: ClassVar[tuple[str, ...]] = ("function", "negative_slope", "frozen")
    form: ClassVar[tuple[Setting, ...]] = (Setting("function", "activation"),)

    function: str = "relu"
    negative_slope: float = NEGATIVE_SLOPE
    frozen: bool = False
    name: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """As :meth:`Layer.read`."""
        return cls(
            function=fields.text("function", "relu", allowed=ACTIVATIONS),
            negative_slope=fields.number("negative_slope", NEGATIVE_SLOPE, low=0.0, high=1.0),
            frozen=fields.flag("frozen", False),
        )

    def settings(self) -> dict[str, Any]:
        """As :meth:`Layer.settings`."""
        return {"function": self.function} | activation_settings(self)

    def output_shape(self, inputs: Sequence[Shape]) -> Shape:
        """As :meth:`Layer.output_shape`."""
        shape = only(inputs, _WHAT)
        if self.function == "softmax" and shape.is_image:
            raise ShapeError(
                "function", "is softmax over an image of {shape}; allowed: softmax over features", shape=shape
            )
        return shape

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: prelu's ``slope``."""
        return (ParameterSpec("slope", (1,), start=PRELU_START),) if self.function == "prelu" else ()
