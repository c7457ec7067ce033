"""A fixed piece of NumPy, of Qt's painting and of Python: how fast is this machine, at this moment?"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from statistics import median

import numpy as np

_LINES = 400
_ROUNDS = 5


def without_screen() -> None:
    """Let Qt draw into memory; to be called before it is loaded."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def cpu(action: Callable[[], object]) -> float:
    """CPU seconds that this thread spends on something."""
    begin = time.thread_time()
    action()
    return time.thread_time() - begin


def yardstick() -> float:
    """CPU seconds of the fixed piece: the median of some rounds."""
    return median(cpu(_piece) for _ in range(_ROUNDS))


def _piece() -> None:
    _numpy()
    _painting()
    _python()


def _numpy() -> None:
    values = np.random.default_rng(1).normal(size=60_000)
    for _ in range(3):
        values = np.sort(np.tanh(values) + np.exp(-values * values))


def _painting() -> None:
    from PySide6.QtCore import QLineF, Qt
    from PySide6.QtGui import QImage, QPainter, QPen

    image = QImage(640, 480, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.black)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Qt.GlobalColor.white, 1.5))
        painter.drawLines([QLineF(0, i, 640, (7 * i) % 480) for i in range(_LINES)])


def _python() -> None:
    words = [f"{i * 7_919 % 10_007}" for i in range(12_000)]
    counts: dict[str, int] = {}
    for word in words:
        counts[word[-2:]] = counts.get(word[-2:], 0) + len(word)
    sorted(counts.items(), key=lambda item: (-item[1], item[0]))
