"""Looks over a network that trains: which units are dead, which layers saturated."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Dataset
from nnsim.engine.engine import hits
from nnsim.engine.lowering.losses import passes_over_activation
from nnsim.engine.trainer import Trainer
from nnsim.model.document import Document
from nnsim.model.health import Health
from nnsim.model.network import Network, Node

Array = NDArray[np.floating[Any]]
MOST_SAMPLES = 1_000
MOST_NUMBERS = 2_000_000
"""Activations that one look computes; a network too wide for a fair number of samples is not looked at."""
FEWEST_SAMPLES = 100
"""Of many samples, those that a look must see to say anything."""
NO_SLOPE = 1e-3
"""Below this share of its steepest slope a sigmoid or tanh passes next to nothing back."""
CLOSE = 0.05
"""Share of the targets' spread by which a regression may be off and still has nothing to learn."""


def look_over(trainer: Trainer) -> Health:
    """Run many samples forwards and find the units that cannot learn from any of them."""
    document, dataset = trainer.document, trainer.dataset
    places = samples_for(document, dataset)
    if not len(places):
        return Health()
    outputs = trainer.layer_outputs(dataset.x[places])
    dead: list[Node] = []
    saturated: list[int] = []
    learned = is_learned(outputs[-1], dataset.y[places], dataset.task)
    for layer in range(1, len(outputs)):
        if not passes_gradient(document, layer):
            continue
        values = outputs[layer]
        dead += [Node(layer, unit) for unit in _silent(document.network, layer, values)]
        if not learned and _at_its_ends(document.network.activation(layer), values):
            saturated.append(layer)
    return Health(len(places), len(places) == dataset.samples, tuple(dead), tuple(saturated))


def samples_for(document: Document, dataset: Dataset) -> NDArray[np.intp]:
    """Which samples to look at, spread over all; none where they would be too few to tell."""
    units = sum(shape.size for shape in document.network.shapes)
    affordable = min(MOST_SAMPLES, MOST_NUMBERS // units)
    if affordable < min(dataset.samples, FEWEST_SAMPLES):
        return np.zeros(0, np.intp)
    count = min(dataset.samples, affordable)
    return np.linspace(0, dataset.samples - 1, count).astype(np.intp)


def passes_gradient(document: Document, layer: int) -> bool:
    """Whether a layer's slope matters: not where the loss is taken together with the activation."""
    network = document.network
    last = len(network.layers) - 1
    return layer < last or not passes_over_activation(network, document.training.loss)


def is_learned(answers: Array, y: Array, task: str) -> bool:
    """Whether every sample is answered rightly, or nearly."""
    if task != "regression":
        return hits(answers, y, task) == len(y)
    spread = float(np.ptp(y)) or 1.0
    return bool(np.abs(answers - y).max() <= CLOSE * spread)


def _silent(network: Network, layer: int, values: Array) -> list[int]:
    """Units that a rectifier keeps at 0; of a map, which has one filter, the first where all are."""
    found = network.layers[layer]
    leaks = getattr(found, "negative_slope", 0.0) > 0.0
    kind = network.activation(layer)
    if kind != "relu" and (kind != "leaky_relu" or leaks):
        return []
    places = network.shapes[layer].places
    silent = (values == 0.0).all(axis=0).reshape(-1, places).all(axis=1)
    return [int(channel) * places for channel in np.flatnonzero(silent)]


def _at_its_ends(kind: str, values: Array) -> bool:
    if kind == "tanh":
        return bool((1.0 - values * values < NO_SLOPE).all())
    if kind == "sigmoid":
        return bool((4.0 * values * (1.0 - values) < NO_SLOPE).all())
    return False
