"""The right column of a scene with digits."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from nnsim.model.change import Change
from nnsim.session.lesson_host import LessonHost
from nnsim.session.session import Session
from nnsim.ui.digits.bars import PredictionBars
from nnsim.ui.digits.desk import DigitsDesk
from nnsim.ui.digits.draw_panel import DrawPanel
from nnsim.ui.digits.exam_panels import ExamPanels
from nnsim.ui.digits.example import EXAMPLE
from nnsim.ui.digits.opened_pictures import OpenedPictures
from nnsim.ui.digits.pages import Pages
from nnsim.ui.digits.pictures_card import PicturesCard
from nnsim.ui.digits.teaching import Teaching
from nnsim.ui.letters import letters
from nnsim.ui.panels.card import Card
from nnsim.ui.panels.column import Column
from nnsim.ui.plots.progress_panels import AccuracyPanel, GradientPanel, LossPanel
from nnsim.ui.theme import Theme

_BARS = 172
_CANVAS = 190
_LOW, _LOWER, _FLAT = 480, 320, 230
"""Heights beside the smallest canvas below which drawing and prediction stand closer, without what can be
spared, and without bars; with usual letters."""


class DigitsColumn(Pages):
    """Drawing and prediction, mistakes, and the course of the training.

    Attributes
    ----------
    desk : DigitsDesk
    pictures : OpenedPictures
    """

    def __init__(
        self, session: Session, lessons: LessonHost, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.draw, self.bars, self.teach = DrawPanel(theme), PredictionBars(theme), Teaching()
        self.exam = ExamPanels(theme)
        # What height there is to spare goes to the canvas.
        self._fit_letters()
        self.desk = DigitsDesk(session, lessons, self.draw, self.bars, self.teach, self.exam)
        self._plots = LossPanel(session, theme), AccuracyPanel(session, theme), GradientPanel(session, theme)
        opened = PicturesCard(theme)
        self.pictures = OpenedPictures(session, self.desk, opened, self)
        self._prediction = prediction = Card(self.tr("Prediction"))
        prediction.body.addWidget(self.bars)
        prediction.body.addWidget(self.teach)
        drawing = Column((self.draw, 1), (prediction, 0))
        # A lesson takes height from the column: what it changes stays in sight.
        lessons.changed.connect(lambda lesson: drawing.show_whole(prediction) if lesson else None)
        self.add(
            "draw",
            self.tr("Draw"),
            self.tr("Draw a digit, see it read, and teach it"),
            drawing,
        )
        self.add(
            "test",
            self.tr("Test"),
            self.tr("How the network does on digits that it was never trained on"),
            Column((opened, 0), *((card, int(i == 2)) for i, card in enumerate(self.exam.cards))),
        )
        loss, accuracy, gradients = self._plots
        self.add(
            "training",
            self.tr("Training"),
            self.tr("Loss and accuracy over the epochs"),
            Column((loss, 3), (accuracy, 3), (gradients, 0)),
        )
        self.draw.problem.connect(self.desk.problem)
        self.draw.canvas.show_example(EXAMPLE)
        self.turned.connect(self._examine_if_seen)
        session.document_changed.connect(self._follow)
        self._begin()

    def take_over(self, other: DigitsColumn) -> None:
        """Show the drawing and the page that another column shows."""
        self.draw.canvas.take_over(other.draw.canvas)
        self.turn_to(other.current)

    def changeEvent(self, event: QEvent) -> None:
        """Rows of the prediction are as high as their letters need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "bars"):
            self._fit_letters()

    def _fit_letters(self) -> None:
        self.bars.setMaximumHeight(round(_BARS * letters(self.font())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window what one teaches with stays in sight."""
        super().resizeEvent(event)
        room = (self.height() - _CANVAS) / letters(self.font())
        low, lower, flat = (room < limit for limit in (_LOW, _LOWER, _FLAT))
        self.draw.set_compact(low)
        self.draw.set_flat(lower)
        self.bars.set_flat(flat)
        self.draw.show_heading(not lower)
        self._prediction.show_heading(not low)
        self._prediction.body.setSpacing(4 if low else 7)
        for card in (self.draw, self._prediction):
            card.set_tight(lower)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        digits = self.draw, self.bars, self.exam, self.pictures.card
        for part in (*digits, *self._plots):
            part.set_theme(theme)

    def _follow(self, change: Change) -> None:
        if change.of_computation:
            self._begin()

    def _begin(self) -> None:
        self._examine_if_seen()
        self.desk.begin()

    def _examine_if_seen(self) -> None:
        # Elsewhere, whoever shows other pictures says whether they are examined.
        if self.desk.is_open:
            self._session.examine(self.current == "test")
