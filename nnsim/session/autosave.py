"""What is open is kept aside every now and then, so that nothing is lost when the program is killed."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from nnsim.model.document import Document
from nnsim.model.files import save_file
from nnsim.model.parameters import Vector
from nnsim.model.writing import write_whole
from nnsim.paths import user_data_dir
from nnsim.session.current import Current
from nnsim.session.session import Session

EVERY = 30_000
_SOON = 300
_CHEAP = 200_000
"""Parameters up to which every edit of the network is kept at once."""
_LARGEST_NOTE = 20_000


def autosave_dir() -> Path:
    """Where copies are kept (not created here)."""
    return user_data_dir() / "autosave"


class Autosave(QObject):
    """Keeps a copy of the open document, from a thread of its own, while it differs from what is saved.

    The copy belongs to this process as long as it holds the lock file beside it. It is removed when
    the window is closed properly, so that what is found later is what was not.

    Parameters
    ----------
    session : Session
    current : Current
    source : callable
        Tells where the open document came from: the name of a scene, a file's path, or nothing.
    parent : QObject, optional

    Signals
    -------
    failed : words of the system on why a copy could not be written; once for each reason
    """

    failed = Signal(str)

    def __init__(
        self,
        session: Session,
        current: Current,
        source: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._current, self._source = session, current, source
        self._kept: tuple[Document, Vector] | None = None
        self._lock: QLockFile | None = None
        self._path = Path()
        self._writer: threading.Thread | None = None
        self._failure = self._told = ""
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self._soon = QTimer(self, interval=_SOON, singleShot=True)
        self._soon.timeout.connect(self.look)

    @property
    def path(self) -> Path:
        """The copy's file, which is there while there is something to lose."""
        return self._path

    def start(self) -> None:
        """Look after the document from now on; without a folder to write in, nothing is kept."""
        try:
            autosave_dir().mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.failed.emit(error.strerror or str(error))
            return
        self._claim()
        self.settle()
        self._session.document_changed.connect(self._follow)
        self._timer.start()

    def settle(self) -> None:
        """The document stands in its file, or has just been opened: there is nothing to lose."""
        self._join()
        self._kept = None
        self._remove()
        self._current.when_known(self._take_as_kept)

    def adopt(self, leftover: Leftover) -> None:
        """Take over another process's copy, whose document has just been opened here."""
        self.settle()
        if self._lock is not None:
            leftover.move_to(self._path)

    def look(self) -> None:
        """Write a copy if there is something new."""
        parameters, document = self._current.parameters, self._session.document
        if parameters is None or self._lock is None or self._is_writing():
            return
        self._tell()
        if self._kept is None or self._is_kept(document, parameters):
            return
        self._kept = document, parameters
        note = {"source": self._source(), "time": time.time()}
        self._writer = threading.Thread(target=self._write, args=(document, parameters, note))
        self._writer.start()

    def close(self) -> None:
        """A proper end: what should be kept has been, and the copy goes."""
        self._timer.stop()
        self._soon.stop()
        self._join()
        self._remove()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _claim(self) -> None:
        for number in range(1_000):
            path = autosave_dir() / f"{os.getpid()}-{number}.nnsim"
            lock = _lock_of(path)
            if not path.exists() and lock.tryLock(0):
                self._path, self._lock = path, lock
                return

    def _follow(self) -> None:
        """An edit of the network is kept at once where that costs nothing."""
        kept = self._kept
        parameters = self._current.parameters
        small = parameters is None or parameters.size <= _CHEAP
        if kept is not None and small and kept[0].network != self._session.document.network:
            self._current.when_known(self._soon.start)

    def _take_as_kept(self) -> None:
        parameters = self._current.parameters
        if parameters is not None and self._kept is None:
            self._kept = self._session.document, parameters

    def _is_kept(self, document: Document, parameters: Vector) -> bool:
        assert self._kept is not None
        return self._kept[0] == document and np.array_equal(self._kept[1], parameters)

    def _write(self, document: Document, parameters: Vector, note: dict[str, object]) -> None:
        try:
            save_file(self._path, document, parameters)
            write_whole(_note_of(self._path), json.dumps(note).encode())
            self._failure = ""
        except OSError as error:
            self._failure = error.strerror or str(error)

    def _is_writing(self) -> bool:
        return self._writer is not None and self._writer.is_alive()

    def _join(self) -> None:
        if self._writer is not None:
            self._writer.join()
            self._writer = None

    def _tell(self) -> None:
        """Say why the last copy failed, and try again."""
        if self._failure and self._kept is not None:
            self._kept = self._kept[0], np.empty(0)
            if self._failure != self._told:
                self._told = self._failure
                self.failed.emit(self._failure)

    def _remove(self) -> None:
        if self._lock is not None:
            _remove(self._path)


class Leftover:
    """A copy that a process left which did not end properly; nobody else is offered it meanwhile.

    Attributes
    ----------
    path : Path
        A `.nnsim` file.
    source : str
        Where the document came from; empty if unknown.
    time : float
        When it was kept, in seconds since 1970.
    """

    def __init__(self, path: Path, lock: QLockFile) -> None:
        self.path = path
        self._lock = lock
        self.source, self.time = _read_note(path)

    def discard(self) -> None:
        """Throw it away."""
        _remove(self.path)
        self._lock.unlock()

    def move_to(self, path: Path) -> None:
        """Put it in the place of another copy."""
        os.replace(self.path, path)
        if _note_of(self.path).exists():
            os.replace(_note_of(self.path), _note_of(path))
        self.discard()


def leftovers() -> list[Leftover]:
    """The copies of processes that live no more, the newest first."""
    found = []
    stems = {path.stem for path in autosave_dir().glob("[!.]*.*")}
    for path in (autosave_dir() / f"{stem}.nnsim" for stem in sorted(stems)):
        lock = _lock_of(path)
        if lock.tryLock(0):
            if path.exists():
                found.append(Leftover(path, lock))
            else:
                _remove(path)
                lock.unlock()
    return sorted(found, key=lambda leftover: -leftover.time)


def _lock_of(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(".lock")))
    # A lock is void when its process is gone, never by its age.
    lock.setStaleLockTime(0)
    return lock


def _note_of(path: Path) -> Path:
    return path.with_suffix(".json")


def _read_note(path: Path) -> tuple[str, float]:
    note, written = _note_of(path), path.stat().st_mtime
    try:
        small = note.stat().st_size <= _LARGEST_NOTE
        value = json.loads(note.read_text("utf-8")) if small else None
    except (OSError, ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        return "", written
    source, saved = value.get("source"), value.get("time")
    return (
        source if isinstance(source, str) else "",
        saved if isinstance(saved, float) and 0.0 < saved <= written + 1.0 else written,
    )


def _remove(path: Path) -> None:
    """The copy, its note, and what a write that was cut off left of either."""
    unfinished = path.parent.glob(f".{path.stem}.*")
    for file in (path, _note_of(path), *unfinished):
        try:
            file.unlink(missing_ok=True)
        except OSError:
            # Left for the next start, which offers it.
            continue
