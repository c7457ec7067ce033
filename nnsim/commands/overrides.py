"""``--set path=value``: change single fields of a document from the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from nnsim.model.document import Document, document_from_json, document_to_json
from nnsim.model.errors import DocumentError

_PART = re.compile(r"[^.\[\]]+")


def override(document: Document, settings: Iterable[str]) -> Document:
    """Apply settings to a document and check the outcome as if it came from a file.

    Parameters
    ----------
    document : Document
    settings : iterable of str
        Each ``path=value``: the path as error messages write it (``network.units(1)``; ``.1``
        will do for ``[1]``), the value as JSON, or as plain text where it is no JSON.

    Raises
    ------
    DocumentError
        Naming the field and what is allowed there.
    """
    settings = tuple(settings)
    if not settings:
        return document
    value = document_to_json(document)
    for setting in settings:
        path, equals, text = setting.partition("=")
        if not equals or not path:
            raise DocumentError(setting, "must be path=value, such as training.optimizer.learning_rate=0.1")
        _assign(value, path, _value(text))
    return document_from_json(value)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _assign(document: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = _PART.findall(path) or [path]
    place: Any = document
    for part in parents:
        place = place[_key(place, part, path, must_exist=True)]
    # A missing last field may be an optional one: the check of the whole document decides.
    place[_key(place, last, path, must_exist=False)] = value


def _key(place: Any, part: str, path: str, *, must_exist: bool) -> Any:
    """`part` as an index of the list or a key of the object that `place` is."""
    if isinstance(place, dict):
        if must_exist and part not in place:
            raise DocumentError(
                path, "there is no {part} here; allowed: {names}", part=repr(part), names=", ".join(place)
            )
        return part
    if isinstance(place, list):
        if not part.isdecimal() or int(part) >= len(place):
            raise DocumentError(
                path,
                "{part} is no item of this list; allowed: 0 to {last}",
                part=repr(part),
                last=len(place) - 1,
            )
        return int(part)
    raise DocumentError(path, "there is nothing inside to set {part} on", part=repr(part))
