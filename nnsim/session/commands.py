"""What can be undone: edits, and runs of training. One gesture, one entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand

from nnsim.session.keepsake import Keepsake

Go = Callable[[Keepsake, Keepsake | None], None]
"""Goes one way: fills the first with the state it leaves, and ends in the state of the second, if given."""


class Change(QUndoCommand):
    """An edit: there and back, each end with all that had been learned at it.

    Parameters
    ----------
    text : str
        What the entry is called in the history.
    forth, back : callable
    ends : (object, object)
        What was exchanged for what; an entry whose ends have become the same is dropped.
    gesture : str
        Edits in a row with the same non-empty gesture become one entry.
    """

    _ID = 1

    def __init__(self, text: str, forth: Go, back: Go, ends: tuple[Any, Any], gesture: str = "") -> None:
        super().__init__(text)
        self._forth, self._back, self._ends, self._gesture = forth, back, ends, gesture
        self._before: Keepsake | None = None
        self._after: Keepsake | None = None

    def id(self) -> int:
        """Edits may merge."""
        return self._ID

    def redo(self) -> None:
        """Make the edit; a second time, with what had been learned when it was undone."""
        self._before = Keepsake()
        self._forth(self._before, self._after)

    def undo(self) -> None:
        """Take the edit back, bit for bit."""
        self._after = Keepsake()
        self._back(self._after, self._before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Swallow the next edit of the same gesture."""
        if not isinstance(other, Change) or not self._gesture or other._gesture != self._gesture:
            return False
        self._forth = other._forth
        self._ends = self._ends[0], other._ends[1]
        self.setObsolete(self._ends[0] == self._ends[1])
        return True


class TrainRun(QUndoCommand):
    """Training that has been done.

    Parameters
    ----------
    text : str
    before, after : Keepsake
    go_to : callable
        Takes training to a kept moment.
    """

    def __init__(
        self, text: str, before: Keepsake, after: Keepsake, go_to: Callable[[Keepsake], None]
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._go_to = before, after, go_to
        self._is_done = True

    def redo(self) -> None:
        """Training made again is the same training: what came of it is taken up."""
        if not self._is_done:
            self._go_to(self._after)
        self._is_done = False

    def undo(self) -> None:
        """Back to where it began."""
        self._go_to(self._before)
