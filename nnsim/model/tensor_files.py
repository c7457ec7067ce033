"""Reading safetensors files that nobody vouches for.

A file is opened once, and what is read of it is read through that handle: it may be exchanged or cut off
by another program meanwhile, which memory mapped from it would not survive.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnsim.model.errors import DocumentError
from nnsim.model.json_text import json_from_text
from nnsim.model.outside import open_outside
from nnsim.model.sentence import Sentence

LARGEST_FILE = 200_000_000
LARGEST_HEADER = 5_500_000
"""Bytes; read as a whole, and thirty times as many then, so it is bounded before anything is reserved."""
PREFIX = 8
"""Bytes in front of the header, which say how long it is."""
_METADATA = "__metadata__"
_MOST_AXES = 32
"""More than any network has; the product of millions of sizes would take minutes."""
_KINDS: dict[str, np.dtype[Any]] = {
    "U8": np.dtype("u1"),
    "F16": np.dtype("<f2"),
    "F32": np.dtype("<f4"),
    "F64": np.dtype("<f8"),
}
"""The numbers that can be read; others are only told of."""


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """What the header says of a tensor.

    Attributes
    ----------
    name : str
    shape : tuple of int
    kind : str
        As the format calls it: ``F32``.
    start, stop : int
        Its bytes, from the end of the header on.
    """

    name: str
    shape: tuple[int, ...]
    kind: str
    start: int
    stop: int


class TensorFile:
    """A file whose header has been read and agrees with its size.

    Parameters
    ----------
    file : BinaryIO
    otherwise : Sentence
        What to say of a file that is none.

    Attributes
    ----------
    metadata : dict of str to str
    tensors : dict of str to StoredTensor
    """

    def __init__(self, file: BinaryIO, otherwise: Sentence) -> None:
        self._file, self._otherwise = file, otherwise
        size = os.fstat(file.fileno()).st_size
        length = int.from_bytes(file.read(PREFIX), "little")
        self._begin = PREFIX + length
        if self._begin > size or length > LARGEST_HEADER:
            raise DocumentError("", otherwise)
        header = self._header(file.read(length))
        self.metadata = self._checked_metadata(header.pop(_METADATA, {}))
        self.tensors = {name: self._stored(name, entry) for name, entry in header.items()}
        self._check_places(size - self._begin)

    def values(self, name: str) -> NDArray[Any]:
        """Read a tensor.

        Raises
        ------
        DocumentError
            If it is not there, or the file was cut off meanwhile.
        """
        found = self.tensors.get(name)
        if found is None or found.kind not in _KINDS:
            raise DocumentError("", self._otherwise)
        count = math.prod(found.shape)
        self._file.seek(self._begin + found.start)
        values = np.fromfile(self._file, _KINDS[found.kind], count)
        if values.size != count:
            raise DocumentError("", self._otherwise)
        return values.reshape(found.shape)

    def _header(self, content: bytes) -> dict[str, Any]:
        try:
            header = json_from_text(content.decode(), LARGEST_HEADER)
        except (UnicodeDecodeError, DocumentError) as error:
            raise DocumentError("", self._otherwise) from error
        if not isinstance(header, dict):
            raise DocumentError("", self._otherwise)
        return header

    def _checked_metadata(self, metadata: Any) -> dict[str, str]:
        if not isinstance(metadata, dict) or not all(isinstance(text, str) for text in metadata.values()):
            raise DocumentError("", self._otherwise)
        return metadata

    def _stored(self, name: str, entry: Any) -> StoredTensor:
        match entry:
            case {"dtype": str(kind), "shape": list(shape), "data_offsets": [start, stop]} if len(
                shape
            ) <= _MOST_AXES and all(type(number) is int and number >= 0 for number in (*shape, start, stop)):
                return StoredTensor(name, tuple(shape), kind, start, stop)
        raise DocumentError("", self._otherwise)

    def _check_places(self, size: int) -> None:
        """Each tensor begins where the one before it ends, and the last ends with the file."""
        end = 0
        for tensor in sorted(self.tensors.values(), key=lambda tensor: (tensor.start, tensor.stop)):
            known = _KINDS.get(tensor.kind)
            fits = known is None or tensor.stop - tensor.start == known.itemsize * math.prod(tensor.shape)
            if tensor.start != end or tensor.stop < end or not fits:
                raise DocumentError("", self._otherwise)
            end = tensor.stop
        if end != size:
            raise DocumentError("", self._otherwise)


@contextmanager
def tensor_file(path: Path, otherwise: Sentence, largest: int | None = None) -> Iterator[TensorFile]:
    """A safetensors file, open for reading.

    Parameters
    ----------
    path : Path
    otherwise : Sentence
        What to say of a file that is none.
    largest : int, optional
        Bytes; else :data:`LARGEST_FILE`.

    Yields
    ------
    TensorFile
        Nothing of the tensors has been read yet.

    Raises
    ------
    DocumentError
        If the file is too large, damaged, or of another kind.
    OSError
        If it cannot be read at all.
    """
    most = LARGEST_FILE if largest is None else largest
    with open_outside(path) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise DocumentError("", "the file is larger than {most} MB", most=most // 1_000_000)
        yield TensorFile(file, otherwise)
