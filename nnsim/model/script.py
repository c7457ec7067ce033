"""The script of a scene: what a teacher says, asks and does, slide by slide.

What is said may hold results, which the program fills in as it has computed them: ``{answers}``,
``{right}``, ``{wrong}``, ``{samples}``, ``{passes}``, ``{accuracy}`` and ``{loss}`` over the training
samples, ``{weights}`` and ``{bias}`` of the first output neuron. Such words wait until all that their
slide does is done. Braces around anything else are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nnsim.model.data import GATES
from nnsim.model.errors import DocumentError, one_of
from nnsim.model.fields import Fields, as_integer, as_list
from nnsim.model.layers.names import check_name
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

Value = str | int | bool | tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is done when a slide is shown.

    Attributes
    ----------
    name : str
        One of :data:`ACTIONS`.
    value
        What it is done with: a word, a number, or the layer's name and the number of a node, or of both
        ends of an edge (none: nothing).
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
    values = fields.items(name, longest=max(_ITEM_LENGTHS))
    if len(values) not in _ITEM_LENGTHS:
        raise DocumentError(
            fields.at(name), "must be [layer, unit], [source layer, source unit, layer, unit] or []"
        )
    ends = (_layer if place % 2 == 0 else _unit for place in range(len(values)))
    return tuple(read(value, fields.at(name)) for read, value in zip(ends, values, strict=True))


def _layer(value: object, path: str) -> str | int:
    """Its name; in format 1 its number."""
    return check_name(value, path) if isinstance(value, str) else _unit(value, path)


def _unit(value: object, path: str) -> int:
    return as_integer(value, path, low=0, high=_LARGEST_NUMBER)


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


def script_from_json(fields: Fields, name: str, names: Sequence[str]) -> tuple[Slide, ...]:
    """Read and check a script; absent, it is empty.

    Parameters
    ----------
    fields : Fields
    name : str
    names : sequence of str
        Of the network's layers, which a script may call by their numbers as well.

    Raises
    ------
    DocumentError
        Naming the field and what is allowed there.
    """
    values = fields.items(name, [], longest=MOST_SLIDES)
    return tuple(_slide(value, f"{fields.at(name)}[{i}]", names) for i, value in enumerate(values))


def _slide(value: object, path: str, names: Sequence[str]) -> Slide:
    fields = Fields(value, path, ("say", "ask", "do"))
    say = words_from_json(fields, "say")
    if not say:
        raise DocumentError(fields.at("say"), "is missing")
    actions = as_list(fields.raw("do", []), fields.at("do"), longest=MOST_ACTIONS)
    return Slide(
        say,
        words_from_json(fields, "ask"),
        tuple(_action(action, f"{fields.at('do')}[{i}]", names) for i, action in enumerate(actions)),
    )


def _action(value: object, path: str, names: Sequence[str]) -> Action:
    fields = Fields(value, path, ACTIONS)
    found = [name for name in ACTIONS if fields.has(name)]
    if len(found) != 1:
        raise DocumentError(path, "must hold exactly one action; {allowed}", allowed=one_of(ACTIONS))
    what = ACTIONS[found[0]](fields, found[0])
    return Action(found[0], _with_names(what, names) if isinstance(what, tuple) else what)


def _with_names(item: tuple[str | int, ...], names: Sequence[str]) -> tuple[str | int, ...]:
    """Layers by their names, which stay when others are put between; of one that is not there the number."""
    return tuple(
        names[value] if place % 2 == 0 and isinstance(value, int) and value < len(names) else value
        for place, value in enumerate(item)
    )


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
