"""How large all letters of the program are: chosen by keys, and kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, QSize, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from nnsim.ui.numbers import whole_percent

_KEY = "text_size"
_SIZES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)
"""Against the letters that the system uses."""
_USUAL = 1.0
_LEAST = 860, 540
"""Width and height of a window that letters of the usual size need; larger ones need as much more."""


class TextSize(QObject):
    """The font of the application, from which everything that is written takes its size.

    Parameters
    ----------
    settings : QSettings
        Where the choice is kept.

    Signals
    -------
    changed : what it is now, in words; nothing to say where only the window has changed
    """

    changed = Signal(str)

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._chosen, self._most = _kept(settings), _SIZES[-1]
        self._applied = _USUAL
        self._apply()

    @property
    def size(self) -> float:
        """Against the usual."""
        return min(self._chosen, self._most)

    def larger(self) -> None:
        """The next larger letters, as long as the window can hold them."""
        larger = min((size for size in _SIZES if size > self.size), default=_SIZES[-1])
        if larger <= self._most:
            self._take(larger)
        else:
            words = self.tr("Text size: {size}. Larger letters need a larger window.")
            self.changed.emit(words.format(size=whole_percent(self.size)))

    def smaller(self) -> None:
        """The next smaller letters."""
        self._take(max((size for size in _SIZES if size < self.size), default=_SIZES[0]))

    def usual(self) -> None:
        """Letters as the system has them."""
        self._take(_USUAL)

    def fit(self, window: QSize) -> None:
        """No larger in a small window than it can hold; what was chosen returns with its size."""
        room = min(window.width() / _LEAST[0], window.height() / _LEAST[1])
        self._most = max((size for size in _SIZES if size <= max(room, _USUAL)), default=_USUAL)
        if self.size != self._applied:
            self._apply()
            self.changed.emit("")

    def _take(self, size: float) -> None:
        self._chosen = size
        self._settings.setValue(_KEY, size)
        self._apply()
        self.changed.emit(self.tr("Text size: {size}").format(size=whole_percent(size)))

    def _apply(self) -> None:
        if self.size == self._applied:
            return
        self._applied = self.size
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        larger = QFont(font)
        larger.setPixelSize(round(QFontInfo(font).pixelSize() * self.size))
        QApplication.setFont(font if self.size == _USUAL else larger)


def _kept(settings: QSettings) -> float:
    """What was chosen last; what nobody can have chosen counts as the usual."""
    try:
        size = float(str(settings.value(_KEY, _USUAL)))
    except ValueError:
        return _USUAL
    return size if size in _SIZES else _USUAL
