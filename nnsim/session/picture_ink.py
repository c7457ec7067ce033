"""Ink from a picture: paper and shadows taken away, whichever of the two is the darker."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Array32

_FIT_POINTS = 96
"""Along each side, for the paper's brightness: it changes slowly."""
_FIT_ROUNDS = 6
_OUTLIER, _NOISE = 3.0, 4.0
"""Standard deviations of the paper's grain beyond which a pixel is no paper, and is ink."""
_FLATTEST = 0.01
_FAINTEST_INK = 0.1
"""Contrast with the paper, of black and white's, below which nothing is taken for ink."""
_SOFT_EDGE = 0.1
"""Of the ink's contrast; what is fainter is an edge's or a compression's blur."""
_SPECK_GRID, _SPECK_SHARE = 64, 0.05
Floats = NDArray[np.float64]


def ink_in(gray: Array32, *, is_exact: bool = False) -> Array32 | None:
    """How much ink there is in each pixel.

    The paper is a smooth surface of brightness that is met at the picture's border and fitted to whatever
    is no ink (least squares, outliers left out and fitted again), so that shadows go with it. What stands
    out to the stronger side is ink; its contrast is stretched to 1, dust is left out.

    Parameters
    ----------
    gray : array of float32, shape (rows, columns)
        Brightness from 0 to 1.
    is_exact : bool
        Every pixel was meant, as in MNIST's own pictures: not one is taken for dust or blur.

    Returns
    -------
    array of float32, shape (rows, columns), or None
        From 0 to 1; None where nothing stands out.
    """
    paper, grain = _paper(gray)
    darker = paper - gray
    limit = max(_NOISE * grain, 1e-3)
    is_dark = np.maximum(darker - limit, 0.0).sum() >= np.maximum(-darker - limit, 0.0).sum()
    ink = darker if is_dark else -darker
    inked = ink[ink > limit]
    if not inked.size or inked.max() < max(_FAINTEST_INK, 2.0 * limit):
        return None
    full = float(inked.max() if is_exact else np.percentile(inked[inked > inked.max() / 2.0], 50.0))
    ink = np.where(ink > max(limit, 0.0 if is_exact else _SOFT_EDGE * full), ink / full, 0.0)
    out: Array32 = np.minimum(ink, 1.0).astype(np.float32)
    return out if is_exact else _without_specks(out)


def _paper(gray: Array32) -> tuple[Floats, float]:
    """The brightness of the paper everywhere, and the standard deviation of its grain."""
    rows, columns = (np.unique(np.linspace(0, n - 1, min(n, _FIT_POINTS)).astype(int)) for n in gray.shape)
    few = gray[np.ix_(rows, columns)].astype(np.float64)
    basis = _surfaces(rows / max(gray.shape[0] - 1, 1), columns / max(gray.shape[1] - 1, 1))
    border = np.ones(few.shape, bool)
    band = max(1, min(few.shape) // 12)
    border[band:-band, band:-band] = False
    # A plane through the border first: there the ink cannot bend the surface.
    is_paper, terms, margin = border, 3, _FAINTEST_INK
    for _ in range(_FIT_ROUNDS):
        weights = np.linalg.lstsq(basis[is_paper][:, :terms], few[is_paper], rcond=None)[0]
        residual = few - basis[..., :terms] @ weights
        spread = _spread(residual[is_paper])
        is_paper = np.abs(residual) <= max(_OUTLIER * spread, margin)
        terms, margin = basis.shape[-1], _FLATTEST
    everywhere = _surfaces(*(np.linspace(0.0, 1.0, n) for n in gray.shape)) @ weights
    return np.clip(everywhere, 0.0, 1.0), spread


def _surfaces(y: Floats, x: Floats) -> Floats:
    """The terms of a quadratic over a grid, shape (rows, columns, 6)."""
    down, right = np.meshgrid(y - 0.5, x - 0.5, indexing="ij")
    terms = (np.ones_like(down), down, right, down * down, down * right, right * right)
    return np.stack(terms, axis=-1)


def _spread(values: Floats) -> float:
    """The standard deviation, by the median: outliers do not count."""
    return 1.4826 * float(np.median(np.abs(values - np.median(values)))) if values.size else 0.0


def _without_specks(ink: Array32) -> Array32:
    """Ink without what is apart from the rest and small beside it."""
    cell = -(-max(ink.shape) // _SPECK_GRID)
    rows, columns = (-(-n // cell) for n in ink.shape)
    padded = np.zeros((rows * cell, columns * cell), np.float32)
    padded[: ink.shape[0], : ink.shape[1]] = ink
    mass = padded.reshape(rows, cell, columns, cell).sum(axis=(1, 3))
    kept = np.zeros(mass.shape, bool)
    for island in _islands(mass > 0.0):
        if mass[island].sum() >= _SPECK_SHARE * mass.sum():
            kept |= island
    cells = np.repeat(np.repeat(kept, cell, axis=0), cell, axis=1)
    return np.where(cells[: ink.shape[0], : ink.shape[1]], ink, np.float32(0.0))


def _islands(mask: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    """The parts of a small mask that hang together, corners included."""
    left = {(int(r), int(c)) for r, c in np.argwhere(mask)}
    out = []
    while left:
        island = np.zeros(mask.shape, bool)
        shore = [left.pop()]
        while shore:
            row, column = shore.pop()
            island[row, column] = True
            around = {(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & left
            left -= around
            shore.extend(around)
        out.append(island)
    return out
