"""The scene's places in widget coordinates, computed once for each view."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath

from nnsim.ui.graph import curves
from nnsim.ui.graph.edges import EdgeSet, Ints
from nnsim.ui.graph.geometry import Geometry, LayerPlace, Points, Rect
from nnsim.ui.graph.view import View

PIECE = 24.0
"""Length in pixels, about, of the straight pieces of a curve drawn or hit as a polyline."""
CROWD = 2000
"""Edges from which each counts little: they are drawn of fewer pieces, and more faintly."""
_CROWD_PIECES = 12


class Screen:
    """Nodes and curves as seen through one view.

    Parameters
    ----------
    geometry : Geometry
    edges : EdgeSet
    view : View
    """

    def __init__(self, geometry: Geometry, edges: EdgeSet, view: View) -> None:
        self.geometry = geometry
        self.edges = edges
        self.view = view
        self.centres: Points = view.to_screen(geometry.centres)
        self.radii: Points = geometry.radii * view.scale

    @cached_property
    def curves(self) -> Points:
        """Control points of the edges, (edges, 4, 2)."""
        return self.view.to_screen(curves.controls(self.geometry, self.edges))

    @cached_property
    def extents(self) -> tuple[Points, Points]:
        """Least and greatest coordinates of each edge, (edges, 2) each."""
        return self.curves.min(axis=1), self.curves.max(axis=1)

    @cached_property
    def polylines(self) -> Points:
        """Points along the edges, (edges, steps + 1, 2)."""
        return curves.sample(self.curves, self._steps)

    def polylines_of(self, some: Ints) -> Points:
        """The same of some edges, by their numbers; the others are not computed for it."""
        return curves.sample(self.curves[some], self._steps)

    @cached_property
    def _steps(self) -> int:
        extent = np.abs(self.curves[:, 3] - self.curves[:, 0]).sum(axis=1).max(initial=0.0)
        most = _CROWD_PIECES if len(self.edges) > CROWD else 40
        return min(max(round(extent / PIECE), 12), most)

    @cached_property
    def segments(self) -> Points:
        """The same as line segments x₁ y₁ x₂ y₂, (edges, steps, 4)."""
        points = self.polylines
        return np.concatenate([points[:, :-1], points[:, 1:]], axis=2)

    @cached_property
    def shown(self) -> NDArray[np.bool_]:
        """Which segments are in sight, (edges, steps): not those beneath the image they come from."""
        out = np.ones(self.segments.shape[:2], np.bool_)
        for layer, place in enumerate(self.geometry.layers):
            if place.is_plane:
                box = self.rect(place)
                low = np.array([box.x, box.y] * 2)
                inside = (self.segments > low) & (self.segments < low + [box.width, box.height] * 2)
                out &= ~(inside.all(axis=2) & (self.edges.source_layer == layer)[:, None])
        return out

    @cached_property
    def paths(self) -> list[QPainterPath]:
        """The edges as smooth paths; for a picture of few edges."""
        return [self.path(i) for i in range(len(self.edges))]

    def path(self, i: int) -> QPainterPath:
        """One edge as a smooth path."""
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.curves[i].tolist()
        path = QPainterPath()
        path.moveTo(x0, y0)
        path.cubicTo(x1, y1, x2, y2, x3, y3)
        return path

    @cached_property
    def thickest(self) -> float:
        """Width of an edge at full scale: in proportion to the discs, within reason."""
        discs = [p.radius for p in self.geometry.layers if not p.is_plane]
        radius = min(discs, default=8.0) * self.view.scale
        crowded = 1.0 if len(self.edges) <= 150 else 0.7
        return min(max(0.3 * radius * crowded, 1.6), 16.0)

    def rect(self, place: LayerPlace) -> Rect:
        """A layer's rectangle in widget coordinates."""
        x, y = self.view.to_screen(np.array([place.rect.x, place.rect.y]))
        return Rect(
            float(x), float(y), place.rect.width * self.view.scale, place.rect.height * self.view.scale
        )
