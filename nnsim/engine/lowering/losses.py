"""The loss, the penalty on weights, and the longest they may be."""

from __future__ import annotations

from typing import Any

from nnsim.engine.lowering.builder import Builder
from nnsim.engine.ops.max_norm import Rows
from nnsim.engine.ops.operation import Gradient
from nnsim.engine.ops.penalty import Penalty
from nnsim.model.layers import ACTIVATIONS
from nnsim.model.network import Network

FUSED = {("sigmoid", "bce"): "bce_logits", ("softmax", "cross_entropy"): "cross_entropy_logits"}
"""Output activation and loss whose gradient is taken together, at z."""
READS_Z = frozenset({*FUSED.values(), "perceptron"})
"""Losses that read the pre-activation of the output layer, so that its activation is passed over on
the way back."""


def output_activation(network: Network) -> str:
    """What bends the last sums; the identity where nothing does."""
    last: Any = network.layers[-1]
    for name in ("activation", "function"):
        if hasattr(last, name):
            return str(getattr(last, name))
    return "identity"


def loss_kind(network: Network, loss: str) -> str:
    """The operation that computes a loss after the network's output activation."""
    return FUSED.get((output_activation(network), loss), loss)


def passes_over_activation(network: Network, loss: str) -> bool:
    """Whether the slope of the output activation has no part in the gradient."""
    return loss_kind(network, loss) in READS_Z


def lower(builder: Builder, loss: str) -> None:
    """Each sample's share of the loss."""
    network = builder.network
    last = len(network.layers) - 1
    kind = loss_kind(network, loss)
    prediction = builder.outputs[last]
    source = prediction
    bend = builder.ops[-1]
    if kind in READS_Z and prediction == bend.target and bend.kind in ACTIVATIONS:
        source = bend.source
        builder.ops[-1] = bend.with_gradients(Gradient.NONE)
    expected = builder.buffer("y", last, network.shapes[last].sizes)
    shares = builder.buffer("loss", last, (1,))
    builder.op(kind, last, [source], [shares], beside=[prediction, expected])


def lower_penalty(builder: Builder, l2: float) -> None:
    """``λ Σ w²`` of each tensor that is penalised."""
    last = len(builder.network.layers) - 1
    total = builder.buffer("penalty", last, (1,), batched=False)
    tensors = [tensor for tensor in builder.layout.tensors if tensor.spec.penalised]
    for position, tensor in enumerate(tensors):
        builder.op(
            "penalty",
            tensor.layer,
            (),
            [total],
            [builder.use(tensor.layer, tensor.role)],
            adds=position > 0,
            attributes=Penalty(tensor.size, l2),
        )


def lower_max_norm(builder: Builder, longest: float) -> None:
    """After an update, the weights into each unit or of each filter are cut to a length."""
    for tensor in builder.layout.tensors:
        if tensor.spec.penalised:
            units = tensor.shape[0]
            builder.op(
                "max_norm",
                tensor.layer,
                (),
                (),
                [builder.use(tensor.layer, tensor.role)],
                attributes=Rows(units, tensor.size // units, longest),
                after=True,
            )
