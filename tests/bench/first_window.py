"""CPU time until the first window is painted, and what was not loaded by then.

``python tests/bench/first_window.py`` starts the program as its command does and prints the figures.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtWidgets import QApplication

from nnsim import app
from nnsim.data.scenes import find_scene
from nnsim.session.session import Session
from nnsim.ui.graph.canvas import GraphCanvas
from nnsim.ui.main_window import MainWindow

LATE = ("numba", "llvmlite", "scipy", "torch", "sklearn", "pyqtgraph", "ziamath")


class Watch(QObject):
    """Sees the stage being painted."""

    painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any of the application's events."""
        self.painted = self.painted or (
            isinstance(watched, GraphCanvas) and event.type() == QEvent.Type.Paint
        )
        return False


def main() -> None:
    """Start, print what had happened when the compiled engine was to be made ready, and close."""
    watch, figures = Watch(), {}

    def report(session: Session) -> None:
        figures["cpu"] = time.process_time()
        figures["painted"] = watch.painted
        figures["loaded"] = [name for name in LATE if name in sys.modules]
        (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        window.close()

    Session.warm_up = report
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(Path(folder)))
        app.make_application().installEventFilter(watch)
        figures["status"] = app.run(find_scene("xor"), "dark")
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
