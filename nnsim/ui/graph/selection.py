"""What is selected on the stage: nodes and edges, one of them first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nnsim.model.network import Network
from nnsim.ui.graph.geometry import Item, Node
from nnsim.ui.graph.hit import exists


@dataclass(frozen=True, slots=True)
class Selection:
    """Selected nodes and edges.

    Attributes
    ----------
    items : frozenset of (Node or Edge)
    first : Node, Edge or None
        The one that is spoken of; one of `items`, None only if there are none.
    anchor : Node or None
        Whose edges are walked with the arrow keys while an edge is first.
    """

    items: frozenset[Item] = frozenset()
    first: Item | None = None
    anchor: Node | None = None

    @classmethod
    def of(cls, items: Iterable[Item], first: Item | None = None, anchor: Node | None = None) -> Selection:
        """Some items; without a `first` among them, the one that comes first in the network."""
        kept = frozenset(items)
        if first not in kept:
            first = min(kept, key=tuple, default=None)
        return cls(kept, first, anchor)

    def toggled(self, item: Item) -> Selection:
        """With an item that was not selected, or without it if it was; the added one is first."""
        if item in self.items:
            return Selection.of(self.items - {item}, self.first)
        return Selection.of(self.items | {item}, item)

    def within(self, network: Network) -> Selection:
        """What of it is still there in an edited network."""
        kept = frozenset(item for item in self.items if exists(network, item))
        anchor = self.anchor if self.anchor is not None and exists(network, self.anchor) else None
        return Selection.of(kept, self.first, anchor)

    @property
    def focus(self) -> Node | None:
        """The node whose edges are drawn before all others."""
        return self.first if isinstance(self.first, Node) else self.anchor
