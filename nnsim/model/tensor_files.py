"""Opening safetensors files that nobody vouches for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from nnsim.model.errors import DocumentError

LARGEST_FILE = 200_000_000
LARGEST_HEADER = 25_000_000
"""Bytes; read and parsed as a whole, so what a file claims is bounded before anything is reserved for it."""
_PREFIX = 8


@contextmanager
def tensor_file(path: Path, otherwise: str) -> Iterator[Any]:
    """A safetensors file, open for reading.

    Parameters
    ----------
    path : Path
    otherwise : str
        What to say of a file that is none.

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
    _check_sizes(path, otherwise)
    try:
        with safe_open(path, framework="numpy") as file:
            yield file
    except SafetensorError as error:
        raise DocumentError("", otherwise) from error


def _check_sizes(path: Path, otherwise: str) -> None:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise DocumentError("", f"the file is larger than {LARGEST_FILE // 1_000_000} MB")
    with path.open("rb") as file:
        header = int.from_bytes(file.read(_PREFIX), "little")
    if header > min(size - _PREFIX, LARGEST_HEADER):
        raise DocumentError("", otherwise)
