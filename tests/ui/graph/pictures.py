"""Networks over images and their snapshots, computed by the reference engine."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnsim.engine.snapshot import Snapshot
from nnsim.engine.trainer import Trainer
from nnsim.model.layers import (
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
    LayerNorm,
    MaxPool2d,
)
from nnsim.model.network import Network, chain
from tests.engine.networks import dataset, document

SHAPES = chain(Input((12, 12)), Conv2d(4, (3, 3)), MaxPool2d(), Dense(4, "softmax"))
DIGITS = chain(
    Input((28, 28)), Conv2d(8, (5, 5)), MaxPool2d(), Conv2d(16, (3, 3)), MaxPool2d(), Dense(10, "softmax")
)
_RESIDUAL = (
    Input((12, 12)),
    Conv2d(4, (3, 3), padding=(1, 1), activation="identity"),
    BatchNorm(),
    Activation("relu"),
    Conv2d(4, (3, 3), padding=(1, 1), activation="identity"),
    Add(),
    MaxPool2d(),
    Flatten(),
    Dropout(0.5),
    Dense(12, "relu"),
    LayerNorm(),
    Dense(4, "softmax"),
)
RESIDUAL = Network(_RESIDUAL, tuple(sorted((*chain(*_RESIDUAL).connections, (3, 5)))))
_BRANCHES = (
    Input((3, 12, 12)),
    Conv2d(6, (3, 3), activation="tanh"),
    GroupNorm(2),
    Conv2d(6, (1, 1)),
    Concat(),
    AvgPool2d(),
    Flatten(),
    Dense(8, "tanh"),
    Dropout(0.3),
    Dense(8, "tanh"),
    Add(),
    Dense(4, "softmax"),
)
BRANCHES = Network(_BRANCHES, tuple(sorted((*chain(*_BRANCHES).connections, (2, 4), (7, 10)))))
NETWORKS = {"shapes": SHAPES, "digits": DIGITS, "residual": RESIDUAL, "branches": BRANCHES}


@cache
def snapshot(name: str, steps: int = 1) -> Snapshot:
    """One of these networks after so many steps on random pictures."""
    network = NETWORKS[name]
    random = np.random.default_rng(3)
    samples = dataset(
        random.uniform(0, 1, (8, network.units(0))),
        np.eye(network.units(-1))[random.integers(0, network.units(-1), 8)],
        "multiclass",
    )
    trainer = Trainer(
        document(network, loss="cross_entropy", batch_size=4, seed=1), samples, engine="reference"
    )
    return trainer.run_steps(steps) if steps else trainer.snapshot()
