"""Reading pictures beside the window: a folder of photos takes a while."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from nnsim.session.failures import pictures_failed
from nnsim.session.patience import Patience
from nnsim.session.pictures import (
    Picture,
    PictureFolder,
    label_of,
    read_folder,
    read_picture,
    read_pictures,
)

_POLL = 100
Read = Callable[[Callable[[], bool]], PictureFolder]
"""Reads for as long as what it is given says yes."""


class PictureReading(QObject):
    """Reads in a short-lived thread; every method is called from the GUI thread. What is asked last counts.

    Signals
    -------
    progressed : how many pictures have been read so far; a few times a second
    finished : what was read, a `PictureFolder`
    failed : why nothing was, in words for people
    """

    progressed = Signal(int)
    finished = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: _Job | None = None
        self._next: Read | None = None
        self._timer = QTimer(self, interval=_POLL)
        self._timer.timeout.connect(self._poll)

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return self._job is not None

    def read_files(self, files: Sequence[Path]) -> None:
        """Read some pictures; with one alone, it fails where that cannot be read."""
        if len(files) == 1:
            self._begin(lambda _: _alone(files[0]))
        else:
            self._begin(lambda goes_on: read_pictures(files, goes_on))

    def read_folder(self, path: Path) -> None:
        """Read the pictures in a folder."""
        self._begin(lambda goes_on: read_folder(path, goes_on))

    def stop(self, patience: Patience) -> None:
        """Leave off, and wait with patience for the thread: as long as one picture takes."""
        self._next = None
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            patience.wait_for(self._job.thread)
            self._job = None

    def _begin(self, read: Read) -> None:
        if self._job is not None:
            self._job.cancel()
            self._next = read
            return
        self._job = _Job(read)
        self._timer.start()

    def _poll(self) -> None:
        job = self._job
        if job is None:
            return
        if job.thread.is_alive():
            self.progressed.emit(job.read)
            return
        job.thread.join()
        self._job = None
        self._timer.stop()
        following, self._next = self._next, None
        if following is not None:
            self._begin(following)
        elif job.result is None:
            self.failed.emit(job.failure)
        else:
            self.finished.emit(job.result)


class _Job:
    """One thread, and what comes of it once it has ended."""

    def __init__(self, read: Read) -> None:
        self._reader = read
        self._cancelled = threading.Event()
        self._asked = 0
        self.result: PictureFolder | None = None
        self.failure = ""
        self.thread = threading.Thread(target=self._run, name="nnsim-pictures", daemon=True)
        self.thread.start()

    def cancel(self) -> None:
        """Read no further picture."""
        self._cancelled.set()

    @property
    def read(self) -> int:
        """Files done with."""
        return max(0, self._asked - 1)

    def _goes_on(self) -> bool:
        self._asked += 1
        return not self._cancelled.is_set()

    def _run(self) -> None:
        try:
            self.result = self._reader(self._goes_on)
        except Exception as error:
            self.failure = pictures_failed(error)


def _alone(path: Path) -> PictureFolder:
    """One picture; what is wrong with it is told rather than counted."""
    return PictureFolder((Picture(read_picture(path), label_of(path), path.name),))
