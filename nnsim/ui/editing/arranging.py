"""Moving neurons and layers about the stage, and putting them back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter

from nnsim.model.arrangement import WHOLE, Arrangement, Piece, moved
from nnsim.model.network import Node
from nnsim.session.session import Session
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.geometry import Item
from nnsim.ui.theme import Theme

_HEADING = 60.0
"""Half the width of what counts as a heading, unless its layer is wider or the next one nearer."""
NUDGE = 8.0
"""Pixels that a key moves."""
_NUDGES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Arranger(QObject):
    """Knows what moves together, and writes where it was moved to.

    Parameters
    ----------
    session : Session
    canvas : GraphCanvas
    """

    def __init__(self, session: Session, canvas: GraphCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._canvas = session, canvas

    def hold(self, item: Item | None, at: QPointF) -> Arranging | None:
        """What a drag from a point would move: the neuron there, or the layer whose heading it is."""
        layer = self.heading_at(at) if item is None else None
        if layer is not None:
            return Arranging(self, frozenset({(layer, WHOLE)}), at)
        if isinstance(item, Node):
            chosen = self._selected()
            if item in chosen:
                return Arranging(self, self._pieces(chosen), at)
            return Arranging(self, self._pieces({item}), at, item)
        return None

    def heading_at(self, at: QPointF) -> int | None:
        """The layer on whose heading a point is."""
        layer, screen = self.heading_band_at(at), self._canvas.screen_places
        if layer is None or screen is None:
            return None
        boxes = [screen.rect(place) for place in screen.geometry.layers]
        reach = max(_HEADING * screen.geometry.viewport.text_scale, boxes[layer].width / 2)
        others = [abs(box.middle[0] - boxes[layer].middle[0]) for box in boxes]
        reach = min([reach, *(gap / 3 for i, gap in enumerate(others) if i != layer and gap)])
        return layer if abs(at.x() - boxes[layer].middle[0]) <= reach else None

    def heading_band_at(self, at: QPointF) -> int | None:
        """The layer nearest to a point in the band of the headings."""
        screen = self._canvas.screen_places
        if screen is None or at.y() > screen.geometry.viewport.heading_room:
            return None
        middles = [screen.rect(place).middle[0] for place in screen.geometry.layers]
        return min(range(len(middles)), key=lambda i: abs(middles[i] - at.x()))

    def nudge(self, key: Qt.Key) -> bool:
        """Move the selected neurons a little; False where none is selected. In a row it is one step."""
        chosen = self._selected()
        if chosen:
            pieces, (x, y) = self._pieces(chosen), _NUDGES[key]
            arrangement = moved(self._session.document.arrangement, pieces, x * NUDGE, y * NUDGE)
            self.write(arrangement, f"nudge {sorted(pieces)}")
        return bool(chosen)

    def _selected(self) -> set[Node]:
        return {item for item in self._canvas.selection if isinstance(item, Node)}

    def _pieces(self, nodes: set[Node]) -> frozenset[Piece]:
        """What neurons are moved as: whole layers where all are meant, or where they do not move alone."""
        screen = self._canvas.screen_places
        assert screen is not None
        whole = {
            layer
            for layer, place in enumerate(screen.geometry.layers)
            if any(each.layer == layer for each in nodes)
            and (
                not place.moves_by_unit
                or len(place.centres) == sum(each.layer == layer for each in nodes) > 1
            )
        }
        alone = {(each.layer, each.unit) for each in nodes if each.layer not in whole}
        return frozenset(alone | {(layer, WHOLE) for layer in whole})

    def after(self, pieces: frozenset[Piece], by: QPointF) -> Arrangement:
        """The arrangement with some pieces moved by so much of the widget."""
        screen = self._canvas.screen_places
        scale = 1.0 if screen is None else screen.view.scale
        return moved(self._session.document.arrangement, pieces, by.x() / scale, by.y() / scale)

    def show(self, arrangement: Arrangement | None = None) -> None:
        """Draw the network so, without writing it; None: as it is written."""
        self._canvas.showing.set_arrangement(
            self._session.document.arrangement if arrangement is None else arrangement
        )

    def write(self, arrangement: Arrangement, gesture: str = "") -> None:
        """Make an arrangement the document's, as one step that can be undone."""
        if arrangement != self._session.document.arrangement:
            document = replace(self._session.document, arrangement=arrangement)
            self._session.edit(self.tr("Arrange"), document, gesture)

    def tidy(self) -> None:
        """Put everything back in its automatic place, and show all of it."""
        if self._session.document.arrangement:
            self._session.edit(self.tr("Tidy"), replace(self._session.document, arrangement=()))
        self._canvas.fit()


class Arranging:
    """What is held follows the pointer; it is written when the button comes up.

    Parameters
    ----------
    arranger : Arranger
    pieces : frozenset of Piece
    at : QPointF
        Where the button went down.
    unselected : Node, optional
        The neuron that is pulled, where it is to be selected by that.

    Attributes
    ----------
    start : QPointF
    """

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(
        self, arranger: Arranger, pieces: frozenset[Piece], at: QPointF, unselected: Node | None = None
    ) -> None:
        self._arranger, self._pieces, self.unselected = arranger, pieces, unselected
        self.start = self._at = at

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Show it where the pointer is."""
        self._at = at
        self._arranger.show(self._arranger.after(self._pieces, at - self.start))

    def release(self) -> None:
        """Leave it there."""
        self._arranger.write(self._arranger.after(self._pieces, self._at - self.start))

    def cancel(self) -> None:
        """Put it back where it was."""
        self._arranger.show()

    def paint(self, painter: QPainter, theme: Theme, room: QSizeF) -> None:
        """It is drawn where it is."""
