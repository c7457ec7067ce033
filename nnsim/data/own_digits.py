"""The digits that the user drew and kept: one small file, never lost to a damaged one."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from safetensors.numpy import save

from nnsim.data.centring import SIDE
from nnsim.model.data import DIGIT_CLASSES
from nnsim.model.errors import DocumentError
from nnsim.model.sentence import sentence, translatable
from nnsim.model.tensor_files import tensor_file
from nnsim.model.writing import write_whole
from nnsim.paths import user_data_dir

MOST_OWN_DIGITS = 10_000
_DAMAGED = sentence(translatable("is damaged, or something else than digits"))
_LARGEST_FILE = MOST_OWN_DIGITS * (SIDE * SIDE + 1) + 100_000


class OwnDigits(NamedTuple):
    """Images, array of uint8 of shape (n, 28, 28), and labels, array of uint8 of shape (n,)."""

    x: NDArray[np.uint8]
    y: NDArray[np.uint8]


def own_file() -> Path:
    """Where they are kept; the file is there once there is one to keep."""
    return user_data_dir() / "my-digits.safetensors"


def read_own() -> OwnDigits:
    """The digits kept so far, the oldest first; none where there is no file.

    Raises
    ------
    DocumentError
        If the file is damaged.
    OSError
        If it cannot be read at all.
    """
    path = own_file()
    if not path.exists():
        return OwnDigits(np.zeros((0, SIDE, SIDE), np.uint8), np.zeros(0, np.uint8))
    try:
        with tensor_file(path, _DAMAGED, _LARGEST_FILE) as file:
            return _checked(file.values("x"), file.values("y"))
    except DocumentError as error:
        raise DocumentError(
            str(path), "{damage}; move it away to begin a new collection", damage=error.said
        ) from error


def _checked(x: NDArray[np.uint8], y: NDArray[np.uint8]) -> OwnDigits:
    right = x.dtype == y.dtype == np.uint8 and x.shape == (y.size, SIDE, SIDE) and y.ndim == 1
    if not right or (y >= DIGIT_CLASSES).any():
        raise DocumentError("", "does not hold images of digits with their labels")
    return OwnDigits(x, y)


def keep_own(image: ArrayLike, label: int) -> int:
    """Add a digit.

    Parameters
    ----------
    image : array, shape (28, 28)
        In [0, 1], as :func:`nnsim.data.centring.centred` gives it.
    label : int
        0 to 9.

    Returns
    -------
    int
        How many there are now.

    Raises
    ------
    DocumentError
        If there are as many as are kept, or the file is damaged; it is left alone then.
    OSError
        If it cannot be written.
    """
    pixels = np.asarray(image, np.float64)
    if pixels.shape != (SIDE, SIDE) or not 0 <= label < DIGIT_CLASSES:
        raise ValueError(f"an image of shape {pixels.shape} with the label {label}")
    own = read_own()
    if len(own.y) >= MOST_OWN_DIGITS:
        raise DocumentError(
            str(own_file()),
            "holds {most_own_digits} digits, as many as are kept; forget some first",
            most_own_digits=MOST_OWN_DIGITS,
        )
    new = np.rint(255.0 * np.clip(pixels, 0.0, 1.0)).astype(np.uint8)
    _write(OwnDigits(np.concatenate((own.x, new[None])), np.append(own.y, np.uint8(label))))
    return len(own.y) + 1


def forget_own(index: int) -> None:
    """Take one digit out, counted from 0 in the order of :func:`read_own`.

    Raises
    ------
    IndexError
        If there is none of that number.
    DocumentError, OSError
        As :func:`keep_own`.
    """
    own = read_own()
    if not 0 <= index < len(own.y):
        raise IndexError(f"digit {index} of {len(own.y)}")
    _write(OwnDigits(np.delete(own.x, index, axis=0), np.delete(own.y, index)))


def clear_own() -> None:
    """Forget all of them."""
    own_file().unlink(missing_ok=True)


def _write(own: OwnDigits) -> None:
    path = own_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, save({"x": np.ascontiguousarray(own.x), "y": np.ascontiguousarray(own.y)}))
