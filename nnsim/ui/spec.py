"""What an action is called, and how it is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Spec:
    """One action.

    Attributes
    ----------
    text, tip : str
        Words on the menu and in the tooltip, in English; translated when the action is made
        (marked for translation by a function that Qt types as object).
    shortcuts : str
        Key sequences, the one to show first, separated by spaces.
    icon : str
        Name of an SVG file, or empty.
    group : str
        Checkable actions with the same group exclude one another; ``"+"`` is checkable alone.
    """

    text: Any
    tip: Any
    shortcuts: str = ""
    icon: str = ""
    group: str = ""
