"""Each channel normalised over the batch in training, by running statistics when it predicts."""

from __future__ import annotations

from nnsim.engine.lowering.builder import Builder, Mode
from nnsim.engine.lowering.norms import normalized, scale_and_shift
from nnsim.engine.ops.normalize import Running
from nnsim.model.layers.batch_norm import BatchNorm


def lower(builder: Builder, layer: int) -> None:
    """Normalise, then scale and shift; the running statistics follow after the update."""
    norm = builder.network.layers[layer]
    assert isinstance(norm, BatchNorm)
    shape = builder.network.shapes[layer]
    channels = shape.channels
    attributes = Running(channels, norm.epsilon, norm.momentum, shape.places)
    source, found = builder.sources(layer), normalized(builder, layer)
    running = [builder.use(layer, role) for role in ("running_mean", "running_var")]
    if builder.mode is Mode.EVAL:
        builder.op("normalize_running", layer, source, [found], running, attributes=attributes)
    else:
        mean, variance = (
            builder.buffer(role, layer, (channels,), batched=False) for role in ("mean", "variance")
        )
        builder.op("normalize_batch", layer, source, [found, mean, variance], attributes=attributes)
        statistics = [found, mean, variance]
        builder.op("track", layer, (), (), running, beside=statistics, attributes=attributes, after=True)
    scale_and_shift(builder, layer, found, channels)
