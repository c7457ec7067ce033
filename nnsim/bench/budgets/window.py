"""A window of nobody's, to be measured."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings
from PySide6.QtWidgets import QApplication

from nnsim.app import make_application
from nnsim.data.scenes import find_scene
from nnsim.session.session import Session
from nnsim.ui.main_window import MainWindow
from nnsim.ui.plots.late_plot import make_plots_in
from nnsim.ui.theme import DARK

PATIENCE = 300.0
"""Seconds after which what does not come is given up."""
_WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


@contextmanager
def opened(scene_name: str, *, compiled: bool = False) -> Iterator[MainWindow]:
    """The window with a scene, at rest and complete; nothing is remembered of it.

    Parameters
    ----------
    scene_name : str
    compiled : bool
        Wait for the compiled engine, too.
    """
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        scene = find_scene(scene_name)
        session = Session(scene.document, scene.opening)
        settings = QSettings(str(Path(folder) / "bench.ini"), QSettings.Format.IniFormat)
        window = MainWindow(session, settings, DARK, scene.source)
        try:
            window.resize(1440, 900)
            window.show()
            settle(session)
            make_plots_in(window)
            if compiled:
                session.warm_up()
                until(lambda: session.engine == "jit")
            yield window
        finally:
            window.files.abandon()
            window.close()


def settle(session: Session) -> None:
    """Let the window live until everything asked for is computed and shown."""
    loop = QEventLoop()
    session.idle.connect(loop.quit)
    session.tell_when_idle()
    loop.exec()
    session.idle.disconnect(loop.quit)


def until(condition: Callable[[], bool]) -> None:
    """Let the window live until something holds.

    Raises
    ------
    TimeoutError
    """
    begin = time.monotonic()
    while not condition():
        if time.monotonic() - begin > PATIENCE:
            raise TimeoutError("what is measured does not come")
        QApplication.processEvents(_WAITING)
