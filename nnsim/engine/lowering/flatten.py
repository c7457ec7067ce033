"""An image as one long vector: the same numbers."""

from __future__ import annotations

from nnsim.engine.lowering.builder import Builder
from nnsim.engine.ops.join import Part


def lower(builder: Builder, layer: int) -> None:
    """A copy, so that it has a step of its own."""
    output = builder.output(layer)
    width = builder.network.units(layer)
    builder.op("flatten", layer, builder.sources(layer), [output], attributes=Part(0, width))
    builder.outputs.append(output)
