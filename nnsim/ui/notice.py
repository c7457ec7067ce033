"""A bar with words about something that went wrong, and what to do; it never blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

_NARROW = 560


@dataclass(frozen=True, slots=True)
class Remedy:
    """Something to do about it.

    Attributes
    ----------
    text, tip : str
        Words on the button and in its tooltip.
    call : callable
        Does it; the notice closes first.
    """

    text: str
    tip: str
    call: Callable[[], object]


class Notice(QFrame):
    """Hidden until there is something to say; closes by its button or when all is well again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = QPushButton()
        self.close_button.setToolTip(self.tr("Close this notice (Esc)"))
        self.close_button.setAccessibleName(self.tr("Close this notice"))
        self.close_button.clicked.connect(self.hide)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.close_button)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(10, 3, 4, 3)
        self._box.addWidget(self._words, 1)
        self._box.addLayout(self._buttons)
        self.buttons: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, words: str, *remedies: Remedy) -> None:
        """Show some words, with a button for each thing to do."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.close_button.setText(self.tr("Not now") if remedies else self.tr("Got it"))
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(remedy) for remedy in remedies]
        self._arrange()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where several buttons would leave the words a narrow column, they stand below them."""
        below = len(self.buttons) > 1 and self.width() < _NARROW
        beside = QBoxLayout.Direction.LeftToRight
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if below else beside)

    def _button(self, remedy: Remedy) -> QPushButton:
        button = QPushButton(remedy.text)
        button.setToolTip(remedy.tip)
        button.setAccessibleName(remedy.text)
        button.setAccessibleDescription(remedy.tip)
        button.clicked.connect(self.hide)
        button.clicked.connect(remedy.call)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button
