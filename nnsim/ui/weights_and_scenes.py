"""Weights from elsewhere, and scenes of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nnsim.data.own_scenes import MOST_WEIGHTS, carries_weights, own_name, save_own_scene
from nnsim.data.scenes import scene_names, shipped_names
from nnsim.model.errors import DocumentError
from nnsim.model.imports import import_weights
from nnsim.session.error_words import error_words
from nnsim.session.language import language
from nnsim.ui.file_words import not_read, not_written
from nnsim.ui.numbers import count

if TYPE_CHECKING:
    from nnsim.ui.files import FileHandling


class WeightsAndScenes(QObject):
    """What the File menu offers besides files of nnsim's own.

    Parameters
    ----------
    files : FileHandling
    """

    def __init__(self, files: FileHandling) -> None:
        super().__init__(files)
        self._files = files

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What the actions call."""
        return {"import_weights": self.ask_for_weights, "save_scene": self.ask_for_scene}

    # --- weights

    def ask_for_weights(self) -> None:
        """Let the user choose a file of weights."""
        files = self._files
        kinds = self.tr("Weights (*.safetensors *.nnsim)")
        files.dialogs.ask_open(self.tr("Import weights"), files.folder, kinds, self.import_from)

    def import_from(self, name: str) -> None:
        """Put a file's weights into the open network."""
        files, notice = self._files, self._files.window.stage.notice
        path = Path(name)
        try:
            parameters = import_weights(path, files.session.document.network)
        except DocumentError as error:
            notice.say(
                self.tr("The weights in “{name}” cannot be used: {reason}.").format(
                    name=path.name, reason=error_words(error)
                )
            )
        except OSError as error:
            notice.say(not_read(path.name, error))
        else:
            files.session.reset(parameters)
            files.current.expect()
            files.mark_precious()
            notice.hide()
            files.window.statusBar().showMessage(
                self.tr("Weights taken from {name}").format(name=path.name), 5_000
            )

    # --- scenes

    def ask_for_scene(self) -> None:
        """Ask for a name, and keep the document under it."""
        self._files.dialogs.ask_name(
            self.tr("Save as scene"),
            self.tr("Name in the list of scenes:"),
            self._files.session.document.title_in(language()),
            self._check_name,
        )

    def _check_name(self, title: str) -> None:
        title = title.strip()
        try:
            name = own_name(title)
        except DocumentError as error:
            self._files.window.stage.notice.say(error_words(error))
            return
        if name in shipped_names():
            self._files.window.stage.notice.say(
                self.tr("A scene of nnsim's own is called “{name}”; choose another name.").format(name=title)
            )
        elif name in scene_names():
            self._files.dialogs.ask_replace(title, self._save_scene)
        else:
            self._save_scene(title)

    def _save_scene(self, title: str) -> None:
        self._files.current.when_known(lambda: self._save_known(title))

    def _save_known(self, title: str) -> None:
        files, notice = self._files, self._files.window.stage.notice
        parameters = files.current.parameters
        assert parameters is not None
        try:
            save_own_scene(title, language(), files.session.document, parameters)
        except OSError as error:
            notice.say(not_written(title, error))
        except DocumentError as error:
            notice.say(self.tr("This cannot be kept as a scene: {reason}.").format(reason=error_words(error)))
        else:
            files.window.bar.offer_scenes(files.window.scene_name)
            notice.say(self._told(title, carries_weights(parameters)))

    def _told(self, title: str, with_weights: bool) -> str:
        if with_weights:
            return self.tr(
                "“{title}” is in the list of scenes now. It begins with the present weights."
            ).format(title=title)
        return self.tr(
            "“{title}” is in the list of scenes now, without weights: a scene carries at most {most}. It "
            "begins at its random start; Save as… keeps what has been learned."
        ).format(title=title, most=count(MOST_WEIGHTS))
