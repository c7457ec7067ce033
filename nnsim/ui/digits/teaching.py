"""Teaching the network one digit: which one it is, one step on it, or keeping it to train on."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnsim.ui.numbers import count, fine_percent


class Teaching(QWidget):
    """Ten digits to choose from, and what to do with the choice.

    Signals
    -------
    labelled : the digit chosen, or None
    taught : one step on this digit is wanted, told as a lesson
    kept : the drawing is to be kept among one's own digits
    """

    labelled = Signal(object)
    taught = Signal()
    kept = Signal()

    def __init__(self, classes: tuple[str, ...] = tuple("0123456789"), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        # Exclusive groups never let go of a choice; this one must.
        self._group.setExclusive(False)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(3)
        caption = QLabel(self.tr("You drew"))
        caption.setObjectName("caption")
        row.addWidget(caption)
        for number, name in enumerate(classes):
            row.addWidget(self._digit(number, name))
        self._body.addLayout(row)
        self.teach, self.keep = QPushButton(self.tr("Teach one step")), QPushButton(self.tr("Keep it"))
        self._kept = QLabel()
        self._kept.setObjectName("caption")
        self._kept.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.outcome = QLabel()
        self.outcome.setObjectName("verdict")
        # No wider than the column, and on one line: a label that wraps makes the whole column scroll.
        self.outcome.setMinimumWidth(1)
        self._place()
        self._group.idClicked.connect(self._choose)
        self.teach.clicked.connect(self.taught)
        self.keep.clicked.connect(self.kept)
        self.label: int | None = None
        self.offer(False)

    def _digit(self, number: int, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(name)
        button.setCheckable(True)
        button.setObjectName("digit")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = self.tr("This drawing is a {digit}").format(digit=name)
        button.setToolTip(words)
        button.setAccessibleName(words)
        self._group.addButton(button, number)
        return button

    def _place(self) -> None:
        tips = (
            (
                self.teach,
                self.tr("Walk through the one step of learning that this digit causes, and make it"),
            ),
            (self.keep, self.tr("Keep this drawing among your own digits, to train on them")),
        )
        row = QHBoxLayout()
        row.setSpacing(6)
        for button, tip in tips:
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addWidget(self._kept, 1)
        self._body.addLayout(row)
        self._body.addWidget(self.outcome)
        self.outcome.hide()

    def offer(self, there_is_ink: bool) -> None:
        """Take choices, or none while there is nothing to teach."""
        for button in self._group.buttons():
            button.setEnabled(there_is_ink)
        self._enable(there_is_ink)

    def show_label(self, label: int | None) -> None:
        """Mark a digit as the right one, without telling."""
        self.label = label
        for button in self._group.buttons():
            button.setChecked(self._group.id(button) == label)
        self._enable(self._group.buttons()[0].isEnabled())
        self.outcome.hide()

    def show_kept(self, number: int) -> None:
        """Tell how many drawings have been kept."""
        self._kept.setText(self.tr("{number} kept").format(number=count(number)) if number else "")

    def show_outcome(self, before: np.ndarray, after: np.ndarray) -> None:
        """Tell what one step changes.

        Parameters
        ----------
        before, after : arrays, shape (classes,)
            Probabilities.
        """
        if self.label is None:
            return
        words = self.tr("One step: {digit} from {before} to {after}")
        names = {"digit": self._group.button(self.label).text()}
        shares = (fine_percent(float(array[self.label])) for array in (before, after))
        self.outcome.setText(words.format(**names, **dict(zip(("before", "after"), shares, strict=True))))
        self.outcome.show()

    def _choose(self, number: int) -> None:
        chosen = number if self._group.button(number).isChecked() else None
        self.show_label(chosen)
        self.labelled.emit(chosen)

    def _enable(self, there_is_ink: bool) -> None:
        for button in (self.teach, self.keep):
            button.setEnabled(there_is_ink and self.label is not None)
