"""Snapshots made by hand: a forward and a backward pass in a few lines of NumPy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnsim.engine.snapshot import Probe, Score, Snapshot
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Network, chain
from nnsim.model.parameters import Layout

ACTIVATIONS = {
    "identity": (lambda z: z, lambda z, a: np.ones_like(z)),
    "tanh": (np.tanh, lambda z, a: 1 - a * a),
    "sigmoid": (lambda z: 0.5 * (1 + np.tanh(z / 2)), lambda z, a: a * (1 - a)),
    "relu": (lambda z: np.maximum(z, 0.0), lambda z, a: (z > 0) * 1.0),
    # At the output only, where ∂L/∂a = a: ∂L/∂zᵢ = aᵢ(aᵢ - Σa²).
    "softmax": (lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(), lambda z, a: a - (a * a).sum()),
}

XOR = chain(Input((2,)), Dense(4, "tanh"), Dense(1, "sigmoid"))
PLAYGROUND = chain(Input((2,)), Dense(6, "tanh"), Dense(4, "tanh"), Dense(1, "sigmoid"))
DIGITS = chain(Input((28, 28)), Dense(16, "relu"), Dense(16, "relu"), Dense(10, "sigmoid"))
IMAGE = chain(Input((4, 4)), Dense(3, "relu"), Dense(2, "softmax"))
CLASSES = chain(Input((28, 28)), Dense(16, "relu"), Dense(16, "relu"), Dense(10, "softmax"))
ACCURATE = chain(Input((28, 28)), Dense(128, "relu"), Dense(64, "relu"), Dense(10, "softmax"))
WIDE = chain(Input((40,)), Dense(200, "relu"), Dense(40, "sigmoid"))
HUGE = chain(Input((3,)), Dense(1500, "relu"), Dense(2, "sigmoid"))
SINGLE = chain(Input((1,)), Dense(1, "identity"))
SKIP = Network(
    (Input((2,)), Dense(4, "tanh"), Dense(3, "tanh"), Dense(2, "sigmoid")),
    ((0, 1), (0, 3), (1, 2), (1, 3), (2, 3)),
)
DEEP = chain(Input((4,)), *[Dense(5, "tanh") for _ in range(10)], Dense(3, "sigmoid"))
NETWORKS = {
    "single": SINGLE,
    "xor": XOR,
    "playground": PLAYGROUND,
    "digits": DIGITS,
    "image": IMAGE,
    "accurate": ACCURATE,
    "wide": WIDE,
    "huge": HUGE,
    "skip": SKIP,
    "deep": DEEP,
}


def probe_of(network: Network, theta: np.ndarray, x: np.ndarray) -> Probe:
    """One sample through a network, with the target 0 and L = ½Σa² at the output."""
    layout = Layout(network)
    values: list[np.ndarray] = [np.asarray(x, float)]
    sums: list[np.ndarray | None] = [None]
    for i in range(1, len(network.layers)):
        z = layout.view(theta, i, "weight") @ np.concatenate([values[s] for s in network.sources(i)])
        bias = layout.view(theta, i, "bias")
        sums.append(z if bias is None else z + bias)
        values.append(ACTIVATIONS[network.dense(i).activation][0](sums[-1]))
    gradient = np.zeros_like(theta)
    into = [np.zeros_like(a) for a in values]
    into[-1] = values[-1].copy()
    deltas: list[np.ndarray | None] = [None] * len(values)
    for i in range(len(values) - 1, 0, -1):
        delta = into[i] * ACTIVATIONS[network.dense(i).activation][1](sums[i], values[i])
        deltas[i] = delta
        seen = np.concatenate([values[s] for s in network.sources(i)])
        layout.view(gradient, i, "weight")[:] = np.outer(delta, seen)
        if layout.find(i, "bias") is not None:
            layout.view(gradient, i, "bias")[:] = delta
        for source in network.sources(i):
            into[source] += layout.block(theta, source, i).T @ delta
    loss = float(0.5 * (values[-1] ** 2).sum())
    return Probe(
        0, values[0], np.zeros_like(values[-1]), tuple(values), tuple(sums), tuple(deltas), gradient, loss
    )


def snapshot_of(
    network: Network, theta: np.ndarray, x: np.ndarray, *, stepped: bool = True, rate: float = 0.5
) -> Snapshot:
    """The snapshot before any step, or after one step of gradient descent from `theta`."""
    before = probe_of(network, theta, x)
    update = -rate * before.gradient
    after = theta + update if stepped else theta
    return Snapshot(
        step=int(stepped),
        epoch=0,
        batch=0,
        batches=1,
        parameters=after,
        train=Score(before.loss, None),
        train_is_exact=True,
        validation=None,
        probe=probe_of(network, after, x),
        last_gradient=before.gradient if stepped else None,
        last_update=update if stepped else None,
        last_batch=np.array([0]) if stepped else None,
        before=before if stepped else None,
        gradient_norms=None,
        engine="reference",
        diverged=False,
    )


def random_snapshot(network: Network, *, stepped: bool = True, seed: int = 1) -> Snapshot:
    """A snapshot with random parameters and a random sample."""
    rng = np.random.default_rng(seed)
    widest = max(network.fan_in(i) for i in range(1, len(network.layers)))
    theta = rng.normal(size=Layout(network).size) * 2 / np.sqrt(widest)
    theta[Layout(network).removed()] = 0.0
    return snapshot_of(network, theta, rng.uniform(0, 1, network.input.units), stepped=stepped)


def parameters(network: Network, **tensors: object) -> np.ndarray:
    """A flat vector from tensors named like ``weight1`` and ``bias1``; the others are 0."""
    layout = Layout(network)
    theta = np.zeros(layout.size)
    for name, value in tensors.items():
        view = layout.view(theta, int(name[-1]), name[:-1])
        assert view is not None
        view[:] = np.asarray(value, float)
    return theta


def unlabelled(snapshot: Snapshot) -> Snapshot:
    """The same with a sample from elsewhere, whose target nobody knows."""
    probe = replace(
        snapshot.probe,
        index=-1,
        y=None,
        deltas=(None,) * len(snapshot.probe.deltas),
        gradient=None,
        loss=None,
    )
    return replace(snapshot, probe=probe)
