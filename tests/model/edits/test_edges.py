"""Edges made, cut and frozen."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.model.edits import connect, cut, freeze
from nnsim.model.errors import DocumentError
from nnsim.model.layers import Dense, Input
from nnsim.model.network import Edge, Network, Node, chain
from nnsim.model.parameters import Layout
from tests.model.edits.learned import CHOSEN, NETWORKS, PLAIN, carried, change, parameters, weight

SKIP = Network((Input((1,)), Dense(2), Dense(1)), ((0, 1), (0, 2), (1, 2)))


def test_an_edge_comes_back_at_zero() -> None:
    edge = Edge(0, 1, 1, 2)
    edit = connect(CHOSEN, Node(0, 1), Node(1, 2))
    assert edit.network == replace(CHOSEN, removed_edges=CHOSEN.removed_edges - {edge})
    assert change(CHOSEN, edit) == 0.0
    assert Layout(edit.network).trainable()[Layout(edit.network).edge_index(edge)]


def test_one_edge_alone_makes_a_skip_connection() -> None:
    edit = connect(PLAIN, Node(0, 2), Node(3, 1))
    assert edit.network.connections == ((0, 1), (0, 3), (1, 2), (2, 3))
    pairs = {(i, j) for i in range(3) for j in range(2)} - {(2, 1)}
    assert edit.network.removed_edges == {Edge(0, i, 3, j) for i, j in pairs}
    assert change(PLAIN, edit) == 0.0
    assert cut(edit.network, [Edge(0, 2, 3, 1)]).network == PLAIN


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_a_cut_edge_is_zero_and_the_others_stay(network: Network) -> None:
    theta, edges = parameters(network), {Edge(0, 0, 1, 3), Edge(1, 2, 2, 1)}
    after = carried(network, cut(network, edges), theta)
    places = [Layout(network).edge_index(edge) for edge in edges]
    assert not after[places].any()
    others = np.delete(np.arange(len(theta)), places)
    np.testing.assert_array_equal(after[others], theta[others])


def test_a_connection_without_edges_goes_where_there_is_another() -> None:
    edit = cut(replace(SKIP, frozen_edges=frozenset({Edge(0, 0, 2, 0)})), [Edge(0, 0, 2, 0)])
    assert edit.network == replace(SKIP, connections=((0, 1), (1, 2)))
    rest = cut(edit.network, [Edge(1, 0, 2, 0), Edge(1, 1, 2, 0)]).network
    assert rest.connections == edit.network.connections
    assert len(rest.removed_edges) == 2


def test_of_two_connections_that_lose_all_edges_one_stays() -> None:
    edit = cut(SKIP, [Edge(0, 0, 2, 0), Edge(1, 0, 2, 0), Edge(1, 1, 2, 0)])
    assert edit.network.connections == ((0, 1), (1, 2))
    assert edit.network.removed_edges == {Edge(1, 0, 2, 0), Edge(1, 1, 2, 0)}


def test_frozen_edges_keep_their_weights_and_are_not_trained() -> None:
    edge = Edge(1, 1, 2, 0)
    edit = freeze(PLAIN, [edge], True)
    layout, theta = Layout(edit.network), parameters(PLAIN)
    assert np.flatnonzero(~layout.trainable()).tolist() == [layout.edge_index(edge)]
    assert weight(edit.network, carried(PLAIN, edit, theta), edge) == weight(PLAIN, theta, edge)
    assert freeze(edit.network, [edge], False).network == PLAIN


def test_a_cut_edge_is_no_longer_frozen() -> None:
    edge = Edge(0, 0, 1, 2)
    assert edge not in cut(CHOSEN, [edge]).network.frozen_edges


def test_refusals_say_why() -> None:
    large = chain(Input((784,)), Dense(2), Dense(500), Dense(1))
    for call, words in (
        (lambda: connect(PLAIN, Node(0, 0), Node(1, 0)), "already connected"),
        (lambda: connect(PLAIN, Node(2, 0), Node(1, 0)), "forwards only"),
        (lambda: connect(PLAIN, Node(1, 0), Node(1, 1)), "one layer"),
        (lambda: connect(PLAIN, Node(1, 0), Node(0, 0)), "into the input"),
        (lambda: connect(PLAIN, Node(0, 3), Node(3, 0)), "no neuron 3 in layer 0"),
        (lambda: connect(PLAIN, Node(0, 0), Node(4, 0)), "no layer 4"),
        (lambda: connect(large, Node(0, 0), Node(2, 0)), "too large"),
        (lambda: cut(PLAIN, [Edge(0, 0, 2, 0)]), "not connected"),
        (lambda: cut(PLAIN, [Edge(0, 0, 1, 4)]), "no neuron 4"),
        (lambda: cut(PLAIN, []), "No edge is chosen"),
        (lambda: freeze(PLAIN, [Edge(0, 0, 2, 0)], True), "not connected"),
    ):
        with pytest.raises(DocumentError, match=words):
            call()
