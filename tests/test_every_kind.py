"""Every kind of layer has its home in every room."""

import json

import numpy as np
import pytest

from nnsim.data.dataset import Dataset
from nnsim.engine.engine import RunState
from nnsim.engine.lowering import LOWERING, Mode, lower
from nnsim.engine.ops import OPERATIONS
from nnsim.engine.trainer import Trainer
from nnsim.lesson.explain import explanation_of
from nnsim.lesson.steps import steps
from nnsim.lesson.trace import trace
from nnsim.model.connectivity import Connectivity
from nnsim.model.data import TableData
from nnsim.model.document import Document, document_from_json, document_to_json
from nnsim.model.layers import (
    KINDS,
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
    LayerNorm,
    MaxPool2d,
)
from nnsim.model.network import Network, Node
from nnsim.model.training import Training
from nnsim.ui.graph.geometry import arrange
from nnsim.ui.graph.viewport import Viewport

LAYERS = (
    Input((1, 6, 6)),
    Conv2d(4, (3, 3), padding=(1, 1)),
    BatchNorm(),
    Conv2d(4, (3, 3), padding=(1, 1), activation="identity"),
    Add(),
    Activation("relu"),
    MaxPool2d(),
    AvgPool2d((2, 2), (1, 1)),
    GroupNorm(2),
    InstanceNorm(),
    Concat(),
    Dropout(0.25),
    Flatten(),
    LayerNorm(),
    Dense(2, "softmax"),
)
# Each layer feeds the next; the sum reads the first convolution, too, and concat both norms.
PAIRS = (*((i, i + 1) for i in range(len(LAYERS) - 1)), (1, 4), (8, 10))
NETWORK = Network(LAYERS, tuple(sorted(PAIRS)))
SAMPLES = 4
X = tuple(map(tuple, np.linspace(0, 1, SAMPLES * 36).reshape(SAMPLES, 36).round(3).tolist()))
Y = ((1.0, 0.0), (0.0, 1.0)) * (SAMPLES // 2)
DOCUMENT = Document(NETWORK, TableData(X, Y), Training(loss="cross_entropy", batch_size=SAMPLES))


def data() -> Dataset:
    x, y = np.array(X, np.float32), np.array(Y, np.float32)
    return Dataset(x, y, x[:0], y[:0], "multiclass")


def test_the_network_of_these_tests_has_every_kind() -> None:
    assert {layer.kind for layer in LAYERS} == set(KINDS)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"input"}))
def test_a_kind_has_its_lowering_and_its_operations(kind: str) -> None:
    assert kind in LOWERING
    number = next(i for i, layer in enumerate(LAYERS) if layer.kind == kind)
    for mode in Mode:
        ops = [op for op in lower(NETWORK, "cross_entropy", mode=mode).ops if op.layer == number]
        assert ops or (kind == "dropout" and mode == Mode.EVAL)
        for op in ops:
            assert op.kind in OPERATIONS
            assert explanation_of(op.kind)


def test_a_document_says_every_kind_and_reads_it_again() -> None:
    text = json.dumps(document_to_json(DOCUMENT))
    assert document_from_json(json.loads(text)) == DOCUMENT


@pytest.mark.parametrize("number", range(1, len(LAYERS)), ids=[layer.kind for layer in LAYERS[1:]])
def test_a_kind_says_where_its_cells_come_from(number: int) -> None:
    cells = Connectivity(NETWORK).into(Node(number, 0))
    assert len(cells) > 0
    assert set(cells.layers.tolist()) <= set(NETWORK.sources(number))


def test_every_kind_trains_and_is_explained_step_by_step() -> None:
    trainer = Trainer(DOCUMENT, data(), engine="reference")
    before = trainer.state.theta.copy()
    trainer.run_steps(1)
    state: RunState = trainer.state
    assert np.isfinite(state.theta).all()
    assert (state.theta != before).any()
    for grain in ("phase", "operation", "neuron"):
        told = steps(trace(DOCUMENT, state, np.array(X), np.array(Y)), grain)
        layers = {part.layer for step in told for part in step.cut.parts}
        assert layers == set(range(len(LAYERS))), "no layer goes without a word"
        for step in told:
            assert step.lines()
            assert step.text()


def test_every_kind_has_its_place_on_the_stage() -> None:
    geometry = arrange(NETWORK, Viewport(1100.0, 600.0))
    lefts = [place.rect.x for place in geometry.layers]
    assert lefts == sorted(lefts)
    assert len(geometry.centres) == sum(shape.size for shape in NETWORK.shapes)
    assert np.isfinite(geometry.centres).all()
