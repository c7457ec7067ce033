"""What a step of a lesson on a digit costs the window's thread: its formulas, its numbers, the stage."""

from __future__ import annotations

import json
from statistics import median

from nnsim.bench.budgets.yardstick import cpu, without_screen, yardstick


def main() -> None:
    """Walk through a lesson, and print what one step of it costs."""
    without_screen()
    from PySide6.QtWidgets import QApplication

    from nnsim.bench.budgets.window import opened, until
    from nnsim.data import digits

    digits.GENERATED_TRAIN, digits.GENERATED_TEST = 300, 60
    with opened("mnist") as window:
        window.lessons.start()
        until(lambda: window.lessons.lesson is not None)
        lesson = window.lessons.lesson
        assert lesson is not None

        def step() -> None:
            window.lessons.next()
            QApplication.processEvents()

        # The first time, what typesets formulas is loaded.
        step()
        cost = median([cpu(step) for _ in lesson.steps[2:]])
    print(json.dumps({"cost": cost, "yardstick": yardstick()}))


if __name__ == "__main__":
    main()
