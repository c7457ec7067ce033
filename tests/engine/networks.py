"""Documents, data and random networks for the engine's tests."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from nnsim.data.dataset import Dataset
from nnsim.model.data import GateData
from nnsim.model.document import Document
from nnsim.model.layers import (
    ACTIVATIONS,
    Activation,
    Add,
    AvgPool2d,
    BatchNorm,
    Concat,
    Conv2d,
    Dense,
    Dropout,
    Flatten,
    GroupNorm,
    Input,
    InstanceNorm,
    Layer,
    LayerNorm,
    MaxPool2d,
    ShapeError,
)
from nnsim.model.network import Edge, Network, chain
from nnsim.model.training import LOSSES, OPTIMIZERS, Optimizer, Training

XOR_X = [[0, 0], [0, 1], [1, 0], [1, 1]]


def dataset(x: Any, y: Any, task: str = "regression", kept_back: int = 0) -> Dataset:
    """A dataset whose last `kept_back` samples are for validation."""
    x, y = np.array(x, np.float32), np.array(y, np.float32)
    end = len(x) - kept_back
    return Dataset(x[:end], y[:end], x[end:], y[end:], task)


def gate(*targets: int) -> Dataset:
    """A logic gate by its answers to (0,0), (0,1), (1,0), (1,1)."""
    return dataset(XOR_X, [[t] for t in targets], "binary")


def document(
    network: Network, optimizer: Optimizer | None = None, start: Any = (), **training: Any
) -> Document:
    """A document around a network; the data it names is not used."""
    if optimizer is not None:
        training["optimizer"] = optimizer
    return Document(network, GateData(), Training(**training), start=start)


def xor(**training: Any) -> Document:
    """2–4–1, tanh and sigmoid, binary cross-entropy."""
    usual = {"loss": "bce", "optimizer": Optimizer("sgd", 0.5), "batch_size": 1, "seed": 1}
    return document(chain(Input((2,)), Dense(4, "tanh"), Dense(1, "sigmoid")), **{**usual, **training})


def crossed(activation: str, output: str | None = None, units: int = 3) -> Network:
    """3–4–2–`units` in which every layer feeds every later one."""
    layers = (Input((3,)), Dense(4, activation), Dense(2, activation), Dense(units, output or activation))
    pairs = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))
    return Network(layers, pairs)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Small networks with skips, layers that lead nowhere, removed and frozen edges and layers."""
    dense = st.builds(
        Dense,
        units=st.integers(1, 5),
        activation=st.sampled_from(ACTIVATIONS),
        bias=st.booleans(),
        negative_slope=st.sampled_from((0.01, 0.1)),
        frozen=st.sampled_from((False, False, False, True)),
    )
    layers: list[Layer] = [Input((draw(st.integers(1, 4)),)), *draw(st.lists(dense, min_size=1, max_size=4))]
    pairs = set()
    for layer in range(1, len(layers)):
        sources = st.sets(st.integers(0, layer - 1), min_size=1)
        pairs |= {(source, layer) for source in draw(sources)}
    network = Network(tuple(layers), tuple(sorted(pairs)))
    every = [
        Edge(source, i, layer, j)
        for source, layer in network.connections
        for i in range(layers[source].units)
        for j in range(layers[layer].units)
    ]
    some = st.frozensets(st.sampled_from(every), max_size=4)
    return Network(network.layers, network.connections, draw(some), draw(some))


@st.composite
def problems(draw: st.DrawFn) -> tuple[Document, Dataset]:
    """A random network with random training settings and data."""
    network = draw(networks())
    samples = draw(st.integers(1, 9))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    x = random.normal(size=(samples, network.input.units))
    y = random.uniform(0.05, 0.95, (samples, network.outputs))
    settings = Training(
        loss=draw(st.sampled_from(LOSSES)),
        # A gradient that is exactly 0 in float64 is some 1e-9 in float32; with the usual ε, rmsprop and adam
        # would make a whole step of that.
        optimizer=Optimizer(draw(st.sampled_from(OPTIMIZERS)), learning_rate=0.02, epsilon=1e-3),
        batch_size=draw(st.integers(0, 5)),
        l2=draw(st.sampled_from((0.0, 0.01))),
        seed=draw(st.integers(0, 1000)),
    )
    task = draw(st.sampled_from(("regression", "multiclass" if network.outputs > 1 else "binary")))
    return Document(network, GateData(), settings), dataset(x, y, task)


WINDOWS = {
    "plain": {"kernel": (3, 3)},
    "wide": {"kernel": (1, 5), "padding": (0, 2)},
    "strided": {"kernel": (3, 2), "stride": (2, 1), "padding": (1, 1)},
    "large": {"kernel": (4, 4), "stride": (3, 3), "padding": (2, 2)},
}
"""Windows that differ in what an index may get wrong."""


def pictures(window):
    """A network over 2 × 7 × 6 images with every kind of layer, among them a residual and two branches."""
    sizes = WINDOWS[window]
    layers = (
        Input((2, 7, 6)),
        Conv2d(4, **sizes, activation="tanh"),
        BatchNorm(),
        Activation("relu"),
        Conv2d(4, (1, 1), activation="identity", bias=False),
        Add(),
        InstanceNorm(),
        GroupNorm(),
        MaxPool2d((2, 2), (1, 1), (1, 0)),
        AvgPool2d((2, 1), (1, 1), (1, 0)),
        Dropout(0.3),
        Flatten(),
        LayerNorm(),
        Dense(3, "sigmoid"),
        Dense(2, "prelu"),
        Concat(),
        BatchNorm(),
        Dense(2, "identity"),
    )
    order = tuple((i, i + 1) for i in range(len(layers) - 1) if i not in (13, 14))
    return Network(layers, tuple(sorted((*order, (3, 5), (12, 14), (13, 15), (14, 15)))))


@st.composite
def mixed_networks(draw: st.DrawFn) -> tuple[Network, str, int]:
    """A network of several kinds over small images, a loss that fits its output, and a seed."""
    bends = st.sampled_from([name for name in ACTIVATIONS if name not in ("step", "softmax")])
    channels = draw(st.integers(1, 3))
    layers: list[Layer] = [Input((channels, draw(st.integers(5, 8)), draw(st.integers(5, 8))))]
    for _ in range(draw(st.integers(0, 4))):
        window = (draw(st.integers(1, 3)), draw(st.integers(1, 3)))
        stride = (draw(st.integers(1, 2)), draw(st.integers(1, 2)))
        padding = (draw(st.integers(0, window[0] // 2)), draw(st.integers(0, window[1] // 2)))
        filters = draw(st.integers(1, 4))
        choices: list[Layer] = [
            Conv2d(filters, window, stride, padding, draw(bends), draw(st.booleans())),
            MaxPool2d(window, stride, padding),
            AvgPool2d(window, stride, padding),
            Activation(draw(bends)),
            BatchNorm(),
            LayerNorm(),
            InstanceNorm(),
            GroupNorm(draw(st.integers(1, 3))),
        ]
        layer = draw(st.sampled_from(choices))
        try:
            chain(*layers, layer)
        except ShapeError:
            continue
        layers.append(layer)
    layers += [Flatten(), Dense(4, draw(bends))]
    skip = len(layers) - 1
    layers += [Dense(4, draw(bends)), draw(st.sampled_from([Add(), Concat()]))]
    output, loss = draw(
        st.sampled_from(
            [("identity", "mse"), ("sigmoid", "bce"), ("softmax", "cross_entropy"), ("tanh", "sse")]
        )
    )
    layers.append(Dense(draw(st.integers(2, 3)), output))
    network = chain(*layers)
    connections = tuple(sorted((*network.connections, (skip, skip + 2))))
    return Network(network.layers, connections), loss, draw(st.integers(0, 1000))
