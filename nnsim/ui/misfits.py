"""What is shown of an edit after which a layer would not fit: a mark, words, and what would fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from nnsim.model.change import Change
from nnsim.model.edits import Fit, Fix, Freeze, Join, Part, Put, RefusalError, Step
from nnsim.model.network import Node
from nnsim.session.session import Session
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.graph.words import KIND_WORDS
from nnsim.ui.names import name_of
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

    def _tell(self, text: str, refusal: RefusalError) -> None:
        self._words, fix = str(refusal), refusal.fix
        if fix is None:
            self._notice.say(self._words)
        else:
            tip = self.tr("Change it so far as it fits; that can be undone")
            self._notice.say(self._words, Remedy(fix_words(fix.steps), tip, lambda: self._apply(text, fix)))
        network = self._session.document.network
        # A layer that is not there yet would stand before the one that now has its number.
        known = refusal.layer in network.names
        layer = network.names.index(refusal.layer) if known else refusal.number
        self._marks = [Node(layer, unit) for unit in range(network.units(layer))]
        self._mark()

    def _apply(self, text: str, fix: Fix) -> None:
        self._warnings.leaving.emit()
        self._session.edit_network(text, fix.edit)

    def _follow(self, change: Change) -> None:
        """What was offered was for the network before."""
        if change.of_network and self._words:
            if self._notice.text == self._words:
                self._notice.hide()
            self._forget()

    def _mark(self) -> None:
        self._canvas.marking.warn([*self._warnings.marks(), *self._marks])


def fix_words(steps: tuple[Step, ...]) -> str:
    """What a fix does, as it stands on a button."""
    return " · ".join(_WORDS[type(step)](step) for step in steps)


def _fit_words(step: Any) -> str:
    template = translate("Misfits", "Use {setting} {value} in {layer}")
    setting, _tip = words_for(step.setting)
    return template.format(setting=setting, value=_shown(step.value), layer=step.layer)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return name_of(value)
    return "×".join(map(count, value)) if isinstance(value, tuple) else count(value)


def _put_words(step: Any) -> str:
    kind = translate("GraphCanvas", KIND_WORDS[step.kind][0])
    if not step.source:
        template = translate("Misfits", "Join them: {kind} before {destination}")
        return template.format(kind=kind, destination=step.destination)
    template = translate("Misfits", "Insert between {source} and {destination}: {kind}")
    return template.format(kind=kind, source=step.source, destination=step.destination)


def _join_words(step: Any) -> str:
    template = translate("Misfits", "Connect all of {source} with {destination}")
    return template.format(source=step.source, destination=step.destination)


def _part_words(step: Any) -> str:
    template = translate("Misfits", "Leave out {source} → {destination}")
    return template.format(source=step.source, destination=step.destination)


def _freeze_words(step: Any) -> str:
    on = translate("Misfits", "Freeze all of filter {filter} of {layer}")
    off = translate("Misfits", "Thaw all of filter {filter} of {layer}")
    return (on if step.on else off).format(filter=count(step.filter + 1), layer=step.layer)


_WORDS: dict[type, Callable[[Any], str]] = {
    Fit: _fit_words,
    Put: _put_words,
    Join: _join_words,
    Part: _part_words,
    Freeze: _freeze_words,
}
