"""What is asked about files, and the dialogs that ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QInputDialog, QMessageBox, QPushButton, QWidget

_ROOM_FOR_A_NAME = 420
SAVE, DISCARD, CANCEL = "save", "discard", "cancel"
MINE, THEIRS, SAVE_AS = "mine", "theirs", "save as"
Answer = Callable[[str], object]
"""Takes what was typed or chosen; it is not called where nothing was."""


class Dialogs(Protocol):
    """Asks, and calls `answer` later; a cancelled question is not answered."""

    def ask_open(self, title: str, folder: Path, kinds: str, answer: Answer) -> None:
        """Which file to open."""

    def ask_save(self, title: str, suggested: Path, kinds: str, answer: Answer) -> None:
        """Where to save; whether a file that is there is to be replaced has been asked already."""

    def ask_unsaved(self, name: str, answer: Answer) -> None:
        """What to do with unsaved changes: :data:`SAVE`, :data:`DISCARD` or :data:`CANCEL`."""

    def ask_changed(self, name: str, answer: Answer) -> None:
        """Which to keep where another wrote the file: :data:`MINE`, :data:`THEIRS` or :data:`SAVE_AS`."""

    def ask_name(self, title: str, label: str, suggested: str, answer: Answer) -> None:
        """What to call something."""

    def ask_replace(self, name: str, answer: Answer) -> None:
        """Whether something of that name is to be replaced; answered only by yes, with the name."""


class WindowDialogs(QObject):
    """Dialogs in front of a window, which goes on behind them.

    Parameters
    ----------
    window : QWidget
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask_open(self, title: str, folder: Path, kinds: str, answer: Answer) -> None:
        """The system's own dialog for opening a file."""
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(folder), kinds)
        if name:
            answer(name)

    def ask_save(self, title: str, suggested: Path, kinds: str, answer: Answer) -> None:
        """The system's own dialog for saving; a name without an ending gets the suggested one's."""
        dialog = QFileDialog(self._window, title, str(suggested.parent), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suggested.suffix[1:])
        dialog.selectFile(suggested.name)
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_ending_of(kind)))
        dialog.fileSelected.connect(answer)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_unsaved(self, name: str, answer: Answer) -> None:
        """Save, Don't save or Cancel; Escape and closing the question cancel."""
        box = self._box(
            self.tr("Save the changes to “{name}”?").format(name=name),
            self.tr("Otherwise what was edited and learned since the last save is lost."),
        )
        kinds = QMessageBox.StandardButton
        box.setStandardButtons(kinds.Save | kinds.Discard | kinds.Cancel)
        box.button(kinds.Discard).setText(self.tr("Don't save"))
        box.setDefaultButton(kinds.Save)
        box.setEscapeButton(kinds.Cancel)
        answers = {kinds.Save: SAVE, kinds.Discard: DISCARD}
        box.finished.connect(lambda _: answer(answers.get(box.standardButton(box.clickedButton()), CANCEL)))
        box.open()

    def ask_changed(self, name: str, answer: Answer) -> None:
        """Keep mine, Keep theirs, Save as or Cancel; Escape and closing the question cancel."""
        box = self._box(
            self.tr("“{name}” has changed on disk since it was opened here.").format(name=name),
            self.tr("Another window or another program has written it. Which one is to be kept?"),
        )
        roles = QMessageBox.ButtonRole
        answers: dict[QAbstractButton | None, str] = {
            self._button(box, text, tip, role): meaning
            for meaning, role, text, tip in (
                (
                    SAVE_AS,
                    roles.AcceptRole,
                    self.tr("Save as…"),
                    self.tr("Keep both: save what is open here to another file"),
                ),
                (
                    MINE,
                    roles.DestructiveRole,
                    self.tr("Keep mine"),
                    self.tr("Replace the file by what is open here; what the other wrote is lost"),
                ),
                (
                    THEIRS,
                    roles.DestructiveRole,
                    self.tr("Keep theirs"),
                    self.tr("Leave the file as the other wrote it; what was done here is lost"),
                ),
            )
        }
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        # Enter loses nothing of either.
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        box.finished.connect(lambda _: self._answer(answers.get(box.clickedButton()), answer))
        box.open()

    @staticmethod
    def _button(box: QMessageBox, text: str, tip: str, role: QMessageBox.ButtonRole) -> QPushButton:
        button = box.addButton(text, role)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        return button

    @staticmethod
    def _answer(chosen: str | None, answer: Answer) -> None:
        if chosen is not None:
            answer(chosen)

    def ask_name(self, title: str, label: str, suggested: str, answer: Answer) -> None:
        """One line to type."""
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(suggested)
        dialog.resize(_ROOM_FOR_A_NAME, dialog.sizeHint().height())
        dialog.textValueSelected.connect(answer)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_replace(self, name: str, answer: Answer) -> None:
        """Replace or Cancel."""
        box = self._box(
            self.tr("There is already a scene “{name}” of yours. Replace it?").format(name=name),
            self.tr("What it was before is lost."),
        )
        replace = box.addButton(self.tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.finished.connect(lambda _: answer(name) if box.clickedButton() is replace else None)
        box.open()

    def _box(self, words: str, more: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setWindowTitle("nnsim")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(words)
        box.setInformativeText(more)
        box.finished.connect(box.deleteLater)
        return box


def _ending_of(kind: str) -> str:
    """``png`` of ``PNG image (*.png)``."""
    return kind.rpartition("*.")[2].rstrip(")")
