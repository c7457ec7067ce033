"""What is told about a selection, against the numbers it comes from."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.data.load import load
from nnsim.data.scenes import find_scene
from nnsim.engine.trainer import Trainer
from nnsim.model.edits import cut
from nnsim.model.network import Edge, Node
from nnsim.model.parameters import Layout
from nnsim.ui.inspector.readings import fits, readings
from nnsim.ui.inspector.selection import select

EDGE, NEURON = Edge(0, 1, 1, 2), Node(1, 2)


def trainer_of(kind="sgd"):
    document = find_scene("xor").document
    optimizer = replace(document.training.optimizer, kind=kind, learning_rate=0.01)
    document = replace(document, training=replace(document.training, optimizer=optimizer))
    return Trainer(document, load(document.data, document.training), engine="reference")


def told(trainer, *items, snapshot=None):
    document = trainer.document
    selection = select(document.network, items)
    layout = Layout(document.network)
    weights, optimizer = selection.weights(layout), document.training.optimizer
    found = readings(selection, weights, layout, optimizer, snapshot)
    return {reading.key: reading.value for reading in found}


def test_before_anything_is_computed_nothing_is_told_as_nought():
    trainer = trainer_of("adam")
    keys = ("contribution", "gradient", "update", "first_moment", "second_moment")
    assert told(trainer, EDGE) == dict.fromkeys(keys)
    start = told(trainer, EDGE, snapshot=trainer.snapshot())
    assert start.pop("contribution") is not None
    assert set(start.values()) == {None}
    neuron = told(trainer, NEURON)
    assert (neuron.pop("incoming"), neuron.pop("outgoing")) == (2, 1)
    assert set(neuron.values()) == {None}


def test_an_edge_after_a_step():
    trainer = trainer_of()
    snapshot = trainer.run_steps(3)
    place = Layout(trainer.document.network).edge_index(EDGE)
    assert told(trainer, EDGE, snapshot=snapshot) == {
        "contribution": float(snapshot.parameters[place]) * float(snapshot.probe.x[1]),
        "gradient": float(snapshot.last_gradient[place]),
        "update": float(snapshot.last_update[place]),
    }


def test_a_neuron_after_a_step():
    trainer = trainer_of()
    snapshot = trainer.run_steps(3)
    place = Layout(trainer.document.network).find(1, "bias").offset + 2
    probe = snapshot.probe
    assert told(trainer, NEURON, snapshot=snapshot) == {
        "z": float(probe.pre_activations[1][2]),
        "a": float(probe.activations[1][2]),
        "delta": float(probe.deltas[1][2]),
        "bias_gradient": float(snapshot.last_gradient[place]),
        "bias_update": float(snapshot.last_update[place]),
        "incoming": 2,
        "outgoing": 1,
    }


@pytest.mark.parametrize(
    ("kind", "key", "name"),
    [
        ("momentum", "velocity", "m"),
        ("nesterov", "velocity", "m"),
        ("rmsprop", "mean_square", "v"),
    ],
)
def test_what_an_optimizer_remembers(kind, key, name):
    trainer = trainer_of(kind)
    snapshot = trainer.run_steps(5)
    place = Layout(trainer.document.network).edge_index(EDGE)
    found = told(trainer, EDGE, snapshot=snapshot)
    assert found[key] == float(getattr(trainer.state, name)[place]) != 0.0
    assert {"velocity", "mean_square", "first_moment"} & set(found) == {key}


def test_adams_moments_are_corrected_for_their_start():
    trainer = trainer_of("adam")
    snapshot = trainer.run_steps(1)
    place = Layout(trainer.document.network).edge_index(EDGE)
    found, gradient = told(trainer, EDGE, snapshot=snapshot), float(snapshot.last_gradient[place])
    # After one step both are the gradient itself: m / (1 − β₁) = g, v / (1 − β₂) = g².
    assert found["first_moment"] == pytest.approx(gradient, rel=1e-6)
    assert found["second_moment"] == pytest.approx(gradient**2, rel=1e-6)


def test_several_are_counted_once_and_summed_up():
    trainer = trainer_of()
    snapshot = trainer.run_steps(2)
    layout = Layout(trainer.document.network)
    items = [Node(1, 0), Node(1, 2), EDGE, Edge(1, 0, 2, 0)]
    found = told(trainer, *items, snapshot=snapshot)
    places = [layout.edge_index(Edge(0, i, 1, unit)) for unit in (0, 2) for i in (0, 1)]
    places.append(layout.edge_index(items[-1]))
    assert (found["neurons"], found["weights"]) == (2, 5)
    assert found["mean_size"] == pytest.approx(np.abs(snapshot.parameters[places]).mean())
    assert found["gradient_norm"] == pytest.approx(np.linalg.norm(snapshot.last_gradient[places]))
    assert found["update_norm"] == pytest.approx(np.linalg.norm(snapshot.last_update[places]))


def test_an_edge_that_is_cut_does_not_count():
    trainer = trainer_of()
    network = cut(trainer.document.network, [EDGE, Edge(1, 2, 2, 0)]).network
    trainer.set_document(replace(trainer.document, network=network))
    found = told(trainer, NEURON)
    assert (found["incoming"], found["outgoing"]) == (1, 0)


def test_only_what_the_network_has_is_selected():
    network = find_scene("xor").document.network
    selection = select(network, [Node(1, 3), Node(1, 4), Node(3, 0), Edge(0, 0, 2, 0), Edge(0, 0, 1, 9)])
    assert (selection.nodes, selection.edges) == ((Node(1, 3),), ())
    assert selection.kind == "neuron"
    assert select(network, []).kind == "none"
    assert select(network, [Node(0, 1)]).kind == "input"
    assert select(network, [Node(1, unit) for unit in range(4)]).whole_layer == 1
    assert select(network, [Node(1, 0), Node(2, 0)]).whole_layer is None


def test_a_snapshot_of_another_network_does_not_fit():
    trainer = trainer_of()
    layout, snapshot = Layout(trainer.document.network), trainer.snapshot()
    assert fits(layout, snapshot)
    assert not fits(layout, None)
    assert not fits(Layout(find_scene("playground").document.network), snapshot)
