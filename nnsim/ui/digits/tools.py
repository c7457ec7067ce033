"""The tools beside the canvas: eraser, width, undo, redo, clear, paste."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from nnsim.ui.digits.canvas import DrawingCanvas
from nnsim.ui.digits.sheet import BRUSH
from nnsim.ui.icons import icon
from nnsim.ui.theme import Theme

_WIDTHS = (("brush_thin", 0.05), ("brush_medium", BRUSH), ("brush_thick", 0.11))
_ICON = 18


class DrawingTools(QWidget):
    """A column of buttons for a canvas."""

    def __init__(self, canvas: DrawingCanvas, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._theme = canvas, theme
        self._brush = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(5)
        self._buttons: list[QToolButton] = []
        self._icons: dict[QToolButton, str] = {}
        self.eraser = self._add(
            "eraser", self.tr("Eraser"), self.tr("Take ink away (the right mouse button does, too)")
        )
        self.eraser.setCheckable(True)
        self.eraser.setObjectName("overlay")
        self.eraser.setProperty("role", "maps")
        self.eraser.toggled.connect(canvas.set_eraser)
        self.brush = self._add("", "", "", self._next_brush)
        self.undo = self._add(
            "undo", self.tr("Undo stroke"), self.tr("Take back the last stroke (Ctrl+Z)"), canvas.undo
        )
        self.redo = self._add(
            "redo", self.tr("Redo stroke"), self.tr("Draw it again (Ctrl+Shift+Z)"), canvas.redo
        )
        self.clear = self._add(
            "clear", self.tr("Clear"), self.tr("Take everything off the canvas (Delete)"), canvas.clear
        )
        self.paste = self._add(
            "paste",
            self.tr("Paste a picture"),
            self.tr("Put the clipboard's picture on the canvas (Ctrl+V); files can be dropped on it"),
            canvas.paste,
        )
        self.arrange(1)
        canvas.finished.connect(self._refresh)
        canvas.changed.connect(self._refresh)
        self._show_brush()
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for button, name in self._icons.items():
            button.setIcon(icon(name, theme.text, theme.faint))

    def arrange(self, columns: int) -> None:
        """Stand in that many columns; in a single one, what is rare stands apart at its end."""
        for button in self._buttons:
            self._grid.removeWidget(button)
        self._grid.setVerticalSpacing(5 if columns == 1 else 3)
        last = len(self._buttons) - 1
        for place, button in enumerate(self._buttons):
            apart = int(columns == 1 and place == last)
            self._grid.addWidget(button, place // columns + apart, place % columns)
        self._grid.setRowStretch(last, 1)

    def _add(self, name: str, words: str, tip: str, call: Callable[[], object] | None = None) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(words)
        button.setToolTip(tip)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFixedWidth(32)
        button.setStyleSheet("padding: 4px 0;")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if name:
            self._wear(button, name)
        if call is not None:
            button.clicked.connect(lambda: call())
        self._buttons.append(button)
        return button

    def _wear(self, button: QToolButton, name: str) -> None:
        self._icons[button] = name
        button.setIcon(icon(name, self._theme.text, self._theme.faint))

    def _next_brush(self) -> None:
        self._brush = (self._brush + 1) % len(_WIDTHS)
        self._show_brush()

    def _show_brush(self) -> None:
        name, width = _WIDTHS[self._brush]
        self._canvas.set_brush(width)
        self._wear(self.brush, name)
        words = (self.tr("thin"), self.tr("medium"), self.tr("thick"))[self._brush]
        self.brush.setAccessibleName(self.tr("Pen: {width}").format(width=words))
        self.brush.setToolTip(
            self.tr("Width of the pen: {width}. A click takes the next.").format(width=words)
        )

    def _refresh(self) -> None:
        self.undo.setEnabled(self._canvas.can_undo)
        self.redo.setEnabled(self._canvas.can_redo)
        self.clear.setEnabled(self._canvas.has_something)
