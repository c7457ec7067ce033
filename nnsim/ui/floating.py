"""A widget that lies over another one's top, so that nothing moves when it comes and goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

_MARGIN = 8
_CHANGES = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.LayoutRequest}


class Floating(QObject):
    """Keeps a widget over the top of another, as wide as that one and as high as its words need.

    Parameters
    ----------
    widget : QWidget
        What floats.
    ground : QWidget
        What it lies over, a sibling.
    """

    def __init__(self, widget: QWidget, ground: QWidget) -> None:
        super().__init__(ground)
        self._widget, self._ground = widget, ground
        widget.setParent(ground.parentWidget())
        widget.installEventFilter(self)
        ground.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the ground, and what the widget has to say."""
        if event.type() in _CHANGES and not self._widget.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        wide = max(self._ground.width() - 2 * _MARGIN, 0)
        high = self._widget.heightForWidth(wide)
        size = self._widget.sizeHint().height()
        self._widget.setGeometry(
            self._ground.x() + _MARGIN, self._ground.y() + _MARGIN, wide, high if high > 0 else size
        )
        self._widget.raise_()
