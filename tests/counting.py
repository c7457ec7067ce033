"""Counts instead of times: what a piece of work does is the same on every machine."""

import sys
from collections.abc import Callable


def calls_of(action: Callable[[], object]) -> int:
    """How many functions, Python's and built-in ones, are called by something in this thread."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count
