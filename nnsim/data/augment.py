"""Digits as other hands and pens would have written them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnsim.data.dataset import Array32

_CHUNK = 1_000
_GRID = 4
_BORDER = 2
Images = TypeVar("Images", NDArray[np.uint8], Array32)


@dataclass(frozen=True, slots=True)
class Variation:
    """How far an image may be changed; each change is drawn evenly from its range for each image.

    Attributes
    ----------
    shift : float
        Pixels to either side.
    scale, aspect : float
        0.1 is from 0.9 to 1.1; aspect of the width against the height.
    rotation : float
        Degrees to either side.
    shear : float
        Pixels to either side for each pixel of height.
    elastic : float
        Standard deviation, in pixels, of a smooth random displacement.
    thinner, thicker : float
        How much of the outermost ring of ink may go, and how many rings may be added, at most 2.
    """

    shift: float = 1.0
    scale: float = 0.1
    aspect: float = 0.12
    rotation: float = 10.0
    shear: float = 0.15
    elastic: float = 0.7
    thinner: float = 0.5
    thicker: float = 1.0

    def scaled(self, amount: float) -> Variation:
        """The same, each change so many times as far."""
        return Variation(*(getattr(self, name) * amount for name in self.__slots__))


def augmented(images: Images, rng: np.random.Generator, variation: Variation | None = None) -> Images:
    """Change every image a little, each in its own way.

    Parameters
    ----------
    images : array of uint8, or of float32 in [0, 1], shape (n, height, width)
        Bright ink on 0.
    rng : numpy.random.Generator
    variation : Variation, optional

    Returns
    -------
    array
        Of the same shape, type and range.
    """
    variation = variation or Variation()
    out = np.empty_like(images)
    for start in range(0, len(images), _CHUNK):
        part = slice(start, start + _CHUNK)
        padded = np.pad(_as_bytes(images[part]), ((0, 0), (_BORDER, _BORDER), (_BORDER, _BORDER)))
        widths = rng.uniform(-variation.thinner, variation.thicker, len(padded))
        ink = _with_strokes(padded, widths.astype(np.float32))
        y, x = _places(len(ink), images.shape[1:], rng, variation)
        changed = _read_at(ink, y, x)
        out[part] = changed + 0.5 if out.dtype == np.uint8 else changed * np.float32(1 / 255)
    return out


def _as_bytes(images: NDArray[Any]) -> NDArray[np.uint8]:
    if images.dtype == np.uint8:
        return images
    return (images * np.float32(255) + np.float32(0.5)).astype(np.uint8)


def _with_strokes(images: NDArray[np.uint8], width: Array32) -> Array32:
    """Strokes thinner (width < 0) or thicker by that many rings of pixels, shape (n,)."""
    rings = [_spread(images, np.minimum), images, _spread(images, np.maximum)]
    rings.append(_spread(rings[-1], np.maximum))
    place = np.clip(width + 1, 0, len(rings) - 1)
    below = np.minimum(place.astype(int), len(rings) - 2)
    stack, each = np.stack(rings), np.arange(len(images))
    inner, outer = stack[below, each].astype(np.float32), stack[below + 1, each]
    return np.asarray(inner + (place - below).astype(np.float32)[:, None, None] * (outer - inner))


def _spread(images: NDArray[np.uint8], extreme: np.ufunc) -> NDArray[np.uint8]:
    """The largest or smallest of each pixel and its four neighbours."""
    out = images.copy()
    for near, far in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[:, :, 1:], np.s_[:, :, :-1])):
        extreme(out[near], images[far], out=out[near])
        extreme(out[far], images[near], out=out[far])
    return out


def _places(
    n: int, shape: tuple[int, ...], rng: np.random.Generator, variation: Variation
) -> tuple[Array32, Array32]:
    """Where each pixel of each new image is read from, shapes (n, height, width)."""

    def draw(size: float, *shape: int) -> NDArray[Any]:
        return rng.uniform(-size, size, shape)

    height, width = shape
    middle_y, middle_x = (height - 1) / 2, (width - 1) / 2
    y = (np.arange(height) - middle_y)[:, None]
    x = (np.arange(width) - middle_x)[None, :]
    angle = np.radians(draw(variation.rotation, n))
    scale, aspect = 1 + draw(variation.scale, n), 1 + draw(variation.aspect, n)
    shear = draw(variation.shear, n)
    # Inverse of turning, slanting and stretching: from the new image back to the old one.
    back = np.empty((n, 2, 2))
    cos, sin = np.cos(angle), np.sin(angle)
    tall, wide = scale / np.sqrt(aspect), scale * np.sqrt(aspect)
    back[:, 0, 0], back[:, 0, 1] = cos / tall, -sin / tall
    back[:, 1, 0], back[:, 1, 1] = (sin + shear * cos) / wide, (cos - shear * sin) / wide
    move = draw(variation.shift, n, 2) + np.array([middle_y, middle_x])
    bend = rng.standard_normal((n, 2, _GRID, _GRID)) * variation.elastic
    waves = _waves(height) @ bend @ _waves(width).T
    y_from = back[:, 0, 0, None, None] * y + back[:, 0, 1, None, None] * x + move[:, 0, None, None]
    x_from = back[:, 1, 0, None, None] * y + back[:, 1, 1, None, None] * x + move[:, 1, None, None]
    return (y_from + waves[:, 0]).astype(np.float32), (x_from + waves[:, 1]).astype(np.float32)


def _waves(pixels: int) -> NDArray[np.float64]:
    """Smooth weights of a few knots at each pixel, shape (pixels, knots); squares sum to 1."""
    knots = np.linspace(0, pixels - 1, _GRID)
    weights = np.exp(-0.5 * ((np.arange(pixels)[:, None] - knots) / (pixels / _GRID)) ** 2)
    return np.asarray(weights / np.sqrt((weights**2).sum(1, keepdims=True)))


def _read_at(images: Array32, y: Array32, x: Array32) -> Array32:
    """Bilinear samples of images with a border of zeros; outside it they are 0 too."""
    n, height, width = images.shape
    y = np.clip(y + np.float32(_BORDER), 0, np.float32(height - 1.001))
    x = np.clip(x + np.float32(_BORDER), 0, np.float32(width - 1.001))
    row, column = y.astype(np.int32), x.astype(np.int32)
    y, x = y - row, x - column
    first = (np.arange(n, dtype=np.int32) * (height * width))[:, None, None]
    at = first + row * np.int32(width) + column
    flat = images.ravel()
    top = flat.take(at) * (1 - x) + flat.take(at + 1) * x
    at += np.int32(width)
    bottom = flat.take(at) * (1 - x) + flat.take(at + 1) * x
    return np.asarray(top + (bottom - top) * y)
