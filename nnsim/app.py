"""The composition root: application, session, window."""

from __future__ import annotations

import signal
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from nnsim.data.scenes import DEFAULT, Scene, find_scene
from nnsim.model.errors import DocumentError
from nnsim.paths import resource_dir
from nnsim.session.session import Session
from nnsim.ui.icons import window_icon
from nnsim.ui.main_window import MainWindow
from nnsim.ui.theme import DARK, THEMES


def make_application() -> QApplication:
    """The one QApplication, with its name, style and translations."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("nnsim")
    application.setOrganizationName("nnsim")
    application.setDesktopFileName("nnsim")
    application.setWindowIcon(window_icon())
    application.setStyle("Fusion")
    _translate(application)
    return application


def run(scene: Scene | None, theme: str | None) -> int:
    """Open the window and return when it is closed.

    Parameters
    ----------
    scene : Scene or None
        None opens the last scene.
    theme : str or None
        ``dark`` or ``light``; None is as last time.
    """
    application = make_application()
    settings = QSettings("nnsim", "nnsim")
    scene = scene if scene is not None else _last_scene(settings)
    session = Session(scene.document, scene.parameters)
    chosen = THEMES.get(theme or str(settings.value("theme", "")), DARK)
    window = MainWindow(session, settings, chosen, scene.source)
    window.show()
    # Qt's loop never lets Python see Ctrl+C; the child process that compiles ends by itself.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Numba is loaded only once the window stands.
    QTimer.singleShot(0, session.warm_up)
    try:
        return application.exec()
    finally:
        session.close()


def _last_scene(settings: QSettings) -> Scene:
    try:
        return find_scene(str(settings.value("scene", "")) or DEFAULT)
    except DocumentError:
        return find_scene(DEFAULT)


def _translate(application: QApplication) -> None:
    for folder, name in (
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase"),
        (str(resource_dir() / "i18n"), "nnsim"),
    ):
        translator = QTranslator(application)
        if translator.load(QLocale(), name, "_", folder):
            application.installTranslator(translator)
