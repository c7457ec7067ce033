"""What is said where a number has been typed that cannot be used."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QPoint
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QToolTip, QWidget

translate = QCoreApplication.translate


def what_is_wanted(text: str, low: float, high: float, *, whole: bool = False) -> str:
    """Why a text is no answer, and which numbers are; both ends are allowed."""
    words = (
        translate("Refusal", "A whole number from {low} to {high} is needed here: “{text}” is none.")
        if whole
        else translate("Refusal", "A number from {low} to {high} is needed here: “{text}” is none.")
    )
    return words.format(low=_written(low), high=_written(high), text=text)


def refuse(field: QWidget, words: str) -> None:
    """Say below a field, in the window's status line and to screen readers why its text is not taken."""
    field.setAccessibleDescription(words)
    QCoreApplication.sendEvent(field, QStatusTipEvent(words))
    QToolTip.showText(field.mapToGlobal(QPoint(0, field.height() // 2)), words, field)


def forgive(field: QWidget) -> None:
    """Nothing is refused any more: take the words back."""
    if field.accessibleDescription() != field.toolTip():
        field.setAccessibleDescription(field.toolTip())
        QCoreApplication.sendEvent(field, QStatusTipEvent(""))
        QToolTip.hideText()


def _written(number: float) -> str:
    """As it may be typed: without separators of thousands."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    shortest = QLocale.FloatingPointPrecisionOption.FloatingPointShortest.value
    return locale.toString(float(number), "f", shortest).replace("-", "−")
