"""What nobody else has caught: reported once for each place it comes from, and the program goes on."""

from __future__ import annotations

import os
import platform
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import PySide6
from PySide6.QtCore import QObject, Signal

from nnsim import __version__
from nnsim.session.leftovers import autosave_dir

MOST_REPORTS = 20
"""Different faults that one run tells of, and reports that are kept on the disk."""
_LONGEST_FAULT = 200
_PASSED_ON = re.compile(r"Error calling Python override of \S+: ")
"""What PySide writes before an exception for each of Qt's calls that it passes through."""
_DEEPEST = 60
"""Calls of a report, those nearest to the fault."""


def reports_dir() -> Path:
    """Where reports are kept, beside the copies for emergencies (not created here)."""
    return autosave_dir() / "reports"


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a fault.

    Attributes
    ----------
    fault : str
        The exception on one line.
    text : str
        All of it, for those who mend it; the user's folder is not named.
    path : Path or None
        Where it is kept; None if it could not be written.
    """

    fault: str
    text: str
    path: Path | None


class Mishaps(QObject):
    """Hears of every exception that was not caught, whatever thread it was in, while it is entered.

    Interrupts and exits go their usual way. The same fault from the same place is reported once,
    however often it comes.

    Attributes
    ----------
    count : int
        All that were heard of, those told before included.

    Signals
    -------
    reported : Report
        In the thread of the fault, perhaps while something is painted: connect it queued.
    """

    reported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self._told: set[tuple[object, ...]] = set()
        self._lock = threading.Lock()
        self._before: tuple[Callable[..., Any], ...] = ()

    def __enter__(self) -> Self:
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._take
        threading.excepthook = self._take_of_thread
        sys.unraisablehook = self._take_unraisable
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def _take(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hear(kind, error, trace, lambda: self._before[0](kind, error, trace))

    def _take_of_thread(self, args: threading.ExceptHookArgs) -> None:
        self._hear(args.exc_type, args.exc_value, args.exc_traceback, lambda: self._before[1](args))

    def _take_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        self._hear(args.exc_type, args.exc_value, args.exc_traceback, lambda: self._before[2](args))

    def _hear(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
        print_it: Callable[[], object],
    ) -> None:
        if not issubclass(kind, Exception):
            print_it()
            return
        if self._is_new(kind, trace):
            print_it()
            report = _report(kind, error, trace)
            self.reported.emit(report)

    def _is_new(self, kind: type[BaseException], trace: TracebackType | None) -> bool:
        place = tuple((frame.f_code, line) for frame, line in traceback.walk_tb(trace))[-_DEEPEST:]
        with self._lock:
            self.count += 1
            if (kind, place) in self._told or len(self._told) >= MOST_REPORTS:
                return False
            self._told.add((kind, place))
            return True


def _report(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> Report:
    told = traceback.TracebackException(kind, error or kind(), trace, limit=-_DEEPEST)
    fault = _PASSED_ON.sub("", " ".join("".join(told.format_exception_only()).split()))
    lines = [
        f"nnsim {__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}",
        f"{platform.platform()}, {platform.machine()}",
        f"{time.strftime('%Y-%m-%d %H:%M:%S')}, thread {threading.current_thread().name}",
        "",
        "".join(told.format()),
    ]
    text = "\n".join(lines).replace(str(Path.home()), "~")
    return Report(fault[:_LONGEST_FAULT], text, _keep(text))


def _keep(text: str) -> Path | None:
    """Write a report, and let the oldest go."""
    folder = reports_dir()
    path = folder / f"{time.strftime('%Y-%m-%d-%H%M%S')}-{os.getpid()}-{time.monotonic_ns() % 10**6}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in sorted(folder.glob("*.txt"))[: -MOST_REPORTS + 1]:
            old.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except (OSError, UnicodeError):
        return None
    return path
