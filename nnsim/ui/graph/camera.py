"""Moves the view: pan, zoom, and the animated way back to the whole network."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QSize, QVariantAnimation, Signal

from nnsim.ui.graph.view import View

FIT_MS, NEAR_MS = 220, 380
"""Of the way back to everything, and of the way to one picture and back."""


class Camera(QObject):
    """Holds the view.

    Attributes
    ----------
    view, home : View
        The present one, and the one that shows everything.

    Signals
    -------
    moved
        The view is another one.
    """

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = self.home = View()
        self._start = self._goal = View()
        self._is_near = False
        self._flight = QVariantAnimation(self)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.valueChanged.connect(self._fly)

    def fit(self, animated: bool) -> None:
        """Go back to the view of everything."""
        self._travel(self.home, animated, NEAR_MS if self._is_near else FIT_MS)
        self._is_near = False

    @property
    def is_near(self) -> bool:
        """Whether one picture is looked at."""
        return self._is_near

    def come_near(self, view: View) -> None:
        """Go to the view of one picture."""
        self._travel(view, True, NEAR_MS)
        self._is_near = True

    def _travel(self, goal: View, animated: bool, duration: int) -> None:
        self._flight.stop()
        self._start, self._goal = self.view, goal
        self._flight.setDuration(duration)
        if animated and self.view != goal:
            self._flight.start()
        else:
            self._fly(1.0)

    def take_view(self, other: Camera) -> None:
        """Look where another camera looks."""
        self._is_near = other.is_near
        if other.view != other.home:
            self._look(other.view)

    def zoom(self, factor: float, at: QPointF) -> None:
        """Zoom about a point of the widget."""
        self._look(self.view.zoomed(factor, at.x(), at.y()))

    def pan(self, by: QPointF) -> None:
        """Shift the picture."""
        self._look(self.view.panned(by.x(), by.y()))

    def resize(self, old: QSize, new: QSize, home: View) -> None:
        """Keep looking at the same part of the picture, or at all of it, when the widget changes size."""
        was_home, self.home = self.view == self.home, home
        if was_home:
            self.view = home
        elif old.isValid() and not old.isEmpty():
            x, y = new.width() / old.width(), new.height() / old.height()
            self.view = View(self.view.scale, self.view.dx * x, self.view.dy * y)

    def _look(self, view: View) -> None:
        self._flight.stop()
        self.view = view
        self.moved.emit()

    def _fly(self, share: float) -> None:
        self.view = self._start.towards(self._goal, share)
        self.moved.emit()
