"""Copies that are nobody's any more: of programs that did not end properly, and of what was left unsaved."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile

from nnsim.model.errors import DocumentError
from nnsim.model.outside import read_outside_text
from nnsim.model.writing import sweep, write_whole
from nnsim.paths import user_data_dir

_LARGEST_NOTE = 20_000
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


def autosave_dir() -> Path:
    """Where copies are kept (not created here)."""
    return user_data_dir() / "autosave"


def make_autosave_dir() -> Path:
    """The same, made where it is not there, and for its owner alone.

    Raises
    ------
    OSError
        If that cannot be.
    """
    folder = autosave_dir()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    # One that was made with other permissions; where they cannot be changed it serves all the same.
    with contextlib.suppress(OSError):
        folder.chmod(_FOLDER_MODE)
    return folder


@dataclass(frozen=True, slots=True)
class Note:
    """What is written beside a copy.

    Attributes
    ----------
    source : str
        Where the document came from; empty if unknown.
    time : float
        When it was kept, in seconds since 1970.
    left : bool
        Whether it was left unsaved by one's own choice; otherwise the program did not end properly.
    offered : bool
        Whether a start has offered it already.
    """

    source: str = ""
    time: float = 0.0
    left: bool = False
    offered: bool = False

    def write(self, path: Path) -> None:
        """Put it beside the copy at `path`.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        write_whole(note_of(path), json.dumps(asdict(self)).encode(), private=True)


class Leftover:
    """A copy that is nobody's; nobody else is offered it meanwhile.

    Attributes
    ----------
    path : Path
        A `.nnsim` file.
    note : Note
    """

    def __init__(self, path: Path, lock: QLockFile) -> None:
        self.path = path
        self._lock = lock
        self.note = _read_note(path)

    def mark_offered(self) -> None:
        """Remember that it has been offered; where that cannot be, it is offered again."""
        self.note = replace(self.note, offered=True)
        with contextlib.suppress(OSError):
            self.note.write(self.path)

    def release(self) -> None:
        """Let others have it."""
        self._lock.unlock()

    def discard(self) -> None:
        """Throw it away."""
        remove(self.path)
        self._lock.unlock()

    def move_to(self, path: Path) -> None:
        """Put it in the place of another copy."""
        os.replace(self.path, path)
        if note_of(self.path).exists():
            os.replace(note_of(self.path), note_of(path))
        self.discard()


def leftovers() -> list[Leftover]:
    """The copies that are nobody's, the newest first."""
    found = []
    sweep(autosave_dir())
    stems = {path.stem for path in autosave_dir().glob("[!.]*.*")}
    for path in (autosave_dir() / f"{stem}.nnsim" for stem in sorted(stems)):
        lock = lock_of(path)
        if not take_lock(lock):
            continue
        if path.is_file():
            found.append(Leftover(path, lock))
        else:
            remove(path)
            lock.unlock()
    return sorted(found, key=lambda leftover: -leftover.note.time)


def lock_of(path: Path) -> QLockFile:
    """The lock that says whose a copy is."""
    lock = QLockFile(str(path.with_suffix(".lock")))
    # A lock is void when its process is gone, never by its age.
    lock.setStaleLockTime(0)
    return lock


def take_lock(lock: QLockFile) -> bool:
    """Take it if it is nobody's, and leave it to its owner alone to read."""
    if not lock.tryLock(0):
        # One that says nothing, as a power cut leaves it, is nobody's: a living owner holds it open as well.
        if lock.error() != QLockFile.LockError.LockFailedError or lock.getLockInfo()[0]:
            return False
        if not (lock.removeStaleLockFile() and lock.tryLock(0)):
            return False
    with contextlib.suppress(OSError):
        os.chmod(lock.fileName(), _FILE_MODE)
    return True


def note_of(path: Path) -> Path:
    """Where the note on a copy stands."""
    return path.with_suffix(".json")


def remove(path: Path) -> None:
    """The copy and its note."""
    for file in (path, note_of(path)):
        # What cannot be removed is left for the next start, which offers it.
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


def _read_note(path: Path) -> Note:
    written = path.stat().st_mtime
    value: Any = None
    with contextlib.suppress(OSError, DocumentError, ValueError, RecursionError):
        value = json.loads(read_outside_text(note_of(path), _LARGEST_NOTE))
    if not isinstance(value, dict):
        return Note(time=written)
    source, saved = value.get("source"), value.get("time")
    return Note(
        source if isinstance(source, str) else "",
        saved if isinstance(saved, float) and 0.0 < saved <= written + 1.0 else written,
        value.get("left") is True,
        value.get("offered") is True,
    )
