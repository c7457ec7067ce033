"""What a window wears: a style sheet that stays, and a palette of the theme that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from nnsim.ui.style import palette, style_sheet
from nnsim.ui.theme import Theme


class Dressing(QObject):
    """Gives a window and everything in it the colours of a theme; what is hidden, once it is shown.

    A style sheet that is set anew is matched anew with all that a window has, and most of that is out of
    sight. This one stays as it is: a change of the theme is a change of the palette.

    Parameters
    ----------
    window : QWidget
    theme : Theme
    scale : float
        Size of letters against the usual.
    """

    def __init__(self, window: QWidget, theme: Theme, scale: float = 1.0) -> None:
        super().__init__(window)
        self._window, self.scale = window, scale
        self._put_on(theme)
        window.setStyleSheet(style_sheet(scale))

    def wear(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        if theme is not self._theme:
            self._put_on(theme)
            self._dress(self._window)
            self._window.update()

    def fit(self, scale: float) -> None:
        """Take letters of another size."""
        self.scale = scale
        self._window.setStyleSheet(style_sheet(scale))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What has been hidden while the colours changed is about to be seen."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            self._dress(watched)
        return False

    def _put_on(self, theme: Theme) -> None:
        self._theme = theme
        QApplication.setPalette(palette(theme))
        self._window.setProperty("look", theme.name)

    def _dress(self, widget: QWidget) -> None:
        if not widget.isVisible():
            widget.installEventFilter(self)
            return
        widget.style().polish(widget)
        for child in widget.children():
            if isinstance(child, QWidget):
                self._dress(child)
