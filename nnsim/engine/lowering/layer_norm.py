"""Each sample normalised over all of its numbers, each with its own γ and β."""

from __future__ import annotations

from nnsim.engine.lowering.builder import Builder
from nnsim.engine.lowering.norms import lower_groups
from nnsim.model.layers.layer_norm import LayerNorm


def lower(builder: Builder, layer: int) -> None:
    """One group: the whole sample."""
    norm = builder.network.layers[layer]
    assert isinstance(norm, LayerNorm)
    lower_groups(builder, layer, 1, builder.network.units(layer), norm.epsilon)
