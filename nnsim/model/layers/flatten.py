"""An image laid out as one long vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.fields import Fields
from nnsim.model.layers.layer import ParameterSpec, only
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape, features
from nnsim.model.sentence import sentence, translatable

_WHAT = sentence(translatable("a flatten layer"))


@dataclass(frozen=True, slots=True)
class Flatten:
    """The same numbers without their places: channel by channel, row by row."""

    kind: ClassVar[str] = "flatten"
    stem: ClassVar[str] = "flatten"
    fields: ClassVar[tuple[str, ...]] = ()
    form: ClassVar[tuple[Setting, ...]] = ()
    frozen: ClassVar[bool] = False

    name: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """As :meth:`Layer.read`."""
        return cls()

    def settings(self) -> dict[str, Any]:
        """As :meth:`Layer.settings`."""
        return {}

    def output_shape(self, inputs: Sequence[Shape]) -> Shape:
        """As :meth:`Layer.output_shape`."""
        return features(only(inputs, _WHAT).size)

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: none."""
        return ()
