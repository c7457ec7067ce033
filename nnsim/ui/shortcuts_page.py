"""The page that lists every key, and what the mouse does on the stage."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QTextEdit, QVBoxLayout, QWidget

from nnsim.ui.actions import MENUS, SPECS, words

STAGE: tuple[tuple[Any, Any], ...] = (
    (QT_TRANSLATE_NOOP("Actions", "Arrows"), QT_TRANSLATE_NOOP("Actions", "Walk from neuron to neuron")),
    (
        QT_TRANSLATE_NOOP("Actions", "Alt+arrows"),
        QT_TRANSLATE_NOOP("Actions", "The same in a lesson, whose steps the arrows walk"),
    ),
    (QT_TRANSLATE_NOOP("Actions", "Shift+arrows"), QT_TRANSLATE_NOOP("Actions", "Select more neurons")),
    (
        QT_TRANSLATE_NOOP("Actions", "Enter"),
        QT_TRANSLATE_NOOP("Actions", "From a neuron to its edges; on an edge, set its weight"),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "Shift+Enter"),
        QT_TRANSLATE_NOOP("Actions", "From a cell of a map to its edges; ↑ and ↓ walk them"),
    ),
    (QT_TRANSLATE_NOOP("Actions", "Digits"), QT_TRANSLATE_NOOP("Actions", "Set what is selected")),
    (
        QT_TRANSLATE_NOOP("Actions", "Esc"),
        QT_TRANSLATE_NOOP("Actions", "Select nothing; end a gesture; close a notice"),
    ),
    (QT_TRANSLATE_NOOP("Actions", "Double-click"), QT_TRANSLATE_NOOP("Actions", "Set weight, bias or input")),
    (QT_TRANSLATE_NOOP("Actions", "Alt+drag"), QT_TRANSLATE_NOOP("Actions", "Change it live; Shift: faster")),
    (QT_TRANSLATE_NOOP("Actions", "Alt+wheel"), QT_TRANSLATE_NOOP("Actions", "Steps of 0.01; Shift: 0.1")),
    (QT_TRANSLATE_NOOP("Actions", "Shift+click"), QT_TRANSLATE_NOOP("Actions", "Select one more")),
    (QT_TRANSLATE_NOOP("Actions", "Shift+drag"), QT_TRANSLATE_NOOP("Actions", "Select what is inside")),
    (QT_TRANSLATE_NOOP("Actions", "Ctrl+arrows"), QT_TRANSLATE_NOOP("Actions", "Move what is selected")),
    (
        QT_TRANSLATE_NOOP("Actions", "Drag"),
        QT_TRANSLATE_NOOP("Actions", "Move neurons; a heading: its layer"),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "Drag from a rim"),
        QT_TRANSLATE_NOOP("Actions", "Connect two neurons: begin at the small handle"),
    ),
)
"""Keys and gestures of the stage that are no actions of the window."""
_STAGE_TITLE: Any = QT_TRANSLATE_NOOP("Actions", "On the stage")
_COLUMNS = 3


class ShortcutsPage(QDialog):
    """A window with the tables, which scrolls where the screen is small.

    Attributes
    ----------
    page : QTextEdit
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.page = QTextEdit(readOnly=True)
        self.page.setAccessibleName(self.windowTitle())
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.page.viewport().setAutoFillBackground(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(self.page)
        column.addWidget(buttons)
        # Tables in tables take long to lay out: with the letters that they have in the window.
        room = parent.size() - QSize(80, 80)
        for columns in range(_COLUMNS, 0, -1):
            self.page.setHtml(shortcuts_page(columns))
            wanted = self.page.document().size().toSize() + QSize(40, 40 + buttons.sizeHint().height() + 20)
            if wanted.width() <= room.width():
                break
        self.resize(wanted.boundedTo(room))


def shortcuts_page(columns: int = _COLUMNS) -> str:
    """Tables of keys and what they do, menu by menu in columns, as rich text."""
    parts = [_part(words(menu).replace("&", ""), _rows(names)) for menu, names in MENUS.items()]
    parts.append(_part(words(_STAGE_TITLE), [(words(keys), words(what)) for keys, what in STAGE]))
    balanced = _balanced(parts, columns)
    cells = "".join(f"<td style='padding-right: 28px'>{''.join(column)}</td>" for column in balanced)
    return f"<table><tr>{cells}</tr></table>"


def _rows(names: Iterable[str]) -> list[tuple[str, str]]:
    rows = []
    for name in names:
        spec = SPECS[name] if name else None
        if spec is not None and spec.shortcuts:
            keys = " · ".join(
                QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText)
                for k in spec.shortcuts.split()
            )
            rows.append((keys, words(spec.text)))
    return rows


def _part(title: str, rows: list[tuple[str, str]]) -> tuple[int, str]:
    """One table, and how many lines it takes."""
    lines = "".join(
        f"<tr><td style='white-space: nowrap'><b>{escape(keys)}</b>&nbsp;&nbsp;</td>"
        f"<td style='white-space: nowrap'>{escape(what)}</td></tr>"
        for keys, what in rows
    )
    return len(rows) + 2, f"<p><b>{escape(title)}</b></p><table cellpadding='2'>{lines}</table>"


def _balanced(parts: list[tuple[int, str]], number: int) -> list[list[str]]:
    """The tables in columns of about the same height, in order."""
    share = sum(lines for lines, _ in parts) / number
    columns: list[list[str]] = [[]]
    height = 0
    for lines, text in parts:
        if height + lines / 2 > share and len(columns) < number:
            columns.append([])
            height = 0
        columns[-1].append(text)
        height += lines
    return columns
