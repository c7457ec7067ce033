"""Turns of the event loop that took too long, and where they were spent."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QAbstractEventDispatcher, QObject

import nnsim

_LOOK = 0.01
"""Seconds between two looks at what a long turn is doing."""
_DEEP = 6
"""Calls of nnsim's that are told, the innermost ones."""
_OURS = str(Path(nnsim.__file__).parent)


@dataclass(frozen=True, slots=True)
class Offender:
    """A turn of the loop that took too long.

    Attributes
    ----------
    seconds : float
        CPU time of the thread.
    limit : float
    doing : str
        What the user had done last.
    stack : str
        Where it was seen most often; empty where it was never seen, as inside a long call of Qt's.
    """

    seconds: float
    limit: float
    doing: str
    stack: str


class Watch(QObject):
    """Watches the thread it is made in, from one turn of the event loop to the next.

    Attributes
    ----------
    doing : str
        To be set to what the user does.
    limit : float
        CPU seconds that a turn may take.
    offenders : list of Offender
    longest : float
    """

    def __init__(self, limit: float) -> None:
        super().__init__()
        self.doing, self.limit = "", limit
        self.offenders: list[Offender] = []
        self.longest = 0.0
        self._thread = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._thread)
        self._begun = time.thread_time()
        self._turn = 0
        self._seen: Counter[str] = Counter()
        self._ended = threading.Event()
        self._looker = threading.Thread(target=self._look, name="nnsim-watch", daemon=True)
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.awake.connect(self._turn_over)
        dispatcher.aboutToBlock.connect(self._turn_over)
        self._looker.start()

    def stop(self) -> None:
        """Watch no more."""
        self._ended.set()
        self._looker.join()

    def _turn_over(self) -> None:
        now = time.thread_time()
        spent, self._begun = now - self._begun, now
        self._turn += 1
        self.longest = max(self.longest, spent)
        if spent > self.limit:
            (stack, _), *_ = self._seen.most_common(1) or [("", 0)]
            self.offenders.append(Offender(spent, self.limit, self.doing, stack))
        if self._seen:
            self._seen = Counter()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK):
            turn = self._turn
            if time.clock_gettime(self._clock) - self._begun > self.limit / 2:
                frame = sys._current_frames().get(self._thread)
                if frame is not None and turn == self._turn:
                    self._seen[_told(frame)] += 1


def _told(frame: FrameType) -> str:
    """The innermost calls of nnsim's own, and where these have led."""
    stack = traceback.extract_stack(frame)
    ours = [number for number, call in enumerate(stack) if call.filename.startswith(_OURS)]
    chosen = sorted({*ours[-_DEEP:], len(stack) - 1})
    return "".join(traceback.format_list([stack[number] for number in chosen]))
