"""A picture of the real window, made without a screen."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEventLoop,
    QIODevice,
    QMessageLogContext,
    QSettings,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QPixmap

from nnsim.app import make_application
from nnsim.commands.interrupted import signals_to_end
from nnsim.commands.streams import naming
from nnsim.data.scenes import Scene
from nnsim.model.writing import write_whole
from nnsim.session.session import Session
from nnsim.ui.main_window import MainWindow
from nnsim.ui.plots.late_plot import make_plots_in
from nnsim.ui.theme import THEMES

_PATIENCE = 300_000
"""Milliseconds until a picture that does not come is given up."""
_BEAT = 50


def shoot(
    scene: Scene,
    out: Path,
    size: tuple[int, int],
    theme: str,
    epochs: int | None,
    overlay: str | None,
    language: str | None = None,
) -> None:
    """Open the window, train, and save what it looks like.

    Parameters
    ----------
    scene : Scene
    out : Path
        A PNG file.
    size : (width, height) in pixels
    theme : str
        ``dark`` or ``light``.
    epochs : int or None
        Train this long first.
    overlay : str or None
        What the edges show.
    language : str or None
        Code of the language; None is the system's.

    Raises
    ------
    OSError
        If the picture cannot be written.
    """
    with _quiet_platform():
        make_application(language or "")
        prefix = f"nnsim-shot-{os.getpid()}-"
        with _ended_by_signals(prefix), tempfile.TemporaryDirectory(prefix=prefix) as folder:
            settings = QSettings(str(Path(folder) / "shot.ini"), QSettings.Format.IniFormat)
            session = Session(scene.document, scene.opening if epochs is None else scene.parameters)
            window = MainWindow(session, settings, THEMES[theme], scene.source)
            try:
                window.resize(*size)
                picture = _picture(window, epochs, overlay)
            finally:
                window.files.abandon()
                window.close()
            with naming(out):
                write_whole(out, _png(picture))


def _picture(window: MainWindow, epochs: int | None, overlay: str | None) -> QPixmap:
    session = window.session
    window.show()
    if overlay is not None:
        window.actions_by_name[overlay].setChecked(True)
    _settle(session)
    if epochs is not None:
        session.warm_up()
        _settle(session)
        session.train_epochs(epochs)
        _settle(session)
    window.stage.canvas.draw_at_once()
    window.stage.canvas.showing.finish_animation()
    window.stage.canvas.fit(animated=False)
    make_plots_in(window)
    return window.grab()


def _png(picture: QPixmap) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(content.data())


@contextmanager
def _quiet_platform() -> Iterator[None]:
    """The platform without a screen tells of hints that it has no use for; everything else is passed on."""

    def hear(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if "propagateSizeHints" not in words:
            print(words, file=sys.stderr)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


@contextmanager
def _ended_by_signals(prefix: str) -> Iterator[None]:
    """End at once when told to, wherever Qt is just then: an exception would have to pass through it.

    Temporary folders whose names begin with `prefix` go with the program.
    """

    def end(number: int, _: object) -> None:
        for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(128 + number)

    before = {number: signal.signal(number, end) for number in signals_to_end()}
    # Python looks for signals between two of its own instructions; in an idle loop there are none.
    beat = QTimer(interval=_BEAT)
    beat.timeout.connect(lambda: None)
    beat.start()
    try:
        yield
    finally:
        beat.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def _settle(session: Session) -> None:
    """Wait until everything asked for is computed and shown."""
    loop = QEventLoop()
    session.idle.connect(loop.quit)
    QTimer.singleShot(_PATIENCE, loop.quit)
    loop.exec()
    session.idle.disconnect(loop.quit)
