"""The script of a scene: what a teacher says, asks and does, slide by slide.

What is said may hold results, which the program fills in as it has computed them: ``{answers}``,
``{right}``, ``{wrong}``, ``{samples}``, ``{passes}``, ``{accuracy}`` and ``{loss}`` over the training
samples, ``{weights}`` and ``{bias}`` of the first output neuron. Such words wait until all that their
slide does is done. Braces around anything else are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnsim.model.data import GATES
from nnsim.model.errors import DocumentError, one_of
from nnsim.model.fields import Fields, as_integer, as_list
from nnsim.model.words import Words, words_from_json

MOST_SLIDES = 100
MOST_ACTIONS = 20
MOST_EPOCHS = 100_000
LESSON_MOVES = ("start", "next", "end", "leave")
OVERLAYS = ("weight", "contribution", "gradient", "update")
_LARGEST_NUMBER = 1_000_000
_ITEM_LENGTHS = (0, 2, 4)

RESULTS = ("answers", "right", "wrong", "samples", "passes", "accuracy", "loss", "weights", "bias")
"""What words can have filled in; see the top of this module."""
_RESULT = re.compile("{(" + "|".join(RESULTS) + ")}")

Value = str | int | bool | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is done when a slide is shown.

    Attributes
    ----------
    name : str
        One of :data:`ACTIONS`.
    value
        What it is done with: a word, a number, or the numbers of a node or an edge (none: nothing).
    """

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Slide:
    """One thought.

    Attributes
    ----------
    say : tuple of (language, text)
    ask : tuple of (language, text)
        A question that comes first; what is said, and done, is its answer. Empty: there is none.
    actions : tuple of Action
        Done in this order.
    """

    say: Words
    ask: Words = ()
    actions: tuple[Action, ...] = ()


def _word(*allowed: str) -> Callable[[Fields, str], Value]:
    return lambda fields, name: fields.text(name, allowed=allowed)


def _whole(low: int, high: int) -> Callable[[Fields, str], Value]:
    return lambda fields, name: fields.integer(name, low=low, high=high)


def _item(fields: Fields, name: str) -> Value:
    numbers = fields.items(name, longest=max(_ITEM_LENGTHS))
    if len(numbers) not in _ITEM_LENGTHS:
        raise DocumentError(
            fields.at(name), "must be [layer, unit], [source layer, source unit, layer, unit] or []"
        )
    return tuple(as_integer(number, fields.at(name), low=0, high=_LARGEST_NUMBER) for number in numbers)


def _true(fields: Fields, name: str) -> Value:
    if not fields.flag(name):
        raise DocumentError(fields.at(name), "must be true; leave it out otherwise")
    return True


ACTIONS: dict[str, Callable[[Fields, str], Value]] = {
    "lesson": _word(*LESSON_MOVES),
    "step": _whole(1, _LARGEST_NUMBER),
    "train": _whole(1, MOST_EPOCHS),
    "reset": _true,
    "overlay": _word(*OVERLAYS),
    "select": _item,
    "gate": _word(*GATES),
}
"""What a slide can do, and how its value is read."""


def states_result(text: str) -> bool:
    """Whether some of a text is known only once its slide has done what it does."""
    return _RESULT.search(text) is not None


def with_results(text: str, result: Callable[[str], str]) -> str:
    """The text with each result in its place.

    Parameters
    ----------
    text : str
    result : callable
        Gives one of :data:`RESULTS` in words, from its name.
    """
    return _RESULT.sub(lambda found: result(found[1]), text)


def script_from_json(fields: Fields, name: str) -> tuple[Slide, ...]:
    """Read and check a script; absent, it is empty.

    Raises
    ------
    DocumentError
        Naming the field and what is allowed there.
    """
    values = fields.items(name, [], longest=MOST_SLIDES)
    return tuple(_slide(value, f"{fields.at(name)}[{i}]") for i, value in enumerate(values))


def _slide(value: object, path: str) -> Slide:
    fields = Fields(value, path, ("say", "ask", "do"))
    say = words_from_json(fields, "say")
    if not say:
        raise DocumentError(fields.at("say"), "is missing")
    actions = as_list(fields.raw("do", []), fields.at("do"), longest=MOST_ACTIONS)
    return Slide(
        say,
        words_from_json(fields, "ask"),
        tuple(_action(action, f"{fields.at('do')}[{i}]") for i, action in enumerate(actions)),
    )


def _action(value: object, path: str) -> Action:
    fields = Fields(value, path, ACTIONS)
    names = [name for name in ACTIONS if fields.has(name)]
    if len(names) != 1:
        raise DocumentError(path, f"must hold exactly one action; {one_of(ACTIONS)}")
    return Action(names[0], ACTIONS[names[0]](fields, names[0]))


def script_to_json(script: tuple[Slide, ...]) -> list[dict[str, Any]]:
    """The JSON of a script."""
    return [_slide_to_json(slide) for slide in script]


def _slide_to_json(slide: Slide) -> dict[str, Any]:
    out: dict[str, Any] = {"say": dict(slide.say)}
    if slide.ask:
        out["ask"] = dict(slide.ask)
    if slide.actions:
        out["do"] = [{action.name: _plain(action.value)} for action in slide.actions]
    return out


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value
