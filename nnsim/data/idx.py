"""IDX files, the format in which MNIST is published, gzipped or not.

An IDX file is two zero bytes, a byte for the type of the numbers, a byte for how many dimensions,
then each dimension as a big-endian 32-bit integer, then the numbers. Files come from outside:
nothing is believed before it is checked, and no more is unpacked than the header promises.
"""

from __future__ import annotations

import math
import os
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnsim.data.gunzip import MAGIC, Gunzip
from nnsim.model.errors import DocumentError
from nnsim.model.outside import open_outside
from nnsim.model.sentence import Sentence, sentence, translatable

Bytes = NDArray[np.uint8]

LARGEST = 200_000_000
"""Bytes of numbers that one file may hold: four times as many as MNIST's largest."""
MOST_PACKED = 100
"""Bytes of numbers that one packed byte may stand for; handwriting packs to a fifth."""
_ALWAYS = 1_000_000
"""Bytes of numbers that a packed file may hold however small it is: blank images pack to next to nothing."""
_UNSIGNED_BYTE = 8
_CHUNK = 1 << 20
_CONTENT = {1: translatable("labels (1 dimension)"), 3: translatable("images (3 dimensions)")}
_OTHER_CONTENT = translatable("{count} dimensions")
_AGAIN = sentence(translatable("download it again or take it away"))


def read_idx(path: Path, dimensions: int, *, head: int | None = None) -> Bytes:
    """Read a file of bytes.

    Parameters
    ----------
    path : Path
    dimensions : int
        How many the file must have: 3 for images, 1 for labels.
    head : int, optional
        Read only so many along the first dimension, and check nothing behind them.

    Returns
    -------
    array of uint8
        Of the shape that the header gives.

    Raises
    ------
    DocumentError
        Naming the file, what is wrong with it and what to do.
    OSError
        If it cannot be read at all.
    """
    if not path.is_file():
        raise DocumentError(str(path), "there is no such file")
    try:
        with open_outside(path) as raw:
            size = os.fstat(raw.fileno()).st_size
            packed = raw.read(2) == MAGIC
            raw.seek(0)
            if not packed:
                return _read(raw, path, dimensions, head, LARGEST)
            return _read(Gunzip(raw), path, dimensions, head, max(MOST_PACKED * size, _ALWAYS))
    except EOFError as error:
        raise DocumentError(str(path), "is cut off; {again}", again=_AGAIN) from error
    except zlib.error as error:
        raise DocumentError(str(path), "is damaged: it cannot be unpacked; {again}", again=_AGAIN) from error


def _read(file: BinaryIO | Gunzip, path: Path, dimensions: int, head: int | None, most: int) -> Bytes:
    shape = _shape(file, path, dimensions)
    count = shape[0] if head is None else min(head, shape[0])
    total = count * math.prod(shape[1:])
    # Before anything is reserved or unpacked for it.
    if total > most:
        raise DocumentError(
            str(path),
            "announces {total} bytes, far more than so small a file holds; {again}",
            total=total,
            again=_AGAIN,
        )
    out = np.empty((count, *shape[1:]), np.uint8)
    _fill(file, out.reshape(-1).data, path)
    # Reading on to the end also lets gzip compare its checksum.
    if head is None and file.read(1):
        raise DocumentError(
            str(path),
            "goes on behind the {size} bytes that it announces; {again}",
            size=out.size,
            again=_AGAIN,
        )
    return out


def _shape(file: BinaryIO | Gunzip, path: Path, dimensions: int) -> tuple[int, ...]:
    magic = file.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0" or magic[3] == 0:
        raise DocumentError(str(path), "is not an IDX file; {again}", again=_AGAIN)
    if magic[2] != _UNSIGNED_BYTE:
        raise DocumentError(
            str(path), "holds numbers of IDX type {magic}; allowed: 8, unsigned bytes", magic=magic[2]
        )
    if magic[3] != dimensions:
        raise DocumentError(
            str(path),
            "holds {found} where {wanted} are expected",
            found=_content(magic[3]),
            wanted=_content(dimensions),
        )
    sizes = file.read(4 * dimensions)
    if len(sizes) < 4 * dimensions:
        raise DocumentError(str(path), "is cut off; {again}", again=_AGAIN)
    shape = struct.unpack(f">{dimensions}I", sizes)
    total = math.prod(shape)
    if not 0 < total <= LARGEST:
        raise DocumentError(
            str(path),
            "announces {sizes} bytes; allowed: 1 to {largest}",
            sizes=" × ".join(map(str, shape)),
            largest=LARGEST,
        )
    return shape


def _content(dimensions: int) -> Sentence:
    return sentence(_CONTENT.get(dimensions, _OTHER_CONTENT), count=dimensions)


def _fill(file: BinaryIO | Gunzip, buffer: memoryview, path: Path) -> None:
    filled = 0
    while filled < len(buffer):
        chunk = file.read(min(_CHUNK, len(buffer) - filled))
        if not chunk:
            raise DocumentError(
                str(path),
                "is cut off: {filled} of the {count} bytes that it announces; {again}",
                filled=filled,
                count=len(buffer),
                again=_AGAIN,
            )
        buffer[filled : filled + len(chunk)] = chunk
        filled += len(chunk)
