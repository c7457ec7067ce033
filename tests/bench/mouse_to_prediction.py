"""Draws on the canvas of the digits scene and prints the GUI thread's CPU seconds from move to prediction.

The stage is not painted; its painting has a budget of its own.
"""

import json
import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QPointF, QSettings, Qt
from PySide6.QtTest import QTest

from nnsim.app import make_application
from nnsim.data import digits
from nnsim.data.scenes import find_scene
from nnsim.session.session import Session
from nnsim.ui.main_window import MainWindow
from nnsim.ui.theme import DARK

ROUNDS, MOVES = 5, 20


def main() -> None:
    """Measure and print the median of each round."""
    digits.GENERATED_TRAIN, digits.GENERATED_TEST = 300, 60
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        scene = find_scene("mnist")
        session = Session(scene.document, scene.opening)
        settings = QSettings(str(Path(folder) / "nnsim.ini"), QSettings.Format.IniFormat)
        window = MainWindow(session, settings, DARK, scene.source)
        window.show()
        window.stage.canvas.setUpdatesEnabled(False)
        loop = QEventLoop()
        session.idle.connect(loop.quit)
        loop.exec()
        medians = [_round(window.digits.draw.canvas, loop) for _ in range(ROUNDS)]
        window.files.abandon()
        window.close()
    del application
    print(json.dumps(medians))


def _round(canvas, loop):
    board = canvas.board

    def at(x, y):
        return (board.topLeft() + QPointF(x, y) * board.width()).toPoint()

    canvas.clear()
    loop.exec()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(0.3, 0.2))
    spent = []
    for place in range(1, MOVES):
        begin = time.thread_time()
        QTest.mouseMove(canvas, at(0.3 + 0.02 * place, 0.2 + 0.3 * (place % 2)))
        loop.exec()
        spent.append(time.thread_time() - begin)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(0.7, 0.5))
    return statistics.median(spent)


if __name__ == "__main__":
    main()
