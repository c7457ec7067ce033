"""Ending threads without waiting for ever."""

from __future__ import annotations

import threading
import time

MOST = 1.5
"""Seconds for which closing waits for all that is under way together."""
_OURS = "nnsim-"


class Patience:
    """Waits for threads, for all of them together no longer than a while.

    Parameters
    ----------
    seconds : float
    """

    def __init__(self, seconds: float = MOST) -> None:
        self._end = time.monotonic() + seconds

    def wait_for(self, thread: threading.Thread) -> bool:
        """Wait until a thread has ended, and tell whether it has."""
        thread.join(max(0.0, self._end - time.monotonic()))
        return not thread.is_alive()


def left_behind() -> bool:
    """Whether a thread of nnsim's that was not waited for still computes."""
    return any(thread.name.startswith(_OURS) for thread in threading.enumerate())
