"""What is shown of an edit after which a layer would not fit: a mark, words, and what would fit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from nnsim.model.change import Change
from nnsim.model.edits import Fit, MisfitError
from nnsim.model.network import Node
from nnsim.session.session import Session
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.notice import Notice, Remedy
from nnsim.ui.numbers import count
from nnsim.ui.panels.setting_fields import words_for
from nnsim.ui.warnings_bar import WarningsBar

translate = QCoreApplication.translate


class Misfits(QObject):
    """Marks the layer that would not fit for as long as the notice about it stands.

    Parameters
    ----------
    session : Session
    canvas : GraphCanvas
    notice : Notice
    warnings : WarningsBar
        Whose marks stand there too, and which says that a lesson is to be left.
    """

    def __init__(self, session: Session, canvas: GraphCanvas, notice: Notice, warnings: WarningsBar) -> None:
        super().__init__(notice)
        self._session, self._canvas, self._notice, self._warnings = session, canvas, notice, warnings
        self._marks: list[Node] = []
        self._words = ""
        session.problem.connect(self._forget)
        session.misfit.connect(self._tell)
        session.document_changed.connect(self._follow)
        warnings.marked.connect(self._mark)
        notice.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The notice has been closed."""
        if event.type() == QEvent.Type.Hide:
            self._forget()
        return False

    def _forget(self) -> None:
        self._words = ""
        if self._marks:
            self._marks = []
            self._mark()

    def _tell(self, text: str, misfit: MisfitError) -> None:
        self._words, fix = str(misfit), misfit.fix
        if fix is None:
            self._notice.say(self._words)
        else:
            self._notice.say(
                self._words,
                Remedy(
                    fit_words(fix.fits),
                    self.tr("Change it so far as it fits; that can be undone"),
                    lambda: self._apply(text, misfit),
                ),
            )
        network = self._session.document.network
        if misfit.layer in network.names:
            layer = network.names.index(misfit.layer)
            self._marks = [Node(layer, unit) for unit in range(network.units(layer))]
        self._mark()

    def _apply(self, text: str, misfit: MisfitError) -> None:
        if misfit.fix is not None:
            self._warnings.leaving.emit()
            self._session.edit_network(text, misfit.fix.edit)

    def _follow(self, change: Change) -> None:
        """What was offered was for the network before."""
        if change.of_network and self._words:
            if self._notice.text == self._words:
                self._notice.hide()
            self._forget()

    def _mark(self) -> None:
        self._canvas.marking.warn([*self._warnings.marks(), *self._marks])


def fit_words(fits: tuple[Fit, ...]) -> str:
    """What would fit, as it stands on a button."""
    part = translate("Misfits", "{setting} {value} in {layer}")
    parts = (
        part.format(setting=words_for(fit.setting)[0], value=_shown(fit.value), layer=fit.layer)
        for fit in fits
    )
    return translate("Misfits", "Use {settings}").format(settings=", ".join(parts))


def _shown(value: Any) -> str:
    return "×".join(map(count, value)) if isinstance(value, tuple) else count(value)
