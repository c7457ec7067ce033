"""Says in words when the calculation does not answer any more, and offers to start another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nnsim.session.control import PATIENCE
from nnsim.ui.notice import Remedy
from nnsim.ui.numbers import count

if TYPE_CHECKING:
    from nnsim.ui.main_window import MainWindow

_MESSAGE = 8_000
"""Milliseconds for which the outcome is told."""


class SilenceNotice(QObject):
    """Watches over a window's session.

    Parameters
    ----------
    window : MainWindow
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._said = ""
        window.session.silence_changed.connect(self._tell)

    def _tell(self, silent: bool) -> None:
        notice = self._window.stage.notice
        if not silent:
            if notice.text == self._said:
                notice.hide()
            return
        self._said = self.tr(
            "The calculation has not answered for {seconds} seconds. It may be at work on something large, "
            "or it hangs. You can wait, or go on from the weights last shown."
        ).format(seconds=count(int(PATIENCE)))
        tip = self.tr(
            "A new calculation takes over, paused, with the weights last shown. "
            "If the old one hangs, it keeps one processor core busy until nnsim is closed."
        )
        notice.say(
            self._said,
            Remedy(self.tr("Save and restart"), tip, self._save_and_restart),
            Remedy(self.tr("Restart"), tip, self._restart),
        )

    def _restart(self) -> None:
        session = self._window.session
        session.restart()
        if session.snapshot is None:
            words = self.tr("The calculation was started again.")
        else:
            words = self.tr("The calculation goes on from step {step}.").format(
                step=count(session.snapshot.step)
            )
        self._window.statusBar().showMessage(words, _MESSAGE)

    def _save_and_restart(self) -> None:
        self._restart()
        self._window.files.save()
