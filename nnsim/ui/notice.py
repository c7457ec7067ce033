"""A bar with words about something that went wrong, and what to do; it never blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


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
        self.close_button.setToolTip(self.tr("Close this notice"))
        self.close_button.setAccessibleName(self.tr("Close this notice"))
        self.close_button.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 7, 8, 7)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.close_button)
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
        self.show()

    def _button(self, remedy: Remedy) -> QPushButton:
        button = QPushButton(remedy.text)
        button.setToolTip(remedy.tip)
        button.setAccessibleName(remedy.text)
        button.setAccessibleDescription(remedy.tip)
        button.clicked.connect(self.hide)
        button.clicked.connect(remedy.call)
        self._row.insertWidget(self._row.count() - 1, button)
        return button
