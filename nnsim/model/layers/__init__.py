"""The kinds of layer there are. To add one: a module here, and its line in this table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from nnsim.model.errors import DocumentError
from nnsim.model.fields import Fields
from nnsim.model.layers.activation import Activation
from nnsim.model.layers.activations import ACTIVATIONS
from nnsim.model.layers.add import Add
from nnsim.model.layers.avg_pool2d import AvgPool2d
from nnsim.model.layers.batch_norm import BatchNorm
from nnsim.model.layers.concat import Concat
from nnsim.model.layers.conv2d import Conv2d
from nnsim.model.layers.dense import Dense
from nnsim.model.layers.dropout import Dropout
from nnsim.model.layers.flatten import Flatten
from nnsim.model.layers.group_norm import GroupNorm
from nnsim.model.layers.input import Input
from nnsim.model.layers.instance_norm import InstanceNorm
from nnsim.model.layers.layer import LARGEST_LAYER, Layer, ParameterSpec, ShapeError
from nnsim.model.layers.layer_norm import LayerNorm
from nnsim.model.layers.max_pool2d import MaxPool2d
from nnsim.model.layers.names import check_name, named
from nnsim.model.layers.setting import Setting
from nnsim.model.layers.shape import Shape

__all__ = [
    "ACTIVATIONS",
    "KINDS",
    "LARGEST_LAYER",
    "Activation",
    "Add",
    "AvgPool2d",
    "BatchNorm",
    "Concat",
    "Conv2d",
    "Dense",
    "Dropout",
    "Flatten",
    "GroupNorm",
    "Input",
    "InstanceNorm",
    "Layer",
    "LayerNorm",
    "MaxPool2d",
    "ParameterSpec",
    "Setting",
    "Shape",
    "ShapeError",
    "check_name",
    "layer_from_json",
    "layer_to_json",
    "named",
]

KINDS: dict[str, type[Any]] = {
    layer.kind: layer
    for layer in (
        Input,
        Dense,
        Activation,
        Conv2d,
        MaxPool2d,
        AvgPool2d,
        Flatten,
        Add,
        Concat,
        Dropout,
        BatchNorm,
        LayerNorm,
        InstanceNorm,
        GroupNorm,
    )
}
"""Every kind of layer by its name in documents."""


def layer_from_json(value: object, path: str, kinds: Collection[str] = tuple(KINDS)) -> Layer:
    """Read one layer, of one of some kinds; without a name it has none yet.

    Raises
    ------
    DocumentError
        Naming the field below `path` and what is allowed there.
    """
    if not isinstance(value, dict):
        raise DocumentError(path, "must be an object with a kind")
    kind = KINDS[Fields(value, path, value.keys()).text("kind", allowed=kinds)]
    fields = Fields(value, path, ("kind", *kind.fields, "name"))
    layer = kind.read(fields)
    if fields.has("name"):
        layer = replace(layer, name=check_name(fields.text("name"), fields.at("name")))
    found: Layer = layer
    return found


def layer_to_json(layer: Layer) -> dict[str, Any]:
    """The JSON of one layer; fields that have their usual value are left out."""
    name = {"name": layer.name} if layer.name else {}
    return {"kind": layer.kind, **name, **layer.settings()}
