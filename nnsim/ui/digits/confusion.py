"""The confusion matrix: which digits are taken for which."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnsim.session.exam import Indices
from nnsim.ui.digits.confusion_paint import MatrixPainter, MatrixPlace
from nnsim.ui.numbers import count
from nnsim.ui.own_keys import claims
from nnsim.ui.theme import Theme

_CLASSES, _LEAST, _PREFERRED, _LARGEST = 10, 240, 290, 700
_WAYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Cell = tuple[int, int]


class ConfusionMatrix(QWidget):
    """Counts of true classes (rows) by answers (columns), and one line that reads a cell out.

    Signals
    -------
    cell_chosen : label and answer of the cell that was clicked
    cell_cleared : the chosen cell was clicked again, or left with Esc
    """

    cell_chosen = Signal(int, int)
    cell_cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = MatrixPainter(theme)
        self._names: tuple[str, ...] = tuple(map(str, range(_CLASSES)))
        self._confusion: Indices | None = None
        self._chosen: Cell | None = None
        self._pointed: Cell | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setToolTip(
            self.tr(
                "Rows are the true digits, columns the network's answers. Click a cell to see its digits."
            )
        )

    @property
    def chosen(self) -> Cell | None:
        """Label and answer of the chosen cell."""
        return self._chosen

    @property
    def pointed(self) -> Cell | None:
        """Label and answer of the cell under the pointer, or reached with the arrow keys."""
        return self._pointed

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._painter = MatrixPainter(theme)
        self._fill()

    def show_confusion(self, confusion: Indices | None, names: tuple[str, ...]) -> None:
        """Show counts, shape (classes, classes), with the classes' names; None: nothing is known yet.

        A chosen cell stays chosen as long as there are as many classes.
        """
        if confusion is None or len(names) != len(self._names):
            self._chosen = self._pointed = None
        self._confusion, self._names = confusion, names
        self._fill()

    def choose(self, cell: Cell | None) -> None:
        """Choose a cell that holds any sample, or none; tells those who listen."""
        if cell is not None and (self._confusion is None or not self._confusion[cell]):
            return
        if cell == self._chosen:
            return
        self._chosen = cell
        self._describe()
        if cell is None:
            self.cell_cleared.emit()
        else:
            self.cell_chosen.emit(*cell)

    def line(self) -> str:
        """The line below: the cell pointed at or chosen in words, else all of them together."""
        if self._confusion is None:
            return self.tr("Nothing examined yet.")
        cell = self._pointed or self._chosen
        if cell is not None:
            return self._words(self._confusion, *cell)
        right, samples = int(np.trace(self._confusion)), int(self._confusion.sum())
        return self.tr("{right} of {all} read rightly").format(right=count(right), all=count(samples))

    def place_of(self, label: int, answer: int) -> QRectF:
        """Where a cell is."""
        return self._place().cell(label, answer)

    def sizeHint(self) -> QSize:
        """A square, and the line below."""
        return QSize(_PREFERRED, MatrixPlace.height_for(_PREFERRED))

    def heightForWidth(self, width: int) -> int:
        """As tall as its width needs, as long as both fit on a screen."""
        return MatrixPlace.height_for(min(width, _LARGEST))

    def minimumSizeHint(self) -> QSize:
        """The smallest whose cells can be told apart."""
        return QSize(_LEAST, MatrixPlace.height_for(_LEAST))

    # --- inside

    def _fill(self) -> None:
        self._painter.show(self._confusion, self._names)
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription(self.line())
        self.update()

    def _words(self, confusion: Indices, label: int, answer: int) -> str:
        words = (
            self.tr("{label} read rightly: {found} of {all}")
            if label == answer
            else self.tr("{label} read as {answer}: {found} of {all}")
        )
        found, row = confusion[label, answer], confusion[label].sum()
        names = {"label": self._names[label], "answer": self._names[answer]}
        return words.format(**names, found=count(found), all=count(row))

    def _place(self) -> MatrixPlace:
        return MatrixPlace(self.width(), self.height(), len(self._names))

    def _point(self, cell: Cell | None) -> None:
        if cell != self._pointed:
            self._pointed = cell
            self._describe()

    def _toggle(self, cell: Cell | None) -> None:
        if cell is not None:
            self.choose(None if cell == self._chosen else cell)

    # --- what the user does

    def paintEvent(self, event: QPaintEvent) -> None:
        ring = self._pointed if self.hasFocus() else None
        self._painter.paint(self, self._place(), self._pointed, self._chosen, ring, self.line())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._cell_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            cell = self._cell_at(event.position())
            self._point(cell)
            self._toggle(cell)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._point(self._chosen or (None if self._confusion is None else (0, 0)))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(None)
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if claims(event, self._is_mine):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_mine(event):
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in _WAYS:
            self._walk(*_WAYS[key])
        elif key in _ENTER:
            self._toggle(self._pointed)
        else:
            self.choose(None)

    def _is_mine(self, event: QKeyEvent) -> bool:
        if self._confusion is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() == Qt.Key.Key_Escape:
            return self._chosen is not None
        return event.key() in (*_WAYS, *_ENTER)

    def _walk(self, down: int, right: int) -> None:
        start, last = self._pointed or self._chosen, len(self._names) - 1
        if start is None:
            self._point((0, 0))
        else:
            self._point((min(max(start[0] + down, 0), last), min(max(start[1] + right, 0), last)))

    def _cell_at(self, at: QPointF) -> Cell | None:
        return None if self._confusion is None else self._place().at(at)
