"""Whose the keys are: a widget that keeps some to itself, and a field that is done with them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def claims(event: QEvent, is_mine: Callable[[QKeyEvent], bool]) -> bool:
    """Whether an event offers such a key; it is then accepted, and comes back as a key press."""
    if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_mine(event):
        event.accept()
        return True
    return False


def give_back(field: QWidget) -> None:
    """The keys are again those of what the window is about: its focus proxy."""
    field.window().setFocus(Qt.FocusReason.OtherFocusReason)


def mark_invalid(field: QWidget, invalid: bool) -> None:
    """Show, or show no longer, that what has been typed cannot be used."""
    if bool(field.property("invalid")) != invalid:
        field.setProperty("invalid", invalid)
        field.style().unpolish(field)
        field.style().polish(field)
