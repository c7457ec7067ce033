"""The picture of a crowd of edges, drawn in portions; until it is whole, the one before stands in for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from time import monotonic, thread_time

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from nnsim.ui.graph.screen import Screen

PORTION = 0.015
"""CPU seconds of drawing in one turn of the event loop."""
REFRESH_SECONDS = 0.1
"""Between two drawings of a crowd that changes all the time."""
Key = tuple[object, ...]


class CrowdPicture:
    """Keeps the last picture that is whole, and draws the next.

    Parameters
    ----------
    later : callable, optional
        Has :meth:`draw_on` called in another turn of the event loop. Without it everything is drawn at once.
    """

    def __init__(self, later: Callable[[], None] | None) -> None:
        self._later = later
        self._key: Key = ()
        self._screen: Screen | None = None
        self._picture: QPixmap | None = None
        self._next: QPixmap | None = None
        self._next_screen: Screen | None = None
        self._work: Iterator[None] | None = None
        self._fresh_until = 0.0

    def paint(
        self,
        painter: QPainter,
        screen: Screen,
        look: Key,
        values: bytes,
        hurried: bool,
        draw: Callable[[QPainter], Iterator[None]],
    ) -> None:
        """Paint the picture, or the one before as it would be seen now.

        Parameters
        ----------
        look, values : tuple, bytes
            What the picture depends on besides the screen.
        hurried : bool
            Other drawings follow at once: one of a moment ago will do.
        draw : callable
            Draws, and pauses now and then.
        """
        key = (screen, *look, values)
        drawing = self._work is not None and _is_same(self._next_screen, screen)
        recent = hurried and key[:-1] == self._key[:-1] and monotonic() < self._fresh_until
        if key != self._key and not drawing and not recent:
            self._key, self._next_screen = key, screen
            self._next = empty_picture(painter)
            self._work = _drawn(self._next, draw)
            if self._later is None:
                self.draw_on()
            else:
                self._later()
        if self._picture is not None and self._screen is not None and _is_same(self._screen, screen):
            source = QRectF(self._picture.rect())
            painter.drawPixmap(_place(self._screen, screen, painter, self._picture), self._picture, source)

    def draw_on(self) -> bool:
        """Draw the next portion.

        Returns
        -------
        bool
            Whether the picture is whole.
        """
        end = math.inf if self._later is None else thread_time() + PORTION
        for _ in self._work or ():
            if thread_time() > end:
                return False
        if self._work is not None:
            self._work = None
            self._picture, self._screen, self._next = self._next, self._next_screen, None
            self._fresh_until = monotonic() + REFRESH_SECONDS
        return True


def _drawn(picture: QPixmap, draw: Callable[[QPainter], Iterator[None]]) -> Iterator[None]:
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        yield from draw(painter)


def _is_same(before: Screen | None, now: Screen) -> bool:
    """Whether the same edges are drawn, wherever they are."""
    if before is None:
        return False
    return before.edges is now.edges or np.array_equal(before.edges.index, now.edges.index)


def _place(before: Screen, now: Screen, painter: QPainter, picture: QPixmap) -> QRectF:
    """Where a picture made for one screen belongs on another."""
    size = picture.deviceIndependentSize()
    if before is now:
        return QRectF(0, 0, size.width(), size.height())
    if before.geometry is not now.geometry:
        device = painter.device()
        return QRectF(0, 0, device.width(), device.height())
    left, top = before.view.to_world(0.0, 0.0)
    x, y = now.view.to_screen(np.array([left, top])).tolist()
    ratio = now.view.scale / before.view.scale
    return QRectF(x, y, size.width() * ratio, size.height() * ratio)


def empty_picture(painter: QPainter, resolution: float = 1.0) -> QPixmap:
    """A clear pixmap of the size of what is painted on, and a share of its resolution."""
    device = painter.device()
    ratio = device.devicePixelRatioF()
    pixels = ratio if isinstance(device, QWidget) else 1.0
    ratio, pixels = ratio * resolution, pixels * resolution
    picture = QPixmap(math.ceil(device.width() * pixels), math.ceil(device.height() * pixels))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
