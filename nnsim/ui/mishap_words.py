"""A fault of the program itself, told in the window with a report to copy; the program goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from nnsim.session.mishaps import Mishaps, Report
from nnsim.ui.notice import Notice, Remedy


class MishapWords(QObject):
    """Tells of what was not caught in a notice.

    Parameters
    ----------
    mishaps : Mishaps
    notice : Notice
    keep : callable, optional
        Keeps a copy of what is open, before anything is said.
    """

    def __init__(self, mishaps: Mishaps, notice: Notice, keep: Callable[[], object] | None = None) -> None:
        super().__init__(notice)
        self._notice, self._keep = notice, keep
        # Queued: it may come from another thread, or while something is painted.
        mishaps.reported.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def _tell(self, report: Report) -> None:
        if self._keep is not None:
            self._keep()
        words = self.tr(
            "Something went wrong inside nnsim ({fault}). It goes on; save your work to be safe, and send "
            "the report to those who make nnsim."
        ).format(fault=report.fault)
        remedy = Remedy(
            self.tr("Copy report"),
            self.tr("Put the report on the clipboard: versions, and where in the program it happened"),
            lambda: self._copy(report),
        )
        self._notice.say(words, remedy)
        # What was painted half is painted whole.
        self._notice.window().update()

    def _copy(self, report: Report) -> None:
        QGuiApplication.clipboard().setText(report.text)
        if report.path is None:
            self._notice.say(self.tr("The report is on the clipboard."))
        else:
            self._notice.say(
                self.tr("The report is on the clipboard, and in {path}.").format(path=_short(report.path))
            )


def _short(path: Path) -> str:
    return str(path).replace(str(Path.home()), "~", 1)
