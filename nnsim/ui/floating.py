"""A widget that lies over others' place, so that nothing moves when it comes and goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

_MARGIN = 8
_CHANGES = {
    QEvent.Type.Resize,
    QEvent.Type.Move,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
}


class Floating(QObject):
    """Keeps a widget over another, as wide as that one and as high as its words need.

    Parameters
    ----------
    widget : QWidget
        What floats.
    place : QWidget
        What it takes the place of while that is seen; more height than that has, it takes above.
    ground : QWidget
        Over whose top it lies otherwise.
    above : QWidget
        What holds all of them.
    """

    def __init__(self, widget: QWidget, place: QWidget, ground: QWidget, above: QWidget) -> None:
        super().__init__(above)
        self._widget, self._place, self._ground, self._above = widget, place, ground, above
        is_shown = not widget.isHidden()
        widget.setParent(above)
        widget.setVisible(is_shown)
        for watched in (widget, place, ground):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what lies below, and what the widget has to say."""
        if event.type() in _CHANGES and not self._widget.isHidden():
            self._settle()
        return False

    def _settle(self) -> None:
        if self._place.isHidden():
            room = self._over(self._ground).adjusted(_MARGIN, _MARGIN, -_MARGIN, 0)
            room.setHeight(self._height_for(room.width()))
        else:
            room = self._over(self._place)
            room.setTop(room.bottom() + 1 - max(self._height_for(room.width()), room.height()))
        self._widget.setGeometry(room)
        self._widget.raise_()

    def _over(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._above, QPoint()), widget.size())

    def _height_for(self, width: int) -> int:
        high = self._widget.heightForWidth(width)
        return high if high > 0 else self._widget.sizeHint().height()
