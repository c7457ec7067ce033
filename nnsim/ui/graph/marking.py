"""What is marked on the stage, by the pointer, a lesson or a warning, and the card about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QLocale, QObject, QPointF, Signal

from nnsim.lesson.concern import Concern
from nnsim.model.network import Edge
from nnsim.ui.graph.geometry import Item, Node
from nnsim.ui.graph.inspector import Inspector
from nnsim.ui.graph.pointer import Pointer
from nnsim.ui.graph.selection import Selection
from nnsim.ui.graph.showing import Showing
from nnsim.ui.graph.stage import Marks
from nnsim.ui.theme import Theme


class Marking(QObject):
    """Gathers the marks of each picture.

    Attributes
    ----------
    pointer : Pointer
    inspector : Inspector
    concern : Concern or None
        What a lesson is about.
    hinted : Item or None
        What is pointed at elsewhere.
    window : Node or None
        The cell that a sliding window makes.
    warned : frozenset of Item
        What something is wrong with.
    is_handled : bool
        Whether something is being changed by hand: no card hides it.

    Signals
    -------
    changed
        Other things are marked.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pointer = Pointer()
        self.inspector = Inspector()
        self.concern: Concern | None = None
        self.hinted: Item | None = None
        self.window: Node | None = None
        self.warned: frozenset[Item] = frozenset()
        self.is_handled = False

    def set_window(self, node: Node | None) -> None:
        """Show what a cell comes from and goes to though nobody points at it; None: of no cell."""
        if node != self.window:
            self.window = node
            self.changed.emit()

    def hint(self, item: Item | None) -> None:
        """Mark a node or edge that is pointed at elsewhere; None, or anything else: nothing is."""
        self.hinted = item if isinstance(item, Node | Edge) else None
        self.changed.emit()

    def warn(self, items: Iterable[Item]) -> None:
        """Ring the nodes and edges that something is wrong with."""
        self.warned = frozenset(items)
        self.changed.emit()

    def set_handled(self, on: bool) -> None:
        """Say that something is being changed by hand: no card hides it meanwhile."""
        self.is_handled = on
        self.changed.emit()

    def marks(
        self, chosen: Selection, walked_to: QPointF | None, showing: Showing, theme: Theme, locale: QLocale
    ) -> Marks:
        """With a card on what is pointed at, else on what was walked to last."""
        hovered, scene = self.pointer.item, showing.scene
        item = chosen.first if hovered is None else hovered
        at = walked_to if hovered is None else self.pointer.at
        if item is None or at is None or self.pointer.is_dragging or scene is None or self.is_handled:
            return self.at_rest(chosen, hovered or self.hinted)
        written = showing.values.written
        card = self.inspector.card_on(scene, item, showing.known, written, theme, locale)
        return replace(self.at_rest(chosen, hovered), card=card, card_at=at)

    def at_rest(self, chosen: Selection, hovered: Item | None = None) -> Marks:
        """Without a card."""
        return Marks(
            hovered,
            chosen.first,
            chosen.items,
            self.warned,
            concern=self.concern,
            window=self.window,
            anchor=chosen.focus,
        )
