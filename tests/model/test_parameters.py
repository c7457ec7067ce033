"""The flat vector: where each tensor and edge stands, and what survives an edit."""

from dataclasses import replace

import numpy as np
import pytest

from nnsim.model.carry import carry_over
from nnsim.model.layers import Conv2d, Dense, Input
from nnsim.model.network import Edge, Network, Node, chain
from nnsim.model.own_parameters import own_parameters
from nnsim.model.parameters import Layout

# 2 inputs, 3 hidden units, 1 output that also sees the inputs directly.
SKIP = Network((Input((2,)), Dense(3, "prelu"), Dense(1, "sigmoid", bias=False)), ((0, 1), (0, 2), (1, 2)))


def test_tensors_follow_each_other_by_layer() -> None:
    layout = Layout(SKIP)
    assert [(t.name, t.shape, t.offset) for t in layout.tensors] == [
        ("hidden1.weight", (3, 2), 0),
        ("hidden1.bias", (3,), 6),
        ("hidden1.slope", (1,), 9),
        # Inputs 0 and 1 first, then the three hidden units.
        ("output.weight", (1, 5), 10),
    ]
    assert layout.size == 15
    assert layout.view(np.arange(15.0), 2, "bias") is None


def test_views_and_blocks_are_windows() -> None:
    layout, vector = Layout(SKIP), np.arange(15.0)
    assert layout.block(vector, 1, 2).tolist() == [[12, 13, 14]]
    layout.block(vector, 0, 2)[:] = -1
    layout.views(vector)["hidden1.bias"][:] = -2
    assert vector[10:12].tolist() == [-1, -1]
    assert vector[6:9].tolist() == [-2, -2, -2]


@pytest.mark.parametrize(
    ("edge", "index"),
    [
        (Edge(0, 1, 1, 2), 5),  # row 2, column 1 of a (3, 2) weight
        (Edge(0, 1, 2, 0), 11),  # the skip connection's second column
        (Edge(1, 2, 2, 0), 14),  # the last of five columns
    ],
)
def test_edge_index(edge: Edge, index: int) -> None:
    assert Layout(SKIP).edge_index(edge) == index
    assert Layout(SKIP).edge_indices([edge, Edge(0, 0, 1, 0), edge]).tolist() == [index, 0, index]


def test_a_connection_that_is_not_there_has_no_columns() -> None:
    with pytest.raises(KeyError):
        Layout(chain(Input((2,)), Dense(3), Dense(1))).columns(0, 2)


def test_masks_of_removed_and_frozen() -> None:
    network = replace(
        SKIP.with_layer(2, Dense(1, "sigmoid", bias=False, frozen=True)),
        removed_edges=frozenset({Edge(0, 0, 1, 1)}),
        frozen_edges=frozenset({Edge(0, 1, 1, 1)}),
    )
    layout = Layout(network)
    assert np.flatnonzero(layout.removed()).tolist() == [2]
    assert np.flatnonzero(~layout.trainable()).tolist() == [2, 3, 10, 11, 12, 13, 14]


def carried(old: Network, new: Network) -> dict[str, list[float]]:
    """Carry 1, 2, 3, … over into a network whose fresh values are all -1."""
    before, after = Layout(old), Layout(new)
    vector = np.arange(1.0, before.size + 1)
    out = carry_over(before, vector, after, np.full(after.size, -1.0))
    return {name: view.tolist() for name, view in after.views(out).items()}


OLD = chain(Input((2,)), Dense(2, "tanh"), Dense(1, "sigmoid"))
# hidden1: weight 1 2 / 3 4, bias 5 6; output: weight 7 8, bias 9.


def test_same_shapes_keep_everything() -> None:
    kept = carried(OLD, OLD.with_layer(1, Dense(2, "relu")))
    assert list(kept.values()) == [[[1, 2], [3, 4]], [5, 6], [[7, 8]], [9]]


def test_a_new_unit_has_fresh_weights_in_and_none_out() -> None:
    kept = carried(OLD, OLD.with_layer(1, Dense(3, "tanh")))
    assert list(kept.values()) == [[[1, 2], [3, 4], [-1, -1]], [5, 6, -1], [[7, 8, 0]], [9]]


def test_a_unit_taken_away_leaves_the_others() -> None:
    kept = carried(OLD, OLD.with_layer(1, Dense(1, "tanh")))
    assert list(kept.values()) == [[[1, 2]], [5], [[7]], [9]]


def test_a_new_input_changes_nothing_yet() -> None:
    kept = carried(OLD, OLD.with_layer(0, Input((3,))))
    assert kept["hidden1.weight"] == [[1, 2, 0], [3, 4, 0]]


def test_a_new_skip_connection_changes_nothing_yet() -> None:
    kept = carried(OLD, replace(OLD, connections=((0, 1), (0, 2), (1, 2))))
    assert kept["output.weight"] == [[0, 0, 7, 8]]


def test_a_skip_connection_taken_away_leaves_the_other_weights() -> None:
    # SKIP's output weight is 11 … 15, of which 11 and 12 belong to the skip connection.
    assert carried(SKIP, replace(SKIP, connections=((0, 1), (1, 2))))["output.weight"] == [[13, 14, 15]]


def test_a_new_last_layer_is_fresh() -> None:
    kept = carried(OLD, chain(*OLD.layers, Dense(1, "prelu")))
    assert kept["output.weight"] == [[7, 8]]
    assert kept["hidden2.weight"] == [[-1]]
    assert kept["hidden2.slope"] == [-1]


def test_a_removed_edge_becomes_zero() -> None:
    kept = carried(OLD, replace(OLD, removed_edges=frozenset({Edge(0, 1, 1, 0)})))
    assert kept["hidden1.weight"] == [[1, 0], [3, 4]]


def test_a_filter_is_a_cells_own_however_large_its_map_is():
    """4 filters of 4 × 3 × 3 have as many numbers as 4 maps of 6 × 6 have cells."""
    same = {"kernel": (3, 3), "padding": (1, 1)}
    network = chain(Input((1, 6, 6)), Conv2d(4, **same), Conv2d(4, **same), Dense(1))
    layout = Layout(network)
    assert layout.find(2, "weight").size == network.shapes[2].size
    assert len(own_parameters(layout, Node(2, 0), "weight")) == 36
