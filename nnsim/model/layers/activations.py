"""The functions that bend a layer's sums, as settings of a layer or as a layer of their own."""

from __future__ import annotations

from typing import Any

ACTIVATIONS = ("identity", "step", "sigmoid", "tanh", "relu", "leaky_relu", "prelu", "elu", "softmax")
NEGATIVE_SLOPE = 0.01
"""Usual slope of ``leaky_relu`` below 0."""
PRELU_START = 0.25
"""Where a learned slope starts, as in PyTorch."""


def activation_settings(layer: Any) -> dict[str, Any]:
    """What a layer with an activation says of it beside its name, where it is not as usual."""
    out: dict[str, Any] = {}
    if layer.negative_slope != NEGATIVE_SLOPE:
        out["negative_slope"] = layer.negative_slope
    if layer.frozen:
        out["frozen"] = True
    return out
