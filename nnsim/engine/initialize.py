"""The parameters a network starts from."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnsim.model.document import Document
from nnsim.model.layers import ParameterSpec
from nnsim.model.network import Network
from nnsim.model.parameters import Layout

Draw = Callable[[np.random.Generator, ParameterSpec], NDArray[np.float64]]


def _uniform(variance: Callable[[int, int], float]) -> Draw:
    def draw(random: np.random.Generator, spec: ParameterSpec) -> NDArray[np.float64]:
        limit = math.sqrt(3.0 * variance(spec.fan_out, spec.fan_in))
        return random.uniform(-limit, limit, spec.shape)

    return draw


def _normal(variance: Callable[[int, int], float]) -> Draw:
    def draw(random: np.random.Generator, spec: ParameterSpec) -> NDArray[np.float64]:
        return random.normal(0.0, math.sqrt(variance(spec.fan_out, spec.fan_in)), spec.shape)

    return draw


def _glorot(fan_out: int, fan_in: int) -> float:
    """Variance after Glorot and Bengio (2010)."""
    return 2.0 / (fan_in + fan_out)


def _he(fan_out: int, fan_in: int) -> float:
    """Variance after He et al. (2015)."""
    return 2.0 / fan_in


INITIALIZERS: dict[str, Draw] = {
    "glorot_uniform": _uniform(_glorot),
    "glorot_normal": _normal(_glorot),
    "he_uniform": _uniform(_he),
    "he_normal": _normal(_he),
    "uniform": lambda random, spec: random.random(spec.shape),
    "zeros": lambda random, spec: np.zeros(spec.shape),
}


def draw_parameters(network: Network, initializer: str, seed: int) -> NDArray[np.float32]:
    """Weights drawn from the seed, the rest as its layer says, removed edges 0.

    Parameters
    ----------
    network : Network
    initializer : str
        A key of :data:`INITIALIZERS`; ``uniform`` draws from [0, 1).
    seed : int

    Returns
    -------
    array of float32, shape (P,)
    """
    layout = Layout(network)
    random = np.random.Generator(np.random.PCG64(seed))
    theta = np.zeros(layout.size, np.float64)
    for tensor in layout.tensors:
        drawn = tensor.spec.start is None
        theta[tensor.span] = (
            INITIALIZERS[initializer](random, tensor.spec).ravel() if drawn else tensor.spec.start
        )
    theta[layout.removed()] = 0.0
    return theta.astype(np.float32)


def initial_parameters(document: Document) -> NDArray[np.float32]:
    """The parameters a document starts from: drawn, then overwritten where it gives its own.

    Returns
    -------
    array of float32, shape (P,)
    """
    training = document.training
    theta = draw_parameters(document.network, training.initializer, training.seed)
    document.apply_start(theta)
    theta[Layout(document.network).removed()] = 0.0
    return theta
