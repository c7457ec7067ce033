"""Painting edges and the points of light on them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from nnsim.ui.graph import curves
from nnsim.ui.graph.crowd import CrowdPicture, empty_picture
from nnsim.ui.graph.edges import Floats, Ints
from nnsim.ui.graph.frames import EdgeLayer, Pulses
from nnsim.ui.graph.legend import ROLES, dashes_negative
from nnsim.ui.graph.primitives import Primitives
from nnsim.ui.graph.scales import LEVELS, levels
from nnsim.ui.graph.screen import CROWD, Screen
from nnsim.ui.graph.sprites import Sprites
from nnsim.ui.theme import Theme

MOST_PATHS = 150
FADED = 0.1
_BIN = 3
_HAZE = 6
"""Strength of an edge up to which it is drawn as haze if it is one of a crowd."""
_HAZE_OPACITY = 0.6
_MIXED = 3
"""Turns in which edges of one strength are drawn in a crowd."""
_FINE = 500
"""Edges of a crowd that are drawn smooth, the strongest; the others are lines of one pixel."""
_MOST_PULSES = 400
_CROWDS = (
    (MOST_PATHS, 0.3, 0.4, 0.8),
    (CROWD, 0.12, 0.4, 0.0),
    (sys.maxsize, 0.05, 0.05, 0.0),
)
"""Up to so many edges: opacity of the weakest and of those that show 0, and width of the weakest."""
_HAIR = 1.3
"""Width below which an edge of many is drawn one pixel wide: it costs half."""
_PULSE = {"activation": 0.5, "gradient": 0.62}
"""Largest radius of a pulse, in radii of a disc."""
_SMALLEST_PULSE = 1.2


class EdgePainter:
    """Paints edges with pens made once for each strength.

    Parameters
    ----------
    theme : Theme
    later : callable, optional
        Has :meth:`draw_on` called in another turn of the event loop; without it, everything is drawn at once.
    """

    def __init__(self, theme: Theme, later: Callable[[], None] | None = None) -> None:
        self._theme = theme
        self._pens: dict[tuple[object, ...], QPen] = {}
        self._lines = Primitives(QLineF, 4)
        self._key: tuple[object, ...] = ()
        self._picture: QPixmap | None = None
        self._crowd = CrowdPicture(later)

    def draw_on(self) -> bool:
        """Draw the next portion of a crowd; whether its picture is whole."""
        return self._crowd.draw_on()

    def paint(
        self,
        painter: QPainter,
        screen: Screen,
        layer: EdgeLayer,
        kept: NDArray[np.bool_] | None,
        glyphs: bool,
        opacity: float = 1.0,
        hurried: bool = False,
    ) -> None:
        """Paint one drawing of the edges.

        Of many edges a picture is kept as soon as two drawings are the same. A crowd is drawn in portions,
        and seen when it is whole.

        Parameters
        ----------
        kept : array of bool, shape (edges,), or None
            Edges that stay as they are while the others fade; None: all.
        glyphs : bool
            Draw negative values dashed, whatever colour they have.
        opacity : float
            Of the whole drawing.
        hurried : bool
            Other drawings follow at once: of a crowd, one of a moment ago will do.
        """
        strengths = self._strengths(screen, layer)
        glyphs = dashes_negative(layer.style, len(screen.edges), glyphs)
        fades = np.ones(len(strengths), np.bool_) if kept is None else kept
        if len(screen.edges) > CROWD:
            whole, look = replace(layer, opacity=1.0), (layer.style, layer.shares is None, glyphs)
            painter.setOpacity(opacity * layer.opacity)
            self._crowd.paint(
                painter,
                screen,
                (*look, fades.tobytes()),
                strengths.tobytes(),
                hurried,
                lambda inner: self._paint_all(inner, screen, whole, strengths, kept, glyphs, 1.0),
            )
            painter.setOpacity(1.0)
            return
        key: tuple[object, ...] = (screen, layer.style, layer.shares is None, layer.opacity, glyphs)
        key = (*key, fades.tobytes(), strengths.tobytes())
        if len(screen.edges) <= MOST_PATHS or key != self._key:
            self._key, self._picture = key, None
            _finish(self._paint_all(painter, screen, layer, strengths, kept, glyphs, opacity))
            return
        if self._picture is None:
            self._picture = empty_picture(painter)
            with QPainter(self._picture) as inner:
                inner.setRenderHint(QPainter.RenderHint.Antialiasing)
                _finish(self._paint_all(inner, screen, layer, strengths, kept, glyphs, 1.0))
        painter.setOpacity(opacity)
        painter.drawPixmap(0, 0, self._picture)
        painter.setOpacity(1.0)

    def _paint_all(
        self,
        painter: QPainter,
        screen: Screen,
        layer: EdgeLayer,
        strengths: Ints,
        kept: NDArray[np.bool_] | None,
        glyphs: bool,
        opacity: float,
    ) -> Iterator[None]:
        """Paint them, pausing now and then; so do all that help."""
        if kept is None:
            everything = np.arange(len(strengths))
            yield from self._paint_some(painter, screen, layer, strengths, everything, opacity, glyphs)
            return
        for some, share in ((np.flatnonzero(~kept), FADED), (np.flatnonzero(kept), 1.0)):
            yield from self._paint_some(painter, screen, layer, strengths, some, share * opacity, glyphs)

    def _strengths(self, screen: Screen, layer: EdgeLayer) -> Ints:
        if layer.shares is None:
            return np.zeros(len(screen.edges), np.intp)
        return levels(np.nan_to_num(layer.shares))

    def _paint_some(
        self,
        painter: QPainter,
        screen: Screen,
        layer: EdgeLayer,
        strengths: Ints,
        some: Ints,
        opacity: float,
        glyphs: bool,
    ) -> Iterator[None]:
        style = "absent" if layer.shares is None else layer.style
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setOpacity(opacity * layer.opacity)
        order = some[np.argsort(np.abs(strengths[some]), kind="stable")]
        if len(screen.edges) <= MOST_PATHS:
            paths = screen.paths
            for i, level in zip(order.tolist(), strengths[order].tolist(), strict=True):
                painter.setPen(self._pen(screen, style, level, glyphs))
                painter.drawPath(paths[i])
        else:
            yield from self._paint_bins(painter, screen, style, order, strengths[order], glyphs)
        painter.setOpacity(1.0)

    def _paint_bins(
        self, painter: QPainter, screen: Screen, style: str, order: Ints, strengths: Ints, glyphs: bool
    ) -> Iterator[None]:
        bins = np.sign(strengths) * -(-np.abs(strengths) // _BIN) * _BIN
        if len(screen.edges) <= CROWD:
            yield from self._draw_bins(painter, screen, order, bins, self._pens_for(screen, style, glyphs))
            return
        for name in ("curves", "polylines", "segments", "shown"):
            getattr(screen, name)
            yield
        sizes = np.abs(bins)
        fine = sizes > _coarse(sizes)
        hazy = (sizes <= _HAZE) & ~fine
        coarse = ~(hazy | fine)
        pens = self._pens_for(screen, style, glyphs)
        yield from self._paint_haze(painter, screen, order[hazy], bins[hazy], pens)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        yield from self._draw_bins(painter, screen, order[coarse], bins[coarse], pens, _MIXED)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Many short pieces are smoother than the crowd's, and when wide and smooth also cheaper.
        strong = Screen(screen.geometry, screen.edges.some(order[fine]), screen.view)
        yield from self._draw_bins(painter, strong, np.arange(len(strong.edges)), bins[fine], pens)

    def _paint_haze(
        self, painter: QPainter, screen: Screen, order: Ints, bins: Ints, pens: Callable[[int], QPen]
    ) -> Iterator[None]:
        """Paint the thousands that are weak at half the resolution: twice as fast, and soft."""
        haze = empty_picture(painter, 0.5)
        with QPainter(haze) as inner:
            yield from self._draw_bins(inner, screen, order, bins, pens, _MIXED)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        before, size = painter.opacity(), haze.deviceIndependentSize()
        painter.setOpacity(before * _HAZE_OPACITY)
        painter.drawPixmap(QRectF(0, 0, size.width(), size.height()), haze, QRectF(haze.rect()))
        painter.setOpacity(before)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def _draw_bins(
        self,
        painter: QPainter,
        screen: Screen,
        order: Ints,
        bins: Ints,
        pens: Callable[[int], QPen],
        turns: int = 1,
    ) -> Iterator[None]:
        """Draw edges from weak to strong, the signs by turns, so that neither covers the other."""
        turn = order % turns
        for size in np.unique(np.abs(bins)).tolist():
            for some, level in product(range(turns), dict.fromkeys((size, -size))):
                mine = order[(bins == level) & (turn == some)]
                lines = screen.segments[mine][screen.shown[mine]]
                if not len(lines):
                    continue
                self._lines.rows(len(lines))[:] = lines
                painter.setPen(pens(level))
                painter.drawLines(*self._lines.first_and_count())
                yield

    def _pens_for(self, screen: Screen, style: str, glyphs: bool) -> Callable[[int], QPen]:
        """The pens of one drawing, by strength."""
        return lambda level: self._pen(screen, style, level, glyphs)

    def _pen(self, screen: Screen, style: str, level: int, glyphs: bool) -> QPen:
        crowd = next(i for i, (most, *_) in enumerate(_CROWDS) if len(screen.edges) <= most)
        key = (style, level, screen.thickest, glyphs, crowd)
        found = self._pens.get(key)
        if found is None:
            if len(self._pens) > 2000:
                self._pens.clear()
            found = self._pens[key] = self._new_pen(style, level, screen.thickest, glyphs, crowd)
        return found

    def _new_pen(self, style: str, level: int, thickest: float, glyphs: bool, crowd: int) -> QPen:
        _, faintest, of_nothing, thinnest = _CROWDS[crowd]
        if style == "absent" or level == 0:
            pen = QPen(self._theme.color("node_ring", of_nothing), 1.0)
        else:
            share = min(abs(level) / LEVELS, 1.0)
            role = ROLES[style][0 if level > 0 else 1]
            alpha = faintest + 0.5 * share + (0.0 if self._theme.is_dark else 0.5 * faintest)
            pen = QPen(self._theme.color(role, alpha), max(thinnest + (thickest - thinnest) * share, 1.0))
            if crowd and pen.widthF() < _HAIR:
                pen.setWidthF(1.0)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if glyphs and level < 0:
            pen.setDashPattern([max(7.0 / pen.widthF(), 1.6), max(4.0 / pen.widthF(), 1.0)])
        return pen

    def paint_highlight(self, painter: QPainter, screen: Screen, i: int, layer: EdgeLayer) -> None:
        """Make one edge stand out: a pale sheath, and the edge itself at full opacity."""
        level = int(self._strengths(screen, layer)[i])
        style = "absent" if layer.shares is None else layer.style
        glyphs = dashes_negative(layer.style, len(screen.edges), False)
        pen = QPen(self._pen(screen, style, level, glyphs))
        sheath = QPen(self._theme.color("text", 0.22), pen.widthF() + 7.0)
        sheath.setCapStyle(Qt.PenCapStyle.FlatCap)
        color = pen.color()
        color.setAlphaF(1.0)
        pen.setColor(color)
        pen.setWidthF(pen.widthF() + 1.2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for each in (sheath, pen):
            painter.setPen(each)
            painter.drawPath(screen.path(i))

    def paint_pulses(
        self,
        painter: QPainter,
        screen: Screen,
        sprites: Sprites,
        pulses: Pulses,
        kept: NDArray[np.bool_] | None,
    ) -> None:
        """Paint points of light; their radius is the share of the largest, so 0 is not drawn at all."""
        radii = pulses.sizes * _PULSE[pulses.role] * min(max(screen.thickest / 0.3, 8.0), 60.0)
        some = np.flatnonzero(radii >= _SMALLEST_PULSE)
        if kept is not None:
            some = some[kept[pulses.edges[some]]]
        if len(some) > _MOST_PULSES:
            some = some[np.argpartition(radii[some], -_MOST_PULSES)[-_MOST_PULSES:]]
        places: Floats = curves.at(screen.curves[pulses.edges[some]], pulses.where[some])
        for (x, y), radius in zip(places.tolist(), np.ceil(radii[some]).tolist(), strict=True):
            sprite = sprites.pulse(pulses.role, radius)
            half = sprite.deviceIndependentSize().width() / 2
            painter.drawPixmap(round(x - half), round(y - half), sprite)


def _coarse(sizes: Ints) -> int:
    """The largest strength of which there are too many to draw smooth."""
    return int(np.sort(sizes)[-_FINE]) if len(sizes) > _FINE else -1


def _finish(work: Iterator[None]) -> None:
    for _ in work:
        pass
