"""The right column of a scene with digits: pages to draw on, to see mistakes, and to follow training."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)


class Pages(QWidget):
    """Widgets of which one is seen, and a row of buttons to choose it.

    Signals
    -------
    turned : name of the page that is seen now
    """

    turned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._names: list[str] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addLayout(self._row)
        column.addWidget(self._stack, 1)
        self._group.idClicked.connect(self._stack.setCurrentIndex)
        self._stack.currentChanged.connect(self._tell)

    def add(self, name: str, title: str, tip: str, page: QWidget) -> None:
        """Add a page."""
        button = QToolButton()
        button.setText(title)
        button.setToolTip(tip)
        button.setAccessibleName(title)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setObjectName("overlay")
        button.setProperty("role", "maps")
        self._names.append(name)
        self._group.addButton(button, self._stack.count())
        self._row.addWidget(button)
        self._stack.addWidget(page)
        button.setChecked(self._stack.count() == 1)

    @property
    def current(self) -> str:
        """Name of the page that is seen."""
        return self._names[self._stack.currentIndex()]

    def turn_to(self, name: str) -> None:
        """Show a page."""
        index = self._names.index(name)
        self._group.button(index).setChecked(True)
        self._stack.setCurrentIndex(index)

    def offer(self, name: str, on: bool) -> None:
        """Let a page be chosen, or not: then the first is seen instead."""
        index = self._names.index(name)
        self._group.button(index).setVisible(on)
        if not on and self._stack.currentIndex() == index:
            self.turn_to(self._names[0])

    def _tell(self, index: int) -> None:
        if index < len(self._names):
            self.turned.emit(self._names[index])
