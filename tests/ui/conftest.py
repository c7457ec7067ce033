"""Real windows, closed and looked after."""

import threading
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QLocale, QSettings
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from nnsim.app import make_application
from nnsim.data.scenes import find_scene
from nnsim.model.document import Document
from nnsim.session import garbage
from nnsim.session.patience import Patience
from nnsim.session.session import Session
from nnsim.ui.lesson.formula_view import FormulaView
from nnsim.ui.main_window import MainWindow
from nnsim.ui.theme import DARK, Theme
from tests.session.driving import wait_idle


@pytest.fixture(scope="session")
def application(qapp: QApplication) -> QApplication:
    """The application as the program makes it."""
    locale = QLocale()
    made = make_application("en")
    # Numbers are written as in the tests that need no application.
    QLocale.setDefault(locale)
    # Between the tests only what they made is looked through.
    garbage.spare()
    return made


@pytest.fixture(autouse=True)
def _formulas_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Formulas are waited for: what a test looks at is there."""
    monkeypatch.setattr(FormulaView, "in_background", False)


@pytest.fixture
def settings(tmp_path) -> QSettings:
    """Settings of nobody."""
    return QSettings(str(tmp_path / "nnsim.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def open_window(qtbot, application, settings) -> Iterator[Callable[..., MainWindow]]:
    """Opens windows; when the test ends they are closed, and no thread may be left."""
    before = set(threading.enumerate())
    look = application.styleSheet(), QPalette(application.palette()), QFont(application.font())
    windows: list[MainWindow] = []

    def open_one(
        what: str | Document = "xor", *, theme: Theme = DARK, settle: bool = True, shown: bool = True
    ) -> MainWindow:
        scene = find_scene(what) if isinstance(what, str) else None
        document = what if scene is None else scene.document
        session = Session(document, None if scene is None else scene.opening)
        window = MainWindow(session, settings, theme, what if isinstance(what, str) else "")
        windows.append(window)
        if shown:
            window.show()
            window.activateWindow()
            qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
        if settle:
            wait_idle(qtbot, window.session)
        return window

    yield open_one
    # One whose place another has taken is gone already.
    windows = [window for window in windows if shiboken6.isValid(window)]
    with pytest.MonkeyPatch.context() as patient:
        # A busy machine leaves no thread behind.
        patient.setattr(Patience.__init__, "__defaults__", (120.0,))
        for window in windows:
            window.files.abandon()
            window.close()
    for thread in threading.enumerate():
        # What loads pages ahead ends by itself.
        if thread.name == "nnsim-ahead":
            thread.join()
    assert set(threading.enumerate()) <= before
    for window in windows:
        window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.processEvents()
    application.setStyleSheet(look[0])
    application.setPalette(look[1])
    application.setFont(look[2])
