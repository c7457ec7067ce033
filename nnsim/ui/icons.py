"""Icons from SVG files, in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nnsim.paths import resource_dir

_SIZES = (18, 36)


@lru_cache(maxsize=128)
def icon(name: str, color: str, disabled: str) -> QIcon:
    """The icon `name`, drawn in `color`, and in `disabled` where its control is."""
    out = QIcon()
    source = (resource_dir() / "icons" / f"{name}.svg").read_text("utf-8")
    for mode, tint in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, disabled)):
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", tint).encode()))
        for size in _SIZES:
            out.addPixmap(_drawn(renderer, size), mode)
    return out


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter)
    return pixmap


def window_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resource_dir() / "icons" / "nnsim.svg"))
