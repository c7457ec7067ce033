"""What changing the theme costs the window's thread, until everything is painted in it."""

from __future__ import annotations

import json
from statistics import median

from nnsim.bench.budgets.yardstick import cpu, without_screen, yardstick

_TIMES = 6


def main() -> None:
    """Change the theme to and fro, and print what once costs."""
    without_screen()
    from PySide6.QtWidgets import QApplication

    from nnsim.bench.budgets.window import opened

    with opened("xor") as window:

        def change() -> None:
            window.actions_by_name["theme"].trigger()
            QApplication.processEvents()

        cost = median([cpu(change) for _ in range(_TIMES)])
    print(json.dumps({"cost": cost, "yardstick": yardstick()}))


if __name__ == "__main__":
    main()
