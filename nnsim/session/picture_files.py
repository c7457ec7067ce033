"""Image files from outside: ordinary ones, judged by their header, and decoded no larger than needed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QLocale, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from nnsim.model.errors import DocumentError
from nnsim.model.outside import read_outside

translate = QCoreApplication.translate

LARGEST_FILE = 32_000_000
MOST_PIXELS = 20_000_000
MOST_MEMORY = 160_000_000
"""Bytes that decoding may take."""
_LOSSY = {b"jpeg", b"jpg", b"webp"}
_SCALED_WHILE_DECODED = {b"jpeg", b"jpg"}
_FORMATS = {b"png", b"jpeg", b"jpg", b"bmp", b"gif", b"webp", b"pbm", b"pgm", b"ppm"}
_DEEP = {
    getattr(QImage.Format, f"Format_{name}")
    for name in ("Grayscale16", "RGBX64", "RGBA64", "RGBA64_Premultiplied")
}
_FOR_A_PIXEL, _FOR_A_DEEP_PIXEL = 12, 16
"""Bytes; measured, the worst of each: an interlaced GIF, and a PNG of four times sixteen bits."""
_LARGEST_IMAGE = MOST_MEMORY // 1_000_000
"""Megabytes; Qt decodes no single image that is larger, whatever its header says."""


class PictureError(ValueError):
    """A picture that no digit can be read from; its text is for people.

    Attributes
    ----------
    reason : str
        ``unreadable``, ``large`` or ``empty``.
    """

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


def read_image(path: Path, side: int) -> tuple[QImage, bool]:
    """A picture, and whether it was kept without loss.

    Parameters
    ----------
    path : Path
    side : int
        Pixels along the longer side from which on it is scaled down while it is read.

    Raises
    ------
    PictureError
        If it is no ordinary file, no picture, damaged or too large; its header is judged before its
        pixels are decoded.
    """
    content = QByteArray(_content(path))
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_LARGEST_IMAGE)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size, kind = reader.size(), bytes(reader.format().data())
    if size.isEmpty() or not reader.canRead() or kind not in _FORMATS:
        raise _unreadable(path)
    most = _most_pixels(reader, kind)
    if size.width() * size.height() > most:
        raise _too_many_pixels(path, size, most)
    if max(size.width(), size.height()) > side:
        smaller = size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(smaller.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise _unreadable(path)
    return image, kind not in _LOSSY


def _content(path: Path) -> bytes:
    try:
        return read_outside(path, LARGEST_FILE)
    except (DocumentError, OSError) as error:
        if isinstance(error, DocumentError) and path.is_file():
            words = translate(
                "Pictures", "{name} is larger than {most} MB. Save it smaller and open it again."
            ).format(name=path.name, most=LARGEST_FILE // 1_000_000)
            raise PictureError("large", words) from error
        raise _unreadable(path) from error


def _most_pixels(reader: QImageReader, kind: bytes) -> int:
    if kind in _SCALED_WHILE_DECODED:
        return MOST_PIXELS
    return MOST_MEMORY // (_FOR_A_DEEP_PIXEL if reader.imageFormat() in _DEEP else _FOR_A_PIXEL)


def _too_many_pixels(path: Path, size: QSize, most: int) -> PictureError:
    words = translate(
        "Pictures",
        "{name} is too large: {width} × {height} pixels, and at most {most} million are read. "
        "Save it smaller and open it again.",
    )
    return PictureError(
        "large",
        words.format(
            name=path.name,
            width=size.width(),
            height=size.height(),
            most=QLocale().toString(most // 1_000_000),
        ),
    )


def _unreadable(path: Path) -> PictureError:
    words = translate(
        "Pictures",
        "{name} cannot be read: it is damaged, or no PNG, JPEG, BMP, GIF or WebP picture. "
        "Open it in another program and save it as PNG.",
    )
    return PictureError("unreadable", words.format(name=path.name))
