"""The line at the bottom: which engine computes, and how fast."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from nnsim.session.session import Session
from nnsim.ui.numbers import count


class StatusLine(QStatusBar):
    """Pace and engine."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
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

    def _say_settled(self) -> None:
        self.showMessage(self.tr("Settled: every sample is answered right."), 8000)
