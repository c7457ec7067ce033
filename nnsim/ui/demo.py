"""The teaching demo: the stage, the lesson strip and large words on a full screen, for a presenter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from nnsim.model.document import Document
from nnsim.model.words import words_in
from nnsim.session.demo import Demo
from nnsim.session.language import language
from nnsim.session.lesson import Lesson
from nnsim.session.lesson_host import LessonHost
from nnsim.session.session import Session
from nnsim.ui.actions import Actions
from nnsim.ui.demo_results import told
from nnsim.ui.icons import window_icon
from nnsim.ui.lesson.strip import LessonStrip
from nnsim.ui.plots.answer_panel import AnswerPanel
from nnsim.ui.stage import OVERLAYS, Stage
from nnsim.ui.theme import Theme

_MARGIN, _SPACING = 26, 14
_FULL = (1920, 1080)
_CAPTION, _STRIP = 142, 282
_STAGE, _PICTURE = 3, 2
"""Shares of the width that the network and what it is about take."""
_LEAST = 0.62
"""How far letters shrink on a smaller screen than full HD."""
_SHEET = """
QWidget#demo {{ background: {window}; }}
QLabel, QToolButton {{ font-size: {text}px; }}
QToolButton {{ min-height: {button}px; }}
QLabel#heading {{ font-size: {text}px; }}
QLabel#lessonTitle {{ font-size: {title}px; }}
QLabel#demoWords {{ font-size: {words}px; }}
QLabel#demoWords[question="true"] {{ color: {ink}; }}
QLabel#demoKind {{ font-size: {title}px; font-weight: 600; color: {muted}; }}
QLabel#demoKind[question="true"] {{ color: {ink}; }}
QLabel#demoPlace {{ color: {muted}; }}
"""
_SIZES = {"text": 20, "button": 28, "title": 23, "words": 33}
_TEXT, _FINE = 20, 24
"""Pixels on a full HD screen: of letters, and of those beside which there are smaller ones."""


class DemoWindow(QWidget):
    """One scene told slide by slide, in a session of its own: the main window stays as it is.

    Parameters
    ----------
    document : Document
        With a script.
    theme : Theme
    parent : QWidget
        The window to return to.

    Signals
    -------
    closed : the demo is over
    """

    closed = Signal()

    def __init__(self, document: Document, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("demo")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(document.title_in(language()))
        self.setWindowIcon(window_icon())
        self.session = Session(document, parent=self)
        self.lessons = LessonHost(self.session, self)
        self.demo = Demo(self.session, self.lessons, self)
        self._theme = theme
        self._enlarged = 0.0
        self.stage = Stage(self.session, theme)
        self.actions_by_name = Actions(self, self._handlers())
        self.actions_by_name.set_theme(theme)
        self.stage.place(self.actions_by_name)
        self.stage.follow(self.lessons)
        self.strip = LessonStrip(self.lessons, self.actions_by_name, theme)
        self.answer = AnswerPanel(self.session, theme, fills=True)
        self._hide_controls()
        self.stage.canvas.selected.connect(self.strip.set_focus)
        self._caption = QFrame()
        self._kind, self._words, self._place = QLabel(), QLabel(), QLabel()
        self._arrange()
        # Arrows and Esc are the presenter's, whatever has been clicked.
        self.stage.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for key, call in (("Space", self.demo.next), ("Right", self.demo.next), ("Esc", self.close)):
            QShortcut(QKeySequence(key), self, call)
        for signal in (self.demo.moved, self.demo.settled):
            signal.connect(self._show)
        self.demo.overlay_wanted.connect(self._check_overlay)
        self.lessons.changed.connect(self._look_at)
        self.demo.item_wanted.connect(self.stage.canvas.select)
        # No button wears the ring of the focus: the keys are the presenter's.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self.demo.start()

    def _handlers(self) -> dict[str, Callable[..., object]]:
        canvas = self.stage.canvas
        handlers: dict[str, Callable[..., object]] = {
            "lesson_next": self.demo.next,
            "lesson_back": self.demo.back,
            "lesson_play": self.lessons.play,
            "maps": self.stage.set_maps,
            "fit": lambda: canvas.fit(),
            "zoom_in": lambda: canvas.zoom_in(),
            "zoom_out": lambda: canvas.zoom_out(),
            "demo": self._leave_unless,
        }
        for overlay in OVERLAYS:
            handlers[overlay] = lambda on, name=overlay: self.stage.set_overlay(name) if on else None
        return handlers

    def _arrange(self) -> None:
        for label, name in ((self._kind, "demoKind"), (self._words, "demoWords"), (self._place, "demoPlace")):
            label.setObjectName(name)
        self._words.setWordWrap(True)
        self._words.setAccessibleName(self.tr("What the slide says"))
        self._place.setToolTip(self.tr("→ or Space goes on, ← goes back, Esc ends the demo"))
        self._caption.setObjectName("card")
        row = QHBoxLayout()
        row.addWidget(self._kind, 1)
        row.addWidget(self._place)
        caption = QVBoxLayout(self._caption)
        caption.addLayout(row)
        caption.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_SPACING)
        column.addWidget(self._caption)
        middle = QHBoxLayout()
        middle.setSpacing(_SPACING)
        middle.addWidget(self.stage, _STAGE)
        middle.addWidget(self.answer, _PICTURE)
        column.addLayout(middle, 1)
        column.addWidget(self.strip)
        self.actions_by_name["demo"].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Letters as large as the screen allows."""
        super().resizeEvent(event)
        # A style sheet anew costs as much as all the rest of opening the window.
        if self._ratio() != self._enlarged:
            self._enlarged = self._ratio()
            self._enlarge(self._enlarged)

    def event(self, event: QEvent) -> bool:
        """Words and letters that have changed may need another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_caption()
        return super().event(event)

    def _ratio(self) -> float:
        return max(min(self.width() / _FULL[0], self.height() / _FULL[1]), _LEAST)

    def _enlarge(self, ratio: float) -> None:
        theme = self._theme
        ink = theme.written("activation").name()
        sizes = {name: round(size * ratio) for name, size in _SIZES.items()}
        self.setStyleSheet(_SHEET.format(window=theme.window, muted=theme.muted, ink=ink, **sizes))
        # Where a style sheet is in force, fonts do not go from parents to children by themselves.
        painted: tuple[QWidget, ...] = self.stage, self.stage.canvas, self.strip.timeline, self.strip.formula
        fine: tuple[QWidget, ...] = *self.strip.tensor.views, *self.answer.views
        for widget in (*painted, *fine):
            font = widget.font()
            font.setPixelSize(round((_TEXT if widget in painted else _FINE) * ratio))
            widget.setFont(font)
        self.strip.setFixedHeight(round(_STRIP * ratio))

    def _fit_caption(self) -> None:
        """Of one height, so that nothing moves from slide to slide; higher only for words that need it."""
        layout = self._caption.layout()
        assert layout is not None
        layout.invalidate()
        needed = layout.totalHeightForWidth(self.width() - 2 * _MARGIN)
        self._caption.setFixedHeight(max(round(_CAPTION * self._ratio()), needed))

    def _hide_controls(self) -> None:
        """The strip keeps its timeline only: the script walks."""
        self.strip.grain.hide()
        self.strip.keys.hide()
        for button in self.strip.findChildren(QToolButton):
            button.hide()
        self.actions_by_name["lesson_play"].setEnabled(False)

    def _show(self) -> None:
        """The words of where we are; a question says that it is one."""
        stop = self.demo.stop
        waits = self.demo.busy and stop.states_result
        self._words.setText(self._meanwhile() if waits else told(stop.words, self.session, language()))
        title = self.session.document.title_in(language())
        kind = self.tr("Watch it learn") if waits else title
        self._kind.setText(self.tr("Predict first") if stop.is_question else kind)
        place = self.tr("{place} of {all}")
        self._place.setText(place.format(place=self.demo.position + 1, all=len(self.demo.stops)))
        for label in (self._kind, self._words):
            label.setProperty("question", stop.is_question)
            label.style().unpolish(label)
            label.style().polish(label)

    def _meanwhile(self) -> str:
        """What is said until there is a result to tell."""
        return words_in(self.demo.stop.question, language()) or self.tr("The network learns …")

    def _look_at(self, lesson: Lesson | None) -> None:
        self.answer.look_at(None if lesson is None else lesson.staged)

    def _check_overlay(self, overlay: str) -> None:
        self.actions_by_name[overlay].setChecked(True)

    def _leave_unless(self, on: bool) -> None:
        if not on:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End every thread."""
        self.session.close()
        self.closed.emit()
        super().closeEvent(event)
