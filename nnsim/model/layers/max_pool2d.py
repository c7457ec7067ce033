"""Of each window the largest number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.fields import Fields
from nnsim.model.layers.layer import ParameterSpec, only_image
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape, image
from nnsim.model.layers.window import Pair, check_padding, places, read_pair, window_settings
from nnsim.model.sentence import sentence, translatable

_WHAT = sentence(translatable("a max pool"))


@dataclass(frozen=True, slots=True)
class MaxPool2d:
    """Of each window the largest number.

    Attributes
    ----------
    kernel, stride, padding : (int, int)
        Of the window, (vertical, horizontal); the stride is usually the kernel, so that windows tile.
    """

    kind: ClassVar[str] = "max_pool2d"
    stem: ClassVar[str] = "pool"
    fields: ClassVar[tuple[str, ...]] = ("kernel", "stride", "padding")
    form: ClassVar[tuple[Setting, ...]] = (*window_settings(),)
    frozen: ClassVar[bool] = False

    kernel: Pair = (2, 2)
    stride: Pair = (2, 2)
    padding: Pair = (0, 0)
    name: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """As :meth:`Layer.read`."""
        kernel = read_pair(fields, "kernel", (2, 2), low=1)
        stride = read_pair(fields, "stride", kernel, low=1)
        return cls(kernel, stride, read_pair(fields, "padding", (0, 0), low=0))

    def settings(self) -> dict[str, Any]:
        """As :meth:`Layer.settings`."""
        out = {"kernel": list(self.kernel), "stride": list(self.stride)}
        return out | ({"padding": list(self.padding)} if self.padding != (0, 0) else {})

    def output_shape(self, inputs: Sequence[Shape]) -> Shape:
        """As :meth:`Layer.output_shape`."""
        channels, height, width = only_image(inputs, _WHAT).sizes
        check_padding(self.kernel, self.padding)
        return image(channels, *places((height, width), self.kernel, self.stride, self.padding))

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: none."""
        return ()
