"""Unpacking a gzip file no further than asked, whatever it claims."""

from __future__ import annotations

import zlib
from typing import BinaryIO

MAGIC = b"\x1f\x8b"
_GZIP = 16 + zlib.MAX_WBITS
_BLOCK = 1 << 16
_MOST_FOR_NOTHING = 1 << 18
"""Packed bytes in a row that may bring no content: a name in the header, empty blocks."""


class Gunzip:
    """Reads what is packed in a gzip file; its checksum is compared when all has been read.

    Parameters
    ----------
    file : binary file
        At its beginning.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unzip = zlib.decompressobj(_GZIP)
        self._for_nothing = 0

    def read(self, size: int) -> bytes:
        """`size` bytes; fewer only at the end.

        Raises
        ------
        EOFError
            If the file is cut off.
        zlib.error
            If it is damaged, or goes on and on without content.
        """
        content = self._some(size)
        while content and len(content) < size and (more := self._some(size - len(content))):
            content += more
        return content

    def _some(self, most: int) -> bytes:
        """At least one byte, except at the end."""
        unzip = self._unzip
        while not unzip.eof:
            block = unzip.unconsumed_tail or self._file.read(_BLOCK)
            content = unzip.decompress(block, most)
            if content:
                self._for_nothing = 0
                return content
            if not block and not unzip.eof:
                raise EOFError("cut off")
            self._for_nothing += len(block) - len(unzip.unconsumed_tail)
            if self._for_nothing > _MOST_FOR_NOTHING:
                raise zlib.error("no content")
        return b""
