"""The parameters that belong to the open document, as soon as they are known."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from nnsim.model.change import Change
from nnsim.model.parameters import Vector
from nnsim.session.session import Session


class Current(QObject):
    """Tells the open document's parameters from those of the document before an edit.

    Parameters
    ----------
    session : Session
    parent : QObject, optional
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._known = session.snapshot is not None
        self._waiting: list[Callable[[], object]] = []
        session.document_changed.connect(self._follow)
        session.snapshot_changed.connect(self._take)
        session.stepped.connect(self._take)

    @property
    def parameters(self) -> Vector | None:
        """The newest ones, shape (P,); None while they are being computed."""
        snapshot = self._session.snapshot
        return snapshot.parameters if self._known and snapshot is not None else None

    def expect(self) -> None:
        """Others have been ordered: those of now do not count any more."""
        self._known = False

    def when_known(self, call: Callable[[], object]) -> None:
        """Call as soon as they are known: now, if they are."""
        if self.parameters is None:
            self._waiting.append(call)
        else:
            call()

    def _follow(self, change: Change) -> None:
        # Where the document computes as it did, its parameters stay what they are.
        if change.of_computation or self._session.snapshot is None:
            self.expect()

    def _take(self) -> None:
        self._known = True
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()
