"""What does not fit is refused by name, and the nearest edit after which everything fits is at hand."""

import numpy as np
import pytest

from nnsim.model import edits
from nnsim.model.edits import Fit, Join, Part, Put
from nnsim.model.layers import (
    Activation,
    Add,
    Concat,
    Conv2d,
    Dense,
    Flatten,
    GroupNorm,
    Input,
    MaxPool2d,
)
from nnsim.model.network import Network, Node, chain
from nnsim.model.parameters import Layout
from tests.model.edits.learned import carried, change, parameters

SAME = {"kernel": (3, 3), "padding": (1, 1)}


def block(*inner, first=None, last=None):
    """Filters, and beside a few layers a way round them; both are added."""
    layers = (Input((1, 6, 6)), first or Conv2d(4, **SAME), *inner, last or Add(), MaxPool2d(), Dense(2))
    end = len(inner) + 2
    return Network(layers, tuple(sorted({*((i, i + 1) for i in range(len(layers) - 1)), (1, end)})))


RESIDUAL = block(Conv2d(4, **SAME, activation="identity"))
TWO = block(Conv2d(3, **SAME), Conv2d(4, **SAME))
DENSE = Network(
    (Input((3,)), Dense(4, "tanh"), Dense(4, "tanh"), Add(), Dense(2)),
    ((0, 1), (1, 2), (1, 3), (2, 3), (3, 4)),
)
FEATURES = chain(Input((1, 6, 6)), Conv2d(4, **SAME), MaxPool2d(), Flatten(), Dense(8), Dense(2))
SOFT = chain(Input((1, 4, 4)), Conv2d(2), Activation("relu"), Dense(2))
THROUGH = chain(Input((1, 4, 4)), Conv2d(2), Activation("relu"), MaxPool2d(), Dense(2))

POOLED = chain(Input((1, 6, 6)), *RESIDUAL.layers[1:3], MaxPool2d(), Dense(2))
IMAGE_BESIDE = block(Conv2d(4, **SAME), first=Activation("relu"), last=Concat())

CASES = {
    "softmax of a filter": (
        lambda: edits.set_activation(RESIDUAL, [1], "softmax"),
        [Fit("conv1", "activation", "sigmoid")],
    ),
    "softmax over an image": (
        lambda: edits.set_activation(SOFT, [2], "softmax"),
        [Put("flatten", "conv1", "activation1")],
    ),
    "softmax before a pool": (
        lambda: edits.set_activation(THROUGH, [2], "softmax"),
        [Fit("activation1", "function", "sigmoid")],
    ),
    "channels of one branch": (
        lambda: edits.set_fields(RESIDUAL, 2, channels=6),
        [Fit("conv1", "channels", 6)],
    ),
    "a filter more": (lambda: edits.add_units(TWO, 1, 1, at=2), [Fit("conv3", "channels", 5)]),
    "a filter less": (lambda: edits.remove_units(TWO, [Node(3, 0)]), [Fit("conv1", "channels", 3)]),
    "a filter twice": (lambda: edits.duplicate_units(TWO, [Node(1, 0)]), [Fit("conv3", "channels", 5)]),
    "neurons of one branch": (lambda: edits.set_fields(DENSE, 2, units=5), [Fit("hidden1", "units", 5)]),
    "the other branch is the image": (
        lambda: edits.set_fields(IMAGE_BESIDE, 2, stride=(2, 2)),
        [Put("conv2d", "activation1", "concat1")],
    ),
    "a larger window": (
        lambda: edits.set_fields(RESIDUAL, 2, kernel=(5, 5)),
        [Fit("conv2", "padding", (2, 2))],
    ),
    "a longer stride": (
        lambda: edits.set_fields(RESIDUAL, 2, stride=(2, 2)),
        [Put("conv2d", "conv1", "add1")],
    ),
    "a pool in one branch": (
        lambda: edits.insert_kind(RESIDUAL, 1, 2, "max_pool2d"),
        [Put("max_pool2d", "input", "conv1")],
    ),
    "filters behind neurons": (
        lambda: edits.insert_kind(FEATURES, 4, 5, "conv2d"),
        [Put("conv2d", "pool1", "flatten1")],
    ),
    "neurons before a pool": (
        lambda: edits.insert_kind(FEATURES, 1, 2, "flatten"),
        [Put("flatten", "pool1", "flatten1")],
    ),
    "a second input of filters": (
        lambda: edits.connect_layers(TWO, 1, 3),
        [Put("concat", "", "conv3")],
    ),
    "a second input of a pool": (
        lambda: edits.connect_layers(POOLED, 1, 3),
        [Put("add", "", "pool1")],
    ),
    "a sum left out": (lambda: edits.remove_layer(RESIDUAL, 3), [Part("conv1", "pool1")]),
    "a filter more of a pool": (
        lambda: edits.add_units(FEATURES, 2),
        [Fit("conv1", "channels", 5)],
    ),
    "one edge into a sum": (
        lambda: edits.connect(TWO, Node(2, 0), Node(4, 3)),
        [Join("conv2", "add1"), Fit("conv2", "channels", 4)],
    ),
    "groups beside branches": (
        lambda: edits.set_fields(
            block(Conv2d(4, **SAME), GroupNorm(4)), 2, channels=6
        ),
        [Fit("norm1", "groups", 3), Fit("conv1", "channels", 6)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_does_not_fit_comes_with_what_does(name):
    edit, steps = CASES[name]
    with pytest.raises(edits.RefusalError) as caught:
        edit()
    assert caught.value.fix is not None, str(caught.value)
    assert list(caught.value.fix.steps) == steps


def test_a_branch_widened_for_the_other_changes_nothing_yet():
    for edit in (
        lambda: edits.set_fields(TWO, 3, channels=7),
        lambda: edits.add_units(TWO, 1, 2, at=1),
        lambda: edits.duplicate_units(RESIDUAL, [Node(2, 40)]),
    ):
        with pytest.raises(edits.MisfitError) as caught:
            edit()
        network = RESIDUAL if len(caught.value.fix.edit.network.layers) == 6 else TWO
        x = np.random.default_rng(2).normal(size=(5, 36))
        assert change(network, caught.value.fix.edit, x=x) < 1e-12


def test_the_same_channel_goes_from_both_branches():
    with pytest.raises(edits.MisfitError) as caught:
        edits.remove_units(TWO, [Node(3, 36)])
    edit, theta = caught.value.fix.edit, parameters(TWO)
    out, new, old = carried(TWO, edit, theta), Layout(edit.network), Layout(TWO)
    for layer in (1, 3):
        assert (new.view(out, layer, "weight") == old.view(theta, layer, "weight")[[0, 2, 3]]).all()


def test_where_there_is_no_image_nothing_that_needs_one_is_offered():
    with pytest.raises(edits.MisfitError, match="allowed: an image") as caught:
        edits.insert_kind(chain(Input((2,)), Dense(3, "tanh"), Dense(1)), 1, 2, "max_pool2d")
    assert caught.value.fix is None
