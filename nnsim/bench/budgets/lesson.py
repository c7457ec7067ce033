"""What a step of a lesson on a digit costs the window's thread: its formulas, its numbers, the stage.

Of the scene named on the command line, else of ``mnist``; what entering it costs is told as well.
"""

from __future__ import annotations

import json
import sys
from statistics import median

from nnsim.bench.budgets.yardstick import cpu, without_screen, yardstick


def main(scene: str = "mnist") -> None:
    """Walk through a lesson, and print what one step of it costs, and entering it."""
    without_screen()
    from PySide6.QtWidgets import QApplication

    from nnsim.bench.budgets.window import opened, settle, until
    from nnsim.data import digits

    digits.GENERATED_TRAIN, digits.GENERATED_TEST = 300, 60
    with opened(scene) as window:

        def enter() -> None:
            window.lessons.start()
            until(lambda: window.lessons.lesson is not None)
            QApplication.processEvents()

        def step() -> None:
            window.lessons.next()
            QApplication.processEvents()

        # The first time, what typesets formulas is loaded.
        enter()
        step()
        window.lessons.leave()
        settle(window.session)
        entering = cpu(enter)
        lesson = window.lessons.lesson
        assert lesson is not None
        cost = median([cpu(step) for _ in lesson.steps[1:]])
    print(json.dumps({"cost": cost, "yardstick": yardstick(), "entering": entering}))


if __name__ == "__main__":
    main(*sys.argv[1:])
