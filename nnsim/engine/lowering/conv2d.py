"""Filters over an image, then their activation."""

from __future__ import annotations

from nnsim.engine.lowering import activation
from nnsim.engine.lowering.builder import Builder
from nnsim.engine.ops.conv2d import Window
from nnsim.model.layers.conv2d import Conv2d


def lower(builder: Builder, layer: int) -> None:
    """``z = Σ w x + b`` at every place of the window, then ``a = f(z)``."""
    network = builder.network
    conv = network.layers[layer]
    assert isinstance(conv, Conv2d)
    source = builder.sources(layer)[0]
    inside, outside = network.input_shapes(layer)[0].sizes, network.shapes[layer].sizes
    sides = (*inside, *outside, *conv.kernel, *conv.stride, *conv.padding)
    window = Window._make(sides)
    z = builder.buffer("z", layer, outside)
    uses = [builder.use(layer, "weight"), builder.use(layer, "bias")]
    builder.op("conv2d", layer, [source], [z], uses, attributes=window)
    activation.write(builder, layer, conv.activation, z)
