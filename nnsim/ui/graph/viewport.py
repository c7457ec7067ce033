"""The area the network is drawn in, and the room that is kept for words in it."""

from __future__ import annotations

from dataclasses import dataclass

_HEADING, _LOWEST_HEADING, _HEADING_SHARE = 50.0, 30.0, 0.09
LEGEND_LINE = 19.0
_LEGEND_MARGIN = 20.0
_LEGEND_SHARE = 0.3
_NAME, _NAME_LETTERS = 14.0, 12.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """Logical pixels of the stage, and how large what is written on it is.

    Attributes
    ----------
    width, height : float
    letters : float
        Size of all letters against the usual.
    legend_lines : int
        That the legend needs.
    """

    width: float
    height: float
    letters: float = 1.0
    legend_lines: int = 2

    @property
    def text_scale(self) -> float:
        """Size of headings, legend and cards against the usual: larger on a large stage."""
        return self.letters * min(max(min(self.width / 1250, self.height / 800), 1.0), 1.8)

    @property
    def heading_room(self) -> float:
        """Height that the headings take at the top; less where there is little."""
        least = max(_LOWEST_HEADING * self.text_scale, _HEADING_SHARE * self.height)
        return min(_HEADING * self.text_scale, least)

    @property
    def legend_room(self) -> float:
        """Height that the legend takes at the bottom."""
        return (self.legend_lines * LEGEND_LINE + _LEGEND_MARGIN) * self.text_scale

    @property
    def most_legend_lines(self) -> int:
        """Lines of the legend that leave most of the stage to the network."""
        return max(int(_LEGEND_SHARE * self.height / (LEGEND_LINE * self.text_scale)), 1)

    @property
    def name_room(self) -> float:
        """Height below a disc in which its name fits."""
        return _NAME + _NAME_LETTERS * self.letters
