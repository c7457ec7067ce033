"""LaTeX drawn as SVG by ziamath, which is imported with this module: late, and not by the GUI's thread.

ziamath sets every row twice, first for the height that its brackets may have to take on, so that what stands
n rows deep is set 2ⁿ times. Here a row is set once where nothing in it stretches.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from ziamath.config import config
from ziamath.nodes.mrow import Mrow
from ziamath.operators import operators
from ziamath.zmath import Latex

# QtSvg draws SVG 1.1: glyphs as paths, not as symbols used again.
config.svg2 = False
_STRETCHY = frozenset(
    name for (name, _), settings in operators.items() if settings.get("stretchy", "false") != "false"
)
_ROWS = frozenset(("math", "merror", "mpadded", "mphantom", "mrow", "mtd", "mtr", "none"))
"""What stands in these takes their height."""


class Row(Mrow, tag="mrow"):
    """A row; ziamath finds it by its tag."""

    def _get_height_nostretch(self, line: list[Element], **settings: Any) -> tuple[float, float]:
        if any(map(_stretches, line)):
            low, high = super()._get_height_nostretch(line, **settings)
            return low, high
        return 0.0, 0.0


def _stretches(element: Element) -> bool:
    if element.tag in ("mi", "mo"):
        return element.get("stretchy") != "false" and (element.text or "").strip() in _STRETCHY
    return element.tag not in _ROWS and any(map(_stretches, element))


def engrave(latex: str, size: float = 24.0, color: str = "black") -> str:
    """A formula as the text of an SVG file.

    Raises
    ------
    Exception
        Whatever ziamath makes of what it does not understand.
    """
    return str(Latex(latex, size=size, color=color).svg())
