"""The file behind the open document, as it was when it was last read or written here."""

from __future__ import annotations

import os
from pathlib import Path

Stamp = tuple[int, int, int, int]


class FileOnDisk:
    """Tells whether somebody else has written the file since."""

    def __init__(self) -> None:
        self._stamp: Stamp | None = None
        self._told: Stamp | None = None

    def take(self, stamp: Stamp | None) -> None:
        """The file as it is now is the one that is open; None: nobody knows what it is like."""
        self._stamp = stamp

    def has_changed(self, path: Path) -> bool:
        """Whether the file is there and another than the one that is open."""
        now = stamp_of(path)
        return now is not None and now != self._stamp

    def has_news(self, path: Path) -> bool:
        """The same, once for each time that it was written."""
        if not self.has_changed(path) or stamp_of(path) == self._told:
            return False
        self._told = stamp_of(path)
        return True


def stamp_of(path: Path | None) -> Stamp | None:
    """What changes with every writing; None where there is no file."""
    try:
        return None if path is None else stamp_from(path.stat())
    except OSError:
        return None


def stamp_from(status: os.stat_result) -> Stamp:
    """The same of a file that has just been looked at."""
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def was_written_before(stamp: Stamp, moment: float) -> bool:
    """Whether the file has stood as it is since a moment, in seconds since 1970."""
    return stamp[2] <= moment * 1e9
