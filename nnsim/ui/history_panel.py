"""Everything that can be undone, as a list; whoever picks an entry goes there."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from nnsim.session.session import Session
from nnsim.ui.panels.card import Card
from nnsim.ui.theme import Theme

PRESENT, UNDONE, SAVED = (Qt.ItemDataRole.UserRole + i for i in range(3))
_ROW, _GUTTER, _DOT = 27, 22.0, 3.5


class HistoryPanel(Card):
    """The undo stack from the oldest entry to the newest.

    Signals
    -------
    leaving : before it goes anywhere, so that what is under way can end and become an entry
    closed : the user has seen enough
    """

    leaving = Signal()
    closed = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_heading(self.tr("History"))
        self._session = session
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Back to the settings (Escape)"))
        self.close_button.setAccessibleName(self.tr("Close the history"))
        self.close_button.clicked.connect(self.closed)
        self.beside_heading.addWidget(self.close_button)
        self.list = _List(self)
        self.list.setObjectName("history")
        self.list.setAccessibleName(self.tr("History"))
        self.list.setToolTip(self.tr("Click an entry, or press Enter on it, to go there; nothing is lost"))
        self._rows = _Rows(theme, self.list)
        self.list.setItemDelegate(self._rows)
        self.list.picked.connect(self.go_to)
        self.list.left.connect(self.closed)
        self.body.addWidget(self.list, 1)
        explained = QLabel(
            self.tr("Edits and runs of training, oldest first. A new edit drops what has been undone.")
        )
        explained.setObjectName("caption")
        explained.setWordWrap(True)
        self.body.addWidget(explained)
        stack = session.undo_stack
        stack.indexChanged.connect(self._change)
        stack.cleanChanged.connect(self._change)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._rows.theme = theme
        self.list.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _change(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """List the entries."""
        stack = self._session.undo_stack
        index, clean = stack.index(), stack.cleanIndex()
        self.list.clear()
        for row in range(stack.count() + 1):
            item = QListWidgetItem(stack.text(row - 1) if row else self._first_words())
            item.setData(PRESENT, row == index)
            item.setData(UNDONE, row > index)
            item.setData(SAVED, row == clean)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(item))
            self.list.addItem(item)
        self.list.setCurrentRow(index)

    def go_to(self, row: int) -> None:
        """Undo or redo as far as an entry; 0 is the state before the first."""
        stack = self._session.undo_stack
        wanted = stack.command(row - 1) if row else None
        self.leaving.emit()
        self._session.pause()
        self._session.remember_training()
        # What was under way has become an entry: others may have moved, or be gone.
        commands = [None, *(stack.command(i) for i in range(stack.count()))]
        if wanted in commands:
            stack.setIndex(commands.index(wanted))

    def _first_words(self) -> str:
        stack = self._session.undo_stack
        full = stack.count() == stack.undoLimit()
        return self.tr("Oldest state kept") if full else self.tr("As opened")

    def _spoken(self, item: QListWidgetItem) -> str:
        words = {PRESENT: self.tr("present"), UNDONE: self.tr("undone"), SAVED: self.tr("saved")}
        return ", ".join([item.text(), *(word for role, word in words.items() if item.data(role))])


class _List(QListWidget):
    """Click or Enter picks, Escape leaves."""

    picked = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(lambda index: self.picked.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self.currentRow())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Rows(QStyledItemDelegate):
    """An entry: a dot where one is, slanted where it has been undone, and whether it is what was saved."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, box = self.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        states = {
            QStyle.StateFlag.State_MouseOver: theme.color("field", 0.7),
            QStyle.StateFlag.State_Selected: theme.color("field"),
        }
        for state, color in states.items():
            if option.state & state:
                painter.setBrush(color)
                painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 5, 5)
        if index.data(PRESENT):
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(QPointF(box.left() + _GUTTER / 2, box.center().y()), _DOT, _DOT)
        room = box.adjusted(_GUTTER, 0, -8, 0)
        if index.data(SAVED):
            painter.setPen(theme.color("muted"))
            word = self.tr("saved")
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
            room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(word) - 10, 0)
        painter.setPen(theme.color("muted" if index.data(UNDONE) else "text"))
        font = painter.font()
        font.setBold(bool(index.data(PRESENT)))
        font.setItalic(bool(index.data(UNDONE)))
        painter.setFont(font)
        words = painter.fontMetrics().elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
