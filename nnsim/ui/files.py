"""New, open, save: the file behind the open document, and what is lost without saving."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QMenu

from nnsim.data.own_scenes import own_scenes
from nnsim.data.scenes import Scene, find_scene
from nnsim.model.document import Document
from nnsim.model.errors import DocumentError
from nnsim.model.files import save_file
from nnsim.model.training import LARGEST_SEED
from nnsim.session.commands import Change
from nnsim.session.current import Current
from nnsim.session.error_words import error_words
from nnsim.session.language import language
from nnsim.session.patience import Patience
from nnsim.session.recent import RecentFiles
from nnsim.ui.exports import Exports
from nnsim.ui.file_dialogs import DISCARD, MINE, SAVE, SAVE_AS, THEIRS, Dialogs, WindowDialogs
from nnsim.ui.file_drops import FileDrops
from nnsim.ui.file_on_disk import FileOnDisk, stamp_from, stamp_of, was_written_before
from nnsim.ui.file_words import not_written
from nnsim.ui.notice import Remedy
from nnsim.ui.recovery import Recovery
from nnsim.ui.weights_and_scenes import WeightsAndScenes

if TYPE_CHECKING:
    from nnsim.ui.actions import Actions
    from nnsim.ui.main_window import MainWindow

ENDING = ".nnsim"
_NEW, _NEW_IMAGES = "playground", "shapes"
_NAMED = 3
_LONG = 30_000
"""Milliseconds of training on a scene that nobody would want to repeat."""


class FileHandling(QObject):
    """The File menu of a window.

    Parameters
    ----------
    window : MainWindow

    Attributes
    ----------
    dialogs : Dialogs
        What asks the user; exchangeable.
    current : Current
    recent : RecentFiles
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window, self.session = window, window.session
        self.dialogs: Dialogs = WindowDialogs(window)
        self.current = Current(window.session, self)
        self.recent = RecentFiles(window.settings)
        self.exports = Exports(self)
        self.more = WeightsAndScenes(self)
        self.recovery = Recovery(self)
        self._menu = QMenu(window)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._list_recent)
        self._opened: Document = self.session.document
        self._precious = self._may_close = self._is_closed = False
        self.on_disk = FileOnDisk()
        self.on_disk.take(stamp_of(self.path))
        self._trained = 0
        self._clock = QElapsedTimer()
        window.installEventFilter(self)
        self._drops = FileDrops(window)
        self._drops.dropped.connect(self.open)
        self.session.running_changed.connect(self._measure)
        self.session.idle.connect(self.show_title)
        self.session.document_changed.connect(self.show_title)
        self.session.undo_stack.cleanChanged.connect(self.show_title)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What the actions of the File menu call."""
        return {
            "new": self.new,
            "new_images": self.new_images,
            "open": self.ask_for_file,
            "recent": self._list_recent,
            "bring_back": self.recovery.list_copies,
            "save": lambda: self.save(),
            "save_as": lambda: self.save_as(),
            **self.more.handlers(),
            **self.exports.handlers(),
        }

    def take_over(self, other: FileHandling) -> None:
        """Go on with the file that another window of the same session has open."""
        self._opened, self._precious, self.on_disk = other._opened, other._precious, other.on_disk
        self._trained, self._clock = other._trained, other._clock
        self.recovery.take_over(other.recovery)
        self.show_title()

    def place(self, actions: Actions) -> None:
        """Give the list of recent files its place in the menu."""
        actions["recent"].setMenu(self._menu)
        actions["bring_back"].setMenu(self.recovery.menu)
        self.show_title()

    def start(self) -> None:
        """Look after what is open, and say what was found: copies that were left, scenes that are damaged."""
        damaged = own_scenes()[1]
        if damaged:
            self.window.stage.notice.say(
                self.tr("Some of your scenes cannot be read and are left out: {files}").format(
                    files="; ".join(damaged[:_NAMED])
                )
            )
        self.recovery.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who comes back to the window is told that the file was written elsewhere."""
        path = self.path if event.type() == QEvent.Type.WindowActivate else None
        if path is not None and self.on_disk.has_news(path):
            self._tell_of_news(path)
        return False

    def _tell_of_news(self, path: Path) -> None:
        self.window.stage.notice.say(
            self.tr(
                "“{name}” has changed on disk since it was opened here: another window or program has "
                "written it. Saving asks which is to be kept."
            ).format(name=path.name),
            Remedy(
                self.tr("Open theirs"),
                self.tr("Go over to the file as it is now"),
                lambda: self.open(str(path)),
            ),
        )

    # --- which file

    @property
    def path(self) -> Path | None:
        """The `.nnsim` file behind the document; None for a scene and for what was never saved."""
        path = Path(self.window.scene_name)
        return path if path.suffix.lower() == ENDING else None

    @property
    def name(self) -> str:
        """What the document is called, for people."""
        if Path(self.window.scene_name).suffix:
            return Path(self.window.scene_name).name
        return self.session.document.title_in(language()) or self.tr("Untitled")

    def show_title(self) -> None:
        """The window's title: the name, and whether something is not saved."""
        if self._is_closed:
            # The history empties itself once more while it is torn down.
            return
        name = self.name.replace("[*]", "[*][*]")
        self.window.setWindowTitle(f"{name}[*] — nnsim")
        self.window.setWindowModified(self.is_unsaved)

    # --- opening

    def new(self) -> None:
        """A small network to begin with, from a start of its own."""
        self.guard(lambda: self._open_new(_NEW))

    def new_images(self) -> None:
        """The same for a network that reads images."""
        self.guard(lambda: self._open_new(_NEW_IMAGES))

    def open(self, name: str) -> None:
        """Go over to a scene or a file; a document that cannot be used leaves the old one."""
        self.guard(lambda: self._open_named(name))

    def ask_for_file(self) -> None:
        """Let the user choose one."""
        kinds = self.tr("Networks and scenes (*.nnsim *.json)")
        self.dialogs.ask_open(self.tr("Open"), self.folder, kinds, self.open)

    @property
    def folder(self) -> Path:
        """Where to look for files first."""
        recent = self.recent.paths()
        near = self.path or (recent[0] if recent else None)
        return near.parent if near is not None and near.parent.is_dir() else Path.home()

    def settle(self) -> None:
        """The document has been opened or saved: from now on it may become another one."""
        self._opened, self._trained, self._precious = self.session.document, 0, False
        if self.session.running:
            # What is learned from here on is not in the file, and undone it would be less than that.
            self._clock.start()
            self.session.undo_stack.resetClean()
        else:
            self.session.remember_training()
            self.session.undo_stack.setClean()
        self.show_title()

    def settle_restored(self, kept: float) -> None:
        """A copy kept at that time, in seconds since 1970, has been opened; its file may be newer."""
        self.settle()
        stamp = stamp_of(self.path)
        self.on_disk.take(stamp if stamp is not None and was_written_before(stamp, kept) else None)

    def mark_precious(self) -> None:
        """What is open came from where it may not come from again."""
        self._precious = True
        self.session.undo_stack.resetClean()
        self.show_title()

    def _open_new(self, like: str) -> None:
        blank = replace(find_scene(like).document, title=(), description=(), script=())
        self._show(Scene("", "", blank.with_new_seed(random.randint(1, LARGEST_SEED))))

    def _open_named(self, name: str) -> None:
        # Before it is read: what is written from then on is another's.
        stamp = stamp_of(Path(name))
        try:
            scene = find_scene(name)
        except DocumentError as error:
            self.window.stage.notice.say(error_words(error))
            self._restore_choice()
            return
        if not self._show(scene):
            return
        self.on_disk.take(stamp)
        if Path(scene.source).suffix:
            self.recent.add(Path(scene.source))

    def _show(self, scene: Scene) -> bool:
        if not self.window.open_scene(scene):
            return False
        self.settle()
        self.recovery.settle()
        return True

    def _restore_choice(self) -> None:
        self.window.bar.offer_scenes(self.window.scene_name)

    def _list_recent(self) -> None:
        self._menu.clear()
        for path in self.recent.paths():
            action = self._menu.addAction(path.name.replace("&", "&&"))
            action.setToolTip(str(path))
            action.setEnabled(path.exists())
            action.triggered.connect(lambda _=False, path=path: self.open(str(path)))
        if self._menu.isEmpty():
            self._menu.addAction(self.tr("None yet")).setEnabled(False)
            return
        self._menu.addSeparator()
        forget = self._menu.addAction(self.tr("Clear this list"))
        forget.setToolTip(self.tr("Forget these names; the files stay"))
        forget.triggered.connect(self.recent.clear)

    # --- saving

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save to the file behind the document, or to one that is asked for."""
        path = self.path
        if path is None:
            self.save_as(then)
        elif self.on_disk.has_changed(path):
            self.dialogs.ask_changed(path.name, lambda answer: self._keep(answer, path, then))
        else:
            self._write(path, then)

    def _keep(self, which: str, path: Path, then: Callable[[], object] | None) -> None:
        """Somebody else has written the file meanwhile, and the user has said which is to be kept."""
        if which == MINE:
            self._write(path, then)
        elif which == SAVE_AS:
            self.save_as(then)
        elif which == THEIRS and then is None:
            self._open_named(str(path))
        elif which == THEIRS and then is not None:
            then()

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a file and save to it."""
        suggested = self.folder / f"{Path(self.name.replace('/', '-')).stem}.nnsim"
        kinds = self.tr("Networks (*.nnsim)")
        title = self.tr("Save as")
        self.dialogs.ask_save(title, suggested, kinds, lambda name: self._write(Path(name), then))

    def _write(self, path: Path, then: Callable[[], object] | None) -> None:
        path = path if path.suffix.lower() == ENDING else path.with_name(f"{path.name}{ENDING}")
        self.current.when_known(lambda: self._write_known(path.absolute(), then))

    def _write_known(self, path: Path, then: Callable[[], object] | None) -> None:
        parameters = self.current.parameters
        assert parameters is not None
        try:
            status = save_file(path, self.session.document, parameters)
        except OSError as error:
            self.window.stage.notice.say(not_written(path.name, error))
            return
        except DocumentError as error:
            self.window.stage.notice.say(
                self.tr("This cannot be saved: {reason}.").format(reason=error_words(error))
            )
            return
        self.on_disk.take(stamp_from(status))
        self.window.scene_name = str(path)
        self.recent.add(path)
        self.settle()
        self.recovery.settle()
        self._restore_choice()
        self.window.statusBar().showMessage(self.tr("Saved as {path}").format(path=path), 5_000)
        if then is not None:
            then()

    # --- what would be lost

    @property
    def is_unsaved(self) -> bool:
        """Whether there is anything that no file holds: then the title has a star, and who leaves is asked
        about it, or it is kept where the next start offers it."""
        session = self.session
        return session.running or session.is_ending or not session.undo_stack.isClean()

    @property
    def is_worth_keeping(self) -> bool:
        """Whether something would be lost that cannot be had again by a key or in half a minute."""
        if not self.is_unsaved:
            return False
        own = self.path is not None or self._precious
        return own or self._is_edited() or self._time_trained() >= _LONG

    def _is_edited(self) -> bool:
        # Another random start is one key away.
        if self.session.document.with_new_seed(0) != self._opened.with_new_seed(0):
            return True
        stack = self.session.undo_stack
        again = {self.session.tr(text) for text in ("Reset", "Trained weights")}
        done = [stack.command(i) for i in range(stack.index())]
        return any(isinstance(entry, Change) and entry.text() not in again for entry in done)

    def may_close(self) -> bool:
        """Whether the window may close now; if not, it is asked, and closed later if that is the answer."""
        if self._may_close or not self._must_ask():
            return True
        self.guard(self._close)
        return False

    def abandon(self) -> None:
        """Whoever opened the window wants nothing of it kept: it closes without asking."""
        self._may_close = True

    def end_at_once(self) -> None:
        """The program is told to end: nobody is asked, and what is not saved is left for the next start."""
        self.recovery.leave()
        self._may_close = True
        self.window.close()

    def close(self, patience: Patience) -> None:
        """The window closes: what was to be kept has been."""
        self._is_closed = True
        self.recovery.close(patience)

    def _must_ask(self) -> bool:
        """Whether leaving what is open needs a question; what is unsaved and needs none is put aside."""
        return self.is_worth_keeping or (self.is_unsaved and not self.recovery.put_aside())

    def _close(self) -> None:
        self._may_close = True
        # A window cannot be closed from within its own refusal to close.
        QTimer.singleShot(0, self.window, self.window.close)

    def guard(self, then: Callable[[], object]) -> None:
        """Do it once nothing that is worth keeping is lost by it; the user is asked."""
        if not self._must_ask():
            then()
            return
        self.dialogs.ask_unsaved(self.name, lambda answer: self._answered(answer, then))

    def _answered(self, answer: str, then: Callable[[], object]) -> None:
        self._restore_choice()
        if answer == SAVE:
            self.save(then)
        elif answer == DISCARD:
            then()

    def _measure(self, running: bool) -> None:
        if running:
            self._clock.start()
        else:
            self._trained = self._time_trained()
            self._clock.invalidate()
        self.show_title()

    def _time_trained(self) -> int:
        return self._trained + (self._clock.elapsed() if self._clock.isValid() else 0)
