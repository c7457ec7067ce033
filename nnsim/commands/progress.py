"""A progress bar on a terminal's error stream; elsewhere silent."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self, TextIO

_WIDTH = 30
_SECONDS_BETWEEN = 0.1


class Progress:
    """Shows how much of a known amount is done; a context manager that clears its line at the end.

    Parameters
    ----------
    total : int
    stream : text stream
        Nothing is written unless it is a terminal.
    """

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._total = total
        self._stream = sys.stderr if stream is None else stream
        self._shown = self._stream.isatty()
        self._next = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._write("\r\x1b[K")

    def show(self, done: int, text: str) -> None:
        """Draw the bar, at most ten times a second."""
        if not self._shown or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _SECONDS_BETWEEN
        full = _WIDTH * done // self._total
        bar = "━" * full + "─" * (_WIDTH - full)
        self._write(f"\r\x1b[K{bar} {100 * done // self._total:3d} %  {text}")

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            # The terminal was closed: the work goes on, or ends in its own way.
            self._shown = False
