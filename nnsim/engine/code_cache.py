"""Where compiled code is kept between runs: a folder for each function, whole or not at all.

What is kept is machine code: with a byte of it changed it would run as something else. So each folder has
a list of checksums, written last, and what does not agree with its list is thrown away and compiled anew.
A folder is filled aside and then given its name, so that no other process finds it half full.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SEAL = "checksums"
_PROBE = 256_000
"""Bytes that a folder must have room for: a few functions."""
_TEMPORARY = "nnsim-engine-"
_LEFT = 86_400.0
"""Seconds after which an unnamed or temporary folder belongs to nobody any more."""


class CodeCache:
    """Keeps compiled code in a folder, or in a temporary one where nothing can be written there.

    Parameters
    ----------
    folder : Path
        Made here.

    Attributes
    ----------
    folder : Path
        The one that is used.
    is_open : bool
        False where nothing can be written anywhere.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.is_open = folder, True
        self._is_temporary = False
        if _has_room(folder):
            _sweep(folder, ".*")
        else:
            self.retreat()

    def retreat(self) -> None:
        """Go over to a temporary folder, which goes when this process ends; from there, to none."""
        if self._is_temporary:
            self.is_open = False
            return
        self._is_temporary = True
        _sweep(Path(tempfile.gettempdir()), f"{_TEMPORARY}*")
        try:
            made = tempfile.mkdtemp(prefix=_TEMPORARY)
            atexit.register(shutil.rmtree, made, ignore_errors=True)
            self.folder = Path(made) / self.folder.name
            self.folder.mkdir()
        except OSError:
            self.is_open = False

    def entry(self, name: str) -> Path:
        """The folder of a function, which need not be there."""
        return self.folder / name

    def holds(self, name: str) -> bool:
        """Whether the function's folder is there, and every file in it is as it was written."""
        try:
            return (self.entry(name) / _SEAL).read_bytes() == _checksums(self.entry(name))
        except OSError:
            return False

    def seal(self, folder: Path) -> None:
        """Vouch for what is in a folder now."""
        (folder / _SEAL).write_bytes(_checksums(folder))

    def discard(self, name: str) -> None:
        """Throw a function's folder away, whatever is in it."""
        shutil.rmtree(self.entry(name), ignore_errors=True)

    @contextmanager
    def filling(self, name: str) -> Iterator[Path]:
        """A folder to be filled, which is then the function's.

        Raises
        ------
        OSError
            Where something cannot be written.
        """
        with tempfile.TemporaryDirectory(
            prefix=f".{name}-", dir=self.folder, ignore_cleanup_errors=True
        ) as made:
            yield Path(made)
            self.seal(Path(made))
            self.discard(name)
            try:
                os.rename(made, self.entry(name))
            except OSError:
                # Another process may have been as far just now.
                if not self.holds(name):
                    raise


def _checksums(folder: Path) -> bytes:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _SEAL)
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
    ]
    return "".join(lines).encode()


def _has_room(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_PROBE))
    except OSError:
        return False
    return True


def _sweep(folder: Path, pattern: str) -> None:
    """Remove the folders that processes left which were killed."""
    for path in folder.glob(pattern):
        try:
            is_left = path.is_dir() and time.time() - path.stat().st_mtime > _LEFT
        except OSError:
            continue
        if is_left:
            shutil.rmtree(path, ignore_errors=True)
