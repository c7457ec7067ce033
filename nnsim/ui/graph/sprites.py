"""Pre-rendered discs, glows and pulses: drawing one is a blit."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QRadialGradient

from nnsim.ui.graph.primitives import Primitives
from nnsim.ui.graph.scales import LEVELS
from nnsim.ui.theme import Theme

REACH = 2.15
"""Radius of a glow, in radii of its disc."""
ABSENT = -LEVELS - 1
"""The level of a node whose activation has not been computed."""
LARGEST = 90.0
"""Radius of the largest disc that is kept as a pixmap; larger ones are few and painted directly."""
_MOST_BYTES = 48_000_000
_QUIET = 0.3
"""Of its colour, that the face of a node keeps which is not what it is about just now."""
_QUIET_INK = 0.8
"""Of the contrast of its writing, that it keeps."""


def blend(first: QColor, second: QColor, share: float) -> QColor:
    """A colour between two."""

    def mix(a: float, b: float) -> float:
        return a + (b - a) * share

    return QColor.fromRgbF(
        mix(first.redF(), second.redF()),
        mix(first.greenF(), second.greenF()),
        mix(first.blueF(), second.blueF()),
    )


def disc_color(theme: Theme, level: int) -> QColor:
    """Fill of a disc: lit by positive activation only."""
    return blend(theme.color("node_off"), theme.color("activation"), max(level, 0) / LEVELS)


def quiet_color(theme: Theme, level: int) -> QColor:
    """Fill of a disc that stands back: its colour is nearly that of the stage, and its ring stays."""
    return blend(theme.color("window"), disc_color(theme, level), _QUIET)


def quiet_ink(theme: Theme, role: str) -> QColor:
    """The colour of what is written in or beside a disc that stands back: still to be read."""
    return blend(theme.color("window"), theme.color(role), _QUIET_INK)


def ink_on(theme: Theme, fill: QColor) -> QColor:
    """The writing that stands out more against a fill."""
    inks = [theme.color("on_activation"), theme.color("text")]
    return max(inks, key=lambda ink: contrast(ink, fill))


def contrast(first: QColor, second: QColor) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    def linear(c: float) -> float:
        return c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


_Paint = Callable[[QPainter, int, float], None]


class Sprites:
    """A cache of small pixmaps, rendered when first asked for.

    Parameters
    ----------
    theme : Theme
    ratio : float
        Device pixels for one logical pixel.
    """

    def __init__(self, theme: Theme, ratio: float) -> None:
        self.theme = theme
        self.ratio = ratio
        self._made: dict[tuple[object, ...], QPixmap] = {}
        self._bytes = 0
        self._fragments = Primitives(QPainter.PixmapFragment, 10)

    def paint_disc(self, painter: QPainter, level: int, radius: float, x: float, y: float) -> None:
        """Paint a node with its glow, by activation level."""
        self._paint_at(painter, "disc", self._paint_disc, level, radius, x, y)

    def paint_discs(
        self,
        painter: QPainter,
        levels: NDArray[np.integer],
        radius: float,
        centres: NDArray[np.floating],
        quiet: NDArray[np.bool_],
    ) -> None:
        """Paint many nodes of one size at once, shapes (n,), (n, 2) and (n,); the quiet ones stand back."""
        radius = round(radius * 2) / 2
        for level, stands_back in product(np.unique(levels).tolist(), (False, True)):
            chosen = (levels == level) & (quiet == stands_back)
            if not chosen.any():
                continue
            name, paint = ("quiet", self._paint_quiet) if stands_back else ("disc", self._paint_disc)
            sprite = self._sprite(name, paint, level, radius)
            rows = self._fragments.rows(int(chosen.sum()))
            rows[:, :2] = centres[chosen]
            rows[:, 2:9] = (0.0, 0.0, sprite.width(), sprite.height(), 1 / self.ratio, 1 / self.ratio, 0.0)
            rows[:, 9] = 1.0
            painter.drawPixmapFragments(*self._fragments.first_and_count(), sprite)

    def paint_quiet(self, painter: QPainter, level: int, radius: float, x: float, y: float) -> None:
        """Paint a node that stands back: without glow, its face faint, its ring as clear as ever."""
        self._paint_at(painter, "quiet", self._paint_quiet, level, radius, x, y)

    def paint_halo(self, painter: QPainter, level: int, radius: float, x: float, y: float) -> None:
        """Paint the glow alone, for a node whose face is an image."""
        self._paint_at(painter, "halo", self._paint_glow, level, radius, x, y)

    def _paint_at(
        self, painter: QPainter, name: str, paint: _Paint, level: int, radius: float, x: float, y: float
    ) -> None:
        if radius > LARGEST:
            painter.translate(x, y)
            paint(painter, level, radius)
            painter.translate(-x, -y)
            return
        radius = round(radius * 2) / 2
        sprite = self._sprite(name, paint, level, radius)
        half = sprite.deviceIndependentSize().width() / 2
        painter.drawPixmap(QPointF(x - half, y - half), sprite)

    def _sprite(self, name: str, paint: _Paint, level: int, radius: float) -> QPixmap:
        return self._get((name, level, radius), REACH * radius, lambda p: paint(p, level, radius))

    def paint_ring(self, painter: QPainter, level: int, radius: float, x: float, y: float) -> None:
        """Paint the rim alone of a node whose face is an image: the brighter, the wider."""
        self._paint_at(painter, "ring", self._paint_rim, level, radius, x, y)

    def paint_quiet_ring(self, painter: QPainter, level: int, radius: float, x: float, y: float) -> None:
        """Paint the rim alone of such a node that stands back."""
        self._paint_at(painter, "quiet ring", self._paint_quiet_rim, level, radius, x, y)

    def pulse(self, role: str, radius: float) -> QPixmap:
        """A point of light in the colour of a role."""
        return self._get(("pulse", role, radius), radius, lambda p: self._paint_pulse(p, role, radius))

    def _get(self, key: tuple[object, ...], reach: float, paint: Callable[[QPainter], None]) -> QPixmap:
        found = self._made.get(key)
        if found is None:
            if self._bytes > _MOST_BYTES:
                self._made.clear()
                self._bytes = 0
            found = self._made[key] = self._render(reach, paint)
            self._bytes += 4 * found.width() * found.height()
        return found

    def _render(self, reach: float, paint: Callable[[QPainter], None]) -> QPixmap:
        side = 2 * math.ceil(reach + 1)
        pixmap = QPixmap(round(side * self.ratio), round(side * self.ratio))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(side / 2, side / 2)
            paint(painter)
        return pixmap

    def _paint_glow(self, painter: QPainter, level: int, radius: float) -> None:
        if level == ABSENT or level == 0:
            return
        role = "activation" if level > 0 else "negative"
        strength = abs(level) / LEVELS * (1.0 if level > 0 else 0.45)
        peak = strength * (0.62 if self.theme.is_dark else 0.75)
        glow = QRadialGradient(QPointF(0, 0), REACH * radius)
        for stop, share in ((0.0, 1.0), (1 / REACH, 0.8), (0.62, 0.34), (0.8, 0.1), (1.0, 0.0)):
            glow.setColorAt(stop, self.theme.color(role, peak * share))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glow)
        painter.drawEllipse(QPointF(0, 0), REACH * radius, REACH * radius)

    def _paint_disc(self, painter: QPainter, level: int, radius: float) -> None:
        self._paint_glow(painter, level, radius)
        theme = self.theme
        fill = disc_color(theme, level)
        shade = QRadialGradient(QPointF(-0.3 * radius, -0.35 * radius), 1.6 * radius)
        shade.setColorAt(0.0, blend(fill, QColor("white"), 0.16 if level > 0 else 0.04))
        shade.setColorAt(0.7, fill)
        painter.setBrush(shade)
        painter.setPen(self._ring(level, radius))
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        if level < 0 and level != ABSENT:
            self._paint_hollow(painter, level, radius)

    def _paint_quiet(self, painter: QPainter, level: int, radius: float) -> None:
        painter.setBrush(quiet_color(self.theme, level))
        self._draw_quiet_rim(painter, level, radius)

    def _paint_quiet_rim(self, painter: QPainter, level: int, radius: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._draw_quiet_rim(painter, level, radius)

    def _draw_quiet_rim(self, painter: QPainter, level: int, radius: float) -> None:
        pen = self._ring(min(level, 0), radius)
        # Smoothing takes from a line this thin what a fill would keep.
        pen.setColor(blend(self.theme.color("node_ring"), self.theme.color("muted"), 0.6))
        pen.setWidthF(max(pen.widthF(), 1.5))
        painter.setPen(pen)
        painter.drawEllipse(QPointF(0, 0), radius, radius)

    def _paint_rim(self, painter: QPainter, level: int, radius: float) -> None:
        share = 0.0 if level == ABSENT else abs(level) / LEVELS
        role = "node_ring" if share == 0 else ("activation" if level > 0 else "negative")
        width = 1.0 + min(0.13 * radius, 2.2) * share
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.color(role, 0.55 + 0.45 * share), width))
        painter.drawEllipse(QPointF(0, 0), radius, radius)

    def _ring(self, level: int, radius: float) -> QPen:
        width = min(max(radius * 0.06, 1.0), 2.2)
        if level == ABSENT:
            return QPen(self.theme.color("node_ring"), width, Qt.PenStyle.DotLine)
        lit = blend(self.theme.color("node_ring"), self.theme.color("activation"), max(level, 0) / LEVELS)
        return QPen(lit, width)

    def _paint_hollow(self, painter: QPainter, level: int, radius: float) -> None:
        """A negative activation: a ring inside the rim, thicker the more negative."""
        width = max(abs(level) / LEVELS * 0.22 * radius, 1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.color("negative"), width))
        inner = radius - width / 2
        painter.drawEllipse(QPointF(0, 0), inner, inner)

    def _paint_pulse(self, painter: QPainter, role: str, radius: float) -> None:
        glow = QRadialGradient(QPointF(0, 0), radius)
        core = blend(self.theme.color(role), QColor("white"), 0.35 if self.theme.is_dark else 0.0)
        glow.setColorAt(0.0, core)
        glow.setColorAt(0.3, self.theme.color(role, 0.85))
        glow.setColorAt(0.62, self.theme.color(role, 0.28))
        glow.setColorAt(1.0, self.theme.color(role, 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glow)
        painter.drawEllipse(QPointF(0, 0), radius, radius)
