"""A residual: one operation for each layer that is added."""

from __future__ import annotations

from nnsim.engine.lowering.builder import Builder
from nnsim.engine.ops.join import Part


def lower(builder: Builder, layer: int) -> None:
    """The first is written, the others are added."""
    output = builder.output(layer)
    width = builder.network.units(layer)
    for position, source in enumerate(builder.sources(layer)):
        builder.op("add", layer, [source], [output], adds=position > 0, attributes=Part(0, width))
    builder.outputs.append(output)
