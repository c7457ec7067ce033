"""Edits of layers over images: the function changes as little as it can, and what was learned follows."""

import numpy as np
import pytest

from nnsim.model import edits
from nnsim.model.carry import carry_moments, carry_over
from nnsim.model.errors import DocumentError
from nnsim.model.layers import (
    BatchNorm,
    Conv2d,
    Dense,
    Dropout,
    Flatten,
    GroupNorm,
    Input,
    LayerNorm,
    MaxPool2d,
)
from nnsim.model.network import Edge, Node, chain, network_from_json, network_to_json
from nnsim.model.parameters import Layout
from tests.model.edits.learned import carried, change, parameters

CONV = chain(
    Input((2, 8, 7)),
    Conv2d(3, (3, 3), padding=(1, 1)),
    MaxPool2d(),
    Conv2d(4, (2, 2), activation="tanh"),
    Flatten(),
    Dense(5, "relu"),
    Dense(2, "identity"),
)
X = np.random.default_rng(5).normal(size=(7, CONV.input.units))


def moves(edit):
    return change(CONV, edit, x=X)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (0, "conv2d"), (1, "conv2d"), (2, "conv2d"), (3, "conv2d"), (0, "add"), (2, "concat"), (3, "flatten"),
        (4, "flatten"), (1, "activation"), (2, "activation"), (5, "activation"), (5, "dense"), (1, "add"),
    ],
)  # fmt: skip
def test_a_layer_that_passes_on_what_it_is_fed_changes_nothing(source, kind):
    edit = edits.insert_kind(CONV, source, source + 1, kind)
    assert edit.network.layers[source + 1].kind == kind
    assert moves(edit) < 1e-12


@pytest.mark.parametrize("kind", edits.INSERTABLE)
@pytest.mark.parametrize("source", range(6))
def test_every_kind_is_inserted_or_refused_in_words(source, kind):
    try:
        edit = edits.insert_kind(CONV, source, source + 1, kind)
    except DocumentError as error:
        assert "allowed" in str(error)  # noqa: PT017
    else:
        assert np.isfinite(carried(CONV, edit, parameters(CONV))).all()


def test_filters_more_change_nothing_yet_and_copies_share():
    assert moves(edits.add_units(CONV, 1, 2)) < 1e-12
    assert moves(edits.add_units(CONV, 3, 1, at=1)) < 1e-12
    assert moves(edits.duplicate_units(CONV, [Node(1, 60)])) < 1e-12
    assert moves(edits.duplicate_units(CONV, [Node(3, 0)])) < 1e-12
    assert moves(edits.set_fields(CONV, 1, channels=6)) < 1e-12


def test_a_filter_goes_with_what_the_next_layers_read_of_it():
    edit = edits.remove_units(CONV, [Node(1, 56 + 3)])
    assert edit.network.layers[1].channels == 2
    theta = parameters(CONV)
    old, new = Layout(CONV), Layout(edit.network)
    out = carried(CONV, edit, theta)
    for role, layer, kept in (
        ("weight", 1, np.s_[[0, 2]]),
        ("bias", 1, np.s_[[0, 2]]),
        ("weight", 3, np.s_[:, [0, 2]]),
    ):
        assert (new.view(out, layer, role) == old.view(theta, layer, role)[kept]).all()
    moments = carry_moments(old, theta, new, edit.origin)
    assert (new.view(moments, 3, "weight") == old.view(theta, 3, "weight")[:, [0, 2]]).all()


def test_a_filter_behind_which_a_flatten_stands_takes_its_columns_along():
    edit = edits.remove_units(CONV, [Node(3, 0)])
    theta, places = parameters(CONV), CONV.shapes[3].places
    out = carried(CONV, edit, theta)
    old = Layout(CONV).view(theta, 5, "weight")
    assert (Layout(edit.network).view(out, 5, "weight") == old[:, places:]).all()


def test_a_wider_window_with_wider_padding_sees_the_same():
    assert moves(edits.set_fields(CONV, 1, kernel=(5, 5), padding=(2, 2))) < 1e-12


def test_flatten_goes_without_a_trace():
    assert moves(edits.remove_layer(CONV, 4)) < 1e-12


def test_running_statistics_and_scales_follow_their_channels():
    network = chain(Input((1, 5, 5)), Conv2d(4), BatchNorm(), GroupNorm(2), Dense(2, "identity"))
    theta, old = parameters(network), Layout(network)
    edit = edits.remove_units(network, [Node(1, 0), Node(1, 3 * 9)])
    new = Layout(edit.network)
    out = carry_over(old, theta, new, np.zeros(new.size), edit.origin)
    for role in ("weight", "bias", "running_mean", "running_var"):
        assert (new.view(out, 2, role) == old.view(theta, 2, role)[1:3]).all()


@pytest.mark.parametrize(
    ("layer", "changes", "words"),
    [
        (1, {"kernel": (11, 3)}, "conv1: kernel is 11 high, and its image with a padding of 1 only 10"),
        (2, {"padding": (2, 0)}, "pool1: padding is 2, more than half"),
        (1, {"activation": "softmax"}, "conv1: activation is softmax over an image"),
    ],
)
def test_what_does_not_fit_is_refused_by_layer_and_setting(layer, changes, words):
    with pytest.raises(DocumentError, match=words):
        edits.set_fields(CONV, layer, **changes)


@pytest.mark.parametrize(
    ("layers", "layer", "changes", "fits"),
    [
        ((Conv2d(4), GroupNorm(2)), 1, {"channels": 5}, [("norm1", "groups", 1)]),
        ((Conv2d(4), GroupNorm(2)), 2, {"groups": 3}, [("norm1", "groups", 4)]),
        ((Conv2d(4), GroupNorm(4)), 2, {"groups": 3}, [("norm1", "groups", 2)]),
        ((Conv2d(4, (3, 3)),), 1, {"kernel": (9, 2)}, [("conv1", "kernel", (5, 2))]),
        ((Conv2d(4, (1, 1)), MaxPool2d((4, 4))), 1, {"kernel": (3, 3)}, [("pool1", "kernel", (3, 3))]),
        ((MaxPool2d((2, 2)),), 1, {"padding": (2, 0)}, [("pool1", "padding", (1, 0))]),
        (
            (Conv2d(4, (1, 1)), MaxPool2d((4, 4), padding=(2, 2))),
            1,
            {"kernel": (9, 9)},
            [("conv1", "kernel", (5, 5))],
        ),
        (
            (Conv2d(4, (3, 3)), MaxPool2d((3, 3)), GroupNorm(2)),
            1,
            {"kernel": (4, 4), "channels": 3},
            [("pool1", "kernel", (2, 2)), ("norm1", "groups", 1)],
        ),
    ],
)
def test_what_does_not_fit_comes_with_the_nearest_that_does(layers, layer, changes, fits):
    network = chain(Input((1, 5, 5)), *layers, Dense(2))
    with pytest.raises(edits.MisfitError) as caught:
        edits.set_fields(network, layer, **changes)
    fix = caught.value.fix
    assert list(fix.steps) == fits
    for name, setting, value in fits:
        assert getattr(fix.edit.network.layers[network.names.index(name)], setting) == value


def test_where_nothing_else_fits_nothing_is_offered():
    with pytest.raises(edits.MisfitError) as caught:
        edits.set_fields(chain(Input((1, 5, 5)), Conv2d(4, (5, 5)), Dense(2)), 1, kernel=(6, 5))
    assert caught.value.fix is None


def test_only_dense_layers_before_dense_ones_are_folded():
    network = chain(
        Input((1, 5, 5)), Conv2d(4), MaxPool2d(), Dense(4), LayerNorm(), Dense(3), Dropout(0.5), Dense(4),
        Dense(2),
    )  # fmt: skip
    told = [network.names[i] for i in range(1, 8) if edits.forgets(network, i)]
    assert told == ["conv1", "hidden1", "norm1", "hidden2"]


def test_a_pool_has_no_channels_of_its_own():
    with pytest.raises(DocumentError, match="Change the layer before it"):
        edits.add_units(CONV, 2)


def test_groups_that_no_longer_divide_are_refused():
    with pytest.raises(DocumentError, match="groups is 2, which does not divide 5; allowed: 1, 5"):
        edits.set_fields(chain(Input((1, 5, 5)), Conv2d(4), GroupNorm(2), Dense(2)), 1, channels=5)


def test_a_layer_is_renamed_and_no_two_have_one_name():
    assert edits.rename_layer(CONV, 1, "edges").network.names[1] == "edges"
    with pytest.raises(DocumentError, match="called 'pool1' already"):
        edits.rename_layer(CONV, 1, "pool1")
    with pytest.raises(DocumentError, match="no name"):
        edits.rename_layer(CONV, 1, "2nd")


def test_a_weight_that_many_edges_share_is_not_cut_or_frozen_at_one_of_them():
    edge = Edge(0, 0, 1, 0)
    for edit in (lambda: edits.cut(CONV, [edge]), lambda: edits.freeze(CONV, [edge], True)):
        with pytest.raises(DocumentError, match="conv1"):
            edit()
    with pytest.raises(DocumentError, match="pool1"):
        edits.connect(CONV, Node(0, 0), Node(2, 0))


def test_a_frozen_filter_stays_so_under_its_new_number():
    network = edits.freeze_filters(CONV, [Node(1, 56)], True).network
    assert network.layers[1].frozen_filters == (1,)
    held = {t.name: ~Layout(network).trainable()[t.span].reshape(t.shape) for t in Layout(network).tensors}
    assert held["conv1.weight"][1].all()
    assert held["conv1.bias"][1]
    assert sum(each.sum() for each in held.values()) == 2 * 9 + 1
    for edit, frozen in (
        (edits.add_units(network, 1, 1, at=0), (2,)),
        (edits.duplicate_units(network, [Node(1, 60)]), (1, 2)),
        (edits.remove_units(network, [Node(1, 0)]), (0,)),
        (edits.set_fields(network, 1, channels=1), ()),
        (edits.remove_layer(network, 4), (1,)),
        (edits.freeze_filters(network, [Node(1, 60)], False), ()),
    ):
        assert edit.network.layers[1].frozen_filters == frozen
    inserted = edits.insert_kind(network, 1, 2, "conv2d").network
    assert [inserted.layers[i].frozen_filters for i in (1, 2)] == [(1,), ()]


def test_one_edge_of_a_filter_is_frozen_with_the_filter():
    with pytest.raises(edits.RefusalError) as caught:
        edits.freeze(CONV, [Edge(0, 0, 1, 56)], True)
    assert caught.value.fix.steps == (edits.Freeze("conv1", 1, True),)
    assert caught.value.fix.edit.network.layers[1].frozen_filters == (1,)


def test_a_document_keeps_which_filters_are_frozen():
    network = edits.freeze_filters(CONV, [Node(1, 56), Node(3, 0)], True).network
    assert network_from_json(network_to_json(network)) == network
    text = network_to_json(network)
    text["layers"][1]["frozen_filters"] = [3]
    with pytest.raises(DocumentError, match=r"frozen_filters\[0\]"):
        network_from_json(text)
