"""Painting nodes: discs, pixels, heat maps, their values, names and biases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from nnsim.ui.graph.edges import Floats, Ints
from nnsim.ui.graph.frames import Frame
from nnsim.ui.graph.geometry import Node
from nnsim.ui.graph.legend import ROLES
from nnsim.ui.graph.lens import Lens
from nnsim.ui.graph.paint_plane import PlanePainter, in_sight
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import Screen
from nnsim.ui.graph.sprites import ABSENT, LARGEST, REACH, Sprites, disc_color, ink_on, quiet_ink
from nnsim.ui.graph.texts import TextCache
from nnsim.ui.graph.tiles import Tiles
from nnsim.ui.graph.views.dropped import dropped
from nnsim.ui.graph.views.dropped import words as dropped_words
from nnsim.ui.graph.views.filters import filters_of, full_of
from nnsim.ui.graph.views.paint_sheet import SheetPainter
from nnsim.ui.graph.words import fixed, significant
from nnsim.ui.theme import Theme

_DIAGONAL, _RIM = 0.71, 0.2
"""Of a radius, sideways and upwards, and beyond it: where a name begins at the corner of its disc."""
_ANCHORS = {"below": 0.5, "left": 1.0, "right": 0.0, "corner": 0.0}
FADED = 0.3
SMALLEST_TEXT = 10.5
"""Radius of a disc below which no value is written inside it."""
SMALLEST_ARC = 9.0
_ARC_ROOM = 6.5
"""Gap between two discs below which no bias is drawn in it."""
_CLASS_TEXT = 0.85
"""Height of a class's name, as a share of its disc's radius."""
_SHARE_ROOM = 11.0
"""Distance between two classes below which their probabilities are not written."""
_ARC_DASH = (1.2, 0.8)
"""Of a bias whose colour does not tell that it is negative, in widths of the line."""
DELTA_ROOM = 46.0
LEAST_TEXT = 12.0
"""Size of what is written beside a disc or, where it fits, inside it; with usual letters."""
_CORNER = 0.85
"""Radius and free height from which a name fits at the corner of a disc, as a share of its letters."""
_BESIDE = 0.9
"""From a name to what is written beside it, in letters."""
_INSIDE, _LIGHT_INSIDE, _SMALLEST = 1.76, 1.85, 7.0
"""Width inside a disc, in radii, that a bold or a light text takes; its size where that is not enough."""
_TARGET_ROOM = 2.3
"""Pitch of outputs, in lines, from which a target stands below what is written beside one."""
_SMALLEST_SHARE = 10.0
_READABLE = 10.0
"""Size below which sums stand beside their discs rather than inside, with usual letters."""
_LARGEST_SUMS = 4
"""How many sums of a crowded layer are written."""
_GROUND = 0.8
"""Opacity of the stage between such a sum and the edges that run beneath it."""
MANY = 40
"""Discs in a layer from which on they are handed to the painter together."""


def draws_biases(screen: Screen) -> bool:
    """Whether there is room for the arcs that stand for biases; in all layers or in none."""
    discs = [place for place in screen.geometry.layers if not place.is_plane]
    gap = min((place.disc_gap for place in discs), default=0.0)
    return gap * screen.view.scale >= _ARC_ROOM


def label_side(screen: Screen, layer: int, last: int) -> str:
    """Where a layer's names stand: ``below``, ``corner``, ``left``, ``right`` or nowhere (empty)."""
    place = screen.geometry.layers[layer]
    scale = screen.view.scale
    if place.kind != "column":
        return ""
    viewport = screen.geometry.viewport
    if (place.pitch - 2 * place.radius) * scale >= viewport.name_room - 1:
        return "below"
    if place.pitch * scale < LEAST_TEXT * viewport.letters:
        return ""
    least = LEAST_TEXT * viewport.letters
    is_free = min(place.disc_gap, place.radius) * scale >= _CORNER * least
    return {0: "left", last: "right"}.get(layer, "corner" if is_free else "")


def label_place(side: str, radius: float, gap: float, size: float) -> tuple[float, float]:
    """Where a name stands from the middle of its disc: its middle, its right or its left end."""
    rim = max(_RIM * radius, 3.0)
    return {
        "below": (0.0, below_disc(radius, gap, size)),
        "corner": (_DIAGONAL * (radius + rim), -_DIAGONAL * (radius + rim) - 0.4 * size),
        "left": (-radius - 9.0, 0.0),
        "right": (radius + 9.0, 0.0),
    }[side]


def below_disc(radius: float, gap: float, size: float) -> float:
    """How far below the middle of a disc its name stands."""
    return min(1.1 * radius + 4 + 0.7 * size, radius + 0.45 * gap)


class NodePainter:
    """Paints the nodes of a scene.

    Parameters
    ----------
    theme : Theme
    texts : TextCache
    """

    def __init__(self, theme: Theme, texts: TextCache) -> None:
        self._theme = theme
        self._texts = texts
        self._planes = PlanePainter(theme, texts)
        self._sheets = SheetPainter(theme, texts)

    def paint(
        self,
        painter: QPainter,
        sprites: Sprites,
        scene: Scene,
        screen: Screen,
        frame: Frame,
        kept: NDArray[np.bool_] | None,
        faces: Sequence[Tiles | None],
        lens: Lens | None,
        locale: QLocale,
    ) -> None:
        """Paint every node; those not `kept` fade."""
        for layer, place in enumerate(screen.geometry.layers):
            if place.sheet is not None:
                self._paint_sheet(painter, scene, screen, layer, frame, kept, locale)
                continue
            if place.is_plane:
                levels = frame.levels[screen.geometry.span(layer)]
                self._planes.paint(painter, screen, layer, levels, _through(lens, layer))
                continue
            span = screen.geometry.span(layer)
            self._paint_discs(painter, sprites, screen, frame.levels[span], layer, kept, faces[layer])
            if frame.deltas and frame.deltas[layer] is not None:
                self._ring_deltas(painter, screen, layer, frame.deltas[layer])
        self._paint_biases(painter, scene, screen, frame, kept)

    def _paint_sheet(
        self,
        painter: QPainter,
        scene: Scene,
        screen: Screen,
        layer: int,
        frame: Frame,
        kept: NDArray[np.bool_] | None,
        locale: QLocale,
    ) -> None:
        span = screen.geometry.span(layer)
        mine = None if kept is None else kept[span]
        deltas = frame.deltas[layer] if frame.deltas else None
        self._sheets.paint(painter, screen, layer, frame.levels[span], mine, deltas)
        out = dropped(scene.network, layer, frame.probe)
        if out is not None and not (frame.levels[span] == ABSENT).any():
            self._sheets.paint_mask(painter, screen, layer, out, dropped_words(out, locale))
        filters = filters_of(scene, layer, frame)
        if filters is not None:
            shares = filters / (full_of(filters) or 1.0)
            self._sheets.paint_filters(painter, screen, layer, shares, ROLES[frame.edges[0].style], mine)
            self._sheets.paint_filter_numbers(painter, screen, layer, filters, shares, locale)

    def _paint_discs(
        self,
        painter: QPainter,
        sprites: Sprites,
        screen: Screen,
        levels: Ints,
        layer: int,
        kept: NDArray[np.bool_] | None,
        faces: Tiles | None,
    ) -> None:
        span = screen.geometry.span(layer)
        radius = float(screen.radii[span.start])
        seen = in_sight(painter, screen.centres[span], REACH * radius)
        if faces is None and radius <= LARGEST and len(seen) >= MANY:
            places = span.start + np.array(seen)
            quiet = np.zeros(len(seen), np.bool_) if kept is None else ~kept[places]
            sprites.paint_discs(painter, levels[seen], radius, screen.centres[places], quiet)
            return
        for unit in seen:
            x, y = screen.centres[span.start + unit].tolist()
            level, has_face = int(levels[unit]), faces is not None and unit < len(faces.images)
            if _stands_back(kept, span.start + unit):
                sprites.paint_quiet(painter, level, radius, x, y)
                if faces is not None and has_face:
                    painter.setOpacity(FADED)
                    faces.paint(painter, unit, x, y)
                    painter.setOpacity(1.0)
                    sprites.paint_quiet_ring(painter, level, radius, x, y)
                continue
            paint = sprites.paint_disc if faces is None else sprites.paint_halo
            paint(painter, level, radius, x, y)
            if faces is not None and has_face:
                faces.paint(painter, unit, x, y)
                sprites.paint_ring(painter, level, radius, x, y)

    def _ring_deltas(self, painter: QPainter, screen: Screen, layer: int, shares: Floats | None) -> None:
        assert shares is not None
        span = screen.geometry.span(layer)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for (x, y), radius, share in zip(
            screen.centres[span].tolist(), screen.radii[span].tolist(), shares.tolist(), strict=True
        ):
            if share > 0.01:
                painter.setPen(QPen(self._theme.color("gradient"), 0.6 + 0.16 * radius * share))
                painter.drawEllipse(QPointF(x, y), radius + 1, radius + 1)

    def _paint_biases(
        self,
        painter: QPainter,
        scene: Scene,
        screen: Screen,
        frame: Frame,
        kept: NDArray[np.bool_] | None,
    ) -> None:
        if frame.bias_shares is None or not draws_biases(screen):
            return
        numbers = scene.bias_numbers
        plus, minus = ROLES[frame.bias_style]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number, share in zip(numbers.tolist(), frame.bias_shares.tolist(), strict=True):
            radius = float(screen.radii[number])
            if radius < SMALLEST_ARC or share == 0 or not np.isfinite(share):
                continue
            x, y = screen.centres[number].tolist()
            width = min(max(0.11 * radius, 1.6), 5.0)
            color = self._theme.color(plus if share > 0 else minus)
            pen = QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            if share < 0 and plus == minus:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern(_ARC_DASH)
            painter.setPen(pen)
            painter.setOpacity(1.0 if kept is None or kept[number] else FADED)
            reach = radius + 0.7 * width + 1.0
            sweep = round((8 + 92 * abs(share)) * 16)
            painter.drawArc(QRectF(x - reach, y - reach, 2 * reach, 2 * reach), 90 * 16 - sweep // 2, sweep)
        painter.setOpacity(1.0)

    def paint_caption(
        self, painter: QPainter, scene: Scene, screen: Screen, lens: Lens, font: QFont, locale: QLocale
    ) -> QRectF:
        """Say beneath the image what a lens shows; returns the image and what is said of it."""
        return self._planes.paint_caption(painter, scene, screen, lens, font, locale)

    def paint_labels(
        self,
        painter: QPainter,
        scene: Scene,
        screen: Screen,
        kept: NDArray[np.bool_] | None,
        targets: Floats | None,
        locale: QLocale,
    ) -> None:
        """Write the nodes' names beside them, where there is room; below an output what it should be, too."""
        last = len(screen.geometry.layers) - 1
        for layer in range(last + 1):
            side = label_side(screen, layer, last)
            if targets is not None and layer == last and side != "below":
                self._paint_targets(painter, scene, screen, kept, targets, locale)
            if not side or scene.names.are_classes(layer):
                continue
            span = screen.geometry.span(layer)
            radius = float(screen.radii[span.start])
            gap = screen.geometry.layers[layer].disc_gap * screen.view.scale
            least = LEAST_TEXT * screen.geometry.viewport.letters
            size = int(max(min(0.42 * radius, 26, 0.5 * gap), least))
            dx, dy = label_place(side, radius, gap, size)
            for unit, (x, y) in enumerate(screen.centres[span].tolist()):
                painter.setPen(self._ink("muted", _stands_back(kept, span.start + unit)))
                label = scene.names.label(Node(layer, unit))
                if targets is not None and layer == last and side == "below":
                    label = f"{label} · y = {significant(locale, targets[unit], 3)}"
                if side == "corner" or layer == last:
                    self._clear_ground(painter, x + dx, y + dy, label, size, _ANCHORS[side])
                self._texts.write_from(painter, x + dx, y + dy, label, size, False, _ANCHORS[side])

    def _clear_ground(
        self, painter: QPainter, x: float, y: float, text: str, size: int, anchor: float = 0.0
    ) -> None:
        """Let the edges step back behind a text that stands among them."""
        wide = self._texts.width(text, bold=False) * size
        ground = QRectF(x - anchor * wide - 2.0, y - size / 2, wide + 4.0, size)
        painter.fillRect(ground, self._theme.color("window", _GROUND))

    def _paint_targets(
        self,
        painter: QPainter,
        scene: Scene,
        screen: Screen,
        kept: NDArray[np.bool_] | None,
        targets: Floats,
        locale: QLocale,
    ) -> None:
        """Write at the right of each output, below the rest, what it should be; of classes the right one."""
        layer = len(screen.geometry.layers) - 1
        place, span = screen.geometry.layers[layer], screen.geometry.span(layer)
        size = int(LEAST_TEXT * screen.geometry.viewport.letters)
        if place.kind != "column" or place.pitch * screen.view.scale < _TARGET_ROOM * size:
            return
        radius, are_classes = float(screen.radii[span.start]), scene.names.are_classes(layer)
        below = max(0.5 * min(0.8 * radius, 26), 0.5 * size) + 0.6 * size
        for unit, (x, y) in enumerate(screen.centres[span].tolist()):
            if are_classes and targets[unit] == 0.0:
                continue
            painter.setPen(self._ink("muted", _stands_back(kept, span.start + unit)))
            text = f"y = {significant(locale, targets[unit], 3)}"
            self._texts.write_from(painter, x + 1.25 * radius + 5, y + below, text, size, False, 0.0)

    def _ink(self, role: str, stands_back: bool) -> QColor:
        return quiet_ink(self._theme, role) if stands_back else self._theme.color(role)

    def paint_deltas(
        self, painter: QPainter, scene: Scene, screen: Screen, frame: Frame, locale: QLocale
    ) -> None:
        """Write δ above the nodes that the gradient has reached, where there is room."""
        if frame.probe is None or frame.loss is not None:
            return
        painter.setPen(self._theme.color("gradient"))
        letters = screen.geometry.viewport.letters
        for layer, (shares, deltas) in enumerate(zip(frame.deltas, frame.probe.deltas, strict=False)):
            place = screen.geometry.layers[layer]
            room = place.disc_gap * screen.view.scale
            if shares is None or deltas is None or place.kind != "column":
                continue
            above = room >= DELTA_ROOM * letters
            side = label_side(screen, layer, len(frame.deltas) - 1)
            if not above and side not in ("below", "corner"):
                continue
            radius = place.radius * screen.view.scale
            size = int(max(min(0.44 * radius, 24), LEAST_TEXT * letters))
            places = screen.centres[screen.geometry.span(layer)].tolist()
            texts = [_delta_words(locale, delta) for delta in deltas.tolist()]
            if above:
                for (x, y), text in zip(places, texts, strict=True):
                    self._texts.write(painter, x, y - 1.12 * radius - 0.9 * size, text, size)
                continue
            if layer == len(frame.deltas) - 1:
                # Below an output stands what it should be, and at its right nothing.
                for (x, y), text in zip(places, texts, strict=True):
                    wide = self._texts.width(text, bold=False) * size
                    end = min(x + 1.12 * radius + 0.4 * size + wide, screen.geometry.viewport.width - 2.0)
                    self._texts.write_from(painter, end, y, text, size, False, 1.0)
                continue
            # Beside the name; at the other corner where the next layer stands in the way.
            dx, dy = label_place(side, radius, room, size)
            names = [
                self._texts.width(scene.names.label(Node(layer, i)), bold=False) for i in range(len(texts))
            ]
            lefts = [dx + (name * (1.0 - _ANCHORS[side]) + _BESIDE) * size for name in names]
            ends = [
                x + left + self._texts.width(text, bold=False) * size
                for (x, _), left, text in zip(places, lefts, texts, strict=True)
            ]
            crosses = max(ends) > self._left_of_next(screen, frame, layer, locale, size)
            for (x, y), left, text in zip(places, lefts, texts, strict=True):
                start = x + left
                if crosses:
                    wide = self._texts.width(text, bold=False) * size
                    start = x - _DIAGONAL * radius - 0.3 * size - wide
                self._clear_ground(painter, start, y + dy, text, size)
                self._texts.write_from(painter, start, y + dy, text, size, False, 0.0)

    def _left_of_next(self, screen: Screen, frame: Frame, layer: int, locale: QLocale, size: float) -> float:
        """Where the next layer begins, with a δ above its node."""
        if layer + 1 >= len(screen.geometry.layers):
            return float("inf")
        span, place = screen.geometry.span(layer + 1), screen.geometry.layers[layer + 1]
        half = place.radius * screen.view.scale
        deltas = None if frame.probe is None else frame.probe.deltas[layer + 1]
        if place.kind == "column" and deltas is not None:
            texts = [_delta_words(locale, delta) for delta in deltas.tolist()]
            half = max(half, max(self._texts.width(text, bold=False) for text in texts) * size / 2)
        return float(screen.centres[span, 0].min()) - half

    def paint_loss(self, painter: QPainter, screen: Screen, text: str) -> None:
        """Write the loss above the output, or below it where the heading is."""
        box = screen.rect(screen.geometry.layers[-1])
        radius = float(screen.radii[-1])
        size = int(max(min(0.5 * radius, 28), LEAST_TEXT * screen.geometry.viewport.letters))
        painter.setPen(self._theme.color("gradient"))
        heights = screen.centres[screen.geometry.span(len(screen.geometry.layers) - 1), 1]
        above, below = float(heights.min()) - radius - 1.1 * size, float(heights.max()) + radius + 1.1 * size
        is_free = above - 0.6 * size >= screen.geometry.viewport.heading_room
        viewport, middle = screen.geometry.viewport, box.middle[0]
        if not is_free and below + 0.6 * size > viewport.height - viewport.legend_room:
            # The legend begins at the left.
            middle = max(middle, viewport.width - 0.5 * size - self._texts.width(text, bold=True) * size / 2)
        self._texts.write(painter, middle, above if is_free else below, text, size, bold=True)

    def paint_values(
        self,
        painter: QPainter,
        scene: Scene,
        screen: Screen,
        levels: Ints,
        values: Sequence[str],
        sums: Sequence[Floats | None],
        kept: NDArray[np.bool_] | None,
        faces: Sequence[Tiles | None],
        lens: Lens | None,
        locale: QLocale,
    ) -> None:
        """Write the values inside the nodes that are large enough; classes hold their name instead.

        Sums, whose activations are not known yet, stand beside nodes that have no room for them.
        """
        for layer, place in enumerate(screen.geometry.layers):
            span = screen.geometry.span(layer)
            texts = values[span]
            if place.sheet is not None:
                self._sheets.paint_numbers(painter, screen, layer, levels[span], texts)
                continue
            if place.is_plane:
                if faces[layer] is None:
                    seen = _through(lens, layer)
                    self._planes.paint_numbers(painter, screen, layer, levels[span], texts, seen, locale)
                continue
            are_classes, are_sums = scene.names.are_classes(layer), bool((levels[span] == ABSENT).all())
            if are_classes and faces[layer] is None:
                names = [scene.names.label(Node(layer, unit)) for unit in range(span.stop - span.start)]
                known = np.maximum(levels, 0)
                self._write_inside(painter, screen, span, known, names, kept, _CLASS_TEXT)
            has_room = faces[layer] is None and not are_classes
            if are_sums and not (has_room and self._fits_inside(screen, span, texts)):
                self._write_beside(painter, scene, screen, layer, texts, sums[layer], kept)
            elif are_classes:
                self._paint_shares(painter, screen, layer, levels, values, kept)
            elif has_room:
                self._write_inside(painter, screen, span, levels, texts, kept)

    def _fits_inside(self, screen: Screen, span: slice, texts: Sequence[str]) -> bool:
        """Whether the longest of a layer's texts is easily read inside its disc."""
        radius, letters = float(screen.radii[span.start]), screen.geometry.viewport.letters
        widest = max((self._texts.width(text, bold=True) for text in texts if text), default=0.0)
        return radius >= SMALLEST_TEXT and _INSIDE * radius >= widest * _READABLE * letters

    def _write_inside(
        self,
        painter: QPainter,
        screen: Screen,
        span: slice,
        levels: Ints,
        texts: Sequence[str],
        kept: NDArray[np.bool_] | None,
        share: float = 0.5,
    ) -> None:
        if not any(texts):
            return
        radius = float(screen.radii[span.start])
        least = LEAST_TEXT * screen.geometry.viewport.letters
        inks = {
            level: ink_on(self._theme, disc_color(self._theme, level)) for level in set(levels[span].tolist())
        }
        # What stands in one layer is compared: its longest number sets the size for all.
        fits, bold = _INSIDE * radius / self._widest(texts, bold=True), True
        if fits < least:
            # Lighter letters are narrower: better than smaller ones.
            fits, bold = _LIGHT_INSIDE * radius / self._widest(texts, bold=False), False
        size = int(max(min(max(radius * share, least), 34 * least / LEAST_TEXT, fits), _SMALLEST))
        for unit in in_sight(painter, screen.centres[span], radius):
            number, text = span.start + unit, texts[unit]
            if not text:
                continue
            x, y = screen.centres[number].tolist()
            is_quiet = _stands_back(kept, number)
            painter.setPen(quiet_ink(self._theme, "text") if is_quiet else inks[int(levels[number])])
            self._texts.write(painter, x, y, text, size, bold=bold)

    def _widest(self, texts: Sequence[str], bold: bool) -> float:
        """Width of the longest of some texts, one of which at least is not empty, for letters of size 1."""
        return max(self._texts.width(text, bold=bold) for text in texts if text)

    def _write_beside(
        self,
        painter: QPainter,
        scene: Scene,
        screen: Screen,
        layer: int,
        texts: Sequence[str],
        sums: Floats | None,
        kept: NDArray[np.bool_] | None,
    ) -> None:
        """Write a layer's sums at the right of its nodes, on the ground of the stage.

        Where they are crowded, the largest of them.
        """
        span, place = screen.geometry.span(layer), screen.geometry.layers[layer]
        pitch = place.pitch * screen.view.scale
        if not any(texts):
            return
        radius = float(screen.radii[span.start])
        size, units = LEAST_TEXT * screen.geometry.viewport.letters, list(range(len(texts)))
        if place.kind == "column" and pitch >= _SHARE_ROOM:
            size = min(size, 0.9 * pitch)
        else:
            units = _apart(sums, None if kept is None else kept[span], screen.centres[span, 1], size)
        size = int(size)
        ground = self._theme.color("window", _GROUND)
        gap = self._right_of_names(scene, screen, layer, size)
        for number, text in ((span.start + unit, texts[unit]) for unit in units):
            if not text:
                continue
            x, y = screen.centres[number].tolist()
            left, wide = x + radius + gap, self._texts.width(text, bold=True) * size
            painter.fillRect(QRectF(left - 2.0, y - size / 2, wide + 4.0, size), ground)
            painter.setPen(self._ink("text", _stands_back(kept, number)))
            self._texts.write_from(painter, left, y, text, size, True, 0.0)

    def _right_of_names(self, scene: Scene, screen: Screen, layer: int, size: int) -> float:
        """The gap that leaves the names at the right of a layer's discs their room."""
        span = screen.geometry.span(layer)
        side = label_side(screen, layer, len(screen.geometry.layers) - 1)
        if side != "right" or scene.names.are_classes(layer):
            return 4.0
        names = [scene.names.label(Node(layer, unit)) for unit in range(span.stop - span.start)]
        return 15.0 + size * max(self._texts.width(name, bold=False) for name in names)

    def _paint_shares(
        self,
        painter: QPainter,
        screen: Screen,
        layer: int,
        levels: Ints,
        values: Sequence[str],
        kept: NDArray[np.bool_] | None,
    ) -> None:
        """Write each class's probability at its right, that of the likeliest stronger."""
        span, place = screen.geometry.span(layer), screen.geometry.layers[layer]
        pitch = place.pitch * screen.view.scale
        if pitch < _SHARE_ROOM or not any(values[span]):
            return
        radius = float(screen.radii[span.start])
        least = max(min(_SMALLEST_SHARE * screen.geometry.viewport.letters, 0.85 * pitch), _SMALLEST_SHARE)
        size = int(max(min(0.8 * radius, 26, 0.85 * pitch), least))
        winner = int(np.argmax(levels[span])) + span.start
        for number in range(span.start, span.stop):
            if levels[number] == ABSENT:
                continue
            wins = number == winner
            x, y = screen.centres[number].tolist()
            painter.setPen(self._ink("text" if wins else "muted", _stands_back(kept, number)))
            self._texts.write_from(painter, x + 1.25 * radius + 5, y, values[number], size, wins, 0.0)


def _delta_words(locale: QLocale, delta: float) -> str:
    """An error signal as it is written beside a node."""
    return f"δ = {fixed(locale, delta, 2) if abs(delta) >= 0.1 else significant(locale, delta, 2)}"


def _apart(sums: Floats | None, kept: NDArray[np.bool_] | None, heights: Floats, size: float) -> list[int]:
    """A few units whose numbers, written at their heights, do not touch.

    First those that the picture is about, and of these those with the largest sums.
    """
    if sums is None:
        return []
    stand_back = np.zeros(len(sums), np.bool_) if kept is None else ~kept
    out: list[int] = []
    for unit in np.lexsort((-np.abs(sums), stand_back)).tolist():
        if all(abs(heights[unit] - heights[other]) >= size for other in out):
            out.append(unit)
        if len(out) == _LARGEST_SUMS:
            break
    return out


def _stands_back(kept: NDArray[np.bool_] | None, number: int) -> bool:
    """Whether a node is not what the picture is about just now."""
    return kept is not None and not kept[number]


def _through(lens: Lens | None, layer: int) -> Lens | None:
    """The lens, if it is on that layer."""
    return lens if lens is not None and lens.plane == layer else None
