"""Filters that slide over an image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.fields import Fields, as_integer
from nnsim.model.layers.activations import ACTIVATIONS, NEGATIVE_SLOPE, PRELU_START, activation_settings
from nnsim.model.layers.layer import ParameterSpec, ShapeError, only_image
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape, image
from nnsim.model.layers.window import Pair, places, read_pair, window_settings
from nnsim.model.sentence import sentence, translatable

MOST_CHANNELS = 512

_WHAT = sentence(translatable("a convolution"))


@dataclass(frozen=True, slots=True)
class Conv2d:
    """Each filter makes one map: at every place of its window ``a = f(Σ w x + b)``.

    Attributes
    ----------
    channels : int
        Filters, and so maps.
    kernel, stride, padding : (int, int)
        Of the window, (vertical, horizontal).
    activation : str
        One of :data:`ACTIVATIONS` but softmax.
    bias : bool
    negative_slope, frozen
        As in :class:`Dense`.
    frozen_filters : tuple of int
        Filters whose weights and bias training leaves as they are, in order.
    """

    kind: ClassVar[str] = "conv2d"
    stem: ClassVar[str] = "conv"
    fields: ClassVar[tuple[str, ...]] = (
        "channels",
        "kernel",
        "stride",
        "padding",
        "activation",
        "bias",
        "negative_slope",
        "frozen",
        "frozen_filters",
    )
    form: ClassVar[tuple[Setting, ...]] = (
        Setting("channels", "count", 1, MOST_CHANNELS),
        *window_settings(),
        Setting("activation", "activation"),
        Setting("bias", "flag"),
    )

    channels: int
    kernel: Pair = (3, 3)
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)
    activation: str = "relu"
    bias: bool = True
    negative_slope: float = NEGATIVE_SLOPE
    frozen: bool = False
    frozen_filters: tuple[int, ...] = ()
    name: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """As :meth:`Layer.read`."""
        return cls(
            channels=fields.integer("channels", low=1, high=MOST_CHANNELS),
            kernel=read_pair(fields, "kernel", None, low=1),
            stride=read_pair(fields, "stride", (1, 1), low=1),
            padding=read_pair(fields, "padding", (0, 0), low=0),
            activation=fields.text("activation", "relu", allowed=ACTIVATIONS),
            bias=fields.flag("bias", True),
            negative_slope=fields.number("negative_slope", NEGATIVE_SLOPE, low=0.0, high=1.0),
            frozen=fields.flag("frozen", False),
            frozen_filters=_filters(fields),
        )

    def settings(self) -> dict[str, Any]:
        """As :meth:`Layer.settings`."""
        always = {
            "channels": self.channels,
            "kernel": list(self.kernel),
            "stride": list(self.stride),
            "padding": list(self.padding),
            "activation": self.activation,
            "bias": self.bias,
        }
        frozen = {"frozen_filters": list(self.frozen_filters)} if self.frozen_filters else {}
        return always | activation_settings(self) | frozen

    def output_shape(self, inputs: Sequence[Shape]) -> Shape:
        """As :meth:`Layer.output_shape`."""
        _, height, width = only_image(inputs, _WHAT).sizes
        if self.activation == "softmax":
            allowed = ", ".join(name for name in ACTIVATIONS if name != "softmax")
            raise ShapeError("activation", "is softmax over an image; allowed: {allowed}", allowed=allowed)
        return image(self.channels, *places((height, width), self.kernel, self.stride, self.padding))

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: ``weight`` (filters, channels, kernel), ``bias``, ``slope``."""
        channels, window = inputs[0].channels, self.kernel[0] * self.kernel[1]
        weight = ParameterSpec(
            "weight",
            (self.channels, channels, *self.kernel),
            channels * window,
            self.channels * window,
            None,
            penalised=True,
        )
        bias = (ParameterSpec("bias", (self.channels,)),) if self.bias else ()
        slope = (ParameterSpec("slope", (1,), start=PRELU_START),) if self.activation == "prelu" else ()
        return (weight, *bias, *slope)


def _filters(fields: Fields) -> tuple[int, ...]:
    """Numbers of filters, each once."""
    last = fields.integer("channels", low=1, high=MOST_CHANNELS) - 1
    items = fields.items("frozen_filters", [], longest=MOST_CHANNELS)
    path = fields.at("frozen_filters")
    found = {as_integer(item, f"{path}[{i}]", low=0, high=last) for i, item in enumerate(items)}
    return tuple(sorted(found))
