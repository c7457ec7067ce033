"""The panel for digits: draw one, or take one from the dataset, and see what the network gets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nnsim.data.centring import SIDE
from nnsim.ui.digits.canvas import DrawingCanvas
from nnsim.ui.digits.preview import Preview
from nnsim.ui.digits.tools import DrawingTools
from nnsim.ui.panels.card import Card
from nnsim.ui.panels.choices import Choice
from nnsim.ui.theme import Theme

_PREVIEW = 3 * SIDE
_CLASSES = 10
_FLAT_TOOLS = 3
"""Columns of tools where there is hardly any height."""


class DrawPanel(Card):
    """Canvas, tools, the network's view of it, and digits of the dataset.

    Signals
    -------
    input_changed : what the network gets, float32 (28, 28) in [0, 1]; None while the canvas is empty
    random_wanted : a digit of the dataset is asked for: of this label, or None for any
    mistake_wanted : likewise one that the network gets wrong
    problem : a picture could not be taken, and why
    """

    input_changed = Signal(object)
    random_wanted = Signal(object)
    mistake_wanted = Signal(object)
    problem = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._compact = self._flat = False
        self.set_heading(self.tr("Draw a digit"))
        self.canvas = DrawingCanvas(theme)
        self.tools = DrawingTools(self.canvas, theme)
        self.preview = Preview(theme)
        self.centre = QCheckBox(self.tr("Centre like MNIST"))
        self.centre.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.centre.setChecked(True)
        self.centre.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.centre.setToolTip(
            self.tr(
                "MNIST's digits were scaled to 20 × 20 pixels and moved until their centre of mass was in "
                "the middle. Switch it off, draw in a corner, and see what the network makes of it."
            )
        )
        self.random = self._button(
            self.tr("Random test digit"), self.tr("Take a digit that was not trained on")
        )
        self.mistake = self._button(
            self.tr("Next mistake"), self.tr("Take the next test digit that the network gets wrong")
        )
        self.label_filter = Choice()
        self.label_filter.setAccessibleName(self.tr("Which digits to take"))
        self.label_filter.setToolTip(self.tr("Which digits to take from the dataset"))
        self.label_filter.offer([(None, self.tr("any")), *((k, str(k)) for k in range(_CLASSES))])
        self._place()
        self.canvas.changed.connect(self._pass_on)
        self.canvas.problem.connect(self.problem)
        self.centre.toggled.connect(self._set_centring)
        self.random.clicked.connect(lambda: self.random_wanted.emit(self.label_filter.currentData()))
        self.mistake.clicked.connect(lambda: self.mistake_wanted.emit(self.label_filter.currentData()))

    @property
    def label(self) -> int | None:
        """What the digit on the canvas is known to be; None for one that was drawn."""
        return self.canvas.label

    def show_digit(self, image: NDArray[np.float32], label: int | None = None) -> None:
        """Put a dataset's digit on the canvas, shape (28, 28); the network gets exactly these pixels."""
        self.canvas.show_digit(image, label)

    def lend(self, digit: NDArray[np.float32] | None, words: str = "") -> None:
        """Show another digit for a while, shape (28, 28), and say what it is; None: again one's own."""
        self.canvas.lend(digit)
        self.preview.show_input(self.canvas.pixels())
        self.set_heading(words or self.tr("Draw a digit"))

    def offer_digits(self, offered: bool) -> None:
        """Whether there is a dataset to take digits from."""
        for widget in (self.random, self.mistake, self.label_filter):
            widget.setEnabled(offered)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for widget in (self.canvas, self.tools, self.preview):
            widget.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """No taller than a square canvas needs."""
        super().resizeEvent(event)
        self._limit()

    def _limit(self) -> None:
        margins = self.body.contentsMargins()
        inside = self.width() - margins.left() - margins.right()
        canvas = inside - self._side.sizeHint().width() - self.body.spacing()
        rest = margins.top() + margins.bottom() + 2 * self.body.spacing()
        heading = self.beside_heading.sizeHint().height()
        self.setMaximumHeight(canvas + rest + heading + self._below.sizeHint().height())

    def set_compact(self, compact: bool) -> None:
        """Take little height: everything stands beside the canvas, and the graph alone shows the input."""
        if compact == self._compact:
            return
        self._compact = compact
        self.preview.setHidden(compact)
        self.tools.arrange(2 if compact else 1)
        self.body.setSpacing(5 if compact else 7)
        self._side.setSpacing(3 if compact else 5)
        for button in (self.random, self.mistake):
            self._words.removeWidget(button)
            self._mistakes.removeWidget(button)
            self._side.removeWidget(button)
        self._words.removeWidget(self.centre)
        self._mistakes.removeWidget(self.centre)
        if compact:
            self._side.addWidget(self.random)
            self._side.addWidget(self.mistake)
            self._mistakes.insertWidget(0, self.centre, 1)
        else:
            self._words.insertWidget(0, self.centre)
            self._words.insertWidget(2, self.random)
            self._mistakes.insertWidget(0, self.mistake, 1)
        self._name_buttons()
        self._limit()

    def set_flat(self, flat: bool) -> None:
        """Compact, and nothing below the canvas."""
        if flat == self._flat:
            return
        self._flat = flat
        for part in (self.label_filter, self.centre):
            part.setHidden(flat)
        self.tools.arrange(_FLAT_TOOLS if flat else 2)
        self._limit()

    def _name_buttons(self) -> None:
        names = self.random.accessibleName(), self.mistake.accessibleName()
        short = self.tr("Random"), self.tr("Mistake")
        for button, words in zip((self.random, self.mistake), short if self._compact else names, strict=True):
            button.setText(words)
            wide = QSizePolicy.Policy.Minimum if self._compact else QSizePolicy.Policy.Ignored
            button.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    def _place(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(self.body.spacing())
        above.addWidget(self.canvas, 1)
        self._side = QVBoxLayout()
        self._side.setSpacing(5)
        self._side.addWidget(self.tools, 1)
        above.addLayout(self._side)
        self.body.addLayout(above, 1)
        self.preview.setFixedSize(QSize(_PREVIEW + 2, _PREVIEW + 2))
        self._mistakes = QHBoxLayout()
        self._mistakes.setSpacing(5)
        self._mistakes.addWidget(self.mistake, 1)
        self._mistakes.addWidget(self.label_filter)
        self.label_filter.setFixedWidth(56)
        self.label_filter.setStyleSheet("padding: 3px 0 3px 6px;")
        self._words = words = QVBoxLayout()
        words.setSpacing(5)
        words.addWidget(self.centre)
        words.addStretch(1)
        words.addWidget(self.random)
        words.addLayout(self._mistakes)
        self._below = QHBoxLayout()
        self._below.setSpacing(10)
        self._below.addWidget(self.preview)
        self._below.addLayout(words, 1)
        self.body.addLayout(self._below)

    def _button(self, words: str, tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setStyleSheet("padding: 4px 6px;")
        # Words in another language are cut rather than widening the column.
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return button

    def _set_centring(self, centring: bool) -> None:
        self.canvas.set_centring(centring)
        self._pass_on()

    def _pass_on(self) -> None:
        pixels = self.canvas.pixels()
        self.preview.show_input(pixels)
        self.input_changed.emit(pixels)
