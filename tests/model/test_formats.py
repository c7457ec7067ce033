"""Format 2, in which layers of any kind have names, and format 1, which is read for ever."""

import copy
import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from nnsim.model.document import document_from_json, document_to_json
from nnsim.model.edits import insert_layer
from nnsim.model.errors import DocumentError
from nnsim.model.files import open_file
from nnsim.model.imports import import_weights
from nnsim.model.layers import Conv2d, Dense, Flatten, Input, MaxPool2d
from nnsim.model.network import Edge, Network, chain
from nnsim.model.parameters import Layout

TABLE = {"kind": "table", "x": [[0.0] * 16, [1.0] * 16], "y": [[1.0, 0.0], [0.0, 1.0]]}
PICTURES: dict[str, Any] = {
    "format": 2,
    "title": {"en": "Pictures"},
    "network": {
        "layers": [
            {"kind": "input", "name": "image", "shape": [1, 4, 4]},
            {"kind": "conv2d", "name": "edges", "channels": 2, "kernel": [3, 3]},
            {"kind": "max_pool2d"},
            {"kind": "flatten"},
            {"kind": "batch_norm"},
            {"kind": "dropout", "rate": 0.25},
            {"kind": "dense", "units": 2, "activation": "softmax"},
        ],
    },
    "data": TABLE,
    "training": {"loss": "cross_entropy", "clip_norm": 2.0},
}
NUMBERED: dict[str, Any] = {
    "format": 1,
    "title": {"en": "XOR"},
    "network": {
        "layers": [
            {"kind": "input", "shape": [2]},
            {"kind": "dense", "units": 3, "activation": "tanh"},
            {"kind": "dense", "units": 1, "activation": "sigmoid"},
        ],
        "connections": [[0, 1], [0, 2], [1, 2]],
        "removed_edges": [[0, 1, 2, 0]],
    },
    "data": {"kind": "gate", "gate": "xor"},
    "training": {"loss": "bce"},
    "parameters": {"layers.2.bias": [0.5]},
    "script": [{"say": "x", "do": [{"select": [1, 2]}]}],
}


def test_layers_of_every_kind_are_named_after_what_they_are() -> None:
    document = document_from_json(PICTURES)
    names = ("image", "edges", "pool1", "flatten1", "norm1", "dropout1", "output")
    assert document.network.names == names
    assert [tensor.name for tensor in Layout(document.network).tensors] == [
        "edges.weight",
        "edges.bias",
        "norm1.weight",
        "norm1.bias",
        "norm1.running_mean",
        "norm1.running_var",
        "output.weight",
        "output.bias",
    ]
    written = document_to_json(document)
    assert written["network"]["connections"] == [list(pair) for pair in itertools.pairwise(names)]
    assert written["training"]["clip_norm"] == 2.0
    assert document_from_json(json.loads(json.dumps(written))) == document


def test_connections_join_names() -> None:
    value = copy.deepcopy(PICTURES)
    value["network"]["layers"][3:6] = [{"kind": "dense", "name": "side", "units": 2}, {"kind": "add"}]
    value["network"]["layers"].insert(4, {"kind": "dense", "name": "main", "units": 2})
    value["network"]["connections"] = [
        ["image", "edges"],
        ["edges", "pool1"],
        ["pool1", "side"],
        ["side", "main"],
        ["main", "add1"],
        ["side", "add1"],
        ["add1", "output"],
    ]
    network = document_from_json(value).network
    assert network.connections == ((0, 1), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5), (5, 6))


WRONG: dict[str, tuple[list[str | int], Any, str, str]] = {
    "a name twice": (["network", "layers", 1, "name"], "image", "network.layers[1].name", "stands twice"),
    "no name": (["network", "layers", 1, "name"], "1 conv", "network.layers[1].name", "letters a to z"),
    "an endless name": (["network", "layers", 1, "name"], "a" * 41, "network.layers[1].name", "40"),
    "a name that is a number": (["network", "layers", 1, "name"], 3, "network.layers[1].name", "be text"),
    "a number for a name": (
        ["network", "connections"],
        [[0, 1]],
        "network.connections[0][0]",
        "image, edges",
    ),
    "an unknown name": (
        ["network", "connections"],
        [["image", "conv"]],
        "network.connections[0][1]",
        "'conv' is no layer's name; allowed: image, edges",
    ),
    "backwards": (["network", "connections"], [["edges", "image"]], "network.connections[0]", "lower"),
    "unconnected": (["network", "connections"], [["image", "edges"]], "network.connections", "'pool1'"),
    "a window larger than its image": (
        ["network", "layers", 1, "kernel"],
        [5, 5],
        "network.layers[1].kernel",
        "allowed: 1 to 4",
    ),
    "softmax over an image": (
        ["network", "layers", 1, "activation"],
        "softmax",
        "network.layers[1].activation",
        "softmax over an image",
    ),
    "groups that do not divide": (
        ["network", "layers", 4],
        {"kind": "group_norm", "groups": 3},
        "network.layers[4].groups",
        "allowed",
    ),
    "an image for an answer": (
        ["network", "layers"],
        PICTURES["network"]["layers"][:2],
        "network.layers[1]",
        "allowed: features",
    ),
    "an edge of a filter": (
        ["network", "removed_edges"],
        [[0, 0, 1, 0]],
        "network.removed_edges[0]",
        "weights of their own",
    ),
    "a limit below 0": (["training", "clip_norm"], -1, "training.clip_norm", "from 0"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_fit_is_refused_by_layer_and_field(case: str) -> None:
    keys, wrong, field, words = WRONG[case]
    value = copy.deepcopy(PICTURES)
    place: Any = value
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = wrong
    with pytest.raises(DocumentError) as caught:
        document_from_json(value)
    assert caught.value.field == field
    assert words in caught.value.problem


def test_format_1_means_what_it_always_meant() -> None:
    document = document_from_json(NUMBERED)
    assert document.network.names == ("input", "hidden1", "output")
    assert document.network.connections == ((0, 1), (0, 2), (1, 2))
    assert document.network.removed_edges == {Edge(0, 1, 2, 0)}
    assert document.start == (("output.bias", (0.5,)),)
    assert document.script[0].actions[0].value == ("hidden1", 2)
    assert document_from_json(document_to_json(document)) == document
    value = copy.deepcopy(NUMBERED)
    value["network"]["layers"][1] = {"kind": "flatten"}
    with pytest.raises(DocumentError, match="'flatten' is not known; allowed: input, dense"):
        document_from_json(value)


def test_files_of_format_1_are_read_by_the_numbers_of_their_layers(tmp_path: Path) -> None:
    document = document_from_json(NUMBERED)
    layout = Layout(document.network)
    weights = np.arange(1, layout.size + 1, dtype=np.float32)
    numbered = {
        f"layers.{tensor.layer}.{tensor.role}": weights[tensor.span].reshape(tensor.shape)
        for tensor in layout.tensors
    }
    path = tmp_path / "old.nnsim"
    path.write_bytes(save(numbered, metadata={"nnsim": json.dumps(NUMBERED)}))
    weights[layout.removed()] = 0.0
    found, parameters = open_file(path)
    assert found == document
    assert parameters.tolist() == weights.tolist()
    assert import_weights(path, document.network).tolist() == weights.tolist()


def test_names_stay_when_a_layer_is_put_between() -> None:
    network = chain(Input((2,)), Dense(3, "relu"), Dense(1, "sigmoid"))
    assert insert_layer(network, 0, 1).network.names == ("input", "hidden2", "hidden1", "output")
    assert insert_layer(network, 1, 2).network.names == ("input", "hidden1", "hidden2", "output")


def test_a_layer_with_the_name_of_another_gets_one_of_its_own() -> None:
    twin = Dense(2, name="twin")
    assert chain(Input((2,)), twin, twin, Dense(1)).names == ("input", "twin", "hidden1", "output")
    network = chain(Input((1, 6, 6)), Conv2d(2), MaxPool2d(), Conv2d(2, (2, 2)), Flatten(), Dense(1))
    assert network.names == ("input", "conv1", "pool1", "conv2", "flatten1", "output")
    assert replace(network, layers=network.layers).names == network.names
    assert isinstance(network, Network)
