"""Colours: one colour, one meaning, in the graph, the plots, the formulas and the legends."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of the window, as ``#rrggbb``.

    Attributes
    ----------
    window, card, field, border, grid : str
        Surfaces from back to front, and the lines between them.
    text, muted, faint : str
        Writing, from first to last in importance.
    accent, on_accent : str
        The one button that matters, and the writing on it.
    positive, negative, activation, gradient, update : str
        The five meanings.
    node_off, node_ring, on_activation : str
        A silent node, its outline, and writing on a node that is lit.
    board, ink : str
        What digits are drawn on, and what with: the darkest and the brightest pixel of a picture.
    """

    name: str
    window: str
    card: str
    field: str
    border: str
    grid: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    positive: str
    negative: str
    activation: str
    gradient: str
    update: str
    node_off: str
    node_ring: str
    on_activation: str
    board: str
    ink: str

    def color(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of a role, with an opacity from 0 to 1."""
        color = QColor(getattr(self, role))
        color.setAlphaF(alpha)
        return color

    def written(self, role: str) -> QColor:
        """The colour of a role, dark enough on a light ground to be read as text."""
        color = self.color(role)
        return color.darker(165) if role == "activation" and not self.is_dark else color

    @property
    def is_dark(self) -> bool:
        """Whether light things stand on a dark ground."""
        return QColor(self.window).lightnessF() < 0.5


DARK = Theme(
    name="dark",
    window="#0f141c",
    card="#151c27",
    field="#1d2634",
    border="#243044",
    grid="#161e2a",
    text="#e6ebf2",
    muted="#98a5b8",
    faint="#4f5b6a",
    accent="#ffd166",
    on_accent="#1b1503",
    positive="#4aa8ff",
    negative="#ff9d45",
    activation="#ffd166",
    gradient="#ff4f9a",
    update="#46d39a",
    node_off="#1b2430",
    node_ring="#5a7199",
    on_activation="#14181f",
    board="#0a0d13",
    ink="#fff1d3",
)

LIGHT = Theme(
    name="light",
    window="#f3f5f9",
    card="#ffffff",
    field="#eef1f6",
    border="#cfd7e3",
    grid="#e7ebf2",
    text="#151b26",
    muted="#526074",
    faint="#93a0b3",
    accent="#f5b301",
    on_accent="#1b1503",
    positive="#0b66cc",
    negative="#c2560a",
    activation="#f0a800",
    gradient="#c8125f",
    update="#0a7d4f",
    node_off="#ffffff",
    node_ring="#71839e",
    on_activation="#14181f",
    board="#1a212d",
    ink="#fff6e2",
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT)}
