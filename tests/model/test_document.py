"""Documents: JSON both ways, languages, starts given by hand, and JSON mutated at random."""

import contextlib
import copy
import json
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nnsim.model.data import DigitsData, data_from_json, data_shape, data_to_json
from nnsim.model.document import document_from_json, document_from_text, document_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.layers import ACTIVATIONS
from nnsim.model.training import INITIALIZERS, LOSSES, OPTIMIZERS

FULL: dict[str, Any] = {
    "format": 2,
    "title": {"en": "Skip", "vi": "Nối tắt"},
    "description": {"vi": "Một lời"},
    "network": {
        "layers": [
            {"kind": "input", "name": "input", "shape": [2]},
            {
                "kind": "dense",
                "name": "first",
                "units": 2,
                "activation": "prelu",
                "bias": True,
                "negative_slope": 0.1,
            },
            {
                "kind": "dense",
                "name": "output",
                "units": 1,
                "activation": "sigmoid",
                "bias": False,
                "frozen": True,
            },
        ],
        "connections": [["input", "first"], ["input", "output"], ["first", "output"]],
        "removed_edges": [[0, 1, 1, 0]],
        "frozen_edges": [[0, 0, 2, 0]],
    },
    "data": {"kind": "table", "x": [[0.0, 1.0], [1.0, 0.5]], "y": [[1.0], [0.0]], "task": "classification"},
    "training": {
        "loss": "bce",
        "optimizer": {"kind": "adam", "learning_rate": 0.01, "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-7},
        "batch_size": 2,
        "l2": 0.001,
        "initializer": "he_normal",
        "seed": 5,
        "validation_split": 0.25,
        "epochs": 7,
        "clip_norm": 1.5,
        "max_norm": 3.0,
    },
    "parameters": {"first.weight": [[1.0, 2.0], [3.0, 4.0]], "first.slope": [0.25]},
    "arrangement": [[0, -1, 12.5, -3.0], [1, 1, 0.0, 40.0]],
}


def test_json_round_trip_keeps_every_field() -> None:
    document = document_from_json(FULL)
    assert document_to_json(document) == FULL
    assert document_from_text(json.dumps(FULL)) == document


def test_digits_are_described_in_full_or_by_their_kind_alone() -> None:
    data = {"kind": "digits", "source": "generated", "samples": 500, "mine": True, "seed": 3}
    assert data_to_json(data_from_json(data)) == data
    assert data_from_json({"kind": "digits"}) == DigitsData("mnist", 0, False, 1)
    assert data_shape(DigitsData()) == (784, 10)


def test_layers_without_connections_form_a_chain() -> None:
    value = copy.deepcopy(FULL)
    for name in ("connections", "frozen_edges"):
        del value["network"][name]
    assert document_from_json(value).network.connections == ((0, 1), (1, 2))


def test_connections_are_sorted_so_that_order_in_the_file_does_not_matter() -> None:
    value = copy.deepcopy(FULL)
    value["network"]["connections"].reverse()
    assert document_from_json(value) == document_from_json(FULL)


def test_texts_fall_back_to_english_and_then_to_any() -> None:
    document = document_from_json(FULL)
    assert document.title_in("vi") == "Nối tắt"
    assert document.title_in("fr") == "Skip"
    assert document.description_in("en") == "Một lời"
    assert document_from_json({**FULL, "title": "Plain"}).title_in("vi") == "Plain"


def test_the_rate_that_a_document_leaves_out_is_the_usual_one_of_its_optimizer() -> None:
    rates = {}
    for kind in OPTIMIZERS:
        value = copy.deepcopy(FULL)
        value["training"]["optimizer"] = {"kind": kind}
        rates[kind] = document_from_json(value).training.optimizer.learning_rate
    assert rates == {"sgd": 0.1, "momentum": 0.1, "nesterov": 0.1, "rmsprop": 0.1, "adam": 0.001}
    value["training"]["optimizer"] = {"kind": "adam", "learning_rate": 0.1}
    assert document_from_json(value).training.optimizer.learning_rate == 0.1


def test_start_by_hand_overwrites_what_it_names_and_leaves_removed_edges_at_zero() -> None:
    # Weight of layer 1: rows are units; the edge from input 1 to unit 0 is removed, so 2 becomes 0.
    vector = document_from_json(FULL).apply_start(np.full(11, 9.0))
    assert vector.tolist() == [1, 0, 3, 4, 9, 9, 0.25, 9, 9, 9, 9]


def test_a_new_seed_drops_the_start_by_hand() -> None:
    document = document_from_json(FULL).with_new_seed(6)
    assert document.training.seed == 6
    assert document.start == ()


NAMES = (
    *ACTIVATIONS,
    *LOSSES,
    *OPTIMIZERS,
    *INITIALIZERS,
    "kind",
    "gate",
    "toy",
    "surface",
    "table",
    "moons",
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-3, 70)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(NAMES)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner),
    max_leaves=8,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs: Any = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    return [path, *(place for key, item in pairs for place in _places(item, (*path, key)))]


PLACES = [place for place in _places(FULL) if place]


def _mutate(value: Any, place: tuple[Any, ...], new: Any, remove: bool) -> None:
    for part in place[:-1]:
        if not isinstance(value, dict | list):
            return
        try:
            value = value[part]
        except (LookupError, TypeError):
            return
    if isinstance(value, dict):
        value[place[-1]] = new
        if remove:
            del value[place[-1]]
    elif isinstance(value, list) and isinstance(place[-1], int) and place[-1] < len(value):
        value[place[-1]] = new


@settings(max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(PLACES), VALUES, st.booleans()), min_size=1, max_size=3))
def test_mutated_json_is_opened_or_refused_in_words(mutations: list[tuple[Any, Any, bool]]) -> None:
    value = copy.deepcopy(FULL)
    for place, new, remove in mutations:
        _mutate(value, place, new, remove)
    try:
        document = document_from_json(value)
    except DocumentError as error:
        str(error).encode("utf-8")
        return
    written = document_to_json(document)
    assert document_to_json(document_from_json(written)) == written
    json.dumps(written, ensure_ascii=False, allow_nan=False).encode("utf-8")


@settings(max_examples=200)
@given(
    st.text() | st.recursive(SCALARS, lambda i: st.lists(i) | st.dictionaries(st.text(), i)).map(json.dumps)
)
def test_any_text_is_opened_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(DocumentError):
        document_from_text(text)
