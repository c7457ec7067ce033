"""Layers inserted, removed, connected and changed."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.model.edits import (
    connect_layers,
    disconnect_layers,
    freeze_layers,
    insert_layer,
    remove_layer,
    set_activation,
    set_bias,
)
from nnsim.model.errors import DocumentError
from nnsim.model.layers import Dense, Input
from nnsim.model.network import MOST_LAYERS, Edge, Network, chain
from nnsim.model.parameters import Layout
from tests.model.edits.learned import (
    CHOSEN,
    NETWORKS,
    PLAIN,
    X,
    answers,
    carried,
    change,
    parameters,
    weight,
)

ROUNDING = 1e-12
INPUTS = 20
WIDE_X = np.random.default_rng(4).normal(size=(30, INPUTS)) * 0.3


def wide(*layers: Dense) -> Network:
    """Many inputs, so that a new layer behind them takes over what the next one saw."""
    return chain(Input((INPUTS,)), *layers)


@pytest.mark.parametrize("kind", ["relu", "sigmoid", "step", "softmax"])
@pytest.mark.parametrize("units", [None, 4, 6])
def test_a_layer_behind_what_is_never_negative_changes_nothing(kind: str, units: int | None) -> None:
    network = chain(Input((3,)), Dense(4, kind), Dense(3, "tanh"), Dense(2, "sigmoid"))
    edit = insert_layer(network, 1, 2, units)
    assert edit.network.layers[2] == Dense(units or 4, "relu", name="hidden3")
    assert edit.network.connections == ((0, 1), (1, 2), (2, 3), (3, 4))
    assert change(network, edit) < ROUNDING


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "prelu", "elu", "identity"])
def test_so_does_any_kin_of_relu_there(activation: str) -> None:
    network = chain(Input((3,)), Dense(4, "sigmoid"), Dense(2, "sigmoid"))
    assert change(network, insert_layer(network, 1, 2, activation=activation)) < ROUNDING


@pytest.mark.parametrize("kind", ["identity", "tanh", "elu", "prelu"])
def test_an_identity_changes_nothing_anywhere(kind: str) -> None:
    network = chain(Input((3,)), Dense(4, kind), Dense(2, "sigmoid"))
    for source in (0, 1):
        assert change(network, insert_layer(network, source, source + 1, activation="identity")) < ROUNDING


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_a_layer_behind_small_values_of_both_signs_changes_little(network: Network) -> None:
    edit = insert_layer(network, 0, 1)
    new = edit.network.layers[1]
    assert (new.units, new.activation) == (3, "tanh")
    # tanh(c a)/c − a ≈ −c² a³/3: a tenth of the size is a thousandth of the change.
    small = [change(network, edit, x=X * size) for size in (0.1, 0.01)]
    assert 0 < small[0] < 1e-3
    assert small[1] < small[0] / 500


def test_a_gentle_layer_bends_as_the_docstring_says() -> None:
    line = chain(Input((1,)), Dense(1, "identity"))
    x = np.ones((1, 1))
    moved = change(line, insert_layer(line, 0, 1), np.array([1.0, 0.0]), x)
    assert moved == pytest.approx(1 - 4 * np.tanh(0.25), abs=ROUNDING)
    assert 0.019 < moved < 0.021


def test_only_the_connection_that_is_split_is_split() -> None:
    edit = insert_layer(CHOSEN, 1, 3)
    pairs = ((0, 1), (0, 2), (0, 4), (1, 2), (1, 3), (2, 4), (3, 4))
    assert edit.network.connections == pairs
    theta = parameters(CHOSEN)
    after = carried(CHOSEN, edit, theta)
    # The edges of that connection now lead from the new layer, 4 = 1/c times as strong.
    assert weight(edit.network, after, Edge(3, 3, 4, 0)) == 4 * weight(CHOSEN, theta, Edge(1, 3, 3, 0))
    assert Edge(3, 0, 4, 1) in edit.network.removed_edges
    assert len(edit.network.removed_edges) == len(CHOSEN.removed_edges)
    assert edit.network.frozen_edges == {Edge(0, 0, 1, 2), Edge(3, 2, 4, 2)}
    np.testing.assert_array_equal(Layout(edit.network).block(after, 1, 3), np.eye(4) / 4)
    np.testing.assert_array_equal(Layout(edit.network).block(after, 2, 4), Layout(CHOSEN).block(theta, 2, 3))


@pytest.mark.parametrize("kind", ["relu", "step", "identity"])
@pytest.mark.parametrize("bias", [True, False])
def test_a_layer_before_one_that_repeats_itself_changes_nothing(kind: str, bias: bool) -> None:
    network = wide(Dense(5, kind, bias=bias), Dense(2, "sigmoid"))
    edit = insert_layer(network, 0, 1)
    assert edit.network.layers[1:] == (replace(network.layers[1], name="hidden2"), *network.layers[1:])
    assert change(network, edit, x=WIDE_X) < ROUNDING
    assert change(network, insert_layer(network, 0, 1, units=8), x=WIDE_X) < ROUNDING


@pytest.mark.parametrize("kind", ["leaky_relu", "prelu", "elu"])
def test_the_kin_of_relu_is_repeated_where_it_is_positive(kind: str) -> None:
    network = wide(Dense(5, kind), Dense(2, "identity"))
    theta = parameters(network)
    Layout(network).view(theta, 1, "bias")[:] = 20.0
    edit = insert_layer(network, 0, 1)
    assert edit.network.dense(1).activation == kind
    assert change(network, edit, theta, WIDE_X) < 1e-11


def test_a_layer_before_a_softmax_keeps_what_comes_first() -> None:
    network = wide(Dense(4, "softmax"))
    theta, edit = parameters(network), insert_layer(network, 0, 1)
    assert edit.network.layers[1] == Dense(4, "tanh", name="hidden1")
    found = answers(edit.network, carried(network, edit, theta), WIDE_X)
    before = answers(network, theta, WIDE_X)
    np.testing.assert_array_equal(found.argmax(axis=1), before.argmax(axis=1))
    assert change(network, edit, theta * 0.01, WIDE_X) < 1e-6


def test_fewer_units_than_the_source_take_over_from_the_destination() -> None:
    network = chain(Input((3,)), Dense(6, "relu"), Dense(2, "relu"), Dense(1, "sigmoid"))
    edit = insert_layer(network, 1, 2, units=3)
    assert [layer.units for layer in edit.network.layers] == [3, 6, 3, 2, 1]
    assert change(network, edit) < ROUNDING


def test_a_destination_with_other_sources_is_repeated_gently() -> None:
    network = Network(
        (Input((INPUTS,)), Dense(3, "relu"), Dense(2, "relu")),
        ((0, 1), (0, 2), (1, 2)),
        removed_edges=frozenset({Edge(0, 4, 2, 1)}),
    )
    edit = insert_layer(network, 0, 2)
    assert edit.network.layers[2] == Dense(2, "tanh", name="hidden2")
    assert edit.network.connections == ((0, 1), (0, 2), (1, 3), (2, 3))
    assert edit.network.removed_edges == network.removed_edges
    assert 0 < change(network, edit, parameters(network) * 0.01, WIDE_X) < 1e-6


def test_a_layer_inserted_and_removed_leaves_what_there_was() -> None:
    for network in NETWORKS.values():
        theta = parameters(network)
        for source, layer in network.connections:
            there = insert_layer(network, source, layer)
            back = remove_layer(there.network, layer)
            after = carried(there.network, back, carried(network, there, theta))
            assert back.network == replace(
                network,
                layers=tuple(
                    replace(each, bias=True) if i == layer else each for i, each in enumerate(network.layers)
                ),
                removed_edges=back.network.removed_edges,
                frozen_edges=back.network.frozen_edges,
            )
            # A path leads around an edge taken out, as the layer joins everything with everything.
            assert back.network.removed_edges <= network.removed_edges
            np.testing.assert_allclose(answers(back.network, after), answers(network, theta), atol=1e-12)


def test_an_identity_is_removed_without_a_trace() -> None:
    layers = (Input((3,)), Dense(4, "tanh"), Dense(2, "identity"), Dense(3, "tanh", bias=False), Dense(2))
    pairs = ((0, 1), (0, 2), (1, 2), (1, 4), (2, 3), (2, 4), (3, 4))
    network = Network(layers, pairs, frozenset({Edge(1, 0, 4, 0), Edge(0, 1, 2, 0), Edge(2, 0, 3, 2)}))
    edit = remove_layer(network, 2)
    assert edit.network.connections == ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))
    # What the layer's bias added to layer 3 has to stand somewhere.
    assert edit.network.dense(2).bias
    assert change(network, edit) < ROUNDING


def test_an_edge_is_there_where_a_path_was() -> None:
    """Input 1 reaches only unit 0 of the layer, which reaches only output 1; input 0 reaches all."""
    network = replace(
        chain(Input((2,)), Dense(2, "identity"), Dense(2, "identity")),
        removed_edges=frozenset({Edge(0, 1, 1, 1), Edge(1, 0, 2, 0)}),
    )
    edit = remove_layer(network, 1)
    assert edit.network.removed_edges == {Edge(0, 1, 1, 0)}
    theta = parameters(network)
    assert change(network, edit, theta, X[:, :2]) < ROUNDING


def test_a_layer_that_was_not_heard_leaves_no_connection() -> None:
    network = Network(
        (Input((2,)), Dense(2), Dense(3), Dense(1)),
        ((0, 1), (1, 2), (1, 3), (2, 3)),
        removed_edges=frozenset(Edge(2, unit, 3, 0) for unit in range(3)),
    )
    assert remove_layer(network, 2).network == chain(Input((2,)), Dense(2), Dense(1))
    alone = Network(network.layers, ((0, 1), (0, 2), (2, 3)), network.removed_edges)
    after = remove_layer(alone, 2).network
    assert after.connections == ((0, 1), (0, 2))
    assert after.removed_edges == {Edge(0, unit, 2, 0) for unit in range(2)}


def test_a_removed_direct_edge_comes_back_where_a_path_was() -> None:
    network = Network(
        (Input((2,)), Dense(1, "identity"), Dense(1, "identity")),
        ((0, 1), (0, 2), (1, 2)),
        removed_edges=frozenset({Edge(0, 0, 2, 0), Edge(0, 1, 2, 0), Edge(0, 1, 1, 0)}),
    )
    assert remove_layer(network, 1).network.removed_edges == {Edge(0, 1, 1, 0)}


@pytest.mark.parametrize("kind", ["sigmoid", "tanh", "elu"])
def test_a_curved_layer_leaves_its_tangent(kind: str) -> None:
    network = chain(Input((3,)), Dense(4, kind, bias=False), Dense(2, "identity", bias=False))
    edit = remove_layer(network, 1)
    assert edit.network.dense(1).bias == (kind == "sigmoid")
    far, near = (change(network, edit, x=X * size) for size in (0.1, 0.01))
    assert near < far / 50
    assert near < 1e-3


def test_a_relu_that_is_always_on_is_removed_without_a_trace_and_others_at_half() -> None:
    network = chain(Input((3,)), Dense(2, "sigmoid"), Dense(3, "relu"), Dense(1, "identity"))
    theta = parameters(network)
    layout = Layout(network)
    layout.block(theta, 1, 2)[:] = [[1, 2], [-1, -2], [1, -2]]
    layout.view(theta, 2, "bias")[:] = [1, -1, 0]
    layout.block(theta, 2, 3)[:] = [[1, 1, 1]]
    edit = remove_layer(network, 2)
    after = carried(network, edit, theta)
    # On: 1 and 2. Off: nothing. Both: half of 1 and -2.
    assert Layout(edit.network).block(after, 1, 2).tolist() == [[1.5, 1.0]]
    shift = Layout(edit.network).view(after, 2, "bias") - layout.view(theta, 3, "bias")
    assert shift == pytest.approx(1.0)


def test_a_relu_behind_values_of_both_signs_is_removed_at_half() -> None:
    network = chain(Input((1,)), Dense(1, "relu"), Dense(1, "identity"))
    edit = remove_layer(network, 1)
    assert carried(network, edit, np.array([1.0, 0.0, 3.0, 0.0])).tolist() == [1.5, 0.0]


@pytest.mark.parametrize(("kind", "height"), [("step", 0.5), ("softmax", 0.25)])
def test_what_has_no_slope_leaves_a_constant(kind: str, height: float) -> None:
    network = chain(Input((3,)), Dense(4, kind), Dense(2, "identity", bias=False))
    theta = parameters(network)
    edit = remove_layer(network, 1)
    after = carried(network, edit, theta)
    expected = height * Layout(network).block(theta, 1, 2).sum(axis=1)
    np.testing.assert_allclose(answers(edit.network, after), np.tile(expected, (len(X), 1)))


def test_layers_are_connected_by_nothing_yet() -> None:
    edit = connect_layers(PLAIN, 0, 3)
    assert change(PLAIN, edit) < ROUNDING
    theta = carried(PLAIN, edit, parameters(PLAIN))
    assert not Layout(edit.network).block(theta, 0, 3).any()
    assert disconnect_layers(edit.network, 0, 3).network == PLAIN


def test_disconnected_layers_lose_only_their_weights() -> None:
    theta, edit = parameters(CHOSEN), disconnect_layers(CHOSEN, 1, 3)
    after = carried(CHOSEN, edit, theta)
    assert edit.network.removed_edges == {
        e for e in CHOSEN.removed_edges if (e.source_layer, e.layer) != (1, 3)
    }
    assert edit.network.frozen_edges == {Edge(0, 0, 1, 2)}
    for pair in edit.network.connections:
        expected = Layout(CHOSEN).block(theta, *pair)
        np.testing.assert_array_equal(Layout(edit.network).block(after, *pair), expected)


def test_a_new_bias_changes_nothing() -> None:
    network = NETWORKS["no bias"]
    edit = set_bias(network, 1, True)
    assert change(network, edit) < ROUNDING
    assert set_bias(edit.network, 1, False).network == network


def test_another_activation_keeps_the_weights() -> None:
    edit = set_activation(PLAIN, [1, 3], "prelu")
    assert [layer.activation for layer in edit.network.layers[1:]] == ["prelu", "sigmoid", "prelu"]
    theta = parameters(PLAIN)
    after = Layout(edit.network).views(carried(PLAIN, edit, theta))
    for name, view in Layout(PLAIN).views(theta).items():
        np.testing.assert_array_equal(after[name], view)


def test_frozen_layers_are_not_trained() -> None:
    edit = freeze_layers(PLAIN, [1, 2], True)
    trained = Layout(edit.network).trainable()
    assert np.flatnonzero(trained).tolist() == list(range(31, 39))
    assert freeze_layers(edit.network, [1, 2], False).network == PLAIN


def test_refusals_say_why() -> None:
    deep = chain(Input((1,)), *[Dense(1)] * (MOST_LAYERS - 1))
    for call, words in (
        (lambda: remove_layer(PLAIN, 0), "inputs"),
        (lambda: remove_layer(PLAIN, 3), "outputs"),
        (lambda: insert_layer(PLAIN, 0, 2), "not connected"),
        (lambda: insert_layer(PLAIN, 0, 1, activation="cos"), "allowed: identity"),
        (lambda: insert_layer(PLAIN, 0, 1, units=0), "neurons, not 0"),
        (lambda: insert_layer(deep, 0, 1), "at most 64 layers"),
        (lambda: connect_layers(PLAIN, 0, 1), "already connected"),
        (lambda: connect_layers(PLAIN, 2, 1), "forwards only"),
        (lambda: connect_layers(PLAIN, 1, 1), "one layer"),
        (lambda: connect_layers(PLAIN, 1, 0), "into the input"),
        (lambda: connect_layers(PLAIN, -1, 1), "forwards only"),
        (lambda: disconnect_layers(PLAIN, 0, 2), "not connected"),
        (lambda: disconnect_layers(PLAIN, 0, 1), "fed by nothing"),
        (lambda: set_activation(PLAIN, [1], "cos"), "allowed: identity"),
        (lambda: set_activation(PLAIN, [0], "relu"), "computes nothing"),
        (lambda: set_bias(PLAIN, 0, False), "computes nothing"),
        (lambda: freeze_layers(PLAIN, [4], True), "no layer 4"),
    ):
        with pytest.raises(DocumentError, match=words):
            call()
