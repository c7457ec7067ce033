"""Scripts are read, checked and written; what is wrong with one is said in words."""

import copy
from typing import Any

import pytest

from nnsim import cli
from nnsim.data.scenes import find_scene
from nnsim.model.document import document_from_json, document_to_json
from nnsim.model.errors import DocumentError
from nnsim.model.script import OVERLAYS, Action, Slide
from tests.model.test_invalid_documents import VALID

SCRIPT: list[dict[str, Any]] = [
    {"say": {"en": "Look", "vi": "Xem"}},
    {
        "say": {"en": "It answers 0.3"},
        "ask": {"en": "What will it answer?"},
        "do": [
            {"lesson": "start"},
            {"step": 5},
            {"train": 200},
            {"reset": True},
            {"overlay": "gradient"},
            {"select": ["hidden1", 2]},
            {"select": ["input", 1, "hidden1", 2]},
            {"select": []},
            {"gate": "and"},
        ],
    },
]


def with_script(script: object) -> dict[str, Any]:
    value = copy.deepcopy(VALID)
    value["script"] = script
    return value


def test_a_script_survives_the_round_trip() -> None:
    document = document_from_json(with_script(SCRIPT))
    assert document.script[0] == Slide((("en", "Look"), ("vi", "Xem")))
    assert document.script[1].ask == (("en", "What will it answer?"),)
    assert document.script[1].actions[5] == Action("select", ("hidden1", 2))
    assert document_to_json(document)["script"] == SCRIPT
    assert document_from_json(document_to_json(document)) == document


def test_layers_called_by_numbers_are_known_by_names_from_then_on() -> None:
    numbered = [{"say": "x", "do": [{"select": [1, 2]}, {"select": [0, 1, 9, 2]}]}]
    first, second = document_from_json(with_script(numbered)).script[0].actions
    assert first.value == ("hidden1", 2)
    assert second.value == ("input", 1, 9, 2), "the script may be older than its network"


def test_without_a_script_none_is_written() -> None:
    assert "script" not in document_to_json(document_from_json(VALID))


@pytest.mark.parametrize(
    ("script", "field", "words"),
    [
        ({}, "script", "must be a list"),
        ([{"say": "x"}] * 101, "script", "at most 100"),
        (["x"], "script[0]", "must be an object"),
        ([{}], "script[0].say", "is missing"),
        ([{"say": {}}], "script[0].say", "is missing"),
        ([{"say": "x" * 2001}], "script[0].say.en", "at most 2000"),
        ([{"say": "x", "speak": 1}], "script[0].speak", "allowed: say, ask, do"),
        ([{"say": "x", "do": [{"step": 1}] * 21}], "script[0].do", "at most 20"),
        ([{"say": "x", "do": [{"dance": 1}]}], "script[0].do[0].dance", "allowed: lesson, step, train"),
        ([{"say": "x", "do": [{}]}], "script[0].do[0]", "exactly one action"),
        ([{"say": "x", "do": [{"step": 1, "train": 1}]}], "script[0].do[0]", "exactly one action"),
        ([{"say": "x", "do": [{"lesson": "on"}]}], "script[0].do[0].lesson", "start, next, end, leave"),
        ([{"say": "x", "do": [{"step": 0}]}], "script[0].do[0].step", "out of range"),
        ([{"say": "x", "do": [{"train": 1e9}]}], "script[0].do[0].train", "out of range"),
        ([{"say": "x", "do": [{"reset": False}]}], "script[0].do[0].reset", "must be true"),
        ([{"say": "x", "do": [{"select": [1]}]}], "script[0].do[0].select", "[layer, unit]"),
        ([{"say": "x", "do": [{"select": [1, -1]}]}], "script[0].do[0].select", "out of range"),
        ([{"say": "x", "do": [{"select": [0] * 5}]}], "script[0].do[0].select", "at most 4"),
        ([{"say": "x", "do": [{"gate": "maybe"}]}], "script[0].do[0].gate", "allowed: and, or, nand, xor"),
    ],
)
def test_what_is_wrong_is_said_in_words(script: object, field: str, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        document_from_json(with_script(script))
    assert caught.value.field == field
    assert words in str(caught.value)


@pytest.mark.parametrize("name", ["perceptron", "xor", "scratch"])
def test_shipped_scripts_speak_both_languages_and_ask(name: str) -> None:
    script = find_scene(name).document.script
    assert 6 <= len(script) <= 9
    assert 2 <= sum(bool(slide.ask) for slide in script) <= 3
    for slide in script:
        for words in filter(None, (slide.say, slide.ask)):
            assert list(dict(words)) == ["en", "vi"]


def test_overlays_are_those_of_the_window() -> None:
    assert OVERLAYS == cli.OVERLAYS
