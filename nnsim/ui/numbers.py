"""Numbers as people read and type them, in their own locale."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from PySide6.QtCore import QLocale

_EXPONENT = re.compile(r"([-−]?)([^eE]+)[eE]([-+−]?[0-9]+)")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LEAST_PERCENT = 0.1
_TIMES = "\u202f·\u202f"
"""With spaces at which no line breaks."""


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
    return power_of_ten(text.replace("-", "−"))


def power_of_ten(text: str) -> str:
    """A number's text with a power of ten, as formulas have it, in place of a computer's exponent."""
    found = _EXPONENT.fullmatch(text)
    if found is None:
        return text
    sign, mantissa, power = found.groups()
    raised = str(int(power.replace("−", "-"))).translate(_SUPERSCRIPTS)
    return f"{sign}{'' if mantissa == '1' else f'{mantissa}{_TIMES}'}10{raised}"


def signed(value: float) -> str:
    """A change: always with its sign."""
    text = short(value)
    return text if value <= 0.0 else f"+{text}"


def plain(value: float) -> str:
    """A setting such as a learning rate, without superfluous zeros, as :func:`number_in` reads it back."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "g", 6).replace("-", "−")


def count(value: float) -> str:
    """A whole number with its thousands grouped."""
    return QLocale().toString(round(value))


def listed(numbers: Sequence[str], goes_on: bool = False) -> str:
    """Numbers in a row, between them what cannot be taken for a decimal sign."""
    between = "; " if QLocale().decimalPoint() == "," else ", "
    return between.join((*numbers, "…") if goes_on else numbers)


def percentage(locale: QLocale, share: float) -> str:
    """A share in hundredths with one decimal; never rounded to all or nothing where it is neither."""
    value = share * 100.0
    if 0.0 < value < _LEAST_PERCENT / 2:
        return f"<{locale.toString(_LEAST_PERCENT, 'f', 1)}"
    decimals = 0 if value in (0.0, 100.0) else 1
    return locale.toString(min(value, 99.9) if value < 100.0 else value, "f", decimals)


def percent(share: float) -> str:
    """A share as a percentage, as :func:`percentage` writes it."""
    return f"{percentage(QLocale(), share)} %"


def fine_percent(share: float) -> str:
    """The same, with the digits that a small share has: for where there is room for a power of ten."""
    value = share * 100.0
    return f"{short(value)} %" if 0.0 < value < _LEAST_PERCENT / 2 else percent(share)


def whole_percent(share: float) -> str:
    """A setting such as a size as a percentage, without decimals."""
    return f"{count(share * 100.0)} %"


def number_in(text: str) -> float | None:
    """The finite number that a text says; None where it says none.

    Comma and point are both decimal signs, whatever the reader's language: nothing separates
    thousands, so that 0.001 is never 1 and 0,001 neither.
    """
    text = text.strip().replace("−", "-")
    for locale, written in ((QLocale(), text), (QLocale.c(), text.replace(",", "."))):
        locale.setNumberOptions(QLocale.NumberOption.RejectGroupSeparator)
        number, good = locale.toDouble(written)
        if good:
            return number if math.isfinite(number) else None
    return None


def whole_number_in(text: str) -> int | None:
    """The whole number that a text says; None also for 1,000 and 1.000, which may mean 1 or a thousand."""
    number = None if "," in text or "." in text else number_in(text)
    return None if number is None or number != int(number) else int(number)
