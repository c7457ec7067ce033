"""The pen that keys move."""

from __future__ import annotations

from PySide6.QtCore import Qt

_STEP, _FINE_STEP = 1.0 / 28.0, 1.0 / 112.0
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class KeyPen:
    """Where the pen of the keys is, and whether it is in use: only by those who came with the Tab key.

    Attributes
    ----------
    place : (float, float)
        To the right and down, in sides of the canvas.
    in_use : bool
    """

    def __init__(self) -> None:
        self.place = (0.5, 0.5)
        self.in_use = False

    def take_focus(self, reason: Qt.FocusReason) -> None:
        """The canvas has got the keys; a window that comes back changes nothing."""
        if reason not in _PASSING:
            self.in_use = reason in _BY_TAB

    def is_mine(self, key: int) -> bool:
        """Whether a key moves the pen, sets it down or lifts it."""
        return self.in_use and (key in _WAYS or key == Qt.Key.Key_Space)

    def walk(self, key: Qt.Key, *, finely: bool) -> bool:
        """Move as an arrow key says; False for another key."""
        if key not in _WAYS:
            return False
        step = _FINE_STEP if finely else _STEP
        x, y = (min(max(at + step * by, 0.0), 1.0) for at, by in zip(self.place, _WAYS[key], strict=True))
        self.place = x, y
        return True
