"""A column of cards that scrolls when the window is low."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

_SCROLL_BAR, _GAP, _NARROWEST = 9, 3, 258


class Column(QScrollArea):
    """Cards from top to bottom, each with its stretch; never narrower than they need.

    Parameters
    ----------
    *parts : (QWidget, int)
        A card and its share of spare height; where no card has one, the spare height is left below.
    """

    def __init__(self, *parts: tuple[QWidget, int]) -> None:
        super().__init__()
        self._content = content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, _GAP, 0)
        layout.setSpacing(9)
        for widget, stretch in parts:
            layout.addWidget(widget, stretch)
        if not any(stretch for _, stretch in parts):
            layout.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._wanted: QWidget | None = None
        # A card that has just come needs a moment to find its height.
        self._scrolling = QTimer(self, interval=0, singleShot=True)
        self._scrolling.timeout.connect(self._scroll)

    def show_whole(self, card: QWidget) -> None:
        """Scroll just so far that a card can be seen; of a very tall one the beginning."""
        self._wanted = card
        self._scrolling.start()

    def _scroll(self) -> None:
        card, bar = self._wanted, self.verticalScrollBar()
        if card is None:
            return
        top, bottom = card.y(), card.y() + card.height()
        if not bar.value() <= top <= bottom <= bar.value() + self.viewport().height():
            bar.setValue(min(top, bottom - self.viewport().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Larger letters make the cards wider, and the column with them."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest card, with room for the scroll bar."""
        wanted = self._content.minimumSizeHint().width() + _SCROLL_BAR
        # Not a hair wider or narrower from scene to scene: the stage must not jump.
        return QSize(max(wanted, _NARROWEST), 120)

    def sizeHint(self) -> QSize:
        """As wide as it must be."""
        return self.minimumSizeHint()
