"""Being told to stop in the middle of work that is worth keeping."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Any, Self

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl+C, a polite end, a terminal that was closed; not every system knows all of them."""
_SIGNALLED = 128


class Interrupted:
    """Notes that the program is told to stop, for whoever works to look at; told twice, it stops at once.

    Attributes
    ----------
    code : int
        The exit code by which a shell knows the signal; 0 as long as there was none.
    """

    def __init__(self) -> None:
        self.code = 0
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
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

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.code:
            raise KeyboardInterrupt
        self.code = _SIGNALLED + number
