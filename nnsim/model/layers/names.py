"""What layers are called: by their author, else by their kind and a number."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

from nnsim.model.errors import DocumentError

if TYPE_CHECKING:
    from nnsim.model.layers.layer import Layer

LONGEST_NAME = 40
OUTPUT = "output"
"""The usual name of the last layer."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


def check_name(name: str, path: str) -> str:
    """`name`, if a layer can be called so.

    Raises
    ------
    DocumentError
        Saying what a name looks like.
    """
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise DocumentError(
            path,
            "{name} is no name; allowed: at most {longest_name} of the letters a to z, digits and _, a "
            "letter first",
            name=repr(name[:LONGEST_NAME]),
            longest_name=LONGEST_NAME,
        )
    return name


def named(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """The layers, each with a name of its own.

    Whoever has a name that no layer before has keeps it; the others are called after their kind, such as
    ``conv1``, with the lowest number that is free. The first is ``input``, the last ``output``.
    """
    taken: set[str] = set()
    nameless = []
    for number, layer in enumerate(layers):
        if layer.name and layer.name not in taken:
            taken.add(layer.name)
        else:
            nameless.append(number)
    out: list[Any] = list(layers)
    for number in nameless:
        name = _free(out[number], number, len(layers), taken)
        taken.add(name)
        out[number] = replace(out[number], name=name)
    return tuple(out)


def _free(layer: Layer, number: int, layers: int, taken: Collection[str]) -> str:
    usual = layer.stem if number == 0 else OUTPUT if number == layers - 1 else ""
    if usual and usual not in taken:
        return usual
    return next(name for i in count(1) if (name := f"{layer.stem}{i}") not in taken)
