"""Each sample normalised over all of its numbers."""

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

_WHAT = sentence(translatable("layer normalisation"))


@dataclass(frozen=True, slots=True)
class LayerNorm:
    """``y = γ (x − mean) / √(var + ε) + β``; mean and variance of each sample
    over all of its numbers.

    Attributes
    ----------
    epsilon : float
        ε.
    frozen : bool
        Training leaves γ and β as they are.
    """

    kind: ClassVar[str] = "layer_norm"
    stem: ClassVar[str] = "norm"
    fields: ClassVar[tuple[str, ...]] = ("epsilon", "frozen")
    form: ClassVar[tuple[Setting, ...]] = (EPSILON_SETTING,)

    epsilon: float = EPSILON
    frozen: bool = False
    name: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """As :meth:`Layer.read`."""
        return cls(epsilon=read_epsilon(fields), frozen=fields.flag("frozen", False))

    def settings(self) -> dict[str, Any]:
        """As :meth:`Layer.settings`."""
        return norm_settings(self)

    def output_shape(self, inputs: Sequence[Shape]) -> Shape:
        """As :meth:`Layer.output_shape`."""
        return only(inputs, _WHAT)

    def parameters(self, inputs: Sequence[Shape]) -> tuple[ParameterSpec, ...]:
        """As :meth:`Layer.parameters`: γ and β, one for each number."""
        return scale_and_shift(inputs[0].sizes)
