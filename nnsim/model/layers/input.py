"""Where samples enter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields, as_integer
from nnsim.model.layers.layer import LARGEST_LAYER, ParameterSpec
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape, features, image


@dataclass(frozen=True, slots=True)
class Input:
    """Where samples enter.

    Attributes
    ----------
    shape : tuple of int
        ``(features,)``, or ``(height, width)`` or ``(channels, height, width)`` for images.
    """

    kind: ClassVar[str] = "input"
    stem: ClassVar[str] = "input"
    frozen: ClassVar[bool] = False
    fields: ClassVar[tuple[str, ...]] = ("shape",)
    form: ClassVar[tuple[Setting, ...]] = ()

    shape: tuple[int, ...]
    name: str = ""

    @property
    def units(self) -> int:
        """Number of inputs."""
        return math.prod(self.shape)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """As :meth:`Layer.read`."""
        shape = fields.items("shape", longest=3)
        if not shape:
            raise DocumentError(fields.at("shape"), "is empty; allowed: 1 to 3 sizes")
        sizes = tuple(
            as_integer(size, f"{fields.at('shape')}[{i}]", low=1, high=LARGEST_LAYER)
            for i, size in enumerate(shape)
        )
        if math.prod(sizes) > LARGEST_LAYER:
            raise DocumentError(
                fields.at("shape"),
                "has too many inputs; allowed: at most {largest_layer}",
                largest_layer=LARGEST_LAYER,
            )
        return cls(sizes)

    def settings(self) -> dict[str, Any]:
        """As :meth:`Layer.settings`."""
        return {"shape": list(self.shape)}

    def output_shape(self, inputs: Sequence[Shape] = ()) -> Shape:
        """As :meth:`Layer.output_shape`."""
        if len(self.shape) == 1:
            return features(self.shape[0])
        return image(*(1, *self.shape)[-3:])

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: none."""
        return ()
