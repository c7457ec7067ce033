"""A quiet bar above the stage: what is probably wrong with the network, and what mends it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from nnsim.model.change import Change
from nnsim.model.health import Health
from nnsim.model.network import Node
from nnsim.model.warnings import Warning, fixed, warnings_of, warnings_of_training
from nnsim.session.session import Session
from nnsim.ui.graph.words import Names
from nnsim.ui.letters import letters
from nnsim.ui.names import class_names
from nnsim.ui.numbers import count
from nnsim.ui.warning_words import fix_words, sentence

_NARROW = 470
"""Width below which buttons stand below the words, with letters of the usual size."""
_OF_UNITS = ("leads_nowhere", "hears_nothing", "softmax_of_one", "dead_units", "saturated")
"""Warnings that hold of each unit of a layer; the others are about how layers and loss go together."""


class WarningsBar(QFrame):
    """Hidden while nothing is wrong.

    Attributes
    ----------
    warnings : tuple of Warning

    Signals
    -------
    leaving : before it changes anything, so that a lesson can end
    pointed : the neuron that is told of while the mouse is here, or None
    marked : the neurons that something is wrong with
    """

    leaving = Signal()
    pointed = Signal(object)
    marked = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("warning")
        self._session = session
        self.warnings: tuple[Warning, ...] = ()
        self._built: tuple[Warning, ...] = ()
        self._trained: tuple[Warning, ...] = ()
        self._place = 0
        self._sign = QLabel("!")
        self._sign.setObjectName("warningSign")
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sign.setFixedSize(18, 18)
        self.words = _Words()
        self.next_button = QPushButton()
        self.next_button.setToolTip(self.tr("Show the next thing that is probably wrong"))
        self.next_button.setAccessibleName(self.tr("Next warning"))
        self.next_button.clicked.connect(self._show_next)
        self.fix_button = QPushButton()
        self.fix_button.setToolTip(self.tr("Mend it; that can be undone"))
        self.fix_button.clicked.connect(self._fix)
        told, buttons = QHBoxLayout(), QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._sign)
        told.addWidget(self.words, 1)
        buttons.addStretch(1)
        buttons.addWidget(self.next_button)
        buttons.addWidget(self.fix_button)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(8, 3, 4, 3)
        self._box.setSpacing(3)
        self._box.addLayout(told, 1)
        self._box.addLayout(buttons)
        session.document_changed.connect(self._follow)
        session.data_changed.connect(self.refresh)
        session.health_changed.connect(self._take_health)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where buttons would leave the words a narrow column, they stand below them."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * letters(self.font())
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(below if narrow else beside)

    @property
    def warning(self) -> Warning | None:
        """The one that is told."""
        return self.warnings[self._place] if self.warnings else None

    @property
    def text(self) -> str:
        """What it says."""
        return self.words.text()

    def marks(self) -> list[Node]:
        """The neurons that something is wrong with, those of whole layers included."""
        network, out = self._session.document.network, []
        for warning in self.warnings:
            if isinstance(warning.where, Node):
                out.append(warning.where)
            elif warning.kind in _OF_UNITS and warning.where is not None:
                units = warning.units or range(network.units(warning.where))
                out += [Node(warning.where, unit) for unit in units]
        return out

    def _follow(self, change: Change) -> None:
        if change.of_computation:
            # What was found out about units is known of the network before; it is looked over again.
            self._trained = ()
            self.refresh()

    def refresh(self) -> None:
        """Look the network over again."""
        self._built = warnings_of(self._session.document)
        self._take(self._built + self._trained)

    def _take_health(self, health: Health) -> None:
        """What training has made of the units; where nothing is new, nothing moves."""
        self._trained = warnings_of_training(self._session.document, health)
        if self._built + self._trained != self.warnings:
            self._take(self._built + self._trained)

    def _take(self, warnings: tuple[Warning, ...]) -> None:
        before, self.warnings = self.warning, warnings
        if before not in warnings and before is not None:
            # The same of other units is the same thing still.
            alike = [w for w in warnings if (w.kind, w.layer) == (before.kind, before.layer)]
            before = alike[0] if alike else None
        self._place = warnings.index(before) if before in warnings else 0
        self._tell()

    def _tell(self) -> None:
        warning = self.warning
        self.setVisible(warning is not None)
        self.marked.emit(self.marks())
        if warning is None:
            self.pointed.emit(None)
            return
        session, number = self._session, len(self.warnings)
        dataset = session.dataset
        classes = class_names(dataset) if dataset.task == "multiclass" else ()
        self.words.setText(sentence(warning, Names(session.document.network, (), classes)))
        self.setAccessibleName(self.text)
        self.next_button.setVisible(number > 1)
        self.next_button.setText(
            self.tr("{place} of {number}").format(place=count(self._place + 1), number=count(number))
        )
        self.fix_button.setVisible(bool(warning.fix))
        if warning.fix:
            self.fix_button.setText(fix_words(warning))
            self.fix_button.setAccessibleName(fix_words(warning))

    def _show_next(self) -> None:
        self._place = (self._place + 1) % len(self.warnings)
        self._tell()
        self._point()

    def _fix(self) -> None:
        warning = self.warning
        if warning is None or not warning.fix:
            return
        self.leaving.emit()
        document, origin = fixed(self._session.document, warning)
        self._session.edit(fix_words(warning), document, "", origin)

    def _point(self) -> None:
        where = None if self.warning is None else self.warning.where
        self.pointed.emit(where if isinstance(where, Node) else None)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._point()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)


class _Words(QLabel):
    """A sentence, on as many lines as it needs."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        # Words never widen the stage; the bar becomes as high as they need.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
