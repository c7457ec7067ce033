"""How a few parameters have moved lately: a ring of their values, one entry a snapshot."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from nnsim.engine.snapshot import Snapshot
from nnsim.model.change import Change, Part
from nnsim.session.session import Session

POINTS = 300
"""Entries kept; older ones make room."""
WHOLE = 4_000
"""Parameters up to which all of them are kept, so that whatever is selected has a past already."""

Numbers = NDArray[np.integer[Any]]
Values = NDArray[np.floating[Any]]


class Sparks(QObject):
    """Watches a session's parameters.

    Parameters
    ----------
    session : Session
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._followed: Numbers = np.zeros(0, np.int64)
        self._steps = np.zeros(POINTS, np.int64)
        self._rows: Values = np.zeros((POINTS, 0))
        self._first = self._count = 0
        session.snapshot_changed.connect(self.record)
        session.stepped.connect(self._record_step)
        session.document_changed.connect(self._follow_document)
        if session.snapshot is not None:
            self.record(session.snapshot)

    def follow(self, places: Numbers) -> None:
        """Keep these parameters, by their places in the flat vector; of several, their mean size."""
        if np.array_equal(places, self._followed):
            return
        self._followed = places
        if not self._keeps_all:
            self._clear(1)
            if self._session.snapshot is not None:
                self.record(self._session.snapshot)

    def series(self) -> tuple[NDArray[np.int64], Values]:
        """What is followed, oldest first.

        Returns
        -------
        steps : array of int, shape (n,)
            After how many updates.
        values : array of float, shape (n,)
            Of one parameter its value, of several their mean |w|.
        """
        order = (self._first + np.arange(self._count)) % POINTS
        rows = self._rows[order]
        if self._keeps_all:
            # Right after an edit the rows may still be those of the network before it.
            there = len(self._followed) and self._followed.max() < rows.shape[1]
            rows = _summed_up(rows[:, self._followed]) if there else rows[:, :0]
        return self._steps[order], rows[:, 0] if rows.shape[1] else np.zeros(0)

    def record(self, snapshot: Snapshot) -> None:
        """Add the present values; a moment that training has gone back behind is forgotten."""
        vector = snapshot.parameters
        if not self._keeps_all and (not len(self._followed) or self._followed.max() >= len(vector)):
            return
        row = vector if self._keeps_all else _summed_up(vector[None, self._followed])[0]
        if row.shape != self._rows.shape[1:]:
            self._clear(len(row))
        while self._count and self._steps[self._place(self._count - 1)] >= snapshot.step:
            self._count -= 1
        if self._count == POINTS:
            self._first = self._place(1)
            self._count -= 1
        place = self._place(self._count)
        self._steps[place], self._rows[place] = snapshot.step, row
        self._count += 1

    def _record_step(self, snapshot: Snapshot, _seconds: float) -> None:
        self.record(snapshot)

    def _follow_document(self, change: Change) -> None:
        """Places in another network are other parameters."""
        if change.touches(Part.LAYERS, Part.CONNECTIONS):
            self._clear(self._rows.shape[1])

    @property
    def _keeps_all(self) -> bool:
        snapshot = self._session.snapshot
        return snapshot is not None and len(snapshot.parameters) <= WHOLE

    def _place(self, entry: int) -> int:
        return (self._first + entry) % POINTS

    def _clear(self, width: int) -> None:
        self._first = self._count = 0
        if width != self._rows.shape[1]:
            self._rows = np.zeros((POINTS, width))


def _summed_up(rows: Values) -> Values:
    """One column: the only one there is, or the mean size of several."""
    with np.errstate(over="ignore"):
        return rows if rows.shape[1] == 1 else np.abs(rows).mean(axis=1, keepdims=True)
