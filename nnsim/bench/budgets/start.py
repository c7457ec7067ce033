"""CPU seconds until the first window is painted, beside loading the bare toolkits in another process."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from nnsim.bench.budgets.yardstick import without_screen

LATE = ("numba", "llvmlite", "scipy", "torch", "sklearn", "pyqtgraph", "ziamath")
"""What takes long to load and is not needed for the first picture."""
_BARE = "import time; import PySide6.QtWidgets, pyqtgraph, numpy; print(time.process_time())"


def main() -> None:
    """Start the program as its command does, print what had happened by the first picture, and end."""
    without_screen()
    # The command has read the scene before it loads the window.
    from nnsim.data.scenes import find_scene

    scene = find_scene("xor")

    from nnsim.session import garbage

    garbage.hold()

    from PySide6.QtCore import QEvent, QObject, QSettings
    from PySide6.QtWidgets import QApplication

    from nnsim import app
    from nnsim.session.session import Session
    from nnsim.ui.graph.canvas import GraphCanvas

    class Watch(QObject):
        """Sees the stage being painted."""

        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            """Any of the application's events."""
            stage = isinstance(watched, GraphCanvas) and event.type() == QEvent.Type.Paint
            self.painted = self.painted or stage
            return False

    watch = Watch()
    figures: dict[str, Any] = {}

    def report(session: Session) -> None:
        figures["cost"] = time.process_time()
        figures["painted"] = watch.painted
        figures["loaded"] = [name for name in LATE if name in sys.modules]
        QApplication.closeAllWindows()

    # The engine is made ready as soon as the window has been painted.
    Session.warm_up = report  # type: ignore[assignment, method-assign]
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(Path(folder)))
        app.make_application().installEventFilter(watch)
        figures["status"] = app.run(scene, "dark")
    bare = subprocess.run([sys.executable, "-P", "-c", _BARE], capture_output=True, check=True, text=True)
    print(json.dumps({**figures, "yardstick": float(bare.stdout)}))


if __name__ == "__main__":
    main()
