"""What is marked on the stage, by the pointer, a lesson or a warning, and the card about it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QLocale, QPointF

from nnsim.lesson.concern import Concern
from nnsim.ui.graph.geometry import Item, Node
from nnsim.ui.graph.inspector import Inspector
from nnsim.ui.graph.pointer import Pointer
from nnsim.ui.graph.selection import Selection
from nnsim.ui.graph.showing import Showing
from nnsim.ui.graph.stage import Marks
from nnsim.ui.theme import Theme


class Marking:
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
    """

    def __init__(self) -> None:
        self.pointer = Pointer()
        self.inspector = Inspector()
        self.concern: Concern | None = None
        self.hinted: Item | None = None
        self.window: Node | None = None
        self.warned: frozenset[Item] = frozenset()
        self.is_handled = False

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
            hovered, chosen.first, chosen.items, self.warned, concern=self.concern, window=self.window
        )
