"""Offers what a program that was killed left behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject

from nnsim.data.scenes import Scene, find_scene
from nnsim.model.errors import DocumentError
from nnsim.model.files import open_file
from nnsim.session.autosave import Autosave, Leftover, leftovers
from nnsim.ui.notice import Remedy

if TYPE_CHECKING:
    from nnsim.ui.files import FileHandling


class Recovery(QObject):
    """Keeps copies of the open document, and brings those of others back.

    Parameters
    ----------
    files : FileHandling
    """

    def __init__(self, files: FileHandling) -> None:
        super().__init__(files)
        self._files = files
        self._left: list[Leftover] = []
        self.autosave = Autosave(files.session, files.current, lambda: files.window.scene_name, self)
        self.autosave.failed.connect(self._say_unkept)

    def start(self) -> None:
        """Keep copies from now on, and offer those that were left."""
        self._left = leftovers()
        self.autosave.start()
        self._offer()

    def settle(self) -> None:
        """What is open is saved, or new."""
        self.autosave.settle()

    def close(self) -> None:
        """A proper end; what was not answered is offered again at the next start."""
        self._left = []
        self.autosave.close()

    def _offer(self) -> None:
        if not self._left:
            return
        left = self._left[0]
        when = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(left.time)), QLocale.FormatType.ShortFormat
        )
        name = _name_of(left.source) or self.tr("Untitled")
        self._files.window.stage.notice.say(
            self.tr("nnsim did not end properly. “{name}” can be had back as it was on {time}.").format(
                name=name, time=when
            ),
            Remedy(self.tr("Restore"), self.tr("Open it as it was"), self._restore),
            Remedy(self.tr("Discard"), self.tr("Throw it away for good"), self._discard),
        )

    def _restore(self) -> None:
        files = self._files
        files.guard(self._restore_unguarded)

    def _restore_unguarded(self) -> None:
        left = self._left.pop(0)
        window = self._files.window
        try:
            document, parameters = open_file(left.path)
        except (DocumentError, OSError) as error:
            window.stage.notice.say(
                self.tr("It cannot be had back: {reason}. It has been left in {path}.").format(
                    reason=error, path=left.path
                )
            )
            return
        if window.open_scene(Scene(left.path.stem, left.source, document, parameters)):
            self._files.settle()
            self.autosave.adopt(left)
            self._files.mark_precious()
        self._offer()

    def _discard(self) -> None:
        self._left.pop(0).discard()
        self._offer()

    def _say_unkept(self, reason: str) -> None:
        self._files.window.stage.notice.say(
            self.tr("No copy can be kept for an emergency: {reason}. Save by hand now and then.").format(
                reason=reason
            )
        )


def _name_of(source: str) -> str:
    """A file's name, or a scene's title."""
    if not source or Path(source).suffix:
        return Path(source).name
    try:
        return find_scene(source).document.title_in(QLocale().name()[:2])
    except DocumentError:
        return source
