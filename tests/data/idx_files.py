"""Small IDX files like MNIST's, made for a test."""

import gzip
import struct
from pathlib import Path

import numpy as np

from nnsim.data.mnist import FILES


def idx(array: np.ndarray, kind: int = 8) -> bytes:
    """The bytes of an IDX file of unsigned bytes."""
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, kind, array.ndim, *array.shape)
    return header + array.astype(np.uint8).tobytes()


def fake_mnist(folder: Path, train: int = 30, test: int = 10, packed: bool = True) -> Path:
    """Write the four files: image i holds the brightness 8·(i mod 30), its label is i mod 10."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, count in zip(FILES, (train, train, test, test), strict=True):
        number = np.arange(count)
        array = number % 10
        if len(file.shape) == 3:
            array = np.broadcast_to((8 * (number % 30))[:, None, None], (count, 28, 28))
        content = idx(array)
        if packed:
            (folder / f"{file.name}.gz").write_bytes(gzip.compress(content, 1))
        else:
            (folder / file.name).write_bytes(content)
    return folder
