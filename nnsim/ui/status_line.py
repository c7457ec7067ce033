"""The line at the bottom: the keys for what is selected, which engine computes, and how fast."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from nnsim.session.lesson_host import LessonHost
from nnsim.session.session import Session
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.key_hints import in_room, key_hints
from nnsim.ui.numbers import count

_BETWEEN = 14
"""Pixels beside each part of the line."""


class StatusLine(QStatusBar):
    """Keys, pace and engine.

    Parameters
    ----------
    session : Session
    canvas : GraphCanvas
        Where something is selected.
    lessons : LessonHost
    parent : QWidget, optional
    """

    def __init__(
        self, session: Session, canvas: GraphCanvas, lessons: LessonHost, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._canvas, self._lessons = session, canvas, lessons
        self._keys: tuple[str, ...] = ()
        self.setSizeGripEnabled(False)
        self._pace, self._engine = QLabel(), QLabel()
        self._engine.setToolTip(
            self.tr("Compiled: float32, as fast as the machine can. Reference: plain NumPy in float64.")
        )
        self._pace.setToolTip(self.tr("Training samples per second over the last second"))
        self.addPermanentWidget(self._pace)
        self.addPermanentWidget(self._engine)
        session.readout_changed.connect(self.refresh)
        session.engine_changed.connect(self.refresh)
        session.settled.connect(self._say_settled)
        # Other samples may be answered wrongly.
        session.document_changed.connect(self._take_back_settled)
        canvas.selected.connect(self._say_keys)
        lessons.changed.connect(self._say_keys)
        self.refresh()

    def refresh(self) -> None:
        """Show what is true now."""
        session = self._session
        pace = self.tr("{pace} samples/s").format(pace=count(session.pace_measured))
        if session.loading:
            pace = self.tr("fetching the samples…")
        self._pace.setText(pace if session.pace_measured or session.loading else "")
        if session.engine == "jit":
            self._engine.setText(self.tr("compiled engine"))
        elif session.warming_up:
            self._engine.setText(self.tr("reference engine · compiling the fast one…"))
        else:
            self._engine.setText(self.tr("reference engine"))

    def _say_keys(self) -> None:
        item = self._canvas.first_selected
        self._keys = key_hints(item, self._session.document.network, self._lessons.lesson is not None)
        self.showMessage(self._keys_in_room())

    def _keys_in_room(self) -> str:
        taken = sum(part.sizeHint().width() + _BETWEEN for part in (self._pace, self._engine))
        return in_room(self._keys, self.width() - taken - _BETWEEN, self.fontMetrics().horizontalAdvance)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer keys have room."""
        super().resizeEvent(event)
        if self._keys and self.currentMessage().endswith(self._keys[-1]):
            self.showMessage(self._keys_in_room())

    def _say_settled(self) -> None:
        self.showMessage(self._settled_words(), 8000)

    def _settled_words(self) -> str:
        return self.tr("Settled: every sample is answered right.")

    def _take_back_settled(self) -> None:
        if self.currentMessage() == self._settled_words():
            self.clearMessage()
