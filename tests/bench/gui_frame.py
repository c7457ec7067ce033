"""What one frame costs the window's thread while XOR trains at full speed in the compiled engine.

``python tests/bench/gui_frame.py [SCENE [OVERLAY]]`` prints the figures. CPU time of this thread alone, so
that neither the training nor another program counts.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QSettings
from PySide6.QtWidgets import QApplication

from nnsim.app import make_application
from nnsim.data.scenes import find_scene
from nnsim.session.pace import FASTEST
from nnsim.session.session import Session
from nnsim.ui.main_window import MainWindow

WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
FRAMES = 240


class Frames:
    """CPU time of the thread at each look at the training."""

    def __init__(self) -> None:
        self.at: list[float] = []

    def mark(self, snapshot: object) -> None:
        """A new frame begins; its painting falls before the next one."""
        self.at.append(time.thread_time())


def until(application: QApplication, condition, seconds: float = 120.0) -> None:
    """Let the window live until something holds."""
    clock = QElapsedTimer()
    clock.start()
    while not condition():
        assert clock.elapsed() < 1000 * seconds, "it takes too long"
        application.processEvents(WAITING)


def measure(scene: str, overlay: str) -> dict[str, float | str]:
    """Train, and count what the window's thread does.

    Returns
    -------
    dict
        Milliseconds of CPU a frame (median and mean), milliseconds between two frames that are asked for,
        and the engine.
    """
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "bench.ini"), QSettings.Format.IniFormat)
        session, frames = Session(find_scene(scene).document), Frames()
        window = MainWindow(session, settings)
        try:
            window.resize(1440, 900)
            window.show()
            window.actions_by_name[overlay].setChecked(True)
            session.warm_up()
            until(application, lambda: session.engine == "jit")
            session.set_pace(FASTEST)
            session.run()
            until(application, lambda: session.snapshot.engine == "jit" and session.snapshot.step > 10_000)
            session.snapshot_changed.connect(frames.mark)
            until(application, lambda: len(frames.at) > FRAMES)
            costs = [1000 * (b - a) for a, b in zip(frames.at[:-1], frames.at[1:], strict=True)]
            return {
                "median": statistics.median(costs),
                "mean": statistics.fmean(costs),
                "interval": session._frame_timer.interval(),
                "engine": session.snapshot.engine,
                "size": f"{window.width()}x{window.height()}",
            }
        finally:
            window.close()


if __name__ == "__main__":
    json.dump(measure(*(sys.argv[1:] + ["xor", "weight"][len(sys.argv) - 1 :])), sys.stdout)
