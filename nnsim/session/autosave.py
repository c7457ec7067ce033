"""What is open is kept aside every now and then, so that nothing is lost when the program is killed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from nnsim.model.change import Change
from nnsim.model.document import Document
from nnsim.model.errors import DocumentError
from nnsim.model.files import save_file
from nnsim.model.parameters import Layout, Vector
from nnsim.session.current import Current
from nnsim.session.error_words import error_words
from nnsim.session.leftovers import Leftover, Note, lock_of, make_autosave_dir, remove, take_lock
from nnsim.session.patience import Patience
from nnsim.session.session import Session

EVERY = 30_000
_SOON = 300
_LOOK_AT_WRITER = 500
_CHEAP = 200_000
"""Parameters up to which every edit of the network is kept at once."""
_PATIENCE = 1.0
"""Seconds to wait for the newest parameters when the program is about to end."""
_MOST_COPIES = 1_000


class Autosave(QObject):
    """Keeps a copy of the open document, from a thread of its own, while it differs from what is saved.

    The copy belongs to this process as long as it holds the lock file beside it. It is removed when
    the window is closed properly, so that what is found later is what was not. Where no copy can be
    written, that is tried again and again.

    Parameters
    ----------
    session : Session
    current : Current
    source : callable
        Tells where the open document came from: the name of a scene, a file's path, or nothing.
    parent : QObject, optional

    Signals
    -------
    obstacle_changed : words of the system on why no copy can be kept; nothing once it can be again
    """

    obstacle_changed = Signal(str)

    def __init__(
        self,
        session: Session,
        current: Current,
        source: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._current, self._source = session, current, source
        self._is_on = self._is_copied = False
        self._kept: tuple[Document, Vector] | None = None
        self._lock: QLockFile | None = None
        self._path = Path()
        self._writer: threading.Thread | None = None
        self._outcome: str | None = None
        self._obstacle = ""
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self._soon = QTimer(self, interval=_SOON, singleShot=True)
        self._soon.timeout.connect(self.look)
        self._look_at_writer = QTimer(self, interval=_LOOK_AT_WRITER)
        self._look_at_writer.timeout.connect(self._take_outcome)

    @property
    def path(self) -> Path:
        """The copy's file, which is there while there is something to lose."""
        return self._path

    @property
    def obstacle(self) -> str:
        """Why no copy can be kept; nothing where one can."""
        return self._obstacle

    def start(self) -> None:
        """Look after the document from now on."""
        self._is_on = True
        self._claim()
        self.settle()
        self._session.document_changed.connect(self._follow)
        self._timer.start()

    def take_over(self, other: Autosave) -> None:
        """Look after the document from now on in the place of another, which is closed next."""
        self.start()
        self._kept = other._kept
        self.keep_now()

    def settle(self) -> None:
        """The document stands in its file, or has just been opened: there is nothing to lose."""
        self._join()
        self._kept, self._is_copied = None, False
        self._remove()
        self._current.when_known(self._take_as_kept)

    def adopt(self, leftover: Leftover) -> None:
        """Take over a copy that is nobody's, whose document has just been opened here."""
        self.settle()
        if self._lock is not None:
            leftover.move_to(self._path)

    def look(self) -> None:
        """Write a copy if there is something new."""
        if not self._is_on or self._is_writing():
            return
        self._take_outcome()
        parameters, document = self._current.parameters, self._session.document
        if not self._claim() or parameters is None:
            return
        if self._kept is None or (self._is_kept(document, parameters) and not self._is_lost()):
            return
        self._begin(document, parameters, self._note())
        self._look_at_writer.start()

    def keep_now(self, left: bool = False, patience: Patience | None = None) -> bool:
        """Have a copy of training up to this moment before this returns.

        Parameters
        ----------
        left : bool
            As in :class:`nnsim.session.leftovers.Note`.
        patience : Patience, optional
            For a disk that does not answer.

        Returns
        -------
        bool
            False where something is lost if the program ends now.
        """
        patience = patience or Patience()
        if not self._join(patience):
            return False
        if not self._is_on or self._kept is None:
            return True
        document, parameters = self._session.document, self._newest()
        if parameters is None:
            return False
        if self._is_kept(document, parameters) and not self._path.is_file() and not self._is_lost():
            return True
        if not self._claim():
            return False
        self._begin(document, parameters, self._note(left))
        return self._join(patience) and not self._obstacle

    def put_aside(self) -> Leftover | None:
        """What has been kept is nobody's from now on; None where there is nothing."""
        if self._lock is None or not self._path.is_file():
            return None
        leftover, self._lock = Leftover(self._path, self._lock), None
        self._claim()
        return leftover

    def close(self, leave: bool = False, patience: Patience | None = None) -> None:
        """The end: the copy goes, for what should be kept has been; or it is left for the next start.

        So it is where a disk does not answer: what still writes is not waited for.
        """
        self._is_on = False
        for timer in (self._timer, self._soon, self._look_at_writer):
            timer.stop()
        if self._join(patience or Patience()) and not leave:
            self._remove()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _claim(self) -> bool:
        """Have a place for a copy; whether there is one."""
        if self._lock is not None and Path(self._lock.fileName()).is_file():
            return True
        # Somebody may have cleared the folder away.
        self._lock = None
        try:
            folder = make_autosave_dir()
            for number in range(_MOST_COPIES):
                path = folder / f"{os.getpid()}-{number}.nnsim"
                lock = lock_of(path)
                if not path.exists() and take_lock(lock):
                    self._path, self._lock = path, lock
                    self._set_obstacle("")
                    return True
                if lock.error() not in (lock.LockError.NoError, lock.LockError.LockFailedError):
                    raise OSError(self.tr("nothing can be written to {folder}").format(folder=folder))
        except OSError as error:
            self._set_obstacle(error_words(error))
        return False

    def _newest(self) -> Vector | None:
        size = Layout(self._session.document.network).size
        for parameters in (self._session.newest_parameters(_PATIENCE), self._current.parameters):
            if parameters is not None and parameters.size == size and np.isfinite(parameters).all():
                return parameters
        return None

    def _note(self, left: bool = False) -> Note:
        return Note(self._source(), time.time(), left)

    def _follow(self, change: Change) -> None:
        """An edit of the network is kept at once where that costs nothing."""
        kept = self._kept
        parameters = self._current.parameters
        small = parameters is None or parameters.size <= _CHEAP
        if kept is not None and small and change.of_network:
            self._current.when_known(self._soon.start)

    def _take_as_kept(self) -> None:
        parameters = self._current.parameters
        if parameters is not None and self._kept is None:
            self._kept = self._session.document, parameters

    def _is_kept(self, document: Document, parameters: Vector) -> bool:
        assert self._kept is not None
        # A file holds float32, whatever the engine computes in.
        known, new = (np.asarray(vector, np.float32) for vector in (self._kept[1], parameters))
        return self._kept[0] == document and np.array_equal(known, new)

    def _is_lost(self) -> bool:
        """Whether there was a copy and somebody has cleared it away."""
        return self._is_copied and not self._path.is_file()

    def _write(self, document: Document, parameters: Vector, note: Note) -> None:
        try:
            save_file(self._path, document, parameters, private=True)
            note.write(self._path)
            self._outcome = ""
        except (DocumentError, OSError) as error:
            self._outcome = error_words(error)

    def _is_writing(self) -> bool:
        return self._writer is not None and self._writer.is_alive()

    def _join(self, patience: Patience | None = None) -> bool:
        """Wait for what is being written, and tell whether it has been."""
        if self._writer is not None:
            if patience is None:
                self._writer.join()
            elif not patience.wait_for(self._writer):
                return False
            self._writer = None
        self._take_outcome()
        return True

    def _begin(self, document: Document, parameters: Vector, note: Note) -> None:
        self._kept, self._is_copied = (document, parameters), True
        self._writer = threading.Thread(
            target=self._write, args=(document, parameters, note), name="nnsim-autosave", daemon=True
        )
        self._writer.start()

    def _take_outcome(self) -> None:
        """See what came of the last copy; one that failed is tried again."""
        if self._is_writing():
            return
        self._look_at_writer.stop()
        outcome, self._outcome = self._outcome, None
        if outcome is None:
            return
        if outcome and self._kept is not None:
            self._kept = self._kept[0], np.empty(0)
        self._set_obstacle(outcome)

    def _set_obstacle(self, words: str) -> None:
        if words != self._obstacle:
            self._obstacle = words
            self.obstacle_changed.emit(words)

    def _remove(self) -> None:
        if self._lock is not None:
            remove(self._path)
