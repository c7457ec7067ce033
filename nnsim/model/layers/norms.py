"""What all normalisations share: mean 0 and variance 1, then γ and β, which are learned."""

from __future__ import annotations

from typing import Any

from nnsim.model.fields import Fields
from nnsim.model.layers.layer import ParameterSpec
from nnsim.model.layers.setting import Setting

EPSILON = 1e-5
_SMALLEST = 1e-12
EPSILON_SETTING = Setting("epsilon", "number", _SMALLEST, 1.0)
"""Usual ε under the root, as in PyTorch."""


def read_epsilon(fields: Fields) -> float:
    """ε: keeps the division away from 0."""
    return fields.number("epsilon", EPSILON, low=_SMALLEST, high=1.0)


def scale_and_shift(shape: tuple[int, ...]) -> tuple[ParameterSpec, ParameterSpec]:
    """γ and β, which PyTorch calls ``weight`` and ``bias``; L2 leaves both alone."""
    return ParameterSpec("weight", shape, start=1.0), ParameterSpec("bias", shape)


def norm_settings(layer: Any, *names: str) -> dict[str, Any]:
    """The settings of a norm: those named, and whether it is frozen."""
    out = {name: getattr(layer, name) for name in (*names, "epsilon")}
    return out | ({"frozen": True} if layer.frozen else {})
