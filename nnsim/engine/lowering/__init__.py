"""From a network to a tape. To add a kind of layer: a module here, and its line in this table."""

from __future__ import annotations

from collections.abc import Callable

from nnsim.engine.lowering import (
    activation,
    add,
    batch_norm,
    concat,
    conv2d,
    dense,
    dropout,
    flatten,
    group_norm,
    instance_norm,
    layer_norm,
    losses,
    pools,
)
from nnsim.engine.lowering.builder import Builder, Mode, settle_gradients
from nnsim.engine.tape import Tape
from nnsim.model.document import Document
from nnsim.model.network import Network
from nnsim.model.parameters import Layout

__all__ = ["LOWERING", "Mode", "lower", "lower_training"]

LOWERING: dict[str, Callable[[Builder, int], None]] = {
    "dense": dense.lower,
    "activation": activation.lower,
    "conv2d": conv2d.lower,
    "max_pool2d": pools.lower_max,
    "avg_pool2d": pools.lower_avg,
    "flatten": flatten.lower,
    "add": add.lower,
    "concat": concat.lower,
    "dropout": dropout.lower,
    "batch_norm": batch_norm.lower,
    "layer_norm": layer_norm.lower,
    "instance_norm": instance_norm.lower,
    "group_norm": group_norm.lower,
}
"""What writes a layer's operations on the tape, by kind of layer; each adds one to `Builder.outputs`."""


def lower(
    network: Network,
    loss: str,
    l2: float = 0.0,
    *,
    mode: Mode = Mode.TRAIN,
    seed: int = 0,
    max_norm: float = 0.0,
    input_gradient: bool = False,
) -> Tape:
    """Lower a network, its loss and its penalty to a tape.

    Parameters
    ----------
    network : Network
    loss : str
        One of :data:`nnsim.model.training.LOSSES`.
    l2 : float
        λ; no penalty is on the tape where it is 0.
    mode : Mode
    seed : int
        Start of what is left to chance in training.
    max_norm : float
        Longest that the weights into one unit may be after an update; 0 where they may be any length.
    input_gradient : bool
        Whether the backward pass computes ∂L/∂x as well.
    """
    builder = Builder(network, Layout(network), mode, seed)
    builder.outputs.append(builder.output(0))
    for number in range(1, len(network.layers)):
        LOWERING[network.layers[number].kind](builder, number)
    losses.lower(builder, loss)
    if l2 > 0:
        losses.lower_penalty(builder, l2)
    if max_norm > 0:
        losses.lower_max_norm(builder, max_norm)
    reaching = _reaching(network)
    order = [
        number
        for number in reversed(range(len(builder.ops)))
        if number not in builder.after
        and (builder.ops[number].kind == "penalty" or builder.ops[number].layer in reaching)
    ]
    unwanted = frozenset() if input_gradient else frozenset({builder.outputs[0]})
    ops = settle_gradients(builder.ops, order, unwanted)
    return Tape(
        network,
        tuple(builder.buffers),
        tuple(ops),
        tuple(order),
        tuple(builder.after),
        tuple(builder.outputs),
        builder.layout.size,
    )


def lower_training(document: Document, *, input_gradient: bool = False) -> Tape:
    """The tape that a step of training runs."""
    training = document.training
    return lower(
        document.network,
        training.loss,
        training.l2,
        seed=training.seed,
        max_norm=training.max_norm,
        input_gradient=input_gradient,
    )


def _reaching(network: Network) -> set[int]:
    """The layers from which the output is reached."""
    reaching = {len(network.layers) - 1}
    for source, layer in sorted(network.connections, key=lambda pair: -pair[1]):
        if layer in reaching:
            reaching.add(source)
    return reaching
