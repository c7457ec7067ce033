"""A document's network as PyTorch's tutorials would build it: one module after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nnsim.engine.initialize import initial_parameters
from nnsim.model.document import Document
from nnsim.model.layers import Shape
from nnsim.model.parameters import Layout


def torch_model(document: Document) -> Any:
    """The network with its first weights, its softmax left to the loss; it reads rows of numbers.

    Raises
    ------
    KeyError
        Of a kind of layer or an activation that it has no module for.
    """
    import torch
    from torch import nn

    network, layout = document.network, Layout(document.network)
    activations = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}
    theta = initial_parameters(document).astype(np.float32)
    reads_images = any(layer.kind != "dense" for layer in network.layers[1:])
    modules: list[Any] = [nn.Unflatten(1, network.shapes[0].sizes)] if reads_images else []
    for number, layer in enumerate(network.layers[1:], 1):
        source = network.shapes[number - 1]
        made = _MODULES[layer.kind](layer, source)
        if layer.kind == "dense" and reads_images and source.is_image:
            modules.append(nn.Flatten())
        for role, values in made.named_parameters():
            with torch.no_grad():
                values.copy_(torch.tensor(layout.view(theta, number, role)))
        modules.append(made)
        activation = getattr(layer, "activation", "identity")
        if activation != "identity" and number < len(network.layers) - 1:
            modules.append(activations[activation]())
    return nn.Sequential(*modules)


def _dense(layer: Any, source: Shape) -> Any:
    from torch import nn

    return nn.Linear(source.size, layer.units, bias=layer.bias)


def _conv2d(layer: Any, source: Shape) -> Any:
    from torch import nn

    return nn.Conv2d(
        source.channels, layer.channels, layer.kernel, layer.stride, layer.padding, bias=layer.bias
    )


def _max_pool2d(layer: Any, source: Shape) -> Any:
    from torch import nn

    return nn.MaxPool2d(layer.kernel, layer.stride, layer.padding)


def _flatten(layer: Any, source: Shape) -> Any:
    from torch import nn

    return nn.Flatten()


_MODULES: dict[str, Callable[[Any, Shape], Any]] = {
    "dense": _dense,
    "conv2d": _conv2d,
    "max_pool2d": _max_pool2d,
    "flatten": _flatten,
}
