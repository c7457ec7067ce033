"""A small field on the stage in which a number is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from nnsim.ui.numbers import number_in, plain

LARGEST = 1e6
"""Largest weight, bias or input that can be typed."""
_WIDTH = 92
_ABOVE = 16.0


class ValueField(QFrame):
    """A line for a number, with what it is in front and what is wrong with it beneath.

    Signals
    -------
    entered : float
        A number was typed and confirmed.
    closed
        The field is gone, with or without a number.
    """

    entered = Signal(float)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage, self._anchor = parent, QPointF()
        self.setObjectName("card")
        self._symbol = QLabel()
        self._symbol.setObjectName("formLabel")
        self.line = QLineEdit()
        self.line.setFixedWidth(_WIDTH)
        self.line.setToolTip(self.tr("Enter sets the number, Escape leaves it as it was"))
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._forgive)
        self.fault = QLabel()
        self.fault.setObjectName("caption")
        self.fault.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(9, 6, 7, 6)
        grid.addWidget(self._symbol, 0, 0)
        grid.addWidget(self.line, 0, 1)
        grid.addWidget(self.fault, 1, 0, 1, 3)
        grid.setColumnStretch(2, 1)
        self.hide()

    def ask(self, symbol: str, name: str, value: float, at: QPointF, typed: str = "") -> None:
        """Open beside a point of the parent.

        Parameters
        ----------
        symbol : str
            What stands in front of the number.
        name : str
            What it is, for screen readers.
        value : float
            As it is now.
        at : QPointF
        typed : str
            What has been typed already in its place.
        """
        self._symbol.setText(f"{symbol} =")
        self.line.setAccessibleName(name)
        self._forgive()
        self.line.setText(typed or plain(value))
        if not typed:
            self.line.selectAll()
        self._anchor = at
        self._settle()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if typed:
            self.line.setCursorPosition(len(typed))
            self.line.deselect()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter confirms, Escape and a click elsewhere leave."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._confirm()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._give_way()
                return True
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
            self.closed.emit()
        return False

    def _give_way(self) -> None:
        """Close; the keys are the stage's again."""
        self._stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        value = number_in(self.line.text())
        if value is None:
            self._complain(
                self.tr("That is no number. Type one such as {example}.").format(example=plain(-0.5))
            )
        elif abs(value) > LARGEST:
            self._complain(self.tr("Too large: at most {most}.").format(most=plain(LARGEST)))
        else:
            self.entered.emit(value)
            self._give_way()

    def _complain(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.show()
        self.line.setAccessibleDescription(words)
        self.line.selectAll()
        self._settle()

    def _forgive(self) -> None:
        self.fault.hide()
        self.fault.setText("")
        self.line.setAccessibleDescription("")
        self._settle()

    def _settle(self) -> None:
        """Stand above the point, inside the parent."""
        self.adjustSize()
        room, at = self._stage, self._anchor
        x = min(max(at.x() - self.width() / 2, 4.0), room.width() - self.width() - 4.0)
        y = at.y() - self.height() - _ABOVE
        if y < 4.0:
            y = at.y() + _ABOVE
        self.move(round(x), round(y))
