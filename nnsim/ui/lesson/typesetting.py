"""Formulas as vector graphics, drawn in a thread beside the window."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSizeF
from PySide6.QtSvg import QSvgRenderer

from nnsim.lesson.focus import Item
from nnsim.lesson.notation import Formula
from nnsim.ui.theme import Theme

_SIZE = 22
_CODE = "#fe{:04d}"
_CODED = re.compile(r'fill="#fe(\d{4})"')
"""A colour that no theme has, as the number of a quantity, until it gets its own."""
_MOST = 1_000
"""Drawings that are kept."""

_Key = tuple[Formula, Theme]
_drawings: dict[_Key, str] = {}
_failed: set[_Key] = set()
_one_at_a_time = threading.Lock()
"""ziamath keeps its settings in one place."""


@dataclass(frozen=True, slots=True, eq=False)
class Typeset:
    """A formula as vector graphics.

    Attributes
    ----------
    renderer : QSvgRenderer
    spots : tuple of (item, QRectF)
        Where on the picture, in its own coordinates, something stands that is on the graph as well.
    """

    renderer: QSvgRenderer
    spots: tuple[tuple[Item, QRectF], ...]

    @property
    def size(self) -> QSizeF:
        """Natural size."""
        return self.renderer.viewBoxF().size()


@lru_cache(maxsize=512)
def typeset(formula: Formula, theme: Theme) -> Typeset:
    """Typeset a formula in the colours of a theme."""
    quantities, colors = formula.quantities, palette(theme)
    svg = _draw(formula, theme)
    pieces: list[list[str]] = [[] for _ in quantities]

    def tell_apart(match: re.Match[str]) -> str:
        number = int(match[1])
        pieces[number].append(f"q{number}-{len(pieces[number])}")
        return f'id="{pieces[number][-1]}" fill="{colors.get(quantities[number].role, theme.text)}"'

    renderer = QSvgRenderer(QByteArray(_CODED.sub(tell_apart, svg).encode()))
    spots = []
    for quantity, names in zip(quantities, pieces, strict=True):
        if quantity.item is not None and names:
            rect = QRectF()
            for name in names:
                rect = rect.united(renderer.boundsOnElement(name))
            spots.append((quantity.item, rect))
    return Typeset(renderer, tuple(spots))


def palette(theme: Theme) -> Mapping[str, str]:
    """Colours of the quantities, dark enough to be read as text."""
    return {
        "positive": theme.positive,
        "negative": theme.negative,
        "activation": theme.written("activation").name(),
        "gradient": theme.gradient,
        "update": theme.update,
    }


def _draw(formula: Formula, theme: Theme) -> str:
    """A formula as SVG, its quantities in colours that stand for their numbers; in any thread."""
    key = formula, theme
    found = _drawings.get(key)
    # Who shows what is drawn already does not wait for what is being drawn for later.
    if found is not None:
        return found
    with _one_at_a_time:
        if key not in _drawings:
            # Imported when first needed: the window must not wait for it.
            from nnsim.ui.lesson.engraving import engrave

            if len(_drawings) >= _MOST:
                # The oldest only: what has just been drawn is about to be shown.
                _drawings.pop(next(iter(_drawings)))
            _drawings[key] = engrave(formula.numbered(_CODE.format), _SIZE, theme.text)
        return _drawings[key]


def is_drawn(formula: Formula, theme: Theme) -> bool:
    """Whether :func:`typeset` has not to wait for a formula, or will say why there is none."""
    key = formula, theme
    return key in _drawings or key in _failed


class Scribe:
    """Draws formulas one after the other in a thread that lives as long as there are any.

    Drawing one may take some tenths of a second of Python; the window goes on meanwhile.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._to_do: list[_Key] = []
        self._is_busy = False

    def want(self, formulas: Iterable[Formula], theme: Theme) -> None:
        """Draw these next, and leave off with whatever else was wanted."""
        with self._guard:
            self._to_do = [(formula, theme) for formula in formulas if not is_drawn(formula, theme)]
            if self._to_do and not self._is_busy:
                self._is_busy = True
                threading.Thread(target=self._work, name="nnsim-formulas", daemon=True).start()

    def _next(self) -> _Key | None:
        with self._guard:
            self._is_busy = bool(self._to_do)
            return self._to_do.pop(0) if self._to_do else None

    def _work(self) -> None:
        while (key := self._next()) is not None:
            try:
                _draw(*key)
            except Exception:
                # Whoever shows it meets the exception where it can be told.
                _failed.add(key)
