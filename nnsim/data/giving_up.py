"""Data that nobody waits for any more is given up while it is being made."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_here = threading.local()


class GivenUpError(Exception):
    """What was being made is not wanted any more."""


@contextmanager
def while_wanted(wanted: Callable[[], bool]) -> Iterator[None]:
    """What is made inside, in this thread, asks now and then whether it is still wanted.

    Raises
    ------
    GivenUpError
        Once it is not.
    """
    _here.wanted = wanted
    try:
        yield
    finally:
        del _here.wanted


def go_on() -> None:
    """To be called between two pieces of work that takes long."""
    wanted = getattr(_here, "wanted", None)
    if wanted is not None and not wanted():
        raise GivenUpError
