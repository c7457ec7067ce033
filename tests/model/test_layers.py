"""The kinds of layer: what they put out, what they need, what they refuse."""

import pytest

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
    Shape,
    ShapeError,
    layer_from_json,
    layer_to_json,
)
from nnsim.model.layers.shape import features, image
from nnsim.model.network import Network, chain
from nnsim.model.parameters import Layout

LAYERS = [
    Input((3, 8, 8)),
    Dense(4, "leaky_relu", bias=False, negative_slope=0.2, frozen=True),
    Activation("prelu"),
    Conv2d(5, (3, 2), (2, 1), (1, 0), "tanh", bias=False),
    MaxPool2d((3, 3), (2, 2), (1, 1)),
    AvgPool2d((2, 1), (2, 1)),
    Flatten(),
    Add(),
    Concat(),
    Dropout(0.2),
    BatchNorm(0.2, 1e-3, frozen=True),
    LayerNorm(1e-4),
    InstanceNorm(),
    GroupNorm(4),
]


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.kind)
def test_a_layer_is_read_as_it_was_written(layer):
    assert layer_from_json(layer_to_json(layer), "layer") == layer


def test_every_kind_is_tried():
    assert {layer.kind for layer in LAYERS} == set(KINDS)


def test_one_number_stands_for_both_directions_and_a_pool_moves_by_its_window():
    pool = layer_from_json({"kind": "max_pool2d", "kernel": 3}, "layer")
    assert (pool.kernel, pool.stride) == ((3, 3), (3, 3))


def test_sides_follow_from_kernel_stride_and_padding():
    # (n + 2 · padding - kernel) / stride + 1: (28 - 5)/1 + 1 = 24; (11 + 2 - 3)/2 + 1 = 6; (7 - 2)/2 + 1 = 3.
    assert Conv2d(8, (5, 5)).output_shape([image(1, 28, 28)]) == image(8, 24, 24)
    assert Conv2d(2, (3, 3), (2, 2), (1, 1)).output_shape([image(1, 11, 11)]) == image(2, 6, 6)
    assert MaxPool2d().output_shape([image(4, 7, 7)]) == image(4, 3, 3)


def test_the_course_counts_the_parameters():
    # out · in · kh · kw + out = 8 · 1 · 25 + 8 = 208 and 16 · 8 · 9 + 16 = 1168; 16 · 5 · 5 · 10 + 10 = 4010.
    network = chain(
        Input((28, 28)),
        Conv2d(8, (5, 5)),
        MaxPool2d(),
        Conv2d(16, (3, 3)),
        MaxPool2d(),
        Flatten(),
        Dense(10, "softmax"),
    )
    assert Layout(network).size == 208 + 1168 + 4010
    assert [str(shape) for shape in network.shapes[1:5]] == [
        "8 × 24 × 24",
        "8 × 12 × 12",
        "16 × 10 × 10",
        "16 × 5 × 5",
    ]


def test_initialisers_are_told_what_enters_and_what_leaves():
    weight = Conv2d(16, (3, 3)).parameters([image(8, 14, 14)])[0]
    assert (weight.fan_in, weight.fan_out) == (8 * 9, 16 * 9)
    weight = Dense(5).parameters([features(3), features(4)])[0]
    assert (weight.fan_in, weight.fan_out) == (7, 5)


def test_penalties_and_training_leave_alone_what_is_no_weight():
    specs = {spec.role: spec for spec in BatchNorm().parameters([image(3, 2, 2)])}
    assert [role for role, spec in specs.items() if spec.trained] == ["weight", "bias"]
    assert not any(spec.penalised for spec in specs.values())
    assert [spec.start for spec in specs.values()] == [1.0, 0.0, 0.0, 1.0]
    assert [spec.penalised for spec in Conv2d(2).parameters([image(1, 4, 4)])] == [True, False]


@pytest.mark.parametrize(
    ("layer", "inputs", "words"),
    [
        (Conv2d(2, (5, 5)), [image(1, 4, 6)], "kernel: is 5 high, and its image only 4; allowed: 1 to 4"),
        (Conv2d(2, (3, 9)), [image(1, 4, 6)], "kernel: is 9 wide, and its image only 6; allowed: 1 to 6"),
        (
            Conv2d(2, activation="softmax"),
            [image(1, 9, 9)],
            "activation: is softmax over an image; allowed: ",
        ),
        (Conv2d(2), [features(9)], "a convolution reads 9 features; allowed: an image"),
        (
            MaxPool2d((2, 2), padding=(2, 0)),
            [image(1, 9, 9)],
            "padding: is 2, more than half of a window of 2",
        ),
        (Activation("softmax"), [image(1, 2, 2)], "function: is softmax over an image of 1 × 2 × 2"),
        (GroupNorm(4), [image(6, 2, 2)], "groups: is 4, which does not divide 6; allowed: 1, 2, 3, 6"),
        (InstanceNorm(), [features(4)], "allowed: an image"),
        (Add(), [features(4), features(5)], "would add 4 and 5; allowed: inputs of one shape"),
        (Concat(), [image(1, 3, 4), image(1, 4, 4)], "would join 1 × 3 × 4 and 1 × 4 × 4; allowed: "),
        (Dropout(), [features(4), features(4)], "dropout has 2 inputs; allowed: 1"),
        (Add(), [], "an addition has no input"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_allowed(layer, inputs, words):
    with pytest.raises(ShapeError) as refused:
        layer.output_shape(inputs)
    assert words in str(refused.value)


def test_a_network_names_the_layer_that_does_not_fit():
    layers = (Input((1, 6, 6)), Conv2d(2, (3, 3)), MaxPool2d((5, 5)), Flatten(), Dense(2))
    with pytest.raises(ShapeError) as refused:
        Network(layers, tuple((i, i + 1) for i in range(4)))
    assert refused.value.field == "network.layers[2].kernel"


def test_an_image_has_channels_and_places():
    shape = Input((4, 5)).output_shape()
    assert shape == Shape((1, 4, 5), "image")
    assert (shape.size, shape.channels, shape.places) == (20, 1, 20)
