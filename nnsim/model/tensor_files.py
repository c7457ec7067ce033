"""Opening safetensors files that nobody vouches for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from nnsim.model.errors import DocumentError
from nnsim.model.outside import open_outside

LARGEST_FILE = 200_000_000
LARGEST_HEADER = 5_500_000
"""Bytes; read as a whole, and thirty times as many then, so it is bounded before anything is reserved."""
PREFIX = 8
"""Bytes in front of the header, which say how long it is."""


@contextmanager
def tensor_file(path: Path, otherwise: str, largest: int | None = None) -> Iterator[Any]:
    """A safetensors file, open for reading.

    Parameters
    ----------
    path : Path
    otherwise : str
        What to say of a file that is none.
    largest : int, optional
        Bytes; else :data:`LARGEST_FILE`.

    Yields
    ------
    safe_open
        Nothing of the tensors has been read yet.

    Raises
    ------
    DocumentError
        If the file is too large, damaged, or of another kind.
    OSError
        If it cannot be read at all.
    """
    _check_sizes(path, otherwise, LARGEST_FILE if largest is None else largest)
    try:
        with safe_open(path, framework="numpy") as file:
            yield file
    except SafetensorError as error:
        raise DocumentError("", otherwise) from error


def _check_sizes(path: Path, otherwise: str, largest: int) -> None:
    with open_outside(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > largest:
            raise DocumentError("", f"the file is larger than {largest // 1_000_000} MB")
        header = int.from_bytes(file.read(PREFIX), "little")
    if header > min(size - PREFIX, LARGEST_HEADER):
        raise DocumentError("", otherwise)
