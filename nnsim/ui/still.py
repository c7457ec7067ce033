"""A window whose last picture stays until what has changed in it is in its place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class Still(QObject):
    """Holds the picture of a window while its parts are measured and placed anew.

    Each of these takes a turn of the event loop, and painting is not repeated in between.

    Parameters
    ----------
    window : QWidget
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._placed, self._painted = (QTimer(self, singleShot=True, interval=0) for _ in range(2))
        # Letters reach every part in the turn after the change, and places follow from them.
        self._placed.timeout.connect(self._painted.start)
        self._painted.timeout.connect(self._release)

    def hold(self) -> None:
        """Paint nothing until two turns of the event loop from now."""
        self._window.setUpdatesEnabled(False)
        self._painted.stop()
        self._placed.start()

    def _release(self) -> None:
        self._window.setUpdatesEnabled(True)
        # A request that came while nothing was painted is lost, and Qt would wait for it for ever.
        QCoreApplication.postEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
