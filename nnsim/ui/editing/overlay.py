"""A clear sheet over the stage on which handles and gestures are drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnsim.ui.editing.gesture import Gesture
from nnsim.ui.editing.handles import Handles
from nnsim.ui.letters import of_size
from nnsim.ui.painting import painting
from nnsim.ui.theme import Theme

TEXT_SIZE = 13


class Overlay(QWidget):
    """Lies over its parent, as large as it, and lets the mouse through.

    Parameters
    ----------
    handles : Handles
    theme : Theme
    parent : QWidget

    Attributes
    ----------
    gesture : Gesture or None
        What is being done.
    """

    def __init__(self, handles: Handles, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._handles, self._theme, self._stage = handles, theme, parent
        self.gesture: Gesture | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(parent.size())
        self.lower()
        parent.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the stage."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self._stage.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.gesture is None and self._handles.gripped is None:
            return
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(of_size(self.font(), TEXT_SIZE))
            if self.gesture is not None:
                self.gesture.paint(painter, self._theme, QSizeF(self.size()))
            else:
                self._handles.paint(painter, self._theme)
