"""Offers what a program that was killed left behind, and what was left unsaved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject
from PySide6.QtWidgets import QLabel, QMenu

from nnsim.data.scenes import Scene, find_scene
from nnsim.model.errors import DocumentError
from nnsim.model.files import open_file
from nnsim.session.autosave import Autosave
from nnsim.session.error_words import error_words
from nnsim.session.language import language
from nnsim.session.leftovers import Leftover, leftovers
from nnsim.session.patience import Patience
from nnsim.ui.notice import Remedy

if TYPE_CHECKING:
    from nnsim.ui.files import FileHandling

_MOST_LEFT = 5
"""Copies of what was left unsaved by one's own choice that are kept; the oldest goes first."""


UNKEPT = "unkept"
"""Name of what says on the status line that no copy can be kept."""


class Recovery(QObject):
    """Keeps copies of the open document, and brings back what was left.

    Parameters
    ----------
    files : FileHandling

    Attributes
    ----------
    menu : QMenu
        Lists the copies that are nobody's: an offer that was not taken waits there.
    """

    def __init__(self, files: FileHandling) -> None:
        super().__init__(files)
        self._files = files
        self._left: list[Leftover] = []
        self._to_offer: list[Leftover] = []
        self._sign: QLabel | None = None
        self.menu = QMenu(files.window)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self.list_copies)
        self.autosave = Autosave(files.session, files.current, lambda: files.window.scene_name, self)
        self.autosave.obstacle_changed.connect(self._show_obstacle)

    def start(self) -> None:
        """Keep copies from now on, and offer those that were left."""
        self._left = leftovers()
        self._keep_few()
        self._to_offer = [left for left in self._left if not (left.note.left and left.note.offered)]
        self.autosave.start()
        self._offer_next()

    def take_over(self, other: Recovery) -> None:
        """Keep copies of what another window of the same session has kept copies of."""
        self._left, self._to_offer = other._left, other._to_offer
        other._left, other._to_offer = [], []
        self.autosave.take_over(other.autosave)

    def settle(self) -> None:
        """What is open is saved, or new."""
        self.autosave.settle()

    def put_aside(self) -> bool:
        """Keep what is open where it can be brought back from; whether nothing of it is lost now."""
        if not self.autosave.keep_now(left=True):
            return False
        left = self.autosave.put_aside()
        if left is not None:
            self._left.insert(0, left)
            self._keep_few()
        return True

    def leave(self) -> None:
        """The program is told to end: the copy is made once more, and stays."""
        patience = Patience()
        self.autosave.keep_now(patience=patience)
        self.autosave.close(leave=True, patience=patience)

    def close(self, patience: Patience) -> None:
        """A proper end; what was not answered is offered again at the next start."""
        for left in self._left:
            left.release()
        self._left, self._to_offer = [], []
        self.autosave.close(patience=patience)

    def list_copies(self) -> None:
        """Fill the menu."""
        self.menu.clear()
        for left in self._left:
            action = self.menu.addAction(f"{_called(left)} · {_when(left)}".replace("&", "&&"))
            action.setToolTip(self.tr("Open it as it was, or throw it away"))
            action.triggered.connect(lambda _=False, left=left: self._offer(left))
        if not self._left:
            self.menu.addAction(self.tr("There is nothing")).setEnabled(False)

    def _keep_few(self) -> None:
        for left in [left for left in self._left if left.note.left][_MOST_LEFT:]:
            self._left.remove(left)
            left.discard()

    def _offer_next(self) -> None:
        self._to_offer = [left for left in self._to_offer if left in self._left]
        if self._to_offer:
            left = self._to_offer.pop(0)
            self._offer(left)
            left.mark_offered()

    def _offer(self, left: Leftover) -> None:
        words = (
            self.tr("“{name}” was left unsaved on {time}. It waits in the File menu, too.")
            if left.note.left
            else self.tr(
                "nnsim did not end properly. “{name}” can be had back as it was on {time}; it waits in the "
                "File menu, too."
            )
        )
        self._files.window.stage.notice.say(
            words.format(name=_called(left), time=_when(left)),
            Remedy(self.tr("Restore"), self.tr("Open it as it was"), lambda: self._restore(left)),
            Remedy(self.tr("Discard"), self.tr("Throw it away for good"), lambda: self._discard(left)),
        )

    def _restore(self, left: Leftover) -> None:
        self._files.guard(lambda: self._restore_unguarded(left))

    def _restore_unguarded(self, left: Leftover) -> None:
        files = self._files
        if left not in self._left:
            return
        try:
            document, parameters = open_file(left.path)
        except (DocumentError, OSError) as error:
            files.window.stage.notice.say(
                self.tr("It cannot be had back: {reason}. It has been left in {path}.").format(
                    reason=error_words(error), path=left.path
                )
            )
            return
        if files.window.open_scene(Scene(left.path.stem, left.note.source, document, parameters)):
            self._left.remove(left)
            files.settle_restored(left.note.time)
            self.autosave.adopt(left)
            files.mark_precious()
        self._offer_next()

    def _discard(self, left: Leftover) -> None:
        if left in self._left:
            self._left.remove(left)
            left.discard()
        self._offer_next()

    def _show_obstacle(self, reason: str) -> None:
        """Said once, and in sight for as long as it is so."""
        if self._sign is None:
            self._sign = QLabel(self.tr("No emergency copy"))
            self._sign.setObjectName(UNKEPT)
            self._files.window.statusBar().insertPermanentWidget(0, self._sign)
        self._sign.setVisible(bool(reason))
        if not reason:
            return
        words = self.tr("No copy can be kept for an emergency: {reason}. Save by hand now and then.").format(
            reason=reason
        )
        self._sign.setToolTip(words)
        self._sign.setAccessibleDescription(words)
        self._files.window.stage.notice.say(words)


def _when(left: Leftover) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(left.note.time))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def _called(left: Leftover) -> str:
    return _name_of(left.note.source) or QCoreApplication.translate("Recovery", "Untitled")


def _name_of(source: str) -> str:
    """A file's name, or a scene's title."""
    if not source or Path(source).suffix:
        return Path(source).name
    try:
        return find_scene(source).document.title_in(language())
    except DocumentError:
        return source
