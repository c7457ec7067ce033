"""The MNIST files: what they are called, where they lie, and reading them.

MNIST: Y. LeCun, C. Cortes, C. J. C. Burges, *The MNIST database of handwritten digits*. Other sets
in the same four files (Fashion-MNIST, the digits of EMNIST) are read as well.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from nnsim.data.centring import SIDE
from nnsim.data.idx import Bytes, read_idx
from nnsim.model.data import DIGIT_CLASSES
from nnsim.model.errors import DocumentError
from nnsim.paths import user_data_dir

FOLDER_VARIABLE = "NNSIM_DATA_DIR"
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)


@dataclass(frozen=True, slots=True)
class MnistFile:
    """One of the four files as it is published.

    Attributes
    ----------
    name : str
        Without ``.gz``.
    shape : tuple of int
        Of the array in it.
    size : int
        Bytes, unpacked.
    sha256 : str
        Of the unpacked file.
    md5 : str
        Of the ``.gz`` file that the mirrors serve.
    """

    name: str
    shape: tuple[int, ...]
    size: int
    sha256: str
    md5: str


FILES = (
    MnistFile(
        "train-images-idx3-ubyte",
        (60_000, SIDE, SIDE),
        47_040_016,
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    ),
    MnistFile(
        "train-labels-idx1-ubyte",
        (60_000,),
        60_008,
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "d53e105ee54ea40749a09fcbcd1e9432",
    ),
    MnistFile(
        "t10k-images-idx3-ubyte",
        (10_000, SIDE, SIDE),
        7_840_016,
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "9fb629c4189551a2d022fa330f9573f3",
    ),
    MnistFile(
        "t10k-labels-idx1-ubyte",
        (10_000,),
        10_008,
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        "ec29112dd5afa0611ce80d1b7f02629c",
    ),
)

_asked_for: Path | None = None


class Mnist(NamedTuple):
    """Images, arrays of uint8 of shape (n, 28, 28), and labels, arrays of uint8 of shape (n,)."""

    train_x: Bytes
    train_y: Bytes
    test_x: Bytes
    test_y: Bytes


def use_folder(folder: Path | None) -> None:
    """Look for MNIST in this folder and nowhere else; None: where it usually lies."""
    global _asked_for
    _asked_for = folder


def default_folder() -> Path:
    """Where a download is kept, and where MNIST is looked for when no folder is named (not created here)."""
    return user_data_dir() / "mnist"


def find_mnist(folder: Path | None = None) -> Path | None:
    """The folder that holds the four files.

    Parameters
    ----------
    folder : Path, optional
        Else the one given to :func:`use_folder`, else the environment's ``NNSIM_DATA_DIR``, else
        :func:`default_folder`.

    Returns
    -------
    Path or None
        None where nobody named a folder and the default one does not hold them.

    Raises
    ------
    DocumentError
        If a folder was named that is not there or lacks a file.
    """
    named = folder or _asked_for or _from_environment()
    if named is None:
        usual = default_folder()
        return None if _missing(usual) else usual
    if not named.is_dir():
        raise DocumentError(str(named), "there is no such folder; MNIST's four files were to be in it")
    missing = _missing(named)
    if missing:
        raise DocumentError(str(named), "lacks {names} (or the same with .gz)", names=", ".join(missing))
    return named


def _from_environment() -> Path | None:
    value = os.environ.get(FOLDER_VARIABLE, "")
    return Path(value).expanduser() if value else None


def file_in(folder: Path, file: MnistFile) -> Path | None:
    """The file under one of the names that are in use for it."""
    dotted = file.name.replace("-idx", ".idx")
    names = (file.name, f"{file.name}.gz", dotted, f"{dotted}.gz")
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _missing(folder: Path) -> list[str]:
    return [file.name for file in FILES if file_in(folder, file) is None]


def read_mnist(folder: Path, *, head: tuple[int, int] | None = None) -> Mnist:
    """Read the four files.

    Parameters
    ----------
    folder : Path
        As :func:`find_mnist` gives it.
    head : tuple of int, optional
        Only so many training and test samples, the first ones.

    Raises
    ------
    DocumentError
        Naming the file that is missing, damaged or does not belong to the others.
    OSError
        If one cannot be read at all.
    """
    train, test = head or (None, None)
    images = [_images(folder, FILES[0], train), _images(folder, FILES[2], test)]
    labels = [_labels(folder, FILES[1], train), _labels(folder, FILES[3], test)]
    for x, y, file in zip(images, labels, FILES[::2], strict=True):
        if len(x) != len(y):
            raise DocumentError(
                str(folder),
                "{name} holds {images} images, its file of labels {labels} labels",
                name=file.name,
                images=len(x),
                labels=len(y),
            )
    if head is None and len(images[0]) < len(images[1]):
        raise DocumentError(
            str(folder),
            "the training files hold {training} samples and the test files (t10k) {test}; they seem to "
            "be swapped: exchange their names",
            training=len(images[0]),
            test=len(images[1]),
        )
    return Mnist(images[0], labels[0], images[1], labels[1])


def _path(folder: Path, file: MnistFile) -> Path:
    path = file_in(folder, file)
    if path is None:
        raise DocumentError(str(folder), "lacks {name} (or the same with .gz)", name=file.name)
    return path


def _images(folder: Path, file: MnistFile, head: int | None) -> Bytes:
    path = _path(folder, file)
    x = read_idx(path, 3, head=head)
    if x.shape[1:] != (SIDE, SIDE):
        raise DocumentError(
            str(path),
            "holds images of {height} × {width} pixels; allowed: {side} × {side}",
            height=x.shape[1],
            width=x.shape[2],
            side=SIDE,
        )
    return x


def _labels(folder: Path, file: MnistFile, head: int | None) -> Bytes:
    path = _path(folder, file)
    y = read_idx(path, 1, head=head)
    if y.max() >= DIGIT_CLASSES:
        raise DocumentError(
            str(path),
            "holds the label {label}; allowed: 0 to {last}",
            label=int(y.max()),
            last=DIGIT_CLASSES - 1,
        )
    return y
