"""How large letters are: what is painted follows its widget's font, as labels and buttons do."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontInfo

_USUAL = 12.0
"""Pixels of the letters that sizes in the sources are meant for."""


def letters(font: QFont) -> float:
    """How many times larger than usual the letters of a font are."""
    return QFontInfo(font).pixelSize() / _USUAL


def of_size(font: QFont, pixels: float) -> QFont:
    """The font with letters that have that size where letters are as usual."""
    out = QFont(font)
    out.setPixelSize(max(round(pixels * letters(font)), 1))
    return out
