"""A network in PyTorch, put together from its own modules' functions; float64."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch.nn import functional

from nnsim.model.network import Network
from nnsim.model.parameters import Layout

ACTIVATIONS: dict[str, Any] = {
    "identity": lambda z, s: z,
    "sigmoid": lambda z, s: torch.sigmoid(z),
    "tanh": lambda z, s: torch.tanh(z),
    "relu": lambda z, s: functional.relu(z),
    "leaky_relu": lambda z, s: functional.leaky_relu(z, s),
    "prelu": lambda z, s: functional.prelu(z, s),
    "elu": lambda z, s: functional.elu(z),
    "softmax": lambda z, s: functional.softmax(z, dim=1),
}


def _bend(layer: Any, name: str, z: torch.Tensor, own: dict[str, torch.Tensor]) -> torch.Tensor:
    own["z"] = z
    return ACTIVATIONS[name](z, own["slope"] if name == "prelu" else layer.negative_slope)


def _dense(layer: Any, inputs: list[torch.Tensor], own: dict[str, torch.Tensor], train: bool) -> torch.Tensor:
    x = torch.cat([value.flatten(1) for value in inputs], dim=1)
    return _bend(layer, layer.activation, functional.linear(x, own["weight"], own.get("bias")), own)


def _conv(layer: Any, inputs: list[torch.Tensor], own: dict[str, torch.Tensor], train: bool) -> torch.Tensor:
    z = functional.conv2d(inputs[0], own["weight"], own.get("bias"), layer.stride, layer.padding)
    return _bend(layer, layer.activation, z, own)


def _batch_norm(
    layer: Any, inputs: list[torch.Tensor], own: dict[str, torch.Tensor], train: bool
) -> torch.Tensor:
    running = (own["running_mean"], own["running_var"])
    return functional.batch_norm(
        inputs[0], *running, own["weight"], own["bias"], train, layer.momentum, layer.epsilon
    )


def _window(layer: Any) -> tuple[Any, Any, Any]:
    return layer.kernel, layer.stride, layer.padding


FORWARD: dict[str, Any] = {
    "dense": _dense,
    "conv2d": _conv,
    "batch_norm": _batch_norm,
    "activation": lambda layer, x, own, train: _bend(layer, layer.function, x[0], own),
    "max_pool2d": lambda layer, x, own, train: functional.max_pool2d(
        x[0], layer.kernel, layer.stride, layer.padding
    ),
    "avg_pool2d": lambda layer, x, own, train: functional.avg_pool2d(
        x[0], layer.kernel, layer.stride, layer.padding
    ),
    "flatten": lambda layer, x, own, train: x[0].flatten(1),
    "add": lambda layer, x, own, train: sum(x[1:], x[0]),
    "concat": lambda layer, x, own, train: torch.cat(x, dim=1),
    "layer_norm": lambda layer, x, own, train: functional.layer_norm(
        x[0], x[0].shape[1:], own["weight"], own["bias"], layer.epsilon
    ),
    "instance_norm": lambda layer, x, own, train: functional.instance_norm(
        x[0], weight=own["weight"], bias=own["bias"], eps=layer.epsilon
    ),
    "group_norm": lambda layer, x, own, train: functional.group_norm(
        x[0], layer.groups, own["weight"], own["bias"], layer.epsilon
    ),
    "dropout": lambda layer, x, own, train: x[0],
}

LOSSES: dict[str, Any] = {
    "mse": lambda p, z, y: functional.mse_loss(p, y),
    "sse": lambda p, z, y: functional.mse_loss(p, y, reduction="sum"),
    "bce": lambda p, z, y: functional.binary_cross_entropy_with_logits(z, y),
    "cross_entropy": lambda p, z, y: -(y * functional.log_softmax(z, dim=1)).sum() / len(y),
}
"""From ŷ, the output layer's z and y; the logits, because ŷ alone has lost digits near 0 and 1."""


class Twin:
    """The same network with the same parameters.

    Parameters
    ----------
    network : Network
    theta : array, shape (P,)
    """

    def __init__(self, network: Network, theta: np.ndarray) -> None:
        self.network = network
        self.layout = Layout(network)
        self.tensors = {}
        for tensor in self.layout.tensors:
            values = torch.from_numpy(theta[tensor.span].reshape(tensor.shape).copy())
            self.tensors[tensor.layer, tensor.role] = values.requires_grad_(tensor.spec.trained)

    def loss(self, kind: str, x: np.ndarray, y: np.ndarray, *, train: bool) -> torch.Tensor:
        """Loss of samples, shapes (n, inputs) and (n, outputs)."""
        shape = self.network.shapes[0].sizes
        values = [torch.from_numpy(x.copy()).reshape(len(x), *shape)]
        for number, layer in enumerate(self.network.layers[1:], 1):
            own = {role: values for (owner, role), values in self.tensors.items() if owner == number}
            inputs = [values[source] for source in self.network.sources(number)]
            values.append(FORWARD[layer.kind](layer, inputs, own, train))
        return LOSSES[kind](values[-1].flatten(1), own["z"], torch.from_numpy(y))

    def vector(self, *, gradient: bool = False) -> np.ndarray:
        """All parameters, or their gradients, as one flat vector."""
        out = np.zeros(self.layout.size)
        for tensor in self.layout.tensors:
            values = self.tensors[tensor.layer, tensor.role]
            found = values.grad if gradient else values.detach()
            if found is not None:
                out[tensor.span] = found.numpy().ravel()
        return out
