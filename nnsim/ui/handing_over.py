"""What a window leaves to the one that takes its place, as when another language is chosen: everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnsim.ui.main_window import MainWindow

_OWN = ("lesson", "lesson_play", "demo", "full_screen")
"""Switches that say what is under way; they are set by that."""


def hand_over(old: MainWindow, new: MainWindow) -> None:
    """Let a new window of the same session go on where the old one stands, and end the old one.

    Parameters
    ----------
    old, new : MainWindow
        With one session.
    """
    _switches(old, new)
    new.files.take_over(old.files)
    if old.right.has_digits:
        new.digits.take_over(old.digits)
    new.setWindowState(old.windowState())
    new.setGeometry(old.geometry())
    new.splitter.restoreState(old.splitter.saveState())
    new.show()
    new.session.show_again()
    new.lessons.take_over(old.lessons)
    items, first = old.stage.canvas.selection, old.stage.canvas.first_selected
    new.stage.canvas.take_view(old.stage.canvas)
    new.stage.canvas.select_all(items, first)
    old.retire()


def _switches(old: MainWindow, new: MainWindow) -> None:
    for name, action in old.actions_by_name.items():
        if action.isCheckable() and name not in _OWN:
            new.actions_by_name[name].setChecked(action.isChecked())
