"""What is said about the node or edge that is pointed at or selected: its lines and its card."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from nnsim.engine.snapshot import Snapshot
from nnsim.ui.graph.card import Card
from nnsim.ui.graph.describe import Describer
from nnsim.ui.graph.geometry import Item
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.weight_images import incoming_picture
from nnsim.ui.theme import Theme


def lines(scene: Scene | None, item: Item, known: Snapshot | None, locale: QLocale) -> list[str]:
    """The exact words, one fact a line; none without a network.

    Parameters
    ----------
    known : Snapshot or None
        What is known of the step that is shown; None at rest.
    """
    if scene is None:
        return []
    shown = scene.snapshot if known is None else known
    return Describer(scene.layout, scene.names, locale).lines(item, shown)


class Inspector:
    """Keeps the card for a moment, so that its numbers can be read while they change.

    Attributes
    ----------
    card : Card
        The last that was asked for.
    """

    def __init__(self) -> None:
        self.card = Card(())
        self._key: tuple[object, ...] = ()

    def card_on(
        self, scene: Scene, item: Item, known: Snapshot | None, written: int, theme: Theme, locale: QLocale
    ) -> Card:
        """What is said about an item, written anew whenever more is known or `written` another number."""
        key = (item, known, written, theme, scene, locale.name())
        if key != self._key:
            picture = incoming_picture(theme, scene, item, locale)
            self.card = Card(tuple(lines(scene, item, known, locale)), *(picture or ()))
            self._key = key
        return self.card
