"""Two networks on pictures in order and shuffled: four accuracies beside each other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from nnsim.model.change import Change
from nnsim.model.data import ShapesData
from nnsim.session.neighbours import RIVAL_UNITS, Comparison
from nnsim.session.patience import Patience
from nnsim.session.session import Session
from nnsim.ui.numbers import count, percent
from nnsim.ui.panels.card import Card

_ROWS, _COLUMNS = 2, 2


class NeighboursPanel(Card):
    """Measures on request; what was measured is forgotten where something is computed otherwise."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_heading(self.tr("Do neighbours matter?"))
        self._session = session
        self.comparison = Comparison(self)
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._press)
        self._table = QWidget()
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(5)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        for column, words in enumerate((self.tr("in order"), self.tr("shuffled")), 1):
            grid.addWidget(_quiet(words), 0, column, Qt.AlignmentFlag.AlignRight)
        self._names = [QLabel() for _ in range(_ROWS)]
        self.cells = [QLabel() for _ in range(_ROWS * _COLUMNS)]
        for row, name in enumerate(self._names):
            grid.addWidget(name, row + 1, 0)
            for column in range(_COLUMNS):
                cell = self.cells[row * _COLUMNS + column]
                cell.setObjectName("verdict")
                grid.addWidget(cell, row + 1, column + 1, Qt.AlignmentFlag.AlignRight)
        self._caption = _quiet("")
        self._caption.setWordWrap(True)
        for widget in (self._table, self._caption, self.button):
            self.body.addWidget(widget)
        self.comparison.changed.connect(self._show)
        session.document_changed.connect(self._follow)
        self._forget()

    def stop(self, patience: Patience) -> None:
        """End what is under way, and wait for it with patience."""
        self.comparison.stop(patience)

    def _follow(self, change: Change) -> None:
        if change.of_computation:
            self._forget()

    def _forget(self) -> None:
        self.setVisible(isinstance(self._session.document.data, ShapesData))
        self.comparison.clear()

    def _press(self) -> None:
        if self.comparison.busy:
            self.comparison.clear()
        else:
            self.comparison.begin(self._session.document)

    def _show(self) -> None:
        comparison = self.comparison
        asked, found = bool(comparison.contests), comparison.accuracies
        self._table.setVisible(asked)
        self._caption.setVisible(asked)
        words = self.tr("Stop") if comparison.busy else self.tr("Compare with shuffled pixels")
        self.button.setText(words)
        self.button.setAccessibleName(words)
        self.button.setToolTip(
            self.tr(
                "Train this network and a dense one from the start, with the pixels in order and with all of "
                "them shuffled by one fixed rule, and compare how they do on pictures kept back"
            )
        )
        if asked:
            self._fill(found)

    def _fill(self, found: tuple[float | None, ...]) -> None:
        contests, training = self.comparison.contests, self._session.document.training
        templates = self.tr("This network"), self.tr("Dense, {units} hidden")
        for row, (label, template) in enumerate(zip(self._names, templates, strict=True)):
            label.setText(template.format(units=count(RIVAL_UNITS)))
            numbers = self.tr("{number} numbers learned")
            label.setToolTip(numbers.format(number=count(contests[row * _COLUMNS].parameters)))
        for place, (cell, contest) in enumerate(zip(self.cells, contests, strict=True)):
            value = found[place] if place < len(found) else None
            waiting = "…" if place == len(found) and self.comparison.busy else "–"
            cell.setText(waiting if value is None else percent(value))
            column = self.tr("shuffled") if contest.is_shuffled else self.tr("in order")
            name = self.tr("{network}, {order}: {accuracy}")
            cell.setAccessibleName(
                name.format(network=self._names[place // _COLUMNS].text(), order=column, accuracy=cell.text())
            )
        own, rival = (count(contests[row * _COLUMNS].parameters) for row in range(_ROWS))
        words = self.tr(
            "Accuracy on the pictures kept back, after {epochs} epochs. "
            "This network learns {own} numbers, the dense one {rival}."
        )
        if not training.validation_split:
            words = self.tr(
                "Accuracy on the pictures it learned from, after {epochs} epochs. "
                "This network learns {own} numbers, the dense one {rival}."
            )
        self._caption.setText(words.format(epochs=count(training.epochs), own=own, rival=rival))


def _quiet(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("caption")
    return label
