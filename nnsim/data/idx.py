"""IDX files, the format in which MNIST is published, gzipped or not.

An IDX file is two zero bytes, a byte for the type of the numbers, a byte for how many dimensions,
then each dimension as a big-endian 32-bit integer, then the numbers. Files come from outside:
nothing is believed before it is checked, and no more is unpacked than the header promises.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnsim.model.errors import DocumentError

Bytes = NDArray[np.uint8]

LARGEST = 400_000_000
"""Bytes of numbers that one file may hold."""
_UNSIGNED_BYTE = 8
_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 20
_AGAIN = "download it again or take it away"


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
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP_MAGIC
            raw.seek(0)
            if not packed:
                return _read(raw, path, dimensions, head)
            with closing(gzip.GzipFile(fileobj=raw)) as file:
                return _read(file, path, dimensions, head)
    except EOFError as error:
        raise DocumentError(str(path), f"is cut off; {_AGAIN}") from error
    except (zlib.error, gzip.BadGzipFile) as error:
        raise DocumentError(str(path), f"is damaged: it cannot be unpacked; {_AGAIN}") from error


def _read(file: BinaryIO | gzip.GzipFile, path: Path, dimensions: int, head: int | None) -> Bytes:
    shape = _shape(file, path, dimensions)
    count = shape[0] if head is None else min(head, shape[0])
    out = np.empty((count, *shape[1:]), np.uint8)
    _fill(file, out.reshape(-1).data, path)
    # Reading on to the end also lets gzip compare its checksum.
    if head is None and file.read(1):
        raise DocumentError(str(path), f"goes on behind the {out.size:,} bytes that it announces; {_AGAIN}")
    return out


def _shape(file: BinaryIO | gzip.GzipFile, path: Path, dimensions: int) -> tuple[int, ...]:
    magic = file.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0" or magic[3] == 0:
        raise DocumentError(str(path), f"is not an IDX file; {_AGAIN}")
    if magic[2] != _UNSIGNED_BYTE:
        raise DocumentError(str(path), f"holds numbers of IDX type {magic[2]}; allowed: 8, unsigned bytes")
    if magic[3] != dimensions:
        raise DocumentError(
            str(path), f"holds {_content(magic[3])} where {_content(dimensions)} are expected"
        )
    sizes = file.read(4 * dimensions)
    if len(sizes) < 4 * dimensions:
        raise DocumentError(str(path), f"is cut off; {_AGAIN}")
    shape = struct.unpack(f">{dimensions}I", sizes)
    total = 1
    for size in shape:
        total *= size
    if not 0 < total <= LARGEST:
        raise DocumentError(
            str(path), f"announces {' × '.join(map(str, shape))} bytes; allowed: 1 to {LARGEST:,}"
        )
    return shape


def _content(dimensions: int) -> str:
    return {1: "labels (1 dimension)", 3: "images (3 dimensions)"}.get(dimensions, f"{dimensions} dimensions")


def _fill(file: BinaryIO | gzip.GzipFile, buffer: memoryview, path: Path) -> None:
    filled = 0
    while filled < len(buffer):
        chunk = file.read(min(_CHUNK, len(buffer) - filled))
        if not chunk:
            raise DocumentError(
                str(path), f"is cut off: {filled:,} of the {len(buffer):,} bytes that it announces; {_AGAIN}"
            )
        buffer[filled : filled + len(chunk)] = chunk
        filled += len(chunk)
