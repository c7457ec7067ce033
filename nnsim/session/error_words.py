"""What an error says, in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from nnsim.model.errors import DocumentError

CONTEXT = "Errors"
"""Under which a translator finds the templates of errors."""
_GROUPED_FROM = 10_000
_DIGITS = 6


def error_words(error: Exception) -> str:
    """What went wrong; never empty."""
    if isinstance(error, DocumentError):
        return error.render(_translated, _written)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _translated(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)


def _written(value: str | int | float) -> str:
    if isinstance(value, str):
        return value
    locale = QLocale()
    if isinstance(value, float):
        return locale.toString(value, "g", _DIGITS)
    if abs(value) < _GROUPED_FROM:
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(value)
