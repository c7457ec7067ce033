"""Neurons added, copied and removed."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.model.edits import add_units, duplicate_units, remove_units
from nnsim.model.errors import DocumentError
from nnsim.model.layers import LARGEST_LAYER, Dense, Input
from nnsim.model.network import Edge, Network, Node, chain
from nnsim.model.parameters import Layout
from tests.model.edits.learned import (
    CHOSEN,
    NETWORKS,
    PLAIN,
    answers,
    carried,
    change,
    parameters,
    weight,
)

ROUNDING = 1e-12


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
@pytest.mark.parametrize(("layer", "count", "at"), [(1, 1, None), (1, 3, 0), (2, 2, 1)])
def test_new_units_change_nothing(network: Network, layer: int, count: int, at: int | None) -> None:
    edit = add_units(network, layer, count, at)
    assert edit.network.layers[layer].units == network.layers[layer].units + count
    assert change(network, edit) < ROUNDING


def test_new_units_have_fresh_weights_in_and_none_out() -> None:
    edit = add_units(PLAIN, 1, 2, at=1)
    theta = carried(PLAIN, edit, parameters(PLAIN))
    after, fresh = Layout(edit.network), parameters(edit.network, 2)
    np.testing.assert_array_equal(after.block(theta, 0, 1)[1:3], after.block(fresh, 0, 1)[1:3])
    assert not after.block(theta, 1, 2)[:, 1:3].any()
    before = Layout(PLAIN).block(parameters(PLAIN), 1, 2)
    np.testing.assert_array_equal(after.block(theta, 1, 2)[:, [0, 3, 4, 5]], before)


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_copies_change_nothing(network: Network) -> None:
    edit = duplicate_units(network, [Node(1, 0), Node(1, 2), Node(2, 1)])
    assert [edit.network.layers[i].units for i in (1, 2)] == [6, network.layers[2].units + 1]
    assert change(network, edit) < ROUNDING


def test_a_copy_stands_beside_its_original_and_halves_what_it_passes_on() -> None:
    theta = parameters(CHOSEN)
    edit = duplicate_units(CHOSEN, [Node(1, 2)])
    after = carried(CHOSEN, edit, theta)
    for copy in (2, 3):
        assert weight(edit.network, after, Edge(0, 0, 1, copy)) == weight(CHOSEN, theta, Edge(0, 0, 1, 2))
        half = weight(CHOSEN, theta, Edge(1, 2, 3, 2)) / 2
        assert weight(edit.network, after, Edge(1, copy, 3, 2)) == half
    # Gone and frozen edges are so in both; unit 3 of before is unit 4 now.
    assert {
        Edge(0, 1, 1, 2),
        Edge(0, 1, 1, 3),
        Edge(1, 2, 2, 0),
        Edge(1, 3, 2, 0),
    } < edit.network.removed_edges
    assert len(edit.network.removed_edges) == len(CHOSEN.removed_edges) + 2
    assert edit.network.frozen_edges == {
        Edge(0, 0, 1, 2),
        Edge(0, 0, 1, 3),
        Edge(1, 2, 3, 2),
        Edge(1, 3, 3, 2),
    }


def test_removed_units_leave_the_weights_of_the_others() -> None:
    theta = parameters(CHOSEN)
    edit = remove_units(CHOSEN, [Node(1, 0), Node(1, 1), Node(2, 0)])
    after = carried(CHOSEN, edit, theta)
    before, now = Layout(CHOSEN), Layout(edit.network)
    left = {0: [0, 1, 2], 1: [2, 3], 2: [1], 3: [0, 1, 2]}
    for source, layer in CHOSEN.connections:
        expected = before.block(theta, source, layer)[np.ix_(left[layer], left[source])]
        np.testing.assert_array_equal(now.block(after, source, layer), expected)
    for layer, units in left.items():
        if layer:
            bias = before.view(theta, layer, "bias")
            np.testing.assert_array_equal(now.view(after, layer, "bias"), bias[units])
    assert now.view(after, 1, "slope") == before.view(theta, 1, "slope")
    assert edit.network.removed_edges == {Edge(0, 1, 1, 0), Edge(2, 0, 3, 0)}
    assert edit.network.frozen_edges == {Edge(0, 0, 1, 0), Edge(1, 0, 3, 2)}


def test_removing_a_unit_is_removing_what_it_said() -> None:
    theta = parameters(PLAIN)
    silent = theta.copy()
    Layout(PLAIN).block(silent, 1, 2)[:, 3] = 0.0
    edit = remove_units(PLAIN, [Node(1, 3)])
    expected = answers(PLAIN, silent)
    np.testing.assert_allclose(answers(edit.network, carried(PLAIN, edit, theta)), expected, atol=ROUNDING)


def test_removing_what_was_added_gives_back_every_bit() -> None:
    theta = parameters(CHOSEN)
    added = add_units(CHOSEN, 1, 2, at=1)
    after = carried(CHOSEN, added, theta)
    back = remove_units(added.network, [Node(1, 1), Node(1, 2)])
    assert back.network == CHOSEN
    np.testing.assert_array_equal(carried(added.network, back, after), theta)


def test_a_layer_that_loses_all_units_goes() -> None:
    edit = remove_units(PLAIN, [Node(2, 0), Node(2, 1), Node(2, 2), Node(1, 3)])
    assert [layer.units for layer in edit.network.layers] == [3, 3, 2]
    assert edit.network.connections == ((0, 1), (1, 2))
    assert edit.origin.bridged == (2,)
    assert edit.origin.units[1] == (0, 1, 2)
    assert np.isfinite(carried(PLAIN, edit, parameters(PLAIN))).all()


def test_all_hidden_layers_can_go_at_once() -> None:
    linear = chain(Input((3,)), *(Dense(n, "identity") for n in (2, 4)), Dense(2, "sigmoid"))
    edit = remove_units(linear, [Node(layer, unit) for layer in (1, 2) for unit in range((2, 4)[layer - 1])])
    assert edit.network == chain(Input((3,)), Dense(2, "sigmoid"))
    assert change(linear, edit) < ROUNDING


def test_a_new_unit_has_all_its_edges() -> None:
    """Also where the last unit of the layer, the neighbour of the new one, has lost some."""
    network = replace(PLAIN, removed_edges=frozenset({Edge(0, 1, 1, 3), Edge(1, 3, 2, 0)}))
    assert add_units(network, 1, 2).network.removed_edges == network.removed_edges


def test_a_frozen_layer_stays_frozen() -> None:
    frozen = PLAIN.with_layer(1, replace(PLAIN.dense(1), frozen=True))
    assert add_units(frozen, 1).network.dense(1).frozen


@pytest.mark.parametrize("edit", [add_units, lambda n, i: duplicate_units(n, [Node(i, 0)])])
@pytest.mark.parametrize(
    ("layer", "words"), [(0, "inputs"), (3, "outputs"), (4, "no layer 4"), (-1, "no layer")]
)
def test_the_data_decides_the_ends(edit, layer: int, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        edit(PLAIN, layer)


def test_refusals_say_why() -> None:
    for call, words in (
        (lambda: remove_units(PLAIN, [Node(3, 0)]), "outputs"),
        (lambda: remove_units(PLAIN, []), "No neuron is chosen"),
        (lambda: remove_units(PLAIN, [Node(1, 4)]), "no neuron 4 in layer 1"),
        (lambda: add_units(PLAIN, 1, 0), "Add one or more"),
        (lambda: add_units(PLAIN, 1, 1, at=5), "no place 5"),
        (lambda: add_units(PLAIN, 1, LARGEST_LAYER), "65,536"),
    ):
        with pytest.raises(DocumentError, match=words):
            call()
    wide = chain(Input((60_000,)), Dense(300), Dense(1))
    with pytest.raises(DocumentError, match="24,000,400 weights"):
        add_units(wide, 1, 100)
