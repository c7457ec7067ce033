"""One picture of the stage, put together from what its parts know."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from nnsim.ui.graph import legend
from nnsim.ui.graph.kept_legend import KeptLegend
from nnsim.ui.graph.kept_painter import KeptPainter
from nnsim.ui.graph.marking import Marking
from nnsim.ui.graph.selecting import Selector
from nnsim.ui.graph.showing import Showing
from nnsim.ui.graph.stage import Marks, StagePainter


class Picture:
    """Paints the stage.

    Parameters
    ----------
    widget : QWidget
        Whose size and language it has.
    showing : Showing
    selector : Selector
    marking : Marking
    kept : KeptPainter

    Attributes
    ----------
    legend : KeptLegend
    """

    def __init__(
        self, widget: QWidget, showing: Showing, selector: Selector, marking: Marking, kept: KeptPainter
    ) -> None:
        self._widget = widget
        self._showing = showing
        self._selector = selector
        self._marking = marking
        self._kept = kept
        self.legend = KeptLegend()

    def paint(self, painter: QPainter) -> None:
        """Paint it in the widget, with a card on what is pointed at."""
        self._paint(painter, self._kept.current(), is_pointed=True)

    def paint_on(self, painter: QPainter, ratio: float) -> None:
        """Paint it on something else, of so many device pixels for a logical one; nothing is pointed at."""
        self._paint(painter, self._kept.another(ratio), is_pointed=False)

    def marks(self) -> Marks:
        """What is marked, with a card on what is pointed at."""
        selector, theme, locale = self._selector, self._kept.theme, self._widget.locale()
        return self._marking.marks(selector.selection, selector.walked_to, self._showing, theme, locale)

    def edges_note(self) -> str:
        """How many edges are drawn of how many; empty if all are."""
        scene = self._showing.scene
        return "" if scene is None else legend.note(scene, self._widget.locale())

    def legend_text_at(self, at: QPointF) -> str | None:
        """The words of the legend at a point of the widget; None where there are none."""
        scene = self._showing.scene
        if scene is None:
            return None
        return self._kept.stage.legend_text_at(self.legend.shown, scene.viewport, at)

    def _paint(self, painter: QPainter, stage: StagePainter, is_pointed: bool) -> None:
        showing, scene = self._showing, self._showing.scene
        size, locale = self._widget.size(), self._widget.locale()
        if scene is None:
            painter.fillRect(self._widget.rect(), self._kept.theme.color("window"))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame, viewport = showing.player.frame(scene), scene.viewport
        lines = self.legend.choose(stage, scene, showing.screen, frame, locale)
        if lines > viewport.legend_lines:
            # For lines that the legend lacks the picture gives way.
            showing.resize(replace(viewport, legend_lines=lines), size, size)
        probe = None if showing.known is None else showing.known.probe
        values = showing.texts(locale)
        # The card is written with the values, not a picture later.
        marks = self.marks() if is_pointed else self._marking.at_rest(self._selector.selection)
        stage.paint(
            painter,
            size,
            scene,
            showing.screen,
            frame,
            values,
            None if probe is None else probe.y,
            marks,
            self.legend.shown,
            self.legend.glyphs,
            locale,
            showing.is_hurried or showing.player.is_ticking,
        )
