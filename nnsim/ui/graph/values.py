"""The numbers inside the nodes: written anew at most ten times a second."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QElapsedTimer, QLocale, QObject, QTimer, Signal

from nnsim.engine.snapshot import Probe
from nnsim.ui.graph.edges import Floats
from nnsim.ui.graph.paint_nodes import SMALLEST_TEXT
from nnsim.ui.graph.paint_plane import SMALLEST_CELL
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.words import Names, fixed, percent

REFRESH_MS = 100
_ROOMY = 16.0
"""Radius from which two decimals and a sign fit, with letters of the usual size."""


class ValueTexts(QObject):
    """Texts of the nodes' values, kept for a moment so that numbers can be read while they change.

    Attributes
    ----------
    written : int
        How often they have been written anew.

    Signals
    -------
    stale
        Newer values wait to be written.
    """

    stale = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.written = 0
        self._key: tuple[object, ...] = ()
        self._probe: Probe | None = None
        self._texts: list[str] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.stale)

    def texts(self, probe: Probe | None, screen: Screen, locale: QLocale, names: Names) -> list[str]:
        """One text a node, empty where none is shown; those of a moment ago if that is recent."""
        key = (screen.geometry, screen.view, locale.name(), names)
        if key == self._key and probe is self._probe:
            return self._texts
        # Read once: a wait that is over meanwhile is none that a timer takes.
        wait = REFRESH_MS - self._clock.elapsed() if self._clock.isValid() else 0
        if key == self._key and wait > 0:
            if not self._timer.isActive():
                self._timer.start(wait)
            return self._texts
        self._key, self._probe = key, probe
        self._texts = _write(probe, screen, locale, names)
        self.written += 1
        self._clock.start()
        return self._texts

    def refresh(self) -> None:
        """Write the next values at once."""
        self._clock.invalidate()
        self._key = ()


def _write(probe: Probe | None, screen: Screen, locale: QLocale, names: Names) -> list[str]:
    if probe is None:
        return [""] * len(screen.radii)
    out: list[str] = []
    roomy = _ROOMY * screen.geometry.viewport.letters
    for layer, (place, values) in enumerate(zip(screen.geometry.layers, probe.activations, strict=True)):
        if place.sheet is not None:
            out += _in_sheet(screen, layer, values, locale)
            continue
        radius = place.radius * screen.view.scale
        sums = probe.pre_activations[layer]
        if np.isnan(values).all():
            # Activations are not known yet; the sums that they will come from may be.
            known = [] if sums is None else sums.tolist()
            out += [f"z {fixed(locale, value, _decimals(value, 2))}" for value in known] or [""] * len(values)
        elif names.are_classes(layer):
            out += [percent(locale, value) for value in values.tolist()]
        elif radius < (SMALLEST_CELL / 2 if place.is_plane else SMALLEST_TEXT):
            out += [""] * len(values)
        else:
            most = 2 if radius >= roomy or place.is_plane else 1
            out += [fixed(locale, value, _decimals(value, most)) for value in values.tolist()]
    return out


def _in_sheet(screen: Screen, layer: int, values: Floats, locale: QLocale) -> list[str]:
    """Of pictures that may have thousands of pixels, only the numbers that are in sight."""
    out = [""] * len(values)
    if 2 * screen.geometry.layers[layer].radius * screen.view.scale >= SMALLEST_CELL:
        viewport, centres = screen.geometry.viewport, screen.centres[screen.geometry.span(layer)]
        inside = ((centres > 0) & (centres < (viewport.width, viewport.height))).all(axis=1)
        for unit in np.flatnonzero(inside & np.isfinite(values)).tolist():
            value = float(values[unit])
            out[unit] = fixed(locale, value, _decimals(value, 2))
    return out


def _decimals(value: float, most: int) -> int:
    """One decimal less for each digit before the point that is more than one."""
    return max(most - sum(abs(value) >= step for step in (9.995, 99.95)), 0)
