"""The legend: what each colour and shape means, and what full strength stands for in numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QLocale, QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from nnsim.ui.graph.frames import EdgeLayer, Frame
from nnsim.ui.graph.geometry import Rect, layer_kind
from nnsim.ui.graph.legend_glyphs import GLYPHS
from nnsim.ui.graph.scene import Scene
from nnsim.ui.graph.screen import CROWD
from nnsim.ui.graph.viewport import LEGEND_LINE
from nnsim.ui.graph.views.filters import first_full
from nnsim.ui.graph.weight_images import image_source
from nnsim.ui.graph.words import brief, count, translate
from nnsim.ui.theme import Theme

GLYPH = 24.0
GAP = 22.0
_NUMBER, _WIDE = re.compile(r"\d[\d.,]*"), "0.00"


@dataclass(frozen=True, slots=True)
class Entry:
    """One sign and its meaning.

    Attributes
    ----------
    glyph : str
        ``line``, ``dash``, ``disc``, ``ring``, ``arc`` or nothing.
    role : str
        Colour of the glyph.
    text : str
    width : float
        Of a line.
    group : int
        Entries of one group stand on one line, if that costs no line.
    short : str or None
        What is said where there is little room: the same if None, nothing if empty.
    whole : str
        The text of which `text` is the short form.
    travels : bool
        Whether it is about the light on the edges.
    """

    glyph: str
    role: str
    text: str
    width: float = 3.0
    group: int = 0
    short: str | None = None
    whole: str = ""
    travels: bool = False


def entries(
    scene: Scene,
    frame: Frame,
    glyphs: bool,
    faces: bool,
    thickest: float,
    locale: QLocale,
    biases: bool = True,
    ribbon: float = 0.0,
) -> tuple[Entry, ...]:
    """The legend of what a frame of a scene shows.

    Parameters
    ----------
    glyphs : bool
        Whether negative values are dashed.
    faces : bool
        Whether the nodes show heat maps.
    thickest : float
        Width in pixels of an edge at full scale.
    biases : bool
        Whether there is room to draw them.
    ribbon : float
        Width in pixels of a ribbon at full scale.
    """
    return (
        *_edge_entries(scene, frame.edges[0], glyphs, thickest, locale),
        *_ribbon_entries(scene, frame, ribbon, locale),
        *(_bias_entries(scene, frame) if biases else ()),
        *_moving_entries(scene, frame, glyphs, locale),
        *_node_entries(scene, locale),
        *(_face_entries() if faces else ()),
        *_notes(scene, locale),
    )


def shortened(shown: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The same legend in as few words as will do."""
    briefs = (e if e.short is None else replace(e, text=e.short, short=None, whole=e.text) for e in shown)
    return tuple(entry for entry in briefs if entry.text)


def _notes(scene: Scene, locale: QLocale) -> list[Entry]:
    """How many edges are drawn; what the images inside the nodes are; how wide layers stand."""
    network = scene.network
    layers = range(1, len(network.layers))
    images = any(image_source(network, layer) is not None for layer in layers)
    folded = any(layer_kind(network, layer) == "grid" for layer in layers)
    notes: list[tuple[str, str | None]] = [(note(scene, locale), _short_note(scene, locale))]
    if images and scene.snapshot is not None:
        words = translate("GraphCanvas", "inside: weights from the pixels, each at its own scale")
        notes.append((words, translate("GraphCanvas", "inside: weights")))
    if images and folded:
        notes.append((translate("GraphCanvas", "wide layers in several columns"), ""))
    return [Entry("", "muted", text, group=1, short=short) for text, short in notes if text]


def note(scene: Scene, locale: QLocale) -> str:
    """How many edges are drawn of how many; empty if all are."""
    if not scene.is_thinned:
        words = translate("GraphCanvas", "all %1 edges") if scene.is_large else ""
        return words.replace("%1", count(locale, len(scene.edges)))
    if scene.edge_values() is None:
        words = translate("GraphCanvas", "showing %1 of %2 edges")
    elif scene.edges.among < scene.edges.total:
        words = translate("GraphCanvas", "showing the %1 strongest of the %2 edges of this node")
    else:
        words = translate("GraphCanvas", "showing the %1 strongest of %2 edges, by layer")
    return _counted(words, scene, locale)


def _short_note(scene: Scene, locale: QLocale) -> str | None:
    return _counted(translate("GraphCanvas", "%1 of %2 edges"), scene, locale) if scene.is_thinned else None


def _counted(words: str, scene: Scene, locale: QLocale) -> str:
    drawn, among = count(locale, len(scene.edges)), count(locale, scene.edges.among)
    return words.replace("%1", drawn).replace("%2", among)


_MEANINGS: dict[str, tuple[Any, Any]] = {
    "weight": (
        QT_TRANSLATE_NOOP("GraphCanvas", "positive weight"),
        QT_TRANSLATE_NOOP("GraphCanvas", "negative weight"),
    ),
    "contribution": (
        QT_TRANSLATE_NOOP("GraphCanvas", "positive w·x"),
        QT_TRANSLATE_NOOP("GraphCanvas", "negative w·x"),
    ),
    "gradient": (
        QT_TRANSLATE_NOOP("GraphCanvas", "gradient ∂L/∂w"),
        QT_TRANSLATE_NOOP("GraphCanvas", "negative gradient"),
    ),
    "update": (
        QT_TRANSLATE_NOOP("GraphCanvas", "update Δw"),
        QT_TRANSLATE_NOOP("GraphCanvas", "negative update"),
    ),
}
_SYMBOLS = {"weight": "w", "contribution": "w·x", "gradient": "∂L/∂w", "update": "Δw"}
_ABSENT: dict[str, Any] = {
    "weight": QT_TRANSLATE_NOOP("GraphCanvas", "no weights yet"),
    "contribution": QT_TRANSLATE_NOOP("GraphCanvas", "no values yet"),
    "gradient": QT_TRANSLATE_NOOP("GraphCanvas", "no gradient yet"),
    "update": QT_TRANSLATE_NOOP("GraphCanvas", "no update yet"),
}
ROLES = {
    "weight": ("positive", "negative"),
    "contribution": ("positive", "negative"),
    "gradient": ("gradient", "gradient"),
    "update": ("update", "update"),
}
"""Colours of positive and negative values, by overlay."""


def dashes_negative(overlay: str, edges: int, glyphs: bool) -> bool:
    """Whether negative values are dashed: where one asks for it, and where both signs have one colour.

    Parameters
    ----------
    edges : int
        How many are drawn: in a crowd no dash could be told from the next.
    glyphs : bool
        Whether it is asked for.
    """
    positive, negative = ROLES[overlay]
    return glyphs or (positive == negative and edges <= CROWD)


def _edge_entries(
    scene: Scene, shown: EdgeLayer, glyphs: bool, thickest: float, locale: QLocale
) -> list[Entry]:
    overlay = shown.style
    if shown.shares is None:
        return [Entry("line", "node_ring", translate("GraphCanvas", _ABSENT[overlay]), 1.0)]
    positive, negative = (translate("GraphCanvas", text) for text in _MEANINGS[overlay])
    plus, minus = ROLES[overlay]
    dashed = dashes_negative(overlay, len(scene.edges), glyphs)
    symbol, is_parted = _SYMBOLS[overlay], plus != minus or dashed
    out = [Entry("line", plus, positive, short=f"{symbol} > 0" if is_parted else symbol)]
    if is_parted:
        out.append(Entry("dash" if dashed else "line", minus, negative, short=f"{symbol} < 0"))
    full = scene.scales[overlay].full
    if not full and not len(scene.edges):
        return out
    if full:
        words, short = _thickest(overlay, full, locale)
        out.append(Entry("line", "muted", words, thickest, short=short))
    else:
        out.append(Entry("", "muted", translate("GraphCanvas", "all are 0")))
    return out


def _ribbon_entries(scene: Scene, frame: Frame, thickest: float, locale: QLocale) -> list[Entry]:
    """What a ribbon is and what its width stands for; what the filters' full colour stands for."""
    if not len(scene.ribbons) or not frame.ribbons or frame.ribbons[0].shares is None:
        return []
    overlay = frame.ribbons[0].style
    words = translate("GraphCanvas", "a ribbon is one filter: width = mean %1, colour = sign of its sum")
    symbol = f"|{_SYMBOLS[overlay]}|"
    short = translate("GraphCanvas", "ribbon: one filter")
    out = [Entry("", "muted", words.replace("%1", symbol), group=1, short=short)]
    full = scene.ribbon_scales[overlay].full
    if full:
        words, short = _thickest_ribbon(overlay, full, locale)
        out.append(Entry("line", "muted", words, thickest, group=1, short=short))
    if len(scene.ribbons) < len(scene.all_ribbons):
        shown, every = count(locale, len(scene.ribbons)), count(locale, len(scene.all_ribbons))
        words = translate("GraphCanvas", "the %1 strongest of %2 ribbons, by layer")
        short = translate("GraphCanvas", "%1 of %2 ribbons").replace("%1", shown).replace("%2", every)
        words = words.replace("%1", shown).replace("%2", every)
        out.append(Entry("", "muted", words, group=1, short=short))
    drawn = first_full(scene, frame)
    if drawn:
        words = translate("GraphCanvas", "filters: full colour ±%1").replace("%1", brief(locale, drawn))
        out.append(Entry("", "muted", words, group=1, short=""))
    return out


def _thickest(overlay: str, full: float, locale: QLocale) -> tuple[str, str]:
    """What the width of the thickest edge stands for, in words and without."""
    largest, symbol = brief(locale, full), f"|{_SYMBOLS[overlay]}|"
    words = translate("GraphCanvas", "thickest: %1 = %2").replace("%1", symbol).replace("%2", largest)
    return words, f"{symbol} = {largest}"


def _thickest_ribbon(overlay: str, full: float, locale: QLocale) -> tuple[str, str]:
    """The same of a ribbon."""
    largest, symbol = brief(locale, full), f"|{_SYMBOLS[overlay]}|"
    words = translate("GraphCanvas", "thickest ribbon: %1").replace("%1", largest)
    short = translate("GraphCanvas", "mean %1 = %2")
    return words, short.replace("%1", symbol).replace("%2", largest)


def _bias_entries(scene: Scene, frame: Frame) -> list[Entry]:
    shown = frame.edges[0]
    if shown.shares is None or not scene.has_bias:
        return []
    words, short = translate("GraphCanvas", "bias, by length"), translate("GraphCanvas", "bias")
    return [Entry("arc", ROLES[shown.style][0], words, short=short)]


_MOVING: dict[str, tuple[str, Any]] = {
    "activation": ("contribution", QT_TRANSLATE_NOOP("GraphCanvas", "light: |w·x|, largest = %1")),
    "gradient": ("gradient", QT_TRANSLATE_NOOP("GraphCanvas", "light: |∂L/∂w|, largest = %1")),
}


_SMALL = 0.00012
"""A number about as long as they are."""


def _moving_entries(scene: Scene, frame: Frame, glyphs: bool, locale: QLocale) -> list[Entry]:
    """What travels along the edges, and what is laid over them."""
    scales = scene.scales if len(scene.edges) else scene.ribbon_scales
    fulls = ((pulses.role, scales[_MOVING[pulses.role][0]].full) for pulses in frame.pulses)
    out = [_light(role, brief(locale, full)) for role, full in fulls]
    for layer in frame.edges[1:]:
        single = len(scene.edges) > 0
        thickest = _thickest if single else _thickest_ribbon
        full = (scene.scales if single else scene.ribbon_scales)[layer.style].full
        words, short = thickest(layer.style, full, locale)
        plus, minus = ROLES[layer.style]
        out.append(Entry("line", plus, words, group=1, short=short))
        if dashes_negative(layer.style, len(scene.edges), glyphs):
            negative = translate("GraphCanvas", _MEANINGS[layer.style][1])
            out.append(Entry("dash", minus, negative, group=1, short=f"{_SYMBOLS[layer.style]} < 0"))
    return out


def _light(role: str, largest: str) -> Entry:
    overlay, words = _MOVING[role]
    short = f"|{_SYMBOLS[overlay]}| ≤ {largest}"
    text = translate("GraphCanvas", words).replace("%1", largest)
    return Entry("disc", role, text, group=1, short=short, travels=True)


def with_light(shown: tuple[Entry, ...], locale: QLocale) -> tuple[Entry, ...]:
    """A legend together with what it will say once light travels, so that room can be kept for it."""
    if any(entry.travels and entry.role == "gradient" for entry in shown):
        return shown
    return *(entry for entry in shown if not entry.travels), _light("gradient", brief(locale, _SMALL))


def _face_entries() -> list[Entry]:
    high = translate("GraphCanvas", "high over the inputs")
    low = translate("GraphCanvas", "low")
    short = translate("GraphCanvas", "high")
    return [Entry("disc", "positive", high, group=1, short=short), Entry("disc", "negative", low, group=1)]


def _node_entries(scene: Scene, locale: QLocale) -> list[Entry]:
    if scene.snapshot is None:
        return []
    short = translate("GraphCanvas", "activation")
    out = [Entry("disc", "activation", _brightness(scene, locale), group=1, short=short)]
    if scene.has_negative:
        negative = translate("GraphCanvas", "negative activation")
        out.append(Entry("ring", "negative", negative, group=1, short="a < 0"))
    return out


def _brightness(scene: Scene, locale: QLocale) -> str:
    fulls = [scale.full for scale in scene.brightness if scale.full]
    texts = [brief(locale, full) for full in dict.fromkeys(fulls)]
    if len(texts) > 1:
        words = translate("GraphCanvas", "activation, brightest = %1 by layer")
        each = [brief(locale, full) for full in fulls]
        joined = (
            " · ".join(each) if len(each) <= 4 else f"{brief(locale, min(fulls))}–{brief(locale, max(fulls))}"
        )
        return words.replace("%1", joined)
    return (
        translate("GraphCanvas", "activation, brightest = %1").replace("%1", texts[0])
        if texts
        else translate("GraphCanvas", "activation")
    )


def flow(widths: list[float], groups: list[int], room: float) -> list[tuple[float, int]]:
    """Left edge and line of each entry: filled line by line, a group on a new line where that is free."""
    plain = _flow(widths, [0] * len(widths), room)
    grouped = _flow(widths, groups, room)
    fits_anyway = not plain or plain[-1][1] == 0 or grouped[-1][1] > plain[-1][1]
    return plain if fits_anyway else grouped


def _flow(widths: list[float], groups: list[int], room: float) -> list[tuple[float, int]]:
    out: list[tuple[float, int]] = []
    x, line = 0.0, 0
    for i, width in enumerate(widths):
        if x and (x + width > room or groups[i] != groups[i - 1]):
            x, line = 0.0, line + 1
        out.append((x, line))
        x += width + GAP
    return out


def laid_out(
    shown: tuple[Entry, ...], metrics: QFontMetricsF, room: float
) -> list[tuple[Entry, float, float, int]]:
    """Entries with their left edge, width and line; one wider than the room goes on in the next line."""
    pieces = [piece for entry in shown for piece in _pieces(entry, metrics, room)]
    widths = [_width(piece, metrics) for piece in pieces]
    places = flow(widths, [piece.group for piece in pieces], room)
    return [(piece, x, w, line) for piece, w, (x, line) in zip(pieces, widths, places, strict=True)]


def lines(shown: tuple[Entry, ...], font: QFont, room: float) -> int:
    """How many lines a legend takes in a width, whatever its numbers are."""
    wide = tuple(replace(entry, text=_NUMBER.sub(_WIDE, entry.text)) for entry in shown)
    places = laid_out(wide, QFontMetricsF(font), room)
    return places[-1][3] + 1 if places else 0


def _width(entry: Entry, metrics: QFontMetricsF) -> float:
    return (GLYPH if entry.glyph else 0.0) + metrics.horizontalAdvance(entry.text)


def _pieces(entry: Entry, metrics: QFontMetricsF, room: float) -> list[Entry]:
    """An entry, cut between words into pieces that fit."""
    if _width(entry, metrics) <= room:
        return [entry]
    out = [replace(entry, text="")]
    for word in entry.text.split(" "):
        longer = replace(out[-1], text=f"{out[-1].text} {word}".lstrip())
        if out[-1].text and _width(longer, metrics) > room:
            out.append(replace(entry, glyph="", text=word))
        else:
            out[-1] = longer
    return out


def text_at(
    shown: tuple[Entry, ...], font: QFont, area: Rect, scale: float, x: float, y: float
) -> str | None:
    """The words of the entry at a point of the widget; None where there is none."""
    places = laid_out(shown, QFontMetricsF(font), area.width / scale)
    last = places[-1][3] if places else 0
    line = last - math.floor((area.y + area.height - y) / (LEGEND_LINE * scale))
    at = (x - area.x) / scale
    hits = (entry for entry, left, width, i in places if i == line and left <= at <= left + width)
    found = (entry.whole or entry.text for entry in hits)
    return next(found, None)


def paint(painter: QPainter, theme: Theme, shown: tuple[Entry, ...], area: Rect, scale: float) -> None:
    """Paint a legend upwards from the bottom of an area, its lines left-aligned.

    Lines that stand for edges keep their width whatever the scale.
    """
    painter.scale(scale, scale)
    area = Rect(area.x / scale, area.y / scale, area.width / scale, area.height / scale)
    shown = tuple(replace(e, width=e.width / scale if e.role == "muted" else e.width) for e in shown)
    metrics = QFontMetricsF(painter.font())
    places = laid_out(shown, metrics, area.width)
    top = area.y + area.height - LEGEND_LINE * (places[-1][3] + 1 if places else 0)
    for entry, x, _, line in places:
        at = QPointF(area.x + x, top + LEGEND_LINE * line + LEGEND_LINE / 2)
        GLYPHS[entry.glyph](painter, theme, entry.role, entry.width, at)
        painter.setPen(theme.color("muted"))
        left = at.x() + (GLYPH if entry.glyph else 0.0)
        painter.drawText(QPointF(left, at.y() + metrics.ascent() / 2 - 1), entry.text)
