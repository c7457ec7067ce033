"""A widget that lies over the foot of a window, so that nothing moves when it comes and goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QMainWindow, QWidget

_SIDE = 10
_CHANGES = {
    QEvent.Type.Resize,
    QEvent.Type.Move,
    QEvent.Type.Show,
    QEvent.Type.LayoutRequest,
}


class Floating(QObject):
    """Keeps a widget over the status line of a window, as high as its words need.

    What it needs above that line it takes of the margins there first: some two lines of words hide nothing.

    Parameters
    ----------
    widget : QWidget
        What floats.
    window : QMainWindow
    stays : str
        Name of the one thing on the status line that stays in sight.
    """

    def __init__(self, widget: QWidget, window: QMainWindow, stays: str) -> None:
        super().__init__(window)
        self._widget, self._window, self._stays = widget, window, stays
        is_shown = not widget.isHidden()
        widget.setParent(window)
        widget.setVisible(is_shown)
        for watched in (widget, window, window.statusBar()):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window, and what the widget has to say."""
        if event.type() in _CHANGES and not self._widget.isHidden():
            self._settle()
        return False

    def _settle(self) -> None:
        line = self._window.statusBar()
        room = line.geometry().adjusted(_SIDE, 0, -_SIDE, 0)
        kept = line.findChild(QWidget, self._stays)
        if kept is not None and not kept.isHidden():
            room.setRight(line.x() + kept.x() - _SIDE)
        high = max(self._height_for(room.width()), room.height())
        self._widget.setGeometry(QRect(room.x(), room.bottom() + 1 - high, room.width(), high))
        self._widget.raise_()

    def _height_for(self, width: int) -> int:
        high = self._widget.heightForWidth(width)
        return high if high > 0 else self._widget.sizeHint().height()
