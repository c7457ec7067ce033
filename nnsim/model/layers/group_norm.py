"""Each group of channels of each sample normalised by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from nnsim.model.fields import Fields
from nnsim.model.layers.layer import LARGEST_LAYER, ParameterSpec, ShapeError, only
from nnsim.model.layers.norms import EPSILON, EPSILON_SETTING, norm_settings, read_epsilon, scale_and_shift
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape
from nnsim.model.sentence import sentence, translatable

_WHAT = sentence(translatable("group normalisation"))


@dataclass(frozen=True, slots=True)
class GroupNorm:
    """``y = γ (x − mean) / √(var + ε) + β``; mean and variance of each group
    of channels of each sample, over all of its places.

    Attributes
    ----------
    groups : int
        Must divide the number of channels (or features).
    epsilon : float
        ε.
    frozen : bool
        Training leaves γ and β as they are.
    """

    kind: ClassVar[str] = "group_norm"
    stem: ClassVar[str] = "norm"
    fields: ClassVar[tuple[str, ...]] = ("groups", "epsilon", "frozen")
    form: ClassVar[tuple[Setting, ...]] = (
        Setting("groups", "count", 1, LARGEST_LAYER),
        EPSILON_SETTING,
    )

    groups: int = 2
    epsilon: float = EPSILON
    frozen: bool = False
    name: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """As :meth:`Layer.read`."""
        return cls(
            groups=fields.integer("groups", 2, low=1, high=LARGEST_LAYER),
            epsilon=read_epsilon(fields),
            frozen=fields.flag("frozen", False),
        )

    def settings(self) -> dict[str, Any]:
        """As :meth:`Layer.settings`."""
        return norm_settings(self, "groups")

    def output_shape(self, inputs: Sequence[Shape]) -> Shape:
        """As :meth:`Layer.output_shape`."""
        shape = only(inputs, _WHAT)
        if shape.channels % self.groups:
            divisors = [n for n in range(1, shape.channels + 1) if shape.channels % n == 0]
            allowed = ", ".join(map(str, divisors))
            raise ShapeError(
                "groups",
                "is {groups}, which does not divide {channels}; allowed: {allowed}",
                groups=self.groups,
                channels=shape.channels,
                allowed=allowed,
            )
        return shape

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: γ and β, one for each channel."""
        return scale_and_shift((inputs[0].channels,))
