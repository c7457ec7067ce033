"""Digits from image files: one, or a folder of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QImage

from nnsim.data.centring import centred
from nnsim.data.dataset import Array32
from nnsim.session.picture_files import PictureError, read_image
from nnsim.session.picture_ink import ink_in

translate = QCoreApplication.translate

MOST_FILES = 2_000
_WORKING_SIDE = 320
"""Pixels along the longer side from which on a picture is scaled down before it is worked on."""
_EXACT_SIDE = 32
"""Up to here every pixel of a lossless picture was meant, as in MNIST's own."""
SUFFIXES = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".pbm", ".pgm", ".ppm"}
_LABEL_FOLDER, _LABEL_NAME = re.compile(r"[0-9]"), re.compile(r"([0-9])[_-]")
_REC_601 = np.array([0.299, 0.587, 0.114], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A digit from a file.

    Attributes
    ----------
    image : array of float32, shape (28, 28)
        Ink from 0 to 1, in MNIST's place.
    label : int or None
        Which digit it is, where its folder or its name tells.
    name : str
        Of the file, with its folder where that is its label.
    """

    image: Array32
    label: int | None
    name: str


@dataclass(frozen=True, slots=True)
class PictureFolder:
    """What a folder holds.

    Attributes
    ----------
    pictures : tuple of Picture
    skipped : dict
        How many files were left out, by reason: those of `PictureError`, ``other`` (no pictures),
        ``folder`` (folders not named 0 to 9) and ``many``.
    """

    pictures: tuple[Picture, ...]
    skipped: dict[str, int] = field(default_factory=dict)

    def words(self) -> str:
        """How many were left out and why; nothing where none were."""
        number = QLocale().toString
        parts = [
            _reason(reason)[count > 1].format(count=number(count), most=number(MOST_FILES))
            for reason, count in self.skipped.items()
        ]
        if not parts:
            return ""
        return translate("Pictures", "Left out: {reasons}.").format(reasons=", ".join(parts))


def read_picture(path: Path) -> Array32:
    """The digit on a picture, as MNIST would have it.

    Paper is what the border shows; ink may be darker or lighter, the picture a photo or partly transparent.

    Parameters
    ----------
    path : Path
        A PNG, JPEG, BMP, GIF, WebP or PNM file.

    Returns
    -------
    array of float32, shape (28, 28)
        Ink from 0 to 1.

    Raises
    ------
    PictureError
        If it cannot be read, is too large, or nothing stands out on it.
    """
    image, is_lossless = read_image(path, _WORKING_SIDE)
    ink = ink_in(_gray(image), is_exact=is_lossless and max(image.width(), image.height()) <= _EXACT_SIDE)
    if ink is None:
        raise PictureError(
            "empty",
            translate(
                "Pictures",
                "{name} shows nothing that stands out from its ground. "
                "Choose a picture of one digit with a clear contrast.",
            ).format(name=path.name),
        )
    return centred(ink)


def read_pictures(files: Sequence[Path], goes_on: Callable[[], bool] = lambda: True) -> PictureFolder:
    """The digits in chosen files, in their order; those that cannot be read are left out and counted.

    A file in a folder named 0 to 9, or whose name begins with a digit and ``_`` or ``-``, has that label.

    Parameters
    ----------
    files : sequence of Path
    goes_on : callable
        Asked before each file; the rest is not read if it says no.
    """
    return _read([(file, label_of(file)) for file in files], lambda file: file.name, Counter(), goes_on)


def read_folder(path: Path, goes_on: Callable[[], bool] = lambda: True) -> PictureFolder:
    """The digits in a folder, by name; unreadable files are left out and counted.

    A picture in a subfolder named 0 to 9 has that label, and so has one whose name begins with a digit
    and ``_`` or ``-``, such as ``7_abc.png``. Other subfolders are not looked into.

    Parameters
    ----------
    path : Path
    goes_on : callable
        Asked before each file; the rest is not read if it says no.

    Raises
    ------
    OSError
        If the folder cannot be read.
    """
    skipped: Counter[str] = Counter()
    found = _files(path, skipped)
    return _read(found, lambda file: file.relative_to(path).as_posix(), skipped, goes_on)


def _read(
    found: Sequence[tuple[Path, int | None]],
    name_of: Callable[[Path], str],
    skipped: Counter[str],
    goes_on: Callable[[], bool],
) -> PictureFolder:
    skipped["many"] += max(0, len(found) - MOST_FILES)
    pictures = []
    for file, label in found[:MOST_FILES]:
        if not goes_on():
            break
        try:
            pictures.append(Picture(read_picture(file), label, name_of(file)))
        except PictureError as error:
            skipped[error.reason] += 1
    return PictureFolder(tuple(pictures), {reason: n for reason, n in skipped.items() if n})


def label_of(file: Path) -> int | None:
    """Which digit it is, as its name or its folder's tells; None where neither does."""
    if _LABEL_FOLDER.fullmatch(file.parent.name):
        return int(file.parent.name)
    return _label_named(file)


def _label_named(file: Path) -> int | None:
    named = _LABEL_NAME.match(file.name)
    return int(named[1]) if named else None


def _files(path: Path, skipped: Counter[str]) -> list[tuple[Path, int | None]]:
    """Files that may be pictures, each with its label."""
    out: list[tuple[Path, int | None]] = []
    for entry in sorted(path.iterdir()):
        if entry.name.startswith("."):
            continue
        if not entry.is_dir():
            _sort(entry, _label_named(entry), out, skipped)
        elif _LABEL_FOLDER.fullmatch(entry.name):
            for file in sorted(entry.iterdir()):
                if not file.name.startswith("."):
                    _sort(file, int(entry.name), out, skipped)
        else:
            skipped["folder"] += 1
    return out


def _sort(file: Path, label: int | None, out: list[tuple[Path, int | None]], skipped: Counter[str]) -> None:
    if file.is_dir():
        skipped["folder"] += 1
    elif file.suffix.lower() in SUFFIXES:
        out.append((file, label))
    else:
        skipped["other"] += 1


def _reason(reason: str) -> tuple[str, str]:
    """Words for one file that was left out, and for several."""
    return {
        "unreadable": (translate("Pictures", "1 is damaged"), translate("Pictures", "{count} are damaged")),
        "large": (translate("Pictures", "1 is too large"), translate("Pictures", "{count} are too large")),
        "empty": (
            translate("Pictures", "1 shows nothing"),
            translate("Pictures", "{count} show nothing"),
        ),
        "other": (
            translate("Pictures", "1 is no picture"),
            translate("Pictures", "{count} are no pictures"),
        ),
        "folder": (
            translate("Pictures", "1 is a folder not named 0 to 9"),
            translate("Pictures", "{count} are folders not named 0 to 9"),
        ),
        "many": (
            translate("Pictures", "1 is beyond the first {most}"),
            translate("Pictures", "{count} are beyond the first {most}"),
        ),
    }[reason]


def _gray(image: QImage) -> Array32:
    """Brightness from 0 to 1; what is see-through lies on the ground that sets off the rest."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows, columns = image.height(), image.width()
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(rows, image.bytesPerLine())
    rgba = flat[:, : 4 * columns].reshape(rows, columns, 4).astype(np.float32) / np.float32(255.0)
    gray, alpha = rgba[..., :3] @ _REC_601, rgba[..., 3]
    opaque = float(alpha.sum())
    is_dark = opaque > 0.0 and float((gray * alpha).sum()) < 0.5 * opaque
    out: Array32 = gray * alpha + np.float32(is_dark) * (1.0 - alpha)
    return out
