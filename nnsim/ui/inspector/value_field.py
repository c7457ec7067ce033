"""A field for one weight or bias: Enter commits, Escape takes back what was typed."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from nnsim.ui.inspector.facts import ABSENT
from nnsim.ui.numbers import plain

LARGEST = 1e6
"""Beyond it float32 cannot tell neighbouring steps of training apart."""

_TRAVEL = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class ValueField(QLineEdit):
    """Shows a number and follows it; what is being typed is left alone.

    Signals
    -------
    chosen : the number that was typed and committed
    """

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textEdited.connect(lambda text: self._mark(_parsed(text) is None))
        self.returnPressed.connect(self._commit)

    @property
    def value(self) -> float | None:
        """The number in force; None where it is not known."""
        return self._value

    def show_value(self, value: float | None) -> None:
        """Show a number without emitting."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            self._write()

    def event(self, event: QEvent) -> bool:
        # With nothing typed there is nothing of the field's own to take back.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            travels = any(event.matches(key) for key in _TRAVEL)
            if travels and not self.isModified():
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self._write()
            self.selectAll()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._write()

    def _commit(self) -> None:
        number = _parsed(self.text())
        if number is None or not self.isModified():
            return
        self._value = number
        self._write()
        self.selectAll()
        self.chosen.emit(number)

    def _write(self) -> None:
        text = ABSENT if self._value is None else plain(self._value).replace("-", "−")
        if self.text() != text:
            self.setText(text)
        self.setModified(False)
        self._mark(False)

    def _mark(self, invalid: bool) -> None:
        if bool(self.property("invalid")) != invalid:
            self.setProperty("invalid", invalid)
            self.style().unpolish(self)
            self.style().polish(self)


def _parsed(text: str) -> float | None:
    """A number as the reader's language writes it, or as programs do."""
    text = text.strip().replace("−", "-")
    for locale in (QLocale(), QLocale.c()):
        number, good = locale.toDouble(text)
        if good and math.isfinite(number) and abs(number) <= LARGEST:
            return number
    return None
