"""Edits as undo commands: one gesture, one entry."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from nnsim.model.document import Document


class ChangeDocument(QUndoCommand):
    """Exchange the document for an edited one.

    Parameters
    ----------
    text : str
        What the entry is called in the history.
    old, new : Document
    apply : callable
        Takes a document into use.
    gesture : str
        Edits in a row with the same non-empty gesture become one entry.
    """

    _ID = 1

    def __init__(
        self, text: str, old: Document, new: Document, apply: Callable[[Document], None], gesture: str = ""
    ) -> None:
        super().__init__(text)
        self._old, self._new, self._apply, self._gesture = old, new, apply, gesture

    def id(self) -> int:
        """Commands of one kind may merge."""
        return self._ID

    def redo(self) -> None:
        """Take the new document."""
        self._apply(self._new)

    def undo(self) -> None:
        """Take the old document back."""
        self._apply(self._old)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Swallow the next edit of the same gesture."""
        if not isinstance(other, ChangeDocument) or not self._gesture or other._gesture != self._gesture:
            return False
        self._new = other._new
        self.setObsolete(self._new == self._old)
        return True
