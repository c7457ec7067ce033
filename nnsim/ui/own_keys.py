"""Keys that a widget with the focus keeps for itself although they are shortcuts of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent


def claims(event: QEvent, is_mine: Callable[[QKeyEvent], bool]) -> bool:
    """Whether an event offers such a key; it is then accepted, and comes back as a key press."""
    if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_mine(event):
        event.accept()
        return True
    return False
