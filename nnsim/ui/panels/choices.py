"""Fields for settings: a choice from a table, and a number that may also be typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QSpinBox, QWidget

from nnsim.ui.numbers import plain


class Choice(QComboBox):
    """One of some named values.

    Signals
    -------
    chosen : the value that the user picked
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
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

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over a panel scrolls the panel; it never changes a setting by accident."""
        event.ignore()

    def _emit(self, index: int) -> None:
        self.chosen.emit(self.itemData(index))


class CountBox(QSpinBox):
    """A whole number with arrows."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_value(self, value: int) -> None:
        """Show a number without emitting."""
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over a panel scrolls the panel; it never changes a setting by accident."""
        event.ignore()


class NumberChoice(QComboBox):
    """A number from a short list, or any other in range, typed.

    A number that cannot be used marks the field and changes nothing; leaving the field brings the
    last good one back.

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
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Whoever types 3 means 3, not the 32 on the list.
        self.setCompleter(None)  # type: ignore[arg-type]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        for preset in presets:
            self.addItem(self._text(preset), preset)
        self.activated.connect(lambda index: self._take(float(self.itemData(index))))
        line = self.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._typed)
        line.textEdited.connect(lambda text: self._mark(self._parse(text) is None))

    @property
    def value(self) -> float:
        """The number in force."""
        return self._value

    def show_value(self, value: float) -> None:
        """Show a number without emitting."""
        self._value = value
        line = self.lineEdit()
        assert line is not None
        if not (line.hasFocus() and line.isModified()):
            self.setEditText(self._text(value))
            line.setCursorPosition(0)
            self._mark(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over a panel scrolls the panel; it never changes a setting by accident."""
        event.ignore()

    def _text(self, value: float) -> str:
        return self._words.get(value, plain(value))

    def _parse(self, text: str) -> float | None:
        for value, words in self._words.items():
            if text.strip() == words:
                return value
        number, good = QLocale().toDouble(text.strip())
        if not good:
            number, good = QLocale.c().toDouble(text.strip())
        if not good or not self._low <= number <= self._high or (self._whole and number != int(number)):
            return None
        return number

    def _typed(self) -> None:
        line = self.lineEdit()
        assert line is not None
        number = self._parse(self.currentText())
        line.setModified(False)
        if number is None:
            self.show_value(self._value)
        else:
            self._take(number)

    def _take(self, number: float) -> None:
        changed = number != self._value
        self.show_value(number)
        if changed:
            self.chosen.emit(number)

    def _mark(self, invalid: bool) -> None:
        if bool(self.property("invalid")) != invalid:
            self.setProperty("invalid", invalid)
            self.style().unpolish(self)
            self.style().polish(self)
