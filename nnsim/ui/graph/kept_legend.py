"""The legend that the stage shows: in whole words where there is room, else in short."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from nnsim.ui.graph import legend
from nnsim.ui.graph.frames import Frame
from nnsim.ui.graph.paint_nodes import draws_biases
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.stage import StagePainter

FEW_LINES = 2
"""Of a legend in whole words; where it would take more, it is short."""


class KeptLegend:
    """Chooses the entries of each picture, and keeps those of the last.

    Attributes
    ----------
    glyphs : bool
        Whether negative edges are dashed.
    is_whole : bool
        Whether all is said also where that takes many lines.
    shown : tuple of Entry
    """

    def __init__(self) -> None:
        self.glyphs = self.is_whole = False
        self.shown: tuple[legend.Entry, ...] = ()

    def choose(self, stage: StagePainter, scene: Scene, screen: Screen, frame: Frame, locale: QLocale) -> int:
        """Say what the signs of a picture mean; returns the lines that it takes."""
        viewport = scene.viewport
        shown = legend.entries(
            scene,
            frame,
            self.glyphs,
            stage.has_maps,
            screen.thickest,
            locale,
            draws_biases(screen),
            stage.ribbon_width(scene, screen),
        )
        wanted = legend.with_light(shown, locale)
        needed = stage.legend_lines(wanted, viewport)
        if needed > FEW_LINES and not self.is_whole:
            shown, wanted = legend.shortened(shown), legend.shortened(wanted)
            needed = stage.legend_lines(wanted, viewport)
            # With very large letters the network comes first: what is left out is in the whole legend.
            while needed > viewport.most_legend_lines and len(shown) > 1:
                shown = wanted = shown[:-1]
                needed = stage.legend_lines(wanted, viewport)
        self.shown = shown
        return needed

    @property
    def is_short(self) -> bool:
        """Whether it says less than the tooltips of its entries."""
        return any(entry.whole for entry in self.shown)
