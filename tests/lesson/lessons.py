"""Traces for the lesson's tests."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from nnsim.data.dataset import Dataset
from nnsim.engine.engine import RunState
from nnsim.engine.trainer import Trainer
from nnsim.lesson.focus import ChannelFocus, Focus, LayerFocus, parameter_at
from nnsim.lesson.plain import plain
from nnsim.lesson.steps import Step
from nnsim.lesson.trace import Trace, trace
from nnsim.model.document import Document
from nnsim.model.network import Edge, Network, Node
from nnsim.model.parameters import Layout
from nnsim.model.training import OPTIMIZERS, Optimizer
from tests.engine.networks import WINDOWS, document, mixed_networks, pictures, problems


def start(document: Document, theta: Any = None) -> RunState:
    """The state in which a document's training begins, or one with other parameters."""
    if theta is None:
        from nnsim.engine.initialize import initial_parameters

        theta = initial_parameters(document)
    theta = np.array(theta, np.float64)
    return RunState(theta, np.zeros_like(theta), np.zeros_like(theta))


def traced(document: Document, x: Any, y: Any, theta: Any = None) -> Trace:
    """The first step of training on some samples."""
    return trace(document, start(document, theta), np.array(x, float), np.array(y, float))


def shown(step: Step, focus: Any = None, sample: int = 0) -> list[str]:
    """The formulas with their numbers as plain text."""
    return [plain(line.numbers.latex) for line in step.lines(focus, sample) if line.numbers is not None]


@st.composite
def traces(draw: st.DrawFn) -> tuple[Trace, Trainer]:
    """A random network a few steps into its training, and the trainer that will make the step traced."""
    document, dataset = draw(problems())
    trainer = Trainer(document, dataset, engine="reference")
    trainer.run_steps(draw(st.integers(0, 3)))
    return upcoming(trainer), trainer


def upcoming(trainer: Trainer) -> Trace:
    """The step that a trainer will make next."""
    batch = trainer.upcoming_batch()
    dataset: Dataset = trainer.dataset
    return trace(trainer.document, trainer.state, dataset.x[batch], dataset.y[batch])


@st.composite
def scattered(draw: st.DrawFn) -> Trace:
    """A random network with random parameters, biases too, on some samples."""
    document, dataset = draw(problems())
    layout = Layout(document.network)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    theta = random.normal(0.0, 0.7, layout.size)
    theta[layout.removed()] = 0.0
    return trace(document, start(document, theta), dataset.x, dataset.y)


@st.composite
def mixed(draw: st.DrawFn) -> Trace:
    """A network of layers of many kinds with random parameters, one step of it under any settings."""
    network, loss, seed = draw(st.one_of(mixed_networks(), st.sampled_from(_EVERY_KIND)))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    settings: dict[str, Any] = {
        "l2": draw(st.sampled_from((0.0, 0.01))),
        "clip_norm": draw(st.sampled_from((0.0, 0.1, 1e6))),
        "max_norm": draw(st.sampled_from((0.0, 1.0))),
    }
    optimizer = Optimizer(draw(st.sampled_from(OPTIMIZERS)), 0.02)
    told = document(network, optimizer, loss=loss, seed=seed, **settings)
    samples, outputs = draw(st.integers(1, 3)), network.units(len(network.layers) - 1)
    y = random.uniform(0.05, 0.95, (samples, outputs))
    if loss == "cross_entropy":
        y = np.eye(outputs)[random.integers(0, outputs, samples)]
    x = random.normal(size=(samples, network.units(0)))
    return trace(told, start(told, any_parameters(network, random)), x, y)


_EVERY_KIND = [(pictures(window), "mse", 1) for window in WINDOWS]


def any_parameters(network: Network, random: np.random.Generator) -> Any:
    """Random ones; a running variance is positive."""
    layout = Layout(network)
    theta = random.normal(0.0, 0.5, layout.size)
    for tensor in layout.tensors:
        if tensor.role == "running_var":
            theta[tensor.span] = np.abs(theta[tensor.span]) + 0.1
    return theta


@st.composite
def foci(draw: st.DrawFn, found: Trace) -> Focus | None:
    """Something of a network that can be meant."""
    network, layout = found.network, found.layout
    layer = draw(st.integers(1, found.last))
    node = Node(layer, draw(st.integers(0, network.units(layer) - 1)))
    source = found.joins.into(node)
    images = [i for i, shape in enumerate(network.shapes) if shape.is_image]
    choices: list[Focus | None] = [None, node, LayerFocus(layer), Node(0, network.units(0) // 2)]
    if len(source):
        choices.append(Edge(*source.node(draw(st.integers(0, len(source) - 1))), *node))
    if images:
        image = draw(st.sampled_from(images))
        choices.append(ChannelFocus(image, network.shapes[image].channels - 1))
    learned = [
        t
        for t in layout.tensors
        if t.spec.trained and (network.layers[t.layer].kind, t.role) != ("dense", "weight")
    ]
    if learned:
        tensor = draw(st.sampled_from(learned))
        choices.append(parameter_at(layout, tensor.offset + draw(st.integers(0, tensor.size - 1))))
    return draw(st.sampled_from(choices))
