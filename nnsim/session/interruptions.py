"""Signals of the system that ask the program to end, heard while Qt's loop runs."""

from __future__ import annotations

import contextlib
import signal
import socket
from types import FrameType, TracebackType
from typing import Any, Self

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl+C, a polite end, a terminal that was closed; not every system knows all of them."""


class Interruptions(QObject):
    """Tells of the first such signal while it is entered; a second one ends the program at once.

    Python handles signals between its own instructions, of which Qt's loop has none: so the signal's
    number is also written to a socket that the loop watches.

    Signals
    -------
    came : number of the signal
    """

    came = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: dict[int, Any] = {}
        self._fd_before = -1
        self._ends: tuple[socket.socket, ...] = ()
        self._notifier: QSocketNotifier | None = None

    def __enter__(self) -> Self:
        self._ends = socket.socketpair()
        for end in self._ends:
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ends[0].fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._fd_before = signal.set_wakeup_fd(self._ends[1].fileno(), warn_on_full_buffer=False)
        for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
            # What the program was started to ignore (`nohup`) it goes on ignoring.
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}
        signal.set_wakeup_fd(self._fd_before)
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        for end in self._ends:
            end.close()

    @staticmethod
    def _note(number: int, frame: FrameType | None) -> None:
        """Only with a handler of Python's is the socket written to."""

    def _read(self) -> None:
        numbers = b""
        with contextlib.suppress(OSError):
            numbers = self._ends[0].recv(64)
        asked = [number for number in numbers if number in self._before]
        if asked:
            for number in self._before:
                signal.signal(number, signal.SIG_DFL)
            self.came.emit(asked[0])
