"""What is said of work beside the window that did not end well: what happened, why, and what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from nnsim.model.errors import DocumentError
from nnsim.session.error_words import error_words

translate = QCoreApplication.translate


def samples_failed(error: Exception) -> str:
    """Why samples could not be loaded."""
    if isinstance(error, DocumentError):
        return error_words(error)
    if isinstance(error, MemoryError):
        return translate(
            "Failures",
            "There is not enough memory for all the samples. Those that are here stay: close other programs,"
            " or choose a smaller dataset.",
        )
    if isinstance(error, OSError):
        words = translate(
            "Failures",
            "The samples cannot be read from {name}: {reason}. Those that are here stay: see to the file and"
            " choose the dataset again.",
        )
        return words.format(name=_name(error), reason=error.strerror or error)
    words = translate(
        "Failures",
        "The samples could not be prepared: {reason}. Those that are here stay: choose the dataset again, or"
        " another one.",
    )
    return words.format(reason=error_words(error))


def pictures_failed(error: Exception) -> str:
    """Why pictures could not be read."""
    if isinstance(error, DocumentError):
        return error_words(error)
    if isinstance(error, MemoryError):
        return translate(
            "Failures",
            "There is not enough memory for these pictures. None was opened: open fewer of them, or smaller"
            " ones.",
        )
    if isinstance(error, OSError):
        words = translate("Failures", "{name} cannot be read: {reason}. Copy it elsewhere and open it again.")
        return words.format(name=_name(error), reason=error.strerror or error)
    words = translate(
        "Failures",
        "The pictures could not be opened: {reason}. None was taken: save them as PNG and open those.",
    )
    return words.format(reason=error_words(error))


def _name(error: OSError) -> str:
    return Path(error.filename or "").name
