"""The card beside the stage that shows in numbers what the sliding window sees."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton

from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.sight import Sight, position
from nnsim.ui.graph.sight_view import SightView
from nnsim.ui.graph.sliding import SlidingWindow
from nnsim.ui.graph.words import count
from nnsim.ui.icons import icon
from nnsim.ui.panels.card import Card
from nnsim.ui.theme import Theme


class WindowCard(Card):
    """Patch, filter, products, sum, bias and activation at one place; and a button that lets it slide.

    Hidden for networks in which nothing looks through a window.

    Parameters
    ----------
    window : SlidingWindow
    canvas : GraphCanvas
    theme : Theme
    """

    def __init__(self, window: SlidingWindow, canvas: GraphCanvas, theme: Theme) -> None:
        super().__init__(self.tr("Window"))
        self._window, self._canvas, self._theme = window, canvas, theme
        self.view = SightView(theme)
        self.body.addWidget(self.view)
        self._hint = QLabel()
        self._hint.setObjectName("caption")
        self._hint.setWordWrap(True)
        self.play = self._button(
            self.tr("Play"), self.tr("Let the window slide over the whole map, or stop it")
        )
        self.play.setCheckable(True)
        self.play.toggled.connect(window.play)
        self._before = self._button("‹", self.tr("Show the map before"))
        self._next = self._button("›", self.tr("Show the next map that is read"))
        self._before.clicked.connect(lambda: window.show_channel(-1))
        self._next.clicked.connect(lambda: window.show_channel(1))
        row = QHBoxLayout()
        row.addWidget(self.play)
        row.addStretch(1)
        row.addWidget(self._before)
        row.addWidget(self._next)
        self.body.addLayout(row)
        self.body.addWidget(self._hint)
        window.changed.connect(self.refresh)
        window.playing_changed.connect(self._show_playing)
        self.set_theme(theme)
        self.refresh()

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip if len(text) == 1 else text)
        button.setAccessibleDescription(tip)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.view.set_theme(theme)
        self._show_playing(self._window.is_playing)

    def stop(self) -> None:
        """Let the window stand still."""
        self._window.play(False)

    def _show_playing(self, on: bool) -> None:
        self.play.setChecked(on)
        self.play.setIcon(icon("pause" if on else "run", self._theme.text, self._theme.faint))

    def showEvent(self, event: QShowEvent) -> None:
        """What it saw while the card was out of sight is made up for."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show what the window sees now, if anybody looks."""
        self.show_if(self._window.is_possible)
        if not self.isVisible():
            return
        sight, network = self._window.sight, self._canvas.network
        several = sight is not None and sight.channels > 1
        self._before.setVisible(several)
        self._next.setVisible(several)
        if sight is None or network is None:
            self.view.show_sight(None, 1.0)
            return
        channel, row, column = position(network, sight.node)
        heading = self.tr("Map %1 · row %2, column %3")
        for place, number in (("%1", channel), ("%2", row), ("%3", column)):
            heading = heading.replace(place, count(self.locale(), number + 1))
        self.set_heading(heading)
        self.view.show_sight(sight, self._canvas.showing.full_brightness(sight.source))
        self._hint.setText(self._words(sight))

    def _words(self, sight: Sight) -> str:
        moves = self.tr(
            "Move over the image or the map: the window follows. "
            "A click holds it, ← ↑ → ↓ move it by one pixel."
        )
        if not sight.shared:
            return moves
        same = self.tr("The same %n weights look at every place of the image.", "", sight.shared)
        return f"{same} {moves}"
