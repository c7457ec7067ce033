"""Painting a widget so that a fault in it costs that picture alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """A painter on a widget, ended whatever happens.

    An exception is reported and goes no further: Qt is in the midst of painting the window, and an
    exception that passes through it and through another Python method can end the process.
    """
    with QPainter(widget) as painter:
        try:
            yield painter
        except Exception:
            sys.excepthook(*sys.exc_info())
