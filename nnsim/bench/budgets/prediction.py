"""What a move of the mouse costs the window's thread until the digit being drawn has been read anew.

Of the scene named on the command line, else of ``mnist``. The stage is not painted: it has its own budget.
"""

from __future__ import annotations

import json
import sys
from statistics import median

from nnsim.bench.budgets.yardstick import cpu, without_screen, yardstick

_MOVES = 60


def main(scene: str = "mnist") -> None:
    """Draw on the canvas of a scene of digits, and print what a move costs."""
    without_screen()
    from PySide6.QtCore import QEventLoop, QPointF, Qt
    from PySide6.QtTest import QTest

    from nnsim.bench.budgets.window import opened
    from nnsim.data import digits

    digits.GENERATED_TRAIN, digits.GENERATED_TEST = 300, 60
    with opened(scene) as window:
        window.stage.canvas.setUpdatesEnabled(False)
        canvas, loop = window.digits.draw.canvas, QEventLoop()
        window.session.idle.connect(loop.quit)
        board, left = canvas.board, Qt.MouseButton.LeftButton

        def place(x: float, y: float) -> QPointF:
            return board.topLeft() + QPointF(x, y) * board.width()

        places = iter([(0.3 + 0.4 * i / _MOVES, 0.2 + 0.3 * (i % 2)) for i in range(1, _MOVES)])

        def move() -> None:
            QTest.mouseMove(canvas, place(*next(places)).toPoint())
            loop.exec()

        QTest.mousePress(canvas, left, Qt.KeyboardModifier.NoModifier, place(0.3, 0.2).toPoint())
        cost = median([cpu(move) for _ in range(1, _MOVES)])
        QTest.mouseRelease(canvas, left, Qt.KeyboardModifier.NoModifier, place(0.7, 0.5).toPoint())
    print(json.dumps({"cost": cost, "yardstick": yardstick()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
