"""A number to some significant digits, as people write it: plain, or with a power of ten."""

from __future__ import annotations

SMALLEST_PLAIN, LARGEST_PLAIN = 1e-4, 1e5
"""Between these a number is written without a power of ten."""
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def rounded(value: float, digits: int) -> tuple[str, int | None]:
    """A finite number that is not negative, rounded, without trailing zeros.

    Returns
    -------
    str
        The decimal number, or what stands before the power of ten.
    int or None
        The power; None where there is none.
    """
    if value == 0.0:
        return "0", None
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    if SMALLEST_PLAIN <= value < LARGEST_PLAIN:
        return _trimmed(f"{value:.{max(0, digits - 1 - int(power))}f}"), None
    return _trimmed(mantissa), int(power)


def spelled(value: float, digits: int = 4) -> str:
    """A number in plain Unicode, such as −0.25 or 3 · 10⁻⁵."""
    if value < 0:
        return f"−{spelled(-value, digits)}"
    if not value < float("inf"):
        return "∞" if value > 0 else "NaN"
    text, power = rounded(value, digits)
    if power is None:
        return text
    return f"{'' if text == '1' else f'{text} · '}10{str(power).translate(_SUPERSCRIPTS)}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
