"""The cards that follow the training: loss, accuracy, gradient norms."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from nnsim.session.session import Session
from nnsim.ui.panels.card import Card
from nnsim.ui.plots.gradient_norms import GradientNorms
from nnsim.ui.plots.history_plot import HistoryPlot
from nnsim.ui.theme import Theme


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


class LossPanel(ProgressPanel):
    """The loss over the epochs."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.plot = HistoryPlot(theme, self.tr("Loss over epochs"), share=False)
        self.plot.setToolTip(self.tr("The data's loss after each epoch, the L2 penalty left out"))
        self.body.addWidget(self.plot, 1)
        self.setMinimumHeight(100)
        self.refresh()

    def refresh(self) -> None:
        """Redraw from the session's history."""
        kept_back = len(self._session.dataset.validation_x) > 0
        self.set_heading(self.tr("Loss · train — validation - -") if kept_back else self.tr("Loss"))
        epochs, train, validation, _, _ = self._session.history.columns()
        self.plot.show_curves(epochs, train, validation)


class AccuracyPanel(ProgressPanel):
    """The share of right answers over the epochs; hidden for a regression."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.set_heading(self.tr("Accuracy, %"))
        self.plot = HistoryPlot(theme, self.tr("Accuracy over epochs"), share=True)
        self.plot.setToolTip(self.tr("Share of samples answered right, in percent"))
        self.body.addWidget(self.plot, 1)
        self.setMinimumHeight(90)
        self.refresh()

    def refresh(self) -> None:
        """Redraw from the session's history."""
        self.setVisible(self._session.dataset.task != "regression")
        epochs, _, _, train, validation = self._session.history.columns()
        self.plot.show_curves(epochs, train, validation)


class GradientPanel(ProgressPanel):
    """The gradient's norm in each layer."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.set_heading(self.tr("Gradient norm per layer"))
        self.plot = GradientNorms(theme)
        self.body.addWidget(self.plot)
        session.document_changed.connect(self._name_layers)
        self._name_layers()

    def refresh(self) -> None:
        """Redraw from the newest snapshot."""
        snapshot = self._session.snapshot
        self.plot.show_norms(None if snapshot is None else snapshot.gradient_norms)

    def _name_layers(self) -> None:
        layers = len(self._session.document.network.layers)
        hidden = (self.tr("Hidden {number}").format(number=i) for i in range(1, layers - 1))
        self.plot.set_layers((*hidden, self.tr("Output")))
        self.refresh()
