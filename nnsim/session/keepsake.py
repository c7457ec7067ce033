"""A moment of training, kept so that one can go back to it."""

from __future__ import annotations

import threading

from nnsim.engine.engine import RunState


class Keepsake:
    """A state that the worker fills in when its turn comes, or one that is known.

    Parameters
    ----------
    state : RunState, optional

    Attributes
    ----------
    state : RunState or None
        None until then.
    """

    __slots__ = ("_filled", "state")

    def __init__(self, state: RunState | None = None) -> None:
        self.state = state
        self._filled = threading.Event()

    def fill(self, state: RunState) -> None:
        """Take a state; called in the worker's thread."""
        self.state = state
        self._filled.set()

    @property
    def is_filled(self) -> bool:
        """Whether the worker has filled it in."""
        return self._filled.is_set()

    def wait(self, seconds: float) -> RunState | None:
        """The state, waiting for it no longer than that."""
        self._filled.wait(seconds)
        return self.state
