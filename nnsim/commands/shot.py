"""A picture of the real window, made without a screen."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer

from nnsim.app import make_application
from nnsim.data.scenes import Scene
from nnsim.session.session import Session
from nnsim.ui.main_window import MainWindow
from nnsim.ui.plots.late_plot import make_plots_in
from nnsim.ui.theme import THEMES

_PATIENCE = 300_000
"""Milliseconds until a picture that does not come is given up."""


def shoot(
    scene: Scene, out: Path, size: tuple[int, int], theme: str, epochs: int | None, overlay: str | None
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

    Raises
    ------
    OSError
        If the picture cannot be written.
    """
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "shot.ini"), QSettings.Format.IniFormat)
        session = Session(scene.document, scene.opening if epochs is None else scene.parameters)
        window = MainWindow(session, settings, THEMES[theme], scene.source)
        try:
            window.resize(*size)
            window.show()
            if overlay is not None:
                window.actions_by_name[overlay].setChecked(True)
            _settle(session)
            if epochs is not None:
                session.warm_up()
                _settle(session)
                session.train_epochs(epochs)
                _settle(session)
            window.stage.canvas.finish_animation()
            window.stage.canvas.fit(animated=False)
            make_plots_in(window)
            if not window.grab().save(str(out)):
                raise OSError(0, "the picture cannot be written", str(out))
        finally:
            window.files.abandon()
            window.close()


def _settle(session: Session) -> None:
    """Wait until everything asked for is computed and shown."""
    loop = QEventLoop()
    session.idle.connect(loop.quit)
    QTimer.singleShot(_PATIENCE, loop.quit)
    loop.exec()
    session.idle.disconnect(loop.quit)
