"""The place of a plot, until there is time to make it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnsim.ui.theme import Theme

if TYPE_CHECKING:
    from nnsim.ui.plots.quiet_plot import QuietPlot

Plot = TypeVar("Plot", bound="QuietPlot")


class LatePlot(QWidget, Generic[Plot]):
    """Makes its plot when it is asked for, at the latest once its empty place has been painted.

    Loading what plots are made with takes as long as loading Qt: the window does not wait for it.

    Parameters
    ----------
    make : callable
        Makes the plot in the colours of a theme.
    theme : Theme

    Signals
    -------
    made : the plot is there, and shows nothing yet
    """

    made = Signal()

    def __init__(self, make: Callable[[Theme], Plot], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make, self._theme = make, theme
        self._plot: Plot | None = None
        self._soon, self._soonest = (QTimer(self, singleShot=True, interval=0) for _ in range(2))
        # One turn of the loop later than what else has waited for the window to be painted.
        self._soonest.timeout.connect(self._soon.start)
        self._soon.timeout.connect(self._be_made)
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)

    @property
    def is_made(self) -> bool:
        """Whether the plot is there."""
        return self._plot is not None

    @property
    def plot(self) -> Plot:
        """The plot."""
        self._be_made()
        assert self._plot is not None
        return self._plot

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if self._plot is not None:
            self._plot.set_theme(theme)

    def sizeHint(self) -> QSize:
        """As small as a plot's."""
        return QSize(200, 100)

    def minimumSizeHint(self) -> QSize:
        """As small as a plot's."""
        return QSize(120, 60)

    def changeEvent(self, event: QEvent) -> None:
        """The plot's letters are its place's."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and getattr(self, "_plot", None) is not None:
            self.plot.setFont(self.font())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The window is on the screen: soon there is time."""
        if self._plot is None:
            self._soonest.start()

    def _be_made(self) -> None:
        if self._plot is None:
            self._plot = self._make(self._theme)
            self._plot.setFont(self.font())
            self._place.addWidget(self._plot)
            # A layout shows what it is given one turn of the loop later: a picture may be taken before.
            self._plot.show()
            self.made.emit()


def make_plots_in(widget: QWidget) -> None:
    """Make what is to be seen in a widget now, for a picture of it."""
    for late in widget.findChildren(LatePlot):
        if late.isVisible():
            late._be_made()
