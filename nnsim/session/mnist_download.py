"""The four files of MNIST, as a download."""

from __future__ import annotations

from pathlib import Path

from nnsim.data.mnist import FILES, MIRRORS, default_folder
from nnsim.session.download import Download
from nnsim.session.part_file import RemoteFile

_PACKED_SIZES = (9_912_422, 28_881, 1_648_877, 4_542)
MNIST_FILES = tuple(
    RemoteFile(f"{file.name}.gz", size, file.md5, file.size, file.sha256)
    for file, size in zip(FILES, _PACKED_SIZES, strict=True)
)
"""As the mirrors serve them."""
MNIST_SIZE = sum(_PACKED_SIZES)
"""Bytes to fetch."""


def mnist_download(folder: Path | None = None) -> Download:
    """A download of MNIST, not started, into a folder or where MNIST is looked for."""
    return Download(folder or default_folder(), MNIST_FILES, MIRRORS)
