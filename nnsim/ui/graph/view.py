"""Pan and zoom: how the stage's coordinates become the widget's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnsim.ui.graph.geometry import Points

SMALLEST = 0.2
LARGEST = 40.0


@dataclass(frozen=True, slots=True)
class View:
    """A scale and a shift: screen = scale · world + (dx, dy). The identity shows the whole network."""

    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def to_screen(self, points: Points) -> Points:
        """World to widget coordinates."""
        return points * self.scale + np.array([self.dx, self.dy])

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        """Widget to world coordinates."""
        return (x - self.dx) / self.scale, (y - self.dy) / self.scale

    def panned(self, dx: float, dy: float) -> View:
        """The view after dragging by some pixels."""
        return View(self.scale, self.dx + dx, self.dy + dy)

    def zoomed(self, factor: float, x: float, y: float) -> View:
        """The view after zooming about a point of the widget, which keeps what is under it."""
        scale = min(max(self.scale * factor, SMALLEST), LARGEST)
        ratio = scale / self.scale
        return View(scale, x - ratio * (x - self.dx), y - ratio * (y - self.dy))

    def towards(self, other: View, share: float) -> View:
        """A view on the way to another: 0 is this one, 1 the other."""

        def mix(a: float, b: float) -> float:
            return a + (b - a) * share

        return View(mix(self.scale, other.scale), mix(self.dx, other.dx), mix(self.dy, other.dy))
