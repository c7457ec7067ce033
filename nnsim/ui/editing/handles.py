"""What appears under the pointer to take hold of: plus signs at the headings, a handle at a neuron's rim."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QObject, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QToolButton

from nnsim.model.edits import SIZES
from nnsim.model.network import Node
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.icons import icon
from nnsim.ui.theme import Theme

SIDE = 20
"""Of a plus sign."""
_HEIGHT = 0.86
"""Where plus signs stand, as a share of the headings' height."""
_GRIP = 4.5
_REACH = 9.0
"""Distance within which a handle is taken hold of."""
_PATIENCE = 500
"""Milliseconds for which plus signs stay when the pointer leaves the stage across them."""

_PLUS = """QToolButton {{ background: {card}; border: 1px solid {node_ring}; border-radius: {half}px;
padding: 0; min-height: 0; }} QToolButton:hover {{ background: {field}; border-color: {text}; }}"""


class Handles(QObject):
    """Shows them quietly, and only where the pointer is.

    Parameters
    ----------
    canvas : GraphCanvas

    Signals
    -------
    neuron_wanted : int
        One more in this layer.
    layer_wanted : int, int
        A new layer between these.

    Attributes
    ----------
    gripped : Node or None
        The neuron whose rim handle is shown.
    """

    neuron_wanted = Signal(int)
    layer_wanted = Signal(int, int)

    def __init__(self, canvas: GraphCanvas, theme: Theme) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.gripped: Node | None = None
        self._layer = -1
        self._gap = (-1, -1)
        self._at = QPointF()
        self.neuron_plus = self._plus(self.tr("Add neuron"), self.tr("One more neuron in this layer (Ins)"))
        self.layer_plus = self._plus(
            self.tr("Insert layer"),
            self.tr("A layer of any kind in between (Shift+Ins: the usual)"),
        )
        self.neuron_plus.clicked.connect(self._want_neuron)
        self.layer_plus.clicked.connect(self._want_layer)
        self._leaving = QTimer(self, interval=_PATIENCE, singleShot=True)
        self._leaving.timeout.connect(self._hide_pluses)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for button in (self.neuron_plus, self.layer_plus):
            button.setIcon(icon("zoom_in", theme.muted, theme.faint))
            button.setStyleSheet(
                _PLUS.format(
                    card=theme.card,
                    node_ring=theme.node_ring,
                    field=theme.field,
                    text=theme.text,
                    half=SIDE // 2,
                )
            )

    def follow(self, at: QPointF) -> bool:
        """Show what belongs under the pointer; True if the handle at a rim came or went."""
        self._leaving.stop()
        self._at = at
        self._follow_headings()
        before = self.gripped
        if not self.is_over_grip(at):
            item = self._canvas.item_at(at)
            self.gripped = item if isinstance(item, Node) and self._has_grip(item) else None
        return self.gripped != before

    def leave(self) -> None:
        """The pointer has left the stage, or something else is being done."""
        self.gripped = None
        self._leaving.start()

    def refresh(self) -> None:
        """The network is another one."""
        self.gripped = None
        if any(button.isVisible() for button in self._buttons):
            self._follow_headings()

    def is_over_grip(self, at: QPointF) -> bool:
        """Whether a point is on the handle that is shown."""
        place = self.grip_place()
        return place is not None and (at - place).manhattanLength() <= 1.4 * _REACH

    def grip_place(self) -> QPointF | None:
        """Where the handle stands: right of its neuron."""
        screen = self._canvas.screen_places
        if self.gripped is None or screen is None:
            return None
        number = screen.geometry.number(self.gripped)
        x, y = screen.centres[number].tolist()
        return QPointF(x + 1.12 * float(screen.radii[number]) + 4.0, y)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw the handle at the rim."""
        place = self.grip_place()
        if place is not None:
            painter.setPen(QPen(theme.color("text"), 1.4))
            painter.setBrush(theme.color("card"))
            painter.drawEllipse(place, _GRIP, _GRIP)

    def _has_grip(self, node: Node) -> bool:
        screen = self._canvas.screen_places
        if screen is None or node.layer == len(screen.geometry.layers) - 1:
            return False
        return not screen.geometry.layers[node.layer].is_plane

    def _follow_headings(self) -> None:
        at = self._at
        screen, network = self._canvas.screen_places, self._canvas.network
        if screen is None or network is None or at.y() > screen.geometry.viewport.heading_room:
            self._hide_pluses()
            return
        middles = [screen.rect(place).middle[0] for place in screen.geometry.layers]
        layer = min(range(len(middles)), key=lambda i: abs(middles[i] - at.x()))
        is_hidden = 0 < layer < len(middles) - 1
        self._layer = layer if is_hidden and network.layers[layer].kind in SIZES else -1
        is_filter = network.layers[layer].kind == "conv2d"
        self.neuron_plus.setToolTip(
            self.tr("One more filter in this layer (Ins)")
            if is_filter
            else self.tr("One more neuron in this layer (Ins)")
        )
        self.neuron_plus.setAccessibleName(self.tr("Add filter") if is_filter else self.tr("Add neuron"))
        gaps = [pair for pair in pairwise(range(len(middles))) if pair in network.connections]
        self._gap = min(
            gaps, key=lambda pair: abs(middles[pair[0]] + middles[pair[1]] - 2 * at.x()), default=(-1, -1)
        )
        y = _HEIGHT * screen.geometry.viewport.heading_room
        self._show(self.neuron_plus, middles[layer], y, self._layer >= 0)
        between = (middles[self._gap[0]] + middles[self._gap[1]]) / 2
        self._show(self.layer_plus, between, y, self._gap[0] >= 0)

    @staticmethod
    def _show(button: QToolButton, x: float, y: float, on: bool) -> None:
        button.move(round(x - SIDE / 2), round(y - SIDE / 2))
        button.setVisible(on)

    def _hide_pluses(self) -> None:
        if not any(button.underMouse() for button in self._buttons):
            for button in self._buttons:
                button.hide()

    @property
    def _buttons(self) -> tuple[QToolButton, QToolButton]:
        return self.neuron_plus, self.layer_plus

    def _want_neuron(self) -> None:
        self.neuron_wanted.emit(self._layer)

    def _want_layer(self) -> None:
        self.layer_wanted.emit(*self._gap)

    def _plus(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self._canvas)
        button.setFixedSize(SIDE, SIDE)
        button.setIconSize(QSize(12, 12))
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.hide()
        return button
