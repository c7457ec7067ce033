"""The standard streams: all three are there, and what cannot be written ends without a traceback."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path

FAILED = 1
_READER_GONE = 128 + getattr(signal, "SIGPIPE", 13)
"""What a shell says of a program whose reader has gone, as ``head`` does."""


def open_streams() -> None:
    """Have all three streams lead somewhere, and take every letter.

    What is opened next would otherwise become the standard output that was closed.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper):
            # A terminal without → and ŷ gets its own sign for them instead of a traceback.
            stream.reconfigure(errors="replace" if name == "stdout" else "backslashreplace")


def complain(sentence: str) -> None:
    """Say on the error stream what is wrong; where it is full or gone there is nobody to tell."""
    with contextlib.suppress(OSError, ValueError):
        print(f"nnsim: {sentence}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def unless_gone() -> Iterator[None]:
    """What is printed inside is lost without a word where the standard output takes nothing any more."""
    try:
        yield
        sys.stdout.flush()
    except OSError:
        _drop_output()


def written(command: Callable[[], int]) -> int:
    """Run a command, and see to it that all it has printed arrives.

    Returns
    -------
    int
        The command's exit code; that of a lost reader, or 1 where the standard output takes no more.
    """
    try:
        try:
            return command()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return _READER_GONE
    except OSError as error:
        _drop_output()
        complain(f"standard output: {error.strerror or error}. What was printed is not complete.")
        return FAILED


def _drop_output() -> None:
    """Python tries once more when it ends, and would complain in its own words."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """An error while a file is written names that file: not nothing, and no temporary one beside it."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise
