"""The cards that follow the training: loss, accuracy, gradient norms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from nnsim.model.change import Change, Part
from nnsim.session.session import Session
from nnsim.ui.graph.geometry import is_mixed
from nnsim.ui.graph.words import Names
from nnsim.ui.numbers import count
from nnsim.ui.panels.card import Card
from nnsim.ui.plots.gradient_norms import GradientNorms
from nnsim.ui.plots.late_plot import LatePlot
from nnsim.ui.theme import Theme

if TYPE_CHECKING:
    from nnsim.ui.plots.history_plot import HistoryPlot


class ProgressPanel(Card):
    """Follows the training while it is seen; catches up when it comes to be seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._session = session
        session.readout_changed.connect(self._refresh_if_seen)
        session.data_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Redraw from the session."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self.refresh()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()


class CurvesPanel(ProgressPanel):
    """Two curves over the epochs."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._late: LatePlot[HistoryPlot] = LatePlot(self._make, theme)
        self._late.made.connect(self.refresh)
        self.body.addWidget(self._late, 1)
        self.refresh()

    @property
    def plot(self) -> HistoryPlot:
        """The curves, made when they are first needed."""
        return self._late.plot

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._late.set_theme(theme)

    def _make(self, theme: Theme) -> HistoryPlot:
        raise NotImplementedError


class LossPanel(CurvesPanel):
    """The loss over the epochs."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.setMinimumHeight(100)

    def _make(self, theme: Theme) -> HistoryPlot:
        from nnsim.ui.plots.history_plot import HistoryPlot

        plot = HistoryPlot(theme, self.tr("Loss over epochs"), share=False)
        plot.setToolTip(self.tr("The data's loss after each epoch, the L2 penalty left out"))
        return plot

    def refresh(self) -> None:
        """Redraw from the session's history."""
        kept_back = len(self._session.dataset.validation_x) > 0
        self.set_heading(self.tr("Loss · train — validation - -") if kept_back else self.tr("Loss"))
        if not self._late.is_made:
            return
        epochs, train, validation, _, _ = self._session.history.columns()
        self.plot.show_curves(epochs, train, validation)


class AccuracyPanel(CurvesPanel):
    """The share of right answers over the epochs; hidden for a regression."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.set_heading(self.tr("Accuracy, %"))
        self.setMinimumHeight(90)

    def _make(self, theme: Theme) -> HistoryPlot:
        from nnsim.ui.plots.history_plot import HistoryPlot

        plot = HistoryPlot(theme, self.tr("Accuracy over epochs"), share=True)
        plot.setToolTip(self.tr("Share of samples answered right, in percent"))
        return plot

    def refresh(self) -> None:
        """Redraw from the session's history."""
        self.setVisible(self._session.dataset.task != "regression")
        if not self._late.is_made:
            return
        epochs, _, _, train, validation = self._session.history.columns()
        self.plot.show_curves(epochs, train, validation)


class GradientPanel(ProgressPanel):
    """The norm that the gradient of the last step had in each layer."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.plot = GradientNorms(theme)
        self.body.addWidget(self.plot)
        session.document_changed.connect(self._follow)
        self._name_layers()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.plot.set_theme(theme)

    def refresh(self) -> None:
        """Redraw from the newest snapshot."""
        snapshot = self._session.snapshot
        norms = None if snapshot is None else snapshot.gradient_norms
        self.plot.show_norms(norms)
        # They led to the weights of now, and are not those that these weights have.
        if snapshot is None or norms is None:
            self.set_heading(self.tr("Gradient norm per layer"))
        else:
            self.set_heading(self.tr("Gradient norm in step {step}").format(step=count(snapshot.step)))

    def _follow(self, change: Change) -> None:
        if change.touches(Part.LAYERS):
            self._name_layers()

    def _name_layers(self) -> None:
        network = self._session.document.network
        hidden = range(1, len(network.layers) - 1)
        if is_mixed(network):
            names = [Names(network).layer(layer) for layer in hidden]
        else:
            names = [self.tr("Hidden {number}").format(number=layer) for layer in hidden]
        self.plot.set_layers((*names, self.tr("Output")))
        self.refresh()
