"""The cards of an exam: accuracy by digit, confusion matrix, and the digits behind them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton

from nnsim.data.dataset import Dataset
from nnsim.session.exam import Exam, exam_samples
from nnsim.ui.digits.class_accuracy import ClassAccuracy
from nnsim.ui.digits.confusion import ConfusionMatrix
from nnsim.ui.digits.gallery import Gallery
from nnsim.ui.names import class_names
from nnsim.ui.numbers import count, percent
from nnsim.ui.panels.card import Card
from nnsim.ui.theme import Theme


class ExamPanels(QObject):
    """Three cards that show one exam; a chosen cell of the matrix fills the gallery with its digits.

    Signals
    -------
    sample_chosen : number of the sample whose picture was clicked, as in `exam_samples`

    Attributes
    ----------
    accuracy, confusion, mistakes : Card
        From top to bottom.
    bars, matrix, gallery : the widgets in them
    age : QLabel
        From which step an exam is that training has left behind.
    """

    sample_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exam: Exam | None = None
        self._dataset: Dataset | None = None
        self._stale = False
        self.bars, self.matrix, self.gallery = ClassAccuracy(theme), ConfusionMatrix(theme), Gallery(theme)
        self.accuracy, self.confusion, self.mistakes = Card(""), Card(""), Card("")
        self.confusion.set_heading(self.tr("Confusion matrix"))
        for card, widget in zip(self.cards, (self.bars, self.matrix, self.gallery), strict=True):
            card.body.addWidget(widget, 1)
        self.age = QLabel()
        self.age.setObjectName("caption")
        self.confusion.beside_heading.addWidget(self.age)
        self.all_mistakes = self._make_button()
        self.mistakes.beside_heading.addWidget(self.all_mistakes)
        # The heading keeps its height when the button goes: nothing may jump.
        self.mistakes.beside_heading.addStrut(self.all_mistakes.sizeHint().height())
        self.matrix.cell_chosen.connect(self._fill_gallery)
        self.matrix.cell_cleared.connect(self._fill_gallery)
        self.gallery.sample_chosen.connect(self.sample_chosen)
        self.clear()

    @property
    def cards(self) -> tuple[Card, Card, Card]:
        """The cards from top to bottom; the last one takes spare height."""
        return self.accuracy, self.confusion, self.mistakes

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for widget in (self.bars, self.matrix, self.gallery):
            widget.set_theme(theme)

    def show_exam(self, exam: Exam, dataset: Dataset) -> None:
        """Show an exam over a dataset's samples; a chosen cell stays chosen."""
        self._exam, self._dataset, self._stale = exam, dataset, False
        names = _names(exam, dataset)
        self.bars.show_exam(exam, names)
        self.matrix.show_confusion(exam.confusion, names)
        self._fill_gallery()
        self._head()

    def clear(self) -> None:
        """Forget the exam."""
        self._exam = self._dataset = None
        self._stale = False
        names = tuple(map(str, range(10)))
        self.bars.show_exam(None, names)
        self.matrix.show_confusion(None, names)
        self._fill_gallery()
        self._head()

    def set_stale(self, stale: bool) -> None:
        """Say from which step the exam is, when training has gone on since."""
        if stale != self._stale:
            self._stale = stale
            self._head()

    # --- inside

    def _make_button(self) -> QToolButton:
        button = QToolButton()
        button.setText(self.tr("All mistakes"))
        button.setAccessibleName(self.tr("All mistakes"))
        button.setToolTip(self.tr("Leave the chosen cell and show every mistake, the surest first"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setStyleSheet("QToolButton { font-size: 11px; padding: 0 6px; min-height: 15px; }")
        button.clicked.connect(lambda: self.matrix.choose(None))
        return button

    def _head(self) -> None:
        heading, exam = self.tr("Accuracy by digit"), self._exam
        if exam is not None and exam.samples:
            heading += " · " + percent(exam.accuracy)
        self.accuracy.set_heading(heading)
        shown = exam is not None and self._stale
        self.age.setText(self.tr("from step {step}").format(step=count(exam.step)) if exam and shown else "")
        self.age.setToolTip(self.tr("Training has gone on since this exam") if shown else "")
        self.age.setVisible(shown)

    def _fill_gallery(self) -> None:
        exam, cell = self._exam, self.matrix.chosen
        self.all_mistakes.setVisible(cell is not None)
        if exam is None or self._dataset is None:
            self.mistakes.set_heading(self.tr("Worst mistakes"))
            self.gallery.say_when_empty(self.tr("Nothing examined yet."))
            self.gallery.show_none()
            return
        indices = exam.mistakes if cell is None else exam.cell(*cell)
        names = _names(exam, self._dataset)
        if cell is None:
            self.mistakes.set_heading(f"{self.tr('Worst mistakes')} · {count(len(indices))}")
            self.gallery.say_when_empty(self.tr("No mistakes among these: well done."))
        else:
            self.mistakes.set_heading(self._words(names[cell[0]], names[cell[1]], len(indices)))
            self.gallery.say_when_empty(self.tr("No digit is read like this any more."))
        images = exam_samples(self._dataset)[0]
        self.gallery.show_samples(images, exam.labels, exam.answers, exam.sureness, indices, names)

    def _words(self, label: str, answer: str, found: int) -> str:
        if label == answer:
            return self.tr("{label} read rightly · {found}").format(label=label, found=count(found))
        words = (
            self.tr("{label} read as {answer} · 1 digit")
            if found == 1
            else self.tr("{label} read as {answer} · {found} digits")
        )
        return words.format(label=label, answer=answer, found=count(found))


def _names(exam: Exam, dataset: Dataset) -> tuple[str, ...]:
    return (
        class_names(dataset) if len(dataset.classes) == exam.classes else tuple(map(str, range(exam.classes)))
    )
