"""What the normalisations of one sample share."""

from __future__ import annotations

from nnsim.engine.lowering.builder import Builder
from nnsim.engine.ops.normalize import Groups
from nnsim.engine.ops.scale_shift import Channels


def normalized(builder: Builder, layer: int) -> int:
    """Room for x̂, the numbers brought to mean 0 and variance 1."""
    return builder.buffer("normalized", layer, builder.network.shapes[layer].sizes)


def lower_groups(builder: Builder, layer: int, groups: int, channels: int, epsilon: float) -> None:
    """Normalise equal parts of each sample, then scale and shift."""
    found = normalized(builder, layer)
    mean, variance = (builder.buffer(role, layer, (groups,)) for role in ("mean", "variance"))
    source = builder.sources(layer)
    builder.op("normalize", layer, source, [found, mean, variance], attributes=Groups(groups, epsilon))
    scale_and_shift(builder, layer, found, channels)


def scale_and_shift(builder: Builder, layer: int, source: int, channels: int) -> None:
    """``y = γ x̂ + β``, with one γ and one β for each of so many equal parts of a sample."""
    output = builder.output(layer)
    uses = [builder.use(layer, "weight"), builder.use(layer, "bias")]
    builder.op("scale_shift", layer, [source], [output], uses, attributes=Channels(channels))
    builder.outputs.append(output)
