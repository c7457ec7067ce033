"""Being told to stop in the middle of work that is worth keeping."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any, Self

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl+C, a polite end, a terminal that was closed; not every system knows all of them."""
_SIGNALLED = 128


def signals_to_end() -> Iterator[int]:
    """By which it can be told to stop, less what it was started to ignore (`nohup`)."""
    numbers = (getattr(signal, name) for name in _NAMES if hasattr(signal, name))
    return (number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN)


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
        self._before = {number: signal.signal(number, self._note) for number in signals_to_end()}
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
