"""Pictures from elsewhere as ink: from the clipboard, from files, dropped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QMimeData, QSize, Qt
from PySide6.QtGui import QImage

from nnsim.session.picture_files import PictureError, read_image
from nnsim.ui.digits.ink import SIDE, Pixels
from nnsim.ui.file_drops import DOCUMENTS

translate = QCoreApplication.translate

_SPECKS = 0.12
"""Ink fainter than this, of the darkest, is taken for the grain of the paper."""


def carries_picture(data: QMimeData) -> bool:
    """Whether there is a picture, or one file that may be one, to take."""
    return data.hasImage() or _file_of(data) is not None


def image_from(data: QMimeData) -> QImage:
    """The picture that a clipboard or a drag carries.

    Raises
    ------
    PictureError
        If there is none, or it cannot be read.
    """
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            return image
    path = _file_of(data)
    if path is None:
        raise PictureError(
            "empty",
            translate(
                "Paste",
                "There is no picture on the clipboard. Copy a picture, or a picture's file, and paste again.",
            ),
        )
    return image_at(path)


def image_at(path: Path) -> QImage:
    """A picture from a file, no larger than needed.

    Raises
    ------
    PictureError
        If it is not a picture, or too large.
    """
    return read_image(path, 2 * SIDE)[0]


def ink_of(image: QImage) -> Pixels:
    """A picture as ink in the middle of a canvas, (SIDE, SIDE), whole and not drawn out.

    What the border of the picture shows is taken for paper: dark writing on light paper becomes bright
    ink, light writing on a dark board stays so.

    Raises
    ------
    PictureError
        If it is empty, or all of one colour.
    """
    if image.isNull() or image.width() < 1 or image.height() < 1:
        raise PictureError("empty", translate("Paste", "The picture is empty."))
    fitted = image.convertToFormat(QImage.Format.Format_RGBA8888).scaled(
        QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    gray = _gray_of(fitted)
    border = np.concatenate([gray[0], gray[-1], gray[:, 0], gray[:, -1]])
    paper = float(np.median(border))
    ink = paper - gray if paper > 0.5 else gray - paper
    darkest = float(ink.max())
    if darkest < _SPECKS:
        raise PictureError(
            "empty", translate("Paste", "There is nothing to see on the picture: it is all of one colour.")
        )
    ink = np.clip(ink / darkest, 0.0, 1.0)
    ink[ink < _SPECKS] = 0.0
    rows, columns = ink.shape
    pixels = np.zeros((SIDE, SIDE), np.uint8)
    top, left = (SIDE - rows) // 2, (SIDE - columns) // 2
    pixels[top : top + rows, left : left + columns] = np.rint(ink * 255.0)
    return pixels


def _gray_of(image: QImage) -> NDArray[np.float32]:
    """Brightness from 0 to 1; what is see-through lies on whatever sets off the rest best."""
    rows, columns = image.height(), image.width()
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(rows, image.bytesPerLine())
    rgba = flat[:, : 4 * columns].reshape(rows, columns, 4).astype(np.float32) / 255.0
    # Rec. 601, as for photographs.
    gray = rgba[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32)
    alpha = rgba[..., 3]
    opaque = float(alpha.sum())
    mean = float((gray * alpha).sum()) / opaque if opaque > 0.0 else 0.0
    ground = 1.0 if mean < 0.5 else 0.0
    out: NDArray[np.float32] = gray * alpha + ground * (1.0 - alpha)
    return out


def _file_of(data: QMimeData) -> Path | None:
    urls = data.urls() if data.hasUrls() else []
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    # A document is the window's to open.
    return None if path is None or path.suffix.lower() in DOCUMENTS else path
