"""Whatever is edited in whatever order, what comes of it is a network with its parameters."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nnsim.model import edits
from nnsim.model.carry import carry_moments, carry_over
from nnsim.model.edits import Edit
from nnsim.model.errors import DocumentError
from nnsim.model.layers import ACTIVATIONS
from nnsim.model.network import Edge, Network, Node, network_from_json, network_to_json
from nnsim.model.parameters import Layout
from tests.engine.networks import networks
from tests.model.edits.learned import answers, carried, parameters

Draw = Callable[[int, int], int]


def _node(network: Network, draw: Draw) -> Node:
    layer = draw(0, len(network.layers) - 1)
    return Node(layer, draw(0, network.layers[layer].units - 1))


def _nodes(network: Network, draw: Draw) -> list[Node]:
    return [_node(network, draw) for _ in range(draw(1, 3))]


def _pair(network: Network, draw: Draw) -> tuple[int, int]:
    return network.connections[draw(0, len(network.connections) - 1)]


def _edges(network: Network, draw: Draw) -> list[Edge]:
    out = []
    for _ in range(draw(1, 4)):
        source, layer = _pair(network, draw)
        ends = [draw(0, network.layers[end].units - 1) for end in (source, layer)]
        out.append(Edge(source, ends[0], layer, ends[1]))
    return out


def _layer(network: Network, draw: Draw) -> int:
    return draw(0, len(network.layers) - 1)


def _activation(draw: Draw) -> str:
    return ACTIVATIONS[draw(0, len(ACTIVATIONS) - 1)]


EDITS: list[Callable[[Network, Draw], Edit]] = [
    lambda n, d: edits.add_units(n, _layer(n, d), d(1, 2), d(0, 2)),
    lambda n, d: edits.duplicate_units(n, _nodes(n, d)),
    lambda n, d: edits.remove_units(n, _nodes(n, d)),
    lambda n, d: edits.insert_layer(n, *_pair(n, d)),
    lambda n, d: edits.insert_layer(n, *_pair(n, d), d(1, 4), _activation(d)),
    lambda n, d: edits.remove_layer(n, _layer(n, d)),
    lambda n, d: edits.connect(n, _node(n, d), _node(n, d)),
    lambda n, d: edits.cut(n, _edges(n, d)),
    lambda n, d: edits.freeze(n, _edges(n, d), bool(d(0, 1))),
    lambda n, d: edits.freeze_layers(n, [_layer(n, d)], bool(d(0, 1))),
    lambda n, d: edits.set_activation(n, [_layer(n, d)], _activation(d)),
    lambda n, d: edits.set_bias(n, _layer(n, d), bool(d(0, 1))),
    lambda n, d: edits.connect_layers(n, _layer(n, d), _layer(n, d)),
    lambda n, d: edits.disconnect_layers(n, *_pair(n, d)),
]


def _tried(edit: Callable[[Network, Draw], Edit], network: Network, draw: Draw) -> tuple[Edit | None, str]:
    """The edit, or the words in which it was refused."""
    try:
        return edit(network, draw), ""
    except DocumentError as error:
        return None, str(error)


@given(networks(), st.lists(st.tuples(st.sampled_from(EDITS), st.randoms(use_true_random=False)), max_size=8))
def test_edits_keep_what_networks_and_parameters_are(network: Network, steps: list) -> None:
    ends = network.input, network.outputs
    theta, moments = parameters(network), np.arange(1.0, Layout(network).size + 1)
    for edit, random in steps:
        made, refused = _tried(edit, network, random.randint)
        assert refused == "" or refused.endswith(".")
        if made is None:
            continue
        assert network_from_json(network_to_json(made.network)) == made.network
        old, new = Layout(network), Layout(made.network)
        fresh = np.full(new.size, 0.5)
        theta = carry_over(old, theta, new, fresh, made.origin)
        kept = carry_moments(old, moments, new, made.origin)
        assert theta.shape == kept.shape == (new.size,)
        assert np.isfinite(theta).all()
        assert not theta[new.removed()].any()
        assert not kept[new.removed()].any()
        # Nothing but 0 and what was there.
        assert set(kept.tolist()) <= {0.0, *moments.tolist()}
        network, moments = made.network, kept
    # What the data decides is never touched.
    assert (network.input, network.outputs) == ends


# Where nothing is said about the function here, it changes.
NEUTRAL: list[Callable[[Network, Draw], Edit]] = [
    lambda n, d: edits.add_units(n, _layer(n, d), d(1, 2), d(0, 1)),
    lambda n, d: edits.duplicate_units(n, _nodes(n, d)),
    lambda n, d: edits.insert_layer(n, *_pair(n, d), activation="identity"),
    lambda n, d: edits.remove_layer(n, _layer(n, d)),
    lambda n, d: edits.connect(n, _node(n, d), _node(n, d)),
    lambda n, d: edits.connect_layers(n, _layer(n, d), _layer(n, d)),
    lambda n, d: edits.freeze(n, _edges(n, d), on=True),
    lambda n, d: edits.freeze_layers(n, [_layer(n, d)], on=True),
]


@given(
    networks(), st.lists(st.tuples(st.sampled_from(NEUTRAL), st.randoms(use_true_random=False)), max_size=6)
)
def test_edits_that_promise_it_keep_the_function(network: Network, steps: list) -> None:
    network = _without_hidden(network, {"softmax": "tanh"})
    x = np.random.default_rng(5).normal(size=(8, network.input.units))
    theta = parameters(network)
    for edit, random in steps:
        if edit is NEUTRAL[3]:
            network = _without_hidden(network, dict.fromkeys(ACTIVATIONS, "identity"))
            theta = parameters(network)
        made, _ = _tried(edit, network, random.randint)
        if made is None:
            continue
        before = answers(network, theta, x)
        network, theta = made.network, carried(network, made, theta)
        np.testing.assert_allclose(answers(network, theta, x), before, rtol=1e-9, atol=1e-9)


def _without_hidden(network: Network, instead: dict[str, str]) -> Network:
    """The network with other activations in its hidden layers."""
    for layer in range(1, len(network.layers) - 1):
        dense = network.dense(layer)
        network = network.with_layer(
            layer, replace(dense, activation=instead.get(dense.activation, dense.activation))
        )
    return network
