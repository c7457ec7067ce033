"""The window: places menus, bars, panels and the stage, and connects them to the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnsim.data.scenes import Scene, find_scene
from nnsim.engine.snapshot import Snapshot
from nnsim.lesson.grains import GRAINS
from nnsim.model.data import DigitsData
from nnsim.model.document import Document
from nnsim.model.errors import DocumentError
from nnsim.session.error_words import error_words
from nnsim.session.lesson import Lesson
from nnsim.session.lesson_host import LessonHost
from nnsim.session.mnist_download import MNIST_SIZE, mnist_download
from nnsim.session.pace import PACES, STEP_UNITS
from nnsim.session.patience import Patience
from nnsim.session.session import Session
from nnsim.ui.actions import MENUS, Actions, words
from nnsim.ui.digits.download_card import DownloadCard
from nnsim.ui.dressing import Dressing
from nnsim.ui.editing.editor import GraphEditor
from nnsim.ui.files import FileHandling
from nnsim.ui.floating import Floating
from nnsim.ui.graph.filter_card import FilterCard
from nnsim.ui.graph.sliding import SlidingWindow
from nnsim.ui.graph.window_card import WindowCard
from nnsim.ui.history_panel import HistoryPanel
from nnsim.ui.icons import window_icon
from nnsim.ui.inspector.panel import InspectorPanel
from nnsim.ui.language_menu import LanguageMenu
from nnsim.ui.lesson.strip import LessonStrip
from nnsim.ui.letters import letters
from nnsim.ui.own_keys import ENTER
from nnsim.ui.panels.column import Column
from nnsim.ui.panels.data_panel import DataPanel
from nnsim.ui.panels.network_panel import NetworkPanel
from nnsim.ui.panels.training_panel import TrainingPanel
from nnsim.ui.plots.answer_panel import AnswerPanel
from nnsim.ui.plots.neighbours_panel import NeighboursPanel
from nnsim.ui.plots.progress_panels import AccuracyPanel, GradientPanel, LossPanel
from nnsim.ui.recovery import UNKEPT
from nnsim.ui.right_column import RightColumn
from nnsim.ui.scene_note import SceneNote
from nnsim.ui.silence import SilenceNotice
from nnsim.ui.stage import OVERLAYS, Stage
from nnsim.ui.status_line import StatusLine
from nnsim.ui.still import Still
from nnsim.ui.text_size import TextSize
from nnsim.ui.theme import DARK, THEMES, Theme
from nnsim.ui.transport_bar import TransportBar

if TYPE_CHECKING:
    from nnsim.ui.demo import DemoWindow
    from nnsim.ui.digits.column import DigitsColumn

_SPLIT = (304, 788, 312)
_IN_LESSON = ("lesson_next", "lesson_back", "lesson_play", "lesson_first", "lesson_last")
_STRETCH = (0, 4, 1)
_WIDEST_PANEL = 0.28
_FIRST_SIZE = (1440, 900)


class MainWindow(QMainWindow):
    """Everything in its place.

    Parameters
    ----------
    session : Session
    settings : QSettings
        Where sizes, theme and last scene are remembered.
    theme : Theme
    scene_name : str
        Under which name the open document stands in the list of scenes.
    """

    def __init__(
        self, session: Session, settings: QSettings, theme: Theme = DARK, scene_name: str = ""
    ) -> None:
        super().__init__()
        self.session, self.settings, self.theme = session, settings, theme
        self.scene_name = scene_name
        self.text_size = TextSize(settings, self)
        self._still = Still(self)
        self.demo: DemoWindow | None = None
        self.setWindowIcon(window_icon())
        self.setMinimumSize(860, 560)
        self.lessons = LessonHost(session, self, grain=_kept_grain(settings))
        self.stage = Stage(session, theme)
        self.files = FileHandling(self)
        SilenceNotice(self)
        self.editor = GraphEditor(session, self.stage.canvas, theme)
        self.actions_by_name = Actions(self, self._handlers())
        self.files.place(self.actions_by_name)
        self.editor.place(self.actions_by_name)
        self.bar = TransportBar(session, self.actions_by_name)
        self.stage.place(self.actions_by_name)
        self.stage.follow(self.lessons)
        self.data_panel, self.training_panel = DataPanel(session), TrainingPanel(session)
        self.network_panel = NetworkPanel(session)
        self.network_panel.layer_wanted.connect(self.editor.offer_before_output)
        self.inspector = InspectorPanel(session, theme)
        self.history = HistoryPanel(session, theme)
        self.mnist = DownloadCard(mnist_download, MNIST_SIZE)
        self.mnist.arrived.connect(session.fetch_again)
        session.data_changed.connect(self._offer_mnist)
        self.answer = AnswerPanel(session, theme)
        self.neighbours = NeighboursPanel(session)
        self.loss, self.accuracy = LossPanel(session, theme), AccuracyPanel(session, theme)
        self.gradients = GradientPanel(session, theme)
        self.note = SceneNote(session)
        self.strip = LessonStrip(self.lessons, self.actions_by_name, theme)
        self.strip.height_wanted.connect(self._fit_strip)
        self.stage.canvas.selected.connect(self.strip.set_focus)
        self.stage.canvas.hovered.connect(self.strip.formula.highlight)
        self.stage.canvas.selection_changed.connect(self.inspector.inspect)
        self.stage.canvas.moment_changed.connect(self._look_at)
        self.stage.canvas.read_out.connect(self.inspector.read)
        self.inspector.formula.hovered.connect(self.stage.canvas.marking.hint)
        for part in (self.editor, self.inspector, self.history):
            part.leaving.connect(self.lessons.leave)
        self.data_panel.sample.chosen.connect(self.lessons.leave)
        self.history.closed.connect(lambda: self.actions_by_name["history"].setChecked(False))
        self.strip.formula.hovered.connect(self.stage.canvas.marking.hint)
        self.lessons.changed.connect(self._show_lesson)
        self.lessons.playing_changed.connect(self.actions_by_name["lesson_play"].setChecked)
        self._place()
        self.languages = LanguageMenu(settings, self)
        self.actions_by_name["language"].setMenu(self.languages)
        self._fill_menus()
        self._offer_mnist()
        self.bar.offer_scenes(scene_name)
        self.bar.scene_chosen.connect(self.files.open)
        session.running_changed.connect(self._show_running)
        session.undo_stack.canUndoChanged.connect(self.actions_by_name["undo"].setEnabled)
        session.undo_stack.canRedoChanged.connect(self.actions_by_name["redo"].setEnabled)
        session.undo_stack.undoTextChanged.connect(self._name_undo)
        for name in ("undo", "redo", *_IN_LESSON):
            self.actions_by_name[name].setEnabled(False)
        self.actions_by_name["weight"].setChecked(True)
        self._dressing = Dressing(self, theme, letters(QApplication.font()))
        self.set_theme(theme)
        self.text_size.changed.connect(self._show_text_size)
        self.strip.hold(int(str(settings.value("strip", 0))))
        self._restore_sizes()
        # Fields that are done with the keys give them back to the window: they are the stage's.
        self.setFocusProxy(self.stage.canvas)
        self.setFocus()

    # --- placing

    def _place(self) -> None:
        settings = Column(
            (self.data_panel, 0),
            (self.mnist, 0),
            (self.training_panel, 0),
            (self.network_panel, 0),
            (self.inspector, 0),
        )
        self.inspector.appeared.connect(lambda: settings.show_whole(self.inspector))
        self.left = QStackedWidget()
        self.left.addWidget(settings)
        self.left.addWidget(self.history)
        self.sliding = SlidingWindow(self.stage.canvas, self)
        self.session.speed_changed.connect(self._keep_pace)
        self.looking: list[WindowCard | FilterCard] = []
        plots = Column(
            (self.answer, 5),
            (self.neighbours, 0),
            *self._looking_cards(),
            (self.loss, 3),
            (self.accuracy, 2),
            (self.gradients, 0),
        )
        self.right = RightColumn(
            self.session,
            self.lessons,
            self.theme,
            plots,
            self.sliding,
            lambda: Column(*self._looking_cards()),
        )
        self.right.problem.connect(self.stage.notice.say)
        self.right.told.connect(lambda words: self.statusBar().showMessage(words))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(9)
        for widget in (self.left, self.stage, self.right):
            self.splitter.addWidget(widget)
        for place, share in enumerate(_STRETCH):
            self.splitter.setStretchFactor(place, share)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes(_SPLIT)
        centre = QWidget()
        centre.setObjectName("centre")
        column = QVBoxLayout(centre)
        column.setContentsMargins(10, 4, 10, 4)
        column.setSpacing(9)
        column.addWidget(self.bar)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(9)
        above.addWidget(self.splitter, 1)
        above.addWidget(self.note)
        self.upright = QSplitter(Qt.Orientation.Vertical)
        self.upright.setHandleWidth(9)
        self.upright.addWidget(upper)
        self.upright.addWidget(self.strip)
        self.upright.setStretchFactor(0, 1)
        self.upright.setStretchFactor(1, 0)
        self.upright.setChildrenCollapsible(False)
        self.upright.splitterMoved.connect(self._keep_strip_height)
        column.addWidget(self.upright, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(StatusLine(self.session, self.stage.canvas, self.lessons))
        Floating(self.stage.notice, self, UNKEPT)

    def _looking_cards(self) -> tuple[tuple[QWidget, int], ...]:
        """Cards that show what the sliding window sees; other ones in each place where they stand."""
        canvas = self.stage.canvas
        made = (
            WindowCard(self.sliding, canvas, self.theme),
            FilterCard(self.session, self.sliding, canvas, self.theme),
        )
        self.looking += made
        return tuple((card, 0) for card in made)

    def _offer_mnist(self) -> None:
        """Where the real digits are asked for and generated ones stand in."""
        data = self.session.document.data
        asked = isinstance(data, DigitsData) and data.source == "mnist"
        self.mnist.setVisible(asked and self.session.dataset.source != "mnist")

    @property
    def digits(self) -> DigitsColumn:
        """The pages for digits, made when they are first needed."""
        return self.right.digits

    def _fill_menus(self) -> None:
        for title, names in MENUS.items():
            menu = self.menuBar().addMenu(words(title))
            menu.setToolTipsVisible(True)
            for name in names:
                if name:
                    menu.addAction(self.actions_by_name[name])
                else:
                    menu.addSeparator()

    def _handlers(self) -> dict[str, Callable[..., object]]:
        session, canvas = self.session, self.stage.canvas
        handlers: dict[str, Callable[..., object]] = {
            "run": session.toggle,
            "step": self._step,
            "lesson": self._set_lesson,
            "lesson_next": self.lessons.next,
            "lesson_back": self.lessons.back,
            "lesson_play": self.lessons.play,
            "lesson_first": self.lessons.first,
            "lesson_last": self.lessons.last,
            "reset": lambda: session.reset(),
            "new_seed": session.new_seed,
            "trained": self._take_trained,
            "faster": lambda: self._change_pace(1),
            "slower": lambda: self._change_pace(-1),
            "maps": self.stage.set_maps,
            "signs": canvas.set_sign_glyphs,
            "all_edges": canvas.showing.set_all_edges,
            "whole_legend": canvas.set_whole_legend,
            "fit": lambda: canvas.fit(),
            "zoom_in": lambda: canvas.zoom_in(),
            "zoom_out": lambda: canvas.zoom_out(),
            "text_larger": self.text_size.larger,
            "text_smaller": self.text_size.smaller,
            "text_usual": self.text_size.usual,
            "theme": self._other_theme,
            "language": lambda: None,
            "full_screen": self._set_full_screen,
            "demo": self._set_demo,
            "undo": lambda: self._travel(session.undo),
            "redo": lambda: self._travel(session.redo),
            "history": self._set_history,
            **self.files.handlers(),
            **self.editor.handlers(),
            "add_layer": lambda: self.network_panel.ask_layer(),
            "open_pictures": lambda: self.digits.pictures.ask_for_files(),
            "open_picture_folder": lambda: self.digits.pictures.ask_for_folder(),
            "shortcuts": self._show_shortcuts,
            "quit": self.close,
        }
        for overlay in OVERLAYS:
            handlers[overlay] = lambda on, name=overlay: self.stage.set_overlay(name) if on else None
        for unit in STEP_UNITS:
            handlers[f"unit_{unit}"] = lambda on, name=unit: session.set_step_unit(name) if on else None
        return handlers

    # --- doing

    def open_scene(self, scene: Scene) -> bool:
        """Go over to another document, and tell whether; the old one stays if this one cannot be used."""
        try:
            self.session.open(scene.document, scene.opening)
        except DocumentError as error:
            self.stage.notice.say(error_words(error))
            self.bar.offer_scenes(self.scene_name)
            return False
        self.scene_name = scene.source
        self.stage.notice.hide()
        self.stage.canvas.setFocus()
        self.bar.offer_scenes(self.scene_name)
        return True

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme, everywhere."""
        self.theme = theme
        self._dressing.wear(theme)
        self.actions_by_name.set_theme(theme)
        self.actions_by_name.show_running(self.session.running, theme)
        self.stage.canvas.set_theme(theme)
        for part in (
            self.bar,
            self.editor,
            self.strip,
            self.right,
            self.inspector,
            self.history,
            self.answer,
            self.loss,
            self.accuracy,
            self.gradients,
            *self.looking,
        ):
            part.set_theme(theme)

    def _show_text_size(self, words: str) -> None:
        scale = letters(QApplication.font())
        if scale != self._dressing.scale:
            # Measuring everything anew, and painting it, are a turn of the loop each.
            self._still.hold()
            self._dressing.fit(scale)
            self._widen(scale)
            self._fit()
        if words:
            self.statusBar().showMessage(words, 3_000)

    def _widen(self, scale: float) -> None:
        """Panels as wide as their letters need, as far as the window allows it."""
        most = round(_WIDEST_PANEL * self.width())
        left, right = (min(round(width * scale), most) for width in (_SPLIT[0], _SPLIT[2]))
        self.splitter.setSizes((left, self.splitter.width() - left - right, right))

    def _travel(self, go: Callable[[], None]) -> None:
        """Through the history; a lesson ends first, so that its update is part of it."""
        self.lessons.leave()
        go()

    def _set_history(self, on: bool) -> None:
        """The history takes the place of the settings on the left."""
        self.left.setCurrentIndex(int(on))
        (self.history.list if on else self.stage.canvas).setFocus()

    def _take_trained(self) -> None:
        """The weights that ship with the scene, as long as its network is still the one they belong to."""
        try:
            scene = find_scene(self.scene_name)
        except DocumentError as error:
            self.stage.notice.say(error_words(error))
            return
        if scene.trained is not None and scene.document.network == self.session.document.network:
            self.session.reset(scene.trained)
        else:
            self.stage.notice.say(self.tr("There are no trained weights for this network."))

    def _step(self) -> None:
        if self.lessons.lesson is None:
            self.session.step()
        else:
            self.lessons.next()

    def _set_lesson(self, on: bool) -> None:
        if on:
            self.lessons.start()
        else:
            self.lessons.leave()

    def _show_lesson(self, lesson: Lesson | None) -> None:
        """The strip takes the place of the scene's words while a lesson is on."""
        self.note.setVisible(lesson is None)
        self._fit_strip()
        self.actions_by_name["lesson"].setChecked(lesson is not None)
        for name in _IN_LESSON:
            self.actions_by_name[name].setEnabled(lesson is not None)

    def _look_at(self, step: Snapshot | None) -> None:
        """One sample and one moment everywhere: that of the step on the stage."""
        for part in (self.answer, self.note, self.inspector, self.right):
            part.look_at(step)

    def _set_demo(self, on: bool) -> None:
        if on:
            self._start_demo()
        elif self.demo is not None:
            self.demo.close()

    def _start_demo(self) -> None:
        """Tell the open scene as it was written; what has been changed here stays as it is."""
        self.session.pause()
        document = self._document_to_tell()
        if not document.script:
            self.stage.notice.say(self.tr("This scene has no script for a demo."))
            self.actions_by_name["demo"].setChecked(False)
            return
        # What the first picture of the window does without is loaded when it is asked for.
        from nnsim.ui.demo import DemoWindow

        self.demo = DemoWindow(document, self.theme, self)
        self.demo.closed.connect(self._end_demo)
        # As large as it will be from the beginning: its letters are chosen once.
        self.demo.resize(self.screen().size())
        self.demo.showFullScreen()

    def _document_to_tell(self) -> Document:
        try:
            return find_scene(self.scene_name).document
        except DocumentError:
            return self.session.document

    def _end_demo(self) -> None:
        self.demo = None
        self.actions_by_name["demo"].setChecked(False)
        self.activateWindow()

    def _change_pace(self, places: int) -> None:
        if self.lessons.lesson is not None:
            self.lessons.change_pace(places)
            return
        place = PACES.index(self.session.pace) + places
        self.session.set_pace(PACES[min(max(place, 0), len(PACES) - 1)])

    def _keep_pace(self) -> None:
        self.sliding.set_pace(self.session.pace)

    def _other_theme(self) -> None:
        others = [theme for theme in THEMES.values() if theme is not self.theme]
        self.set_theme(others[0])

    def _set_full_screen(self, on: bool) -> None:
        if on:
            self.showFullScreen()
        else:
            self.showNormal()

    def _show_running(self, running: bool) -> None:
        self.actions_by_name.show_running(running, self.theme)

    def _name_undo(self, text: str) -> None:
        undo = self.actions_by_name["undo"]
        undo.setText(self.tr("Undo {edit}").format(edit=text.lower()) if text else self.tr("Undo"))

    def _show_shortcuts(self) -> None:
        from nnsim.ui.shortcuts_page import ShortcutsPage

        ShortcutsPage(self).open()

    # --- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape leave what has no use for them: the stage has the keys again.

        With nothing else to leave, Escape closes a notice.
        """
        if event.key() in (*ENTER, Qt.Key.Key_Escape):
            if event.key() == Qt.Key.Key_Escape and self._may_close_notice():
                self.stage.notice.hide()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _may_close_notice(self) -> bool:
        """Whether no field has the keys: what Escape leaves is that one first."""
        focus = QApplication.focusWidget()
        return not isinstance(focus, QLineEdit | QAbstractSpinBox | QComboBox)

    def event(self, event: QEvent) -> bool:
        """Leave to buttons and sliders that have the focus the keys that are theirs.

        What the focus does not claim comes up to the window; a filter would be asked about every event.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            focus = QApplication.focusWidget()
            keys: tuple[int, ...] = ()
            if isinstance(focus, QAbstractButton):
                keys = (Qt.Key.Key_Space,)
            elif isinstance(focus, QAbstractSlider):
                keys = (Qt.Key.Key_Left, Qt.Key.Key_Right)
            if event.key() in keys:
                event.accept()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window shows fewer facts in the bar."""
        super().resizeEvent(event)
        self.text_size.fit(event.size())
        self._fit()

    def _fit(self) -> None:
        self.bar.refresh()
        self.strip.fit(self.height())
        self._fit_strip()

    def _fit_strip(self) -> None:
        """The lesson is as high as it was last dragged, else as its steps need."""
        if not self.strip.isHidden():
            wanted = self.strip.needed
            self.upright.setSizes([max(self.upright.height() - wanted, 1), wanted])

    def _keep_strip_height(self) -> None:
        self.strip.hold(self.strip.height())
        self.settings.setValue("strip", self.strip.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember sizes, end every thread; what is not saved is asked about first."""
        if not self.files.may_close():
            event.ignore()
            return
        # All together are waited for no longer than anybody has patience.
        patience = Patience()
        self._end(patience)
        self.session.close(patience)
        super().closeEvent(event)

    def retire(self) -> None:
        """Another window of the same session has taken this one's place."""
        self._end(Patience())
        self.hide()
        self.deleteLater()

    def _end(self, patience: Patience) -> None:
        self.files.close(patience)
        self.settings.setValue("geometry", self.saveGeometry())
        self.settings.setValue("splitter", self.splitter.saveState())
        self.settings.setValue("theme", self.theme.name)
        self.settings.setValue("scene", self.scene_name)
        self.settings.setValue("grain", self.lessons.grain)
        self.mnist.stop()
        self.right.stop(patience)
        for card in self.looking:
            card.stop()
        self.neighbours.stop(patience)
        if self.demo is not None:
            self.demo.close()

    def _restore_sizes(self) -> None:
        self.resize(*_FIRST_SIZE)
        for name, restore in (("geometry", self.restoreGeometry), ("splitter", self.splitter.restoreState)):
            value = self.settings.value(name)
            if isinstance(value, QByteArray):
                restore(value)


def _kept_grain(settings: QSettings) -> str:
    """How finely lessons were last cut; the first one goes phase by phase."""
    grain = str(settings.value("grain", ""))
    return grain if grain in GRAINS else GRAINS[0]
