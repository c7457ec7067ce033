"""Numbers left out by chance while training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.fields import Fields
from nnsim.model.layers.layer import ParameterSpec, only
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape
from nnsim.model.sentence import sentence, translatable

_WHAT = sentence(translatable("dropout"))


@dataclass(frozen=True, slots=True)
class Dropout:
    """While training each number is 0 with probability `rate`, else divided by 1 − rate; else as it is.

    Attributes
    ----------
    rate : float
    """

    kind: ClassVar[str] = "dropout"
    stem: ClassVar[str] = "dropout"
    fields: ClassVar[tuple[str, ...]] = ("rate",)
    form: ClassVar[tuple[Setting, ...]] = (Setting("rate", "number", 0.0, 0.95),)
    frozen: ClassVar[bool] = False

    rate: float = 0.5
    name: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """As :meth:`Layer.read`."""
        return cls(fields.number("rate", 0.5, low=0.0, high=0.95))

    def settings(self) -> dict[str, Any]:
        """As :meth:`Layer.settings`."""
        return {"rate": self.rate}

    def output_shape(self, inputs: Sequence[Shape]) -> Shape:
        """As :meth:`Layer.output_shape`."""
        return only(inputs, _WHAT)

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: none."""
        return ()
