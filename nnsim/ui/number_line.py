"""A line for a number: the click that comes into it selects what is there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class NumberLine(QLineEdit):
    """What is typed after a click replaces the number; a second click puts the cursor between digits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_entered = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_entered = event.reason() == Qt.FocusReason.MouseFocusReason

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # No number begins with a blank: it would wipe out what is selected.
        if event.key() == Qt.Key.Key_Space and self.selectedText() == self.text():
            event.accept()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        # Not when the focus comes: the press that brings it puts the cursor where it is.
        if self._is_entered and not self.hasSelectedText():
            self.selectAll()
        self._is_entered = False
