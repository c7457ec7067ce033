"""Files dropped on the window are opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

DOCUMENTS = (".nnsim", ".json")
"""Endings of files that the window opens, whichever of its parts they fall on."""


class FileDrops(QObject):
    """Takes what none of the window's parts wants for itself.

    Parameters
    ----------
    window : QWidget

    Signals
    -------
    dropped : path of a file
    """

    dropped = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept one document."""
        if not isinstance(event, QDragEnterEvent | QDropEvent):
            return False
        path = _document(event.mimeData())
        if path is None:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            # The program it was dragged from waits until this returns; a question must not hold it.
            QTimer.singleShot(0, self, lambda: self.dropped.emit(str(path)))
        return True


def _document(mime: QMimeData) -> Path | None:
    urls = mime.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in DOCUMENTS else None
