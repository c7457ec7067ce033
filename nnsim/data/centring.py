"""Bringing a drawn digit into the place that MNIST gave its digits.

MNIST's authors scaled each digit to fit a box of 20 × 20 pixels, keeping its aspect, and moved the
box so that the centre of mass of the ink came to the middle of a field of 28 × 28.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnsim.data.dataset import Array32

SIDE = 28
"""Pixels along the field's side."""
BOX = 20
"""Pixels along the longer side of the digit in it."""
MIDDLE = 14
"""Where the centre of mass comes to lie in MNIST's own files, to half a pixel, counting pixels from 0."""
_FAINTEST = 0.5 / 255


def has_ink(ink: ArrayLike) -> bool:
    """Whether any pixel of a field of ink in [0, 1] would be more than 0 of 255."""
    return frame_of(ink) is not None


def frame_of(ink: ArrayLike) -> tuple[int, int, int, int] | None:
    """The box of the ink.

    Parameters
    ----------
    ink : array, shape (rows, columns)
        In [0, 1].

    Returns
    -------
    tuple of int, or None
        Left, top, right and bottom in pixels, the last two behind the ink; None without any.
    """
    inked = np.asarray(ink) >= _FAINTEST
    columns, rows = np.flatnonzero(inked.any(axis=0)), np.flatnonzero(inked.any(axis=1))
    if not len(columns):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def centred(ink: ArrayLike) -> Array32:
    """A digit in MNIST's place.

    The box of the ink is scaled by averaging over areas and moved by whole pixels, as MNIST's digits
    were: what has been through here comes back as it is, and so does a digit of theirs whose ink is 20
    pixels long and lies where it should.

    Parameters
    ----------
    ink : array, shape (rows, columns)
        In [0, 1], of any size.

    Returns
    -------
    array of float32, shape (28, 28)
        Zeros where there is no ink, or none is left of some specks. A digit whose mass lies so far out
        that it would leave the field stays at the field's border.
    """
    digit = _cropped(np.clip(np.asarray(ink, np.float32), 0.0, 1.0))
    while digit.size and max(digit.shape) != BOX:
        # Where the ends of the ink come out too faint to be any, the rest is scaled to their place.
        digit = _cropped(_scaled(digit, BOX / max(digit.shape)))
    out = np.zeros((SIDE, SIDE), np.float32)
    if digit.size:
        rows, columns = (_place(digit.sum(axis=axis)) for axis in (1, 0))
        out[rows, columns] = digit
    return out


def shrunk(ink: ArrayLike) -> Array32:
    """The whole field, as it is, scaled to fit 28 × 28 by averaging over areas; nothing is cropped.

    Parameters
    ----------
    ink : array, shape (rows, columns)
        In [0, 1]. One that is not square stands in the middle.

    Returns
    -------
    array of float32, shape (28, 28)
    """
    field = np.clip(np.asarray(ink, np.float32), 0.0, 1.0)
    small = _scaled(field, SIDE / max(field.shape))
    out = np.zeros((SIDE, SIDE), np.float32)
    top, left = ((SIDE - size) // 2 for size in small.shape)
    out[top : top + small.shape[0], left : left + small.shape[1]] = small
    return out


def _cropped(field: Array32) -> Array32:
    """What lies in the box of the ink: nothing without any."""
    left, top, right, bottom = frame_of(field) or (0, 0, 0, 0)
    return field[top:bottom, left:right]


def _place(mass: NDArray[np.float32]) -> slice:
    """Where the ink goes along one axis, given its mass in each row or column."""
    centre = float(mass @ np.arange(len(mass))) / float(mass.sum())
    # Rounding errors must not decide a tie: it goes right and down.
    start = int(np.clip(np.floor(MIDDLE - centre + 0.501), 0, SIDE - len(mass)))
    return slice(start, start + len(mass))


def _scaled(field: Array32, scale: float) -> Array32:
    if scale == 1.0:
        return field
    small = _averaged(_averaged(field.astype(np.float64), scale).T, scale).T
    clipped: Array32 = np.clip(small, 0.0, 1.0).astype(np.float32)
    return clipped


def _averaged(field: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """The rows scaled: each new one averages the old ones by what it covers of them.

    Sums up to a row, taken between rows where an edge falls there, need no matrix product: a short one
    would wake the threads of BLAS.
    """
    size = len(field)
    # Half a thousandth of a row is rounding, not ink.
    rows = max(1, int(np.ceil(size * scale - 5e-4)))
    edges = np.minimum(np.arange(rows + 1) / scale, size)
    whole = np.minimum(edges.astype(np.int64), size - 1)
    before = np.cumsum(field, axis=0) - field
    ink = before[whole] + (edges - whole)[:, None] * field[whole]
    return np.diff(ink, axis=0) * scale
