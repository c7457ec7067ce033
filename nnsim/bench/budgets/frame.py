"""What a frame costs the window's thread while XOR trains at full speed in the compiled engine."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from statistics import median

from nnsim.bench.budgets.yardstick import without_screen, yardstick

_FRAMES = 120
_UNDER_WAY = 10_000
"""Steps after which training runs at its pace."""


def main() -> None:
    """Train, and print what the window's thread spends between two looks at the training."""
    without_screen()
    from nnsim.bench.budgets.window import opened, until
    from nnsim.session.pace import FASTEST

    at: list[float] = []
    with opened("xor", compiled=True) as window:
        session = window.session
        session.set_pace(FASTEST)
        session.run()
        until(lambda: session.snapshot is not None and session.snapshot.step > _UNDER_WAY)
        session.snapshot_changed.connect(lambda _: at.append(time.thread_time()))
        until(lambda: len(at) > _FRAMES)
        session.pause()
    print(json.dumps({"cost": median(b - a for a, b in pairwise(at)), "yardstick": yardstick()}))


if __name__ == "__main__":
    main()
