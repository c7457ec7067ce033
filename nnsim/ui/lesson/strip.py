"""The lesson strip: where in the pass we are, the formula with its numbers, and what it means."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from nnsim.lesson.focus import Focus
from nnsim.lesson.grains import GRAINS
from nnsim.lesson.nudge import EPSILON, can_nudge, nudge
from nnsim.lesson.pictures import Picture
from nnsim.lesson.steps import Step
from nnsim.lesson.wording import PHASE_TITLES
from nnsim.model.sentence import CONTEXT, Sentence
from nnsim.session.lesson import Lesson
from nnsim.session.lesson_host import LessonHost
from nnsim.ui.actions import Actions
from nnsim.ui.glossary import Glossary
from nnsim.ui.graph.geometry import Item
from nnsim.ui.lesson.formula_view import FormulaView
from nnsim.ui.lesson.pictures_view import PicturesView
from nnsim.ui.lesson.timeline import Timeline
from nnsim.ui.lesson.versions import Written
from nnsim.ui.numbers import short, signed
from nnsim.ui.panels.card import Card
from nnsim.ui.panels.choices import Choice
from nnsim.ui.theme import Theme
from nnsim.ui.transport_bar import tool_button

_FEW = 3
_LOW, _LOW_WINDOW = 176, 780
_SHARE, _LOW_SHARE = 0.375, 0.4
"""Of the height of a window, and of a low one, that the strip takes at most until somebody drags it."""
_COLUMN, _PICTURES = 0.26, 100
"""The share of the width that words are given first, and the height of pictures below them."""
_LEAST, _SHARES = 230, (0.24, 0.28, 0.32, 0.36, 0.4, 0.44, 0.48, 0.52, 0.56)
"""Pixels that the words have at least, and the shares of the width that they may have."""
_BESIDE_A_TENSOR = 5
"""How many of the shares may be tried before the tensor gives way."""


class LessonStrip(Card):
    """One pass, step by step; visible while a lesson is on.

    It becomes higher where a step needs it, and lower only where a pass begins: the stage moves seldom.

    Signals
    -------
    height_wanted : `needed` is another one
    """

    height_wanted = Signal()

    def __init__(
        self, host: LessonHost, actions: Actions, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._lesson: Lesson | None = None
        self._roomy = True
        self._grain = ""
        self._needed = self._most = self._wanted = _LOW
        self._held = 0
        self._glossary = Glossary(host.session)
        self._written = Written()
        self.timeline = Timeline(theme)
        self.formula = FormulaView(theme)
        self.tensor = PicturesView(theme)
        self._title, self._text = QLabel(), QLabel()
        self._title.setObjectName("lessonTitle")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nudges = QLabel()
        self.nudges.setObjectName("caption")
        self.nudges.setToolTip(
            self.tr("The gradient put to the test: the weight is changed a little and the pass run again")
        )
        self.keys = QLabel(self.tr("← → steps · Alt+arrows neurons"))
        self.keys.setObjectName("caption")
        self.keys.setToolTip(
            self.tr("The arrows walk the lesson; with Alt they walk from neuron to neuron on the graph")
        )
        self.grain = Choice()
        self.grain.setAccessibleName(self.tr("How finely the pass is cut"))
        self.grain.setToolTip(self.tr("What one step of the lesson is: a phase, an operation or a neuron"))
        words = {
            "phase": self.tr("by phase"),
            "operation": self.tr("by operation"),
            "neuron": self.tr("by neuron"),
        }
        self.grain.offer((grain, words[grain]) for grain in GRAINS)
        self.grain.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.grain.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self._place(actions)
        self.timeline.picked.connect(self._go)
        self.formula.settled.connect(self._need)
        self.grain.chosen.connect(host.set_grain)
        host.changed.connect(self._take)
        self.hide()

    def _place(self, actions: Actions) -> None:
        self.beside_heading.addWidget(self.keys)
        self.beside_heading.addSpacing(8)
        self.beside_heading.addWidget(self.grain)
        for name in ("lesson_back", "lesson_play", "lesson_next"):
            button = tool_button(actions, name, text=False, role="overlay")
            button.setProperty("role", "maps")
            self.beside_heading.addWidget(button)
        self.body.addWidget(self.timeline)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._text)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = QWidget()
        self._words_column = words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        # Words that need more lines must not push the strip higher under the hand that drags it.
        words.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._words.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._scroll)
        words.addWidget(self.tensor, 1)
        words.addStretch()
        words.addWidget(self.nudges)
        row = QHBoxLayout()
        row.setSpacing(22)
        row.addWidget(self.formula, 1)
        row.addWidget(self._words)
        self.body.addLayout(row, 1)
        self.setMinimumHeight(_LOW)

    def fit(self, window_height: int) -> None:
        """Leave most of a window to the stage."""
        self._roomy = window_height >= _LOW_WINDOW
        self._most = max(round((_SHARE if self._roomy else _LOW_SHARE) * window_height), _LOW)
        self._needed = _LOW
        self._show()

    def hold(self, height: int) -> None:
        """Be as high as somebody dragged it; 0: as needed."""
        self._held = height

    @property
    def needed(self) -> int:
        """The height at which all steps shown so far are read at ease, as far as the window has it."""
        return self._held or min(self._needed, self._most)

    def _need(self) -> None:
        """Ask for the height that the step needs, if that is more than those before needed."""
        words = self._words_column
        parts = [self._title, self.nudges, *((self.tensor,) if self.tensor.has_values else ())]
        heights = [
            _PICTURES if part is self.tensor else part.sizeHint().height()
            for part in parts
            if not part.isHidden() or part is self.tensor
        ]
        column = max(round(_COLUMN * self.width()), _LEAST, self._title.sizeHint().width())
        told = self._text.heightForWidth(column) + sum(heights) + words.spacing() * len(heights)
        self._needed = max(self._needed, self._around() + max(round(self.formula.needed), told))
        if self._wanted != self.needed:
            self._wanted = self.needed
            self.height_wanted.emit()

    def _around(self) -> int:
        """The height of what stands above formulas and words, and of the margins."""
        margins = self.body.contentsMargins()
        above = self.beside_heading.sizeHint().height() + self.timeline.sizeHint().height()
        frame = self.height() - self.contentsRect().height()
        return above + 2 * self.body.spacing() + margins.top() + margins.bottom() + frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between formulas and words anew."""
        super().resizeEvent(event)
        self._divide()

    def _divide(self) -> None:
        """The words are as wide as they need to be seen whole; all the rest is the formulas'.

        Where they would take too much of the width, the tensor gives way, and only then they scroll.
        """
        around = [part for part in (self._title, self.nudges) if not part.isHidden()]
        gap = self._words_column.spacing()
        room = self._words.height() - sum(part.sizeHint().height() + gap for part in around)
        least = max(_LEAST, *(part.sizeHint().width() for part in around))
        widths = [max(round(share * self.width()), least) for share in _SHARES]
        below = self.tensor.minimumSizeHint().height() + gap if self.tensor.has_values else 0
        wide = self._width_for(room - below, widths[:_BESIDE_A_TENSOR])
        self.tensor.setVisible(self.tensor.has_values and wide is not None)
        if wide is None:
            wide = self._width_for(room, widths) or widths[-1]
        self._words.setFixedWidth(wide)
        if self._text.heightForWidth(wide) > room:
            wide -= self._scroll.verticalScrollBar().sizeHint().width()
        high = max(self._text.heightForWidth(wide), 0)
        self._text.resize(wide, high)
        self._scroll.setFixedHeight(max(min(high, room), 0))

    def _width_for(self, room: int, widths: list[int]) -> int | None:
        """The first width at which the text is no higher than the room."""
        return next((wide for wide in widths if self._text.heightForWidth(wide) <= room), None)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.timeline.set_theme(theme)
        self.formula.set_theme(theme)
        self.tensor.set_theme(theme)

    def set_focus(self, item: Item | None) -> None:
        """Tell the formulas of one node or edge; None: of all."""
        if self._lesson is not None:
            self._lesson.set_focus(item)

    def _take(self, lesson: Lesson | None) -> None:
        self._lesson = lesson
        self._written.clear()
        self.setVisible(lesson is not None)
        if lesson is None:
            self._needed = _LOW
        else:
            lesson.moved.connect(self._show)
            # What stays faintly until others are drawn would be another sample's.
            self.formula.show_lines(())
            self._show()

    def _go(self, index: int) -> None:
        if self._lesson is not None:
            self._lesson.go(index)

    def _show(self) -> None:
        lesson = self._lesson
        if lesson is None:
            return
        step = lesson.step
        if self._grain != lesson.grain or lesson.index == 0:
            self._grain, self._needed = lesson.grain, _LOW
        self.formula.limit = 0.0 if self._held else self._most - self._around()
        titles = tuple(_words(other.title) for other in lesson.steps)
        chips = tuple(other.chip or title for other, title in zip(lesson.steps, titles, strict=True))
        self.timeline.show_steps(chips, titles, tuple(other.phase for other in lesson.steps), lesson.index)
        self.grain.show_value(lesson.grain)
        place = self.tr("Step {step} of {all}").format(step=lesson.index + 1, all=len(lesson.steps))
        phase = QCoreApplication.translate(CONTEXT, PHASE_TITLES[step.phase])
        number = lesson.numbers[0]
        sample = (
            self.tr("sample {number}").format(number=number + 1) if number >= 0 else self.tr("your digit")
        )
        self.set_heading(f"{place} · {phase} · {sample}")
        self._title.setText(_words(step.heading(lesson.focus)))
        self._text.setText(" ".join(_words(sentence) for sentence in step.text(lesson.focus, brief=True)))
        versions = self._written.of(step, lesson.focus)
        formulas = (formula.latex for line in versions.whole for formula in line.written)
        tip = self._glossary.on(self._title.text(), self._text.text(), *formulas)
        for part in (self._title, self._text, self.formula):
            part.setToolTip(tip)
        self.tensor.show_pictures(_telling(step, lesson.focus) if self._roomy else ())
        self.nudges.setText(self._nudged(lesson))
        self.nudges.setVisible(bool(self.nudges.text()))
        self._divide()
        # Formulas are laid out once, in the room that the words leave.
        self.body.activate()
        self.formula.show_versions(versions)
        self._need()
        if not lesson.at_end:
            self.formula.expect(self._written.of(lesson.steps[lesson.index + 1], lesson.focus))

    def _nudged(self, lesson: Lesson) -> str:
        """What a nudge of the weight in focus does; known once its gradient is."""
        focus, phases = lesson.focus, ("backward", "update")
        if focus is None or lesson.step.phase not in phases or not can_nudge(lesson.trace, focus):
            return ""
        words = self.tr("Nudge w by {change}: ΔL predicted {predicted}, measured {measured}")
        found = (nudge(lesson.trace, focus, change) for change in (EPSILON, -EPSILON))
        return "\n".join(
            words.format(
                change=signed(result.change),
                predicted=signed(result.predicted),
                measured=signed(result.measured),
            )
            for result in found
        )


def _telling(step: Step, focus: Focus | None) -> tuple[Picture, ...]:
    """What a step computes, where that is more than a number or two."""
    found = step.pictures(focus)
    return found if found and found[-1].values.size > _FEW else ()


def _words(sentence: Sentence) -> str:
    def write(value: str | int | float) -> str:
        return short(value) if isinstance(value, float) else str(value)

    return sentence.render(lambda template: QCoreApplication.translate(CONTEXT, template), write)
