"""Pictures of digits from files: asked for, read, shown, and answered for as long as they are in sight."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from nnsim.data.dataset import Array32
from nnsim.session.answers import Answers
from nnsim.session.patience import Patience
from nnsim.session.picture_reading import PictureReading
from nnsim.session.pictures import SUFFIXES, PictureFolder
from nnsim.session.session import Session
from nnsim.ui.digits.desk import DigitsDesk
from nnsim.ui.digits.pages import Pages
from nnsim.ui.digits.pictures_card import PicturesCard
from nnsim.ui.numbers import count


class OpenedPictures(QObject):
    """One picture goes onto the canvas, several fill a card.

    Parameters
    ----------
    session : Session
    desk : DigitsDesk
        Puts a picture on the canvas.
    card : PicturesCard
        Stands on the page `test` of `pages`.
    pages : Pages

    Signals
    -------
    problem : words for the user
    told : what is under way, in words; nothing once it is done
    """

    problem = Signal(str)
    told = Signal(str)

    def __init__(self, session: Session, desk: DigitsDesk, card: PicturesCard, pages: Pages) -> None:
        super().__init__(pages)
        self._session, self._desk, self.card, self._pages = session, desk, card, pages
        self._folder = Path.home()
        self._asked: Array32 | None = None
        self.reading = PictureReading(self)
        self.reading.progressed.connect(self._tell)
        self.reading.finished.connect(self._show)
        self.reading.failed.connect(self._fail)
        card.picture_chosen.connect(self._choose)
        card.closed.connect(self._close)
        pages.turned.connect(self._ask_if_seen)
        session.answered.connect(self._show_answers)
        session.data_changed.connect(self._forget_answers)

    def ask_for_files(self) -> None:
        """Let the user choose pictures."""
        if not self._is_open():
            return
        kinds = self.tr("Pictures ({patterns})").format(patterns=" ".join(f"*{s}" for s in sorted(SUFFIXES)))
        names, _ = QFileDialog.getOpenFileNames(
            self._pages.window(), self.tr("Open pictures of digits"), str(self._folder), kinds
        )
        files = [Path(name) for name in names]
        if files:
            self._folder = files[0].parent
            self.reading.read_files(files)
            self._tell()

    def ask_for_folder(self) -> None:
        """Let the user choose a folder of pictures."""
        if not self._is_open():
            return
        name = QFileDialog.getExistingDirectory(
            self._pages.window(), self.tr("Open a folder of digits"), str(self._folder)
        )
        if name:
            self._folder = Path(name)
            self.reading.read_folder(self._folder)
            self._tell()

    def stop(self, patience: Patience) -> None:
        """Leave off reading, and wait with patience until it has stopped."""
        self.reading.stop(patience)

    # --- inside

    def _is_open(self) -> bool:
        if not self._desk.is_open:
            self.problem.emit(
                self.tr("Pictures of digits need a network that reads digits: open Handwritten digits first.")
            )
        return self._desk.is_open

    def _tell(self, read: int = 0) -> None:
        words = self.tr("Reading the pictures…") if read < 2 else self.tr("Reading the pictures: {read}")
        self.told.emit(words.format(read=count(read)))

    def _fail(self, words: str) -> None:
        self.told.emit("")
        self.problem.emit(words)

    def _show(self, folder: PictureFolder) -> None:
        self.told.emit("")
        if not self._desk.is_open:
            return
        left_out = folder.words()
        if not folder.pictures:
            none = self.tr("There is no picture of a digit here.")
            self.problem.emit(f"{none} {left_out}".strip())
            return
        if len(folder.pictures) == 1:
            self._pages.turn_to("draw")
            self._desk.show_picture(folder.pictures[0].image, folder.pictures[0].label)
        else:
            self.card.show_pictures(folder.pictures)
            self._pages.turn_to("test")
            self._ask_if_seen()
        if left_out:
            self.problem.emit(left_out)

    def _choose(self, place: int) -> None:
        picture = self.card.pictures[place]
        self._desk.show_picture(picture.image, picture.label)

    def _close(self) -> None:
        self.card.show_pictures(())
        self._ask_if_seen()

    def _ask_if_seen(self) -> None:
        seen = self.card.pictures and self._pages.current == "test"
        wanted = self.card.inputs if seen else None
        if wanted is not self._asked:
            self._asked = wanted
            self._session.ask(wanted)

    def _show_answers(self, answers: Answers) -> None:
        if answers.x is self.card.inputs:
            self.card.show_answers(answers.outputs)

    def _forget_answers(self) -> None:
        self.card.show_answers(None)
