"""Numbers left out by chance in training; when it predicts, a dropout layer is not there."""

from __future__ import annotations

from nnsim.engine.lowering.builder import Builder, Mode
from nnsim.engine.ops.dropout import Chance
from nnsim.model.layers.dropout import Dropout


def lower(builder: Builder, layer: int) -> None:
    """A mask drawn anew at each step, from the seed, the step and the layer alone."""
    dropout = builder.network.layers[layer]
    assert isinstance(dropout, Dropout)
    source = builder.sources(layer)[0]
    if builder.mode is Mode.EVAL or dropout.rate == 0.0:
        builder.outputs.append(source)
        return
    sizes = builder.network.shapes[layer].sizes
    output, mask = builder.output(layer), builder.buffer("mask", layer, sizes)
    builder.op(
        "dropout",
        layer,
        [source],
        [output, mask],
        beside=[builder.clock()],
        attributes=Chance(dropout.rate, builder.seed, layer),
    )
    builder.outputs.append(output)
