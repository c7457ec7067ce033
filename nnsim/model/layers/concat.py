"""What feeds the layer, one after the other along the first axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.fields import Fields
from nnsim.model.layers.layer import ParameterSpec, ShapeError
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape


@dataclass(frozen=True, slots=True)
class Concat:
    """All features, or all channels, of the layers that feed this one, in the order of their numbers."""

    kind: ClassVar[str] = "concat"
    stem: ClassVar[str] = "concat"
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
            raise ShapeError("", "a concatenation has no input; allowed: at least 1")
        first = inputs[0]
        for shape in inputs[1:]:
            if (shape.axes, shape.sizes[1:]) != (first.axes, first.sizes[1:]):
                raise ShapeError(
                    "",
                    "would join {first} and {shape}; allowed: images of one height and width",
                    reason="shapes",
                    first=first,
                    shape=shape,
                )
        return Shape((sum(shape.channels for shape in inputs), *first.sizes[1:]), first.axes)

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: none."""
        return ()
