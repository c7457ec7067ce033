"""Below which full scale no overlay goes, so that rounding errors are never drawn as strong.

Training computes in float32. Every number on the stage comes from others of a certain size, and is uncertain
by their size times float32's rounding. A full scale of :data:`LEVELS` such errors shows one of them as the
weakest strength there is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nnsim.model.network import Network
from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.scales import LEVELS, top

_ERRORS = LEVELS * float(np.finfo(np.float32).eps)


def _weight(network: Network, sizes: Sequence[float], weights: Floats) -> float:
    """What it takes to make the numbers of a layer out of those of another."""
    ratios = [sizes[layer] / sizes[source] for source, layer in network.connections if sizes[source] > 0]
    return max(ratios, default=0.0)


def _contribution(network: Network, sizes: Sequence[float], weights: Floats) -> float:
    """A share of the sum that a layer's numbers are made of."""
    return max(sizes[1:])


def _gradient(network: Network, sizes: Sequence[float], weights: Floats) -> float:
    """An error, the difference of two answers, times what an edge carried."""
    return sizes[-1] * max(sizes[:-1])


def _update(network: Network, sizes: Sequence[float], weights: Floats) -> float:
    """The difference of two weights."""
    return top(np.abs(weights))


_SIZES: dict[str, Callable[[Network, Sequence[float], Floats], float]] = {
    "weight": _weight,
    "contribution": _contribution,
    "gradient": _gradient,
    "update": _update,
}


def floor(overlay: str, network: Network, sizes: Sequence[float], weights: Floats) -> float:
    """The smallest full scale of an overlay.

    Parameters
    ----------
    overlay : str
        One of :data:`nnsim.ui.graph.edges.OVERLAYS`.
    network : Network
    sizes : sequence of float
        How large the numbers of each layer are; 0 where they have all been 0.
    weights : array
        Those that are drawn.
    """
    return _ERRORS * _SIZES[overlay](network, sizes, weights)


def value_floor(network: Network, layer: int, sizes: Sequence[float], weights: Floats) -> float:
    """The smallest full brightness of a layer, which is made of sums of products."""
    return _ERRORS * max(sizes[source] for source in network.sources(layer)) * top(np.abs(weights))


def error_floor(sizes: Sequence[float]) -> float:
    """The smallest full scale of δ, which begins as the difference of two answers."""
    return _ERRORS * sizes[-1]
