"""Each channel normalised over the batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.fields import Fields
from nnsim.model.layers.layer import ParameterSpec, only
from nnsim.model.layers.norms import EPSILON, EPSILON_SETTING, norm_settings, read_epsilon, scale_and_shift
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape
from nnsim.model.sentence import sentence, translatable

_WHAT = sentence(translatable("batch normalisation"))


@dataclass(frozen=True, slots=True)
class BatchNorm:
    """``y = γ (x − mean) / √(var + ε) + β``; mean and variance of each channel (or feature)
    over the batch and all its places. While predicting they are running means, kept while training.

    Attributes
    ----------
    momentum : float
        Share of the batch in the running statistics: r ← (1 − m) r + m · batch.
    epsilon : float
        ε.
    frozen : bool
        Training leaves γ and β as they are.
    """

    kind: ClassVar[str] = "batch_norm"
    stem: ClassVar[str] = "norm"
    fields: ClassVar[tuple[str, ...]] = ("momentum", "epsilon", "frozen")
    form: ClassVar[tuple[Setting, ...]] = (
        Setting("momentum", "number", 0.0, 1.0),
        EPSILON_SETTING,
    )

    momentum: float = 0.1
    epsilon: float = EPSILON
    frozen: bool = False
    name: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """As :meth:`Layer.read`."""
        return cls(
            momentum=fields.number("momentum", 0.1, low=0.0, high=1.0),
            epsilon=read_epsilon(fields),
            frozen=fields.flag("frozen", False),
        )

    def settings(self) -> dict[str, Any]:
        """As :meth:`Layer.settings`."""
        return norm_settings(self, "momentum")

    def output_shape(self, inputs: Sequence[Shape]) -> Shape:
        """As :meth:`Layer.output_shape`."""
        return only(inputs, _WHAT)

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: γ, β and the running statistics, one number a channel."""
        channels = (inputs[0].channels,)
        running = (
            ParameterSpec("running_mean", channels, trained=False),
            ParameterSpec("running_var", channels, start=1.0, trained=False),
        )
        return (*scale_and_shift(channels), *running)
