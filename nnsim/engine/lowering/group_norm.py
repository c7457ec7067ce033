"""Each group of channels of each sample normalised by itself."""

from __future__ import annotations

from nnsim.engine.lowering.builder import Builder
from nnsim.engine.lowering.norms import lower_groups
from nnsim.model.layers.group_norm import GroupNorm


def lower(builder: Builder, layer: int) -> None:
    """As many groups as the layer says."""
    norm = builder.network.layers[layer]
    assert isinstance(norm, GroupNorm)
    lower_groups(builder, layer, norm.groups, builder.network.shapes[layer].channels, norm.epsilon)
