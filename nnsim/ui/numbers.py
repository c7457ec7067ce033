"""Numbers as people read them, in their own locale."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale


def short(value: float, digits: int = 4) -> str:
    """A number in few characters: plain where that is readable, else with an exponent.

    Parameters
    ----------
    value : float
    digits : int
        Significant digits from 1 on; one fewer below, where the leading 0 takes its place.
    """
    locale = QLocale()
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    size = abs(value)
    if size == 0.0:
        return "0"
    if size < 1e-4 or size >= 1e6:
        text = locale.toString(float(value), "g", min(digits, 3))
    else:
        spare = digits - 1 if size >= 1.0 else digits - 2
        text = locale.toString(float(value), "f", max(0, spare - math.floor(math.log10(size))))
    return text.replace("-", "−")


def signed(value: float) -> str:
    """A change: always with its sign."""
    text = short(value)
    return text if value <= 0.0 else f"+{text}"


def plain(value: float) -> str:
    """A setting such as a learning rate, without superfluous zeros."""
    return QLocale().toString(float(value), "g", 6)


def count(value: float) -> str:
    """A whole number with its thousands grouped."""
    return QLocale().toString(round(value))


def percent(share: float) -> str:
    """A share as a percentage; never rounded up to 100 % while something is wrong."""
    value = share * 100.0
    decimals = 0 if value in (0.0, 100.0) else 1
    if value < 100.0:
        value = min(value, 99.9)
    return f"{QLocale().toString(value, 'f', decimals)} %"
