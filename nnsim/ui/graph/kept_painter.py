"""The stage's painter, kept between pictures, and what it goes on drawing between two of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.stage import StagePainter
from nnsim.ui.theme import Theme


class KeptPainter(QObject):
    """Makes another painter where the widget's colours, letters or pixels are others.

    Parameters
    ----------
    widget : QWidget
        That is painted.
    theme : Theme

    Attributes
    ----------
    theme : Theme
    stage : StagePainter
        The one of the last picture.
    maps : sequence of (array of shape (units, n, n) or None), or None
        What nodes show over the two inputs.
    drawing : QTimer
        Runs while something takes several turns of the event loop.

    Signals
    -------
    drawn
        That is whole now.
    """

    drawn = Signal()

    def __init__(self, widget: QWidget, theme: Theme) -> None:
        super().__init__(widget)
        self._widget = widget
        self.theme = theme
        self.maps: Sequence[Floats | None] | None = None
        self._scene: Scene | None = None
        self._at_once = False
        self.drawing = QTimer(self, interval=0, singleShot=True)
        self.drawing.timeout.connect(self._draw_on)
        self.stage = self._new()

    def set_maps(self, scene: Scene | None, maps: Sequence[Floats | None] | None) -> None:
        """Show in each node its activation over the two inputs; None: off."""
        self._scene, self.maps = scene, maps
        self.stage.set_maps(scene, maps)

    def current(self) -> StagePainter:
        """The painter in today's colours, letters and pixels."""
        if not self.stage.suits(self.theme, self._widget.font(), self._widget.devicePixelRatioF()):
            self._renew()
        return self.stage

    def another(self, ratio: float) -> StagePainter:
        """One that paints the same on something else, of so many device pixels for a logical one."""
        stage = StagePainter(self.theme, self._widget.font(), ratio)
        stage.set_maps(self._scene, self.maps)
        return stage

    def draw_at_once(self) -> None:
        """From now on every picture is whole, however long it takes."""
        self._at_once = True
        self._renew()

    def _renew(self) -> None:
        self.stage = self._new()
        self.stage.set_maps(self._scene, self.maps)

    def _new(self) -> StagePainter:
        later = None if self._at_once else self.drawing.start
        return StagePainter(self.theme, self._widget.font(), self._widget.devicePixelRatioF(), later)

    def _draw_on(self) -> None:
        """Draw on, and show it once it is whole."""
        if self.stage.draw_on():
            self.drawn.emit()
        else:
            self.drawing.start()
