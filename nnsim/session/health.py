"""Looks over a network that trains: which units are dead, which layers saturated."""

from __future__ import annotations

import time
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
_INTERVAL = 0.5
_SHARE = 20.0
"""How many times as long as a look at all units took, training goes on without the next."""


class Checkup:
    """Looks a network over whenever its units may have changed. Used by the worker's thread alone."""

    def __init__(self) -> None:
        self._health = Health()
        self._seen: tuple[int, bool] | None = None
        self._next = 0.0

    def renew(self) -> None:
        """The parameters are others, whatever the step: the next fresh look goes through all units."""
        self._seen = None

    def health(self, trainer: Trainer, step: int, *, fresh: bool, running: bool) -> Health | None:
        """Which units have stopped learning, if that may be others than was told last.

        Parameters
        ----------
        trainer : Trainer
        step : int
            Where training stands.
        fresh : bool
            Look at once; otherwise at most twice a second.
        running : bool
            While training runs, only what two looks have found is told.
        """
        begin = time.perf_counter()
        # It makes no difference which sample the stage follows; a pause does, for then all is told.
        if self._seen == (step, running) or not (fresh or begin >= self._next):
            return None
        self._seen = step, running
        before, self._health = self._health, look_over(trainer)
        end = time.perf_counter()
        self._next = end + max(_INTERVAL, _SHARE * (end - begin))
        return self._health.steady(before) if running else self._health


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
