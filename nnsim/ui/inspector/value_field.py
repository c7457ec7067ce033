"""A field for one weight or bias: Enter commits, Escape takes back what was typed; both leave it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from nnsim.ui.inspector.facts import ABSENT
from nnsim.ui.number_line import NumberLine
from nnsim.ui.numbers import number_in, plain
from nnsim.ui.own_keys import ENTER, give_back, mark_invalid
from nnsim.ui.refusal import forgive, refuse, what_is_wanted

LARGEST = 1e6
"""Beyond it float32 cannot tell neighbouring steps of training apart."""

_TRAVEL = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class ValueField(NumberLine):
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
        self.textEdited.connect(self._weigh)
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
        if event.key() == Qt.Key.Key_Escape:
            self._write()
            give_back(self)
            return
        super().keyPressEvent(event)
        if event.key() in ENTER:
            # Whether the field is left depends on what was typed.
            event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._write()

    def _commit(self) -> None:
        number = _parsed(self.text())
        if number is None:
            self.selectAll()
            refuse(self, what_is_wanted(self.text(), -LARGEST, LARGEST))
            return
        changed, self._value = self.isModified(), number
        self._write()
        give_back(self)
        if changed:
            self.chosen.emit(number)

    def _weigh(self, text: str) -> None:
        mark_invalid(self, _parsed(text) is None)
        forgive(self)

    def _write(self) -> None:
        text = ABSENT if self._value is None else plain(self._value)
        if self.text() != text:
            self.setText(text)
        self.setModified(False)
        mark_invalid(self, False)
        forgive(self)


def _parsed(text: str) -> float | None:
    number = number_in(text)
    return None if number is None or abs(number) > LARGEST else number
