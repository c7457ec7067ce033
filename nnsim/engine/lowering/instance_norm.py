"""Each map of each sample normalised by itself."""

from __future__ import annotations

from nnsim.engine.lowering.builder import Builder
from nnsim.engine.lowering.norms import lower_groups
from nnsim.model.layers.instance_norm import InstanceNorm


def lower(builder: Builder, layer: int) -> None:
    """As many groups as channels."""
    norm = builder.network.layers[layer]
    assert isinstance(norm, InstanceNorm)
    channels = builder.network.shapes[layer].channels
    lower_groups(builder, layer, channels, channels, norm.epsilon)
