"""Values one after the other: one operation for each."""

from __future__ import annotations

from nnsim.engine.lowering.builder import Builder
from nnsim.engine.ops.join import Part


def lower(builder: Builder, layer: int) -> None:
    """Each is written to its own part."""
    output = builder.output(layer)
    width = builder.network.units(layer)
    first = 0
    for source in builder.sources(layer):
        builder.op("concat", layer, [source], [output], attributes=Part(first, width))
        first += builder.buffers[source].width
    builder.outputs.append(output)
