"""Networks with parameters, and what they answer before and after an edit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnsim.engine.lowering import lower
from nnsim.engine.reference import forward, new_buffers
from nnsim.model.carry import carry_over
from nnsim.model.edits import Edit
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Network, chain
from nnsim.model.parameters import Layout
from tests.engine.networks import crossed

PLAIN = chain(Input((3,)), Dense(4, "tanh"), Dense(3, "sigmoid"), Dense(2, "identity"))
CHOSEN = replace(
    crossed("prelu", "sigmoid"),
    removed_edges=frozenset({Edge(0, 1, 1, 2), Edge(1, 2, 2, 0), Edge(1, 0, 3, 1), Edge(2, 1, 3, 0)}),
    frozen_edges=frozenset({Edge(0, 0, 1, 2), Edge(1, 2, 3, 2)}),
)
"""3–4–2–3 with every skip connection, a learned slope, and edges removed and frozen."""
NETWORKS = {
    "plain": PLAIN,
    "chosen": CHOSEN,
    "relu": crossed("relu", "softmax"),
    "no bias": chain(Input((3,)), Dense(4, "leaky_relu", bias=False), Dense(3, "elu"), Dense(1, "sigmoid")),
}
X = np.random.default_rng(3).normal(size=(40, 3))


def parameters(network: Network, seed: int = 1) -> np.ndarray:
    """Random parameters, biases too; removed edges 0."""
    layout = Layout(network)
    theta = np.random.default_rng(seed).normal(size=layout.size)
    theta[layout.removed()] = 0.0
    return theta


def carried(network: Network, edit: Edit, theta: np.ndarray) -> np.ndarray:
    """The parameters after an edit; those that are fresh are drawn, biases too."""
    new = Layout(edit.network)
    return carry_over(Layout(network), theta, new, parameters(edit.network, 2), edit.origin)


def answers(network: Network, theta: np.ndarray, x: np.ndarray = X) -> np.ndarray:
    """Outputs of the reference engine, shape (samples, outputs)."""
    tape = lower(network, "mse")
    values = new_buffers(tape, len(x))
    values[0][...] = x
    forward(tape, theta, values)
    return values[tape.buffer("a", len(network.layers) - 1)]


def change(network: Network, edit: Edit, theta: np.ndarray | None = None, x: np.ndarray = X) -> float:
    """How far an edit moves the farthest answer."""
    theta = parameters(network) if theta is None else theta
    before = answers(network, theta, x)
    return float(np.abs(answers(edit.network, carried(network, edit, theta), x) - before).max())


def weight(network: Network, theta: np.ndarray, edge: Edge) -> float:
    """The weight of one edge."""
    return float(theta[Layout(network).edge_index(edge)])
