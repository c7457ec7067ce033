"""One product for each layer that feeds a dense one, then its activation."""

from __future__ import annotations

from nnsim.engine.lowering import activation
from nnsim.engine.lowering.builder import Builder
from nnsim.engine.ops.operation import Size, Use


def lower(builder: Builder, layer: int) -> None:
    """``z = W a + b``, then ``a = f(z)``."""
    network = builder.network
    dense = network.dense(layer)
    z = builder.buffer("z", layer, (dense.units,))
    stride = network.fan_in(layer)
    bias = builder.use(layer, "bias")
    column = 0
    for position, source in enumerate(builder.sources(layer)):
        builder.op(
            "affine",
            layer,
            [source],
            [z],
            [builder.use(layer, "weight", column), bias if position == 0 else Use.absent()],
            adds=position > 0,
            attributes=Size(stride),
        )
        column += builder.buffers[source].width
    activation.write(builder, layer, dense.activation, z)
