"""Fields for settings: a choice from a table, and a number that may also be typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QSpinBox, QWidget

from nnsim.ui.number_line import NumberLine
from nnsim.ui.numbers import number_in, plain, whole_number_in
from nnsim.ui.own_keys import ENTER, give_back, mark_invalid
from nnsim.ui.refusal import forgive, refuse, what_is_wanted


class Unfolding(QComboBox):
    """A list to choose from; once it is folded up again, the keys are the stage's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def showPopup(self) -> None:
        """Unfold the list."""
        self.view().installEventFilter(self)
        super().showPopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list is out of sight, after a choice or without one."""
        if event.type() == QEvent.Type.Hide:
            watched.removeEventFilter(self)
            give_back(self)
        return False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over a panel scrolls the panel; it never changes a setting by accident."""
        event.ignore()


class Choice(Unfolding):
    """One of some named values.

    Signals
    -------
    chosen : the value that the user picked
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._emit)

    def offer(self, values: Iterable[tuple[Any, str]]) -> None:
        """Set the values on offer, each with its words; nothing is emitted."""
        values = list(values)
        if [(self.itemData(i), self.itemText(i)) for i in range(self.count())] == values:
            return
        self.clear()
        for value, words in values:
            self.addItem(words, value)

    def show_value(self, value: Any) -> None:
        """Show a value without emitting."""
        # Not findData: Qt compares Python objects by identity.
        values = [self.itemData(i) for i in range(self.count())]
        self.setCurrentIndex(values.index(value) if value in values else -1)

    def _emit(self, index: int) -> None:
        self.chosen.emit(self.itemData(index))


class CountBox(QSpinBox):
    """A whole number with arrows; Enter takes what was typed or says why not, Escape what was there."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineEdit(NumberLine())
        self.setRange(low, high)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().textEdited.connect(self._weigh)

    def show_value(self, value: int) -> None:
        """Show a number without emitting."""
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Qt would leave separators of thousands out, read 2,5 as 25, and swallow keys without a word."""
        is_taken = self._takes(text)
        return (QValidator.State.Acceptable if is_taken else QValidator.State.Intermediate), text, position

    def fixup(self, text: str) -> str:
        """What is no whole number is not made one."""
        return text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed; Enter and Escape are then the window's, which leaves."""
        line = self.lineEdit()
        if event.key() in ENTER and not self._takes(line.text()):
            line.selectAll()
            refuse(self, what_is_wanted(line.text(), self.minimum(), self.maximum(), whole=True))
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape:
            line.setText(self.textFromValue(self.value()))
            self._weigh(line.text())
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What cannot be used is taken back."""
        super().focusOutEvent(event)
        self._weigh(self.lineEdit().text())

    def _takes(self, text: str) -> bool:
        number = whole_number_in(text)
        return number is not None and self.minimum() <= number <= self.maximum()

    def _weigh(self, text: str) -> None:
        mark_invalid(self, not self._takes(text))
        forgive(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on an arrow has chosen."""
        super().mouseReleaseEvent(event)
        give_back(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over a panel scrolls the panel; it never changes a setting by accident."""
        event.ignore()


class NumberChoice(Unfolding):
    """A number from a short list, or any other in range, typed.

    Enter takes what was typed. A number that cannot be used marks the field and changes nothing, and
    Enter says why;
    Escape and leaving the field bring the last good one back.

    Parameters
    ----------
    presets : iterable of float
    low, high : float
        Ends of the allowed range, both allowed.
    whole : bool
        Only whole numbers.
    words : dict
        Words shown instead of certain numbers.
    """

    chosen = Signal(float)

    def __init__(
        self,
        presets: Iterable[float],
        low: float,
        high: float,
        *,
        whole: bool = False,
        words: dict[float, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._low, self._high, self._whole = low, high, whole
        self._words = words or {}
        self._value = low
        self.setLineEdit(NumberLine())
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Whoever types 3 means 3, not the 32 on the list.
        self.setCompleter(None)  # type: ignore[arg-type]
        for preset in presets:
            self.addItem(self._text(preset), preset)
        self.activated.connect(lambda index: self._take(float(self.itemData(index))))
        line = self.lineEdit()
        assert line is not None
        line.returnPressed.connect(self._enter)
        line.textEdited.connect(self._weigh)

    @property
    def value(self) -> float:
        """The number in force."""
        return self._value

    def set_range(self, low: float, high: float) -> None:
        """Allow other numbers from now on, both ends included; what is shown stays."""
        self._low, self._high = low, high

    def show_value(self, value: float) -> None:
        """Show a number without emitting."""
        self._value = value
        line = self.lineEdit()
        assert line is not None
        if not (line.hasFocus() and line.isModified()):
            self.setEditText(self._text(value))
            line.setCursorPosition(0)
            mark_invalid(self, False)
            forgive(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the field as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self._forget()
            give_back(self)
            return
        super().keyPressEvent(event)
        if event.key() in ENTER:
            # Whether the field is left depends on what was typed.
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere has finished typing."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._finish()

    def _text(self, value: float) -> str:
        return self._words.get(value, plain(value))

    def _parse(self, text: str) -> float | None:
        for value, words in self._words.items():
            if text.strip() == words:
                return value
        number = whole_number_in(text) if self._whole else number_in(text)
        return None if number is None or not self._low <= number <= self._high else float(number)

    def _weigh(self, text: str) -> None:
        mark_invalid(self, self._parse(text) is None)
        forgive(self)

    def _enter(self) -> None:
        line = self.lineEdit()
        assert line is not None
        if self._parse(line.text()) is None:
            line.selectAll()
            refuse(self, what_is_wanted(line.text(), self._low, self._high, whole=self._whole))
        else:
            self._finish()
            give_back(self)

    def _finish(self) -> None:
        line = self.lineEdit()
        assert line is not None
        # What is shown may be rounded: only what somebody typed is a choice.
        number = self._parse(line.text()) if line.isModified() else None
        self._forget()
        if number is not None:
            self._take(number)

    def _forget(self) -> None:
        """What was typed is gone; the last good number stands."""
        line = self.lineEdit()
        assert line is not None
        line.setModified(False)
        self.show_value(self._value)

    def _take(self, number: float) -> None:
        changed = number != self._value
        self.show_value(number)
        if changed:
            self.chosen.emit(number)
