"""The bar on top: scene, reset, step, run, what a step is, how fast, and where training stands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from nnsim.data.scenes import scene_documents, shipped_names
from nnsim.engine.snapshot import Snapshot
from nnsim.session.language import language
from nnsim.session.pace import FASTEST, FASTEST_ANIMATED, PACES, STEP_UNITS
from nnsim.session.session import Session
from nnsim.ui.actions import Actions
from nnsim.ui.glossary import Glossary
from nnsim.ui.letters import letters
from nnsim.ui.names import name_of
from nnsim.ui.numbers import count, percent, plain, short
from nnsim.ui.panels.choices import Choice
from nnsim.ui.theme import Theme


def tool_button(actions: Actions, name: str, *, text: bool = True, role: str = "") -> QToolButton:
    """A button for an action; a mouse click leaves the keyboard focus where it is."""
    button = QToolButton()
    button.setDefaultAction(actions[name])
    style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if text else Qt.ToolButtonStyle.ToolButtonIconOnly
    button.setToolButtonStyle(style)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(actions[name].text())
    if role:
        button.setObjectName(role)
    return button


_NARROW, _SPARE = 1180, 6
_SCENE = 0.172
"""Of the width, that the list of scenes may take."""


class TransportBar(QFrame):
    """The controls of the training run.

    Signals
    -------
    scene_chosen : name of the scene picked
    """

    scene_chosen = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._session = session
        self._actions = actions
        self._glossary = Glossary(session)
        self._is_narrow: bool | None = None
        self._room, self._in_two = -1, False
        self._shown: object = None
        self._told_of: Snapshot | None = None
        self.scene = Choice()
        self.scene.setAccessibleName(self.tr("Scene"))
        self.scene.setToolTip(self.tr("What to look at"))
        self.scene.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.scene.chosen.connect(lambda name: self.scene_chosen.emit(name))
        self.unit = Choice()
        self.unit.setAccessibleName(self.tr("What a step is"))
        self.unit.setToolTip(self.tr("What one step is: a sample, a batch or an epoch"))
        self.unit.offer((unit, name_of(unit)) for unit in STEP_UNITS)
        self.unit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.unit.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.unit.chosen.connect(lambda unit: actions[f"unit_{unit}"].setChecked(True))
        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.speed.setRange(0, len(PACES) - 1)
        self.speed.setPageStep(1)
        self.speed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.valueChanged.connect(lambda place: session.set_pace(PACES[place]))
        self.speed_words = QLabel()
        self.speed_words.setObjectName("caption")
        self.readout = QLabel()
        self.readout.setTextFormat(Qt.TextFormat.RichText)
        self.readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.readout.setAccessibleName(self.tr("Where training stands"))
        self.readout.installEventFilter(self)
        self._place()
        session.readout_changed.connect(self._read)
        session.speed_changed.connect(self._show_speed)
        session.document_changed.connect(self.refresh)
        self._show_speed()
        self.refresh()

    def _place(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setSpacing(7)
        row.addWidget(self.scene)
        row.addSpacing(8)
        self._run = tool_button(self._actions, "run", role="primary")
        self._starts = [tool_button(self._actions, name) for name in ("reset", "new_seed")]
        for button in (*self._starts, tool_button(self._actions, "step"), self._run):
            row.addWidget(button)
        row.addWidget(self.unit)
        self._starts.append(tool_button(self._actions, "lesson", role="overlay"))
        self._starts[-1].setProperty("role", "maps")
        row.addWidget(self._starts[-1])
        row.addSpacing(8)
        self._speed_label = QLabel(self.tr("Speed"))
        self._speed_label.setBuddy(self.speed)
        self._speed_label.setObjectName("caption")
        # Words beside the slider, or above it where there is little room.
        self._pace = QGridLayout()
        self._pace.setSpacing(0)
        self._pace.setHorizontalSpacing(7)
        row.addLayout(self._pace)
        row.addWidget(self.readout, 1)

    def offer_scenes(self, current: str) -> None:
        """List the scenes that ship and the user's own; a document from elsewhere shows its own title."""
        titles = {name: each.title_in(language()) for name, each in scene_documents().items()}
        for name in titles.keys() - shipped_names():
            titles[name] = self.tr("{title} (yours)").format(title=titles[name] or name)
        self.scene.offer(titles.items())
        self.scene.show_value(current)
        if self.scene.currentIndex() < 0:
            title = self._session.document.title_in(language()) or self.tr("Untitled")
            path = Path(current)
            # What was saved is known by the name it was given.
            self.scene.addItem(path.stem if path.suffix == ".nnsim" else title, current)
            self.scene.show_value(current)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._muted = theme.muted
        self.refresh()

    def _read(self) -> None:
        """Once everything is done, views are told so whether or not there is anything new."""
        if self._session.snapshot is not self._told_of:
            self.refresh()

    def refresh(self) -> None:
        """Show where training stands."""
        if not hasattr(self, "_muted"):
            return
        scale = letters(self.font())
        narrow = self.width() < _NARROW * scale
        self._size_for(narrow, scale)
        style = Qt.ToolButtonStyle
        for button in self._starts:
            button.setToolButtonStyle(style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon)
        self._show_facts()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The facts fill the room that the layout leaves them."""
        if watched is self.readout and event.type() == QEvent.Type.Resize and hasattr(self, "_muted"):
            self._show_facts()
        return super().eventFilter(watched, event)

    def _show_facts(self) -> None:
        self._told_of = self._session.snapshot
        facts, look = self._facts(self.tr("Training loss")), (self._muted, QFont(self.readout.font()))
        shown = facts, self.readout.width(), look
        # Most readouts bring the same numbers again, as while somebody draws: they are not laid out anew.
        if shown != self._shown:
            self._shown = shown
            self._write(facts)
        self.readout.setToolTip(self._glossary.told(self._terms()))

    def _write(self, facts: list[tuple[str, str]]) -> None:
        room = self.readout.width()
        if self._widths(facts[-2:]) + _SPARE > room:
            facts = self._facts(self.tr("Loss"))
        if self._widths(facts[-2:]) + _SPARE > room and facts and facts[-1][0] == self.tr("Test accuracy"):
            facts[-1] = (self.tr("Test"), facts[-1][1])
        if room != self._room:
            self._room, self._in_two = room, False
        # Once in two lines, always: they do not jump with the length of a number.
        self._in_two = self._in_two or self._widths(facts) + _SPARE > room
        if not self._in_two:
            self.readout.setText(self._told(facts))
            self._in_two = self.readout.sizeHint().width() > room
        if self._in_two:
            self.readout.setText("<br>".join(self._told(line) for line in _in_two(facts)))

    def _terms(self) -> list[str]:
        """What the readout speaks of."""
        snapshot = self._session.snapshot
        if snapshot is None:
            return []
        whose = "loss_of_all" if snapshot.train_is_exact else "loss_of_late"
        terms = ["sample", "batch", "epoch", "loss", whose]
        if snapshot.validation is not None and snapshot.validation.accuracy is not None:
            terms.append("test" if self._session.dataset.is_test else "validation")
        elif snapshot.train.accuracy is not None:
            terms.append("accuracy")
        return terms

    def _widths(self, facts: list[tuple[str, str]]) -> int:
        usual, bold = QFontMetrics(self.readout.font()), QFontMetrics(self._bold())
        return sum(
            usual.horizontalAdvance(f"{name}  · ") + bold.horizontalAdvance(value) for name, value in facts
        )

    def _size_for(self, narrow: bool, scale: float) -> None:
        """Widths for letters of a size; the slider's words stand above it in a narrow bar."""
        # Where all is tight, a title is cut before numbers are left out.
        self.scene.setFixedWidth(round(min((172 if narrow else 210) * scale, _SCENE * self.width())))
        self._run.setFixedWidth(round((78 if narrow else 84) * scale))
        self.speed.setFixedWidth(96 if narrow else round(96 * scale))
        words = QFontMetrics(self.speed_words.font()).horizontalAdvance(self.tr("full speed"))
        self.speed_words.setMinimumWidth(0 if narrow else words)
        self._row.setContentsMargins(12, 5 if narrow else 9, 14, 5 if narrow else 9)
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        parts: tuple[QWidget, ...] = self._speed_label, self.speed, self.speed_words
        for part in parts:
            self._pace.removeWidget(part)
        if narrow:
            self._pace.addWidget(self._speed_label, 0, 0)
            self._pace.addWidget(self.speed_words, 0, 1, Qt.AlignmentFlag.AlignRight)
            self._pace.addWidget(self.speed, 1, 0, 1, 2)
        else:
            for column, part in enumerate(parts):
                self._pace.addWidget(part, 0, column)

    def _told(self, facts: list[tuple[str, str]]) -> str:
        """As many of the facts, counted from the last, as there is room for; none is cut."""
        first = 0
        while facts[first:] and self._widths(facts[first:]) + _SPARE > self.readout.width():
            first += 1
        muted = f"<span style='color:{self._muted}'>"
        return f"{muted} · </span>".join(
            f"{muted}{name}</span> <b>{value}</b>" for name, value in facts[first:]
        )

    def _bold(self) -> QFont:
        font = QFont(self.readout.font())
        font.setBold(True)
        return font

    def _facts(self, loss: str) -> list[tuple[str, str]]:
        snapshot = self._session.snapshot
        if snapshot is None:
            return []
        facts = []
        sample, size = self._session.sample_of_batch
        if size > 1:
            facts.append((self.tr("In the batch"), f"{count(sample)}/{count(size)}"))
        if snapshot.batches > 1:
            # Not the number of a sample: an epoch takes the samples in an order of its own.
            name = (
                self.tr("Update") if snapshot.batches == self._session.dataset.samples else self.tr("Batch")
            )
            # The end of an epoch is its last batch, not the nought-th of the next. Steps alone tell of no
            # epoch: what is taught from elsewhere uses no batch.
            done = snapshot.batch or (snapshot.batches if snapshot.epoch else 0)
            facts.append((name, f"{count(done)}/{count(snapshot.batches)}"))
        facts.append((self.tr("Epoch"), count(snapshot.epoch)))
        facts.append((loss, short(snapshot.train.loss)))
        score = snapshot.validation if snapshot.validation is not None else snapshot.train
        if score.accuracy is not None:
            facts.append((self._name_of_score(snapshot), percent(score.accuracy)))
        return facts

    def _name_of_score(self, snapshot: Snapshot) -> str:
        if snapshot.validation is None:
            return self.tr("Accuracy")
        return self.tr("Test accuracy") if self._session.dataset.is_test else self.tr("Validation")

    def _show_speed(self) -> None:
        session = self._session
        self.unit.show_value(session.step_unit)
        self._actions[f"unit_{session.step_unit}"].setChecked(True)
        self.speed.setValue(PACES.index(session.pace))
        fastest = session.pace == FASTEST
        words = self.tr("full speed") if fastest else self._pace_words(session.pace)
        self.speed_words.setText(words)
        how = self.tr("each step shown") if session.pace <= FASTEST_ANIMATED else self.tr("live values")
        self.speed.setToolTip(
            self.tr("How fast steps follow each other while running: {pace} ({how})").format(
                pace=words, how=how
            )
        )

    def _pace_words(self, steps_per_second: float) -> str:
        if steps_per_second >= 1.0:
            return self.tr("{pace}/s").format(pace=count(steps_per_second))
        return self.tr("every {seconds} s").format(seconds=plain(1.0 / steps_per_second))


def _in_two(facts: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Facts in two lines, the last two below: loss and accuracy."""
    return [line for line in (facts[:-2], facts[-2:]) if line]
