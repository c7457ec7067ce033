"""Every invalid document is refused in words that name the field and what is allowed."""

import copy
import json
from typing import Any

import pytest

from nnsim.model.document import document_from_json, document_from_text
from nnsim.model.errors import DocumentError

VALID: dict[str, Any] = {
    "format": 1,
    "title": {"en": "XOR"},
    "network": {
        "layers": [
            {"kind": "input", "shape": [2]},
            {"kind": "dense", "units": 3, "activation": "tanh"},
            {"kind": "dense", "units": 1, "activation": "sigmoid"},
        ],
    },
    "data": {"kind": "gate", "gate": "xor"},
    "training": {"loss": "bce", "optimizer": {"kind": "sgd", "learning_rate": 0.5}},
}
REMOVE: Any = object()
TABLE = {"kind": "table", "x": [[0, 1]], "y": [[1]]}
TOY = {"kind": "toy", "name": "moons"}
UNITS = "network.layers[1].units"
EDGES = "network.removed_edges"

# Where the change is made, the new value, the field the error names, words of what is allowed.
CASES: list[tuple[str, Any, str, str]] = [
    ("format", REMOVE, "format", "is missing"),
    ("format", 3, "format", "allowed: 1 to 2"),
    ("colour", "red", "colour", "allowed: format, title, description, network, data, training, parameters"),
    ("title", 3, "title", "must be text, or texts by language"),
    ("title", {"en": 3}, "title.en", "text of at most 2000 characters"),
    ("title", {"en": "x" * 2001}, "title.en", "text of at most 2000 characters"),
    ("title", {"../x": "x"}, "title.../x", "codes such as en, vi, pt-BR"),
    ("title", {"en": "\ud800"}, "title.en", "half a character"),
    ("description", {f"aa-{i}": "" for i in range(101)}, "description", "at most 100"),
    ("network", REMOVE, "network", "is missing"),
    ("network", [], "network", "must be an object, not a list"),
    ("network.layers", REMOVE, "network.layers", "is missing"),
    ("network.layers", {}, "network.layers", "must be a list, not an object"),
    ("network.layers", VALID["network"]["layers"][:1], "network.layers", "at least one dense layer"),
    ("network.layers", [VALID["network"]["layers"][0]] * 65, "network.layers", "at most 64"),
    ("network.layers.1", VALID["network"]["layers"][0], "network.layers[1].kind", "the first layer"),
    ("network.layers.0", VALID["network"]["layers"][1], "network.layers[0].kind", "must be the input"),
    ("network.layers.1", 3, "network.layers[1]", "an object with a kind"),
    ("network.layers.1.kind", REMOVE, "network.layers[1].kind", "is missing"),
    ("network.layers.1.kind", "conv9", "network.layers[1].kind", "allowed: input, dense"),
    ("network.layers.1.size", 3, "network.layers[1].size", "allowed: kind, units, activation"),
    ("network.layers.0.shape", [], "network.layers[0].shape", "1 to 3 sizes"),
    ("network.layers.0.shape", [0], "network.layers[0].shape[0]", "allowed: 1 to 65,536"),
    ("network.layers.0.shape", [1, 1, 1, 1], "network.layers[0].shape", "at most 3"),
    ("network.layers.0.shape", [300, 300], "network.layers[0].shape", "at most 65,536"),
    ("network.layers.0.shape", [3], "network.layers[0].shape", "allowed: 2"),
    ("network.layers.2.units", 2, "network.layers[2].units", "allowed: 1"),
    ("network.layers.1.units", REMOVE, UNITS, "is missing"),
    ("network.layers.1.units", 0, UNITS, "allowed: 1 to 65,536"),
    ("network.layers.1.units", 10**400, UNITS, "allowed: 1 to 65,536"),
    ("network.layers.1.units", 1.5, UNITS, "must be a whole number, not 1.5"),
    ("network.layers.1.units", True, UNITS, "must be a whole number, not true or false"),
    ("network.layers.1.units", "3", UNITS, "must be a whole number, not text"),
    ("network.layers.1.units", None, UNITS, "must be a whole number, not null"),
    ("network.layers.1.activation", "swish", "network.layers[1].activation", "identity, step, sigmoid"),
    ("network.layers.1.activation", 1, "network.layers[1].activation", "must be text"),
    ("network.layers.1.bias", 1, "network.layers[1].bias", "true or false"),
    ("network.layers.1.negative_slope", 2, "network.layers[1].negative_slope", "from 0 to 1"),
    ("network.layers.1.frozen", "no", "network.layers[1].frozen", "true or false"),
    ("network.connections", [[0, 1]], "network.connections", "layer 2 has no connection into it"),
    ("network.connections", [[0, 1], [1]], "network.connections[1]", "[source layer, destination layer]"),
    ("network.connections", [[0, 1], [1, 1]], "network.connections[1]", "lower to a higher"),
    ("network.connections", [[0, 1], [0, 1]], "network.connections[1]", "stands twice"),
    ("network.connections", [[0, 1], [1, 3]], "network.connections[1][1]", "allowed: 1 to 2"),
    ("network.connections", [[-1, 1]], "network.connections[0][0]", "allowed: 0 to 1"),
    (EDGES, [[0, 0, 1]], f"{EDGES}[0]", "[source layer, source unit, layer, unit]"),
    (EDGES, [[0, 0, 2, 0]], f"{EDGES}[0]", "layers 0 and 2 are not connected"),
    (EDGES, [[0, 2, 1, 0]], f"{EDGES}[0][1]", "allowed: 0 to 1"),
    (EDGES, [[0, 0, 1, 3]], f"{EDGES}[0][3]", "allowed: 0 to 2"),
    ("network.frozen_edges", [7], "network.frozen_edges[0]", "must be a list"),
    ("data", REMOVE, "data", "is missing"),
    ("data", [], "data", "an object with a kind"),
    ("data.kind", "cloud", "data.kind", "allowed: gate, toy, surface, table"),
    ("data.gate", "nor", "data.gate", "allowed: and, or, nand, xor"),
    ("data", {**TOY, "name": "stars"}, "data.name", "circles, moons, spirals, blobs, checkerboard"),
    ("data", {**TOY, "samples": 1}, "data.samples", "allowed: 2 to 100,000"),
    ("data", {**TOY, "noise": -0.1}, "data.noise", "from 0 to 1"),
    ("data", {**TOY, "noise": float("nan")}, "data.noise", "finite"),
    ("data", {**TOY, "seed": -1}, "data.seed", "allowed: 0 to 2,147,483,647"),
    ("data", {**TOY, "gate": "xor"}, "data.gate", "allowed: kind, name, samples, noise, seed"),
    ("data", {"kind": "surface", "name": "hill"}, "data.name", "line, parabola, sine"),
    ("data", {"kind": "surface", "name": "sine"}, "network.layers[0].shape", "allowed: 1"),
    ("data", {**TABLE, "x": []}, "data.x", "at least one row"),
    ("data", {**TABLE, "x": [[]]}, "data.x[0]", "is empty"),
    ("data", {**TABLE, "x": [[0, 1], [1]]}, "data.x[1]", "the first row has 2"),
    ("data", {**TABLE, "x": [[0, "1"]]}, "data.x[0][1]", "must be a number, not text"),
    ("data", {**TABLE, "x": [[0, 1e31]]}, "data.x[0][1]", "at most 1e+30"),
    ("data", {**TABLE, "x": [[0, 10**400]]}, "data.x[0][1]", "finite"),
    ("data", {**TABLE, "y": [[1], [0]]}, "data.y", "has 2 rows, x has 1"),
    ("data", {**TABLE, "y": [[0.5]]}, "data.y[0]", "0 and 1"),
    ("data", {**TABLE, "y": [[1, 1]]}, "data.y[0]", "exactly one 1"),
    ("data", {**TABLE, "task": "guess"}, "data.task", "allowed: classification, regression"),
    ("data", {"kind": "digits", "source": "emnist"}, "data.source", "allowed: mnist, generated, mine"),
    ("data", {"kind": "digits", "samples": -1}, "data.samples", "allowed: 0 to 1,000,000"),
    ("data", {"kind": "digits", "samples": 1_000_001}, "data.samples", "allowed: 0 to 1,000,000"),
    ("data", {"kind": "digits", "mine": 1}, "data.mine", "must be true or false"),
    ("data", {"kind": "digits", "seed": -1}, "data.seed", "allowed: 0 to"),
    ("data", {"kind": "digits", "noise": 0.1}, "data.noise", "allowed: kind, source, samples, mine, seed"),
    ("data", {"kind": "digits"}, "network.layers[0].shape", "allowed: 784"),
    ("training", REMOVE, "training", "is missing"),
    ("training.loss", "hinge", "training.loss", "mse, sse, mae, bce, cross_entropy, perceptron"),
    ("training.optimizer", "sgd", "training.optimizer", "must be an object, not text"),
    ("training.optimizer.kind", "lion", "training.optimizer.kind", "sgd, momentum, nesterov, rmsprop, adam"),
    ("training.optimizer.learning_rate", -1, "training.optimizer.learning_rate", "from 0 to 1000"),
    ("training.optimizer.momentum", 1.1, "training.optimizer.momentum", "from 0 to 1"),
    ("training.optimizer.rho", "0.9", "training.optimizer.rho", "must be a number"),
    ("training.optimizer.beta1", 1.0, "training.optimizer.beta1", "from 0 to 0.999999"),
    ("training.optimizer.beta2", 1.0, "training.optimizer.beta2", "from 0 to 0.999999"),
    ("training.optimizer.epsilon", 0, "training.optimizer.epsilon", "from 1e-12 to 1"),
    ("training.optimizer.rate", 1, "training.optimizer.rate", "allowed: kind, learning_rate"),
    ("training.batch_size", -1, "training.batch_size", "allowed: 0 to 1,000,000"),
    ("training.l2", 11, "training.l2", "from 0 to 10"),
    ("training.initializer", "ones", "training.initializer", "glorot_uniform, glorot_normal"),
    ("training.seed", 2**31, "training.seed", "allowed: 0 to 2,147,483,647"),
    ("training.validation_split", 1, "training.validation_split", "from 0 to 0.9"),
    ("training.epochs", 0, "training.epochs", "allowed: 1 to 10,000,000"),
    ("training.speed", 1, "training.speed", "allowed: loss, optimizer, batch_size"),
    ("parameters", [], "parameters", "must be an object"),
    ("arrangement", {}, "arrangement", "must be a list"),
    ("arrangement", [[1, 0, 0.0, 0.0]] * 20_001, "arrangement", "allowed: at most 20,000"),
    ("arrangement", [7], "arrangement[0]", "must be a list"),
    ("arrangement", [[1, 0, 2.0]], "arrangement[0]", "layer, unit, dx and dy"),
    ("arrangement", [[1, 0, 2.0, 3.0, 4.0]], "arrangement[0]", "at most 4"),
    ("arrangement", [[3, 0, 2.0, 3.0]], "arrangement[0][0]", "allowed: 0 to 2"),
    ("arrangement", [[-1, 0, 2.0, 3.0]], "arrangement[0][0]", "allowed: 0 to 2"),
    ("arrangement", [[1, 3, 2.0, 3.0]], "arrangement[0][1]", "allowed: -1 to 2"),
    ("arrangement", [[1, -2, 2.0, 3.0]], "arrangement[0][1]", "allowed: -1 to 2"),
    ("arrangement", [[1, 0.5, 2.0, 3.0]], "arrangement[0][1]", "whole number"),
    ("arrangement", [[1, 0, "2", 3.0]], "arrangement[0][2]", "must be a number"),
    ("arrangement", [[1, 0, 2.0, float("nan")]], "arrangement[0][3]", "finite"),
    ("arrangement", [[1, 0, 2.0, -10_001]], "arrangement[0][3]", "from -10000 to 10000 pixels"),
    ("arrangement", [[1, 0, 2.0, 3.0], [1, 0, 1.0, 1.0]], "arrangement[1]", "one entry for each"),
    ("parameters", {"layers.9.bias": [0]}, "parameters.layers.9.bias", "layers.1.weight, layers.1.bias"),
    ("parameters", {"layers.1.bias": [0, 0]}, "parameters.layers.1.bias", "allowed: (3,)"),
    ("parameters", {"layers.1.bias": 0}, "parameters.layers.1.bias", "allowed: (3,)"),
    ("parameters", {"layers.1.bias": [0, [0], 0]}, "parameters.layers.1.bias", "must be a"),
    ("parameters", {"layers.1.bias": [0, "a", 0]}, "parameters.layers.1.bias", "must be a number"),
    ("parameters", {"layers.1.bias": [0, float("inf"), 0]}, "parameters.layers.1.bias", "finite"),
]


def changed(path: str, value: Any) -> dict[str, Any]:
    document = copy.deepcopy(VALID)
    *parents, last = path.split(".")
    place: Any = document
    for part in parents:
        place = place[int(part) if part.isdecimal() else part]
    if value is REMOVE:
        del place[last]
    else:
        place[int(last) if last.isdecimal() else last] = value
    return document


def test_the_document_that_the_cases_change_is_valid() -> None:
    document_from_json(VALID)


@pytest.mark.parametrize(("path", "value", "field", "allowed"), CASES)
def test_refused(path: str, value: Any, field: str, allowed: str) -> None:
    with pytest.raises(DocumentError) as caught:
        document_from_json(changed(path, value))
    assert caught.value.field == field
    assert allowed in caught.value.problem
    assert str(caught.value) == f"{field}: {caught.value.problem}"


def test_too_many_weights() -> None:
    document = changed("network.layers.1.units", 65_536)
    document["network"]["layers"].insert(1, {"kind": "dense", "units": 65_536})
    with pytest.raises(DocumentError, match=r"network: has .* weights; allowed: at most 20,000,000"):
        document_from_json(document)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ('{\n"format": }', "in line 2"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 10_000, "nested too deeply or a number too long"),
        ("3", "must be an object"),
        ("null", "must be an object, not null"),
        (json.dumps({"\ud800": 1}), r"\\ud800: is not known here"),
    ],
)
def test_text_that_is_no_document(text: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        document_from_text(text)


def test_text_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnsim.model.json_text.LARGEST_JSON", 10)
    with pytest.raises(DocumentError, match="longer than 10"):
        document_from_text(json.dumps(VALID))


def test_an_error_stays_short_and_printable_whatever_it_quotes() -> None:
    error = DocumentError("x" * 10_000, "\ud800")
    assert len(str(error)) < 1_000
    assert str(error).encode("utf-8").endswith(b"\\ud800")
