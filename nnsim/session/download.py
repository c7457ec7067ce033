"""Fetching MNIST from its public mirrors: resumed where it stopped, believed only when proven."""

from __future__ import annotations

import errno
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, QUrl, Signal
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from nnsim import __version__
from nnsim.session import download_words as words
from nnsim.session.part_file import PartFile, RemoteFile, TooLargeError, Verdict

PATIENCE = 20_000
"""Milliseconds without a byte after which a mirror is given up."""
LONGEST_CRAWL = 60.0
"""Seconds in which a mirror has to send something worth mentioning, or is given up."""
_WORTH_MENTIONING = 16_384
"""Bytes: with fewer in a minute, MNIST would take half a day."""
_LOOK = 1_000
MOST_ATTEMPTS = 5
"""Connections to one mirror for one file; each goes on where the last was cut."""
MOST_REDIRECTS = 5
_PAUSE = 400
_SLICE = 0.008
_RESERVE = 1 << 20
_LOCK = "download.lock"
_OK, _PARTIAL, _PAST_THE_END = 200, 206, 416


class _OtherRangeError(ValueError):
    """A server sends another part of the file than was asked for."""


class Download(QObject):
    """Fetches files into a folder, one after another, in the thread it lives in.

    What has arrived stays in ``*.part`` files when it is cancelled or fails, and the next start goes on
    from there. The files get their names together, when every one of them is proven right.

    Parameters
    ----------
    folder : Path
        Where to; made if it is not there.
    files : sequence of RemoteFile
    mirrors : sequence of str
        Addresses that a file's name is appended to, tried in this order.
    patience, pause : int
        Milliseconds without a byte until a mirror is given up, and between two attempts.
    clock : callable
        Seconds, for how fast a mirror sends.

    Signals
    -------
    progressed : bytes that have arrived, and all that there are
    finished : the folder
    failed : a sentence for the user
    cancelled
    """

    progressed = Signal(int, int)
    finished = Signal(Path)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(
        self,
        folder: Path,
        files: Sequence[RemoteFile],
        mirrors: Sequence[str],
        *,
        patience: int = PATIENCE,
        pause: int = _PAUSE,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self._files, self._mirrors = tuple(files), tuple(mirrors)
        self._patience, self._pause, self._clock = patience, pause, clock
        self._network = QNetworkAccessManager(self)
        self._network.setRedirectPolicy(QNetworkRequest.RedirectPolicy.NoLessSafeRedirectPolicy)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._go_on)
        # Bytes that trickle keep Qt's own timeout away for ever.
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self._watch)
        self._seen = 0, 0.0
        self._lock: QLockFile | None = None
        self._parts: list[PartFile] = []
        self._reply: QNetworkReply | None = None
        self._verdicts: Iterator[Verdict | None] | None = None
        self._index = self._mirror = self._attempts = self._asked_from = 0
        self._begun = False
        self._reasons: dict[str, str] = {}

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._lock is not None

    @property
    def total(self) -> int:
        """Bytes of all the files together."""
        return sum(file.size for file in self._files)

    def start(self) -> None:
        """Begin, or go on where it stopped."""
        if self.running:
            return
        try:
            self._prepare()
        except OSError as error:
            self._fail(words.writing_failed(error, self.folder, self.total))

    def cancel(self) -> None:
        """Stop; what has arrived stays for the next time."""
        if self.running:
            self._stop()
            self.cancelled.emit()

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = QLockFile(str(self.folder / _LOCK))
        if not lock.tryLock(0):
            if lock.error() != QLockFile.LockError.LockFailedError:
                raise PermissionError(errno.EACCES, "Permission denied")
            self.failed.emit(words.fetched_elsewhere())
            return
        self._lock = lock
        self._parts = [PartFile(self.folder, file) for file in self._files]
        missing = sum(max(0, part.wanted.size - part.size) for part in self._parts)
        if missing and shutil.disk_usage(self.folder).free < missing + _RESERVE:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._index = self._mirror = self._attempts = 0
        self._reasons = {}
        self._tell()
        self._turn.start(0)

    def _stop(self) -> None:
        self._turn.stop()
        self._verdicts = None
        self._drop_reply()
        for part in self._parts:
            part.close()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _drop_reply(self) -> None:
        self._look.stop()
        reply, self._reply = self._reply, None
        if reply is not None:
            reply.abort()
            reply.deleteLater()

    def _fail(self, sentence: str) -> None:
        self._stop()
        self.failed.emit(sentence)

    def _tell(self) -> None:
        sizes = [min(part.size, part.wanted.size) for part in self._parts[self._index :]]
        self.progressed.emit(sum(file.size for file in self._files[: self._index]) + sum(sizes), self.total)

    def _go_on(self) -> None:
        """Do the next thing: check what is there, or ask for more."""
        try:
            if self._verdicts is not None:
                self._check(self._verdicts)
            elif self._index == len(self._parts):
                self._settle()
            elif self._part.is_as_published:
                self._next_file()
            else:
                self._ask()
        except OSError as error:
            self._fail(words.writing_failed(error, self.folder, self.total))

    @property
    def _part(self) -> PartFile:
        return self._parts[self._index]

    def _next_file(self) -> None:
        # The mirror that gave this file is asked first for the next.
        self._index, self._attempts, self._reasons = self._index + 1, 0, {}
        self._tell()
        self._turn.start(0)

    def _settle(self) -> None:
        for part in self._parts:
            part.settle()
        self._stop()
        self.finished.emit(self.folder)

    def _ask(self) -> None:
        part = self._part
        request = QNetworkRequest(QUrl(self._mirrors[self._mirror] + part.wanted.name))
        request.setTransferTimeout(self._patience)
        request.setMaximumRedirectsAllowed(MOST_REDIRECTS)
        request.setHeader(QNetworkRequest.KnownHeaders.UserAgentHeader, f"nnsim/{__version__}")
        # Said explicitly, else Qt unpacks what a server calls packed for the journey.
        request.setRawHeader(b"Accept-Encoding", b"identity")
        if part.size:
            request.setRawHeader(b"Range", b"bytes=%d-" % part.size)
        self._asked_from, self._begun = part.size, False
        self._attempts += 1
        self._reply = self._network.get(request)
        self._reply.readyRead.connect(self._take)
        self._reply.finished.connect(self._end)
        self._seen = part.size, self._clock()
        self._look.start()

    def _watch(self) -> None:
        """Give a mirror up that only crawls."""
        size, since = self._seen
        if self._clock() - since < LONGEST_CRAWL:
            return
        if self._part.size - size < _WORTH_MENTIONING:
            self._give_up_mirror(self.tr("it sends next to nothing"))
        else:
            self._seen = self._part.size, self._clock()

    def _take(self) -> None:
        """Write what has arrived."""
        reply = self._reply
        # One that has timed out is closed already.
        if reply is None or not reply.isOpen() or _status(reply) not in (_OK, _PARTIAL):
            return
        try:
            if not self._begun:
                self._begin(reply)
            self._part.append(bytes(reply.readAll().data()))
        except (TooLargeError, _OtherRangeError):
            self._give_up_mirror(self.tr("it sends something other than MNIST"), keep=False)
        except OSError as error:
            self._fail(words.writing_failed(error, self.folder, self.total))
        else:
            self._tell()

    def _begin(self, reply: QNetworkReply) -> None:
        """Make sure that what comes continues what is there."""
        self._begun = True
        if _status(reply) == _PARTIAL:
            if not reply.rawHeader("Content-Range").startsWith(b"bytes %d-" % self._asked_from):
                raise _OtherRangeError
        elif self._asked_from:
            # A server that knows no ranges sends all of it again.
            self._part.restart()
            self._asked_from = 0

    def _end(self) -> None:
        self._take()
        reply = self._reply
        if reply is None:
            return
        status, error, text = _status(reply), reply.error(), reply.errorString()
        self._drop_reply()
        arrived = self._part.size > self._asked_from
        whole = error == QNetworkReply.NetworkError.NoError and status in (_OK, _PARTIAL)
        if whole or (status == _PAST_THE_END and self._asked_from):
            self._verdicts = self._part.verdicts()
            self._turn.start(0)
        elif arrived and self._attempts < MOST_ATTEMPTS:
            self._turn.start(self._pause)
        else:
            self._give_up_mirror(words.reason_of(error, text))

    def _check(self, verdicts: Iterator[Verdict | None]) -> None:
        """Go on checking the part for a moment; the window must not notice."""
        deadline = time.perf_counter() + _SLICE
        verdict = next(verdicts)
        while verdict is None and time.perf_counter() < deadline:
            verdict = next(verdicts)
        if verdict is None:
            self._turn.start(0)
            return
        self._verdicts = None
        again = self._attempts < MOST_ATTEMPTS
        if verdict is Verdict.RIGHT:
            self._next_file()
        elif verdict is Verdict.CUT_SHORT and again and self._part.size > self._asked_from:
            self._turn.start(self._pause)
        elif self._asked_from and again:
            # Its beginning came from elsewhere or another time; the whole may still be right.
            self._part.restart()
            self._turn.start(self._pause)
        else:
            self._give_up_mirror(self.tr("it sends something other than MNIST"), keep=False)

    def _give_up_mirror(self, reason: str, *, keep: bool = True) -> None:
        """Turn to the next mirror, or fail where all have been tried for this file."""
        self._drop_reply()
        if not keep:
            self._part.restart()
        self._reasons[self._mirrors[self._mirror]] = reason
        if len(self._reasons) == len(self._mirrors):
            by_host = {QUrl(mirror).authority(): why for mirror, why in self._reasons.items()}
            self._fail(words.fetching_failed(by_host, self.folder))
            return
        self._mirror, self._attempts = (self._mirror + 1) % len(self._mirrors), 0
        self._turn.start(0)


def _status(reply: QNetworkReply) -> int:
    return int(reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute) or 0)
