"""The composition root: application, session, window."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from nnsim.data.scenes import DEFAULT, Scene, find_scene
from nnsim.model.data import DigitsData
from nnsim.model.errors import DocumentError
from nnsim.session.interruptions import Interruptions
from nnsim.session.language import kept_language, use_language
from nnsim.session.mishaps import Mishaps
from nnsim.session.patience import left_behind
from nnsim.session.session import Session
from nnsim.ui.handing_over import hand_over
from nnsim.ui.icons import window_icon
from nnsim.ui.main_window import MainWindow
from nnsim.ui.mishap_words import MishapWords
from nnsim.ui.theme import DARK, THEMES

_BOARD_SCENE = "mnist-accurate"
_FEW = 20
_SIGNALLED = 128


def make_application(language: str = "") -> QApplication:
    """The one QApplication, with its name, style and language (as :func:`use_language` takes it)."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("nnsim")
    application.setOrganizationName("nnsim")
    application.setDesktopFileName("nnsim")
    application.setWindowIcon(window_icon())
    application.setStyle("Fusion")
    use_language(language)
    return application


class FirstPaint(QObject):
    """Calls something once, as soon as a widget has been painted: what is slow to load comes after it.

    Parameters
    ----------
    widget : QWidget
    call : callable
    """

    def __init__(self, widget: QWidget, call: Callable[[], object]) -> None:
        super().__init__(widget)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(call)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait until the whole window is on the screen, then call."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._timer.start(0)
        return False

    def cancel(self) -> None:
        """Do not call any more."""
        self._timer.stop()


class WindowPlace(QObject):
    """Where the window stands; in another language it is another window that goes on with everything.

    Parameters
    ----------
    window : MainWindow
    mishaps : Mishaps
    interruptions : Interruptions
    """

    def __init__(self, window: MainWindow, mishaps: Mishaps, interruptions: Interruptions) -> None:
        super().__init__(mishaps)
        self._mishaps, self._interruptions = mishaps, interruptions
        self._take(window)

    def _take(self, window: MainWindow) -> None:
        self.window = window
        MishapWords(self._mishaps, window.stage.notice, window.files.recovery.autosave.look)
        self._interruptions.came.connect(Ending(window).end)
        # From the menu that is open a window cannot be taken away.
        window.languages.chosen.connect(self._speak, Qt.ConnectionType.QueuedConnection)

    def _speak(self, code: str) -> None:
        use_language(code)
        old = self.window
        new = MainWindow(old.session, old.settings, old.theme, old.scene_name)
        hand_over(old, new)
        self._take(new)


class Ending(QObject):
    """Ends the program when the system says so, with nothing lost.

    Parameters
    ----------
    window : MainWindow
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def end(self, number: int) -> None:
        """Leave with the exit code by which a shell knows that signal."""
        self._window.files.end_at_once()
        QApplication.exit(_SIGNALLED + number)


def run(scene: Scene | None, theme: str | None, demo: bool = False, language: str | None = None) -> int:
    """Open the window and return when it is closed.

    Parameters
    ----------
    scene : Scene or None
        None opens the last scene.
    theme : str or None
        ``dark`` or ``light``; None is as last time.
    demo : bool
        Begin with the scene's teaching demo.
    language : str or None
        Code of the language; None is as last time.
    """
    settings = QSettings("nnsim", "nnsim")
    application = make_application(language or kept_language(settings))
    scene = scene if scene is not None else _last_scene(settings)
    session = Session(scene.document, scene.opening)
    chosen = THEMES.get(theme or str(settings.value("theme", "")), DARK)
    window = MainWindow(session, settings, chosen, scene.source)
    first_paint = FirstPaint(window.stage.canvas, session.warm_up)
    show_whole(window)
    window.files.start()
    if demo:
        window.actions_by_name["demo"].setChecked(True)
    try:
        with Mishaps() as mishaps, Interruptions(application) as interruptions:
            WindowPlace(window, mishaps, interruptions)
            status = application.exec()
    finally:
        first_paint.cancel()
        session.close()
    settings.sync()
    return _leave(status)


def show_whole(window: QWidget) -> None:
    """Show a window; on a screen that is smaller, as large as the screen."""
    room, frame = window.screen().availableSize(), window.size()
    if frame.boundedTo(room) == frame:
        window.show()
    else:
        window.showMaximized()


def run_board(theme: str | None, language: str | None = None) -> int:
    """Open the canvas and the prediction alone, for a touch screen or a stand; return when it is closed."""
    from nnsim.ui.digits.stand import Stand

    application = make_application(language or kept_language(QSettings("nnsim", "nnsim")))
    scene = find_scene(_BOARD_SCENE)
    # What it was trained on is not needed to read what is drawn.
    document = replace(scene.document, data=DigitsData("generated", samples=_FEW))
    session = Session(document, scene.opening)
    stand = Stand(session, THEMES.get(theme or "", DARK))
    first_paint = FirstPaint(stand.board, session.warm_up)
    stand.board.showMaximized()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        with Mishaps() as mishaps:
            MishapWords(mishaps, stand.board.notice)
            status = application.exec()
    finally:
        first_paint.cancel()
        session.close()
    return _leave(status)


def _leave(status: int) -> int:
    """End the process under a thread that nobody waits for; else hand the status on."""
    if left_behind():
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(status)
    return status


def _last_scene(settings: QSettings) -> Scene:
    try:
        return find_scene(str(settings.value("scene", "")) or DEFAULT)
    except DocumentError:
        return find_scene(DEFAULT)
