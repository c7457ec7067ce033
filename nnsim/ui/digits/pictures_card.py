"""The card of pictures that were opened: each with its label, where that is known, and what it is read as."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from nnsim.data.centring import SIDE
from nnsim.data.dataset import Array32
from nnsim.session.exam import Indices
from nnsim.session.pictures import Picture
from nnsim.ui.digits.gallery import Gallery
from nnsim.ui.digits.gallery_grid import Grid
from nnsim.ui.icons import icon
from nnsim.ui.numbers import count
from nnsim.ui.panels.card import Card
from nnsim.ui.theme import Theme

_ICON = 12
_BUTTON = QSize(20, 18)
_TALLEST = Grid.ROW + 34
"""A row, and enough of the next to show that there are more."""


class PicturesCard(Card):
    """Hidden until there are pictures, and when it is closed.

    Signals
    -------
    picture_chosen : place of the picture that was clicked, from 0
    closed : the button was clicked

    Attributes
    ----------
    pictures : tuple of Picture
    inputs : array of float32, shape (n, 784)
        What the network gets; a new array for each set of pictures.
    gallery : Gallery
    close_button : QToolButton
    """

    picture_chosen = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.pictures: tuple[Picture, ...] = ()
        self.inputs: Array32 = np.zeros((0, SIDE * SIDE), np.float32)
        self._labels: Indices = np.zeros(0, np.intp)
        self.gallery = Gallery(theme)
        self.gallery.setAccessibleName(self.tr("Opened pictures"))
        self.gallery.setToolTip(
            self.tr(
                "Each picture with its label, where its name tells one, and the network's answer; "
                "click one to see it read"
            )
        )
        self.body.addWidget(self.gallery)
        self.close_button = self._make_button()
        self.beside_heading.addWidget(self.close_button)
        self.gallery.sample_chosen.connect(self.picture_chosen)
        self.close_button.clicked.connect(self.closed)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.gallery.set_theme(theme)
        self.close_button.setIcon(icon("close", theme.muted, theme.faint))

    def show_pictures(self, pictures: tuple[Picture, ...]) -> None:
        """Show other pictures, unanswered; with none, hide."""
        self.pictures = pictures
        images = [picture.image.reshape(-1) for picture in pictures]
        self.inputs = np.array(images, np.float32).reshape(-1, SIDE * SIDE)
        self._labels = np.array([-1 if p.label is None else p.label for p in pictures], np.intp)
        self.gallery.show_none()
        self.show_answers(None)
        self.setVisible(bool(pictures))
        self._fit()

    def show_answers(self, outputs: NDArray[np.floating] | None) -> None:
        """Show what the network answers, shape (n, 10); None while that is not known."""
        number = len(self.pictures)
        answers, sureness = np.full(number, -1, np.intp), np.zeros(number)
        if outputs is not None:
            answers = outputs.argmax(axis=1)
            # A network that has diverged answers NaN: it is not sure of anything.
            sureness = np.nan_to_num(np.take_along_axis(outputs, answers[:, None], axis=1)[:, 0], nan=0.0)
        self.gallery.show_samples(self.inputs, self._labels, answers, sureness, np.arange(number))
        self.set_heading(self._words(answers))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """No taller than its rows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self.body.contentsMargins()
        inside = self.width() - margins.left() - margins.right()
        self.gallery.setFixedHeight(min(Grid(inside, len(self.pictures)).height, _TALLEST))

    def _words(self, answers: Indices) -> str:
        words = f"{self.tr('Pictures')} · {count(len(answers))}"
        labelled, right = int((self._labels >= 0).sum()), int((self._labels == answers).sum())
        if not labelled or (len(answers) and answers[0] < 0):
            return words
        if labelled == len(answers):
            return words + self.tr(", {right} read right").format(right=count(right))
        return words + self.tr(", {right} of {labelled} right").format(
            right=count(right), labelled=count(labelled)
        )

    def _make_button(self) -> QToolButton:
        button = QToolButton()
        words = self.tr("Close the pictures")
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFixedSize(_BUTTON)
        button.setStyleSheet("QToolButton { padding: 0; min-height: 0; }")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
