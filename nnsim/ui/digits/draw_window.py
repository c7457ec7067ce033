"""Canvas and prediction alone, large: for a touch screen or a stand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nnsim.data.centring import SIDE
from nnsim.ui.digits.bars import PredictionBars
from nnsim.ui.digits.canvas import DrawingCanvas
from nnsim.ui.digits.preview import Preview
from nnsim.ui.dressing import Dressing
from nnsim.ui.icons import icon, window_icon
from nnsim.ui.notice import Notice
from nnsim.ui.theme import Theme

_BUTTON, _ICON = 46, 26
_PREVIEW = 6 * SIDE + 2
_MARGIN = 18


class DrawBoard(QWidget):
    """A window to draw digits in, with large buttons and nothing else.

    F11 fills the screen; Esc leaves it again.

    Signals
    -------
    input_changed : what the network gets, float32 (28, 28) in [0, 1]; None while the canvas is empty
    theme_wanted : the other theme is asked for
    problem : a picture could not be taken, and why
    """

    input_changed = Signal(object)
    theme_wanted = Signal()
    problem = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("centre")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Draw a digit"))
        self.setWindowIcon(window_icon())
        self.canvas, self.preview, self.bars = DrawingCanvas(theme), Preview(theme), PredictionBars(theme)
        self.notice = Notice()
        self._icons: dict[QPushButton, str] = {}
        self.clear = self._button("clear", self.tr("Clear"), self.canvas.clear)
        self.undo = self._button("undo", self.tr("Undo"), self.canvas.undo)
        self.theme_button = self._button("theme", self.tr("Theme"), self.theme_wanted.emit)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.canvas.clear)
        self._place()
        self.canvas.changed.connect(self._pass_on)
        self.canvas.finished.connect(self._refresh)
        self.canvas.problem.connect(self.problem)
        self._dressing = Dressing(self, theme)
        self.set_theme(theme)
        self._refresh()

    def show_probabilities(
        self, probabilities: NDArray[np.floating] | None, label: int | None = None
    ) -> None:
        """Show ten probabilities, shape (10,); None while there is nothing to predict."""
        self.bars.show_probabilities(probabilities, label)

    def clear_when_idle(self, seconds: float) -> None:
        """Clear the canvas when nobody has drawn for so long, for the next visitor; 0 never does."""
        self._idle.setInterval(round(seconds * 1000.0))
        self._wait()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._dressing.wear(theme)
        for widget in (self.canvas, self.preview, self.bars):
            widget.set_theme(theme)
        for button, name in self._icons.items():
            button.setIcon(icon(name, theme.text, theme.faint))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 fills the screen, Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        elif event.key() == Qt.Key.Key_F11:
            (self.showNormal if self.isFullScreen() else self.showFullScreen)()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one below the other on a screen that stands upright."""
        super().resizeEvent(event)
        upright = self.height() > self.width()
        ways = QBoxLayout.Direction
        self._halves.setDirection(ways.TopToBottom if upright else ways.LeftToRight)
        self.canvas.setMinimumHeight(
            min(self.width() - 2 * _MARGIN, self.height() * 9 // 20) if upright else 0
        )

    def sizeHint(self) -> QSize:
        """Room for a canvas that a finger can draw on."""
        return QSize(1100, 720)

    def _place(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(12)
        for button in (self.clear, self.undo, self.theme_button):
            tools.addWidget(button, 1)
        caption = QLabel(self.tr("What the network sees"))
        caption.setObjectName("caption")
        caption.setStyleSheet("font-size: 16px;")
        caption.setWordWrap(True)
        self.preview.setFixedSize(_PREVIEW, _PREVIEW)
        seen = QHBoxLayout()
        seen.setSpacing(14)
        seen.addWidget(self.preview)
        seen.addWidget(caption, 1)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.notice)
        right.addWidget(self.bars, 1)
        right.addLayout(seen)
        right.addLayout(tools)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._halves.setSpacing(24)
        self._halves.addWidget(self.canvas, 3)
        self._halves.addLayout(right, 2)

    def _button(self, name: str, words: str, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.setToolTip(words)
        # The window's style sheet sets heights, too, and would win over setMinimumHeight.
        button.setStyleSheet(f"min-height: {_BUTTON}px; font-size: 18px;")
        button.setIconSize(QSize(_ICON, _ICON))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: call())
        self._icons[button] = name
        return button

    def _pass_on(self) -> None:
        pixels = self.canvas.pixels()
        self.preview.show_input(pixels)
        self._refresh()
        self._wait()
        self.input_changed.emit(pixels)

    def _refresh(self) -> None:
        self.undo.setEnabled(self.canvas.can_undo)
        self.clear.setEnabled(self.canvas.has_something)

    def _wait(self) -> None:
        if self._idle.interval() and self.canvas.has_something:
            self._idle.start()
        else:
            self._idle.stop()
