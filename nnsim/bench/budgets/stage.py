"""What the stage's whole frame costs the window's thread while a scene's network learns."""

from __future__ import annotations

import json
import sys
from statistics import median

from nnsim.bench.budgets.yardstick import cpu, without_screen, yardstick

_FRAMES, _STEPS = 20, 5


def main(scene: str = "mnist") -> None:
    """Train a few steps at a time, and print what showing and painting the outcome costs."""
    without_screen()
    from nnsim.bench.budgets.window import opened, settle
    from nnsim.data import digits

    digits.GENERATED_TRAIN, digits.GENERATED_TEST = 300, 60
    with opened(scene) as window:
        canvas, session = window.stage.canvas, window.session

        def frame() -> None:
            canvas.show_snapshot(session.snapshot)
            canvas.repaint()

        costs = []
        for _ in range(_FRAMES):
            session.step_silently(_STEPS)
            settle(session)
            costs.append(cpu(frame))
    print(json.dumps({"cost": median(costs), "yardstick": yardstick()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
