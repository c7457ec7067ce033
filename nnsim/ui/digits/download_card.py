"""Fetching the real MNIST, for whoever wants it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from nnsim.session.download import Download
from nnsim.ui.numbers import count
from nnsim.ui.panels.card import Card

_MEGA = 1e6


class DownloadCard(Card):
    """Says that MNIST is not here, and fetches it when asked to; asks nobody by itself.

    Parameters
    ----------
    make_download : callable
        Makes the download, not started; called at the first click.
    size : int
        Bytes there are to fetch.

    Signals
    -------
    arrived : the folder that now holds the files
    """

    arrived = Signal(Path)

    def __init__(
        self, make_download: Callable[[], Download], size: int, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self.set_heading(self.tr("Real MNIST"))
        self._make, self._size = make_download, size
        self._download: Download | None = None
        self._received = 0
        self.words = QLabel()
        self.words.setObjectName("caption")
        self.words.setWordWrap(True)
        # A folder's long name does not widen the column.
        self.words.setMinimumWidth(1)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(self.tr("Progress of fetching MNIST"))
        self.get_button, self.cancel_button = QPushButton(), QPushButton(self.tr("Cancel"))
        tip = self.tr("Fetch the {size} MB from a public mirror; training goes on meanwhile")
        self.get_button.setToolTip(tip.format(size=_megabytes(size)))
        self.cancel_button.setToolTip(self.tr("Stop fetching; what has arrived is kept"))
        self.cancel_button.setAccessibleName(self.tr("Cancel fetching MNIST"))
        self.get_button.clicked.connect(self._start)
        self.cancel_button.clicked.connect(self.stop)
        for widget in (self.words, self.bar, self.get_button, self.cancel_button):
            self.body.addWidget(widget)
        words = self.tr("These are generated digits. The real MNIST: {count} handwritten digits, {size} MB.")
        self._show(words.format(count=count(60_000), size=_megabytes(size)), self.tr("Get MNIST"))

    def stop(self) -> None:
        """Stop fetching; what has arrived is kept for the next time."""
        if self._download is not None:
            self._download.cancel()

    def _start(self) -> None:
        if self._download is None:
            self._download = self._make()
            self._download.setParent(self)
            self._download.progressed.connect(self._show_progress)
            self._download.finished.connect(self._finish)
            self._download.failed.connect(self._fail)
            self._download.cancelled.connect(self._say_kept)
        self._show_progress(self._received, self._size)
        self._show_running(True)
        self._download.start()

    def _show(self, words: str, button: str) -> None:
        """Show what the button, called so, would do."""
        self.words.setText(words)
        self.get_button.setText(button)
        self.get_button.setAccessibleName(button)
        self._show_running(False)

    def _show_running(self, running: bool) -> None:
        shown, hidden = self.cancel_button, self.get_button
        if not running:
            shown, hidden = hidden, shown
        had_focus = hidden.hasFocus()
        shown.setVisible(True)
        if had_focus:
            shown.setFocus()
        hidden.setVisible(False)
        self.bar.setVisible(running)

    def _show_progress(self, received: int, total: int) -> None:
        self._received = received
        self.bar.setValue(round(1000 * received / total))
        words = self.tr("{received} of {total} MB")
        self.words.setText(words.format(received=_megabytes(received), total=_megabytes(total)))

    def _say_kept(self) -> None:
        words = self.tr("Stopped. {received} of {total} MB are kept.")
        sizes = {"received": _megabytes(self._received), "total": _megabytes(self._size)}
        self._show(words.format(**sizes), self.tr("Go on fetching"))

    def _fail(self, words: str) -> None:
        self._show(words, self.tr("Try again"))

    def _finish(self, folder: Path) -> None:
        self._show(self.tr("MNIST is here."), self.tr("Get MNIST"))
        self.get_button.setVisible(False)
        self.arrived.emit(folder)


def _megabytes(size: int) -> str:
    return QLocale().toString(size / _MEGA, "f", 1)
