"""The mouse on the stage, as a small state machine: hover, click, drag."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from nnsim.ui.graph.geometry import Item

DRAG_START = 4.0
"""Pixels a pressed pointer moves before a click becomes a drag."""


class Pointer:
    """What the pointer is doing.

    Attributes
    ----------
    item : Item or None
        What it hovers over.
    at : QPointF or None
        Where it is, while over an item.
    is_dragging : bool
    """

    def __init__(self) -> None:
        self.item: Item | None = None
        self.at: QPointF | None = None
        self.is_dragging = False
        self._pressed: QPointF | None = None

    @property
    def is_pressed(self) -> bool:
        """Whether a button went down on the stage and has not come up."""
        return self._pressed is not None

    def hover(self, item: Item | None, at: QPointF | None) -> bool:
        """Take over what is under the pointer; True if that has changed."""
        changed = item != self.item
        self.item = item
        self.at = at if item is not None else None
        return changed

    def press(self, at: QPointF) -> None:
        """A button went down."""
        self._pressed = at
        self.is_dragging = False

    def drag(self, at: QPointF, grabs: bool) -> QPointF | None:
        """The pointer moved while pressed; returns by how much to pan, if it holds the stage."""
        if self._pressed is None or not grabs:
            return None
        moved = at - self._pressed
        if not self.is_dragging and moved.manhattanLength() < DRAG_START:
            return None
        self.is_dragging = True
        self._pressed = at
        return moved

    def release(self) -> bool:
        """The button came up; True if that was a click."""
        clicked = self.is_pressed and not self.is_dragging
        self._pressed = None
        self.is_dragging = False
        return clicked

    def forget(self) -> None:
        """The press was something else: its release is no click."""
        self._pressed = None
