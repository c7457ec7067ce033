"""An activation, of a layer or as one."""

from __future__ import annotations

from typing import Any

from nnsim.engine.lowering.builder import Builder
from nnsim.engine.ops.activations import Slope


def write(builder: Builder, layer: int, function: str, source: int) -> None:
    """The operation from a value to what the layer puts out."""
    config: Any = builder.network.layers[layer]
    builder.op(
        function,
        layer,
        [source],
        [output := builder.output(layer)],
        [builder.use(layer, "slope")] if function == "prelu" else (),
        attributes=Slope(config.negative_slope) if function == "leaky_relu" else (),
    )
    builder.outputs.append(output)


def lower(builder: Builder, layer: int) -> None:
    """A layer that is nothing but an activation."""
    config: Any = builder.network.layers[layer]
    write(builder, layer, config.function, builder.sources(layer)[0])
