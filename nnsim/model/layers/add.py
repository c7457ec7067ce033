"""A residual: what feeds the layer, added number by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.fields import Fields
from nnsim.model.layers.layer import ParameterSpec, ShapeError
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape


@dataclass(frozen=True, slots=True)
class Add:
    """The sum of all layers that feed this one, which have one shape."""

    kind: ClassVar[str] = "add"
    stem: ClassVar[str] = "add"
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
        if not inputs:
            raise ShapeError("", "an addition has no input; allowed: at least 1")
        first = inputs[0]
        for shape in inputs[1:]:
            if shape != first:
                raise ShapeError(
                    "",
                    "would add {first} and {shape}; allowed: inputs of one shape",
                    reason="shapes",
                    first=first,
                    shape=shape,
                )
        return first

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: none."""
        return ()
