"""How large all letters of the program are: chosen by keys, and kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from nnsim.ui.numbers import whole_percent

_KEY = "text_size"
_SIZES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)
"""Against the letters that the system uses."""
_USUAL = 1.0


class TextSize(QObject):
    """The font of the application, from which everything that is written takes its size.

    Parameters
    ----------
    settings : QSettings
        Where the choice is kept.

    Signals
    -------
    changed : what it is now, in words
    """

    changed = Signal(str)

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._size = _kept(settings)
        if self._size != _USUAL:
            self._apply()

    @property
    def size(self) -> float:
        """Against the usual."""
        return self._size

    def larger(self) -> None:
        """The next larger letters."""
        self._take(min((size for size in _SIZES if size > self._size), default=_SIZES[-1]))

    def smaller(self) -> None:
        """The next smaller letters."""
        self._take(max((size for size in _SIZES if size < self._size), default=_SIZES[0]))

    def usual(self) -> None:
        """Letters as the system has them."""
        self._take(_USUAL)

    def _take(self, size: float) -> None:
        if size != self._size:
            self._size = size
            self._settings.setValue(_KEY, size)
            self._apply()
        self.changed.emit(self.tr("Text size: {size}").format(size=whole_percent(size)))

    def _apply(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        larger = QFont(font)
        larger.setPixelSize(round(QFontInfo(font).pixelSize() * self._size))
        QApplication.setFont(font if self._size == _USUAL else larger)


def _kept(settings: QSettings) -> float:
    """What was chosen last; what nobody can have chosen counts as the usual."""
    try:
        size = float(str(settings.value(_KEY, _USUAL)))
    except ValueError:
        return _USUAL
    return size if size in _SIZES else _USUAL
