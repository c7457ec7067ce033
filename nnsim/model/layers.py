"""The layers of a network: what the user sees as columns of nodes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields, as_integer

ACTIVATIONS = ("identity", "step", "sigmoid", "tanh", "relu", "leaky_relu", "prelu", "elu", "softmax")
LARGEST_LAYER = 65_536
"""Units in one layer, at most."""


@dataclass(frozen=True, slots=True)
class Input:
    """Where samples enter.

    Attributes
    ----------
    shape : tuple of int
        ``(features,)``, or ``(height, width)`` for images.
    """

    shape: tuple[int, ...]

    @property
    def units(self) -> int:
        """Number of input nodes."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Dense:
    """Every unit sees every unit of the layers that feed this one: ``a = f(W x + b)``.

    Attributes
    ----------
    units : int
    activation : str
        One of :data:`ACTIVATIONS`.
    bias : bool
    negative_slope : float
        Slope of ``leaky_relu`` for z < 0; that of ``prelu`` is learned.
    frozen : bool
        Training leaves this layer's parameters as they are.
    """

    units: int
    activation: str = "relu"
    bias: bool = True
    negative_slope: float = 0.01
    frozen: bool = False


Layer = Input | Dense


def _input_from_json(value: object, path: str) -> Input:
    fields = Fields(value, path, ("kind", "shape"))
    shape = fields.items("shape", longest=3)
    if not shape:
        raise DocumentError(fields.at("shape"), "is empty; allowed: 1 to 3 sizes")
    sizes = tuple(
        as_integer(size, f"{fields.at('shape')}[{i}]", low=1, high=LARGEST_LAYER)
        for i, size in enumerate(shape)
    )
    if math.prod(sizes) > LARGEST_LAYER:
        raise DocumentError(fields.at("shape"), f"has too many inputs; allowed: at most {LARGEST_LAYER}")
    return Input(sizes)


def _dense_from_json(value: object, path: str) -> Dense:
    fields = Fields(value, path, ("kind", "units", "activation", "bias", "negative_slope", "frozen"))
    return Dense(
        units=fields.integer("units", low=1, high=LARGEST_LAYER),
        activation=fields.text("activation", "relu", allowed=ACTIVATIONS),
        bias=fields.flag("bias", True),
        negative_slope=fields.number("negative_slope", 0.01, low=0.0, high=1.0),
        frozen=fields.flag("frozen", False),
    )


_READERS: dict[str, Callable[[object, str], Layer]] = {"input": _input_from_json, "dense": _dense_from_json}


def layer_from_json(value: object, path: str) -> Layer:
    """Read one layer.

    Raises
    ------
    DocumentError
        Naming the field below `path` and what is allowed there.
    """
    if not isinstance(value, dict):
        raise DocumentError(path, "must be an object with a kind")
    kind = Fields(value, path, value.keys()).text("kind", allowed=_READERS)
    return _READERS[kind](value, path)


def layer_to_json(layer: Layer) -> dict[str, Any]:
    """The JSON of one layer; fields that have their usual value are left out."""
    if isinstance(layer, Input):
        return {"kind": "input", "shape": list(layer.shape)}
    out: dict[str, Any] = {
        "kind": "dense",
        "units": layer.units,
        "activation": layer.activation,
        "bias": layer.bias,
    }
    usual = Dense(layer.units)
    for name in ("negative_slope", "frozen"):
        if getattr(layer, name) != getattr(usual, name):
            out[name] = getattr(layer, name)
    return out
