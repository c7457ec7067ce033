"""JSON from outside: bounded, and nothing in it said twice."""

from __future__ import annotations

import json
from typing import Any

from nnsim.model.errors import DocumentError

LARGEST_JSON = 5_000_000
"""Characters; a text of nothing but empty objects takes thirty times as many bytes once it is read."""


def json_from_text(text: str, most: int | None = None) -> Any:
    """Read a JSON text.

    Parameters
    ----------
    text : str
    most : int, optional
        Characters; else :data:`LARGEST_JSON`.

    Raises
    ------
    DocumentError
        If it is too long or no JSON, or if a name stands twice in one object: which of the two would
        count is not written anywhere.
    """
    most = LARGEST_JSON if most is None else most
    if len(text) > most:
        raise DocumentError("", "the text is longer than {most} characters", most=most)
    try:
        return json.loads(text, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        raise DocumentError(
            "", "not valid JSON: {msg} in line {lineno}", msg=error.msg, lineno=error.lineno
        ) from error
    except DocumentError:
        raise
    except (RecursionError, ValueError) as error:
        raise DocumentError("", "not valid JSON: nested too deeply or a number too long") from error


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise DocumentError(name, "stands twice in the same object; allowed: once")
            seen.add(name)
    return out
