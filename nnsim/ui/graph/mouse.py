"""What the mouse does on the stage: it hovers, selects, and drags the view."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from nnsim.model.network import Edge
from nnsim.ui.graph.geometry import Item
from nnsim.ui.graph.hit import node_at
from nnsim.ui.graph.marking import Marking
from nnsim.ui.graph.selecting import Selector
from nnsim.ui.graph.showing import Showing
from nnsim.ui.graph.views.pointed_filter import filter_at, weight_at


class Mouse(QObject):
    """Reads a widget's mouse events.

    Parameters
    ----------
    widget : QWidget
    showing : Showing
    selector : Selector
    marking : Marking
        Whose pointer it moves.

    Signals
    -------
    hovered : Node, Edge or None
    """

    hovered = Signal(object)

    def __init__(self, widget: QWidget, showing: Showing, selector: Selector, marking: Marking) -> None:
        super().__init__(widget)
        self._widget = widget
        self._showing = showing
        self._selector = selector
        self._marking = marking
        self._pointer = marking.pointer

    def item_at(self, at: QPointF) -> Item | None:
        """The node, else the edge, at a point of the widget; all edges of the selected cell are there."""
        if self._showing.scene is None:
            return None
        found = node_at(self._showing.screen, at.x(), at.y())
        return found or self._showing.edge_at(at, self._selector.selection.focus)

    def filter_at(self, at: QPointF) -> tuple[int, int] | None:
        """Layer and number of the filter at a point of the widget."""
        return None if self._showing.scene is None else filter_at(self._showing.screen, at)

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        self.hover(event.position())
        self._pointer.press(event.position())

    def move(self, event: QMouseEvent) -> None:
        """Hover, or drag the view while the stage is held."""
        if not self._pointer.is_pressed or not event.buttons():
            self.hover(event.position())
            return
        grabs = bool(event.buttons() & Qt.MouseButton.MiddleButton) or self._pointer.item is None
        moved = self._pointer.drag(event.position(), grabs)
        if moved is not None:
            self._widget.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._showing.camera.pan(moved)

    def release(self, event: QMouseEvent) -> None:
        """A button came up: a click selects, or deselects."""
        if self._pointer.release() and event.button() == Qt.MouseButton.LeftButton:
            self._click(event.position())
        self.hover(event.position())

    def _click(self, at: QPointF) -> None:
        item, filtered = self.item_at(at), self.filter_at(at)
        if item is None and filtered is not None:
            self._selector.select_channel(*filtered)
            if self._marking.concern is not None and self._showing.scene is not None:
                # In a lesson, a click on a filter means the weight that it falls on.
                weight = weight_at(self._showing.scene, self._showing.screen, at, *filtered)
                self._selector.selected.emit(weight)
        else:
            is_only = self._selector.selection.items == {item}
            if isinstance(item, Edge) and not is_only:
                self._selector.select_edge(item)
            else:
                self._selector.select(None if item is None or is_only else item)

    def hover(self, at: QPointF | None) -> None:
        """The pointer is at a point, or nowhere."""
        item = None if at is None else self.item_at(at)
        if self._pointer.hover(item, at):
            self.hovered.emit(item)
        elif item is None:
            return
        self._widget.setCursor(
            Qt.CursorShape.ArrowCursor if item is None else Qt.CursorShape.PointingHandCursor
        )
        self._widget.update()
