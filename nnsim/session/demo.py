"""A teaching demo: walks a scene's script there and back, and does what the slides say."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from nnsim.model.data import GateData
from nnsim.model.network import Edge, Node
from nnsim.model.script import Action, Slide, states_result
from nnsim.model.words import Words
from nnsim.session.lesson_host import LessonHost
from nnsim.session.pace import batches_in
from nnsim.session.session import Session

_FIRST_OVERLAY = "weight"


@dataclass(frozen=True, slots=True)
class Stop:
    """One key press: a question, or what is said with what is done.

    Attributes
    ----------
    words : tuple of (language, text)
    is_question : bool
    actions : tuple of Action
    question : tuple of (language, text)
        That the words answer; empty: none.
    """

    words: Words
    is_question: bool
    actions: tuple[Action, ...]
    question: Words = ()

    @property
    def states_result(self) -> bool:
        """Whether the words tell what comes of the actions."""
        return any(states_result(text) for _, text in self.words)


def stops(script: tuple[Slide, ...]) -> tuple[Stop, ...]:
    """The stops of a script; a slide with a question has two, and its actions belong to the answer."""
    out: list[Stop] = []
    for slide in script:
        if slide.ask:
            out.append(Stop(slide.ask, True, ()))
        out.append(Stop(slide.say, False, slide.actions, slide.ask))
    return tuple(out)


class Demo(QObject):
    """A place in the script of the session's document.

    Going on does what the next stop says. Going back starts the scene afresh and does everything again
    up to there: from one start the same steps lead to the same numbers.

    Parameters
    ----------
    session : Session
        The demo's own; it is opened anew and trained at will.
    lessons : LessonHost

    Signals
    -------
    moved : another stop is shown
    overlay_wanted : what edges should show
    item_wanted : the node or edge to look at, or None
    settled : everything that the stop does is done
    """

    moved = Signal()
    overlay_wanted = Signal(str)
    item_wanted = Signal(object)
    settled = Signal()

    def __init__(self, session: Session, lessons: LessonHost, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._lessons = session, lessons
        self._document = session.document
        self.stops = stops(self._document.script)
        self.position = 0
        self._to_do: deque[Action] = deque()
        self._busy = self._replaying = False
        session.idle.connect(self._go_on)

    @property
    def stop(self) -> Stop:
        """Where we are."""
        return self.stops[self.position]

    @property
    def busy(self) -> bool:
        """Whether something is still being done."""
        return self._busy

    def start(self) -> None:
        """Show the first stop."""
        self._replay(0)

    def next(self) -> None:
        """Go on by one stop; at the last, stay."""
        if self.position + 1 < len(self.stops):
            self.position += 1
            self._to_do.extend(self.stop.actions)
            begins, self._busy = not self._busy, True
            self.moved.emit()
            if begins:
                self._go_on()

    def back(self) -> None:
        """Go back by one stop; at the first, stay."""
        if self.position > 0:
            self._replay(self.position - 1)

    def _replay(self, position: int) -> None:
        self.position, self._replaying = position, True
        self._lessons.leave()
        self._session.open(self._document)
        self.overlay_wanted.emit(_FIRST_OVERLAY)
        self.item_wanted.emit(None)
        self._to_do.clear()
        for stop in self.stops[: position + 1]:
            self._to_do.extend(stop.actions)
        self._busy = True
        self.moved.emit()

    def _go_on(self) -> None:
        """Do the next thing once the last is done and shown."""
        if not self._busy:
            return
        if self._to_do:
            action = self._to_do.popleft()
            _DO[action.name](self, action.value)
            self._session.tell_when_idle()
            return
        self._busy = self._replaying = False
        self.settled.emit()

    def _lesson(self, move: str) -> None:
        host = self._lessons
        {"start": host.start, "next": host.next, "end": host.last, "leave": host.leave}[move]()

    def _step(self, number: int) -> None:
        if self._lessons.lesson is not None:
            self._lessons.lesson.go(number - 1)

    def _train(self, epochs: int) -> None:
        """Seen as it goes the first time, at once when only its outcome matters."""
        self._lessons.leave()
        if self._replaying:
            training, samples = self._session.document.training, self._session.dataset.samples
            self._session.step_silently(epochs * batches_in(training, samples))
        else:
            self._session.train_epochs(epochs)

    def _reset(self, _: bool) -> None:
        self._lessons.leave()
        self._session.reset()

    def _gate(self, gate: str) -> None:
        self._lessons.leave()
        document = self._session.document
        self._session.edit(gate, replace(document, data=GateData(gate)))

    def _overlay(self, overlay: str) -> None:
        self.overlay_wanted.emit(overlay)

    def _select(self, names: tuple[str | int, ...]) -> None:
        if not names:
            self.item_wanted.emit(None)
        elif (item := self._item(names)) is not None:
            self.item_wanted.emit(item)

    def _item(self, names: tuple[str | int, ...]) -> Node | Edge | None:
        """The node or the edge; None where there is none, for a script may be older than its network."""
        network = self._session.document.network
        places = {name: place for place, name in enumerate(network.names)}
        ends = [
            (places.get(str(name), -1), int(unit)) for name, unit in zip(names[::2], names[1::2], strict=True)
        ]
        if not all(layer >= 0 and unit < network.units(layer) for layer, unit in ends):
            return None
        if len(ends) == 1:
            return Node(*ends[0])
        edge = Edge(*ends[0], *ends[1])
        return edge if (edge.source_layer, edge.layer) in network.connections else None


_DO: dict[str, Callable[[Demo, Any], None]] = {
    "lesson": Demo._lesson,
    "step": Demo._step,
    "train": Demo._train,
    "reset": Demo._reset,
    "overlay": Demo._overlay,
    "select": Demo._select,
    "gate": Demo._gate,
}
