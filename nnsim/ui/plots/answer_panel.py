"""What the network says: the picture that suits the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from nnsim.engine.snapshot import Probe, Sample, Snapshot
from nnsim.model.data import DigitsData, ShapesData
from nnsim.session.exam import Exam, exam_samples
from nnsim.session.session import Session
from nnsim.ui.letters import letters
from nnsim.ui.names import class_names
from nnsim.ui.numbers import count
from nnsim.ui.panels.card import Card
from nnsim.ui.plots.late_plot import LatePlot
from nnsim.ui.plots.prediction_table import PredictionTable
from nnsim.ui.theme import Theme

if TYPE_CHECKING:
    from nnsim.ui.digits.gallery import Gallery
    from nnsim.ui.plots.boundary_plot import BoundaryPlot
    from nnsim.ui.plots.curve_plot import CurvePlot

_BESIDE_THE_PLANE = 60


class AnswerPanel(Card):
    """A plane for two inputs, a curve for one, a table for more, pictures as such; and a verdict in words.

    Parameters
    ----------
    session : Session
    theme : Theme
    fills : bool
        Whether it takes all the height there is; else it is no taller than wide.
    parent : QWidget, optional
    """

    def __init__(
        self, session: Session, theme: Theme, *, fills: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._fills = fills
        self.set_heading(self.tr("What the network says"))
        self._session = session
        self._taught: Probe | None = None
        self._theme = theme
        self._plane: LatePlot[BoundaryPlot] = LatePlot(_plane, theme)
        self._curve: LatePlot[CurvePlot] = LatePlot(_curve, theme)
        self.table = PredictionTable(theme)
        self._pictures: Gallery | None = None
        self._stack = QStackedWidget()
        for view in (self._plane, self._curve, self.table):
            self._stack.addWidget(view)
        for late in (self._plane, self._curve):
            late.made.connect(self._show_data)
        self._verdict = QLabel()
        self._verdict.setObjectName("verdict")
        self._verdict.setWordWrap(True)
        self._verdict.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self._verdict)
        self.setMinimumHeight(170)
        session.data_changed.connect(self._show_data)
        session.field_changed.connect(self._show_field)
        session.readout_changed.connect(self._show_readout)
        session.examined.connect(self._show_exam)
        session.document_changed.connect(self._examine)
        self._examine()
        self._show_data()

    @property
    def plane(self) -> BoundaryPlot:
        """The answer over two inputs, made when it is first needed."""
        return self._plane.plot

    @property
    def curve(self) -> CurvePlot:
        """The answer along one input, made when it is first needed."""
        return self._curve.plot

    @property
    def pictures(self) -> Gallery:
        """The pictures with the answers to them, made when they are first needed."""
        if self._pictures is None:
            from nnsim.ui.digits.gallery import Gallery

            self._pictures = Gallery(self._theme, marks=True)
            self._pictures.setAccessibleName(self.tr("Pictures with the network's answers"))
            self._pictures.setToolTip(
                self.tr("What the network takes each picture for; click one to see it on the stage")
            )
            self._pictures.sample_chosen.connect(self._follow)
            self._stack.addWidget(self._pictures)
        return self._pictures

    @property
    def views(self) -> tuple[QWidget, ...]:
        """All three, of which one is seen."""
        return self._plane, self._curve, self.table

    @property
    def shown(self) -> LatePlot[BoundaryPlot] | LatePlot[CurvePlot] | PredictionTable | Gallery:
        """Which of them suits the data."""
        if self._shows_pictures:
            return self.pictures
        return {1: self._curve, 2: self._plane}.get(self._session.dataset.features, self.table)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for view in (self._plane, self._curve, self.table):
            view.set_theme(theme)
        if self._pictures is not None:
            self._pictures.set_theme(theme)
        self._show_data()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside other panels no taller than wide: the plane of the inputs is not drawn out."""
        super().resizeEvent(event)
        if not self._fills:
            self.setMaximumHeight(self.width() + round(_BESIDE_THE_PLANE * letters(self.font())))

    def _show_data(self) -> None:
        self._stack.setCurrentWidget(self.shown)
        # Every change of style measures rows anew, out of sight as well.
        self.table.show_data(None)
        view = self._view()
        if self._shows_pictures:
            self._show_exam(self._session.exam)
        elif view is not None and not isinstance(self._session.document.data, DigitsData):
            view.show_data(self._session.dataset)
        self._show_field()
        self._show_readout()

    @property
    def _shows_pictures(self) -> bool:
        return isinstance(self._session.document.data, ShapesData)

    def _examine(self) -> None:
        if not isinstance(self._session.document.data, DigitsData):
            self._session.examine(self._shows_pictures)

    def _show_exam(self, exam: Exam | None) -> None:
        """Show what the network takes each picture for; they keep their places while it learns."""
        if not self._shows_pictures:
            return
        dataset = self._session.dataset
        x, y = exam_samples(dataset)
        fits = exam is not None and exam.samples == len(x)
        none = np.full(len(x), -1, np.intp)
        answers, sureness = (exam.answers, exam.sureness) if exam and fits else (none, np.zeros(len(x)))
        everyone = np.arange(len(x))
        self.pictures.show_samples(x, y.argmax(axis=1), answers, sureness, everyone, class_names(dataset))

    def _follow(self, index: int) -> None:
        x, y = exam_samples(self._session.dataset)
        self._session.follow(Sample(x[index], y[index]))

    def _key(self) -> str:
        """What the two colours mean, where there are two."""
        if self.shown is not self._plane:
            return ""
        dot = "<span style='color:{}'>●</span> {} &nbsp;"
        theme = self._theme
        return dot.format(theme.positive, "y = 1") + dot.format(theme.negative, "y = 0") + "· "

    def _view(self) -> BoundaryPlot | CurvePlot | PredictionTable | None:
        """What is shown; None while it is not made yet."""
        shown = self.shown
        if isinstance(shown, PredictionTable):
            return shown
        return shown.plot if isinstance(shown, LatePlot) and shown.is_made else None

    @property
    def _shows_plane(self) -> bool:
        return self.shown is self._plane and self._plane.is_made

    def _show_field(self) -> None:
        field, view = self._session.field, self._view()
        if field is None or view is None or isinstance(view, PredictionTable):
            return
        if len(field.domain.low) == self._session.dataset.features:
            view.show_field(field)
            self._show_line()

    def _show_line(self) -> None:
        snapshot, network = self._session.snapshot, self._session.document.network
        if snapshot is not None and self._shows_plane:
            self.plane.show_line(network, snapshot.parameters, self._session.field)

    def _show_readout(self) -> None:
        self.table.rows.show_predictions(self._session.predictions)
        self._ring()
        self._verdict.setText(self._words())
        self._verdict.setVisible(bool(self._verdict.text()))

    def look_at(self, step: Snapshot | None) -> None:
        """Ring the sample of the step on the stage; None: again that where training stands."""
        self._taught = None if step is None else step.probe
        self._ring()

    def _ring(self) -> None:
        snapshot = self._session.snapshot
        probe = self._taught or (None if snapshot is None else snapshot.probe)
        if probe is not None and self._shows_plane and len(probe.x) == 2:
            self.plane.show_sample(probe.x)

    def _words(self) -> str:
        snapshot, dataset = self._session.snapshot, self._session.dataset
        if self._shows_pictures:
            return self._words_of_pictures()
        if snapshot is None or snapshot.train.accuracy is None or not snapshot.train_is_exact:
            return ""
        right = round(snapshot.train.accuracy * dataset.samples)
        words = self._key() + self.tr("{right} of {all} right").format(right=right, all=dataset.samples)
        if self._session.document.training.loss != "perceptron" or snapshot.step == 0:
            return words
        if right == dataset.samples:
            return words + " · " + self.tr("settled: no sample asks for a correction")
        if _is_xor(dataset.x, dataset.y) and len(self._session.document.network.layers) == 2:
            return words + " · " + self.tr("no straight line splits XOR, so this never settles")
        return words + " · " + self.tr("not settled yet")

    def _words_of_pictures(self) -> str:
        exam, kept_back = self._session.exam, len(self._session.dataset.validation_x) > 0
        if exam is None:
            return ""
        words = (
            self.tr("{right} of {all} right that it never learned from")
            if kept_back
            else self.tr("{right} of {all} right")
        )
        return words.format(right=count(exam.samples - len(exam.mistakes)), all=count(exam.samples))


def _plane(theme: Theme) -> BoundaryPlot:
    from nnsim.ui.plots.boundary_plot import BoundaryPlot

    return BoundaryPlot(theme)


def _curve(theme: Theme) -> CurvePlot:
    from nnsim.ui.plots.curve_plot import CurvePlot

    return CurvePlot(theme)


def _is_xor(x: np.ndarray, y: np.ndarray) -> bool:
    gate = x.shape == (4, 2) and set(np.unique(x)) == {0.0, 1.0}
    return gate and np.array_equal(x.sum(axis=1) == 1, y[:, 0] == 1)
