"""A file on its way: what has arrived of it, and whether it is what was published."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

_BLOCK = 1 << 16
_OUT = 1 << 18
_SLACK = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A published gzip file and the two proofs of it; either is enough.

    Attributes
    ----------
    name : str
        The last part of its address, and its name here.
    size : int
        Bytes, compressed as it was published.
    md5 : str
        Of these bytes.
    content_size : int
        Bytes once decompressed.
    content_sha256 : str
        Of those, which a mirror that compresses differently leaves as they are.
    """

    name: str
    size: int
    md5: str
    content_size: int
    content_sha256: str

    @property
    def largest(self) -> int:
        """Bytes after which it cannot be this file, however it was compressed."""
        return self.size + self.size // 4 + _SLACK


class Verdict(Enum):
    """What a part proves to be."""

    RIGHT = auto()
    CUT_SHORT = auto()
    WRONG = auto()


class TooLargeError(ValueError):
    """More arrives than the file can have."""


class PartFile:
    """``NAME.part``, which becomes ``NAME`` once all of it is there and right.

    Parameters
    ----------
    folder : Path
        Where both stand; it must be there.
    wanted : RemoteFile

    Raises
    ------
    OSError
        Also from :meth:`append` and :meth:`settle`.
    """

    def __init__(self, folder: Path, wanted: RemoteFile) -> None:
        self.wanted = wanted
        self.path = folder / f"{wanted.name}.part"
        self._place = folder / wanted.name
        self._file: BinaryIO | None = None
        self._md5 = hashlib.md5(usedforsecurity=False)
        self.size = 0
        self.in_place = self._place.is_file() and self._read(self._place) and self.is_as_published
        if not self.in_place and not (self.path.is_file() and self._read(self.path)):
            self.restart()

    def _read(self, path: Path) -> bool:
        """Take the sum of what is there; False where it is too much."""
        self._md5, self.size = hashlib.md5(usedforsecurity=False), path.stat().st_size
        if self.size > self.wanted.largest:
            return False
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                self._md5.update(block)
        return True

    @property
    def is_as_published(self) -> bool:
        """Whether it is the published file, byte for byte."""
        return self._md5.hexdigest() == self.wanted.md5

    def append(self, data: bytes) -> None:
        """Write what has arrived.

        Raises
        ------
        TooLargeError
            Nothing of it was written then.
        """
        if self.size + len(data) > self.wanted.largest:
            raise TooLargeError(self.wanted.name)
        if self._file is None:
            # Unbuffered, so that a full disk is noticed here.
            self._file = self.path.open("ab", buffering=0)
        view = memoryview(data)
        while view:
            written = self._file.write(view)
            self._md5.update(view[:written])
            self.size += written
            view = view[written:]

    def restart(self) -> None:
        """Throw away what has arrived."""
        self.close()
        self.path.unlink(missing_ok=True)
        self._md5, self.size = hashlib.md5(usedforsecurity=False), 0

    def close(self) -> None:
        """Let go of the file; what has arrived stays."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def settle(self) -> None:
        """Give the file its name, in one step."""
        self.close()
        if not self.in_place:
            os.replace(self.path, self._place)
            self.in_place = True

    def verdicts(self) -> Iterator[Verdict | None]:
        """Check it in steps of some milliseconds: None until the last, which is the verdict."""
        self.close()
        yield Verdict.RIGHT if self.is_as_published else None
        if not self.is_as_published:
            yield from self._content_verdicts()

    def _content_verdicts(self) -> Iterator[Verdict | None]:
        unzip, sha, size = zlib.decompressobj(_GZIP), hashlib.sha256(), 0
        try:
            with self.path.open("rb") as file:
                while not unzip.eof:
                    block = unzip.unconsumed_tail or file.read(_BLOCK)
                    if not block:
                        yield Verdict.CUT_SHORT
                        return
                    content = unzip.decompress(block, _OUT)
                    sha.update(content)
                    size += len(content)
                    if size > self.wanted.content_size:
                        break
                    yield None
        except (FileNotFoundError, zlib.error):
            yield Verdict.WRONG
            return
        yield Verdict.RIGHT if sha.hexdigest() == self.wanted.content_sha256 else Verdict.WRONG
