"""The menu in which the language is chosen."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from nnsim.session.language import keep_language, language, language_name, languages


class LanguageMenu(QMenu):
    """Each language by its own name; the one chosen is kept.

    Parameters
    ----------
    settings : QSettings
    parent : QWidget

    Signals
    -------
    chosen : code of another language than the one in use
    """

    chosen = Signal(str)

    def __init__(self, settings: QSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        group = QActionGroup(self)
        for code in languages():
            action = group.addAction(QAction(language_name(code), self, checkable=True))
            action.setChecked(code == language())
            action.setData(code)
            self.addAction(action)
        group.triggered.connect(self._choose)

    def _choose(self, action: QAction) -> None:
        code = str(action.data())
        keep_language(self._settings, code)
        if code != language():
            self.chosen.emit(code)
