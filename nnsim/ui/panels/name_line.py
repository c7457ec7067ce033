"""A line for the name of a layer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from nnsim.model.layers.names import LONGEST_NAME
from nnsim.ui.own_keys import ENTER, give_back


class NameLine(QLineEdit):
    """Enter takes what was typed; Escape and leaving the line bring the name back.

    Signals
    -------
    chosen : the name that was typed
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(LONGEST_NAME)
        self._name = ""

    def show_value(self, name: str) -> None:
        """Show a name without emitting."""
        self._name = name
        self.setText(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.chosen.emit(self.text().strip())
            give_back(self)
        elif event.key() == Qt.Key.Key_Escape:
            give_back(self)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was not taken is not meant."""
        super().focusOutEvent(event)
        self.setText(self._name)
