"""Pools over an image."""

from __future__ import annotations

from typing import Any

from nnsim.engine.lowering.builder import Builder
from nnsim.engine.ops.conv2d import Window


def _window(builder: Builder, layer: int) -> Window:
    pool: Any = builder.network.layers[layer]
    inside, outside = builder.network.input_shapes(layer)[0].sizes, builder.network.shapes[layer].sizes
    return Window(*inside, *outside, *pool.kernel, *pool.stride, *pool.padding)


def lower_max(builder: Builder, layer: int) -> None:
    """The largest of each window, and which it was."""
    output = builder.output(layer)
    winners = builder.buffer("winner", layer, builder.network.shapes[layer].sizes)
    window = _window(builder, layer)
    builder.op("max_pool2d", layer, builder.sources(layer), [output, winners], attributes=window)
    builder.outputs.append(output)


def lower_avg(builder: Builder, layer: int) -> None:
    """The mean of each window."""
    output = builder.output(layer)
    window = _window(builder, layer)
    builder.op("avg_pool2d", layer, builder.sources(layer), [output], attributes=window)
    builder.outputs.append(output)
